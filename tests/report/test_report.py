"""The page of `scrapy report`: complete, escaped, and at ease in a real browser."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from crawler.report import render
from tests.crawl.crawling import crawl, scrapy
from tests.newsroom import Newsroom
from tests.report.browser import CHROMIUM, Browser
from tests.report.sample import (
    HOSTILE,
    MANY_SITES,
    SITES,
    report,
    report_of_nothing,
    report_of_the_first_day,
)


def _tree(page: str) -> HtmlElement:
    tree: HtmlElement = html.document_fromstring(page)
    return tree


def _strings(tree: HtmlElement, path: str) -> list[str]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [str(one) for one in found]


def _text(page: str) -> str:
    return str(_tree(page).text_content())


@pytest.fixture(scope="module")
def page() -> str:
    return render(report())


def test_titles_of_the_web_are_escaped(page: str) -> None:
    loads = "//script | //img | //iframe | //link[not(starts-with(@href, 'data:'))]"
    assert not _strings(_tree(page), loads)
    assert HOSTILE in _text(page)
    assert not re.search(r"<[^>]+\sonerror", page)


def test_only_web_addresses_are_linked(page: str) -> None:
    links = _strings(_tree(page), "//a/@href")
    assert links
    assert {link.partition(":")[0] for link in links} == {"https"}


def test_every_part_is_there(page: str) -> None:
    text = _text(page)
    for heading in ("Articles per day", "Sites and their health", "Pages that became no article",
                    "Who copies whom", "Newest stories"):  # fmt: skip
        assert heading in text
    for words in (*SITES, "consent wall", "CategoryPage", "repeats", "What to do"):
        assert words in text


def test_bars_of_a_day_add_up_to_its_articles() -> None:
    shown = report()
    assert sum(entry.count for entry in shown.legend) == shown.articles
    assert sum(bar.height for bar in shown.bars) == pytest.approx(
        100 * shown.articles / shown.top, rel=0.01
    )
    assert sum(reason.count for reason in shown.reasons) == shown.rejects


def test_report_of_a_crawl_shows_its_stories(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world", "city"], stories_per_section=3, troubles=["exact_copy", "consent_wall"]
    ) as newsroom:
        crawl(*newsroom.section_urls, output=tmp_path)
        titles = [story.title for story in newsroom.stored]
    run = scrapy("report", output=tmp_path)
    assert (run.status, run.err) == (0, "")
    path = tmp_path / "report.html"
    assert run.out == f"report: {path}\n"
    text = _text(path.read_text("utf-8"))
    for title in titles:
        assert title in text
    assert "ConsentWall" in text
    assert "repeats itself" in text


def test_sick_sites_stand_first_and_the_many_healthy_ones_are_folded() -> None:
    shown = report(MANY_SITES)
    assert shown.sites[0].standing.site == MANY_SITES[2]
    assert (len(shown.open_sites), len(shown.folded_sites)) == (12, 38)
    busiest = [site.total for site in shown.sites[1:]]
    assert busiest == sorted(busiest, reverse=True)
    assert report().folded_sites == []
    assert "38 more healthy sites" in _text(render(shown))


def test_report_of_nothing_is_a_page_too(tmp_path: Path) -> None:
    run = scrapy("report", output=tmp_path)
    assert run.status == 0
    assert "No site was crawled yet" in (tmp_path / "report.html").read_text("utf-8")


def test_report_in_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    target = tmp_path / "wwww" / "report.html"
    run = scrapy("report", "--output", str(target), output=tmp_path / "out")
    assert (run.status, run.out) == (2, "")
    assert f"there is no folder {target.parent}; make it" in run.err
    assert not target.parent.exists()


# In a real browser

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium found (Debian: apt install chromium)"
)
_OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
_BARS = """[...document.querySelectorAll('svg.chart rect')]
    .filter(bar => bar.getBoundingClientRect().height > 0).length"""
# The least contrast between a text and what is behind it (WCAG 2.2, 1.4.3), and that text.
_LEAST_CONTRAST = """(() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => parts(colour).slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
    const behind = one => {
        const colour = getComputedStyle(one).backgroundColor;
        return parts(colour)[3] === 0 ? behind(one.parentElement) : colour;
    };
    const written = [...document.querySelectorAll('body *')].filter(
        one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
    return written.map(one => {
        const pair = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => a - b);
        return [(pair[1] + 0.05) / (pair[0] + 0.05), one.textContent];
    }).sort((a, b) => a[0] - b[0])[0];
})()"""
LEAST_CONTRAST = 4.5
PAGES = {
    "a month": report,
    "fifty sites": lambda: report(MANY_SITES),
    "the first day": report_of_the_first_day,
    "nothing": report_of_nothing,
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with closing(Browser(tmp_path_factory.mktemp("profile"))) as browser:
        yield browser


@needs_browser
@pytest.mark.parametrize("name", PAGES)
def test_browser_shows_the_page_at_ease_and_quietly(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(PAGES[name]()), "utf-8")
    for width, is_dark in ((390, False), (390, True), (1280, False), (1280, True)):
        browser.open(file, width=width, is_dark=is_dark)
        browser.evaluate(_OPEN_ALL)
        assert browser.evaluate("innerWidth") == width
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        contrast, text = browser.evaluate(_LEAST_CONTRAST)
        assert contrast >= LEAST_CONTRAST, (text, width, is_dark)
        assert _complaints(browser) == []
        assert _asked_for(browser) == {file.as_uri()}, "it needs no network"


@needs_browser
def test_browser_draws_the_charts_of_a_month(page: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, "utf-8")
    browser.open(tmp_path / "page.html", width=390)
    assert browser.evaluate(_BARS) > 100
    assert browser.evaluate("document.title").startswith("Broadsheet"), "no title ran as a script"


@needs_browser
def test_browser_would_show_what_is_wrong_with_a_page(browser: Browser, tmp_path: Path) -> None:
    bad = (
        "<img src='http://127.0.0.1:9/x'><script>undefinedName()</script>"
        "<p style='color: #aaa; background: #fff; width: 800px'>pale and wide</p>"
    )
    file = tmp_path / "page.html"
    head = "<!DOCTYPE html><meta name=viewport content='width=device-width'>"
    file.write_text(f"{head}<body style='background: #fff'>{bad}", "utf-8")
    browser.open(file, width=390, is_dark=True)
    assert any("undefinedName" in line for line in _complaints(browser))
    assert "http://127.0.0.1:9/x" in _asked_for(browser)
    assert browser.evaluate("document.documentElement.scrollWidth") > 390
    assert browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert browser.evaluate(_LEAST_CONTRAST)[0] < LEAST_CONTRAST


def _complaints(browser: Browser) -> list[str]:
    """What the page wrote to the console, and what the browser did not like."""
    told = browser.heard("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
    return [json.dumps(one) for one in told]


def _asked_for(browser: Browser) -> set[str]:
    """The URLs of all requests."""
    return {one["request"]["url"] for one in browser.heard("Network.requestWillBeSent")}
