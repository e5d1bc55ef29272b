"""Settings in range, or a clear error before the first request."""

from dataclasses import dataclass

from scrapy.settings import BaseSettings

from pipelines.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be."""

    unit: str
    least: float
    most: float | None = None
    is_whole: bool = False

    def __str__(self) -> str:
        number = "a whole number" if self.is_whole else "a number"
        upper = f" to {self.most:g}" if self.most is not None else " or more"
        return f"{number}, {self.least:g}{upper} {self.unit}".rstrip()

    def keeps(self, value: object) -> bool:
        """Whether `value` (a number, or a string from the command line) is allowed."""
        try:
            number = float(str(value))
        except ValueError:
            return False
        if self.is_whole and not number.is_integer():
            return False
        return self.least <= number and (self.most is None or number <= self.most)


RANGES = {
    "PUBLISH_ROWS": Range("rows", 1, is_whole=True),
    "ARTICLE_LIMIT": Range("articles", 0, is_whole=True),
    "EXTRACT_WORKERS": Range("processes", 0, 1024, is_whole=True),
    "EXTRACT_TIMEOUT_S": Range("seconds", 0.1),
    "EXTRACT_MIN_CHARS": Range("characters", 0, is_whole=True),
    "DEDUP_DROP_SIMILARITY": Range("", 0, 1),
    "DEDUP_CLUSTER_SIMILARITY": Range("", 0, 1),
    "DEDUP_WINDOW_DAYS": Range("days", 0),
    # At 0 Scrapy 2.19 sends a whole queue at once, whatever CONCURRENT_REQUESTS_PER_DOMAIN says.
    "DOWNLOAD_DELAY": Range("seconds", 0.01),
    "DOWNLOAD_DELAY_JITTER": Range("of the delay", 0, 1),
    "CRAWL_DELAY_MAX_S": Range("seconds", 0),
    "RETRY_AFTER_MAX_S": Range("seconds", 0),
    "RETRY_BACKOFF_S": Range("seconds", 0),
    "LISTING_FULL_FETCH_S": Range("seconds", 0),
    "RECHECK_SHARE": Range("of the requests", 0, 0.9),
    "DOWNLOAD_TIMEOUT": Range("seconds", 0.1),
    "HEALTH_HISTORY_RUNS": Range("runs", 1, is_whole=True),
    "HEALTH_CHANCE": Range("", 0, 1),
    "HEALTH_SLOW_FACTOR": Range("times", 1),
    "HEALTH_ADAPT_DAYS": Range("days", 1),
    "ON_UNHEALTHY_TIMEOUT_S": Range("seconds", 1),
    "DUE_LEAST_MIN": Range("minutes", 0),
    "DUE_MOST_MIN": Range("minutes", 1),
    "CONCURRENT_REQUESTS_PER_DOMAIN": Range("requests", 1, is_whole=True),
}


def check_settings(settings: BaseSettings) -> None:
    """Raise ConfigError for the first setting that is out of its range."""
    for name, allowed in RANGES.items():
        value = settings.get(name)
        if not allowed.keeps(value):
            raise ConfigError(f"{name} is {value}; it must be {allowed}")
    if settings.get("LOG_LEVEL") == "CRITICAL":
        raise ConfigError(
            "LOG_LEVEL is CRITICAL; give ERROR or lower: the exit status counts errors"
        )
