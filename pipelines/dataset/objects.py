"""Parts in an object store, rewritten one by one: a new object takes the place of the old one."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dataset.files import write_part
from pipelines.dataset.places import ObjectStore, read_bytes, sha256, state_dir, upload
from pipelines.dataset.schema import SCHEMA_VERSION, conform, is_current, sort
from pipelines.errors import DatasetError
from pipelines.ledger import Ledger, PublishedPart


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done to one day of one dataset."""

    folder: str
    """Below OUTPUT_DIR."""
    before: int
    """Parts that were replaced."""
    after: int
    """Parts that stand in their place."""


def migrate_objects(ledger: Ledger, store: ObjectStore) -> list[Rewritten]:
    """Bring every part that is recorded with another schema to the current one, under its name.

    A run that is cut off is finished by the next. Raises DatasetError.
    """
    old = [part for part in ledger.parts() if part.schema_version != SCHEMA_VERSION]
    try:
        for part in old:
            _migrate(ledger, store, part)
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(
            f"the dataset in {store} cannot be rewritten: {error}; run the same command again"
        ) from error
    return [Rewritten(part.path, 1, 1) for part in old]


def _migrate(ledger: Ledger, store: ObjectStore, part: PublishedPart) -> None:
    content = read_bytes(store, part.path)
    is_as_published = content is not None and sha256(content) == part.checksum
    table = pq.read_table(pa.BufferReader(content or b""))
    if is_as_published:
        content = _put_anew(store, part, table)
    elif not is_current(part.dataset, table.schema):  # else cut off before its record
        raise DatasetError(f"{store / part.path} is not as it was published: scrapy dataset verify")
    assert content is not None
    ledger.record(
        part,
        rows=table.num_rows,
        size=len(content),
        checksum=sha256(content),
        schema_version=SCHEMA_VERSION,
    )


def _put_anew(store: ObjectStore, part: PublishedPart, table: pa.Table) -> bytes:
    """The new content of a part, which stands under its name."""
    draft = state_dir(store) / "parts" / f"{part.path.rpartition('/')[2]}.draft"
    write_part(sort(part.dataset, conform(part.dataset, table)), draft)
    upload(draft, store, part.path)
    content = draft.read_bytes()
    draft.unlink()
    return content
