"""The dataset opens, with no code of ours, in the programs that people read Parquet with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.dataset
import pytest

from pipelines.dataset.compaction import compact
from pipelines.dataset.publisher import Publisher
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from tests.dataset.samples import NOON, article

Rows = list[dict[str, Any]]
COLUMNS = ["article_id", "date", "published_at", "authors", "word_count", "is_free", "text"]


def _with_pyarrow(folder: Path) -> Rows:
    source = pyarrow.dataset.dataset(folder, partitioning="hive")
    rows: Rows = source.to_table(columns=COLUMNS).to_pylist()
    return rows


def _with_duckdb(folder: Path) -> Rows:
    query = f"SELECT {', '.join(COLUMNS)} FROM read_parquet('{folder}/**/*.parquet')"
    found = duckdb.connect().execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _with_polars(folder: Path) -> Rows:
    source = polars.scan_parquet(f"{folder}/**/*.parquet", hive_partitioning=True)
    return source.select(COLUMNS).collect().to_dicts()


def _with_pandas(folder: Path) -> Rows:
    import pandas  # takes a second

    frame = pandas.read_parquet(folder)[COLUMNS]
    rows: Rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _with_datasets(folder: Path) -> Rows:
    from datasets import load_dataset  # takes two seconds

    source = load_dataset(
        "parquet",
        data_files=f"{folder}/**/*.parquet",
        split="train",
        cache_dir=folder.parent / "hf",
    )
    names = [name for name in COLUMNS if name in source.column_names]
    return list(source.select_columns(names))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of two sites and two days in four parts, one of them compacted."""
    output = tmp_path_factory.mktemp("readers")
    with Ledger.open(ledger_path(output)) as ledger:
        for number in range(1, 7):
            day = NOON + timedelta(days=number % 2)
            story = article(number, fetched_at=day, published_at=None if number == 6 else NOON)
            if number == 5:
                story = replace(story, authors=(), site="other.org", is_free=False)
            ledger.accept(story)
            Publisher(ledger, output).publish(story.site)
        compact(ledger, output, today=date(2026, 11, 24))
    return output / "articles"


READERS = [_with_pyarrow, _with_duckdb, _with_polars, _with_pandas, _with_datasets]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.removeprefix("_with_"))
def test_every_reader_finds_the_same_rows(
    folder: Path, read: Callable[[Path], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert len(list(folder.rglob("*.parquet"))) == 4
    rows = sorted(read(folder), key=lambda row: str(row["article_id"]))
    assert [row["article_id"] for row in rows] == [f"story-{number}" for number in range(1, 7)]
    days = [str(row["date"])[:10] for row in rows if "date" in row]  # not in a list of files
    assert days[:2] in ([], ["2026-11-24", "2026-11-23"])
    assert list(rows[0]["authors"]) == ["Ines Carvalho", "R. Okafor"]
    assert list(rows[4]["authors"]) == []
    assert [row["is_free"] for row in rows][3:] == [None, False, None]
    assert rows[5]["published_at"] is None
    assert _utc(rows[0]["published_at"]) == NOON
    assert rows[0]["text"].count("\n\n") == 1


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
