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
        del newsroom.by_path[removed]
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
