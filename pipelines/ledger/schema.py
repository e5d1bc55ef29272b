"""How the file of a ledger is opened, and brought to the current tables step by step."""

import sqlite3
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from pipelines.errors import LedgerError

# "Brds": SQLite keeps it in the file's header, so that `file` and we can tell a ledger.
APPLICATION_ID = 0x42726473
# How long a writer waits for another process before it gives up.
BUSY_TIMEOUT_MS = 30_000
# Pages that are kept in memory; the system's cache holds the rest.
CACHE_KB = 64 * 1024
# Scripts that each take a ledger one version further (steps/README.txt); the first makes it.
STEPS = tuple(
    step.read_text("utf-8")
    for step in sorted(files(f"{__package__}.steps").iterdir(), key=lambda step: step.name)
    if step.name.endswith(".sql")
)


def connect(path: Path) -> sqlite3.Connection:
    """The file at `path`, opened; made when it does not exist."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def prepare(connection: sqlite3.Connection, path: Path, steps: Sequence[str] = STEPS) -> None:
    """Bring the tables to the version that all `steps` give; those of a new ledger too.

    Raises LedgerError for a file that is something else, newer than this program, or from
    before the first release.
    """
    version = _version_of(connection, path, steps)
    for number, step in enumerate(steps[version:], version + 1):
        _take(connection, number, step)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")


def _version_of(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> int:
    """How many steps the file has taken; 0 for a new one. Raises where it cannot be written."""
    connection.execute("BEGIN IMMEDIATE")  # nobody takes a step while we look
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    columns = _columns(connection)
    connection.execute("COMMIT")
    if columns and application != APPLICATION_ID:
        raise LedgerError(
            f"{path} is a SQLite file but not a ledger of Broadsheet (application_id "
            f"{application:#x}); move it away or name another OUTPUT_DIR"
        )
    if version > len(steps):
        raise LedgerError(
            f"the ledger {path} has schema {version}; this program knows {len(steps)}. "
            "Upgrade Broadsheet (pip install -U), or name another OUTPUT_DIR"
        )
    if columns != _columns_of(steps[:version]):
        raise LedgerError(
            f"the ledger {path} has not the tables of schema {version}: a program from before "
            "the first release made it. Make it anew from the dataset: scrapy dataset "
            "rebuild-ledger (the old file is kept beside it)"
        )
    return version


def _take(connection: sqlite3.Connection, number: int, step: str) -> None:
    """Take one step in one transaction, unless another process has just taken it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < number:
            for statement in _statements(step):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would commit the transaction around them.

    >>> list(_statements("CREATE TABLE a (x /* ; */); DROP TABLE a;"))
    ['CREATE TABLE a (x /* ; */);', ' DROP TABLE a;']
    """
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _columns(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Every table with each of its columns."""
    return set(
        connection.execute(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables "
            "JOIN pragma_table_info(tables.name) AS columns "
            "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'"
        )
    )


def _columns_of(steps: Sequence[str]) -> set[tuple[str, str]]:
    """What `_columns` gives after these steps."""
    connection = sqlite3.connect(":memory:")
    try:
        for step in steps:
            connection.executescript(step)
        return _columns(connection)
    finally:
        connection.close()
