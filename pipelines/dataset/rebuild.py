"""A ledger made anew from the dataset: for when its file is lost or damaged.

What the dataset does not hold is gone: the URLs before redirects, the state of sections and
listings, what URL patterns led to. The next run learns it again; it fetches no story
twice whose own URL is in the dataset.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from pipelines import rejects
from pipelines.dataset.places import (
    OutputDir,
    dataset_files,
    has_dataset,
    read_bytes,
    sha256,
    state_dir,
)
from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import SCHEMAS, version_of
from pipelines.dedup.fingerprint import fingerprint
from pipelines.errors import LedgerError, SiteLocked
from pipelines.ledger import KnownReject, KnownStory, Ledger
from pipelines.rows import Values, values_of
from pipelines.urls import url_key

_BATCH_ROWS = 1_000
_STORY_COLUMNS = (
    *("article_id", "revision", "site", "url", "url_key", "canonical_url", "text", "cluster_id"),
    *("content_hash", "first_seen_at", "fetched_at", "duplicate_of"),
)
# What makes two rows of a dataset the same one.
_IDENTITY = {
    "articles": ("article_id", "revision"),
    "rejects": ("run_id", "url"),
    "listings": ("run_id", "listing_url", "rank"),
    "runs": ("run_id", "site"),
}
_REJECT_COLUMNS = ("url", "site", "url_key", "reason", "duplicate_of", "status", "fetched_at")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new ledger holds."""

    stories: int
    rejects: int
    parts: int
    kept: str
    """Where the old file is now; empty when there was none."""


def rebuild_ledger(output_dir: OutputDir, *, stamp: str) -> Rebuilt:
    """Make the ledger of `output_dir` from its dataset; the old file gets `.stamp` at its end.

    Accepted rows that wait in the old ledger are published first, where it can be read, but for
    those that a newer part holds: the old ledger may come from a backup.
    Raises SiteLocked while a crawl runs, DatasetError when the dataset cannot be read.
    """
    state = state_dir(output_dir)
    with ExitStack() as stack:
        for lock in _locks(state):
            stack.enter_context(lock)
        _publish_what_waits(state / "ledger.db", output_dir)
        new = state / "ledger.new.db"
        _remove(new)
        with Ledger.open(new) as ledger:
            counts = _fill(ledger, output_dir)
        kept = _move(state / "ledger.db", stamp)
        new.replace(state / "ledger.db")
    return Rebuilt(*counts, kept)


def _locks(state: Path) -> Iterator[FileLock]:
    for path in [*(state / "locks").glob("*.lock"), state / "compaction.lock"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise SiteLocked(
                f"a crawl or a compaction is running (it holds {path}); wait for it, or end it"
            ) from None
        yield lock


def _publish_what_waits(path: Path, output_dir: OutputDir) -> None:
    if not path.exists():
        return
    try:
        with Ledger.open(path) as old:
            _drop_what_newer_parts_hold(old, output_dir)
            for site in old.pending_sites():
                Publisher(old, output_dir).publish(site)
    except LedgerError:
        return  # it is damaged: that is why it is made anew


def _drop_what_newer_parts_hold(old: Ledger, output_dir: OutputDir) -> None:
    """What waits in a ledger from a backup may have been published since."""
    known = {part.path for part in old.parts()}
    for dataset, names in _IDENTITY.items():
        paths = (path for path, _ in dataset_files(output_dir, dataset))
        newer = [path for path in paths if path.endswith(".parquet") and path not in known]
        keys = {key for path in newer for key in _keys(output_dir, path, names)}
        if keys:
            old.drop_waiting(dataset, names, keys)


def _keys(output_dir: OutputDir, path: str, names: tuple[str, ...]) -> Iterator[Values]:
    content = pa.BufferReader(read_bytes(output_dir, path) or b"")
    for row in pq.read_table(content, columns=list(names)).to_pylist():
        yield values_of(row, names)


def _fill(ledger: Ledger, output_dir: OutputDir) -> tuple[int, int, int]:
    stories = rejected = parts = 0
    for rows in _batches(output_dir, "articles", _STORY_COLUMNS):
        ledger.restore_stories([_story(row) for row in rows])
        stories += len(rows)
    for rows in _batches(output_dir, "rejects", _REJECT_COLUMNS):
        ledger.restore_rejects([_reject(row) for row in rows])
        rejected += len(rows)
    for dataset in SCHEMAS:
        for path, size in dataset_files(output_dir, dataset):
            if path.endswith(".parquet"):
                content = read_bytes(output_dir, path) or b""
                file = pq.ParquetFile(pa.BufferReader(content))
                ledger.restore_part(
                    dataset,
                    path,
                    rows=file.metadata.num_rows,
                    size=size,
                    checksum=sha256(content),
                    schema_version=version_of(file.schema_arrow),
                )
                parts += 1
    return stories, rejected, parts


def _batches(
    output_dir: OutputDir, dataset: str, columns: tuple[str, ...]
) -> Iterator[list[dict[str, Any]]]:
    if not has_dataset(output_dir, dataset):
        return
    source = open_dataset(output_dir, dataset)
    for batch in source.to_batches(columns=list(columns), batch_size=_BATCH_ROWS):
        yield batch.to_pylist()


def _story(row: dict[str, Any]) -> KnownStory:
    urls = (row["url"], row["canonical_url"])
    return KnownStory(
        article_id=row["article_id"],
        revision=row["revision"],
        site=row["site"],
        url=row["url"],
        url_key=row["url_key"],
        keys=frozenset({row["url_key"], *(url_key(url) for url in urls if url)}),
        cluster_id=row["cluster_id"],
        content_hash=row["content_hash"],
        first_seen_at=row["first_seen_at"],
        fetched_at=row["fetched_at"],
        fingerprint=fingerprint(row["text"]),
        declared_original=row["duplicate_of"],
    )


def _reject(row: dict[str, Any]) -> KnownReject:
    kind = getattr(rejects, row["reason"], rejects.Reject)
    is_gone = row["status"] in (404, 410)
    due = None if is_gone or kind.retry_after is None else row["fetched_at"] + kind.retry_after
    return KnownReject(
        site=row["site"],
        url_key=row["url_key"],
        reason=row["reason"],
        article_id=row["duplicate_of"],
        is_gone=is_gone,
        fetched_at=row["fetched_at"],
        retry_at=due,
    )


def _move(path: Path, stamp: str) -> str:
    """Move a database with the files that belong to it; the new place, or nothing."""
    if not path.exists():
        return ""
    for end in ("-wal", "-shm"):
        if (side := path.with_name(path.name + end)).exists():
            side.rename(path.with_name(f"{path.name}.{stamp}{end}"))
    return str(path.rename(path.with_name(f"{path.name}.{stamp}")))


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
