"""The latest runs of a site, quickly: health and `scrapy status` look at hundreds of them.

`runs/` holds them all, one small part per run. Beside it stands a copy of the latest ones,
`state/history/<site>.jsonl`, one row per line. It is no truth of its own: delete it, and it is
made again from `runs/`.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.places import OutputDir, has_dataset, state_dir
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import plain_rows
from pipelines.errors import DatasetError
from pipelines.rows import Row, Run, run_of, run_row

# Lines beyond the wanted ones that may gather before the file is written anew.
_SLACK = 200
_TIMES = ("started_at", "finished_at")


def recent_runs(output_dir: OutputDir, site: str, count: int) -> list[Run]:
    """The last `count` runs of `site`, oldest first. Raises DatasetError."""
    path = _path(output_dir, site)
    if path.exists():
        rows = _rows_of_lines(path.read_text("utf-8"))
    else:
        rows = _rows_of_dataset(output_dir, site)[-count:]
        with suppress(OSError):  # who may only read, reads the dataset each time
            _write(path, rows)
    return [run_of(row) for row in rows if row.get("site") == site][-count:]


def remember_run(output_dir: OutputDir, run: Run, count: int) -> None:
    """Add a published run; the caller holds the site's lock. Raises DatasetError."""
    path = _path(output_dir, run.site)
    line = json.dumps(run_row(run), ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and len(rows := _rows_of_lines(path.read_text("utf-8"))) > count + _SLACK:
            _write(path, rows[-count:])
        with path.open("a", encoding="utf-8") as file:
            # A line that a killed run left half-written must not swallow this one.
            file.write(line if _ends_in_newline(path) else "\n" + line)
    except OSError as error:
        raise DatasetError(f"{path} cannot be written: {error}; make room or rights") from error


def sites_with_runs(output_dir: OutputDir) -> list[str]:
    """The names of all sites that have been crawled into this folder."""
    files = sorted((state_dir(output_dir) / "history").glob("*.jsonl"))
    if not files and has_dataset(output_dir, "runs"):
        table = open_dataset(output_dir, "runs").to_table(columns=["site"])
        return sorted(set(table["site"].to_pylist()))
    first_rows = (next(_iterate(path.read_text("utf-8")), {}) for path in files)
    return sorted({row["site"] for row in first_rows if "site" in row})


def _path(output_dir: OutputDir, site: str) -> Path:
    return state_dir(output_dir) / "history" / f"{quote(site, safe='')[:200]}.jsonl"


def _rows_of_dataset(output_dir: OutputDir, site: str) -> list[Row]:
    if not has_dataset(output_dir, "runs"):
        return []
    try:
        table = open_dataset(output_dir, "runs").to_table(filter=pc.field("site") == site)
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"the runs in {output_dir} cannot be read: {error}") from error
    for name in _TIMES:
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table.column(name).cast(pa.int64()))
    return plain_rows(table.sort_by("started_at"))


def _write(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    draft.replace(path)


def _rows_of_lines(text: str) -> list[Row]:
    return list(_iterate(text))


def _iterate(text: str) -> Iterator[Row]:
    """The rows of a file of lines, without a line that was cut by a kill."""
    for line in text.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield row


def _ends_in_newline(path: Path) -> bool:
    size = path.stat().st_size
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read() == b"\n"
