"""One file out of a dataset: JSONL, CSV or Parquet, with a filter."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.dataset.files import ZSTD_LEVEL
from pipelines.dataset.history import sites_with_runs
from pipelines.dataset.places import OutputDir
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import SCHEMAS, plain_rows
from pipelines.dataset.where import parse_where
from pipelines.errors import ConfigError, DatasetError

if TYPE_CHECKING:
    import pyarrow.dataset as ds

Batches = Iterator[pa.RecordBatch]
# Rows that are held in memory at once.
_BATCH_ROWS = 2_000
# When a row of the dataset happened.
TIME_COLUMN = {
    "articles": "fetched_at",
    "rejects": "fetched_at",
    "listings": "seen_at",
    "runs": "started_at",
}


def export(
    output_dir: OutputDir,
    target: Path,
    *,
    dataset: str = "articles",
    site: str | None = None,
    since: datetime | None = None,
    where: str | None = None,
) -> int:
    """Write the rows that pass every filter to `target`; how many there were.

    The format follows the name: .jsonl, .csv or .parquet. The file is there when it is whole.
    Raises ConfigError for a wrong filter or name and for a site that was never crawled,
    DatasetError when something cannot be read or written.
    """
    write = _writer(target)
    source = open_dataset(output_dir, dataset)
    if site is not None:
        _require_site(site, source, output_dir)
    keep = _filter(dataset, site=site, since=since, where=where)
    scanner = source.scanner(
        columns=SCHEMAS[dataset].names, filter=keep, batch_size=_BATCH_ROWS, batch_readahead=2
    )
    counted = _Counter(scanner.to_batches())
    try:
        with _whole_or_nothing(target) as draft:
            write(counted, SCHEMAS[dataset], draft)
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"{target} cannot be written: {error}") from error
    return counted.rows


def _require_site(site: str, source: "ds.Dataset", output_dir: OutputDir) -> None:
    """Raise ConfigError for a site without rows and runs: its name is misspelled."""
    if source.head(1, columns=["site"], filter=pc.field("site") == site).num_rows:
        return
    with_rows = source.to_table(columns=["site"])["site"].unique().to_pylist()
    known = sorted({*with_rows, *sites_with_runs(output_dir)})
    if site not in known:
        raise ConfigError(f"--site {site}; there is none, known sites are: {', '.join(known)}")


class _Counter:
    """Batches as they pass, without the empty ones."""

    def __init__(self, batches: Batches) -> None:
        self.rows = 0
        self._batches = batches

    def __iter__(self) -> Batches:
        for batch in self._batches:
            if batch.num_rows:
                self.rows += batch.num_rows
                yield batch


def _filter(
    dataset: str, *, site: str | None, since: datetime | None, where: str | None
) -> pc.Expression | None:
    conditions = []
    if site is not None:
        conditions.append(pc.field("site") == site)
    if since is not None:
        conditions.append(pc.field("date") >= since.date().isoformat())  # whole folders are skipped
        conditions.append(pc.field(TIME_COLUMN[dataset]) >= pa.scalar(since))
    if where is not None:
        conditions.append(parse_where(where, SCHEMAS[dataset]))
    together = None
    for condition in conditions:
        together = condition if together is None else together & condition
    return together


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[Path]:
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _writer(target: Path) -> Callable[[Any, pa.Schema, Path], None]:
    writers = {".jsonl": _write_jsonl, ".csv": _write_csv, ".parquet": _write_parquet}
    if target.suffix not in writers:
        raise ConfigError(
            f"{target} names no format; the file's name must end in {', '.join(writers)}"
        )
    return writers[target.suffix]


def _write_parquet(batches: Batches, schema: pa.Schema, path: Path) -> None:
    options = {"compression": "zstd", "compression_level": ZSTD_LEVEL}
    with pq.ParquetWriter(path, schema, **options) as file:
        for batch in batches:
            file.write_batch(batch.cast(schema))


def _write_jsonl(batches: Batches, schema: pa.Schema, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(batches):
            _write_line(file, row)


def _write_line(file: IO[str], row: dict[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_csv(batches: Batches, schema: pa.Schema, path: Path) -> None:
    """Lists and maps stand as JSON in their cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, schema.names)
        writer.writeheader()
        for row in _rows(batches):
            writer.writerow(
                {
                    name: json.dumps(value, ensure_ascii=False)
                    if isinstance(value, list | dict)
                    else value
                    for name, value in row.items()
                }
            )


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    """Plain values: times as ISO 8601, names with values as objects."""
    for batch in batches:
        for row in plain_rows(batch):
            yield {
                name: value.isoformat() if isinstance(value, datetime) else value
                for name, value in row.items()
            }
