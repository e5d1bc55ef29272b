"""Runs `scrapy` again and again, and kills each run (SIGKILL) at one exact step of storing.

A step is the moment before or after one of `_WATCHED`: inside the transactions of the ledger,
between them, and between the write, the sync, the rename and the record of a part. Step 0 never
comes.

Each run is a process of its own, forked from a server that has everything imported: a run then
costs a fraction of a second, and two hundred of them minutes.

The server reads a run per line as JSON, [STEP, FILE, ARGUMENT, …], and answers with its exit
status. FILE receives the number of steps of a run that ends by itself.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from multiprocessing import forkserver
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from scrapy.cmdline import execute
from scrapy.utils.misc import walk_modules_iter

from pipelines.dataset import publisher
from pipelines.extract.pool import ExtractionPool
from pipelines.ledger import Ledger
from tests.crawl.crawling import PROJECT

_WATCHED: tuple[tuple[Any, str], ...] = (
    (Ledger, "accept"),
    (Ledger, "reject"),
    (Ledger, "add_listing"),
    (Ledger, "_put"),  # the last statement of a transaction
    (Ledger, "begin_section"),
    (Ledger, "settle_sections"),
    (Ledger, "allot"),
    (Ledger, "record"),
    (publisher, "write_part"),
    (os, "fsync"),
    (Path, "replace"),
)
# Packages of which a crawl imports most; forked runs find them loaded.
_LOADED = (
    *("crawler", "pipelines", "scrapy.commands", "scrapy.core.engine", "scrapy.core.scheduler"),
    *("scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares"),
    "scrapy.spidermiddlewares",
)
# No module as `__main__`: each worker of the extraction would import it anew, for a second.
_SERVER = "from benchmarks.kill_points import serve; serve()"


class KillServer:
    """The server, as a context manager."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER], cwd=PROJECT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.__exit__(kind, error, trace)  # closes its stdin: it ends

    def run(self, step: int, file: Path, *arguments: str) -> int:
        """The exit status of `scrapy <arguments>`, killed at that step; -9 where it was."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([step, str(file), *arguments]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


class KillPoint:
    """Counts steps, and kills the process at the one that it was told."""

    def __init__(self, fatal_step: int) -> None:
        self.steps = 0
        self._fatal_step = fatal_step

    def watch(self, owner: Any, name: str) -> None:
        """Make a call of `owner.name` two steps: before it and after it."""
        original: Callable[..., Any] = getattr(owner, name)

        @wraps(original)
        def watched(*args: Any, **kwargs: Any) -> Any:
            self._step()
            result = original(*args, **kwargs)
            self._step()
            return result

        setattr(owner, name, watched)

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self._fatal_step:
            os.kill(os.getpid(), signal.SIGKILL)


def serve() -> None:
    """Fork a run for each line of stdin."""
    for package in _LOADED:
        list(walk_modules_iter(package))
    ExtractionPool(workers=1, timeout_s=1, min_chars=1).close()  # starts the server of workers
    for line in sys.stdin:
        step, file, *arguments = json.loads(line)
        if not (pid := os.fork()):
            _detach()
            _run(step, file, arguments)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _detach() -> None:
    """A session of its own, silent; the server of workers is our parent's child, not ours."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]
    forkserver.ensure_running = lambda: None


def _run(step: int, file: str, arguments: list[str]) -> None:
    """Run `scrapy <arguments>` to its end, or to the step; never returns."""
    point = KillPoint(step)
    for owner, name in _WATCHED:
        point.watch(owner, name)
    end = os._exit

    def end_and_tell(status: int) -> NoReturn:
        Path(file).write_text(str(point.steps))
        end(status)

    os._exit = end_and_tell  # so ends every command (crawler.ending)
    execute(["scrapy", *arguments])
