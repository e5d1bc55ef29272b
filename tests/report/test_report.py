"""The page of `scrapy report`: complete, escaped, and at ease in a real browser."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from lxml.html import HtmlElement

from crawler.report import render
from tests.crawl.crawling import crawl, scrapy
from tests.newsroom import Newsroom
from tests.report.sample import HOSTILE, SITES, report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
_PATIENCE_S = 60
_BROWSERS_OWN = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com")


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


def test_report_of_nothing_is_a_page_too(tmp_path: Path) -> None:
    run = scrapy("report", output=tmp_path)
    assert run.status == 0
    assert "No site was crawled yet" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found (Debian: apt install chromium)")
@pytest.mark.parametrize("width", [390, 1280])
def test_browser_draws_the_charts_quietly_and_asks_no_one(
    page: str, width: int, tmp_path: Path
) -> None:
    # A copy of the page that measures itself: the page itself runs no script.
    probe = (
        "<script>addEventListener('load', () => { const e = document.documentElement;"
        "const r = [...document.querySelectorAll('svg.chart rect')];"
        "document.body.setAttribute('data-seen', JSON.stringify({"
        "bars: r.filter(b => b.getBoundingClientRect().height > 0).length,"
        "overflow: e.scrollWidth - e.clientWidth, title: document.title}))})</script>"
    )
    inner = page.replace(
        "style-src 'unsafe-inline'", "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    )
    (tmp_path / "page.html").write_text(inner.replace("</head>", f"{probe}</head>"), "utf-8")
    done = _browse(tmp_path / "page.html", width, tmp_path)
    seen = json.loads(_strings(_tree(done.stdout), "//body/@data-seen")[0])
    assert seen["bars"] > 100
    assert seen["overflow"] == 0, "nothing is wider than the screen"
    assert seen["title"].startswith("Broadsheet")
    assert not _complaints(done)
    assert not _hosts_asked(tmp_path)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found (Debian: apt install chromium)")
def test_browser_would_show_an_error_and_a_request(tmp_path: Path) -> None:
    bad = "<img src='http://127.0.0.1:9/x'><script>undefinedName()</script>"
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><html><body>{bad}</body></html>", "utf-8")
    done = _browse(tmp_path / "page.html", 390, tmp_path)
    assert any("undefinedName" in line for line in _complaints(done))
    assert "127.0.0.1" in _hosts_asked(tmp_path)


def _complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What the page wrote to the console."""
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def _hosts_asked(folder: Path) -> set[str]:
    """The hosts of all requests, but for those that the browser makes for itself."""
    urls = re.findall(r'"url":"(https?://[^"]+)"', (folder / "net.json").read_text("utf-8"))
    hosts = {urlsplit(url).hostname or "" for url in urls}
    return {host for host in hosts if not host.endswith(_BROWSERS_OWN)}


def _browse(file: Path, width: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the browser made of a page (its DOM), and what it logged."""
    assert CHROMIUM
    return subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync",
         f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900",
         "--enable-logging=stderr", f"--log-net-log={folder / 'net.json'}", "--dump-dom",
         file.as_uri()],
        capture_output=True, text=True, timeout=_PATIENCE_S, check=True,
    )  # fmt: skip
