"""Extraction measured on saved pages with truth, beside plain trafilatura in the same run.

    python -m benchmarks.extraction [folder …] [--half tune|report] [--worst 20] [--pin]

A folder is a set of pages (benchmarks/pagesets.py has the format). Without folders, the written
stories of benchmarks/pages and every folder of ../shared/corpora are read. Figures:
four-gram precision, recall and F1, token F1, share of texts exactly right, shares of titles, days
and author lists exactly right, milliseconds of CPU per page. The third row is what publication
makes of ours: the pages of one site, taken as one crawl, teach their boilerplate (sites of one
page teach nothing).
Sites are split in two halves by a hash of their name: `tune` is for developing; the scores of
`report` are pinned in extraction_floor.json, and one that falls below its floor makes the
command end with status 1; a set that cannot be read makes it end with status 2.
"""

import argparse
import json
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import trafilatura
from rich.box import ASCII
from rich.console import Console
from rich.table import Table

from benchmarks.pagesets import Truth, name_of, read_sets, saved_sets, tells_faults
from benchmarks.scoring import compare, mean, score_bodies
from pipelines.boilerplate import SiteLessons, SiteMemory, drop_boilerplate, traces_of
from pipelines.extract import extract_article
from pipelines.items import Line, Page
from pipelines.rejects import Reject
from pipelines.text import words

FLOOR = Path(__file__).with_name("extraction_floor.json")
_SLACK = 0.0005
"""What a score may fall short of its floor: the last digit of the floor file."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one extractor made of one page."""

    text: str = ""
    title: str | None = None
    day: str | None = None
    authors: tuple[str, ...] = ()
    reject: str | None = None
    lines: tuple[Line, ...] = ()


def plain_trafilatura(page: Page) -> Outcome:
    """The reading of trafilatura with its metadata, as its users call it."""
    try:
        found = trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)
    except ValueError:
        found = None
    if found is None or isinstance(found, dict):
        return Outcome(reject="None")
    authors = tuple(filter(None, (found.author or "").split("; ")))
    return Outcome(found.text or "", found.title, found.date, authors)


def broadsheet(page: Page) -> Outcome:
    """Our reading: text and metadata, from one call."""
    try:
        article = extract_article(page, min_chars=0)
    except Reject as reject:
        return Outcome(reject=reject.reason)
    day = article.published_at.date().isoformat() if article.published_at else None
    return Outcome(article.text, article.title, day, article.authors, lines=article.lines)


def with_the_site(truths: list[Truth], outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes after each site has taught its boilerplate, as publication applies it."""
    memories: dict[str, SiteMemory] = defaultdict(SiteMemory)
    sites = [str(truth.row.get("site") or truth.name) for truth in truths]
    for site, truth, found in zip(sites, truths, outcomes, strict=True):
        memories[site].add(truth.name, traces_of(found.lines))
    return [
        replace(found, text=_without(found, memories[site].lessons)) if found.lines else found
        for site, found in zip(sites, outcomes, strict=True)
    ]


def _without(found: Outcome, lessons: SiteLessons) -> str:
    kept, dropped = drop_boilerplate(found.lines, lessons)
    return "\n\n".join(line.text for line in kept) if dropped else found.text


@dataclass(slots=True)
class Run:
    """One extractor over many pages."""

    name: str
    extract: Callable[[Page], Outcome]
    outcomes: list[Outcome]
    cpu_s: float = 0.0

    def add(self, page: Page) -> None:
        started = time.process_time()
        outcome = self.extract(page)
        self.cpu_s += time.process_time() - started
        self.outcomes.append(outcome)


def measure(truths: list[Truth]) -> tuple[Run, Run, Run]:
    """Both extractors over the same pages, turn by turn, and ours with what the site teaches."""
    runs = (
        Run("trafilatura", plain_trafilatura, []),
        Run("broadsheet", broadsheet, []),
    )
    for run in runs:  # word lists and models are loaded once per process, not per page
        for truth in truths[:1]:
            run.extract(truth.page())
    for truth in truths:
        page = truth.page()
        for run in runs:
            run.add(page)
    return *runs, _taught(truths, runs[1])


def our_scores(truths: list[Truth]) -> dict[str, float]:
    """Our scores alone, as they are pinned."""
    run = Run("broadsheet", broadsheet, [])
    for truth in truths:
        run.add(truth.page())
    return _pinned(truths, run, _taught(truths, run))


def _taught(truths: list[Truth], ours: Run) -> Run:
    taught = with_the_site(truths, ours.outcomes)
    return Run("with its site", ours.extract, taught, ours.cpu_s)


def summary(truths: list[Truth], run: Run) -> dict[str, float]:
    """The scores of one extractor, by name; only those that the truth allows."""
    pairs = list(zip(truths, run.outcomes, strict=True))
    scores = _body_scores([(truth, found) for truth, found in pairs if truth.text])
    for field, right in _RIGHT.items():
        hits = [
            float(right(found, truth.row[field]))
            for truth, found in pairs
            if truth.row.get(field) is not None and found.reject is None
        ]
        if hits:
            scores[field] = mean(hits)
    return scores | {"CPU ms": 1000 * run.cpu_s / max(1, len(pairs))}


def _body_scores(pairs: list[tuple[Truth, Outcome]]) -> dict[str, float]:
    if not pairs:
        return {}
    body = score_bodies((found.text, truth.text) for truth, found in pairs)
    return {
        "precision": body.precision,
        "recall": body.recall,
        "F1": body.f1,
        "token F1": body.token_f1,
        "exact": body.exact,
        "kept": mean([float(found.reject is None) for _, found in pairs]),
    }


def _same_names(found: tuple[str, ...], wanted: list[str]) -> bool:
    return sorted(map(str.casefold, found)) == sorted(map(str.casefold, wanted))


_RIGHT: dict[str, Callable[[Outcome, Any], bool]] = {
    "title": lambda found, wanted: words(found.title or "") == words(wanted),
    "date": lambda found, wanted: found.day == wanted[:10],
    "authors": lambda found, wanted: _same_names(found.authors, wanted),
}
"""For each field of the truth, whether an outcome has it right."""


def show(console: Console, name: str, runs: tuple[Run, ...], truths: list[Truth]) -> None:
    """Print one table with a row for each extractor."""
    table = Table(title=f"{name}: {len(truths)} pages", box=ASCII)
    summaries = [summary(truths, run) for run in runs]
    columns = list(dict.fromkeys(key for scores in summaries for key in scores))
    for column in ("", *columns):
        table.add_column(column, justify="right")
    for run, scores in zip(runs, summaries, strict=True):
        cells = [f"{scores[c]:.1f}" if c == "CPU ms" else f"{scores[c]:.4f}" for c in columns]
        table.add_row(run.name, *cells)
    console.print(table)


def show_worst(console: Console, truths: list[Truth], run: Run, count: int) -> None:
    """The pages with the lowest F1: what was left in (+) and what was lost (-)."""
    ranked = sorted(
        (compare(found.text, truth.text).f1, truth.name, truth, found)
        for truth, found in zip(truths, run.outcomes, strict=True)
        if truth.text
    )
    for score, name, truth, found in ranked[:count]:
        console.print(f"\n{score:.3f} {name} {found.reject or ''}", markup=False)
        for sign, lines, other in (("+", found.text, truth.text), ("-", truth.text, found.text)):
            for line in _only_in(lines, other)[:8]:
                console.print(f"   {sign} {line[:150]}", markup=False, highlight=False)


def _only_in(text: str, other: str) -> list[str]:
    known = " ".join(words(other))
    return [line for line in text.splitlines() if " ".join(words(line)) not in known]


def below_floor(scores: dict[str, float], floor: dict[str, float]) -> list[str]:
    """The scores that fell below their floor, as sentences.

    >>> below_floor({"F1": 0.95}, {"F1": 0.96})
    ['F1 is 0.9500; the floor is 0.9600']
    """
    return [
        f"{key} is {scores.get(key, 0.0):.4f}; the floor is {least:.4f}"
        for key, least in floor.items()
        if scores.get(key, 0.0) < least - _SLACK
    ]


@tells_faults
def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when a pinned score was lowered, 2 for pages that cannot be read."""
    options = _options(arguments)
    logging.disable(logging.CRITICAL)
    console = Console(width=160)
    sets = read_sets(options.folders or saved_sets("stories"), options.half)
    floors = json.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    faults: list[str] = []
    for folder, truths in sets.items():
        scores = run_folder(console, folder, truths, options)
        if options.half == "report" and options.pin:
            floors[name_of(folder)] = {key: round(value, 4) for key, value in scores.items()}
        elif options.half == "report":
            found = below_floor(scores, floors.get(name_of(folder), {}))
            faults += [f"{name_of(folder)}: {fault}" for fault in found]
    if options.pin:
        FLOOR.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
    for fault in faults:
        console.print(fault, style="red")
    return 1 if faults else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--half", choices=("tune", "report"))
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--pin", action="store_true", help="write today's scores as the floor")
    return parser.parse_args(arguments)


def run_folder(
    console: Console, folder: Path, truths: list[Truth], options: argparse.Namespace
) -> dict[str, float]:
    """Measure and print one folder; our scores without the time."""
    runs = measure(truths)
    show(console, folder.name.partition(".")[0], runs, truths)
    show_worst(console, truths, runs[1], options.worst)
    return _pinned(truths, *runs[1:])


def _pinned(truths: list[Truth], alone: Run, taught: Run) -> dict[str, float]:
    """The scores that are pinned: ours without the time, and some with what the site teaches."""
    scores, with_site = summary(truths, alone), summary(truths, taught)
    scores.pop("CPU ms")
    return scores | {f"{k} with its site": with_site[k] for k in ("F1", "exact") if k in with_site}


if __name__ == "__main__":
    sys.exit(main())
