"""What a dataset holds: rows, sites, days, sizes, and how often each column is filled."""

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.places import OutputDir, dataset_files, has_dataset
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import SCHEMAS


@dataclass(frozen=True, slots=True)
class DatasetStats:
    """One dataset in figures."""

    dataset: str
    rows: int
    sites: dict[str, int]
    """Rows by site, the most first."""
    days: int
    first_day: str | None
    last_day: str | None
    parts: int
    bytes: int
    coverage: dict[str, int]
    """Rows in which a column is neither null nor an empty list, by column."""

    def as_json(self) -> dict[str, Any]:
        """Plain values, as `--json` prints them."""
        return asdict(self)


def stats(output_dir: OutputDir) -> list[DatasetStats]:
    """Of every dataset that is there. Raises DatasetError where one cannot be read."""
    return [_of(output_dir, name) for name in SCHEMAS if has_dataset(output_dir, name)]


def _of(output_dir: OutputDir, name: str) -> DatasetStats:
    source = open_dataset(output_dir, name)
    sites: dict[str, int] = {}
    days: set[str] = set()
    coverage = dict.fromkeys(SCHEMAS[name].names, 0)
    rows = 0
    for batch in source.to_batches(columns=[*coverage, "date"]):
        rows += batch.num_rows
        days.update(batch.column("date").unique().to_pylist())
        for pair in batch.column("site").value_counts().to_pylist():
            sites[pair["values"]] = sites.get(pair["values"], 0) + pair["counts"]
        for column in coverage:
            coverage[column] += _filled(batch.column(column))
    sizes = [size for path, size in dataset_files(output_dir, name) if path.endswith(".parquet")]
    return DatasetStats(
        dataset=name,
        rows=rows,
        sites=dict(sorted(sites.items(), key=lambda pair: -pair[1])),
        days=len(days),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        parts=len(sizes),
        bytes=sum(sizes),
        coverage=coverage,
    )


def _filled(column: pa.Array) -> int:
    """How many values are there; an empty list is none.

    >>> _filled(pa.array([["a"], [], None]))
    1
    """
    if pa.types.is_list(column.type):
        return int(pc.sum(pc.greater(pc.list_value_length(column), 0)).as_py() or 0)
    return len(column) - int(column.null_count)
