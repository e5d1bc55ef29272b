"""When a site is due again, and when it is late."""

from datetime import timedelta

import pytest

from crawler.health import next_due, standing
from crawler.health.due import Bounds
from tests.health.histories import START, history, run


def test_busy_site_is_due_sooner_than_a_quiet_one() -> None:
    busy, quiet = history(articles=20), history(articles=0)
    busy_due, quiet_due = next_due(busy), next_due(quiet)
    assert busy_due == busy[-1].started_at + timedelta(minutes=15), "never sooner than the bound"
    assert quiet_due == quiet[-1].started_at + timedelta(hours=24), "never later than the bound"
    middle = next_due(history(articles=1))
    assert middle is not None
    assert busy_due < middle < quiet_due


def test_site_without_runs_is_due_now() -> None:
    assert next_due([]) is None


def test_run_that_left_work_is_due_at_the_shortest_time() -> None:
    past = [*history(articles=0), run(48, outcome="stopped", articles=0)]
    assert next_due(past, Bounds(least=timedelta(minutes=5))) == past[-1].started_at + timedelta(
        minutes=5
    )


@pytest.mark.parametrize("outcome", ["unhealthy", "incomplete", "failed"])
def test_failing_site_is_asked_less_and_less_often(outcome: str) -> None:
    past = history(articles=3)
    pauses = []
    for hour in range(48, 52):
        past.append(run(hour, articles=0, outcome=outcome))
        due = next_due(past)
        assert due is not None
        pauses.append(due - past[-1].started_at)
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]


def test_standing_counts_today_beside_a_usual_day() -> None:
    now = START + timedelta(days=2, hours=3)
    shown = standing("example.com", history(51), now)
    assert shown.articles_today == 15
    assert shown.articles_usual == 120.0
    assert shown.health == "healthy"
    assert not shown.is_unhealthy


def test_declared_site_whose_runs_have_stopped_is_late() -> None:
    past, now = history(), START + timedelta(days=4)
    late = standing("example.com", past, now)
    assert late.health == "late"
    assert late.is_unhealthy
    assert late.why is not None
    assert "cron" in late.why
    by_hand = standing("example.com", past, now, is_declared=False)
    assert (by_hand.health, by_hand.next_due) == ("healthy", None), "nothing crawls it by itself"


def test_pause_of_every_night_is_not_late() -> None:
    day_shift = [run(hour) for hour in range(24 * 5) if 7 <= hour % 24 < 19]
    night = day_shift[-1].started_at + timedelta(hours=12)
    assert standing("example.com", day_shift, night).health == "healthy"
