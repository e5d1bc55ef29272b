"""When a site should be crawled again: as often as it brings something new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.rows import Run

RATE_WINDOW = timedelta(days=7)
"""How far back the pace of a site is measured: a whole week, weekend included."""
NEW_PER_RUN = 2.0
"""Articles that a run should find: fewer runs would see stories late, more would ask in vain."""
_FAILED = ("failed", "unhealthy", "incomplete")
_MOST_DOUBLINGS = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest time between two runs of a site."""

    least: timedelta = timedelta(minutes=15)
    most: timedelta = timedelta(hours=24)


BOUNDS = Bounds()


def next_due(history: Sequence[Run], bounds: Bounds = BOUNDS) -> datetime | None:
    """When the site is due again, from its runs, oldest first; None (now) without any.

    A run that was stopped with work left is due after the shortest time; each failed run in a
    row doubles the time, for the sake of a site that is in trouble.
    """
    if not history:
        return None
    last = history[-1]
    if last.outcome == "stopped":
        return last.started_at + bounds.least
    wanted = usual_interval(history) * (1 << _failures_in_a_row(history))
    return last.started_at + min(max(wanted, bounds.least), bounds.most)


def usual_interval(history: Sequence[Run]) -> timedelta:
    """The time in which the site brings NEW_PER_RUN articles, by its last week.

    The first run fetches what has gathered for long and says nothing about the pace.
    """
    last = history[-1]
    start = max(history[0].started_at, last.started_at - RATE_WINDOW)
    new = sum(run.articles for run in history[1:] if run.started_at > start)
    hours = (last.started_at - start) / timedelta(hours=1)
    # One article more, and one hour more: a site without history is asked after two hours.
    return timedelta(hours=NEW_PER_RUN * (hours + 1) / (new + 1))


def _failures_in_a_row(history: Sequence[Run]) -> int:
    count = 0
    for run in reversed(history[-_MOST_DOUBLINGS:]):
        if run.outcome not in _FAILED:
            break
        count += 1
    return count
