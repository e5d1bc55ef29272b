"""The benchmarks of extraction: their floors hold, and a set that cannot be read is told."""

import gzip
import json
import logging
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import discovery, extraction, metadata, page_types
from benchmarks.pagesets import PAGES, Truth, read_truth

_NOTICEABLE = 0.01
"""What a score may fall short of its floor here: about two of the pages."""


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    yield
    logging.disable(logging.NOTSET)  # a benchmark silences its process


@pytest.mark.parametrize(
    ("our_scores", "floor"),
    [(extraction.our_scores, extraction.FLOOR), (metadata.our_scores, metadata.FLOOR)],
    ids=["extraction", "metadata"],
)
def test_written_stories_are_read_as_well_as_is_pinned(
    our_scores: Callable[[list[Truth]], dict[str, float]], floor: Path
) -> None:
    pinned = json.loads(floor.read_text("utf-8"))["stories"]
    truths = list(read_truth(PAGES / "stories_report.jsonl.xz", None))
    lenient = {name: score - _NOTICEABLE for name, score in pinned.items()}
    assert len(lenient) >= 5
    assert extraction.below_floor(our_scores(truths), lenient) == []


def _row(**fields: Any) -> dict[str, Any]:
    return {"file": "1.gz", "site": "a.example", "title": "A wall", "text": "It fell."} | fields


def _write(folder: Path, *rows: object) -> Path:
    """A set of pages with these rows of truth, of which page 1.gz alone is there."""
    html = "<html><title>A wall</title><h1>A wall</h1><p>It fell.</p></html>"
    (folder / "1.gz").write_bytes(gzip.compress(html.encode()))
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / "truth.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def _nested(folder: Path) -> Path:
    (folder / "harbour").mkdir()
    _write(folder / "harbour", _row())
    return folder


def _packed(data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "news_tune.jsonl.xz"
        path.write_bytes(data)
        return path

    return write


def _broken_page(folder: Path) -> Path:
    _write(folder, _row())
    (folder / "1.gz").write_bytes(b"<html>")
    return folder


UNREADABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no folder": (lambda folder: folder / "nosuch", "there is no folder "),
    "no file": (lambda folder: folder / "a_tune.jsonl.xz", "there is no file "),
    "no truth": (lambda folder: folder, "holds no truth.jsonl; benchmarks/pagesets.py shows"),
    "nothing in it": (_write, "there is no page in "),
    "no JSON": (lambda folder: _write(folder, _row(), "{"), "truth.jsonl, line 2: it is no JSON"),
    "no object": (lambda folder: _write(folder, "", "[1]"), "line 2: it is no JSON object"),
    "no file named": (lambda folder: _write(folder, {"url": "x"}), "line 1: it names no file"),
    "no page": (
        lambda folder: _write(folder, _row(), _row(file="2.gz")),
        "line 2: it names 2.gz, and ",
    ),
    "page not gzipped": (_broken_page, "1.gz cannot be read: Not a gzipped file"),
    "no day": (
        lambda folder: _write(folder, _row(date="3 May")),
        "date is '3 May'; it must be a day",
    ),
    "no list": (
        lambda folder: _write(folder, _row(authors="Ann Lee")),
        "authors is 'Ann Lee'; it must be a list of names",
    ),
    "no xz": (_packed(b"{}"), "news_tune.jsonl.xz cannot be read: "),
    "cut off": (_packed(lzma.compress(b"{}" * 99)[:40]), "news_tune.jsonl.xz cannot be read: "),
}


@pytest.mark.parametrize("benchmark", [extraction, metadata, page_types], ids=lambda m: m.__name__)
@pytest.mark.parametrize("name", UNREADABLE)
def test_set_that_cannot_be_read_is_told_with_the_way_out(
    benchmark: Any, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, said = UNREADABLE[name]
    status = benchmark.main([str(make(tmp_path))])
    errors = capsys.readouterr().err.splitlines()
    assert (status, len(errors)) == (2, 1)
    assert errors[0].startswith("ERROR: ")
    assert said in errors[0]


def test_missing_listing_pages_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert discovery.main([str(tmp_path)]) == 2
    assert "there are no saved listing pages at " in capsys.readouterr().err


@pytest.mark.parametrize("benchmark", [extraction, page_types], ids=lambda m: m.__name__)
def test_folder_of_sets_names_them(
    benchmark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.main([str(_nested(tmp_path))]) == 2
    assert "give one of the sets in it: harbour" in capsys.readouterr().err


def test_metadata_reads_a_set_or_a_folder_of_sets_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _nested(tmp_path)
    for given in (folder, folder / "harbour"):
        assert metadata.main([str(given)]) == 0
        assert "100.0 (1)" in capsys.readouterr().out
    assert metadata.main([str(folder), "--set", "harbor"]) == 2
    assert "there is no set harbor; there are: harbour" in capsys.readouterr().err
