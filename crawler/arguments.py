"""What `-a NAME=VALUE` may say.

Each function raises ConfigError with the name, the value and the way out.
"""

import re
from datetime import UTC, datetime, timedelta

from pipelines.errors import ConfigError

DISCOVER = ("sections", "feeds", "sitemaps", "all")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def site(name: str) -> str:
    """The name of a site: letters, digits, dots, hyphens and underscores."""
    if not re.fullmatch(r"\w[\w.-]{0,99}", name):
        raise ConfigError(
            f"-a site={name}; a site's name is made of up to 100 letters, digits, '.', '-' and '_'"
        )
    return name


def count(name: str, value: str, *, least: int) -> int:
    """A whole number of `least` or more."""
    if not value.isdecimal() or int(value) < least:
        raise ConfigError(f"-a {name}={value}; it must be a whole number of {least} or more")
    return int(value)


def since(value: str, now: datetime) -> datetime | None:
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
            f"-a since={value}; it must be a day such as 2026-11-01, or a span such as 12h, 3d, 2w"
        ) from None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    if day > now:
        raise ConfigError(f"-a since={value}; it lies in the future, so there is nothing to fetch")
    return day


def discover(value: str) -> str:
    """One of the ways in which articles are found."""
    if value not in DISCOVER:
        raise ConfigError(f"-a discover={value}; it must be one of {', '.join(DISCOVER)}")
    return value
