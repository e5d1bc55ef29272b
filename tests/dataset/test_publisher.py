"""Publication: parts that every reader can open, and steps that can be repeated."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import newest_articles, table_of_dataset
from pipelines.dataset.schema import SCHEMAS
from pipelines.errors import DatasetError
from pipelines.items import Listing, ListingEntry
from pipelines.ledger import Ledger
from pipelines.rejects import NearDuplicate
from tests.dataset.samples import NOON, article, page

SITE = "example.com"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "state" / "ledger.db") as opened:
        yield opened


@pytest.fixture
def publisher(ledger: Ledger, tmp_path: Path) -> Publisher:
    return Publisher(ledger, tmp_path)


def test_part_has_the_whole_schema_and_the_values(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    ledger.accept(article(1))
    (path,) = publisher.publish(SITE)
    assert path.startswith("articles/date=2026-11-23/")
    assert pq.read_schema(tmp_path / path).equals(SCHEMAS["articles"])
    (row,) = table_of_dataset(tmp_path).to_pylist()
    sample = article(1)
    assert row["published_at"] == sample.published_at
    assert row["fetched_at"] == NOON, "microseconds and zone survive"
    assert row["authors"] == ["Ines Carvalho", "R. Okafor"]
    sources = {entry["key"]: entry["value"] for entry in row["field_sources"]}
    assert sources == sample.field_sources
    assert row["text"] == sample.text
    assert row["canonical_url"] is None


def test_part_is_written_for_fast_and_safe_reading(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    ledger.accept(article(1))
    (path,) = publisher.publish(SITE)
    file = pq.ParquetFile(tmp_path / path, page_checksum_verification=True)
    column = file.metadata.row_group(0).column(SCHEMAS["articles"].get_field_index("site"))
    assert column.compression == "ZSTD"
    assert column.has_column_index
    assert "PLAIN_DICTIONARY" in column.encodings or "RLE_DICTIONARY" in column.encodings
    assert file.schema_arrow.metadata[b"broadsheet.schema_version"] == b"2"


def test_rows_are_sorted_by_publication(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    for number, hour in ((1, 9), (2, 7), (3, 8)):
        ledger.accept(article(number, published_at=NOON.replace(hour=hour)))
    publisher.publish(SITE)
    assert table_of_dataset(tmp_path)["article_id"].to_pylist() == ["story-2", "story-3", "story-1"]


def test_other_programs_read_the_dataset(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    ledger.accept(article(1))
    publisher.publish(SITE)
    ledger.accept(article(2))
    publisher.publish(SITE)
    pattern = f"{tmp_path}/articles/**/*.parquet"
    query = (
        f"SELECT article_id, date::VARCHAR, len(authors) FROM read_parquet('{pattern}') ORDER BY 1"
    )
    assert duckdb.execute(query).fetchall() == [
        ("story-1", "2026-11-23", 2),
        ("story-2", "2026-11-23", 2),
    ]
    frame = polars.read_parquet(pattern, hive_partitioning=True)
    assert sorted(frame["article_id"]) == ["story-1", "story-2"]


def test_rejects_and_listings_have_their_own_folders(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    reject = NearDuplicate("a copy", text="x" * 600, duplicate_of="story-9", similarity=0.875)
    ledger.reject(page(1), reject)
    entry = ListingEntry(rank=1, url_key="https://example.com/1", anchor_text="Ferry returns")
    listing = Listing(url="https://example.com/", site=SITE, seen_at=NOON, entries=(entry,))
    ledger.add_listing(listing)
    publisher.publish(SITE)
    (row,) = table_of_dataset(tmp_path, "rejects").to_pylist()
    assert (row["reason"], row["duplicate_of"], row["similarity"]) == (
        "NearDuplicate",
        "story-9",
        0.875,
    )
    assert len(row["text_start"]) == 500
    assert table_of_dataset(tmp_path, "listings")["is_new"].to_pylist() == [False]


def test_second_publication_writes_nothing_twice(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    ledger.accept(article(1))
    publisher.publish(SITE)
    assert publisher.publish(SITE) == []
    assert newest_articles(tmp_path, 5)[1] == 1


class _Cut(Exception):
    """The process ends here."""


def _cut(*_: object, **__: object) -> None:
    raise _Cut


def _cut_after_allot(_: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Publisher, "_finish", _cut)


def _cut_in_the_file(_: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_table: pa.Table, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PAR1 half a file")
        raise _Cut

    monkeypatch.setattr("pipelines.dataset.publisher.write_part", half)


def _cut_before_rename(_: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.dataset.publisher.make_folder", _cut)


def _cut_before_record(_: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "record", _cut)


@pytest.mark.parametrize(
    "cut", [_cut_after_allot, _cut_in_the_file, _cut_before_rename, _cut_before_record]
)
def test_publication_cut_off_anywhere_is_finished_by_the_next(
    ledger: Ledger,
    publisher: Publisher,
    tmp_path: Path,
    cut: Callable[[Publisher, pytest.MonkeyPatch], None],
) -> None:
    ledger.accept(article(1))
    ledger.accept(article(2))
    with pytest.MonkeyPatch.context() as patch:
        cut(publisher, patch)
        with pytest.raises(_Cut):
            publisher.publish(SITE)
    if (tmp_path / "articles").exists():
        assert newest_articles(tmp_path, 5)[1] in (0, 2), "readable between the steps"
    ledger.accept(article(3))
    publisher.publish(SITE)
    ids = table_of_dataset(tmp_path)["article_id"].to_pylist()
    assert sorted(ids) == ["story-1", "story-2", "story-3"]
    assert ledger.pending_sites() == []


def test_unwritable_folder_loses_nothing_and_says_the_way_out(
    ledger: Ledger, publisher: Publisher, tmp_path: Path
) -> None:
    ledger.accept(article(1))
    (tmp_path / "articles").write_text("a file where a folder must be")
    with pytest.raises(DatasetError, match=r"cannot be written.*safe in the ledger"):
        publisher.publish(SITE)
    (tmp_path / "articles").unlink()
    publisher.publish(SITE)
    assert newest_articles(tmp_path, 5)[1] == 1
