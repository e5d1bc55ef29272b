"""How a command ends, whoever stopped reading its output."""

import io
import logging
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

Run = Callable[[Any, list[str], Any], None]


def ends_well(run: Run) -> Run:
    """The `run` of a command, as each command wraps its own.

    Where nobody reads its output any more (`| head`), or ever did (`>&-`), it goes on in silence:
    what it does besides printing is done, and its exit status says the same as ever.
    """

    @wraps(run)
    def wrapped(self: Any, args: list[str], opts: Any) -> None:
        with redirect_stdout(_patient(sys.stdout)), redirect_stderr(_patient(sys.stderr)):
            try:
                run(self, args, opts)
            finally:
                print(end="", flush=True)
                print(end="", flush=True, file=sys.stderr)
        _end_at_once(self.exitcode)

    return wrapped


def _end_at_once(status: int) -> None:
    """End the process without clearing up: all is written.

    The threads of pyarrow abort a process that ends the usual way while they are busy (seen in
    2 of 240 runs of `dataset verify` on a loaded machine).
    """
    logging.shutdown()
    os._exit(status)


class _Patient(io.FileIO):
    """A file whose writes succeed also where it is a pipe that nobody reads any more."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, self.fileno())  # for all who write there, a logger for example
            os.close(devnull)
            return len(data)


def _patient(stream: TextIO | None) -> TextIO:
    """The same stream, patient; itself where it is no file; for one that was closed, nowhere."""
    if stream is None:  # its number is the first that is free: no file of ours shall get it
        return Path(os.devnull).open("w", encoding="utf-8")
    try:
        number = stream.fileno()
    except (AttributeError, OSError):  # closed by whoever began us, or a test's
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(number, "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=bool(stream.line_buffering) or getattr(stream, "write_through", False),
    )
