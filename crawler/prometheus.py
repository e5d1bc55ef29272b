"""The state of all sites in Prometheus' text format (exposition format 0.0.4)."""

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from crawler.health import Standing


def _seconds(time: datetime | None) -> float | None:
    """Seconds since the epoch."""
    return time.timestamp() if time else None


_Value = Callable[[Standing], float | None]

_METRICS: tuple[tuple[str, str, _Value], ...] = (
    ("healthy", "1 unless someone should look at the site", lambda s: float(not s.is_unhealthy)),
    (
        "last_run_timestamp_seconds",
        "When its last run began",
        lambda s: _seconds(s.last_run),
    ),
    (
        "last_success_timestamp_seconds",
        "When its last run without fault began",
        lambda s: _seconds(s.last_success),
    ),
    ("articles_today", "Articles stored since midnight UTC", lambda s: float(s.articles_today)),
    ("articles_usual_day", "Articles of a usual day", lambda s: s.articles_usual),
    (
        "next_due_timestamp_seconds",
        "When it is due again",
        lambda s: _seconds(s.next_due),
    ),
)


def prometheus_text(standings: Sequence[Standing]) -> str:
    r"""All metrics, one line per site; a site without a value has no line.

    >>> print(prometheus_text([Standing(site='a"b', health="late")]).splitlines()[2])
    broadsheet_site_healthy{site="a\"b"} 0
    """
    lines: list[str] = []
    for name, help_text, value_of in _METRICS:
        lines += [
            f"# HELP broadsheet_site_{name} {help_text}.",
            f"# TYPE broadsheet_site_{name} gauge",
        ]
        for standing in standings:
            value = value_of(standing)
            if value is not None:
                lines.append(
                    f'broadsheet_site_{name}{{site="{_label(standing.site)}"}} {value:.16g}'
                )
    lines += ["# HELP broadsheet_site_fault 1 for the fault that a site has.",
              "# TYPE broadsheet_site_fault gauge"]  # fmt: skip
    lines += [
        f'broadsheet_site_fault{{site="{_label(s.site)}",fault="{s.fault or s.health}"}} 1'
        for s in standings
        if s.is_unhealthy
    ]
    return "\n".join(lines) + "\n"


def write_prometheus(path: Path, standings: Sequence[Standing]) -> None:
    """Replace the file at once, so that a collector never reads half of it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(prometheus_text(standings))
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError:
        os.unlink(draft)
        raise


def _label(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
