"""verify, stats, export, rebuild-ledger, forget: what people do with a dataset."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from pipelines.dataset.export import export
from pipelines.dataset.publisher import Publisher
from pipelines.dataset.rebuild import rebuild_ledger
from pipelines.dataset.schema import SCHEMA_VERSION, SCHEMAS
from pipelines.dataset.stats import stats
from pipelines.dataset.verify import verify
from pipelines.dataset.where import parse_where
from pipelines.dedup.fingerprint import fingerprint
from pipelines.errors import ConfigError, SiteLocked
from pipelines.items import Article
from pipelines.ledger import Ledger
from pipelines.rejects import ConsentWall, HttpError
from pipelines.session import ledger_path
from tests.dataset.samples import NOON, article, page

SITE = "example.com"


def _written(number: int) -> Article:
    """A story with words of its own and the fingerprint of them."""
    text = " ".join(f"story{number} word{n}" for n in range(80))
    return article(number, text=text, fingerprint=fingerprint(text), word_count=100 * number)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger and a dataset of three stories in two parts and two rejects."""
    with Ledger.open(ledger_path(tmp_path)) as opened:
        opened.accept(_written(1))
        opened.accept(replace(_written(2), language="el", published_at=None, authors=()))
        Publisher(opened, tmp_path).publish(SITE)
        opened.accept(replace(_written(3), site="other.org"))
        opened.reject(page(7), ConsentWall("asks for consent"))
        opened.reject(page(8, status=410), HttpError("the server answered 410"))
        for site in opened.pending_sites():
            Publisher(opened, tmp_path).publish(site)
        yield opened


def _parts(output: Path) -> list[Path]:
    return sorted((output / "articles").rglob("*.parquet"))


# verify


def test_dataset_as_it_was_published_has_no_fault(ledger: Ledger, tmp_path: Path) -> None:
    assert verify(ledger, tmp_path) == []


def test_each_fault_is_named_with_its_part(ledger: Ledger, tmp_path: Path) -> None:
    missing, changed = _parts(tmp_path)
    missing.unlink()
    content = bytearray(changed.read_bytes())
    content[100] ^= 0xFF
    changed.write_bytes(content)
    (changed.parent / "notes.txt").write_text("left here by somebody")
    found = {(fault.what, Path(fault.path).name) for fault in verify(ledger, tmp_path)}
    assert found == {
        ("missing", missing.name),
        ("checksum", changed.name),
        ("unknown", "notes.txt"),
    }


def test_truncated_part_is_named(ledger: Ledger, tmp_path: Path) -> None:
    part = _parts(tmp_path)[0]
    part.write_bytes(part.read_bytes()[:200])
    assert [fault.what for fault in verify(ledger, tmp_path)] == ["size"]


def test_row_that_is_there_twice_is_found(ledger: Ledger, tmp_path: Path) -> None:
    part = _parts(tmp_path)[0]
    copy = part.with_name("part-copy.parquet")
    copy.write_bytes(part.read_bytes())
    first = next(p for p in ledger.parts() if p.path.endswith(part.name))
    path = copy.relative_to(tmp_path).as_posix()
    ledger.restore_part(
        "articles",
        path,
        rows=first.rows,
        size=first.bytes,
        checksum=first.checksum,
        schema_version=SCHEMA_VERSION,
    )
    assert [fault.what for fault in verify(ledger, tmp_path)] == ["repeated"]


# stats


@pytest.mark.usefixtures("ledger")
def test_stats_count_rows_sites_and_filled_columns(tmp_path: Path) -> None:
    articles, rejects = stats(tmp_path)
    assert (articles.rows, articles.sites) == (3, {"example.com": 2, "other.org": 1})
    assert (articles.days, articles.first_day, articles.parts) == (1, "2026-11-23", 2)
    assert articles.bytes == sum(part.stat().st_size for part in _parts(tmp_path))
    assert articles.coverage["published_at"] == 2
    assert articles.coverage["authors"] == 2, "an empty list is not filled"
    assert articles.coverage["text"] == 3
    assert (rejects.dataset, rejects.rows) == ("rejects", 2)


# export


@pytest.mark.usefixtures("ledger")
def test_every_format_holds_the_same_rows(tmp_path: Path) -> None:
    for end in ("jsonl", "csv", "parquet"):
        assert export(tmp_path, tmp_path / f"all.{end}") == 3
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    with (tmp_path / "all.csv").open(newline="") as file:
        cells = list(csv.DictReader(file))
    table = pq.read_table(tmp_path / "all.parquet")
    assert table.schema.equals(SCHEMAS["articles"])
    for rows in (lines, cells, table.to_pylist()):
        assert {row["article_id"] for row in rows} == {"story-1", "story-2", "story-3"}
    first = next(row for row in lines if row["article_id"] == "story-1")
    assert first["fetched_at"] == NOON.isoformat()
    assert first["field_sources"] == {"title": "jsonld", "authors": "meta"}
    cell = next(row for row in cells if row["article_id"] == "story-1")
    assert json.loads(cell["authors"]) == first["authors"]
    assert cell["text"] == first["text"]


@pytest.mark.usefixtures("ledger")
def test_filters_are_joined(tmp_path: Path) -> None:
    target = tmp_path / "some.jsonl"
    assert export(tmp_path, target, site="example.com") == 2
    assert export(tmp_path, target, since=NOON) == 3
    assert export(tmp_path, target, since=NOON + timedelta(seconds=1)) == 0
    assert export(tmp_path, target, site="example.com", where="language == 'el'") == 1
    assert export(tmp_path, target, dataset="rejects", where="reason == 'ConsentWall'") == 1


@pytest.mark.parametrize(
    ("where", "stories"),
    [
        ("word_count > 100", {2, 3}),
        ("100 < word_count <= 200", {2}),
        ("language is None and not word_count == 300", {1}),
        ("language is not None or word_count == 300", {2, 3}),
        ("site in ['other.org', 'third.org']", {3}),
        ("site not in ['other.org']", {1, 2}),
        ("'ferry' in title or 'Ferry' in title", {1, 2, 3}),
        ("published_at >= '2026-11-23' and published_at < '2026-11-23T18:00+02:00'", {1, 3}),
        ("300 == word_count", {3}),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_where_keeps(tmp_path: Path, where: str, stories: set[int]) -> None:
    target = tmp_path / "kept.parquet"
    export(tmp_path, target, where=where)
    kept = pq.read_table(target)["article_id"].to_pylist()
    assert set(kept) == {f"story-{number}" for number in stories}


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("word_count >", "'word_count >' ends too early; write for example"),
        ("word_count > 3 language", "cannot be read at 'language'"),
        ("word_cont > 3", "there is no column word_cont; there are article_id"),
        ("word_count > 'many'", "word_count is int32; 'many' is not"),
        ("published_at > 'soon'", "published_at is a time; 'soon' is none"),
        ("__import__('os').remove('x')", "is no comparison"),
        ("'x' in tags", "tags is list"),
        ("language is 'el'", "before None only"),
        ("text", "is no column of true and false"),
    ],
)
def test_wrong_filter_is_explained(where: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        parse_where(where, SCHEMAS["articles"])


@pytest.mark.usefixtures("ledger")
def test_export_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"must end in \.jsonl, \.csv, \.parquet"):
        export(tmp_path, tmp_path / "all.xlsx")
    with pytest.raises(ConfigError):
        export(tmp_path, tmp_path / "all.csv", where="nothing > 1")
    assert not [path for path in tmp_path.iterdir() if "all" in path.name]


# rebuild


def test_rebuilt_ledger_knows_what_the_old_one_knew(ledger: Ledger, tmp_path: Path) -> None:
    mark = _written(1).fingerprint
    assert mark is not None
    since = NOON - timedelta(days=1)
    before = (ledger.stored("story-1"), ledger.similar_stories(mark, since), ledger.parts())
    ledger.accept(replace(_written(4), url_key="https://example.com/4"))  # waits in the outbox
    ledger.close()
    done = rebuild_ledger(tmp_path, stamp="then")
    assert (done.stories, done.rejects, done.parts) == (4, 2, 4)
    with Ledger.open(ledger_path(tmp_path)) as new:
        assert (new.stored("story-1"), new.similar_stories(mark, since)) == before[:2]
        assert {part.path for part in before[2]} < {part.path for part in new.parts()}
        assert verify(new, tmp_path) == []
        assert new.story_at(SITE, ["https://example.com/4"]) == "story-4"
        assert new.is_known(SITE, "https://example.com/7", NOON + timedelta(hours=1))
        assert not new.is_known(SITE, "https://example.com/7", NOON + timedelta(hours=7))
        assert new.is_known(SITE, "https://example.com/8", NOON + timedelta(days=900))


def test_damaged_ledger_is_kept_beside_the_new_one(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    path = ledger_path(tmp_path)
    path.write_bytes(b"no database any more" * 100)
    done = rebuild_ledger(tmp_path, stamp="then")
    assert (done.stories, done.kept) == (3, f"{path}.then")
    assert Path(done.kept).read_bytes().startswith(b"no database")


def test_ledger_from_a_backup_loses_and_repeats_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.accept(_written(4))
    backup = tmp_path / "backup.db"
    with sqlite3.connect(ledger_path(tmp_path)) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    Publisher(ledger, tmp_path).publish(SITE)
    ledger.accept(_written(5))
    Publisher(ledger, tmp_path).publish(SITE)
    ledger.close()
    backup.replace(ledger_path(tmp_path))
    done = rebuild_ledger(tmp_path, stamp="then")
    assert done.stories == 5
    with Ledger.open(ledger_path(tmp_path)) as new:
        assert verify(new, tmp_path) == []
        assert new.story_at(SITE, ["https://example.com/5"]) == "story-5"


@pytest.mark.usefixtures("ledger")
def test_ledger_is_not_rebuilt_under_a_crawl(tmp_path: Path) -> None:

    (tmp_path / "state" / "locks").mkdir()
    with (
        FileLock(tmp_path / "state" / "locks" / "example.com.lock"),
        pytest.raises(SiteLocked, match=r"example\.com\.lock"),
    ):
        rebuild_ledger(tmp_path, stamp="then")


# forget


def test_forgotten_urls_are_fetched_again_and_others_not(ledger: Ledger) -> None:
    assert ledger.forget_urls("https://example.com/?", "other.org") == 1
    assert ledger.forget_rejects("ConsentWall") == 1
    assert not ledger.is_known(SITE, "https://example.com/7", NOON)
    assert ledger.is_known(SITE, "https://example.com/8", NOON)
    assert ledger.forget_site(SITE) == 3
    assert not ledger.is_known(SITE, "https://example.com/1", NOON)
    assert ledger.stored("story-1") is not None, "the story is there: no second row of it"
