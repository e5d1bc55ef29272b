"""Spans of time as people write them in settings and arguments."""

import re
from datetime import timedelta

from pipelines.errors import ConfigError

_PART = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(name: str, value: str) -> timedelta | None:
    """The span that `value` says; None for "" and 0. Raises ConfigError.

    >>> duration("RUN_DEADLINE", "1h30m"), duration("RUN_DEADLINE", "90")
    (datetime.timedelta(seconds=5400), datetime.timedelta(seconds=90))
    """
    text = str(value).strip()
    text = f"{text}s" if re.fullmatch(r"\d+(\.\d+)?", text) else text
    if not text:
        return None
    if not re.fullmatch(f"({_PART.pattern})+", text):
        raise ConfigError(f"{name} is {value}; it must be a span such as 90s, 25m or 1h30m")
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(text))
    return timedelta(seconds=seconds) or None


def short(span: timedelta) -> str:
    """A span in its two largest units.

    >>> short(timedelta(seconds=3725)), short(timedelta(seconds=9)), short(timedelta(days=3))
    ('1 h 2 m', '9 s', '3 d')
    """
    seconds = max(0, round(span.total_seconds()))
    units = []
    for unit in ("d", "h", "m", "s"):
        count, seconds = divmod(seconds, _SECONDS[unit])
        if count:
            units.append(f"{count} {unit}")
    return " ".join(units[:2]) or "0 s"
