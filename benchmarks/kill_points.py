"""Runs `scrapy`, and kills its own process (SIGKILL) at one exact step of storing.

    python -m benchmarks.kill_points STEP FILE crawl news -a url=…

A step is the moment before or after one of `_WATCHED`: inside the transactions of the ledger,
between them, and between the write, the sync, the rename and the record of a part. Step 0 never
comes. FILE receives the number of steps of a run that ends by itself.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from scrapy.cmdline import execute

from pipelines.dataset import publisher
from pipelines.ledger import Ledger

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


def main(step: str, file: str, *arguments: str) -> None:
    """Run `scrapy <arguments>` to its end, or to the step."""
    point = KillPoint(int(step))
    for owner, name in _WATCHED:
        point.watch(owner, name)
    try:
        execute(["scrapy", *arguments])
    finally:
        Path(file).write_text(str(point.steps))


if __name__ == "__main__":
    main(*sys.argv[1:])
