"""The verdict on a run: the worst that the rules say, and whether it is worth a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.health.faults import Fault, Health, Level
from crawler.health.rules import RULES, Finding, View
from pipelines.rows import Run


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as unusual. The defaults come from benchmarks/health_year.py."""

    chance: float = 1e-2
    """A failure of nearly all pages is unusual when history gives it a smaller probability."""
    slow_factor: float = 2.0
    """Slow: so many times the slowest twentieth of the usual runs …"""
    slow_least_s: float = 3.0
    """… and at least so many seconds."""
    adapt_after: timedelta = timedelta(days=14)
    """What lasts longer is the new usual."""


DEFAULT = Thresholds()


def assess(run: Run, history: Sequence[Run], thresholds: Thresholds = DEFAULT) -> Health:
    """The health that `run` shows, compared with the runs of the site before it, oldest first."""
    findings = _findings(run, history, thresholds)
    if not findings:
        return Health()
    sure = [finding for finding in findings if _is_sure(finding, history, thresholds)]
    named = (sure or findings)[0]
    said = [named.evidence, *(one.evidence for one in findings if one is not named)]
    level = Level.UNHEALTHY if sure else Level.SUSPECT
    return Health(level, named.fault, "; also ".join(said))


def is_news(run: Run, before: Run | None) -> bool:
    """Whether an unhealthy run is worth a message: the first of its fault, or of its UTC day."""
    if run.health != Level.UNHEALTHY.value:
        return False
    if before is None or before.health != run.health or before.fault != run.fault:
        return True
    return before.started_at.date() != run.started_at.date()


def _findings(run: Run, history: Sequence[Run], thresholds: Thresholds) -> list[Finding]:
    view = View.of(run, history, thresholds)
    return [finding for rule in RULES if (finding := rule(view))]


def _is_sure(finding: Finding, history: Sequence[Run], thresholds: Thresholds) -> bool:
    """At once, or in the second run where such a thing often passes by itself."""
    if not (finding.fault.passes_by_itself or finding.is_partial):
        return True
    if not history:
        return False
    *earlier, last = history
    alike = _alike(finding.fault)
    if finding.is_old:  # neither better nor worse than the last run
        return last.health == Level.UNHEALTHY.value and last.fault in {f.value for f in alike}
    return any(one.fault in alike for one in _findings(last, earlier, thresholds))


def _alike(fault: Fault) -> set[Fault]:
    """A server that is going down answers slowly first, then not at all."""
    return {Fault.NETWORK, Fault.SLOW} if fault is Fault.NETWORK else {fault}
