"""How a command ends that spoke to an object store."""

import logging
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from pipelines.dataset.places import spoke_to_object_store

Run = Callable[[Any, list[str], Any], None]


def ends_at_once(run: Run) -> Run:
    """The `run` of a command, after which the process ends without clearing up behind pyarrow.

    The threads of pyarrow's S3 client may abort a process that ends the usual way while they
    are busy (seen once in some hundred runs of a loaded machine). All is written by then.
    """

    @wraps(run)
    def wrapped(self: Any, args: list[str], opts: Any) -> None:
        run(self, args, opts)
        if spoke_to_object_store():
            logging.shutdown()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self.exitcode)

    return wrapped
