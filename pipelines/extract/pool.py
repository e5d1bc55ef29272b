"""Extraction in worker processes: a page that hangs or kills its worker costs that page alone.

Never in threads: concurrent calls of trafilatura abort the process.
"""

import asyncio
import gc
import multiprocessing
import signal
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver

from pebble import ProcessExpired, ProcessPool

from pipelines.boilerplate import SiteLessons
from pipelines.items import Article, Page
from pipelines.rejects import ExtractionCrash, ExtractionTimeout, Interrupted, Reject

# A worker is replaced after this many pages: lxml and trafilatura keep caches that grow.
PAGES_PER_WORKER = 1_000


class ExtractionPool:
    """`workers` processes that extract one page each at a time, `timeout_s` seconds at most."""

    def __init__(self, *, workers: int, timeout_s: float, min_chars: int) -> None:
        self._timeout_s = timeout_s
        self._min_chars = min_chars
        # One page in work and one at hand for each worker; the others wait as coroutines,
        # and Scrapy stops fetching when they grow large (SCRAPER_SLOT_MAX_ACTIVE_SIZE).
        self._places = asyncio.Semaphore(2 * workers)
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=PAGES_PER_WORKER,
            initializer=_begin,
            context=_context(),
        )

    async def extract(self, page: Page, lessons: SiteLessons | None = None) -> Article:
        """The article of `page`. Raises the Reject that the page earned."""
        async with self._places:
            task = self._pool.schedule(
                _attempt, args=[page, self._min_chars, lessons], timeout=self._timeout_s
            )
            try:
                result: Article | Reject = await asyncio.wrap_future(task)
            except FutureTimeoutError:
                raise ExtractionTimeout(
                    f"extraction took longer than {self._timeout_s:g} s"
                ) from None
            except BrokenProcessPool:
                raise Interrupted("the pool of workers was ended") from None
            except ProcessExpired as error:
                if error.exitcode == -signal.SIGTERM:
                    raise Interrupted("the worker was told to end") from None
                raise ExtractionCrash(
                    f"the worker process died (exit status {error.exitcode})"
                ) from None
        if isinstance(result, Reject):
            raise result
        return result

    def close(self) -> None:
        """End the workers."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _attempt(page: Page, min_chars: int, lessons: SiteLessons | None) -> Article | Reject:
    """Runs in the worker. Faults come back as values: exceptions lose attributes on the way."""
    from pipelines.extract import extract_article

    try:
        return extract_article(page, min_chars=min_chars, lessons=lessons)
    except Reject as reject:
        return reject
    except Exception as error:
        return ExtractionCrash(f"the extractor raised {type(error).__name__}: {error}")


def _begin() -> None:
    """Runs in the worker before its first page."""
    # Ctrl-C goes to the whole process group; only the crawler answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is loaded stays: searching it for garbage again and again takes 4 % of the time.
    gc.freeze()


def _context() -> multiprocessing.context.BaseContext:
    """Processes forked from a clean server that has the extractor loaded, where there is one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.extract"])
    # The server, and so each worker, starts with Ctrl-C blocked: it imports for a second.
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
    return context
