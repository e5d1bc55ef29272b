"""Health against history: every failure has its name, and ordinary life has none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.health import Fault, Level, assess, is_news
from tests.health.histories import SECTION, history, run

NOTHING: dict[str, Any] = {
    "articles": 0, "rejects": 0, "by_reason": {}, "coverage": {}, "text_chars_median": None,
}  # fmt: skip


def _unreadable(text: str) -> dict[str, Any]:
    return NOTHING | {"section_faults": {SECTION: text}, "section_links": {}}


FAILURES: dict[str, tuple[Fault, dict[str, Any]]] = {
    "sections answer 403": (Fault.BLOCKED, _unreadable("blocked: the server answered 403")),
    "articles answer 429": (
        Fault.BLOCKED,
        NOTHING | {"by_failure": {"RetryAfterTooLong": 6}, "by_status": {"200": 2, "429": 3}},
    ),
    "articles ask who you are": (Fault.BLOCKED, NOTHING | {"by_reason": {"BotWall": 6}}),
    "articles ask for consent": (Fault.CONSENT_WALL, NOTHING | {"by_reason": {"ConsentWall": 6}}),
    "links lead to no articles": (
        Fault.LAYOUT_CHANGED,
        NOTHING | {"by_reason": {"TextTooShort": 7}},
    ),
    "articles lose their date": (
        Fault.LAYOUT_CHANGED,
        {"coverage": {"title": 5, "authors": 5, "long_text": 5}},
    ),
    "articles lose their text": (
        Fault.LAYOUT_CHANGED,
        {"coverage": {"title": 5, "authors": 5, "published_at": 5}},
    ),
    "articles need JavaScript": (
        Fault.JAVASCRIPT_NEEDED,
        NOTHING | {"by_reason": {"EmptyPage": 7}},
    ),
    "section lists a tenth": (Fault.EMPTY_SECTIONS, {"section_links": {SECTION: 3}}),
    "robots.txt forbids articles": (
        Fault.ROBOTS_CHANGED,
        NOTHING | {"robots_disallowed": 30, "known_skipped": 2},
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failure_is_named_in_its_first_full_run(name: str) -> None:
    fault, changes = FAILURES[name]
    health = assess(run(48, **changes), history())
    assert (health.level, health.fault) == (Level.UNHEALTHY, fault)
    assert health.evidence


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        (Fault.NETWORK, _unreadable("network: the server did not answer")),
        (Fault.SLOW, {"latency_median_s": 9.0}),
    ],
)
def test_what_often_passes_is_suspect_once_and_unhealthy_twice(
    fault: Fault, changes: dict[str, Any]
) -> None:
    past = history()
    first = run(48, **changes)
    health = assess(first, past)
    assert (health.level, health.fault) == (Level.SUSPECT, fault)
    past.append(replace(first, health=health.level.value, fault=fault.value))
    assert assess(run(49, **changes), past).level is Level.UNHEALTHY
    assert assess(run(49), past).level is Level.HEALTHY


def test_one_section_of_several_is_suspect_once() -> None:
    changes = {"sections": 3, "section_faults": {SECTION: "section_gone: the server answered 404"}}
    health = assess(run(48, **changes), history(sections=3))
    assert (health.level, health.fault) == (Level.SUSPECT, Fault.SECTION_GONE)


@pytest.mark.parametrize(
    "changes",
    [
        NOTHING | {"section_links": {}, "sections_unchanged": 1},
        NOTHING,
        {"articles": 1, "coverage": {"title": 1, "published_at": 1, "long_text": 1}},
        {"section_links": {SECTION: 24}},
        {"latency_median_s": 2.0},
        NOTHING | {"by_reason": {"CategoryPage": 1}},
    ],
)
def test_quiet_hour_is_healthy(changes: dict[str, Any]) -> None:
    assert assess(run(48, **changes), history()).level is Level.HEALTHY


def test_quiet_weekend_is_healthy_and_a_frozen_week_is_not() -> None:
    past = history(72)
    quiet = [run(hour, **NOTHING) for hour in range(72, 72 + 24 * 6)]
    assert assess(quiet[47], past + quiet[:47]).level is Level.HEALTHY
    health = assess(quiet[-1], past + quiet[:-1])
    assert (health.level, health.fault) == (Level.UNHEALTHY, Fault.NOTHING_NEW)


def test_first_run_is_judged_only_by_what_is_wrong_in_itself() -> None:
    assert assess(run(), []).level is Level.HEALTHY
    assert assess(run(by_reason={"TextTooShort": 4}), []).level is Level.HEALTHY
    walls = NOTHING | {"by_reason": {"ConsentWall": 6}}
    assert assess(run(**walls), []).fault is Fault.CONSENT_WALL


def test_small_site_is_judged_over_several_runs() -> None:
    one: dict[str, Any] = {
        "articles": 1,
        "by_reason": {},
        "coverage": {"title": 1, "published_at": 1},
    }
    lost: dict[str, Any] = one | {"coverage": {"title": 1}}
    past = history(60, **one)
    levels = []
    for hour in range(60, 66):
        past.append(run(hour, **lost))
        levels.append(assess(past[-1], past[:-1]).level)
    assert levels[0] is Level.HEALTHY
    assert levels[-1] is Level.UNHEALTHY


def test_lasting_change_is_the_new_usual_after_two_weeks() -> None:
    no_authors = {"coverage": {"title": 5, "published_at": 5, "long_text": 5}}
    sick = {"health": "unhealthy", "fault": "layout_changed"}
    changed = [run(hour, **no_authors, **sick) for hour in range(48, 48 + 24 * 20)]
    soon, late = changed[:48], changed[:-1]
    assert assess(run(48 + 48, **no_authors), history() + soon).level is Level.UNHEALTHY
    assert assess(changed[-1], (history() + late)[-400:]).level is Level.HEALTHY


def test_message_is_due_once_per_fault_and_day() -> None:
    sick = {"health": "unhealthy", "fault": "blocked"}
    assert is_news(run(10, **sick), run(9))
    assert not is_news(run(10, **sick), run(9, **sick))
    assert is_news(run(10, **sick), run(9, health="unhealthy", fault="network"))
    assert is_news(run(24, **sick), run(23, **sick)), "a new day"
    assert not is_news(run(10), run(9, **sick))


def test_share_is_judged_by_the_pages_of_its_own_site() -> None:
    videos = {"by_reason": {"CategoryPage": 5}, "articles": 2, "coverage": {"title": 2}}
    usual_here = [run(hour, **videos) for hour in range(48)]
    assert assess(run(48, **videos), usual_here).level is Level.HEALTHY
    assert assess(run(48, **videos), history()).level is Level.UNHEALTHY


def test_times_are_passed_in() -> None:
    later = timedelta(days=365)
    past = [replace(r, started_at=r.started_at + later) for r in history()]
    now = replace(
        run(48, **FAILURES["section lists a tenth"][1]), started_at=run(48).started_at + later
    )
    assert assess(now, past).fault is Fault.EMPTY_SECTIONS


def test_stories_that_have_not_changed_are_no_fault() -> None:
    quiet = NOTHING | {"by_reason": {"Unchanged": 10}}
    assert assess(run(48, **quiet), history()).level is Level.HEALTHY


def test_evidence_of_an_earlier_run_is_no_second_time() -> None:
    past = history()
    lost = run(48, **NOTHING | {"by_failure": {"DownloadTimeoutError": 6}})
    health = assess(lost, past)
    assert (health.level, health.fault) == (Level.SUSPECT, Fault.NETWORK)
    past.append(replace(lost, health="suspect", fault="network"))
    assert assess(run(49, **NOTHING), past).level is Level.SUSPECT, "it fetched no page"
    again = replace(lost, started_at=lost.started_at + timedelta(hours=1))
    assert assess(again, past).level is Level.UNHEALTHY


def test_robots_that_forbids_the_rest_is_found_where_it_forbade_some() -> None:
    some = {"robots_disallowed": 5, "known_skipped": 1}
    past = [run(hour, **some) for hour in range(48)]
    assert assess(run(48, **some), past).level is Level.HEALTHY
    all_of_them = NOTHING | {"robots_disallowed": 8, "known_skipped": 0}
    assert assess(run(48, **all_of_them), past).fault is Fault.ROBOTS_CHANGED
