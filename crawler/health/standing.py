"""How a site stands now: what `scrapy status` shows of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from crawler.health.due import BOUNDS, Bounds, next_due
from crawler.health.faults import Level
from pipelines.rows import Run

_GOOD = ("done",)
_LATE_FACTOR = 4
_LATE_LEAST = timedelta(hours=2)
_LATE_RUNS = 6
USUAL_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One site at one moment."""

    site: str
    is_declared: bool = True
    """Whether it has a file of its own: `crawlall` crawls no other."""
    last_run: datetime | None = None
    last_success: datetime | None = None
    outcome: str | None = None
    articles_today: int = 0
    articles_waiting: int = 0
    """Accepted, but not published: a crawl runs, or was killed and the next one publishes them."""
    articles_usual: float | None = None
    """Per day, the median of the last two weeks; None without a whole day."""
    health: str = "unknown"
    """healthy, suspect, unhealthy, late (its runs have stopped) or unknown (never run)."""
    fault: str | None = None
    why: str | None = None
    next_due: datetime | None = None
    """None: now, or never by itself where the site is not declared."""

    @property
    def is_unhealthy(self) -> bool:
        """Whether someone should look."""
        return self.health in ("unhealthy", "late")

    @property
    def health_words(self) -> str:
        """The health and its fault, for a person.

        >>> Standing(site="a", health="unhealthy", fault="consent_wall").health_words
        'unhealthy: consent wall'
        """
        return f"{self.health}: {self.fault.replace('_', ' ')}" if self.fault else self.health


def runs_that_tell(history: Iterable[Run]) -> list[Run]:
    """The runs by which a site is judged: those of what its file declares, if it has one."""
    return [run for run in history if run.health != Level.UNJUDGED.value]


def standing(
    site: str,
    history: Sequence[Run],
    now: datetime,
    *,
    is_declared: bool = True,
    bounds: Bounds = BOUNDS,
) -> Standing:
    """How `site` stands at `now`, from its runs, oldest first.

    Only a declared site can be late or due: who crawls a section once by hand owes it no second
    run.
    """
    today = sum(run.articles for run in history if run.started_at.date() == now.date())
    telling = runs_that_tell(history)
    if not telling:
        return Standing(site=site, is_declared=is_declared, articles_today=today)
    last = telling[-1]
    is_late = is_declared and now - last.finished_at > _patience(telling, bounds)
    return Standing(
        site=site,
        is_declared=is_declared,
        last_run=last.started_at,
        last_success=next((r.started_at for r in reversed(telling) if r.outcome in _GOOD), None),
        outcome=last.outcome,
        articles_today=today,
        articles_usual=_usual_day(history, now.date()),
        health="late" if is_late and last.health != "unhealthy" else last.health,
        fault=last.fault,
        why=_why_late(telling) if is_late else last.fault_evidence,
        next_due=next_due(telling, bounds) if is_declared else None,
    )


def _patience(history: Sequence[Run], bounds: Bounds) -> timedelta:
    """How long after a run its site is late: four times the usual pause between runs.

    Crontabs with a pause at night are no fault: the longest pause of the past is allowed too.
    """
    pauses = [later.started_at - earlier.started_at for earlier, later in pairwise(history)]
    if len(pauses) < _LATE_RUNS:
        return timedelta.max
    usual = sorted(pauses)[len(pauses) // 2]
    ordinary = [pause for pause in pauses if pause < 3 * bounds.most]
    return max(_LATE_FACTOR * usual, 1.5 * max(ordinary, default=usual), _LATE_LEAST)


def _why_late(history: Sequence[Run]) -> str:
    return f"no run since {history[-1].finished_at:%Y-%m-%d %H:%M} UTC: look at cron and its mail"


def _usual_day(history: Sequence[Run], today: date) -> float | None:
    """The median of articles per whole day; the day of the first run gathers old ones."""
    first = max(history[0].started_at.date() + timedelta(1), today - timedelta(USUAL_DAYS))
    days = {first + timedelta(n): 0 for n in range((today - first).days)}
    for run in history:
        if run.started_at.date() in days:
            days[run.started_at.date()] += run.articles
    return float(median(days.values())) if days else None
