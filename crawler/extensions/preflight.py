"""What must be true before the first request: settings, output folder, ledger, one run per site."""

import tempfile
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.base import NewsSpider
from crawler.checks import check_settings
from crawler.lock import SiteLock
from pipelines.dataset.places import ObjectStore, OutputDir, check_writable, state_dir
from pipelines.errors import ConfigError, DatasetError
from pipelines.session import close_ledger, ledger_of, output_dir_of


class Preflight:
    """Checks once, holds the site's lock while the run lives, closes the ledger at the end.

    Raises ConfigError, DatasetError, LedgerError or SiteLocked; no request was made then.
    """

    def __init__(self, crawler: Crawler, *, output_dir: OutputDir, site: str) -> None:
        self._crawler = crawler
        _check_writable(output_dir)
        self._lock = SiteLock(state_dir(output_dir) / "locks", site)
        ledger_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Check the settings and take the lock."""
        check_settings(crawler.settings)
        site = _site_of(crawler)
        preflight = cls(crawler, output_dir=output_dir_of(crawler), site=site)
        crawler.signals.connect(preflight.engine_stopped, signal=signals.engine_stopped)
        return preflight

    def engine_stopped(self) -> None:
        """Everything is written: give the ledger and the lock back."""
        close_ledger(self._crawler)
        self._lock.release()


def _site_of(crawler: Crawler) -> str:
    spider = crawler.spider
    if not isinstance(spider, NewsSpider):
        raise ConfigError(
            f"the spider {crawler.spidercls.name} is no news site: its class must be made from "
            "crawler.base.NewsSpider; scrapy genspider <name> <section> writes one"
        )
    return spider.site


def _check_writable(output_dir: OutputDir) -> None:
    if isinstance(output_dir, ObjectStore):
        _check_store(output_dir)
        return
    folder = output_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DatasetError(
            f"OUTPUT_DIR is {folder}; it cannot be written: {error.strerror}. Give yourself the "
            "right to write there, or name another with -s OUTPUT_DIR=<folder>"
        ) from error


def _check_store(store: ObjectStore) -> None:
    try:
        check_writable(store)
    except OSError as error:
        raise DatasetError(
            f"OUTPUT_DIR is {store}; it cannot be written: {error}. Check the bucket, the "
            "credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or a profile), AWS_REGION and, "
            "for a server of your own, AWS_ENDPOINT_URL"
        ) from error
