"""Runs a command on a terminal of its own, and presses Ctrl-C there."""

import os
import pty
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crawl.crawling import PROJECT

_PATIENCE_S = 60
_CTRL_C = b"\x03"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote to its terminal meanwhile."""

    status: int
    out: str
    """What went to stdout, which is no terminal."""
    screen: str


def on_a_terminal(
    command: list[str], *, ctrl_c_when: Callable[[str], bool], path: Path = PROJECT
) -> Ended:
    """Run a command to its end; the key is pressed once, when the screen says it is time."""
    ours, theirs = pty.openpty()
    # A session of its own whose terminal this is: the key reaches every process in it.
    process = subprocess.Popen(
        ["setsid", "--ctty", *command],
        cwd=PROJECT, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120", "PYTHONPATH": str(path)},
    )  # fmt: skip
    os.close(theirs)
    seen, until, was_pressed = b"", time.monotonic() + _PATIENCE_S, False
    while (part := _read(ours)) and time.monotonic() < until:
        seen += part
        if not was_pressed and ctrl_c_when(seen.decode(errors="replace")):
            os.write(ours, _CTRL_C)
            was_pressed = True
    out, _ = process.communicate(timeout=_PATIENCE_S)
    os.close(ours)
    return Ended(process.returncode, out, seen.decode())


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""
