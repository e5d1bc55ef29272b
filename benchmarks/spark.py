"""Does Spark read the dataset, with no code of ours?

    .venv/bin/python -m pip install -e '.[spark]'
    .venv/bin/python -m benchmarks.spark [OUTPUT_DIR]

Reads a dataset (without an argument: one of six stories that it makes) with Spark's own Parquet
reader: rows, days, times with their zone, lists, names with values. Exit status 1 when a figure
is not what pyarrow reads. Skips with the reason where Java or pyspark is missing.
"""

import os
import shutil
import sys
import tempfile
from datetime import UTC, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import table_of_dataset
from pipelines.dataset.schema import plain_rows
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from tests.dataset.samples import NOON, article

Figures = dict[str, Any]


def main(arguments: list[str]) -> int:
    """0 when Spark reads what pyarrow reads, or when there is no Spark."""
    if find_spec("pyspark") is None:
        print("skipped: pyspark is not installed (pip install -e '.[spark]')")
        return 0
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        print("skipped: there is no Java (Spark needs 17 or later)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        output = Path(arguments[0]) if arguments else _sample(Path(folder))
        expected, found = _with_pyarrow(output), _with_spark(output)
    for name, value in expected.items():
        same = "same" if found[name] == value else "DIFFERENT"
        print(f"{name:20} pyarrow {value!s:30} spark {found[name]!s:30} {same}")
    return 0 if found == expected else 1


def _sample(output: Path) -> Path:
    with Ledger.open(ledger_path(output)) as ledger:
        for number in range(6):
            day = NOON + timedelta(days=number % 2)
            ledger.accept(article(number, fetched_at=day, authors=("A", "B")[: number % 3]))
            Publisher(ledger, output).publish("example.com")
    return output


def _with_pyarrow(output: Path) -> Figures:
    rows = plain_rows(table_of_dataset(output))
    return {
        "rows": len(rows),
        "authors": sum(len(row["authors"] or ()) for row in rows),
        "titles from JSON-LD": sum(row["field_sources"].get("title") == "jsonld" for row in rows),
        "last fetched": f"{max(row['fetched_at'] for row in rows).astimezone(UTC):%F %T.%f}",
        "days": len({row["fetched_at"].date() for row in rows}),
    }


def _with_spark(output: Path) -> Figures:
    from pyspark.sql import SparkSession  # an extra of the project

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.read.parquet(str(output / "articles")).createOrReplaceTempView("articles")
    query = """SELECT count(*), sum(size(authors)),
        count_if(map_from_entries(field_sources)['title'] = 'jsonld'),
        date_format(max(fetched_at), 'yyyy-MM-dd HH:mm:ss.SSSSSS'), count(DISTINCT date)
        FROM articles"""
    rows, authors, titles, last, days = session.sql(query).collect()[0]
    session.stop()
    return {
        "rows": rows, "authors": authors, "titles from JSON-LD": titles, "last fetched": last,
        "days": days,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
