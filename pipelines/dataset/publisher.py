"""Outbox to Parquet: each step can be repeated, so a kill at any instant costs nothing.

    allot    the ledger fixes the part's final name and its rows        (transaction)
    write    the file, under state/parts/, with a name no reader lists  (fsync)
    rename   to the final name below articles/, rejects/, …             (atomic, fsync of folder)
    record   path, rows, bytes, checksum; the rows leave the outbox     (transaction)

A run that was cut off between two steps is finished by the next `publish` of its site:
the same rows are written under the same name.
"""

import hashlib
import os
import uuid
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dataset.schema import DICTIONARY_COLUMNS, table_of
from pipelines.errors import DatasetError
from pipelines.ledger import Ledger, Part, Pending

# Articles are some kilobytes each: 5,000 to 10,000 rows are tens of megabytes in memory.
ROW_GROUP_ROWS = 10_000
ZSTD_LEVEL = 9


class Publisher:
    """Writes the unpublished rows of a site as immutable parts below `output_dir`."""

    def __init__(self, ledger: Ledger, output_dir: Path) -> None:
        self._ledger = ledger
        self._output_dir = output_dir

    def publish(self, site: str) -> list[Path]:
        """Publish all rows of `site` that wait; the paths of the parts, cut-off ones first.

        The caller holds the site's lock. Raises DatasetError when a part cannot be written,
        LedgerError when it cannot be recorded; the rows stay in the outbox.
        """
        published = [self._finish(part) for part in self._ledger.allotted(site)]
        for pending in self._ledger.pending(site):
            part = self._ledger.allot(pending, _part_path(pending))
            published.append(self._finish(part))
        return published

    def _finish(self, part: Part) -> Path:
        """Write, rename and record one part."""
        final = self._output_dir / part.path
        draft = self._output_dir / "state" / "parts" / f"{final.stem}.draft"
        try:
            rows = self._ledger.rows_of(part)
            _write(table_of(part.dataset, rows), draft)
            size, checksum = draft.stat().st_size, _sha256(draft)
            _make_folder(final.parent)
            draft.replace(final)
            _sync_folder(final.parent)
        except (OSError, pa.ArrowException) as error:
            raise DatasetError(
                f"the part {final} cannot be written: {error}. Its rows are safe in the "
                "ledger; make room or rights and run the same command again"
            ) from error
        self._ledger.record(part, rows=len(rows), size=size, checksum=checksum)
        return final


def _part_path(pending: Pending) -> str:
    """A name that two writers can never share, in the partition of the rows' day."""
    return f"{pending.dataset}/date={pending.day}/part-{uuid.uuid4().hex}.parquet"


def _write(table: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset = table.schema.metadata[b"broadsheet.dataset"].decode()
    has_url = dataset == "articles"
    with path.open("wb") as file:
        pq.write_table(
            table,
            file,
            compression="zstd",
            compression_level=ZSTD_LEVEL,
            row_group_size=ROW_GROUP_ROWS,
            use_dictionary=DICTIONARY_COLUMNS[dataset],
            write_page_index=True,
            write_page_checksum=True,
            bloom_filter_options={"url": {"ndv": table.num_rows}} if has_url else None,
        )
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Make `folder` and its parents, each entry synced to the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
