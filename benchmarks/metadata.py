"""Metadata accuracy and CPU time per page: ours beside trafilatura's, from the same run.

    python -m benchmarks.metadata [folder] [--half tune|report] [--misses title] [--set misinfo]
                                  [--pin]

`folder` is a set of pages (benchmarks/pagesets.py) or holds several (default: the written stories
of benchmarks/pages and `../shared/corpora` beside the repository). The halves are those of
`benchmarks.extraction`: rules are made on one, figures come from the other, whose scores are
pinned in metadata_floor.json; one that falls below its floor makes the command end with status 1, a
set that cannot be read with status 2. A date of the truth that has a time and a zone is also
compared to the second ("time").
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from typing import Any

from trafilatura import extract_metadata

from benchmarks.extraction import below_floor
from benchmarks.pagesets import (
    PageSetError,
    Truth,
    name_of,
    read_sets,
    saved_sets,
    sets_in,
    tells_faults,
)
from pipelines.extract.dates import parse_moment
from pipelines.extract.document import Document, parse
from pipelines.extract.evidence import fold
from pipelines.extract.metadata import read_metadata
from pipelines.items import Page
from pipelines.rejects import Reject
from pipelines.text import words

FLOOR = Path(__file__).with_name("metadata_floor.json")
FIELDS = ("title", "day", "time", "authors", "no author")

Row = dict[str, Any]


@dataclass
class Score:
    """Right answers and pages, by field."""

    right: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, is_right: bool) -> None:
        self.pages[name] = self.pages.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + is_right

    @property
    def shares(self) -> dict[str, float]:
        """The share of right answers, by field."""
        return {name: self.right[name] / pages for name, pages in self.pages.items()}

    def show(self, name: str) -> str:
        if not self.pages.get(name):
            return "-"
        return f"{100 * self.shares[name]:.1f} ({self.pages[name]})"


def read_pages(truths: Iterable[Truth]) -> Iterator[tuple[Row, Page]]:
    """The pages of which the truth knows a title or a date."""
    for truth in truths:
        if any(truth.row.get(key) for key in ("title", "date")):
            yield truth.row, truth.page()


def ours(document: Document) -> Row:
    found = read_metadata(document)
    return {
        "title": found.title,
        "authors": list(found.authors),
        "date": found.published_at,
        "sources": found.field_sources,
        "raw": found.published_raw,
        "precision": found.published_precision,
        "language": found.language,
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
        wanted_date = datetime.fromisoformat(row["date"])
        checks["day"] = wanted_date.date() in days_of(answer, wanted_date)
        if wanted_date.tzinfo:
            checks["time"] = is_same_time(answer["date"], wanted_date)
    if row.get("authors") is not None:
        wanted = [key_of(name) for name in row["authors"]]
        checks["authors"] = wanted == [key_of(name) for name in answer["authors"]]
        if not wanted:
            checks["no author"] = not answer["authors"]
    return checks


def days_of(answer: Row, wanted: datetime) -> set[date]:
    """The days that an answer means: an instant in the zone of the truth, else of the page's text.

    >>> answer = {"date": datetime(2024, 3, 11, 22, 20, tzinfo=UTC), "precision": "second"}
    >>> days_of(answer, datetime.fromisoformat("2024-03-12T11:20:00+13:00"))
    {datetime.date(2024, 3, 12)}
    """
    at = answer["date"]
    if at is None:
        return set()
    if answer.get("precision", "day") == "day":
        return {at.date()}
    if wanted.tzinfo:
        return {at.astimezone(wanted.tzinfo).date()}
    stated = parse_moment(str(answer.get("raw") or ""), answer.get("language"))
    return {at.date(), stated.wall.date() if stated else at.date()}


def is_same_time(found: datetime | None, wanted: datetime) -> bool:
    """True for the same instant, at the precision of the wanted one: seconds, else minutes.

    >>> wanted = datetime(2024, 3, 11, 11, 27, tzinfo=UTC)
    >>> is_same_time(wanted.replace(second=33), wanted), is_same_time(None, wanted)
    (True, False)
    """
    if found is None:
        return False
    found = found.replace(microsecond=0)
    return (found if wanted.second else found.replace(second=0)) == wanted


def key_of(text: str) -> str:
    return " ".join(words(fold(text)))


def measure(truths: Iterable[Truth], misses: str | None) -> dict[str, tuple[Score, float]]:
    """Scores and CPU milliseconds per page of both programs on one corpus."""
    scores = {"ours": Score(), "trafilatura": Score()}
    cpu = dict.fromkeys(scores, 0.0)
    pages = 0
    for row, page in read_pages(truths):
        start = process_time()
        try:
            mine = ours(parse(page))
        except Reject:
            continue
        cpu["ours"] += process_time() - start
        start = process_time()
        other = theirs(page.body.decode(page.encoding or "utf-8", "replace"), row.get("url") or "")
        cpu["trafilatura"] += process_time() - start
        pages += 1
        for name, answer in (("ours", mine), ("trafilatura", other)):
            for check, is_right in compare(row, answer).items():
                scores[name].add(check, is_right)
                if misses == check and name == "ours" and not is_right:
                    show_miss(row, answer, check)
    return {name: (score, 1000 * cpu[name] / max(pages, 1)) for name, score in scores.items()}


def our_scores(truths: Iterable[Truth]) -> dict[str, float]:
    """Our scores alone, as they are pinned. Raises Reject for what holds no page."""
    score = Score()
    for row, page in read_pages(truths):
        for check, is_right in compare(row, ours(parse(page))).items():
            score.add(check, is_right)
    return score.shares


def show_miss(row: Row, answer: Row, check: str) -> None:
    key = {"day": "date", "time": "date", "no author": "authors"}.get(check, check)
    source = answer["sources"].get("published_at" if key == "date" else key)
    print(
        f"  {row['file']}\n    want {row[key]!r}\n    got  {answer[key]!s} [{source}]",
        answer["raw"],
    )


@tells_faults
def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when a pinned score was lowered, 2 for pages that cannot be read."""
    options = _options(arguments)
    sets = read_sets(_chosen(options.folder, options.corpora), options.half)
    print(_line("corpus", "program", FIELDS, "ms/page"))
    scores: dict[str, dict[str, float]] = {}
    for corpus, truths in sets.items():
        found = show(corpus, truths, options.misses)
        scores |= {name_of(corpus): found} if found else {}
    return check_floor(scores, pin=options.pin) if options.half == "report" else 0


def _chosen(folder: Path | None, names: list[str] | None) -> list[Path]:
    """The sets of this folder and of these names, where they are given. Raises PageSetError."""
    found = saved_sets("stories") if folder is None else sets_in(folder) or [folder]
    known = {name_of(corpus) for corpus in found}
    if unknown := [name for name in names or () if name not in known]:
        raise PageSetError(
            f"there is no set {', '.join(unknown)}; there are: {', '.join(sorted(known))}"
        )
    return [corpus for corpus in found if not names or name_of(corpus) in names]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--half", choices=("tune", "report"))
    parser.add_argument("--misses", choices=FIELDS)
    parser.add_argument("--set", dest="corpora", action="append")
    parser.add_argument("--pin", action="store_true", help="write today's scores as the floor")
    return parser.parse_args(arguments)


def show(corpus: Path, truths: Iterable[Truth], misses: str | None) -> dict[str, float]:
    """Print the scores of one corpus; ours."""
    found = measure(truths, misses)
    for name, (score, cpu) in found.items():
        if score.pages:
            print(_line(corpus.name.partition(".")[0], name, map(score.show, FIELDS), f"{cpu:.1f}"))
    return found["ours"][0].shares


def _line(corpus: str, program: str, cells: Iterable[str], cpu: str) -> str:
    return f"{corpus:24}{program:13}" + "".join(f"{cell:>14}" for cell in cells) + f"{cpu:>10}"


def check_floor(scores: dict[str, dict[str, float]], *, pin: bool) -> int:
    """1 where a score is below its floor; with `pin`, today's scores are the floor."""
    floors = json.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    if pin:
        floors |= {
            name: {k: round(v, 4) for k, v in found.items()} for name, found in scores.items()
        }
        FLOOR.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
    faults = [
        f"{name}: {fault}"
        for name, found in scores.items()
        for fault in below_floor(found, floors.get(name, {}))
    ]
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
