"""Parts in an object store, rewritten one by one: a new object takes the place of the old one."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dataset.files import sha256_of, write_part
from pipelines.dataset.places import ObjectStore, read_bytes, state_dir, upload
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
    """Bring every part of another schema to the current one, under its own name.

    A run that is cut off is finished by the next. Raises DatasetError.
    """
    try:
        return [
            Rewritten(part.path, 1, 1) for part in ledger.parts() if _migrate(ledger, store, part)
        ]
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(
            f"the dataset in {store} cannot be rewritten: {error}; run the same command again"
        ) from error


def _migrate(ledger: Ledger, store: ObjectStore, part: PublishedPart) -> bool:
    """Whether the part had another schema, or its record did."""
    content = read_bytes(store, part.path)
    if content is None:
        raise DatasetError(f"the part {store / part.path} is missing; see: scrapy dataset verify")
    table = pq.read_table(pa.BufferReader(content))
    draft = state_dir(store) / "parts" / f"{part.path.rpartition('/')[2]}.draft"
    if is_current(part.dataset, table.schema):
        if not ledger.parts_of_other_schemas(SCHEMA_VERSION):
            return False
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
    else:
        write_part(sort(part.dataset, conform(part.dataset, table)), draft)
        upload(draft, store, part.path)
    ledger.record(
        part,
        rows=table.num_rows,
        size=draft.stat().st_size,
        checksum=sha256_of(draft),
        schema_version=SCHEMA_VERSION,
    )
    draft.unlink()
    return True
