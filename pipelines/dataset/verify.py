"""Is everything there, unchanged and readable? Each part against the ledger and the schema."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dataset.places import OutputDir, dataset_files, read_bytes, sha256
from pipelines.dataset.schema import SCHEMAS, is_current
from pipelines.ledger import Ledger, PublishedPart


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the way out."""

    path: str
    """Below OUTPUT_DIR."""
    what: str
    """missing, size, checksum, unreadable, rows, schema, unknown or repeated."""
    found: str
    way_out: str


_RESTORE = "restore it from a backup, or run: scrapy dataset rebuild-ledger"
_MIGRATE = "scrapy dataset migrate"
_MOVE = "move it out of the dataset, or take it into the ledger with: scrapy dataset rebuild-ledger"


def verify(ledger: Ledger, output_dir: OutputDir) -> list[Fault]:
    """What is wrong with the dataset; empty when nothing is.

    Reads every part once. A part that a crawl has just named and not yet recorded is no fault.
    """
    planned = {part.path for part in ledger.unrecorded()}
    parts = {part.path: part for part in ledger.parts()}
    faults = [fault for part in parts.values() for fault in _faults_of(part, output_dir)]
    known = planned | set(parts) | {part.path for part in ledger.parts()}
    faults += [
        Fault(path, "unknown", "the ledger does not know this file", _MOVE)
        for path in _files(output_dir)
        if path not in known
    ]
    if not faults:
        faults += _repeated(parts, output_dir)
    return faults


def _files(output_dir: OutputDir) -> Iterator[str]:
    for dataset in SCHEMAS:
        yield from (path for path, _ in dataset_files(output_dir, dataset))


def _faults_of(part: PublishedPart, output_dir: OutputDir) -> Iterator[Fault]:
    content = read_bytes(output_dir, part.path)
    if content is None:
        yield Fault(part.path, "missing", "the file is not there", _RESTORE)
    elif len(content) != part.bytes:
        found = f"{len(content)} bytes; {part.bytes} were published"
        yield Fault(part.path, "size", found, _RESTORE)
    elif sha256(content) != part.checksum:
        found = "its bytes are not those that were published"
        yield Fault(part.path, "checksum", found, _RESTORE)
    else:
        yield from _faults_inside(part, content)


def _faults_inside(part: PublishedPart, content: bytes) -> Iterator[Fault]:
    try:
        table = pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        yield Fault(part.path, "unreadable", str(error).splitlines()[0], _RESTORE)
        return
    if table.num_rows != part.rows:
        found = f"{table.num_rows} rows; {part.rows} were published"
        yield Fault(part.path, "rows", found, _RESTORE)
    if not is_current(part.dataset, table.schema):
        yield Fault(part.path, "schema", "not the columns of this version", _MIGRATE)


def _repeated(parts: dict[str, PublishedPart], output_dir: OutputDir) -> Iterator[Fault]:
    """Rows of `articles/` with the id and revision of another one."""
    seen: Counter[tuple[str, int]] = Counter()
    for path, part in parts.items():
        if part.dataset != "articles":
            continue
        content = read_bytes(output_dir, path) or b""
        table = pq.read_table(pa.BufferReader(content), columns=["article_id", "revision"])
        keys = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
        seen.update(keys)
        if again := [key for key in keys if seen[key] > 1]:
            article_id, revision = again[0]
            found = f"{len(again)} rows stand in another part too, as {article_id} ({revision})"
            yield Fault(path, "repeated", found, _RESTORE)
