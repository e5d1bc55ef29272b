"""What the components of one crawl share: its ledger, and the way to stop on a write fault."""

import logging
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from pipelines.dataset.places import OutputDir, output_dir, state_dir
from pipelines.errors import StorageError
from pipelines.ledger import Ledger

logger = logging.getLogger(__name__)

_LEDGERS: WeakKeyDictionary[Crawler, Ledger] = WeakKeyDictionary()


def output_dir_in(settings: BaseSettings) -> OutputDir:
    """Where the datasets are: OUTPUT_DIR, and STATE_DIR. Raises ConfigError."""
    return output_dir(str(settings["OUTPUT_DIR"]), settings.get("STATE_DIR") or "")


def output_dir_of(crawler: Crawler) -> OutputDir:
    """The same for a crawl."""
    return output_dir_in(crawler.settings)


def ledger_path(output_dir: OutputDir) -> Path:
    """Where the ledger of an output folder lies."""
    return state_dir(output_dir) / "ledger.db"


def ledger_of(crawler: Crawler) -> Ledger:
    """The crawl's one ledger, opened at first use. Raises LedgerError."""
    if crawler not in _LEDGERS:
        _LEDGERS[crawler] = Ledger.open(ledger_path(output_dir_of(crawler)))
    return _LEDGERS[crawler]


def close_ledger(crawler: Crawler) -> None:
    """Close the crawl's ledger, if it was opened."""
    if ledger := _LEDGERS.pop(crawler, None):
        ledger.close()


def stop(crawler: Crawler, reason: str) -> None:
    """Close the crawl cleanly: what is in flight ends, nothing new is fetched."""
    deferred_from_coro(crawler.engine.close_spider_async(reason=reason))


def stop_on_write_fault(crawler: Crawler, error: StorageError) -> None:
    """End the crawl because nothing more can be stored; the error is logged once."""
    if crawler.stats.get_value("storage/failed"):
        return
    crawler.stats.set_value("storage/failed", str(error))
    logger.error("%s", error)
    stop(crawler, "storage_failed")
