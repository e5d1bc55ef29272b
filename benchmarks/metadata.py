"""Metadata accuracy and CPU time per page: ours beside trafilatura's, from the same run.

    python benchmarks/metadata.py [folder] [--half tune|report] [--misses title] [--set misinfo]

`folder` holds corpora, each a folder with `truth.jsonl` and gzipped pages (default:
`../shared/corpora` beside the repository). Sites fall into two halves by a hash of their
names: rules are made on one, figures come from the other.
"""

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import extract_metadata

from pipelines.extract.document import Document, parse
from pipelines.extract.evidence import fold
from pipelines.extract.metadata import read_metadata
from pipelines.items import Page
from pipelines.rejects import Reject
from pipelines.text import words

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpora"
FIELDS = ("title", "day", "authors", "no author")

Row = dict[str, Any]


@dataclass
class Score:
    """Right answers and pages, by field."""

    right: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, is_right: bool) -> None:
        self.pages[name] = self.pages.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + is_right

    def show(self, name: str) -> str:
        if not self.pages.get(name):
            return "-"
        return f"{100 * self.right[name] / self.pages[name]:.1f} ({self.pages[name]})"


def half_of(site: str) -> str:
    """The half to which a site belongs: tune or report."""
    return ("tune", "report")[hashlib.sha256(site.encode()).digest()[0] % 2]


def read_rows(corpus: Path, half: str | None) -> Iterator[tuple[Row, bytes]]:
    for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines():
        row: Row = json.loads(line)
        if half in (None, half_of(row["site"])) and any(row.get(k) for k in ("title", "date")):
            yield row, gzip.decompress((corpus / row["file"]).read_bytes())


def page_of(row: Row, body: bytes) -> Page:
    url = row.get("url") or f"http://{row['site']}/"
    return Page(url=url, body=body, fetched_at=datetime.now(UTC))


def ours(document: Document) -> Row:
    found = read_metadata(document)
    return {
        "title": found.title,
        "authors": list(found.authors),
        "date": found.published_at,
        "sources": found.field_sources,
        "raw": found.published_raw,
    }


def theirs(text: str, url: str) -> Row:
    found = extract_metadata(text, default_url=url)
    names = (found.author or "").split("; ") if found else []
    date = datetime.fromisoformat(found.date).replace(tzinfo=UTC) if found and found.date else None
    return {
        "title": found.title if found else None,
        "authors": [n for n in names if n],
        "date": date,
    }


def compare(row: Row, answer: Row) -> dict[str, bool]:
    """Which fields of an answer are right, of those that the truth knows."""
    checks = {}
    if row.get("title"):
        checks["title"] = key_of(row["title"]) == key_of(answer["title"] or "")
    if row.get("date"):
        checks["day"] = is_day(row["date"], answer)
    if row.get("authors") is not None:
        wanted = [key_of(name) for name in row["authors"]]
        checks["authors"] = wanted == [key_of(name) for name in answer["authors"]]
        if not wanted:
            checks["no author"] = not answer["authors"]
    return checks


def is_day(wanted: str, answer: Row) -> bool:
    """True when the day is the wanted one, in UTC or in the zone of the page's own text."""
    if answer["date"] is None:
        return False
    stated = str(answer.get("raw") or "")[:10]
    return wanted in (answer["date"].date().isoformat(), stated)


def key_of(text: str) -> str:
    return " ".join(words(fold(text)))


def measure(corpus: Path, half: str | None, misses: str | None) -> dict[str, tuple[Score, float]]:
    """Scores and CPU milliseconds per page of both programs on one corpus."""
    scores = {"ours": Score(), "trafilatura": Score()}
    cpu = dict.fromkeys(scores, 0.0)
    pages = 0
    for row, body in read_rows(corpus, half):
        start = time.process_time()
        try:
            mine = ours(parse(page_of(row, body)))
        except Reject:
            continue
        cpu["ours"] += time.process_time() - start
        start = time.process_time()
        other = theirs(body.decode(row["encoding"], "replace"), row.get("url") or "")
        cpu["trafilatura"] += time.process_time() - start
        pages += 1
        for name, answer in (("ours", mine), ("trafilatura", other)):
            for check, is_right in compare(row, answer).items():
                scores[name].add(check, is_right)
                if misses == check and name == "ours" and not is_right:
                    show_miss(row, answer, check)
    return {name: (score, 1000 * cpu[name] / max(pages, 1)) for name, score in scores.items()}


def show_miss(row: Row, answer: Row, check: str) -> None:
    key = {"day": "date", "no author": "authors"}.get(check, check)
    source = answer["sources"].get("published_at" if key == "date" else key)
    print(
        f"  {row['file']}\n    want {row[key]!r}\n    got  {answer[key]!s} [{source}]",
        answer["raw"],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--half", choices=("tune", "report"))
    parser.add_argument("--misses", choices=FIELDS)
    parser.add_argument("--set", dest="corpora", action="append")
    options = parser.parse_args()
    corpora = sorted(path.parent for path in options.folder.glob("*/truth.jsonl"))
    if not corpora:
        print(f"skipped: there is no corpus in {options.folder}")
        return 0
    print(
        f"{'corpus':18}{'program':13}"
        + "".join(f"{name:>14}" for name in FIELDS)
        + f"{'ms/page':>10}"
    )
    for corpus in corpora:
        if options.corpora and corpus.name not in options.corpora:
            continue
        for name, (score, cpu) in measure(corpus, options.half, options.misses).items():
            if score.pages:
                cells = "".join(f"{score.show(check):>14}" for check in FIELDS)
                print(f"{corpus.name:18}{name:13}{cells}{cpu:>10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
