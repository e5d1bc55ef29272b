"""The last days of a dataset, a few columns of it, as plain rows."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from pipelines.dataset.schema import SCHEMAS
from pipelines.errors import DatasetError


def rows_since(
    output_dir: Path, name: str, columns: list[str], first_day: date
) -> list[dict[str, Any]]:
    """The rows of the partitions from `first_day` on; none where the dataset is not there yet.

    Parts of other days are not opened. Raises DatasetError.
    """
    folder = output_dir / name
    if not folder.is_dir():
        return []
    schema = SCHEMAS[name].append(pa.field("date", pa.string()))
    partitioning = ds.partitioning(pa.schema([("date", pa.string())]), flavor="hive")
    try:
        dataset = ds.dataset(folder, format="parquet", partitioning=partitioning, schema=schema)
        table = dataset.to_table(columns=columns, filter=ds.field("date") >= first_day.isoformat())
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"the dataset {folder} cannot be read: {error}") from error
    rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="lossy")
    return rows
