"""Reading the dataset back."""

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.dataset.places import OutputDir, has_dataset, open_place
from pipelines.dataset.schema import SCHEMAS
from pipelines.errors import DatasetError

if TYPE_CHECKING:
    import pyarrow.dataset as ds


def open_dataset(output_dir: OutputDir, name: str = "articles") -> "ds.Dataset":
    """A dataset of an output folder in its schema, with the column `date` of its partitions.

    Parts of an older schema are read in the current one; what they lack is null.

    Raises DatasetError when the folder holds none or a file of it cannot be read.
    """
    if not has_dataset(output_dir, name):
        raise DatasetError(f"there is no dataset in {output_dir / name}; crawl a site: make crawl")
    import pyarrow.dataset as ds  # here: it loads pandas too, 0.2 s of every command

    filesystem, root = open_place(output_dir)
    schema = SCHEMAS[name].append(pa.field("date", pa.string()))
    partitioning = ds.partitioning(pa.schema([("date", pa.string())]), flavor="hive")
    try:
        return ds.dataset(
            f"{root}/{name}",
            filesystem=filesystem,
            format="parquet",
            partitioning=partitioning,
            schema=schema,
        )
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"the dataset {output_dir / name} cannot be read: {error}") from error


def newest_articles(output_dir: OutputDir, count: int) -> tuple[list[dict[str, object]], int]:
    """The `count` articles published last, newest first, and how many there are in all."""
    articles = open_dataset(output_dir)
    columns = ["site", "published_at", "title", "authors", "word_count", "url", "fetched_at"]
    table = articles.to_table(columns=columns).sort_by([("published_at", "descending")])
    rows: list[dict[str, object]] = table.slice(0, count).to_pylist()
    return rows, table.num_rows


def table_of_dataset(output_dir: OutputDir, name: str = "articles") -> pa.Table:
    """A whole dataset in its schema, without the partition column."""
    return open_dataset(output_dir, name).to_table(columns=SCHEMAS[name].names)
