"""Sets of saved pages with their truth, as the benchmarks read them.

A set is a folder with `truth.jsonl` and gzipped pages, or one file `*_tune.jsonl.xz` or
`*_report.jsonl.xz`, whose rows hold their page under `html`:

```json
{"file": "pages/1.html.gz", "encoding": "utf-8", "url": "https://…", "site": "harbour.example",
 "title": "…", "date": "2026-11-01", "authors": ["Ann Lee"], "text": "…"}
```
"""

import functools
import gzip
import hashlib
import json
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.items import Page

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
PAGES = Path(__file__).with_name("pages")
"""Pages written for the benchmarks, by people who had not seen the rules."""
WRONG_USE = 2
"""The exit status where a set of pages cannot be read, as in the commands of the program."""
_NOW = datetime.now(UTC)
"""When the pages are said to be fetched: a date after it would not be believed."""
_FORMAT = "benchmarks/pagesets.py shows the format"


class PageSetError(Exception):
    """A set of pages cannot be read: which, what was found, and the way out."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One page and what its annotators say."""

    folder: Path
    row: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{name_of(self.folder)}/{self.row['file']}"

    @property
    def text(self) -> str:
        return str(self.row.get("text") or "")

    def page(self) -> Page:
        """The page as a crawl would have seen it; a URL is made up where none is known.

        Raises PageSetError.
        """
        site = self.row.get("site") or "unknown.example"
        html = self.row.get("html")
        return Page(
            url=self.row.get("url") or f"http://{site}/news/4711.html",
            body=self._saved() if html is None else html.encode(),
            encoding=self.row.get("encoding"),
            fetched_at=_NOW,
        )

    def _saved(self) -> bytes:
        path = self.folder / self.row["file"]
        try:
            return gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise PageSetError(f"{path} cannot be read: {error}; pages are gzipped") from error


def read_truth(folder: Path, half: str | None) -> Iterator[Truth]:
    """The pages of a set, or those of one half of its sites. Raises PageSetError.

    The halves of a folder are told by a hash of the site, that of a file by its name.
    """
    is_packed = folder.suffix == ".xz"
    if is_packed and half and not folder.name.startswith(f"{name_of(folder)}_{half}."):
        return
    path = folder if is_packed else folder / "truth.jsonl"
    for number, line in enumerate(_text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        row = _row_of(line)
        if fault := row if isinstance(row, str) else _fault_of(row, folder):
            raise PageSetError(f"{path}, line {number}: {fault}")
        assert isinstance(row, dict)
        if is_packed or half in (None, half_of(row.get("site") or "")):
            yield Truth(folder, row)


def _text_of(path: Path) -> str:
    """The rows of a set. Raises PageSetError."""
    try:
        data = path.read_bytes()
        return (lzma.decompress(data) if path.suffix == ".xz" else data).decode()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PageSetError(_missing(path)) from error
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise PageSetError(f"{path} cannot be read: {error}") from error


def _missing(path: Path) -> str:
    """What is said of a set that is not there."""
    if path.suffix == ".xz":
        return f"there is no file {path}"
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    names = ", ".join(inner.name for inner in sets_in(folder))
    way_out = f"give one of the sets in it: {names}" if names else _FORMAT
    return f"{folder} holds no truth.jsonl; {way_out}"


def _row_of(line: str) -> dict[str, Any] | str:
    """A line of truth, or what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        return f"it is no JSON: {error}"
    return row if isinstance(row, dict) else f"it is no JSON object; {_FORMAT}"


def _fault_of(row: dict[str, Any], folder: Path) -> str:
    """What is wrong with a row of truth; "" for nothing.

    >>> _fault_of({"file": "a", "html": "", "date": "May 2026"}, Path())
    "date is 'May 2026'; it must be a day or a time as 2026-11-01T08:30:00+00:00"
    >>> _fault_of({"file": "a.gz", "url": 5}, Path()), _fault_of({"file": "a", "html": ""}, Path())
    ('url is 5; it must be a text', '')
    """
    if not row.get("file"):
        return f"it names no file; {_FORMAT}"
    for key, (fits, wanted) in _FIELDS.items():
        if row.get(key) is not None and not fits(row[key]):
            return f"{key} is {row[key]!r}; it must be {wanted}"
    if row.get("html") is None and not (folder / row["file"]).is_file():
        return f"it names {row['file']}, and {folder} holds no such file; add it, or drop the line"
    return ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


_FIELDS: dict[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(
        ("file", "html", "encoding", "url", "site", "title", "text", "kind"), (_is_text, "a text")
    ),
    "authors": (_are_texts, "a list of names"),
    "date": (_is_date, "a day or a time as 2026-11-01T08:30:00+00:00"),
}
"""What the fields that the benchmarks read may be, where a row has them."""


def name_of(folder: Path) -> str:
    """The name of a set of pages, its half left out.

    >>> name_of(Path("pages/stories_tune.jsonl.xz")), name_of(Path("corpora/misinfo"))
    ('stories', 'misinfo')
    """
    return folder.name.partition(".")[0].removesuffix("_tune").removesuffix("_report")


def saved_sets(kind: str) -> list[Path]:
    """The sets of written pages of a kind, and the saved ones outside the project."""
    written = sorted(PAGES.glob(f"{kind}_*.jsonl.xz"))
    return [*written, *sets_in(CORPORA)]


def sets_in(folder: Path) -> list[Path]:
    """The sets that lie in a folder.

    >>> sets_in(Path("nowhere"))
    []
    """
    return sorted(path.parent for path in folder.glob("*/truth.jsonl"))


def half_of(site: str) -> str:
    """The half that a site belongs to.

    >>> half_of("harbour.example") == half_of("harbour.example")
    True
    """
    digest = hashlib.blake2b(site.encode(), digest_size=8).digest()
    return "tune" if digest[-1] % 2 else "report"


def read_sets(folders: Iterable[Path], half: str | None) -> dict[Path, list[Truth]]:
    """The pages of several sets, without those of which nothing is left. Raises PageSetError."""
    found = {folder: list(read_truth(folder, half)) for folder in folders}
    kept = {folder: truths for folder, truths in found.items() if truths}
    if found and not kept:
        which = f"of the half {half!r} " if half else ""
        raise PageSetError(f"there is no page {which}in {', '.join(map(str, found))}")
    return kept


def tells_faults(main: Callable[..., int]) -> Callable[..., int]:
    """The `main` of a benchmark: a set that cannot be read is a line on stderr and status 2."""

    @functools.wraps(main)
    def wrapped(arguments: list[str] | None = None) -> int:
        try:
            return main(arguments)
        except PageSetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            return WRONG_USE

    return wrapped
