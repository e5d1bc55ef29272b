"""Transactions, and errors that say what to do."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.errors import LedgerError


class Database:
    """An open state file: what every part of the ledger stands on."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise LedgerError(
                f"the ledger {self.path} cannot be written: {error}. What was accepted before "
                "is safe; make room or rights and run the same command again"
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _row(self, query: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        """The first row of a query; None when there is none."""
        return next(iter(self._rows(query, values)), None)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises LedgerError."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise LedgerError(
                f"the ledger {self.path} cannot be read: {error}. Restore it from a backup, or "
                "move it away and run: scrapy dataset rebuild-ledger"
            ) from error
