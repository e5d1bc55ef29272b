"""All sites at once: each in its own process, one summary, and only those that are due."""

import json
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.fleet import Fleet, Result
from tests.crawl.crawling import Run, rows, scrapy
from tests.newsroom import Newsroom
from tests.operations.sites import declare

DONE, UNHEALTHY = 0, 5


def _status(tmp_path: Path, settings: dict[str, Any]) -> tuple[int, dict[str, dict[str, Any]]]:
    run = scrapy("status", "--json", output=tmp_path / "out", path=tmp_path, **settings)
    return run.status, {row["site"]: row for row in json.loads(run.out)}


_BAD_SITE = """
import os, signal
from crawler.base import NewsSpider

class Site(NewsSpider):
    name = {name!r}
    section_urls = {urls!r}

    def parse_article(self, response, found):
        {trouble}
        return ()
"""
TROUBLES = {
    "raises": "raise RuntimeError('a fault of the site file')",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "exits": "os._exit(77)",
}


@dataclass(frozen=True, slots=True)
class Fleeted:
    """What `crawlall` made of a good site among bad ones."""

    folder: Path
    settings: dict[str, Any]
    run: Run

    def row(self, site: str) -> list[str]:
        """The cells of a site in the summary."""
        (line,) = (line for line in self.run.out.splitlines() if line.split()[:1] == [site])
        return [cell.strip() for cell in line.split("│")]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleeted]:
    folder = tmp_path_factory.mktemp("fleet")
    with (
        Newsroom(sections=["world"], stories_per_section=3) as good,
        Newsroom(sections=["world"], stories_per_section=3, seed=8) as hung,
        Newsroom(sections=["world"], stories_per_section=3, seed=9) as refused,
    ):
        hung.switch("hang")
        refused.switch("refused")
        settings = declare(
            folder, good=good.section_urls, hung=hung.section_urls, refused=refused.section_urls
        )
        for name, trouble in TROUBLES.items():
            text = _BAD_SITE.format(name=name, urls=good.section_urls, trouble=trouble)
            (folder / "declared" / f"{name}.py").write_text(text, "utf-8")
        slip = _BAD_SITE.format(name="slip", urls=[], trouble="pass") + "\n    languages = 'en'\n"
        (folder / "declared" / "slip.py").write_text(slip, "utf-8")
        (folder / "declared" / "typo.py").write_text("class Site(:\n", "utf-8")
        (folder / "declared" / "leaves.py").write_text("raise SystemExit(0)\n", "utf-8")
        run = scrapy(
            "crawlall", "--jobs", "3", "--deadline", "8s",
            output=folder / "out", path=folder, **settings,
        )  # fmt: skip
        hung.switch("open")
        yield Fleeted(folder, settings, run)


def test_hung_and_crashing_sites_cost_themselves_alone(fleet: Fleeted) -> None:
    assert fleet.run.status == UNHEALTHY, "the gravest of all"
    assert "1 of 6 sites done" in fleet.run.out
    assert fleet.row("good")[1] == "done"
    stored = rows(fleet.folder / "out")
    assert {row["site"] for row in stored} == {"good"}
    assert len(stored) == 3


@pytest.mark.parametrize(
    ("site", "outcome", "said"),
    [
        ("hung", "stopped", ""),
        ("refused", "unhealthy", "refused: ERROR: refused is unhealthy: blocked"),
        ("raises", "failed", "): RuntimeError: a fault of the site file ("),
        ("killed", "crashed (signal 9)", "killed: ERROR: the crawl crashed (signal 9); what it"),
        ("exits", "crashed (status 77)", "exits: ERROR: the crawl crashed (status 77); what it"),
    ],
)
def test_row_of_a_site_says_how_it_ended(
    site: str, outcome: str, said: str, fleet: Fleeted
) -> None:
    assert fleet.row(site)[1] == outcome
    assert said in fleet.run.err


def test_errors_are_lines_under_the_name_of_their_site(fleet: Fleeted) -> None:
    lines = fleet.run.err.splitlines()
    assert len(lines) >= 8
    own = tuple(f"{site}: ERROR: " for site in (*TROUBLES, "refused"))
    assert all(line.startswith(("ERROR: ", *own)) for line in lines)


def test_fault_in_a_site_file_is_told_once(fleet: Fleeted) -> None:
    for fault in (
        "typo is not usable: SyntaxError",
        "leaves is not usable: SystemExit",
        "slip is not usable: ConfigError: declared.slip.Site declares languages, which nothing",
    ):
        assert fleet.run.err.count(f"ERROR: the site file declared.{fault}") == 1
    assert "WARNING" not in fleet.run.err


def test_status_shows_what_the_sites_suffer_from(fleet: Fleeted) -> None:
    status, sites = _status(fleet.folder, fleet.settings)
    assert status == UNHEALTHY
    assert sites["refused"]["fault"] == "blocked"
    assert fleet.row("refused")[-1] == "unhealthy: blocked"
    assert sites["good"]["health"] == "healthy"
    assert sites["good"]["articles_today"] == 3


def test_only_due_sites_are_crawled_and_quiet_says_nothing(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        settings = declare(tmp_path, one=newsroom.section_urls)
        arguments = ("crawlall", "--due")
        first = scrapy(*arguments, "--quiet", output=tmp_path / "out", path=tmp_path, **settings)
        again = scrapy(*arguments, output=tmp_path / "out", path=tmp_path, **settings)
    assert (first.status, first.out, first.err) == (DONE, "", ""), "quiet is silent on success"
    assert len(rows(tmp_path / "out")) == 2
    assert (again.status, again.out) == (DONE, "No site is due.\n")


def test_process_that_never_ends_is_ended(tmp_path: Path) -> None:
    class Stubborn(Fleet):
        def _start(self, site: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                ["/bin/sh", "-c", 'trap "" TERM; sleep 60 & wait; sleep 60'],
                stderr=subprocess.PIPE, text=True, start_new_session=True,
            )  # fmt: skip

    told: list[Result] = []
    fleet = Stubborn(jobs=1, deadline=timedelta(seconds=0.1), grace_s=0.2)
    (result,) = fleet.run(["one"], told.append)
    assert result.word == "hung"
    assert result.status == -signal.SIGKILL
    assert told == [result]


def test_status_and_crawlall_without_any_site_say_how_to_begin(tmp_path: Path) -> None:
    run = scrapy("status", output=tmp_path)
    assert run.status == DONE
    assert "scrapy crawl news -a url=" in run.out
    fleet = scrapy("crawlall", output=tmp_path)
    assert (fleet.status, fleet.err) == (DONE, "")
    assert "No site is declared. Begin with: scrapy genspider" in fleet.out
