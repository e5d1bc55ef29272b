"""Whether pages are told apart: true articles kept, and what is no article rejected by name.

    python -m benchmarks.page_types [folder …] [--half tune|report] [--misses 20]
                                    [--min-chars 0] [--without-url]

A folder is a set of pages (benchmarks/pagesets.py). Its rows say what a page is: `kind` (article,
or category, consent, wall, error …) where they state it; else a row with a text is an article, so
is a row with a date that is called news, and a row without both is a listing. Rows that are neither
are left out. Plain trafilatura stands beside: it rejects what it finds no text on. The reasons of
the rejects are counted, the misses named, and the time of the decision alone is measured. Without
folders, the written pages of benchmarks/pages and every folder of ../shared/corpora are read.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

from rich.console import Console
from rich.table import Table

from benchmarks.extraction import plain_trafilatura
from benchmarks.pagesets import Truth, read_sets, saved_sets, tells_faults
from pipelines.extract import article, extract_article, pagetype
from pipelines.items import Page
from pipelines.rejects import Reject

_NO_URL = "http://unknown.example/news/4711.html"


@dataclass(slots=True)
class Tally:
    """What became of the pages of one folder."""

    articles: int = 0
    others: int = 0
    lost: list[tuple[str, str]] = field(default_factory=list)
    """True articles that were rejected, with the reason and its evidence."""
    passed: list[tuple[str, str]] = field(default_factory=list)
    """Pages that are no article and were taken for one, with the page type given."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Pages that are no article, by what the truth calls them."""
    rejected_kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why pages that are no article were rejected."""
    types: Counter[str] = field(default_factory=Counter)
    """The page types of the articles kept."""
    trafilatura_lost: int = 0
    trafilatura_rejected: int = 0
    decision_s: list[float] = field(default_factory=list)
    """Seconds that the decision took, page by page."""

    def add(self, name: str, page: Page, truth: str, min_chars: int) -> None:
        """Judge one page."""
        is_story = truth == "article"
        with _timed_decision(self.decision_s):
            kind, evidence = verdict(page, min_chars)
        taken = plain_trafilatura(page).reject is None
        if is_story:
            self.articles += 1
            self.trafilatura_lost += not taken
            self.types[kind] += not evidence
            if evidence:
                self.lost.append((name, f"{kind}: {evidence}"))
            return
        self.others += 1
        self.kinds[truth] += 1
        self.rejected_kinds[truth] += bool(evidence)
        self.trafilatura_rejected += not taken
        if evidence:
            self.reasons[kind] += 1
        else:
            self.passed.append((name, kind))


def verdict(page: Page, min_chars: int) -> tuple[str, str]:
    """The page type, and nothing; or the reason of the reject and its evidence."""
    try:
        return extract_article(page, min_chars=min_chars).page_type, ""
    except Reject as reject:
        return reject.reason, reject.evidence


def is_article(row: dict[str, Any]) -> bool | None:
    """Whether a row of truth is an article; None where it does not say.

    >>> is_article({"text": "It rained."}), is_article({"kind": "consent"}), is_article({})
    (True, False, False)
    >>> is_article({"date": "2026-11-01", "news": False}) is None
    True
    """
    if row.get("kind"):
        return bool(row["kind"] == "article")
    if row.get("text"):
        return True
    if row.get("date"):
        return True if row.get("news") else None
    return False


@contextmanager
def _timed_decision(seconds: list[float]) -> Iterator[None]:
    """Measure the CPU time of `check_is_article` within."""
    decide = pagetype.check_is_article

    def timed(*arguments: Any) -> None:
        started = time.process_time()
        try:
            decide(*arguments)
        finally:
            seconds.append(time.process_time() - started)

    with mock.patch.object(article, "check_is_article", timed):
        yield


def measure(truths: list[Truth], options: argparse.Namespace) -> Tally:
    """Judge the pages of one folder that are told to be articles or not."""
    tally = Tally()
    for truth in truths:
        is_story = is_article(truth.row)
        if is_story is None:
            continue
        page = truth.page()
        if options.without_url:
            page = replace(page, url=_NO_URL)
        kind = "article" if is_story else str(truth.row.get("kind") or "listing")
        tally.add(truth.name, page, kind, options.min_chars)
    return tally


def show(console: Console, tallies: dict[str, Tally]) -> None:
    """Print one row for each folder."""
    table = Table()
    for column in ("", "articles", "kept", "trafilatura", "others", "rejected", "trafilatura"):
        table.add_column(column, justify="right")
    table.add_column("reasons, types")
    table.add_column("ms")
    for name, tally in tallies.items():
        slow = sorted(tally.decision_s) or [0.0]
        table.add_row(
            name,
            str(tally.articles),
            _share(tally.articles - len(tally.lost), tally.articles),
            _share(tally.articles - tally.trafilatura_lost, tally.articles),
            str(tally.others),
            _share(tally.others - len(tally.passed), tally.others),
            _share(tally.trafilatura_rejected, tally.others),
            ", ".join(f"{kind} {n}" for kind, n in (tally.reasons + tally.types).most_common()),
            f"{1000 * sum(slow) / len(slow):.2f}, p99 {1000 * slow[len(slow) * 99 // 100]:.1f}",
        )
    console.print(table)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def show_misses(console: Console, tally: Tally, count: int) -> None:
    """Name the pages that were judged wrongly."""
    for name, reason in tally.lost[:count]:
        console.print(f"lost    {name}  {reason}", markup=False, highlight=False)
    shares = (f"{kind} {tally.rejected_kinds[kind]}/{n}" for kind, n in tally.kinds.items())
    console.print(f"rejected of {', '.join(shares) or 'nothing'}", highlight=False)
    for name, kind in tally.passed[:count]:
        console.print(f"passed  {name}  as {kind}", markup=False, highlight=False)


@tells_faults
def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark: 0, it measures; 2 for pages that cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--half", choices=("tune", "report"))
    parser.add_argument("--misses", type=int, default=20, metavar="N")
    parser.add_argument("--min-chars", type=int, default=0, metavar="N")
    parser.add_argument("--without-url", action="store_true", help="judge by the page alone")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    console = Console(width=180)
    sets = read_sets(options.folders or saved_sets("page_types"), options.half)
    tallies = {
        folder.name.partition(".")[0]: measure(truths, options) for folder, truths in sets.items()
    }
    show(console, tallies)
    for tally in tallies.values():
        show_misses(console, tally, options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
