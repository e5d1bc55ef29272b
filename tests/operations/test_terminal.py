"""The live view, and Ctrl-C on a terminal."""

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

from tests.crawl.crawling import PROJECT, command, rows
from tests.newsroom import Newsroom

STOPPED = 4


def test_ctrl_c_once_ends_cleanly_and_says_so(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9, troubles=["consent_wall"]) as newsroom:
        arguments = ("crawl", "news", "-a", f"url={newsroom.section_urls[0]}", "-a", "deadline=5m")
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            command(*arguments, output=tmp_path, DOWNLOAD_DELAY=0.7),
            cwd=PROJECT, stdout=subprocess.PIPE, stderr=theirs, text=True,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
        )  # fmt: skip
        os.close(theirs)
        seen, until, was_sent = b"", time.monotonic() + 60, False
        while (part := _read(ours)) and time.monotonic() < until:
            seen += part
            if len(newsroom.requests) > 5 and not was_sent:
                process.send_signal(signal.SIGINT)
                was_sent = True
        out, _ = process.communicate(timeout=60)
        os.close(ours)
    assert process.returncode == STOPPED
    assert "stopped from outside with work left" in out
    screen = seen.decode()
    for words in ("sections 1 of 1", "queue", "pages/s", "duplicates", "rejects",
                  "one request in 0.7 s", "left", "Ctrl-C again ends at once"):  # fmt: skip
        assert words in screen
    assert [run["outcome"] for run in rows(tmp_path, "runs")] == ["stopped"]


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""
