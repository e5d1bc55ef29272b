"""The last days of a dataset, a few columns of it, as plain rows."""

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.places import OutputDir, has_dataset
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import plain_rows
from pipelines.errors import DatasetError


def rows_since(
    output_dir: OutputDir, name: str, columns: list[str], first_day: date
) -> list[dict[str, Any]]:
    """The rows of the partitions from `first_day` on; none where the dataset is not there yet.

    Parts of other days are not opened. Raises DatasetError.
    """
    if not has_dataset(output_dir, name):
        return []
    dataset = open_dataset(output_dir, name)
    try:
        table = dataset.to_table(columns=columns, filter=pc.field("date") >= first_day.isoformat())
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"the dataset {output_dir / name} cannot be read: {error}") from error
    return plain_rows(table)
