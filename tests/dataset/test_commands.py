"""`scrapy dataset` and `scrapy forget` as a person runs them."""

import json
from pathlib import Path

from tests.crawl.crawling import crawl, rows, scrapy
from tests.newsroom import Newsroom


def test_dataset_is_looked_after_and_forgotten_pages_are_fetched_again(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path, PUBLISH_ROWS=2).status == 0
        verified = scrapy("dataset", "verify", output=tmp_path)
        assert (verified.status, verified.out.splitlines()[-1]) == (0, "4 parts, 0 faults")
        figures = json.loads(scrapy("dataset", "stats", "--json", output=tmp_path).out)
        assert figures[0]["rows"] == 4
        assert "filled" in scrapy("dataset", "stats", output=tmp_path).out
        export = scrapy("dataset", "export", str(tmp_path / "all.csv"), output=tmp_path)
        assert export.out.startswith("4 rows")
        assert "nothing to merge" in scrapy("dataset", "compact", output=tmp_path).out
        assert "4 stories" in scrapy("dataset", "rebuild-ledger", output=tmp_path).out
        known = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        again = [r.path for r in newsroom.requests[known:]]
        assert not {story.path for story in newsroom.stored} & set(again)
        forgotten = scrapy("forget", "--site", "127.0.0.1", output=tmp_path)
        assert forgotten.out.startswith("4 URLs")
        changed = newsroom.revise(newsroom.stored[0].path)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    revisions = sorted((row["revision"], row["url"]) for row in rows(tmp_path))
    assert [revision for revision, _ in revisions] == [1, 1, 1, 1, 2]
    assert revisions[-1] == (2, newsroom.url(changed.path))
    assert scrapy("dataset", "verify", output=tmp_path).status == 0


def test_wrong_use_says_what_is_allowed(tmp_path: Path) -> None:
    nothing = scrapy("dataset", "verify", output=tmp_path)
    assert (nothing.status, "there is no ledger at" in nothing.err) == (2, True)
    unknown = scrapy("forget", "--reason", "Boredom", output=tmp_path)
    assert (unknown.status, "ERROR: there is no ledger" in unknown.err) == (2, True)
    assert scrapy("dataset", "polish", output=tmp_path).status == 2
    assert not any(tmp_path.iterdir())
