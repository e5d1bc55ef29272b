"""How a run ended, and the exit status that says so."""

from enum import Enum

from scrapy.statscollectors import StatsCollector

from pipelines.errors import BroadsheetError, SiteLocked, StorageError


class Outcome(Enum):
    """The ends of a run; the value is the exit status of `scrapy crawl`."""

    DONE = 0
    """Every section answered, everything accepted was written. No new article is fine."""
    FAILED = 1
    """An error of our own was logged."""
    WRONG_USE = 2
    """A setting, an argument or a site file is wrong; nothing was fetched."""
    LOCKED = 3
    """Another run of the same site is alive; nothing was fetched."""
    STOPPED = 4
    """Stopped from outside or by the deadline with work left; what was accepted is published."""
    UNHEALTHY = 5
    """The run shows a failure, in itself or beside the runs before it (crawler.health)."""
    STORAGE_FAILED = 6
    """Something could not be written; what was accepted is safe in the ledger."""
    INCOMPLETE = 7
    """A section, or a later page of one, could not be read: once, that often passes by itself."""

    @property
    def word(self) -> str:
        """The outcome as it stands in `runs/`."""
        return self.name.lower()


# The reasons for closing that are no stop from outside.
_WORK_DONE = ("finished", "article_limit", "start_error")


def outcome_of_run(stats: StatsCollector, reason: str) -> Outcome:
    """The outcome of a run from its counters and Scrapy's reason for closing."""
    if stats.get_value("storage/failed"):
        return Outcome.STORAGE_FAILED
    if reason not in _WORK_DONE:  # a stop from outside, or the deadline
        return Outcome.STOPPED
    if stats.get_value("health/level") == "unhealthy":
        return Outcome.UNHEALTHY
    unread = stats.get_value("sections/failed", 0)
    # One error is logged for each section that could not be read: those are not our own.
    if _errors(stats) > unread:
        return Outcome.FAILED
    return Outcome.INCOMPLETE if unread else Outcome.DONE


def _errors(stats: StatsCollector) -> int:
    counts = (stats.get_value(f"log_count/{level}", 0) for level in ("ERROR", "CRITICAL"))
    return sum(counts)


def outcome_of_error(error: BroadsheetError) -> Outcome:
    """The outcome of a run that an error ended before its first request."""
    if isinstance(error, StorageError):
        return Outcome.STORAGE_FAILED
    return Outcome.LOCKED if isinstance(error, SiteLocked) else Outcome.WRONG_USE
