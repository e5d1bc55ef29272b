"""Ledgers of older versions: brought to the current tables when they are opened, or refused."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import table_of_dataset
from pipelines.errors import LedgerError
from pipelines.ledger import Ledger
from pipelines.ledger.schema import STEPS, connect, prepare
from pipelines.rows import article_row
from tests.dataset.samples import NOON, article

SITE = "example.com"
STEP = """
CREATE TABLE tides (hour INTEGER PRIMARY KEY);  -- a harbour's; it has two
ALTER TABLE urls ADD COLUMN tide INTEGER;
INSERT INTO tides VALUES (6);
"""


def _ledger_of_version_1(path: Path) -> None:
    """As the first release made it, with one story that waits for its publication."""
    connection = connect(path)
    prepare(connection, path, STEPS[:1])
    key = "https://example.com/1"
    connection.execute(
        "INSERT INTO urls VALUES (?, ?, 'stored', NULL, 'story-1', 0, NULL)", (SITE, key)
    )
    connection.execute(
        "INSERT INTO stories VALUES (1, 'story-1', ?, ?, ?, 'story-1', 'hash-1', 0, 1, 0, NULL, "
        "NULL, NULL, NULL)",
        (SITE, key, key),
    )
    row = json.dumps(article_row(article(1)))
    connection.execute(
        "INSERT INTO outbox VALUES (1, 'articles', ?, '2026-11-23', NULL, ?)", (SITE, row)
    )
    connection.execute("INSERT INTO lessons VALUES (?, 'example.com/{slug}', 7, 1)", (SITE,))
    connection.close()


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def _open_with(path: Path, *more_steps: str) -> Ledger:
    connection = connect(path)
    prepare(connection, path, (*STEPS, *more_steps))
    return Ledger(connection, path)


def test_ledger_of_version_1_is_brought_to_the_current_one(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _ledger_of_version_1(path)
    assert _version(path) == 1
    with Ledger.open(path) as ledger:
        assert ledger.is_known(SITE, "https://example.com/1", NOON)
        assert ledger.pattern_counts(SITE) == {"example.com/{slug}": (7, 1)}
        assert [story.article_id for story in ledger.stories_with_content("hash-1")] == ["story-1"]
        ledger.accept(article(1, revision=2))
        Publisher(ledger, tmp_path).publish(SITE)
    assert table_of_dataset(tmp_path)["revision"].to_pylist() == [1, 2]
    assert _version(path) == len(STEPS)


def test_a_step_keeps_what_is_there_and_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _ledger_of_version_1(path)
    for _ in range(2):
        with _open_with(path, STEP) as ledger:
            assert ledger.is_known(SITE, "https://example.com/1", NOON)
            assert ledger._rows("SELECT hour, (SELECT tide FROM urls) FROM tides") == [(6, None)]
    assert _version(path) == len(STEPS) + 1


def test_a_step_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with pytest.raises(sqlite3.Error, match="no such table: nowhere"):
        _open_with(path, STEP + "INSERT INTO nowhere VALUES (1);")
    assert _version(path) == len(STEPS)
    with Ledger.open(path) as ledger:
        assert not ledger._rows("SELECT 1 FROM sqlite_schema WHERE name = 'tides'")


def test_many_that_open_an_old_ledger_at_once_take_each_step_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _ledger_of_version_1(path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _open_and_close(path), range(16)))
    with _open_with(path, STEP) as ledger:
        assert ledger._rows("SELECT count(*) FROM tides") == [(1,)]


def _open_and_close(path: Path) -> None:
    with _open_with(path, STEP):
        pass


def test_ledger_from_before_the_first_release_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE stories DROP COLUMN gone_at")
    connection.close()
    with pytest.raises(LedgerError, match=r"not the tables of schema \d+: .*rebuild-ledger"):
        Ledger.open(path)
