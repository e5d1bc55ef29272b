"""Extraction in worker processes: one bad page costs one page."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pipelines.extract.pool import ExtractionPool
from pipelines.items import Article, Page
from pipelines.rejects import EmptyPage, ExtractionCrash, ExtractionTimeout

_PARAGRAPH = "<p>The ferry came back to the harbour on Monday after eleven days at sea, late.</p>"


def _page(paragraphs: int) -> Page:
    body = f"<html><body><article><h1>Ferry</h1>{_PARAGRAPH * paragraphs}</article></body></html>"
    return Page(
        url="https://example.com/2026/11/ferry",
        body=body.encode(),
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


ENDLESS = _page(200_000)


@pytest.fixture
def workers() -> Iterator[None]:
    """Leaves no worker process behind."""
    yield
    for process in multiprocessing.active_children():
        process.kill()


async def _outcomes(pages: list[Page], timeout_s: float, *, kill: bool = False) -> list[object]:
    pool = ExtractionPool(workers=1, timeout_s=timeout_s, min_chars=200)
    try:
        tasks = [asyncio.create_task(pool.extract(page)) for page in pages]
        if kill:
            await _kill_the_worker()
        return await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        pool.close()


async def _kill_the_worker() -> None:
    while not (found := multiprocessing.active_children()):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)
    os.kill(found[0].pid or 0, signal.SIGKILL)


@pytest.mark.usefixtures("workers")
def test_reject_comes_back_from_the_worker_with_its_evidence() -> None:
    blank = Page(url="https://example.com/", body=b"", fetched_at=ENDLESS.fetched_at)
    article, reject = asyncio.run(_outcomes([_page(8), blank], timeout_s=30))
    assert isinstance(article, Article)
    assert isinstance(reject, EmptyPage)
    assert reject.evidence


@pytest.mark.usefixtures("workers")
def test_page_over_its_time_is_a_reject_and_the_next_is_extracted() -> None:
    slow, fine = asyncio.run(_outcomes([ENDLESS, _page(8)], timeout_s=1.5))
    assert isinstance(slow, ExtractionTimeout)
    assert "1.5 s" in slow.evidence
    assert isinstance(fine, Article)


@pytest.mark.usefixtures("workers")
def test_page_whose_worker_is_killed_is_a_reject_and_the_next_is_extracted() -> None:
    killed, fine = asyncio.run(_outcomes([ENDLESS, _page(8)], timeout_s=60, kill=True))
    assert isinstance(killed, ExtractionCrash)
    assert isinstance(fine, Article)
