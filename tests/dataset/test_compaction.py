"""Compaction: fewer parts, the same rows, whatever happens on the way."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.dataset import compaction
from pipelines.dataset.compaction import compact, migrate
from pipelines.dataset.files import exchange_folders, sha256_of, write_part
from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import table_of_dataset
from pipelines.dataset.schema import SCHEMAS, plain_rows
from pipelines.dataset.verify import verify
from pipelines.errors import DatasetError
from pipelines.ledger import Ledger
from tests.dataset.samples import NOON, article

SITE = "example.com"
DAY = "articles/date=2026-11-23"
TOMORROW = date(2026, 11, 24)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "state" / "ledger.db") as opened:
        yield opened


def _publish(ledger: Ledger, output: Path, *numbers: int) -> None:
    """Each story in a part of its own."""
    for number in numbers:
        ledger.accept(article(number))
        Publisher(ledger, output).publish(SITE)


def _stories(output: Path) -> list[str]:
    found: list[str] = sorted(table_of_dataset(output)["article_id"].to_pylist())
    return found


def _parts(output: Path) -> list[str]:
    return sorted(path.name for path in (output / DAY).iterdir())


def test_parts_of_a_day_that_is_over_become_one(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2, 3)
    (done,) = compact(ledger, tmp_path, today=TOMORROW)
    assert (done.folder, done.before, done.after) == (DAY, 3, 1)
    (name,) = _parts(tmp_path)
    assert pq.read_schema(tmp_path / DAY / name).equals(SCHEMAS["articles"])
    assert _stories(tmp_path) == ["story-1", "story-2", "story-3"]
    assert [part.path for part in ledger.parts()] == [f"{DAY}/{name}"]
    assert verify(ledger, tmp_path) == []
    assert compact(ledger, tmp_path, today=TOMORROW) == [], "there is nothing left to do"


def test_day_that_is_not_over_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2)
    assert compact(ledger, tmp_path, today=date(2026, 11, 23)) == []
    assert len(_parts(tmp_path)) == 2


def test_parts_grow_to_the_size_that_was_asked_for(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2, 3, 4)
    size = max(part.bytes for part in ledger.parts())
    compact(ledger, tmp_path, today=TOMORROW, part_mb=2.1 * size / 1_000_000)
    assert len(_parts(tmp_path)) == 2


def test_replaced_parts_stay_readable_for_the_time_of_grace(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2)
    before = _parts(tmp_path)
    compact(ledger, tmp_path, today=TOMORROW)
    kept = tmp_path / "state" / "replaced"
    assert sorted(path.name for path in kept.rglob("*.parquet")) == before
    compact(ledger, tmp_path, today=TOMORROW, grace=timedelta(0))
    assert not any(kept.rglob("*.parquet"))


def test_part_that_a_crawl_writes_meanwhile_is_kept(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(ledger, tmp_path, 1, 2)
    plan = Ledger.plan_replacement

    def plan_while_a_crawl_publishes(*args: object) -> object:
        _publish(ledger, tmp_path, 3)
        return plan(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "plan_replacement", plan_while_a_crawl_publishes)
    compact(ledger, tmp_path, today=TOMORROW)
    assert _stories(tmp_path) == ["story-1", "story-2", "story-3"]
    assert verify(ledger, tmp_path) == []


class _Cut(Exception):
    """The process ends here."""


@pytest.mark.parametrize(
    "step", ["write_part", "_link_others", "exchange_folders", "_record", "_keep"]
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_compaction_cut_off_anywhere_is_put_right_by_the_next(
    ledger: Ledger, tmp_path: Path, step: str, when: str
) -> None:
    _publish(ledger, tmp_path, 1, 2)
    original = getattr(compaction, step)

    def cut(*args: object) -> None:
        if when == "after":
            original(*args)
        raise _Cut

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compaction, step, cut)
        with pytest.raises(_Cut):
            compact(ledger, tmp_path, today=TOMORROW)
    assert _stories(tmp_path) == ["story-1", "story-2"], "readable between the steps"
    compact(ledger, tmp_path, today=TOMORROW)
    assert len(_parts(tmp_path)) == 1
    assert _stories(tmp_path) == ["story-1", "story-2"]
    assert verify(ledger, tmp_path) == []


def test_reader_counts_each_row_once_or_is_told(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2)
    counts: set[int] = set()
    done = threading.Event()

    def poll() -> None:
        while not done.is_set():
            try:
                counts.add(len(_stories(tmp_path)))
            except (FileNotFoundError, DatasetError):  # listed before, opened after
                continue

    reader = threading.Thread(target=poll)
    reader.start()
    for _ in range(10):
        _publish_again(ledger, tmp_path)
    done.set()
    reader.join()
    assert counts == {2}


def _publish_again(ledger: Ledger, output: Path) -> None:
    """Swap one part for two and back, as compaction does with days."""
    fresh = output / "state" / "compaction" / DAY
    fresh.mkdir(parents=True)
    table = pa.concat_tables(pq.read_table(output / DAY / name) for name in _parts(output))
    names = ("a", "b") if len(_parts(output)) == 1 else ("c",)
    for place, name in enumerate(names):
        write_part(table.slice(place, 2 // len(names)), fresh / f"{name}.parquet")
    exchange_folders(fresh, output / DAY)
    compaction._keep(output, fresh, DAY)


def test_damaged_part_is_not_merged(ledger: Ledger, tmp_path: Path) -> None:
    _publish(ledger, tmp_path, 1, 2)
    damaged = tmp_path / DAY / _parts(tmp_path)[0]
    content = bytearray(damaged.read_bytes())
    content[100] ^= 0xFF
    damaged.write_bytes(content)
    with pytest.raises(DatasetError, match="not as it was published"):
        compact(ledger, tmp_path, today=TOMORROW)
    assert len(_parts(tmp_path)) == 2


def test_old_schema_is_brought_to_the_current_one(ledger: Ledger, tmp_path: Path) -> None:
    _publish_in_version_1(ledger, tmp_path)
    assert [fault.what for fault in verify(ledger, tmp_path)] == ["schema"]
    before = plain_rows(table_of_dataset(tmp_path))
    assert len(migrate(ledger, tmp_path)) == 1
    assert verify(ledger, tmp_path) == []
    (row,) = plain_rows(table_of_dataset(tmp_path))
    assert [row] == before, "our own commands read old parts too"
    assert (row["article_id"], row["conflicts"]) == ("story-1", None)
    assert row["fetched_at"] == NOON.astimezone(UTC)
    assert row["field_sources"] == article(1).field_sources
    assert migrate(ledger, tmp_path) == []


def test_no_part_is_added_beside_parts_of_an_older_schema(ledger: Ledger, tmp_path: Path) -> None:
    _publish_in_version_1(ledger, tmp_path)
    publisher = Publisher(ledger, tmp_path)
    with pytest.raises(DatasetError, match=r"1 parts in .*: scrapy dataset migrate"):
        publisher.refuse_old_parts()
    migrate(ledger, tmp_path)
    publisher.refuse_old_parts()


def _publish_in_version_1(ledger: Ledger, output: Path) -> None:
    """A part as the first version wrote it: with maps, and without a column that came later."""
    new = SCHEMAS["articles"]
    place = new.get_field_index("field_sources")
    old = new.set(place, pa.field("field_sources", pa.map_(pa.string(), pa.string())))
    old = old.remove(old.get_field_index("conflicts"))
    _publish(ledger, output, 1)
    (part,) = ledger.parts()
    path = output / part.path
    table = pq.read_table(path, partitioning=None)
    maps = [[(e["key"], e["value"]) for e in row] for row in table["field_sources"].to_pylist()]
    columns = [
        pa.array(maps, field.type) if pa.types.is_map(field.type) else table[field.name]
        for field in old
    ]
    schema = old.with_metadata(new.metadata | {b"broadsheet.schema_version": b"1"})
    write_part(pa.Table.from_arrays(columns, schema=schema), path)
    size, checksum = path.stat().st_size, sha256_of(path)
    ledger.record(part, rows=1, size=size, checksum=checksum, schema_version=1)


def test_second_compaction_at_once_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with (
        compaction._only_one(tmp_path),
        pytest.raises(DatasetError, match="another compaction"),
    ):
        compact(ledger, tmp_path, today=datetime.now(UTC).date())
