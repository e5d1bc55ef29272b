"""What a person at a terminal sees, and what cron does not."""

import os
import pty
import subprocess
from pathlib import Path

from tests.crawl.crawling import PROJECT, command, crawl
from tests.newsroom import Newsroom


def _on_a_terminal(arguments: list[str]) -> str:
    """What a command writes to stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        arguments, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=theirs, env=_terminal()
    ) as process:
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        process.wait()
    os.close(ours)
    return written.decode()


def _terminal() -> dict[str, str]:
    return os.environ | {"TERM": "xterm", "COLUMNS": "120"}


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


def test_person_at_a_terminal_sees_the_progress(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=6) as newsroom:
        url = f"url={newsroom.section_urls[0]}"
        seen = _on_a_terminal(
            command("crawl", "news", "-a", url, output=tmp_path, DOWNLOAD_DELAY=0.2)
        )
    for word in ("127.0.0.1", "pages", "articles", "rejects", "pages/s"):
        assert word in seen


def test_cron_gets_a_short_summary_and_nothing_on_stderr(tmp_path: Path) -> None:
    with Newsroom(
        sections=["world", "city"], stories_per_section=2, troubles=["exact_copy"]
    ) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path)
    assert run.err == ""
    assert "127.0.0.1: done. 4 new articles" in run.out
    assert "not stored: 1 ExactDuplicate" in run.out
    assert len(run.out.splitlines()) == 3
