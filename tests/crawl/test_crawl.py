"""`scrapy crawl` from a section to the dataset, in a real process against a real server."""

from pathlib import Path
from typing import Any

import duckdb

from pipelines.urls import url_key
from tests.crawl.crawling import crawl, rows, scrapy
from tests.newsroom import Newsroom


def _path(row: dict[str, Any]) -> str:
    return "/" + str(row["url"]).split("/", 3)[3]


def test_every_article_of_a_section_is_stored_with_its_truth(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=8) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path)
        truth = {story.path: story for story in newsroom.stored}
        user_agents = {request.headers["user-agent"] for request in newsroom.requests}
    assert (run.status, run.err) == (0, "")
    stored = rows(tmp_path)
    assert {_path(row) for row in stored} == set(truth)
    for row in stored:
        story = truth[_path(row)]
        assert row["text"] == story.text
        assert row["title"] == story.title
        assert tuple(row["authors"]) == story.authors
        assert row["published_at"] == story.published_at
        assert row["section"] == story.section
        assert row["language"] == story.language
        assert row["site"] == "127.0.0.1"
    assert {row["discovered_via"] for row in stored} == {"section", "feed"}
    assert {row["listing_url"] for row in stored} == {
        newsroom.url("/world/"),
        newsroom.url("/world/feed/"),
    }
    assert all(agent.startswith("Broadsheet/") for agent in user_agents)


def test_second_run_fetches_only_what_is_new(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=8) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        (new,) = newsroom.publish(1)
        before = len(newsroom.requests)
        run = crawl(*newsroom.section_urls, output=tmp_path)
        asked = [request.path for request in newsroom.requests[before:]]
    assert run.status == 0
    assert "1 new articles" in run.out
    assert asked.count(new.path) == 1
    assert set(asked) == {"/robots.txt", "/world/", "/world/feed/", "/world/page/2/", new.path}
    assert len(rows(tmp_path)) == 9


def test_run_without_news_asks_for_the_section_and_its_feed_alone(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=8) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        before = len(newsroom.requests)
        run = crawl(*newsroom.section_urls, output=tmp_path)
        asked = [request.path for request in newsroom.requests[before:]]
    assert run.status == 0, "zero new articles is a success"
    assert asked == ["/robots.txt", "/world/", "/world/feed/"]
    assert len(rows(tmp_path)) == 8


def test_copies_and_walls_are_rejects_with_their_reason(tmp_path: Path) -> None:
    kinds = ["tracking", "amp", "print_view", "exact_copy", "wire_copy", "consent_wall", "soft_404"]
    with Newsroom(sections=["world", "city"], stories_per_section=6, troubles=kinds) as newsroom:
        # One page after the other: of two copies, the one that is accepted first is the original.
        run = crawl(
            *newsroom.section_urls, output=tmp_path, CONCURRENT_REQUESTS=1, EXTRACT_WORKERS=1
        )
        stored = sorted(url_key(newsroom.url(story.path)) for story in newsroom.stored)
    assert run.status == 0
    assert sorted(row["url_key"] for row in rows(tmp_path)) == stored
    rejects = rows(tmp_path, "rejects")
    ids = {row["article_id"] for row in rows(tmp_path)}
    copies = [row for row in rejects if row["duplicate_of"]]
    assert {row["duplicate_of"] for row in copies} <= ids
    assert all(row["similarity"] >= 0.45 for row in copies)
    reasons = {row["reason"] for row in rejects}
    assert reasons >= {"ExactDuplicate", "NearDuplicate", "ConsentWall", "SoftNotFound"}
    assert all(row["evidence"] for row in rejects)


def test_related_story_stays_and_joins_the_cluster(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=6, troubles=["shortened"]) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        (short,) = [story for story in newsroom.articles if story.kind == "shortened"]
    by_path = {_path(row): row for row in rows(tmp_path)}
    assert short.copy_of is not None
    assert by_path[short.path]["cluster_id"] == by_path[short.copy_of]["cluster_id"]


def test_limit_bounds_the_articles_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=8) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path, args=("limit=3",)).status == 0
        assert len(rows(tmp_path)) == 3
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert len(rows(tmp_path)) == 8


def test_max_pages_bounds_the_pages_of_a_section(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=8, page_size=4) as newsroom:
        crawl(*newsroom.section_urls, output=tmp_path, args=("max_pages=1",))
        asked = [request.path for request in newsroom.requests]
    assert not [path for path in asked if "/page/" in path]


def test_site_name_is_the_users_choice(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        crawl(*newsroom.section_urls, output=tmp_path, args=("site=eastmere",))
    assert {row["site"] for row in rows(tmp_path)} == {"eastmere"}


def test_dataset_reads_in_duckdb_and_the_run_is_reported(tmp_path: Path) -> None:
    with Newsroom(sections=["shehui"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    query = f"SELECT count(*), min(word_count) > 100 FROM '{tmp_path}/articles/**/*.parquet'"
    assert duckdb.execute(query).fetchone() == (4, True)
    (run,) = rows(tmp_path, "runs")
    assert (run["outcome"], run["articles"], run["sections"], run["sections_read"]) == (
        "done", 4, 1, 1,
    )  # fmt: skip
    assert {entry["key"]: entry["value"] for entry in run["by_status"]}["200"] >= 5
    shown = scrapy("dataset", "show", output=tmp_path)
    assert shown.status == 0
    assert "4 articles" in shown.out
    assert str(tmp_path / "articles") in shown.out


def test_cron_gets_a_short_summary_and_nothing_on_stderr(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world", "city"], stories_per_section=2, troubles=["exact_copy"]
    ) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path)
    assert run.err == ""
    assert "127.0.0.1: done. 4 new articles" in run.out
    assert "not stored: 1 ExactDuplicate" in run.out
    assert len(run.out.splitlines()) == 3


def test_listing_shows_rank_and_headline_of_each_link(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        crawl(*newsroom.section_urls, output=tmp_path)
        titles = [story.title for story in newsroom.listed["world"]]
    shown = [row for row in rows(tmp_path, "listings") if not row["listing_url"].endswith("/feed/")]
    listed = sorted(shown, key=lambda row: row["rank"])
    assert [row["anchor_text"] for row in listed] == titles
    assert all(row["is_new"] for row in listed)
