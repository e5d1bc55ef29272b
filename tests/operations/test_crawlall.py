"""All sites at once: each in its own process, one summary, and only those that are due."""

import json
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.fleet import Fleet, Result
from tests.crawl.crawling import PROJECT, command, rows, scrapy
from tests.newsroom import Newsroom
from tests.operations.sites import declare

DONE, STOPPED, UNHEALTHY = 0, 4, 5


def _status(tmp_path: Path, settings: dict[str, Any]) -> tuple[int, dict[str, dict[str, Any]]]:
    run = scrapy("status", "--json", output=tmp_path / "out", path=tmp_path, **settings)
    return run.status, {row["site"]: row for row in json.loads(run.out)}


def test_hung_and_failing_sites_cost_themselves_alone(tmp_path: Path) -> None:
    with (
        Newsroom(sections=["world"], stories_per_section=3) as good,
        Newsroom(sections=["world"], stories_per_section=3, seed=8) as hung,
        Newsroom(sections=["world"], stories_per_section=3, seed=9) as refused,
    ):
        hung.switch("hang")
        refused.switch("refused")
        settings = declare(
            tmp_path, good=good.section_urls, hung=hung.section_urls, refused=refused.section_urls
        )
        run = scrapy(
            "crawlall", "--jobs", "3", "--deadline", "6s",
            output=tmp_path / "out", path=tmp_path, **settings,
        )  # fmt: skip
        hung.switch("open")
    assert run.status == UNHEALTHY
    assert "1 of 3 sites done" in run.out
    for words in ("good", "done", "stopped", "unhealthy"):
        assert words in run.out
    assert "refused: ERROR:" in run.err
    assert {row["site"] for row in rows(tmp_path / "out")} == {"good"}
    assert len(rows(tmp_path / "out")) == 3
    status, sites = _status(tmp_path, settings)
    assert status == UNHEALTHY
    assert sites["refused"]["fault"] == "blocked"
    assert sites["good"]["health"] == "healthy"
    assert sites["good"]["articles_today"] == 3


def test_only_due_sites_are_crawled(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        settings = declare(tmp_path, one=newsroom.section_urls)
        arguments = ("crawlall", "--due")
        first = scrapy(*arguments, output=tmp_path / "out", path=tmp_path, **settings)
        again = scrapy(*arguments, output=tmp_path / "out", path=tmp_path, **settings)
    assert first.status == again.status == DONE
    assert "1 of 1 sites done" in first.out
    assert again.out == "No site is due.\n"


def test_signal_ends_all_sites_cleanly(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        settings = declare(tmp_path, one=newsroom.section_urls, two=newsroom.section_urls)
        process = subprocess.Popen(
            ["env", f"PYTHONPATH={tmp_path}",
             *command("crawlall", "--jobs", "1", output=tmp_path / "out", DOWNLOAD_DELAY=0.5,
                      **settings)],
            cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        until = time.monotonic() + 60
        while len(newsroom.requests) < 4:
            assert time.monotonic() < until
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == STOPPED, err
    assert "0 of 2 sites done" in out
    assert [run["outcome"] for run in rows(tmp_path / "out", "runs")] == ["stopped"]


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


def test_fault_in_one_site_file_is_told_and_the_others_are_crawled(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        settings = declare(tmp_path, good=newsroom.section_urls)
        (tmp_path / "declared" / "broken.py").write_text("1 / 0\n")
        run = scrapy("crawlall", output=tmp_path / "out", path=tmp_path, **settings)
    assert run.status == 2
    assert "declared.broken is not usable: ZeroDivisionError" in run.err
    assert len(rows(tmp_path / "out")) == 2


def test_status_without_any_crawl_says_how_to_begin(tmp_path: Path) -> None:
    run = scrapy("status", output=tmp_path)
    assert run.status == DONE
    assert "scrapy crawl news -a url=" in run.out
