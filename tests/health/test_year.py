"""A short form of benchmarks/health_year.py: two sites, eighteen days, every failure."""

from functools import cache

import pytest

from benchmarks.health_year import FAILURES, Failure, Year, simulate
from crawler.health import Fault


@cache
def _weeks() -> Year:
    return simulate(sites=2, days=18, seed=11)


def test_ordinary_weeks_raise_hardly_an_alarm() -> None:
    year = _weeks()
    assert year.runs == 2 * 18 * 24
    assert year.alarms.total() < 0.01 * year.runs


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_planted_failure_is_found_by_its_name(failure: Failure) -> None:
    for found in _weeks().found[failure.name]:
        assert found.hours is not None
        if failure.fault is not Fault.NOTHING_NEW:  # that takes days by nature
            assert found.is_soon
