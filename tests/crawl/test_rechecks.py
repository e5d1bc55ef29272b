"""Stored stories are looked at again: changed texts become revisions, and nothing else does."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.crawl.crawling import crawl, rows
from tests.newsroom import Newsroom

STEP_S = 1
ON: dict[str, Any] = {"RECHECK_AFTER": f"{STEP_S}s,1h"}
OFF: dict[str, Any] = {"RECHECK_SHARE": 0}


def test_changed_text_is_a_revision_and_a_changed_wrapper_is_none(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path, **OFF).status == 0
        kept, changed, removed, _ = (story.path for story in newsroom.stored)
        newsroom.revise(changed)
        newsroom.publish(2)  # the boxes beside every story show them
        newsroom.take_down(removed)
        time.sleep(STEP_S)
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path, **ON).status == 0
        asked = [request.path for request in newsroom.requests[before:]]
        assert max(asked.count(path) for path in (kept, changed, removed)) == 1
        stored = rows(tmp_path)
        revisions = Counter(row["url"] for row in stored)
        assert [revisions[newsroom.url(path)] for path in (kept, changed, removed)] == [1, 2, 1]
        assert len(stored) == 7, "four stories, two new ones, one revision"
        first, second = sorted(
            (row for row in stored if row["url"] == newsroom.url(changed)),
            key=lambda row: row["revision"],
        )
        assert (first["revision"], second["revision"]) == (1, 2)
        assert first["article_id"] == second["article_id"]
        assert first["first_seen_at"] == second["first_seen_at"] < second["fetched_at"]
        assert first["text"] != second["text"]
        assert second["discovered_via"] == "recheck"
        (gone,) = rows(tmp_path, "rejects")
        assert (gone["url"], gone["status"]) == (newsroom.url(removed), 404)
        # Each step is done once, and what is gone is left in peace.
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path, **ON).status == 0
        asked = [request.path for request in newsroom.requests[before:]]
        assert not {kept, changed, removed} & set(asked)


def test_rechecks_are_off_without_a_share(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        time.sleep(STEP_S)
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path, **(ON | OFF)).status == 0
        asked = {request.path for request in newsroom.requests[before:]}
    assert not {story.path for story in newsroom.stored} & asked


def test_stories_that_are_gone_are_rejects_and_no_fault_of_the_site(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4, troubles=["not_found"]) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path, **OFF).status == 0
        missing, gone, *_ = (story.path for story in newsroom.stored)
        newsroom.take_down(missing)
        newsroom.take_down(gone, status=410)
        time.sleep(STEP_S)
        assert crawl(*newsroom.section_urls, output=tmp_path, **ON).status == 0
    first, second = sorted(rows(tmp_path, "runs"), key=lambda run: run["started_at"])
    assert _reasons(first) == {"HttpError": 1}, "a link that leads nowhere is a reject of the run"
    assert second["rejects"] == 2
    assert _reasons(second) == {}, "a story that was taken down later is none"
    assert second["health"] == "healthy"
    refused = {row["url"]: row["status"] for row in rows(tmp_path, "rejects")}
    assert refused[newsroom.url(missing)] == 404
    assert refused[newsroom.url(gone)] == 410
    assert len(rows(tmp_path)) == 4, "what was stored stays"


def _reasons(run: dict[str, Any]) -> dict[str, int]:
    return {entry["key"]: entry["value"] for entry in run["by_reason"]}
