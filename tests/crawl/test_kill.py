"""A crawl that is killed at any moment and started again: nothing missing, nothing twice."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import crash
from pipelines.dataset.reader import newest_articles
from tests.crawl.crawling import PROJECT, command, crawl, rows
from tests.newsroom import Newsroom

STOPPED = 4
_PATIENCE_S = 60


def _start(newsroom: Newsroom, output: Path, **settings: Any) -> subprocess.Popen[bytes]:
    arguments = ("crawl", "news", "-a", f"url={','.join(newsroom.section_urls)}")
    return subprocess.Popen(
        command(*arguments, output=output, **settings),
        cwd=PROJECT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _wait_until(is_true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.01)


def _is_readable(output: Path) -> bool:
    """Reads every column of every part; raises where one cannot be read."""
    if (output / "articles").exists() and any((output / "articles").rglob("*.parquet")):
        rows(output)
    return True


def test_kills_lose_and_repeat_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short form of `python -m benchmarks.crash`, steps of publication included."""
    monkeypatch.setattr(crash, "STORIES", 4)
    monkeypatch.setattr(crash, "NEW_STORIES", 1)
    monkeypatch.setattr(crash, "KILLS_PER_FOLDER", 12)
    result = crash.kill_at_steps(12, random.Random(1))
    assert result.notes["killed"] == 12
    assert result.notes["last status 0"] == 1
    assert result.notes["reads"] > 0
    assert (result.lost, result.repeated, result.unreadable, result.fetched_again) == (0, 0, 0, 0)


def test_article_accepted_before_a_kill_is_not_fetched_again(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        process = _start(newsroom, tmp_path, PUBLISH_ROWS=1)
        _wait_until(
            lambda: bool(list(tmp_path.glob("articles/*/*.parquet"))), "a part is published"
        )
        process.kill()
        process.wait()
        kept = {row["url"] for row in newest_articles(tmp_path, 100)[0]}
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
        again = {newsroom.url(request.path) for request in newsroom.requests[before:]}
    assert kept
    assert not kept & again
    assert len(rows(tmp_path)) == 9


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stop_from_outside_publishes_what_was_accepted(tmp_path: Path, number: int) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        process = _start(newsroom, tmp_path, DOWNLOAD_DELAY=0.2)
        _wait_until(lambda: len(newsroom.requests) >= 6, "some articles are fetched")
        process.send_signal(number)
        assert process.wait(_PATIENCE_S) == STOPPED
        stored = len(rows(tmp_path))
        assert 0 < stored < 9
        assert [run["outcome"] for run in rows(tmp_path, "runs")] == ["stopped"]
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert len(rows(tmp_path)) == 9


def test_second_signal_ends_at_once_and_what_was_accepted_is_published_next(
    tmp_path: Path,
) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        process = _start(newsroom, tmp_path, DOWNLOAD_DELAY=0.2)
        _wait_until(lambda: len(newsroom.requests) >= 6, "some articles are fetched")
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        assert process.wait(_PATIENCE_S) in (STOPPED, -signal.SIGTERM)
        assert _is_readable(tmp_path)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == 0
    assert len(rows(tmp_path)) == 9
