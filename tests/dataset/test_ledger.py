"""The ledger: one transaction per acceptance, nothing forgotten, clear errors."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.errors import LedgerError
from pipelines.items import Listing, ListingEntry
from pipelines.ledger import Ledger, ListingState
from pipelines.rejects import ConsentWall, HttpError, NearDuplicate
from tests.dataset.samples import NOON, article, mark, page

SITE = "example.com"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "state" / "ledger.db") as opened:
        yield opened


def test_accepted_article_is_known_and_pending_at_once(ledger: Ledger) -> None:
    ledger.accept(article(1, aliases=("https://example.com/amp/1",)))
    for key in ("https://example.com/1", "https://example.com/amp/1"):
        assert ledger.is_known(SITE, key, NOON)
        assert ledger.story_at(SITE, [key]) == "story-1"
    assert [(p.dataset, p.day, p.rows) for p in ledger.pending(SITE)] == [
        ("articles", "2026-11-23", 1)
    ]


def test_failed_acceptance_leaves_no_trace(ledger: Ledger) -> None:
    ledger.accept(article(1))
    with pytest.raises(LedgerError, match="stored already"):
        ledger.accept(article(1, url_key="https://example.com/other"))
    assert not ledger.is_known(SITE, "https://example.com/other", NOON)
    assert ledger.pending(SITE)[0].rows == 1


def test_sites_know_their_own_urls_only(ledger: Ledger) -> None:
    ledger.accept(article(1))
    assert not ledger.is_known("other.org", "https://example.com/1", NOON)


def test_reject_is_known_until_it_may_be_tried_again(ledger: Ledger) -> None:
    ledger.reject(page(1), ConsentWall("asks for consent"))
    assert ledger.is_known(SITE, "https://example.com/1", NOON + timedelta(hours=5))
    assert not ledger.is_known(SITE, "https://example.com/1", NOON + timedelta(hours=7))


def test_page_that_is_gone_is_not_tried_again(ledger: Ledger) -> None:
    ledger.reject(page(1, status=404), HttpError("the server answered 404"))
    assert ledger.is_known(SITE, "https://example.com/1", NOON + timedelta(days=1000))


def test_reject_keeps_the_requested_url_known_too(ledger: Ledger) -> None:
    moved = page(1, requested_url="https://example.com/old?utm_source=x")
    ledger.reject(moved, ConsentWall("asks for consent"))
    assert ledger.is_known(SITE, "https://example.com/old", NOON)


def test_copy_of_a_story_does_not_make_its_url_forget_the_story(ledger: Ledger) -> None:
    ledger.accept(article(1))
    ledger.reject(page(1), NearDuplicate("a copy", duplicate_of="story-9", similarity=0.9))
    assert ledger.story_at(SITE, ["https://example.com/1"]) == "story-1"


def test_stories_are_found_by_content_and_by_band(ledger: Ledger) -> None:
    ledger.accept(article(1, fingerprint=mark(11, 12)))
    ledger.accept(article(2, fingerprint=mark(12, 13)))
    ledger.accept(article(3, fingerprint=mark(12, algorithm="test-2")))
    (found,) = ledger.stories_with_content("hash-2")
    assert found.article_id == "story-2"
    since = NOON - timedelta(days=1)
    assert [s.article_id for s in ledger.similar_stories(mark(12, 99), since)] == [
        "story-1",
        "story-2",
    ]
    assert ledger.similar_stories(mark(11), since)[0].fingerprint == mark()
    assert ledger.similar_stories(mark(12), NOON + timedelta(days=1)) == []


def test_similar_stories_are_found_over_the_whole_window(ledger: Ledger) -> None:
    for number, days in ((1, 70), (2, 40), (3, 1)):
        seen = NOON - timedelta(days=days)
        ledger.accept(article(number, fingerprint=mark(11), first_seen_at=seen))
    found = ledger.similar_stories(mark(11), NOON - timedelta(days=50))
    assert [story.article_id for story in found] == ["story-2", "story-3"]


def test_bands_of_old_stories_are_dropped_and_the_stories_stay(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.ledger.stories._SLICED", 1024)
    old = NOON - timedelta(days=200)
    ledger.accept(article(1, fingerprint=mark(11, -(2**63)), first_seen_at=old))
    ledger.accept(article(2, fingerprint=mark(11, 2**63 - 1)))
    assert ledger.forget_bands(NOON - timedelta(days=30)) == 2
    assert ledger.forget_bands(NOON - timedelta(days=30)) == 0
    found = ledger.similar_stories(mark(11, -(2**63)), old)
    assert [story.article_id for story in found] == ["story-2"]
    assert ledger.stories_with_content("hash-1") != []


def test_listing_tells_what_is_new(ledger: Ledger) -> None:
    ledger.accept(article(1))
    entries = tuple(
        ListingEntry(rank=n, url_key=f"https://example.com/{n}", anchor_text=f"Story {n}")
        for n in (1, 2)
    )
    ledger.add_listing(
        Listing(url="https://example.com/", site=SITE, seen_at=NOON, entries=entries)
    )
    listing = next(p for p in ledger.pending(SITE) if p.dataset == "listings")
    rows = ledger.rows_of(ledger.allot(listing, "listings/x.parquet"))
    assert [(row["rank"], row["is_new"]) for row in rows] == [(1, False), (2, True)]


def test_section_is_settled_only_by_a_run_that_finished_it(ledger: Ledger) -> None:
    section = "https://example.com/world/"
    ledger.begin_section(SITE, section)
    assert ledger.settled_pages(SITE, section) == 0
    ledger.begin_section(SITE, section)
    assert ledger.settled_pages(SITE, section) == 0, "the first run never finished it"
    ledger.settle_sections(SITE, [section], pages=3)
    ledger.begin_section(SITE, section)
    assert ledger.settled_pages(SITE, section) == 3
    ledger.begin_section(SITE, section)
    assert ledger.settled_pages(SITE, section) == 0, "the run before was cut off"


def test_answer_of_a_listing_is_remembered(ledger: Ledger) -> None:
    url, feeds = "https://example.com/world/", ("https://example.com/feed/",)
    assert ledger.listing_state(SITE, url) is None
    ledger.add_listing(
        Listing(
            url=url, site=SITE, seen_at=NOON, entries=(), feeds=feeds, etag='"v1"', body_hash="hash"
        )
    )
    assert ledger.listing_state(SITE, url) == ListingState('"v1"', None, "hash", NOON, feeds)
    assert ledger.listing_state("other.org", url) is None


def test_counts_of_url_patterns_add_up_over_runs(ledger: Ledger) -> None:
    ledger.count_patterns(SITE, {"example.com/{slug}": (3, 1)})
    ledger.count_patterns(SITE, {"example.com/{slug}": (2, 0), "example.com/{word}": (0, 4)})
    assert ledger.pattern_counts(SITE) == {
        "example.com/{slug}": (5, 1),
        "example.com/{word}": (0, 4),
    }
    assert ledger.pattern_counts("other.org") == {}


def test_everything_survives_reopening(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as first:
        first.accept(article(1))
    with Ledger.open(path) as second:
        assert second.is_known(SITE, "https://example.com/1", NOON)
        assert second.pending_sites() == [SITE]


def test_other_files_are_refused_with_the_way_out(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_bytes(b"this is no database, however long it may be" * 50)
    with pytest.raises(LedgerError, match=r"text\.db cannot be opened: file is not a database"):
        Ledger.open(text)
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(LedgerError, match="not a ledger of Broadsheet"):
        Ledger.open(foreign)


def test_newer_ledger_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="schema 99; this program knows"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_ledger_that_cannot_be_made_names_the_path(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder must be")
    with pytest.raises(LedgerError, match=r"state/ledger\.db cannot be opened"):
        Ledger.open(tmp_path / "state" / "ledger.db")


def test_damaged_ledger_is_a_clear_error_not_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        for number in range(200):
            ledger.accept(article(number, text="a long text " * 100))
    damaged = bytearray(path.read_bytes())
    damaged[8192:-8192] = b"\xff" * (len(damaged) - 16384)
    path.write_bytes(damaged)
    with pytest.raises(LedgerError, match=r"ledger\.db cannot be"):
        _publish_all(path)


def _publish_all(path: Path) -> None:
    with Ledger.open(path) as ledger:
        (pending,) = ledger.pending(SITE)
        ledger.rows_of(ledger.allot(pending, "articles/x.parquet"))
