"""How all sites of an output folder stand."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from scrapy.settings import BaseSettings

from crawler.base import NewsSpider
from crawler.health import Standing, standing
from crawler.health.due import Bounds
from crawler.loader import SiteLoader
from pipelines.dataset.history import recent_runs, sites_with_runs
from pipelines.session import output_dir_in


def declared_sites(loader: SiteLoader) -> list[str]:
    """The sites with a file of their own that names sections."""
    return [name for name in loader.list() if getattr(loader.load(name), "section_urls", ())]


def is_given_by_hand(spider: NewsSpider, settings: BaseSettings) -> bool:
    """Whether the run reads pages that the file of its site, which has one, does not declare."""
    loader = SiteLoader.from_settings(settings)
    if spider.name == spider.site or spider.site not in loader.list():
        return False
    declared = getattr(loader.load(spider.site), "section_urls", ())
    return bool(declared) and not set(spider.section_urls) <= set(declared)


def bounds_of(settings: BaseSettings) -> Bounds:
    """DUE_LEAST_MIN and DUE_MOST_MIN."""
    return Bounds(
        least=timedelta(minutes=settings.getfloat("DUE_LEAST_MIN")),
        most=timedelta(minutes=settings.getfloat("DUE_MOST_MIN")),
    )


def all_standings(settings: BaseSettings, declared: Iterable[str]) -> list[Standing]:
    """Every site that is declared or was crawled, unhealthy ones first. Raises DatasetError."""
    output_dir, now, bounds = output_dir_in(settings), datetime.now(UTC), bounds_of(settings)
    count, declared = settings.getint("HEALTH_HISTORY_RUNS"), set(declared)
    found = [
        standing(
            site,
            recent_runs(output_dir, site, count),
            now,
            is_declared=site in declared,
            bounds=bounds,
        )
        for site in sorted(declared | set(sites_with_runs(output_dir)))
    ]
    return sorted(found, key=lambda one: (not one.is_unhealthy, one.site))
