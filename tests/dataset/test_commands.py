"""`scrapy dataset` and `scrapy forget` as a person runs them."""

import json
from pathlib import Path

from pipelines.dataset.publisher import Publisher
from pipelines.items import Line
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from tests.crawl.crawling import crawl, rows, scrapy
from tests.dataset.samples import article
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


def test_url_is_forgotten_under_its_tracking_parameters(tmp_path: Path) -> None:
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        ledger.accept(article(1, url_key="https://example.com/world/flood"))
        ledger.accept(article(2, url_key="https://example.com/world/storm"))
    copied = "http://example.com/world/flood/?utm_source=newsletter#top"
    assert scrapy("forget", "--url", copied, output=tmp_path).out.startswith("1 URLs")
    pattern = "https://example.com/world/*"
    assert scrapy("forget", "--url", pattern, output=tmp_path).out.startswith("1 URLs")


def test_articles_that_wait_after_a_kill_are_told(tmp_path: Path) -> None:
    with Ledger.open(ledger_path(tmp_path)) as ledger:  # as a killed first run leaves it
        ledger.accept(article(1))
        ledger.accept(article(2))
        first = scrapy("dataset", "show", output=tmp_path), scrapy("status", output=tmp_path)
        Publisher(ledger, tmp_path).publish("example.com")
        later = scrapy("dataset", "show", output=tmp_path), scrapy("status", output=tmp_path)
    waiting = "NOTE: 2 accepted articles of example.com are not in the dataset yet"
    assert waiting in first[0].err
    assert "there is no dataset" in first[0].err
    assert "2 accepted articles wait for its next crawl" in first[1].out
    assert (later[0].status, later[0].err) == (0, "")
    assert "accepted" not in later[1].out


def test_unknown_site_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        ledger.accept(article(site="example.com"))
        Publisher(ledger, tmp_path).publish("example.com")
    forgotten = scrapy("forget", "--site", "exmaple.com", output=tmp_path)
    assert (forgotten.status, forgotten.out) == (2, "")
    assert "known sites are: example.com" in forgotten.err
    target = tmp_path / "rows.csv"
    export = scrapy("dataset", "export", str(target), "--site", "exmaple.com", output=tmp_path)
    assert (export.status, export.out, target.exists()) == (2, "", False)
    assert "--site exmaple.com; there is none, known sites are: example.com" in export.err
    page = tmp_path / "page.html"
    page.write_text("<h1>It rained</h1>", "utf-8")
    saved = (str(page), "--url", "https://example.com/rain")
    probe = scrapy("probe", *saved, "--site", "exmaple.com", output=tmp_path)
    assert (probe.status, probe.out) == (2, "")
    assert "known sites are: example.com; leave --site out" in probe.err
    known = scrapy("probe", *saved, "--site", "example.com", output=tmp_path)
    assert (known.status, known.err) == (0, "")


def test_site_that_has_taught_nothing_is_told_what_it_takes(tmp_path: Path) -> None:
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        line = Line("It rained all day.", "p", True)
        ledger.accept(article(site="example.com", lines=(line,)))
    told = scrapy("dataset", "boilerplate", "example.com", output=tmp_path)
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("example.com: nothing learned from its newest 1 distinct stories.")
    assert "stands on 3 of" in told.out


def test_wrong_use_says_what_is_allowed(tmp_path: Path) -> None:
    nothing = scrapy("dataset", "verify", output=tmp_path)
    assert (nothing.status, "there is no ledger at" in nothing.err) == (2, True)
    unknown = scrapy("forget", "--reason", "Boredom", output=tmp_path)
    assert (unknown.status, "ERROR: there is no ledger" in unknown.err) == (2, True)
    polish = scrapy("dataset", "polish", output=tmp_path)
    assert (polish.status, "there is no 'polish'; give one of: show" in polish.err) == (2, True)
    no_file = scrapy("dataset", "export", output=tmp_path)
    said = "export takes one argument: scrapy dataset export FILE; got none"
    assert (no_file.status, said in no_file.err) == (2, True)
    since = scrapy("dataset", "export", "x.csv", "--since", "soon", output=tmp_path)
    assert (since.status, "ERROR: --since soon; it must be a day" in since.err) == (2, True)
    rows_shown = scrapy("dataset", "show", "--rows", "0", output=tmp_path)
    assert (rows_shown.status, "--rows is 0; it must be 1 or more" in rows_shown.err) == (2, True)
    assert not any(tmp_path.iterdir())
