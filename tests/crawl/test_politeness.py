"""Politeness, seen from the server: real crawls of local newsrooms.

All crawls run at once in one process (this file, run as a script), each with its own
settings and newsroom; the tests read what the servers and the spiders saw.
"""

import ipaddress
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import scrapy
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from crawler.middlewares.private_address import PrivateAddressMiddleware
from crawler.middlewares.refusals import PrivateAddress
from crawler.middlewares.robots import RobotsMiddleware
from tests.newsroom import Newsroom

ROOT = Path(__file__).parents[2]

SETTINGS: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.middlewares.pace.HostSlotMiddleware": 80,
        "crawler.middlewares.private_address.PrivateAddressMiddleware": 90,
        "crawler.middlewares.robots.RobotsMiddleware": 100,
        "crawler.middlewares.retry_after.RetryAfterMiddleware": 560,
    },
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0.05,
    "DOWNLOAD_DELAY_JITTER": 0.5,
    "RETRY_BACKOFF_S": 0.2,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}

EARLY_S = 0.3
"""How much earlier than asked a server may see a request: the one before was slow to arrive."""


class Visitor(scrapy.Spider):
    """Asks for its URLs, in order, and notes what became of each."""

    name = "visitor"
    urls: list[str]
    forgets_slots = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[str, int] = {}
        self.slots: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.sitemaps: tuple[str, ...] = ()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for place in range(1 if self.forgets_slots else len(self.urls)):
            yield self.request(place)

    def request(self, place: int) -> scrapy.Request:
        return scrapy.Request(
            self.urls[place],
            errback=self.failed,
            priority=-place,
            meta={"give_up_log_level": "DEBUG", "place": place},
            dont_filter=True,
        )

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[scrapy.Request]:
        self.seen[response.url] = response.status
        self.slots[response.url] = response.meta["download_slot"]
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots
        self.sitemaps = (await robots.robots_of(response.url)).sitemaps
        place = response.meta["place"]
        if self.forgets_slots and place == 0:
            self.forget_slots()
        if self.forgets_slots and place + 1 < len(self.urls):
            yield self.request(place + 1)

    def forget_slots(self) -> None:
        """As Scrapy does after a minute without requests."""
        assert self.crawler.engine
        downloader = self.crawler.engine.downloader
        downloader._slot_gc(age=-3600)
        assert not downloader.slots

    def failed(self, failure: Failure) -> None:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        urls = request.meta.get("redirect_urls", [request.url])
        self.refused[urls[0]] = type(failure.value).__name__


def main() -> None:
    """Runs the crawls that stdin names, and prints what they saw."""
    process = AsyncCrawlerProcess(SETTINGS)
    crawlers: dict[str, Crawler] = {}
    for name, task in json.load(sys.stdin).items():
        settings = Settings(task.pop("settings", {}), priority="cmdline")  # over SETTINGS
        crawlers[name] = process.create_crawler(Crawler(Visitor, settings))
        process.crawl(crawlers[name], **task)
    process.start()
    print(json.dumps({name: _report(crawler) for name, crawler in crawlers.items()}))


def _report(crawler: Crawler) -> dict[str, Any]:
    assert isinstance(crawler.spider, Visitor)
    assert crawler.stats
    stats = {k: v for k, v in crawler.stats.get_stats().items() if isinstance(v, int | float)}
    spider = crawler.spider
    return {
        "seen": spider.seen,
        "refused": spider.refused,
        "slots": spider.slots,
        "sitemaps": spider.sitemaps,
        "stats": stats,
    }


def script(tasks: dict[str, Any]) -> "subprocess.Popen[str]":
    """This file as a process that has read its tasks."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin
    process.stdin.write(json.dumps(tasks))
    process.stdin.close()
    process.stdin = None
    return process


@dataclass
class Visit:
    """One crawl: its newsroom, and what its spider saw."""

    newsroom: Newsroom
    seen: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    slots: dict[str, str] = field(default_factory=dict)
    sitemaps: list[str] = field(default_factory=list)
    stats: dict[str, float] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """The paths that the server was asked for, in order."""
        return [request.path for request in self.newsroom.requests]

    def gaps_s(self) -> list[float]:
        """The seconds between one request and the next."""
        times = [request.time for request in self.newsroom.requests]
        return [later - earlier for earlier, later in pairwise(times)]


PAGES = ["/about/", "/contact/", "/terms/", "/privacy/"]

NEWSROOMS: dict[str, dict[str, Any]] = {
    "robots_503": {"robots": "server_error"},
    "robots_429": {"robots": "too_many"},
    "robots_dropped": {"robots": "dropped"},
    "robots_404": {"robots": "missing"},
    "robots_allow": {},
    "robots_too_large": {"disallow": [*(f"/{n:02000}/" for n in range(270)), "/about/"]},
    "crawl_delay": {"crawl_delay_s": 0.8},
    "short_crawl_delay": {"crawl_delay_s": 0.1},
    "long_crawl_delay": {"crawl_delay_s": 100},
    "busy": {"troubles": ["busy"], "retry_after_s": 1},
    "busy_until": {"troubles": ["busy_until"], "retry_after_s": 1},
    "busy_for_an_hour": {},
    "bystander": {},
    "redirect_to_bystander": {},
    "redirects": {},
    "no_section": {},
}
"""The arguments of each crawl's newsroom."""


def tasks_for(newsrooms: dict[str, Newsroom]) -> dict[str, Any]:
    """What each crawl visits."""
    tasks: dict[str, Any] = {}
    for name, newsroom in newsrooms.items():
        urls = [newsroom.url(path) for path in PAGES]
        tasks[name] = {"urls": urls, "section_urls": newsroom.section_urls}
    for name in ("busy", "busy_until"):
        newsroom = newsrooms[name]
        [story] = [story for story in newsroom.articles if story.kind == name]
        tasks[name]["urls"].insert(0, newsroom.url(story.path))
    bystander = f"http://localhost:{newsrooms['bystander'].port}"
    newsrooms["redirect_to_bystander"].elsewhere = f"{bystander}/contact/"
    tasks["redirect_to_bystander"]["urls"] = [
        newsrooms["redirect_to_bystander"].url("/go/elsewhere/")
    ]
    tasks["redirect_to_bystander"]["section_urls"].append(bystander)
    tasks["busy"]["urls"] += [f"{bystander}/tag/{number}/" for number in range(8)]
    tasks["busy"]["section_urls"].append(bystander)
    tasks["busy_for_an_hour"]["urls"].insert(0, newsrooms["busy_for_an_hour"].url("/busy/"))
    tasks["robots_allow"]["urls"].append(newsrooms["robots_allow"].url("/private/x/"))
    large = newsrooms["robots_too_large"]
    tasks["robots_too_large"]["urls"] = [large.url(f"/{0:02000}/"), large.url("/about/")]
    tasks["crawl_delay"]["forgets_slots"] = True
    tasks["short_crawl_delay"]["settings"] = {"DOWNLOAD_DELAY": 0.6, "DOWNLOAD_DELAY_JITTER": 0}
    del tasks["bystander"], tasks["no_section"]["section_urls"]
    tasks["redirects"]["urls"] = [
        *private_urls(newsrooms["redirects"]),
        *tasks["redirects"]["urls"],
    ]
    return tasks


def private_urls(newsroom: Newsroom) -> list[str]:
    """URLs that lead to addresses that no section named."""
    other = newsroom.elsewhere
    port = other.rstrip("/").rpartition(":")[2]
    return [
        newsroom.url("/go/private/"),
        newsroom.url("/go/elsewhere/"),
        other,
        f"http://2130706433:{port}/",
        f"http://0x7f000001:{port}/",
        f"http://localhost:{port}/",
        f"http://news.localhost:{port}/",
        f"http://[::1]:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        "http://169.254.169.254/latest/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
    ]


@pytest.fixture(scope="module")
def visits() -> Iterator[dict[str, Visit]]:
    """Every crawl, done, with its newsroom still open."""
    with ExitStack() as stack:
        newsrooms = {
            name: stack.enter_context(Newsroom(sections=["world"], **arguments))
            for name, arguments in NEWSROOMS.items()
        }
        newsrooms["redirects"].elsewhere = newsrooms["no_section"].url("/")
        output, errors = script(tasks_for(newsrooms)).communicate(timeout=120)
        assert "Traceback" not in errors
        assert "ERROR" not in errors
        reports = json.loads(output)
        yield {name: Visit(newsrooms[name], **reports.get(name, {})) for name in newsrooms}


@pytest.mark.parametrize("name", ["robots_503", "robots_429", "robots_dropped"])
def test_host_without_readable_robots_txt_is_left_alone(
    visits: dict[str, Visit], name: str
) -> None:
    visit = visits[name]
    assert set(visit.paths()) == {"/robots.txt"}
    assert set(visit.refused.values()) == {"RobotsUnavailable"}
    assert visit.stats["robots/unavailable"] == len(PAGES)


def test_robots_txt_is_asked_for_again_before_the_host_is_refused(
    visits: dict[str, Visit],
) -> None:
    assert visits["robots_503"].paths() == ["/robots.txt"] * 3


def test_missing_robots_txt_allows_everything(visits: dict[str, Visit]) -> None:
    assert visits["robots_404"].paths() == ["/robots.txt", *PAGES]


def test_disallowed_path_is_refused_and_others_are_fetched(visits: dict[str, Visit]) -> None:
    visit = visits["robots_allow"]
    assert visit.paths() == ["/robots.txt", *PAGES]
    assert list(visit.refused.values()) == ["RobotsDisallowed"]
    assert visit.stats["robots/disallowed"] == 1


def test_sitemaps_that_robots_txt_names_are_kept(visits: dict[str, Visit]) -> None:
    visit = visits["robots_allow"]
    assert visit.sitemaps == [visit.newsroom.url("/sitemap-news.xml.gz")]


def test_first_500_kib_of_a_robots_txt_hold(visits: dict[str, Visit]) -> None:
    visit = visits["robots_too_large"]
    assert list(visit.refused.values()) == ["RobotsDisallowed"]
    assert visit.paths() == ["/robots.txt", "/about/"]


def test_crawl_delay_holds_from_the_first_page_on(visits: dict[str, Visit]) -> None:
    visit = visits["crawl_delay"]
    assert visit.paths() == ["/robots.txt", *PAGES]
    assert visit.gaps_s()[0] >= 0.8 - EARLY_S


def test_crawl_delay_holds_after_scrapy_forgot_the_host(visits: dict[str, Visit]) -> None:
    _, _, *gaps_s = visits["crawl_delay"].gaps_s()  # the slot was dropped after the first page
    assert min(gaps_s) >= 0.8 - EARLY_S


def test_crawl_delay_never_makes_the_crawl_faster(visits: dict[str, Visit]) -> None:
    assert min(visits["short_crawl_delay"].gaps_s()) >= 0.6 - EARLY_S


def test_host_that_asks_for_too_long_a_delay_is_refused(visits: dict[str, Visit]) -> None:
    visit = visits["long_crawl_delay"]
    assert visit.paths() == ["/robots.txt"]
    assert set(visit.refused.values()) == {"CrawlDelayTooLong"}


@pytest.mark.parametrize("name", ["busy", "busy_until"])
def test_host_is_left_alone_for_the_time_it_asked_for(visits: dict[str, Visit], name: str) -> None:
    visit = visits[name]
    first, second = visit.newsroom.requests[1:3]
    assert first.status in (429, 503)
    assert second.time - first.time >= 1
    assert visit.seen[visit.newsroom.url(first.path)] == 200


def test_other_hosts_go_on_while_one_is_held(visits: dict[str, Visit]) -> None:
    held, resumed = visits["busy"].newsroom.requests[1:3]
    meanwhile = [
        request
        for request in visits["bystander"].newsroom.requests
        if request.path.startswith("/tag/") and held.time < request.time < resumed.time
    ]
    assert meanwhile


def test_redirected_request_waits_in_the_queue_of_its_own_host(visits: dict[str, Visit]) -> None:
    assert list(visits["redirect_to_bystander"].slots.values()) == ["localhost"]


def test_host_that_asks_for_an_hour_is_asked_no_more(visits: dict[str, Visit]) -> None:
    visit = visits["busy_for_an_hour"]
    assert visit.paths() == ["/robots.txt", "/busy/"]
    assert set(visit.refused.values()) == {"RetryAfterTooLong"}


def test_answer_without_retry_after_is_tried_again_ever_later(visits: dict[str, Visit]) -> None:
    first, second = visits["robots_503"].gaps_s()
    assert first >= 0.2
    assert second >= 0.4


def test_private_addresses_are_refused_in_every_spelling(visits: dict[str, Visit]) -> None:
    visit = visits["redirects"]
    assert visit.refused == dict.fromkeys(private_urls(visit.newsroom), "PrivateAddress")
    assert visit.stats["private_address/refused"] == len(private_urls(visit.newsroom))


def test_section_at_a_private_address_is_crawled(visits: dict[str, Visit]) -> None:
    visit = visits["redirects"]
    assert [path for path in visit.paths() if path in PAGES] == PAGES


def test_private_address_that_no_section_named_gets_no_request(visits: dict[str, Visit]) -> None:
    assert visits["no_section"].paths() == []
    assert set(visits["no_section"].refused.values()) == {"PrivateAddress"}


def test_answer_from_a_private_address_is_refused_whatever_the_name() -> None:
    stats = StatsCollector(Crawler(Visitor))
    middleware = PrivateAddressMiddleware(stats=stats, section_urls=["https://example.com/"])
    request = scrapy.Request("https://rebound.example/")
    response = Response(request.url, ip_address=ipaddress.IPv4Address("10.0.0.1"))
    with pytest.raises(PrivateAddress, match=r"leads to 10\.0\.0\.1"):
        middleware.process_response(request, response)
    allowed = scrapy.Request("https://example.com/a")
    assert middleware.process_response(allowed, response) is response


def test_ctrl_c_ends_a_crawl_that_waits_for_a_busy_host() -> None:
    with Newsroom(sections=["world"], troubles=["busy"], retry_after_s=100) as newsroom:
        [story] = [story for story in newsroom.articles if story.kind == "busy"]
        refused = interrupted(newsroom, [story.path, *PAGES], after=story.path)
    assert {newsroom.url(path) for path in PAGES} <= refused.keys()
    assert set(refused.values()) == {"ClosedWhileWaiting"}


def test_ctrl_c_ends_a_crawl_that_waits_for_a_crawl_delay() -> None:
    with Newsroom(sections=["world"], crawl_delay_s=50) as newsroom:
        refused = interrupted(newsroom, PAGES, after="/robots.txt")
    assert set(refused.values()) == {"ClosedWhileWaiting"}


def interrupted(newsroom: Newsroom, paths: list[str], *, after: str) -> dict[str, str]:
    """What a crawl refused that got Ctrl-C when it had asked for `after`, its last request."""
    urls = [newsroom.url(path) for path in paths]
    process = script({"crawl": {"urls": urls, "section_urls": newsroom.section_urls}})
    while not newsroom.requests_of(after):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert newsroom.requests[-1].path == after
    refused: dict[str, str] = json.loads(output)["crawl"]["refused"]
    return refused


if __name__ == "__main__":
    main()
