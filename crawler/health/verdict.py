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

    chance: float = 1e-3
    """A share is unusual when history gives it a smaller probability than this."""
    slow_factor: float = 4.0
    """Slow: so many times the slowest of the usual runs …"""
    slow_least_s: float = 3.0
    """… and at least so many seconds."""
    adapt_after: timedelta = timedelta(days=14)
    """What lasts longer is the new usual."""


DEFAULT = Thresholds()


def assess(run: Run, history: Sequence[Run], thresholds: Thresholds = DEFAULT) -> Health:
    """The health that `run` shows, compared with the runs of the site before it, oldest first."""
    view = View.of(run, history, thresholds)
    findings = [finding for rule in RULES if (finding := rule(view))]
    if not findings:
        return Health()
    finding = findings[0]
    level = Level.UNHEALTHY if _is_sure(finding, history) else Level.SUSPECT
    return Health(level, finding.fault, finding.evidence)


def is_news(run: Run, before: Run | None) -> bool:
    """Whether an unhealthy run is worth a message: the first of its fault, or of its UTC day."""
    if run.health != Level.UNHEALTHY.value:
        return False
    if before is None or before.health != run.health or before.fault != run.fault:
        return True
    return before.started_at.date() != run.started_at.date()


def _is_sure(finding: Finding, history: Sequence[Run]) -> bool:
    """At once, or in the second run where such a thing often passes by itself."""
    if not (finding.fault.passes_by_itself or finding.is_partial):
        return True
    return bool(history) and history[-1].fault in {fault.value for fault in _alike(finding.fault)}


def _alike(fault: Fault) -> set[Fault]:
    """A server that is going down answers slowly first, then not at all."""
    return {Fault.NETWORK, Fault.SLOW} if fault is Fault.NETWORK else {fault}
