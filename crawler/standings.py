"""How all sites of an output folder stand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy.settings import BaseSettings

from crawler.base import NewsSpider
from crawler.health import Standing, standing
from crawler.health.due import Bounds
from crawler.loader import SiteLoader
from pipelines.dataset.history import recent_runs, sites_with_runs
from pipelines.dataset.places import OutputDir
from pipelines.errors import LedgerError
from pipelines.ledger import Ledger
from pipelines.session import ledger_path, output_dir_in


def declared_sites(loader: SiteLoader) -> list[str]:
    """The sites with a file of their own that names sections."""
    return [name for name in loader.list() if getattr(loader.load(name), "section_urls", ())]


def is_given_by_hand(spider: NewsSpider, settings: BaseSettings) -> bool:
    """Whether the run reads pages that the file of its site, which has one, does not declare."""
    if spider.name == spider.site:
        return False
    loader = SiteLoader.from_settings(settings)
    site = loader.load(spider.site) if spider.site in loader.list() else None
    declared = getattr(site, "section_urls", ())
    return bool(declared) and not set(spider.section_urls) <= set(declared)


def bounds_of(settings: BaseSettings) -> Bounds:
    """DUE_LEAST_MIN and DUE_MOST_MIN."""
    return Bounds(
        least=timedelta(minutes=settings.getfloat("DUE_LEAST_MIN")),
        most=timedelta(minutes=settings.getfloat("DUE_MOST_MIN")),
    )


def waiting_articles(output_dir: OutputDir) -> dict[str, int]:
    """Site -> articles that the ledger holds and no part does; empty where there is no ledger."""
    try:
        with Ledger.peek(ledger_path(output_dir)) as ledger:
            return ledger.waiting_articles()
    except LedgerError:
        return {}


def all_standings(settings: BaseSettings, declared: Iterable[str]) -> list[Standing]:
    """Every site that is declared or was crawled, unhealthy ones first. Raises DatasetError."""
    output_dir, now, bounds = output_dir_in(settings), datetime.now(UTC), bounds_of(settings)
    waiting = waiting_articles(output_dir)
    count, declared = settings.getint("HEALTH_HISTORY_RUNS"), set(declared)
    found = [
        standing(
            site,
            recent_runs(output_dir, site, count),
            now,
            is_declared=site in declared,
            bounds=bounds,
        )
        for site in sorted({*declared, *waiting, *sites_with_runs(output_dir)})
    ]
    found = [replace(one, articles_waiting=waiting.get(one.site, 0)) for one in found]
    return sorted(found, key=lambda one: (not one.is_unhealthy, one.site))
