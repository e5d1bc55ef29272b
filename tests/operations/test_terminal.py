"""What a person at a terminal sees, and what Ctrl-C does there."""

import re
from pathlib import Path

import pytest

from tests.crawl.crawling import command, rows
from tests.newsroom import Newsroom
from tests.operations.sites import declare
from tests.operations.terminal import Ended, on_a_terminal

STOPPED = 4
# What a person wants to know, in the order of the lines.
SHOWN = (
    r"127\.0\.0\.1  \d+ s  4 m \d+ s left",
    r"sections 1 of 1  queue \d+  \d+ pages  \d+\.\d pages/s",
    r"[1-9] articles  \d+ known  0 duplicates  1 rejects \(1 ConsentWall\)",
    r"127\.0\.0\.1: one request in 0\.7 s",
    r"ending: what is under way is finished and published; Ctrl-C again ends at once",
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("output")


@pytest.fixture(scope="module")
def crawl(output: Path) -> Ended:
    """A crawl that is ended in its midst."""
    with Newsroom(sections=["world"], stories_per_section=9, troubles=["consent_wall"]) as newsroom:
        arguments = ("crawl", "news", "-a", f"url={newsroom.section_urls[0]}", "-a", "deadline=5m")
        return on_a_terminal(
            command(*arguments, output=output, DOWNLOAD_DELAY=0.7),
            ctrl_c_when=lambda screen: "1 ConsentWall" in screen and len(newsroom.requests) > 6,
        )


def test_ctrl_c_once_ends_cleanly_and_says_so(crawl: Ended, output: Path) -> None:
    assert crawl.status == STOPPED
    assert "stopped from outside with work left" in crawl.out
    assert [run["outcome"] for run in rows(output, "runs")] == ["stopped"]
    stored = re.search(r"(\d+) new articles", crawl.out)
    assert stored
    assert len(rows(output)) == int(stored[1]) > 0, "what was accepted is published"
    assert "Traceback" not in crawl.screen
    assert "ERROR" not in crawl.screen


@pytest.mark.parametrize("line", SHOWN)
def test_live_view_shows(line: str, crawl: Ended) -> None:
    assert re.search(line, crawl.screen)


def test_ctrl_c_ends_all_sites_cleanly_and_the_view_follows_them(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        settings = declare(tmp_path, one=newsroom.section_urls, two=newsroom.section_urls)
        arguments = ("crawlall", "--jobs", "1")
        ended = on_a_terminal(
            command(*arguments, output=tmp_path / "out", DOWNLOAD_DELAY=0.5, **settings),
            ctrl_c_when=lambda screen: len(newsroom.requests) > 4,
            path=tmp_path,
        )
    assert ended.status == STOPPED, ended.screen
    assert "0 of 2 sites done" in ended.out
    assert re.search(r"0 of 2 sites ended  \d+ s  running: one", ended.screen)
    assert "two: not begun: stopped from outside" in ended.screen
    assert [run["outcome"] for run in rows(tmp_path / "out", "runs")] == ["stopped"]
