"""What is found, what is asked again, and what is left alone: real crawls of the newsroom."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.discovery import url_pattern
from pipelines.ledger import Ledger
from pipelines.rows import microseconds
from pipelines.session import ledger_path
from tests.crawl.crawling import crawl, rows
from tests.newsroom import Newsroom
from tests.newsroom.server import LocalServer, Reply


def _asked(newsroom: Newsroom, *, since: int = 0) -> list[tuple[str, int]]:
    return [(r.path, r.status) for r in newsroom.requests[since:] if r.path != "/robots.txt"]


def test_pagination_is_followed_where_no_feed_helps(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world"], stories_per_section=9, page_size=3, disallow=["/world/feed/"]
    ) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        titles = {story.title for story in newsroom.stored}
    stored = rows(tmp_path)
    assert {row["title"] for row in stored} == titles
    assert {row["discovered_via"] for row in stored} == {"section", "pagination"}


def test_unchanged_section_and_feed_answer_304_and_end_the_branch(tmp_path: Path) -> None:
    with Newsroom(sections=["world", "city"], stories_per_section=6) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        asked = _asked(newsroom, since=before)
    assert sorted(asked) == [
        ("/city/", 304),
        ("/city/feed/", 304),
        ("/world/", 304),
        ("/world/feed/", 304),
    ]


def test_whole_page_is_asked_for_after_a_settable_time(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path, LISTING_FULL_FETCH_S=0).status == 0
        statuses = {status for _, status in _asked(newsroom, since=before)}
    assert statuses == {200}


def test_killed_run_is_not_answered_from_memory(tmp_path: Path) -> None:
    """A run that a limit ended has not fetched what the unchanged section lists."""
    with Newsroom(sections=["world"], stories_per_section=6) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path, args=("limit=2",)).status == 0
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert len(rows(tmp_path)) == 6


def test_since_bounds_what_is_fetched(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=12, page_size=4) as newsroom:
        newest = sorted(newsroom.stored, key=lambda s: s.published_at)[-5:]
        bound = newest[0].published_at
        run = crawl(*newsroom.section_urls, output=tmp_path, args=(f"since={bound.isoformat()}",))
        asked = {path for path, _ in _asked(newsroom)}
    assert run.status == 0
    assert {row["title"] for row in rows(tmp_path)} == {story.title for story in newest}
    assert not any("page" in path for path in asked), "paging ends at the bound"


def test_feeds_alone_and_sitemaps_alone(tmp_path: Path) -> None:
    with Newsroom(sections=["world", "city"], stories_per_section=4) as newsroom:
        for how in ("feeds", "sitemaps"):
            output = tmp_path / how
            run = crawl(*newsroom.section_urls, output=output, args=(f"discover={how}",))
            assert (run.status, run.err) == (0, "")
            assert {row["title"] for row in rows(output)} == {s.title for s in newsroom.stored}
        via = {row["discovered_via"] for row in rows(tmp_path / "sitemaps")}
    assert via == {"news_sitemap"}
    assert {row["discovered_via"] for row in rows(tmp_path / "feeds")} == {"feed"}


def test_feed_that_fails_is_a_fault_only_where_nothing_else_was_asked_for(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2, disallow=["/world/feed/"]) as newsroom:
        beside = crawl(*newsroom.section_urls, output=tmp_path / "a")
        alone = crawl(*newsroom.section_urls, output=tmp_path / "b", args=("discover=feeds",))
    assert (beside.status, beside.err) == (0, "")
    assert alone.status == 5
    assert "unhealthy: robots changed: " in alone.err


def test_site_without_feeds_is_told_so_where_nothing_else_was_asked_for(tmp_path: Path) -> None:
    links = "".join(
        f'<article><h2><a href="/2026/11/2{n}/the-mayor-opens-bridge-{n}">'
        f"The mayor opens bridge number {n} at last</a></h2></article>"
        for n in range(5)
    )
    page = f"<html><body><main>{links}</main></body></html>".encode()
    answers = {"/city/": Reply(page)}
    with LocalServer(lambda path, _: answers.get(path, Reply(status=404))) as server:
        run = crawl(f"{server.base_url}/city/", output=tmp_path, args=("discover=feeds",))
    assert run.status == 5
    assert run.err.count("it declares no feed, and -a discover=feeds reads nothing else") == 2
    assert "no article links" not in run.err
    assert "section_urls" not in run.err


@pytest.mark.parametrize(
    ("robots", "fault", "said"),
    [
        (Reply(status=404), "empty_sections", "robots.txt of its host names no sitemap"),
        (Reply(status=503), "network", "answered 503: the host is left alone in this run"),
        (Reply(b"Sitemap: /gone.xml"), "section_gone", "/gone.xml: the server answered 404"),
    ],
)
def test_fault_of_a_site_without_sitemaps_is_the_true_one(
    robots: Reply, fault: str, said: str, tmp_path: Path
) -> None:
    answers = {"/robots.txt": robots}
    with LocalServer(lambda path, _: answers.get(path, Reply(status=404))) as server:
        crawl(
            f"{server.base_url}/city/", output=tmp_path, args=("discover=sitemaps",),
            RETRY_TIMES=0, RETRY_BACKOFF_S=0.1,
        )  # fmt: skip
    (run,) = rows(tmp_path, "runs")
    assert run["fault"] == fault
    assert said in run["fault_evidence"]


def test_article_given_as_a_section_is_stored_alone_and_told(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        story = newsroom.stored[0]
        given = newsroom.url(story.path)
        run = crawl(given, output=tmp_path)
        stored = rows(tmp_path)
        again = crawl(f"{given}?utm_source=mail", output=tmp_path)
        asked = {path for path, _ in _asked(newsroom)}
    assert (run.status, again.status) == (0, 0)
    assert f"WARNING: {given} is an article: it alone is fetched" in run.err
    assert [(row["title"], row["discovered_via"]) for row in stored] == [(story.title, "argument")]
    assert (stored[0]["listing_url"], stored[0]["listing_rank"]) == (None, None)
    assert "0 new articles, 1 known links skipped" in again.out
    assert asked == {story.path, f"{story.path}?utm_source=mail"}


def test_feed_given_as_a_section_is_read_as_one(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=3) as newsroom:
        run = crawl(newsroom.url("/world/feed/"), output=tmp_path)
    assert (run.status, run.err) == (0, "")
    assert len(rows(tmp_path)) == 3


def test_date_of_the_feed_completes_the_day_on_the_page(tmp_path: Path) -> None:
    with Newsroom(sections=["business"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        truth = {story.title: story.published_at for story in newsroom.stored}
    stored = rows(tmp_path)
    assert {row["title"]: row["published_at"] for row in stored} == truth
    assert {row["published_source"] for row in stored} == {"feed"}


def test_nofollow_and_disallowed_links_are_counted_and_not_fetched(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world"], stories_per_section=4, troubles=["nofollow", "disallowed"]
    ) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path)
        unwanted = {story.path for story in newsroom.articles if story.fate == "unwanted"}
        asked = {path for path, _ in _asked(newsroom)}
    assert run.status == 0
    assert len(unwanted) == 2
    assert not unwanted & asked
    assert "1 forbidden by robots.txt" in run.out
    assert "1 marked nofollow" in run.out


def test_endless_calendar_costs_no_request(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4, troubles=["calendar"]) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path, args=("max_pages=20",))
        asked = [path for path, _ in _asked(newsroom)]
    assert run.status == 0
    assert not [path for path in asked if "calendar" in path]


def test_two_sections_that_declare_one_feed_are_both_crawled(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=6, page_size=3) as newsroom:
        sections = [newsroom.url("/world/"), newsroom.url("/world/page/2/")]
        assert crawl(*sections, output=tmp_path, args=("max_pages=1",)).status == 0
        listed = {row["listing_url"] for row in rows(tmp_path, "listings")}
    assert len(rows(tmp_path)) == 6
    assert set(sections) <= listed


def test_known_articles_are_skipped_where_the_feed_is_forbidden(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4, disallow=["/world/feed/"]) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        newsroom.publish(1)
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        asked = [path for path, _ in _asked(newsroom, since=before)]
    assert len([path for path in asked if path.startswith("/world/2")]) == 1


def test_bounded_run_does_not_settle_the_section(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=6) as newsroom:
        newest = max(story.published_at for story in newsroom.stored)
        bound = (f"since={newest.isoformat()}",)
        assert crawl(*newsroom.section_urls, output=tmp_path, args=bound).status == 0
        assert len(rows(tmp_path)) == 1
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert len(rows(tmp_path)) == 6


def test_reject_that_is_due_again_is_reached_behind_an_unchanged_section(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=3, troubles=["flaky"]) as newsroom:
        quick: dict[str, Any] = {"RETRY_TIMES": 0, "RETRY_AFTER_MAX_S": 0}
        assert crawl(*newsroom.section_urls, output=tmp_path, **quick).status == 0
        (flaky,) = [story for story in newsroom.articles if story.kind == "flaky"]
        _make_due(tmp_path)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert flaky.title in {row["title"] for row in rows(tmp_path)}


def _make_due(output: Path) -> None:
    """Lets the time pass after which rejects may be tried again."""
    with closing(sqlite3.connect(ledger_path(output))) as connection, connection:
        now = microseconds(datetime.now(UTC))
        connection.execute("UPDATE urls SET retry_at = ? WHERE retry_at IS NOT NULL", (now,))


def test_redirect_without_end_is_a_reject(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2, troubles=["circle"]) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path)
    assert (run.status, run.err) == (0, "")
    assert [row["reason"] for row in rows(tmp_path, "rejects")] == ["RedirectLoop"]


def test_site_shows_which_url_patterns_are_articles(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        pattern = url_pattern(newsroom.url(newsroom.stored[0].path))
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        assert ledger.pattern_counts("127.0.0.1")[pattern] == (4, 0)
