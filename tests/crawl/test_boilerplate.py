"""A line that all stories of a site repeat leaves the dataset, the first stories included."""

import json
from pathlib import Path

from tests.crawl.crawling import crawl, rows, scrapy
from tests.newsroom import Newsroom

MOTTO = "The Daily Kettle has been put on the stove every morning since the spring of 1871."
NO_SUCH_SITE = 2


def test_site_teaches_its_motto_and_no_text_keeps_it(tmp_path: Path) -> None:
    with Newsroom(sections=["business"], stories_per_section=8, motto=MOTTO) as newsroom:
        first = crawl(*newsroom.section_urls, output=tmp_path)
        assert (first.status, first.err) == (0, "")
        newsroom.publish(1)
        # What was stored is looked at again: what is learned since is no change of a story.
        again = crawl(*newsroom.section_urls, output=tmp_path, RECHECK_AFTER="1s,1h")
        truth = {newsroom.url(story.path): story.text for story in newsroom.stored}
        probed = scrapy("probe", "--json", next(iter(truth)), output=tmp_path)
    assert (again.status, again.err) == (0, ""), again.out
    stored = rows(tmp_path)
    assert {row["url"]: row["text"] for row in stored} == truth
    assert [row["revision"] for row in stored] == [1] * 9
    dropped = json.loads(probed.out)["dropped"]
    assert [found["line"] for found in dropped if "stories of the site" in found["reason"]] == [
        MOTTO
    ]
    told = scrapy("dataset", "boilerplate", "127.0.0.1", "--json", output=tmp_path)
    assert [(lesson["what"], lesson["stories"]) for lesson in json.loads(told.out)] == [(MOTTO, 9)]
    unknown = scrapy("dataset", "boilerplate", "harbour.example", output=tmp_path)
    assert unknown.status == NO_SUCH_SITE
    assert "no story of harbour.example is remembered; known are: 127.0.0.1" in unknown.err


def test_story_of_a_rebuilt_ledger_is_not_revised_for_its_motto(tmp_path: Path) -> None:
    with Newsroom(sections=["business"], stories_per_section=5, motto=MOTTO) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        assert scrapy("dataset", "rebuild-ledger", output=tmp_path).status == 0
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path, RECHECK_AFTER="1s,1h").status == 0
        asked = {request.path for request in newsroom.requests[before:]}
        assert {story.path for story in newsroom.stored} <= asked
    assert [row["revision"] for row in rows(tmp_path)] == [1] * 5


def test_learning_can_be_turned_off(tmp_path: Path) -> None:
    with Newsroom(sections=["business"], stories_per_section=5, motto=MOTTO) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        newsroom.publish(1)
        assert crawl(*newsroom.section_urls, output=tmp_path, EXTRACT_LEARNS=False).status == 0
    kept = [row["title"] for row in rows(tmp_path) if MOTTO in row["text"]]
    assert len(kept) == 1, "what was learned is not applied to the new story"
