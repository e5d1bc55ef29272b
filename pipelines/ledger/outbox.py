"""Finished rows on their way into Parquet parts."""

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from pipelines.ledger.database import Database
from pipelines.rows import Row, Values, day_of, microseconds, values_of


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file: its place below OUTPUT_DIR was fixed before it is written."""

    number: int
    dataset: str
    path: str


@dataclass(frozen=True, slots=True)
class PublishedPart(Part):
    """A part as it was recorded."""

    rows: int
    bytes: int
    checksum: str
    schema_version: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Rows of one dataset, site and day that wait for publication."""

    dataset: str
    site: str
    day: str
    rows: int


class Outbox(Database):
    """Rows that are in no published part yet, and the parts that are."""

    def pending(self, site: str) -> list[Pending]:
        """The rows of `site` that were not allotted to a part yet, by dataset and day."""
        rows = self._rows(
            "SELECT dataset, site, day, count(*) FROM outbox "
            "WHERE site = ? AND part IS NULL GROUP BY dataset, day",
            (site,),
        )
        return [Pending(*row) for row in rows]

    def pending_sites(self) -> list[str]:
        """The sites that have unpublished rows."""
        return [row[0] for row in self._rows("SELECT DISTINCT site FROM outbox")]

    def waiting_articles(self) -> dict[str, int]:
        """Site -> articles that are accepted and in no published part yet."""
        query = "SELECT site, count(*) FROM outbox WHERE dataset = 'articles' GROUP BY site"
        return dict(self._rows(query))

    def allot(self, pending: Pending, path: str) -> Part:
        """Fix the name of the part into which these rows go; the first step of publication."""
        with self._transaction():
            number = self._connection.execute(
                "INSERT INTO parts (dataset, path, published) VALUES (?, ?, 0)",
                (pending.dataset, path),
            ).lastrowid
            self._connection.execute(
                "UPDATE outbox SET part = ? WHERE row IN (SELECT row FROM outbox "
                "WHERE dataset = ? AND site = ? AND day = ? AND part IS NULL "
                "ORDER BY row LIMIT ?)",
                (number, pending.dataset, pending.site, pending.day, pending.rows),
            )
        return Part(number or 0, pending.dataset, path)

    def allotted(self, site: str) -> list[Part]:
        """Parts of `site` that were allotted but not recorded: a publication was cut off."""
        rows = self._rows(
            "SELECT part, dataset, path FROM parts WHERE part IN "
            "(SELECT part FROM outbox WHERE site = ? AND part IS NOT NULL)",
            (site,),
        )
        return [Part(*row) for row in rows]

    def rows_of(self, part: Part) -> list[Row]:
        """The rows that were allotted to `part`, in the order of their acceptance."""
        rows = self._rows("SELECT json FROM outbox WHERE part = ? ORDER BY row", (part.number,))
        return [json.loads(row[0]) for row in rows]

    def drop_waiting(self, dataset: str, names: Sequence[str], keys: Set[Values]) -> None:
        """Empty the outbox of the rows whose values of the columns `names` are among `keys`."""
        waiting = self._rows("SELECT row, json FROM outbox WHERE dataset = ?", (dataset,))
        found = [
            (number,) for number, text in waiting if values_of(json.loads(text), names) in keys
        ]
        with self._transaction():
            self._connection.executemany("DELETE FROM outbox WHERE row = ?", found)

    def record(
        self, part: Part, *, rows: int, size: int, checksum: str, schema_version: int
    ) -> None:
        """Record a part whose file has its final name, and empty its rows from the outbox.

        The last step of publication; one transaction. `size` is in bytes.
        """
        with self._transaction():
            self._connection.execute(
                "UPDATE parts SET published = 1, rows = ?, bytes = ?, checksum = ?, "
                "schema_version = ? WHERE part = ?",
                (rows, size, checksum, schema_version, part.number),
            )
            self._connection.execute("DELETE FROM outbox WHERE part = ?", (part.number,))

    # Parts that replace others

    def parts(self) -> list[PublishedPart]:
        """Every published part, in the order of publication."""
        rows = self._rows(
            "SELECT part, dataset, path, rows, bytes, checksum, schema_version FROM parts "
            "WHERE published = 1 ORDER BY part"
        )
        return [PublishedPart(*row) for row in rows]

    def parts_of_other_schemas(self, schema_version: int) -> int:
        """How many published parts have another version of the schema than this."""
        row = self._row(
            "SELECT count(*) FROM parts WHERE published = 1 AND schema_version != ?",
            (schema_version,),
        )
        return int(row[0]) if row else 0

    def unrecorded(self) -> list[Part]:
        """Parts that have a name, and perhaps a file, but are not recorded yet."""
        rows = self._rows("SELECT part, dataset, path FROM parts WHERE published = 0")
        return [Part(*row) for row in rows]

    def plan_replacement(self, dataset: str, path: str, replaced: Iterable[Part]) -> Part:
        """Fix the name of a part that will stand in place of others."""
        with self._transaction():
            number = self._connection.execute(
                "INSERT INTO parts (dataset, path, published) VALUES (?, ?, 0)", (dataset, path)
            ).lastrowid
            self._connection.executemany(
                "UPDATE parts SET replaced_by = ? WHERE part = ?",
                [(number, part.number) for part in replaced],
            )
        return Part(number or 0, dataset, path)

    def planned_replacements(self) -> list[Part]:
        """Replacements that were planned and neither finished nor cancelled."""
        rows = self._rows(
            "SELECT part, dataset, path FROM parts WHERE published = 0 "
            "AND part IN (SELECT replaced_by FROM parts)"
        )
        return [Part(*row) for row in rows]

    def finish_replacement(
        self, part: Part, *, rows: int, size: int, checksum: str, schema_version: int
    ) -> None:
        """Record the new part and forget those that it replaced; one transaction."""
        with self._transaction():
            self._connection.execute(
                "UPDATE parts SET published = 1, rows = ?, bytes = ?, checksum = ?, "
                "schema_version = ? WHERE part = ?",
                (rows, size, checksum, schema_version, part.number),
            )
            self._connection.execute("DELETE FROM parts WHERE replaced_by = ?", (part.number,))

    def cancel_replacement(self, part: Part) -> None:
        """Forget the new part: the old ones stay."""
        with self._transaction():
            self._connection.execute(
                "UPDATE parts SET replaced_by = NULL WHERE replaced_by = ?", (part.number,)
            )
            self._connection.execute("DELETE FROM parts WHERE part = ?", (part.number,))

    def restore_part(
        self, dataset: str, path: str, *, rows: int, size: int, checksum: str, schema_version: int
    ) -> None:
        """Take a part that is there into a ledger that does not know it."""
        with self._transaction():
            self._connection.execute(
                "INSERT INTO parts (dataset, path, published, rows, bytes, checksum, "
                "schema_version) VALUES (?, ?, 1, ?, ?, ?, ?)",
                (dataset, path, rows, size, checksum, schema_version),
            )

    # Inside

    def _put(self, dataset: str, row: Row, at: datetime) -> None:
        self._connection.execute(
            "INSERT INTO outbox (dataset, site, day, json) VALUES (?, ?, ?, ?)",
            (dataset, row["site"], day_of(microseconds(at)), json.dumps(row, ensure_ascii=False)),
        )
