"""`scrapy probe` and `scrapy genspider -t news`: what is found, shown and written."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.probe import examine
from pipelines.items import Page
from pipelines.ledger import Ledger
from pipelines.rejects import NearDuplicate
from pipelines.session import ledger_path
from tests.crawl.crawling import PROJECT, Run, rows, scrapy
from tests.newsroom import Newsroom

UNHEALTHY = 5


def _probe(*arguments: str, output: Path) -> dict[str, Any]:
    run = scrapy("probe", "--json", *arguments, output=output)
    assert (run.status, run.err) == (0, "")
    found: dict[str, Any] = json.loads(run.out)
    return found


def test_section_shows_its_links_with_reasons_its_next_page_and_feeds(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world"], stories_per_section=8, page_size=5, crawl_delay_s=2
    ) as newsroom:
        found = _probe(newsroom.url("/world/"), output=tmp_path)
        listed = [newsroom.url(story.path) for story in newsroom.listed["world"]]
    articles = [link for link in found["links"] if link["is_article"]]
    assert found["kind"] == "section"
    assert [link["url"] for link in articles][:5] == listed[:5]
    assert all(link["score"] > 0 and link["reasons"] for link in articles)
    assert found["next_page"].endswith("/world/page/2/")
    assert found["feeds"][0].endswith("/world/feed/")
    assert (found["robots"]["crawl_delay_s"], found["robots"]["delay_s"]) == (2.0, 2.0)
    assert list(tmp_path.iterdir()) == [], "a probe writes nothing"


def test_article_shows_every_field_with_its_source(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        story = newsroom.articles[0]
        found = _probe(newsroom.url(story.path), output=tmp_path)
        shown = scrapy("probe", newsroom.url(story.path), output=tmp_path).out
    assert found["kind"] == "article"
    assert found["article"]["title"] == story.title
    assert found["article"]["field_sources"]["title"]
    assert story.paragraphs[0][:60] in shown
    assert "published_at" in shown


def test_page_that_is_no_article_shows_the_reason(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2, troubles=["consent_wall"]) as newsroom:
        (wall,) = [story for story in newsroom.articles if story.kind == "consent_wall"]
        found = _probe(newsroom.url(wall.path), output=tmp_path)
    assert found["kind"] == "reject"
    assert found["reject"]["reason"] == "ConsentWall"
    assert found["reject"]["evidence"]


def test_feed_and_sitemap_show_their_entries(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=3) as newsroom:
        feed = _probe(newsroom.url("/world/feed/"), output=tmp_path)
        robots = _probe(newsroom.url("/world/"), output=tmp_path)["robots"]
        sitemap = _probe(robots["sitemaps"][0], output=tmp_path)
    assert (feed["kind"], len(feed["links"])) == ("feed", 3)
    assert (sitemap["kind"], len(sitemap["links"])) == ("sitemap", 3)


def test_saved_file_is_read_as_the_page_of_its_url(tmp_path: Path) -> None:
    links = "".join(
        f'<article><h2><a href="/2026/11/2{n}/the-mayor-opens-bridge-{n}">'
        f"The mayor opens bridge number {n} at last</a></h2></article>"
        for n in range(5)
    )
    saved = tmp_path / "section.html"
    saved.write_text(f"<html><body><main>{links}</main></body></html>")
    found = _probe(str(saved), "--url", "https://example.com/city/", output=tmp_path / "out")
    urls = [link["url"] for link in found["links"] if link["is_article"]]
    assert urls == [
        f"https://example.com/2026/11/2{n}/the-mayor-opens-bridge-{n}" for n in range(5)
    ]


@pytest.mark.parametrize("stories", [1, 2])
def test_section_of_a_story_or_two_under_a_cookie_bar_is_a_section(stories: int) -> None:
    cards = "".join(
        f'<h2><a href="/opinion/2026/11/2{n}/keep-quay-{n}-open">Keep quay {n} open for us</a></h2>'
        for n in range(stories)
    )
    bar = '<div class="cookie-banner"><p>We use cookies. <button>Accept all</button></p></div>'
    body = f"<html><body>{bar}<main><h1>Opinion</h1>{cards}</main></body></html>".encode()
    at = datetime(2026, 11, 23, tzinfo=UTC)
    found = examine(Page(url="https://example.com/opinion/", body=body, fetched_at=at))
    assert found.kind == "section"
    assert found.section is not None
    assert len(found.section.article_links) == stories


def test_wall_with_a_link_to_a_story_shows_both(tmp_path: Path) -> None:
    saved = tmp_path / "wall.html"
    saved.write_text(
        "<html><head><title>Log in</title></head><body><main><h1>Log in</h1><p>Please log in, or"
        " create a free account.</p><form><input type=password></form><h2><a"
        ' href="/2026/11/21/mayor-opens-bridge">The mayor opens a bridge at last</a></h2></main>'
    )
    at = ("--url", "https://example.com/city/")
    found = _probe(str(saved), *at, output=tmp_path / "out")
    assert (found["kind"], found["reject"]["reason"]) == ("reject", "LoginPage")
    assert [link["is_article"] for link in found["links"]] == [True], "a crawl would follow it"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("example.com",), 2, "'example.com' is no web address"),
        (("missing.html", "--url", "https://example.com/"), 2, "missing.html cannot be read"),
        (
            ("missing.html", "--url", "https://example.com/", "--site", "exmaple"),
            2,
            "--site exmaple; no site file and no crawl has this name, known sites are: none",
        ),
        (("http://127.0.0.1:9/",), UNHEALTHY, "http://127.0.0.1:9/ could not be fetched"),
    ],
)
def test_what_cannot_be_probed_is_a_clear_error(
    arguments: tuple[str, ...], status: int, said: str, tmp_path: Path
) -> None:
    run = scrapy("probe", *arguments, output=tmp_path, RETRY_TIMES=0)
    assert run.status == status
    assert said in run.err


class Genspider:
    """`scrapy genspider` in a project whose site files lie in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "path" / "sites"
        self.package.mkdir(parents=True)
        (self.package / "__init__.py").touch()
        self.output = folder / "out"

    def run(self, *arguments: str) -> Run:
        """Any command; it sees the site files and writes new ones beside them."""
        path = Path(f"{self.package.parent}{os.pathsep}{PROJECT}")
        modules: dict[str, Any] = {"NEWSPIDER_MODULE": "sites", "RETRY_TIMES": 0}
        modules["SPIDER_MODULES"] = "sites,crawler.spiders"
        return scrapy(*arguments, output=self.output, path=path, **modules)

    @property
    def files(self) -> list[str]:
        """The names of the site files."""
        return sorted(file.name for file in self.package.glob("[!_]*.py"))


def test_generated_site_file_is_right_at_once(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    with Newsroom(sections=["politik"], stories_per_section=6, crawl_delay_s=0.1) as newsroom:
        section = newsroom.section_urls[0]
        made = project.run("genspider", "-t", "news", "kessel", section)
        assert (made.status, made.err) == (0, "")
        run = project.run("crawl", "kessel")
        titles = {story.title for story in newsroom.stored}
    text = (project.package / "kessel.py").read_text("utf-8")
    assert f'section_urls = ("{section}",)' in text
    assert 'language = "de"' in text
    assert 'article_url_pattern = r"/' in text
    assert "delay_s = 0.1" in text
    assert (run.status, run.err) == (0, "")
    assert {row["title"] for row in rows(project.output)} == titles
    assert {row["site"] for row in rows(project.output)} == {"kessel"}


def test_generated_site_goes_on_where_the_spider_news_ended(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    with Newsroom(sections=["world", "politik"], stories_per_section=3) as newsroom:
        sections = ",".join(newsroom.section_urls)
        assert project.run("crawl", "news", "-a", f"url={sections}").status == 0
        other = project.run("genspider", "harbour", sections)
        assert project.run("genspider", sections).status == 0
        asked = len(newsroom.requests)
        run = project.run("crawl", "127.0.0.1")
        again = {request.path for request in newsroom.requests[asked:]}
    assert "stories of 127.0.0.1 are stored under that name" in other.err
    assert project.files == ["a127_0_0_1.py", "harbour.py"]
    text = (project.package / "a127_0_0_1.py").read_text("utf-8")
    assert all(f'\n        "{url}",\n' in text for url in newsroom.section_urls)
    assert "# language" in text, "its sections have two"
    assert run.out.startswith("127.0.0.1: done. 0 new articles")
    assert not {story.path for story in newsroom.stored} & again


def test_nothing_is_said_of_stories_where_only_rejects_are_known(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        with Ledger.open(ledger_path(project.output)) as ledger:
            at = datetime(2026, 11, 23, tzinfo=UTC)
            page = Page(url=newsroom.url("/a"), site="127.0.0.1", body=b"", fetched_at=at)
            ledger.reject(page, NearDuplicate("a copy"))
        made = project.run("genspider", "harbour", newsroom.section_urls[0])
    assert (made.status, made.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("kessel", "http://127.0.0.1:9/"), 2, "kessel.py exists; give another name, or --force"),
        (("taken", "http://127.0.0.1:9/"), 2, "the name taken is taken by sites.kessel"),
        (("-t", "no", "x", "http://a.com/"), 2, "no template no; there are basic, crawl"),
        (("../x", "http://a.com/"), 2, "the name ../x; a site's name is made of"),
        (("http://a.com/,http://b.com/",), 2, "on 2 sites (a.com, b.com); write a file for each"),
        (("x", "http://127.0.0.1:9/"), UNHEALTHY, "http://127.0.0.1:9/ could not be read as"),
    ],
)
def test_site_file_that_cannot_be_made_is_a_clear_error_and_not_written(
    arguments: tuple[str, ...], status: int, said: str, tmp_path: Path
) -> None:
    project = Genspider(tmp_path)
    site = "from crawler.base import NewsSpider\nclass S(NewsSpider):\n    name = 'taken'\n"
    (project.package / "kessel.py").write_text(site, "utf-8")
    run = project.run("genspider", *arguments)
    assert (run.status, run.out.count("Created")) == (status, 0)
    assert said in run.err
    assert project.files == ["kessel.py"]


def test_site_file_of_an_unreadable_section_is_written_when_forced(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    run = project.run("genspider", "--force", "later", "http://127.0.0.1:9/world/")
    assert run.status == 0
    assert "WARNING: http://127.0.0.1:9/world/ could not be read as a section" in run.err
    text = (project.package / "later.py").read_text("utf-8")
    assert 'section_urls = ("http://127.0.0.1:9/world/",)' in text


def test_widened_pattern_of_a_site_file_finds_what_the_narrow_one_left(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    with Newsroom(sections=["politik"], stories_per_section=4) as newsroom:
        section, one = newsroom.section_urls[0], newsroom.stored[0]
        assert project.run("genspider", "kessel", section).status == 0
        file = project.package / "kessel.py"
        made = file.read_text("utf-8")
        wide = re.search(r"article_url_pattern = .*", made)
        assert wide
        narrow = f"article_url_pattern = {re.escape(one.path)!r}"
        for text, expected in ((made.replace(wide[0], narrow), 1), (made, 4)):
            file.write_text(text, "utf-8")
            assert project.run("crawl", "kessel").status == 0
            assert len(rows(project.output)) == expected


_DECLARED = """
from crawler.base import NewsSpider

class Site(NewsSpider):
    name = {name!r}
    section_urls = ({section!r},)
    article_url_pattern = {pattern!r}
    custom_settings = {{"USER_AGENT": "Harbour/1"}}
"""


def test_probe_applies_what_the_site_file_declares(tmp_path: Path) -> None:
    project = Genspider(tmp_path)
    with Newsroom(sections=["world", "politik"], stories_per_section=3) as newsroom:
        world, politik = newsroom.section_urls
        one = newsroom.listed["world"][0]
        for name, section in (("harbour", world), ("kessel", politik)):
            text = _DECLARED.format(name=name, section=section, pattern=re.escape(one.path))
            (project.package / f"{name}.py").write_text(text, "utf-8")
        found = json.loads(project.run("probe", "--json", world).out)
        asked, url = list(newsroom.requests), newsroom.url(one.path)
        unnamed = project.run("probe", url)
        named = project.run("probe", "--site", "kessel", url)
    articles = [link["url"] for link in found["links"] if link["is_article"]]
    assert articles == [newsroom.url(one.path)], "as a crawl of the site sees it"
    assert found["site_file"] == "sites.harbour"
    assert {request.headers["user-agent"] for request in asked} == {"Harbour/1"}
    assert unnamed.status == 2
    assert "may be a page of harbour, kessel; say which with --site" in unnamed.err
    assert (named.status, named.err) == (0, "")
    assert "declared in sites.kessel" in named.out
