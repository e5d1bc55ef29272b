"""The live view, and Ctrl-C on a terminal."""

import os
import pty
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.crawl.crawling import PROJECT, command, rows
from tests.newsroom import Newsroom

STOPPED = 4
CTRL_C = b"\x03"
# What a person wants to know, in the order of the lines.
SHOWN = (
    r"127\.0\.0\.1  \d+ s  4 m \d+ s left",
    r"sections 1 of 1  queue \d+  \d+ pages  \d+\.\d pages/s",
    r"[1-9] articles  \d+ known  0 duplicates  1 rejects \(1 ConsentWall\)",
    r"127\.0\.0\.1: one request in 0\.7 s",
    r"ending: what is under way is finished and published; Ctrl-C again ends at once",
)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str, str]:
    """A crawl on a terminal until its Ctrl-C key: its output, status, stdout and screen."""
    output = tmp_path_factory.mktemp("output")
    with Newsroom(sections=["world"], stories_per_section=9, troubles=["consent_wall"]) as newsroom:
        arguments = ("crawl", "news", "-a", f"url={newsroom.section_urls[0]}", "-a", "deadline=5m")
        ours, theirs = pty.openpty()
        # A session of its own whose terminal this is: the key reaches the workers too.
        process = subprocess.Popen(
            ["setsid", "--ctty", *command(*arguments, output=output, DOWNLOAD_DELAY=0.7)],
            cwd=PROJECT, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
        )  # fmt: skip
        os.close(theirs)
        seen, until, was_pressed = b"", time.monotonic() + 60, False
        while (part := _read(ours)) and time.monotonic() < until:
            seen += part
            if b"1 ConsentWall" in seen and len(newsroom.requests) > 6 and not was_pressed:
                os.write(ours, CTRL_C)
                was_pressed = True
        out, _ = process.communicate(timeout=60)
        os.close(ours)
    return output, process.returncode, out, seen.decode()


def test_ctrl_c_once_ends_cleanly_and_says_so(stopped: tuple[Path, int, str, str]) -> None:
    output, status, out, screen = stopped
    assert status == STOPPED
    assert "stopped from outside with work left" in out
    assert [run["outcome"] for run in rows(output, "runs")] == ["stopped"]
    stored = re.search(r"(\d+) new articles", out)
    assert stored
    assert len(rows(output)) == int(stored[1]) > 0, "what was accepted is published"
    assert "Traceback" not in screen
    assert "ERROR" not in screen


@pytest.mark.parametrize("line", SHOWN)
def test_live_view_shows(line: str, stopped: tuple[Path, int, str, str]) -> None:
    assert re.search(line, stopped[3])


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""
