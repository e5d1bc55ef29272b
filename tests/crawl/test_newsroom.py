"""The newsroom is itself tested: the crawl tests trust what it says about its pages."""

import gzip
import html
import itertools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from lxml.html import document_fromstring

from pipelines.text import words
from tests.newsroom import MAKERS, SECTIONS, Newsroom, Story

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def everything() -> Iterator[Newsroom]:
    """A newsroom with every section and every trouble, read only."""
    with Newsroom(troubles="all", slow_s=0.0, huge_bytes=100_000) as newsroom:
        yield newsroom


@dataclass(frozen=True)
class Answer:
    """What the newsroom answered."""

    status: int
    headers: Message
    body: bytes


def get(newsroom: Newsroom, path: str, headers: dict[str, str] | None = None) -> Answer:
    """The answer to one request; redirects are not followed."""
    with closing(HTTPConnection("127.0.0.1", newsroom.port)) as connection:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def text_of(newsroom: Newsroom, path: str) -> str:
    return get(newsroom, path).body.decode()


def links_of(newsroom: Newsroom, path: str, xpath: str) -> list[str]:
    """The values of the href attributes that an XPath finds on a page."""
    found = document_fromstring(text_of(newsroom, path)).xpath(xpath)
    assert isinstance(found, list)
    return [str(href) for href in found]


def story_of(newsroom: Newsroom, kind: str) -> Story:
    return next(story for story in newsroom.articles if story.kind == kind)


def listed_paths(newsroom: Newsroom, first: str) -> list[str]:
    """The card links of a section, found by following the link to the next page."""
    paths: list[str] = []
    page: str | None = first
    while page:
        paths += links_of(newsroom, page, "//main//a[img]/@href | //td//td//a[img]/@href")
        page = next(iter(links_of(newsroom, page, "//a[starts-with(@class, 'next')]/@href")), None)
    return paths


def test_same_arguments_give_the_same_stories() -> None:
    with (
        Newsroom(sections=["city"]) as one,
        Newsroom(sections=["city"]) as same,
        Newsroom(sections=["city"], seed=8) as other,
    ):
        assert one.articles == same.articles
        assert one.articles != other.articles


@pytest.mark.parametrize("language", ["en", "de", "el", "ru", "zh"])
def test_distinct_stories_share_hardly_any_wording(everything: Newsroom, language: str) -> None:
    shingles = []
    for story in everything.articles:
        if story.kind == "article" and story.language == language:
            tokens = words(story.text)
            assert 100 <= len(tokens) <= 500
            shingles.append({tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)})
    pairs = itertools.combinations(shingles, 2)
    assert max(len(a & b) / len(a | b) for a, b in pairs) < 0.15


@pytest.mark.parametrize("key", SECTIONS)
def test_pages_of_a_section_list_every_story_in_order(everything: Newsroom, key: str) -> None:
    truth = [story.path for story in everything.listed[key]]
    assert listed_paths(everything, SECTIONS[key].prefix) == truth


@pytest.mark.parametrize("key", SECTIONS)
def test_page_of_a_story_shows_what_the_truth_says(everything: Newsroom, key: str) -> None:
    story = next(s for s in everything.listed[key] if s.kind == "article")
    page = html.unescape(text_of(everything, story.path))
    assert all(paragraph in page for paragraph in story.paragraphs)
    assert all(author in page for author in story.authors)
    assert f">{story.title}</h" in page


@pytest.mark.parametrize("kind", MAKERS)
def test_every_trouble_is_listed_in_the_truth(everything: Newsroom, kind: str) -> None:
    assert story_of(everything, kind.removesuffix("_again")).fate in {"stored", "copy", "unwanted"}


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("not_found", [404, 404]),
        ("flaky", [500, 200]),
        ("busy", [429, 200]),
        ("busy_until", [503, 200]),
        ("moved", [301, 301]),
        ("private_address", [302, 302]),
    ],
)
def test_trouble_answers_as_its_name_says(kind: str, statuses: list[int]) -> None:
    with Newsroom(sections=["world"], troubles=[kind]) as newsroom:
        path = story_of(newsroom, kind).path
        assert [get(newsroom, path).status for _ in statuses] == statuses
        assert [request.status for request in newsroom.requests_of(path)] == statuses


def test_variants_name_the_story_as_canonical(everything: Newsroom) -> None:
    for kind in ("tracking", "amp", "print_view"):
        story = story_of(everything, kind)
        [canonical] = links_of(everything, story.path, "//link[@rel='canonical']/@href")
        assert story.copy_of
        assert canonical == everything.url(story.copy_of)


def test_page_without_charset_is_not_utf_8(everything: Newsroom) -> None:
    response = get(everything, story_of(everything, "latin_1").path)
    assert response.headers["Content-Type"] == "text/html"
    with pytest.raises(UnicodeDecodeError):
        response.body.decode()


def test_unchanged_page_answers_304_until_it_is_revised() -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        path = newsroom.articles[0].path
        etag = get(newsroom, path).headers["ETag"]
        assert get(newsroom, path, {"If-None-Match": etag}).status == 304
        revised = newsroom.revise(path)
        response = get(newsroom, path, {"If-None-Match": etag})
        assert response.status == 200
        assert revised.paragraphs[1] in html.unescape(response.body.decode())


def test_published_stories_stand_at_the_top_of_the_section() -> None:
    with Newsroom(sections=["city"], stories_per_section=3) as newsroom:
        before = newsroom.articles
        added = newsroom.publish(2)
        assert newsroom.articles == [*added, *before]
        assert listed_paths(newsroom, "/city/")[:2] == [story.path for story in added]


def test_broken_layout_shows_no_link_and_no_text() -> None:
    with Newsroom(sections=["world"], stories_per_section=1) as newsroom:
        newsroom.break_layout()
        assert "href" not in text_of(newsroom, "/world/")
        assert newsroom.articles[0].title not in text_of(newsroom, newsroom.articles[0].path)


@pytest.mark.parametrize("key", SECTIONS)
def test_feed_names_the_stories_of_its_section(everything: Newsroom, key: str) -> None:
    feed = ElementTree.fromstring(text_of(everything, f"/{key}/feed/"))
    links = [e.text or e.get("href") for e in feed.iter() if e.tag.endswith("link")]
    stored = [everything.url(s.path) for s in everything.listed[key] if s.fate == "stored"]
    assert [link for link in links if link in stored] == stored


def test_robots_txt_names_the_news_sitemap(everything: Newsroom) -> None:
    [line] = [s for s in text_of(everything, "/robots.txt").splitlines() if "Sitemap" in s]
    path = line.removeprefix(f"Sitemap: {everything.base_url}")
    sitemap = ElementTree.fromstring(gzip.decompress(get(everything, path).body))
    articles = [story for story in everything.articles if story.kind == "article"]
    assert len(sitemap) == len(articles)


def test_pages_of_authors_in_any_script_list_their_stories(everything: Newsroom) -> None:
    story = everything.listed["koinonia"][0]
    slug = story.authors[0].lower().replace(" ", "-")
    assert story.path in links_of(everything, f"/author/{quote(slug)}/", "//main//a/@href")


def test_command_gets_the_section_urls_and_its_status_is_passed_on() -> None:
    code = "import sys; print(sys.argv[1]); sys.exit(3)"
    command = [sys.executable, "-m", "tests.newsroom", "--", sys.executable, "-c", code, "{url}"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert [url.rstrip("/\n").rsplit("/", 1)[1] for url in done.stdout.split(",")] == [
        "world",
        "city",
        "politik",
        "obshchestvo",
    ]


def test_unknown_trouble_is_named() -> None:
    with pytest.raises(ValueError, match=r"unknown troubles .'earthquake'."):
        Newsroom(troubles=["earthquake"])


def test_port_that_is_taken_is_told_and_no_other_is_used() -> None:
    with Newsroom(sections=["world"], stories_per_section=1) as newsroom:
        done = subprocess.run(
            [sys.executable, "-m", "tests.newsroom", "--port", str(newsroom.port), "--", "echo"],
            cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ERROR: port {newsroom.port} of 127.0.0.1 cannot be had")
