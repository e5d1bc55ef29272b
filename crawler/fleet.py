"""Many crawls, each in a process of its own: a hung or crashing site costs that site alone."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.outcome import Outcome

GRACE_S = 45.0
"""What a run may take beyond its deadline to publish and end, before it is asked to (SIGTERM)."""
KILL_AFTER_S = 15.0
"""What it may take after that, before it is killed (SIGKILL)."""
_WORDS = {outcome.value: outcome.word.replace("_", " ") for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Result:
    """How the crawl of one site ended."""

    site: str
    status: int
    """Exit status; negative: killed by that signal."""
    seconds: float
    errors: str = ""
    """What it wrote to stderr."""
    is_hung: bool = False
    """Whether it had to be ended from outside."""

    @property
    def is_crashed(self) -> bool:
        """Whether it ended in a way in which no crawl ends."""
        return not self.is_hung and self.status not in _WORDS

    @property
    def word(self) -> str:
        """The outcome in one word.

        >>> Result("a", 5, 1.0).word, Result("a", -9, 1.0, is_hung=True).word
        ('unhealthy', 'hung')
        >>> Result("a", -11, 1.0).word, Result("a", 77, 1.0).word
        ('crashed (signal 11)', 'crashed (status 77)')
        """
        if self.is_hung:
            return "hung"
        if self.is_crashed:
            kind = "signal" if self.status < 0 else "status"
            return f"crashed ({kind} {abs(self.status)})"
        return _WORDS[self.status]


@dataclass
class Fleet:
    """Runs `scrapy crawl <site>` for each site, `jobs` at a time."""

    jobs: int
    deadline: timedelta
    options: Sequence[str] = ()
    """What is handed down to each crawl: -s NAME=VALUE and the like."""
    grace_s: float = GRACE_S
    ended: int = 0
    """Sites whose crawl is over."""
    _running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_stopping: bool = False

    @property
    def running(self) -> list[str]:
        """The sites that are being crawled now."""
        return list(self._running)

    def run(self, sites: Sequence[str], done: Callable[[Result], None]) -> list[Result]:
        """Crawl all sites; `done` hears of each as it ends. SIGINT and SIGTERM end all cleanly."""
        before = {n: signal.signal(n, self._stop) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            with ThreadPoolExecutor(self.jobs) as pool:
                results = []
                for result in pool.map(self._crawl, sites):
                    done(result)
                    results.append(result)
                return results
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _crawl(self, site: str) -> Result:
        began = time.monotonic()
        with self._lock:
            if self._is_stopping:
                return Result(site, Outcome.STOPPED.value, 0.0, "not begun: stopped from outside\n")
            process = self._running[site] = self._start(site)
        try:
            errors, is_hung = self._wait(process)
        finally:
            with self._lock:
                del self._running[site]
                self.ended += 1
        return Result(site, process.returncode, time.monotonic() - began, errors, is_hung)

    def _start(self, site: str) -> subprocess.Popen[str]:
        deadline = f"deadline={self.deadline.total_seconds():g}s"
        return subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", "scrapy", "crawl", site, "--quiet", "-a", deadline,
             *self.options],
            # A group of its own: it ends with its workers, and Ctrl-C reaches it through us.
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
            start_new_session=True,
        )  # fmt: skip

    def _wait(self, process: subprocess.Popen[str]) -> tuple[str, bool]:
        """What the crawl wrote to stderr, and whether it had to be ended."""
        with suppress(subprocess.TimeoutExpired):
            limit_s = self.deadline.total_seconds() + self.grace_s
            return process.communicate(timeout=limit_s)[1], False
        for number in (signal.SIGTERM, signal.SIGKILL):
            _signal_group(process, number)
            with suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=min(KILL_AFTER_S, self.grace_s))[1], True
        return "", True

    def _stop(self, number: int, _frame: object) -> None:
        # No lock here: the handler interrupts whoever holds it.
        self._is_stopping = True
        for process in list(self._running.values()):
            with suppress(ProcessLookupError):
                process.send_signal(number)


def _signal_group(process: subprocess.Popen[str], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
