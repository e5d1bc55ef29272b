"""Few large parts instead of many small ones, while crawls write and readers read.

    write     the merged part, under state/compaction/ beside links to all other files of the day
    plan      the ledger notes which parts it will replace                  (transaction)
    exchange  the day's folder and the new one swap their names             (one system call)
    record    the new part is published, the replaced ones are forgotten    (transaction)
    keep      the old folder, under state/replaced/ for a time of grace

A kill between two steps is put right by the next compaction. Who lists the folder finds all
old files or all new ones. A reader that listed it before the exchange and opens a file after
it gets "no such file", never a wrong count: it runs again.
"""

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from pipelines.dataset.files import exchange_folders, sha256_of, sync_folder, write_part
from pipelines.dataset.objects import Rewritten, migrate_objects
from pipelines.dataset.places import ObjectStore, OutputDir
from pipelines.dataset.publisher import folders_lock, new_part_path
from pipelines.dataset.schema import SCHEMA_VERSION, conform, is_current, sort
from pipelines.errors import ConfigError, DatasetError
from pipelines.ledger import Ledger, Part, PublishedPart

DEFAULT_PART_MB = 128
"""A merged part is read into memory whole: about ten times its size."""
DEFAULT_GRACE = timedelta(hours=24)

Groups = list[list[PublishedPart]]


def compact(
    ledger: Ledger,
    output_dir: OutputDir,
    *,
    today: date,
    part_mb: float = DEFAULT_PART_MB,
    grace: timedelta = DEFAULT_GRACE,
) -> list[Rewritten]:
    """Merge the small parts of every day before `today`, up to `part_mb` megabytes each.

    Raises DatasetError when a part is missing or damaged, or when another compaction runs,
    ConfigError for an object store: it has no folders that could be exchanged in one step.
    """
    if isinstance(output_dir, ObjectStore):
        raise ConfigError(
            f"{output_dir} is an object store: no reader could count its rows once while parts "
            "are merged. Publish fewer and larger parts (PUBLISH_ROWS, fewer runs), or take one "
            "file out with: scrapy dataset export FILE"
        )

    def group(folder: str, parts: list[PublishedPart]) -> Groups:
        is_over = folder.rpartition("date=")[2] < today.isoformat()
        return _groups(parts, int(part_mb * 1_000_000)) if is_over else []

    return _rewrite(ledger, output_dir, group, grace)


def migrate(
    ledger: Ledger, output_dir: OutputDir, *, grace: timedelta = DEFAULT_GRACE
) -> list[Rewritten]:
    """Bring every part of another schema to the current one, each on its own.

    In an object store each part is put anew under its own name, which is one step for a reader.
    Raises DatasetError where a column that is required cannot be filled.
    """
    if isinstance(output_dir, ObjectStore):
        return migrate_objects(ledger, output_dir)
    folder = output_dir

    def group(_: str, parts: list[PublishedPart]) -> Groups:
        return [[part] for part in parts if not _is_current(folder, part)]

    return _rewrite(ledger, folder, group, grace)


def _is_current(output_dir: Path, part: PublishedPart) -> bool:
    return is_current(part.dataset, pq.read_schema(output_dir / part.path))


def _rewrite(
    ledger: Ledger,
    output_dir: Path,
    group: Callable[[str, list[PublishedPart]], Groups],
    grace: timedelta,
) -> list[Rewritten]:
    with _only_one(output_dir), _told(output_dir):
        _recover(ledger, output_dir)
        _empty_replaced(output_dir, grace)
        return [
            _rewrite_day(ledger, output_dir, folder, groups)
            for folder, parts in _by_folder(ledger.parts()).items()
            if (groups := group(folder, parts))
        ]


@contextmanager
def _only_one(output_dir: Path) -> Iterator[None]:
    try:
        with FileLock(output_dir / "state" / "compaction.lock", blocking=False):
            yield
    except Timeout as error:
        raise DatasetError(
            f"another compaction of {output_dir} is running (it holds {error.lock_file})"
        ) from None


@contextmanager
def _told(output_dir: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(
            f"the dataset in {output_dir} cannot be rewritten: {error}. It is as it was; look "
            "with: scrapy dataset verify"
        ) from error


def _by_folder(parts: list[PublishedPart]) -> dict[str, list[PublishedPart]]:
    folders: dict[str, list[PublishedPart]] = defaultdict(list)
    for part in parts:
        folders[part.path.rpartition("/")[0]].append(part)
    return folders


def _groups(parts: list[PublishedPart], most_bytes: int) -> Groups:
    """Parts that fit together into one of `most_bytes`, where that makes fewer of them."""
    groups: Groups = []
    room = 0
    for part in sorted(parts, key=lambda part: part.bytes):
        if part.bytes > room:
            groups.append([])
            room = most_bytes
        groups[-1].append(part)
        room -= part.bytes
    return [group for group in groups if len(group) > 1]


def _rewrite_day(ledger: Ledger, output_dir: Path, folder: str, groups: Groups) -> Rewritten:
    fresh = _fresh_folder(output_dir, folder)
    made = [_merge(ledger, output_dir, fresh, group) for group in groups]
    replaced = {Path(part.path).name for group in groups for part in group}
    with folders_lock(output_dir):
        _link_others(output_dir / folder, fresh, replaced)
        exchange_folders(fresh, output_dir / folder)
    for part in made:
        _record(ledger, output_dir, part)
    _keep(output_dir, fresh, folder)
    return Rewritten(folder, len(replaced), len(made))


def _fresh_folder(output_dir: Path, folder: str) -> Path:
    fresh = output_dir / "state" / "compaction" / folder
    fresh.mkdir(parents=True)
    return fresh


def _merge(ledger: Ledger, output_dir: Path, fresh: Path, group: list[PublishedPart]) -> Part:
    """Write the rows of some parts as one, and plan the replacement."""
    dataset, day = group[0].dataset, group[0].path.split("/")[1].removeprefix("date=")
    tables = [conform(dataset, _read(output_dir / part.path, part)) for part in group]
    path = new_part_path(dataset, day)
    write_part(sort(dataset, pa.concat_tables(tables)), fresh / Path(path).name)
    return ledger.plan_replacement(dataset, path, group)


def _read(path: Path, part: PublishedPart) -> pa.Table:
    if sha256_of(path) != part.checksum:
        raise DatasetError(
            f"the part {path} is not as it was published; it is not merged. Restore it from a "
            "backup, or look with: scrapy dataset verify"
        )
    return pq.read_table(path, partitioning=None, page_checksum_verification=True)


def _link_others(folder: Path, fresh: Path, replaced: set[str]) -> None:
    """Every file of the day that is not replaced: parts that a crawl has just written too."""
    for file in folder.iterdir():
        if file.name not in replaced:
            os.link(file, fresh / file.name)
    sync_folder(fresh)


def _record(ledger: Ledger, output_dir: Path, part: Part) -> None:
    path = output_dir / part.path
    ledger.finish_replacement(
        part,
        rows=pq.read_metadata(path).num_rows,
        size=path.stat().st_size,
        checksum=sha256_of(path),
        schema_version=SCHEMA_VERSION,
    )


def _recover(ledger: Ledger, output_dir: Path) -> None:
    """Finish or undo what a compaction left that was cut off."""
    for part in ledger.planned_replacements():
        if (output_dir / part.path).exists():
            _record(ledger, output_dir, part)
        else:
            ledger.cancel_replacement(part)
    shutil.rmtree(output_dir / "state" / "compaction", ignore_errors=True)


def _keep(output_dir: Path, old: Path, folder: str) -> None:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    kept = output_dir / "state" / "replaced" / stamp / folder
    kept.parent.mkdir(parents=True)
    old.replace(kept)


def _empty_replaced(output_dir: Path, grace: timedelta) -> None:
    replaced = output_dir / "state" / "replaced"
    for kept in replaced.iterdir() if replaced.exists() else ():
        if time.time() - kept.stat().st_mtime >= grace.total_seconds():
            shutil.rmtree(kept)
