"""Outbox to Parquet: each step can be repeated, so a kill at any instant costs nothing.

    allot    the ledger fixes the part's final name and its rows        (transaction)
    write    the file, under state/parts/, with a name no reader lists  (fsync)
    rename   to the final name below articles/, rejects/, …             (atomic, fsync of folder)
             in an object store: one upload, that appears when it is complete
    record   path, rows, bytes, checksum; the rows leave the outbox     (transaction)

A run that was cut off between two steps is finished by the next `publish` of its site:
the same rows are written under the same name.
"""

import uuid
from pathlib import Path

import pyarrow as pa
from filelock import FileLock

from pipelines.dataset.files import make_folder, sha256_of, sync_folder, write_part
from pipelines.dataset.places import ObjectStore, OutputDir, state_dir, upload
from pipelines.dataset.schema import SCHEMA_VERSION, table_of
from pipelines.errors import DatasetError
from pipelines.ledger import Ledger, Part
from pipelines.rows import Row, without_boilerplate

# Seconds; who holds the lock of the folders only swaps names.
_LOCK_TIMEOUT_S = 60


class Publisher:
    """Writes the unpublished rows of a site as immutable parts below `output_dir`."""

    def __init__(self, ledger: Ledger, output_dir: OutputDir) -> None:
        self._ledger = ledger
        self._output_dir = output_dir

    def refuse_old_parts(self) -> None:
        """Raise DatasetError where parts have another schema: readers disagree about mixed ones."""
        if old := self._ledger.parts_of_other_schemas(SCHEMA_VERSION):
            raise DatasetError(
                f"{old} parts in {self._output_dir} have the columns of another version of the "
                "program; bring them to the current ones with: scrapy dataset migrate"
            )

    def publish(self, site: str) -> list[str]:
        """Publish all rows of `site` that wait; the parts below OUTPUT_DIR, cut-off ones first.

        The caller holds the site's lock. Raises DatasetError when a part cannot be written,
        LedgerError when it cannot be recorded; the rows stay in the outbox.
        """
        published = [self._finish(part) for part in self._ledger.allotted(site)]
        for pending in self._ledger.pending(site):
            part = self._ledger.allot(pending, new_part_path(pending.dataset, pending.day))
            published.append(self._finish(part))
        return published

    def _rows_of(self, part: Part) -> list[Row]:
        """The rows of a part; articles without what their batch has shown to be boilerplate."""
        rows = self._ledger.rows_of(part)
        if part.dataset != "articles" or not rows:
            return rows
        lessons = self._ledger.boilerplate(rows[0]["site"]).lessons
        cleaned = [without_boilerplate(row, lessons) for row in rows]
        changed = [new for old, new in zip(rows, cleaned, strict=True) if new is not old]
        self._ledger.correct_hashes(
            (row["article_id"], row["revision"], row["content_hash"]) for row in changed
        )
        return cleaned

    def _finish(self, part: Part) -> str:
        """Write one part, give it its final name, and record it."""
        name = part.path.rpartition("/")[2].removesuffix(".parquet")
        draft = state_dir(self._output_dir) / "parts" / f"{name}.draft"
        try:
            rows = self._rows_of(part)
            write_part(table_of(part.dataset, rows), draft)
            size, checksum = draft.stat().st_size, sha256_of(draft)
            if isinstance(self._output_dir, ObjectStore):
                upload(draft, self._output_dir, part.path)
                draft.unlink()
            else:
                _rename(draft, self._output_dir, part.path)
        except (OSError, pa.ArrowException) as error:
            raise DatasetError(
                f"the part {self._output_dir / part.path} cannot be written: {error}. "
                "Its rows are safe in the ledger; make room or rights and run the same command"
            ) from error
        self._ledger.record(
            part, rows=len(rows), size=size, checksum=checksum, schema_version=SCHEMA_VERSION
        )
        return part.path


def _rename(draft: Path, output_dir: Path, path: str) -> None:
    """Give a synced file its final name, for good."""
    final = output_dir / path
    with folders_lock(output_dir):  # not while a day's folder is exchanged
        make_folder(final.parent)
        draft.replace(final)
        sync_folder(final.parent)


def new_part_path(dataset: str, day: str) -> str:
    """A name below OUTPUT_DIR that two writers can never share, in the partition of a day."""
    return f"{dataset}/date={day}/part-{uuid.uuid4().hex}.parquet"


def folders_lock(output_dir: Path) -> FileLock:
    """Held while a file enters a day's folder, or while the folder is exchanged."""
    folder = output_dir / "state"
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / "folders.lock", timeout=_LOCK_TIMEOUT_S)
