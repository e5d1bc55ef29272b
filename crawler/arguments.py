"""What `-a NAME=VALUE`, and the options that mean the same, may say.

Each function raises ConfigError with the name, the value and the way out; `option` is how the
value was introduced.
"""

import re
from datetime import UTC, datetime, timedelta

from pipelines.errors import ConfigError
from pipelines.urls import require_web_url

DISCOVER = ("sections", "feeds", "sitemaps", "all")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def site(name: str, option: str = "-a site=") -> str:
    """The name of a site: letters, digits, dots, hyphens and underscores."""
    if not re.fullmatch(r"\w[\w.-]{0,99}", name):
        raise ConfigError(
            f"{option}{name}; a site's name is made of up to 100 letters, digits, '.', '-' and '_'"
        )
    return name


def section_urls(value: str, option: str = "-a url=") -> tuple[str, ...]:
    """The URLs of category pages, each once; commas stand between them.

    >>> section_urls("https://example.com/world/, https://example.com/sport/")
    ('https://example.com/world/', 'https://example.com/sport/')
    """
    urls = [part.strip() for part in value.split(",") if part.strip()]
    if not urls:
        raise ConfigError(
            f"give the category pages: {option}https://example.com/world/[,<section>…]"
        )
    try:
        return tuple(dict.fromkeys(map(require_web_url, urls)))
    except ValueError as error:
        raise ConfigError(f"{option.strip()}: {error}" if option else str(error)) from error


def count(name: str, value: str, *, least: int) -> int:
    """A whole number of `least` or more."""
    if not value.isdecimal() or int(value) < least:
        raise ConfigError(f"-a {name}={value}; it must be a whole number of {least} or more")
    return int(value)


def since(value: str, now: datetime, option: str = "-a since=") -> datetime | None:
    """A day (its start, UTC), a time with zone, or a span back from `now`; None for nothing.

    >>> since("3d", datetime(2026, 11, 23, tzinfo=UTC)).day
    20
    >>> since("2026-11-01", datetime(2026, 11, 23, tzinfo=UTC)).isoformat()
    '2026-11-01T00:00:00+00:00'
    """
    if not value:
        return None
    try:
        if span := re.fullmatch(r"(\d+)([hdw])", value):
            return now - int(span[1]) * _UNITS[span[2]]
        day = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        raise ConfigError(
            f"{option}{value}; it must be a day such as 2026-11-01, or a span such as 12h, 3d, 2w"
        ) from None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    if day > now:
        raise ConfigError(f"{option}{value}; it lies in the future, where nothing is yet")
    return day


def discover(value: str) -> str:
    """One of the ways in which articles are found."""
    if value not in DISCOVER:
        raise ConfigError(f"-a discover={value}; it must be one of {', '.join(DISCOVER)}")
    return value
