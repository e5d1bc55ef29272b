"""Extraction measured on saved pages with truth, beside plain trafilatura in the same run.

    python -m benchmarks.extraction [folder …] [--half tune|report] [--worst 20] [--pin]

A folder holds `truth.jsonl` (file, encoding, url, site, title, date, authors, text) and the
pages, gzipped; a file `*_tune.jsonl.xz` or `*_report.jsonl.xz` holds both. Without folders, the
written stories of benchmarks/pages and every folder of ../shared/corpora are read. Figures:
four-gram precision, recall and F1, token F1, share of texts exactly right, shares of titles, days
and author lists exactly right, milliseconds of CPU per page. The third row is what publication
makes of ours: the pages of one site, taken as one crawl, teach their boilerplate (sites of one
page teach nothing).
Sites are split in two halves by a hash of their name: `tune` is for developing; the scores of
`report` are pinned in extraction_floor.json, and one that falls below its floor makes the
command end with status 1.
"""

import argparse
import gzip
import hashlib
import json
import logging
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trafilatura
from rich.box import ASCII
from rich.console import Console
from rich.table import Table

from benchmarks.scoring import compare, mean, score_bodies
from pipelines.boilerplate import SiteLessons, SiteMemory, drop_boilerplate, traces_of
from pipelines.extract import extract_article
from pipelines.items import Line, Page
from pipelines.rejects import Reject
from pipelines.text import words

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
PAGES = Path(__file__).with_name("pages")
"""Pages written for the benchmarks, by people who had not seen the rules."""
FLOOR = Path(__file__).with_name("extraction_floor.json")
_SLACK = 0.0005
"""What a score may fall short of its floor: the last digit of the floor file."""
_NOW = datetime.now(UTC)
"""When the pages are said to be fetched: a date after it would not be believed."""


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
        """The page as a crawl would have seen it; a URL is made up where none is known."""
        site = self.row.get("site") or "unknown.example"
        html = self.row.get("html")
        packed = (self.folder / self.row["file"]).read_bytes() if html is None else b""
        return Page(
            url=self.row.get("url") or f"http://{site}/news/4711.html",
            body=gzip.decompress(packed) if html is None else html.encode(),
            encoding=self.row.get("encoding"),
            fetched_at=_NOW,
        )


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


def read_truth(folder: Path, half: str | None) -> Iterator[Truth]:
    """The pages of a folder, or those of one half of its sites.

    A folder may be one file as well, `*_tune.jsonl.xz` or `*_report.jsonl.xz`: its rows hold
    their page under `html`, and its name says which half it is.
    """
    is_packed = folder.suffix == ".xz"
    if is_packed and half and not folder.name.startswith(f"{name_of(folder)}_{half}."):
        return
    path = folder if is_packed else folder / "truth.jsonl"
    text = lzma.decompress(path.read_bytes()) if is_packed else path.read_bytes()
    for line in filter(None, text.decode().split("\n")):
        row = json.loads(line)
        if is_packed or half in (None, half_of(row.get("site") or "")):
            yield Truth(folder, row)


def name_of(folder: Path) -> str:
    """The name of a set of pages, its half left out.

    >>> name_of(Path("pages/stories_tune.jsonl.xz")), name_of(Path("corpora/misinfo"))
    ('stories', 'misinfo')
    """
    return folder.name.partition(".")[0].removesuffix("_tune").removesuffix("_report")


def saved_sets(kind: str) -> list[Path]:
    """The sets of written pages of a kind, and the saved ones outside the project."""
    written = sorted(PAGES.glob(f"{kind}_*.jsonl.xz"))
    return [*written, *sorted(path.parent for path in CORPORA.glob("*/truth.jsonl"))]


def half_of(site: str) -> str:
    """The half that a site belongs to.

    >>> half_of("harbour.example") == half_of("harbour.example")
    True
    """
    digest = hashlib.blake2b(site.encode(), digest_size=8).digest()
    return "tune" if digest[-1] % 2 else "report"


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
    ours = runs[1]
    taught = with_the_site(truths, ours.outcomes)
    return *runs, Run("with its site", ours.extract, taught, ours.cpu_s)


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


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 when a pinned score was lowered."""
    options = _options(arguments)
    logging.disable(logging.CRITICAL)
    console = Console(width=160)
    folders = options.folders or saved_sets("stories")
    floors = json.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    faults: list[str] = []
    for folder in folders:
        if not folder.is_file() and not (folder / "truth.jsonl").exists():
            console.print(f"skipped: {folder} holds no truth.jsonl")
            continue
        if not any(True for _ in read_truth(folder, options.half)):
            continue
        scores = run_folder(console, folder, options)
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


def run_folder(console: Console, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Measure and print one folder; our scores without the time."""
    truths = list(read_truth(folder, options.half))
    runs = measure(truths)
    show(console, folder.name.partition(".")[0], runs, truths)
    show_worst(console, truths, runs[1], options.worst)
    alone, taught = (summary(truths, run) for run in runs[1:])
    alone.pop("CPU ms")
    return alone | {f"{key} with its site": taught[key] for key in ("F1", "exact") if key in taught}


if __name__ == "__main__":
    sys.exit(main())
