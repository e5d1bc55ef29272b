"""Measures discovery on saved listing pages, beside Scrapy's LinkExtractor with courlan's filters.

    python -m benchmarks.discovery [folder of corpora] [-v] [--no-time]

Prints precision and recall of the article links, and whether the next page is right, for each
page and in total; then the CPU time of `read_section` beside lxml's own parse of the same bytes.
Truth: `discovery_labels/listpages.json`, one pattern of article URLs per page (by the site's own
convention) and the next page, written down by hand.
"""

import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from courlan import check_url
from courlan.filters import is_navigation_page, is_not_crawlable
from rich.console import Console
from rich.table import Table
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from benchmarks.pagesets import PageSetError, tells_faults
from crawler.discovery import SectionPage, read_section
from crawler.discovery.html import parse_html
from crawler.discovery.page_regions import regions_named
from crawler.discovery.url_segment import read_segment
from pipelines.urls import is_same_site, url_key

HERE = Path(__file__).parent
DEFAULT_CORPORA = HERE.parent.parent / "shared" / "corpora"
REPEATS = 5  # timings per page; the least is taken
# What discovery remembers from page to page: emptied before each timing.
CACHES = (url_key, regions_named, read_segment)


@dataclass(frozen=True, slots=True)
class Sample:
    """One saved page with its truth."""

    name: str
    url: str
    body: bytes
    encoding: str
    label: dict[str, object]

    def is_article(self, url: str) -> bool:
        """True where the labels call `url` an article; the page itself never is."""
        is_named = re.search(str(self.label["article"]), url) is not None
        exceptions = self.label.get("except", [])
        assert isinstance(exceptions, list)
        is_exception = any(re.search(pattern, url) for pattern in exceptions)
        return is_named and not is_exception and url_key(url) != url_key(self.url)


@dataclass(slots=True)
class Score:
    """Counts of links right, wrongly taken and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self

    @property
    def precision(self) -> float:
        """The share of taken links that are articles."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of articles that were taken."""
        return self.right / max(1, self.right + self.missed)


def samples(folder: Path) -> Iterator[Sample]:
    """The labelled pages of `folder` (truth.jsonl and pages/*.gz)."""
    labels = json.loads((HERE / "discovery_labels" / "listpages.json").read_text("utf-8"))
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        name = Path(row["file"]).name.removesuffix(".gz")
        if name in labels:
            body = gzip.decompress((folder / row["file"]).read_bytes())
            yield Sample(name, row["url"], body, row["encoding"].removesuffix("-sig"), labels[name])


def scored(sample: Sample, taken: set[str], listed: set[str]) -> Score:
    """The score of the keys `taken` among all URLs `listed` on the page."""
    truth = {url_key(url) for url in listed if sample.is_article(url)}
    return Score(len(taken & truth), len(taken - truth), len(truth - taken))


def baseline(sample: Sample) -> set[str]:
    """Keys of the links that LinkExtractor finds on the site and courlan lets through."""
    response = HtmlResponse(sample.url, body=sample.body, encoding=sample.encoding)
    links = {link.url for link in LinkExtractor().extract_links(response)}
    kept = {
        url
        for url in links
        if is_same_site(url, sample.url)
        and check_url(url) is not None
        and not is_navigation_page(url)
        and not is_not_crawlable(url)
    }
    return {url_key(url) for url in kept}


def cpu_ms(work: Callable[[], object]) -> float:
    """The least CPU time of `work` in milliseconds."""
    times = []
    for _ in range(REPEATS):
        for cache in CACHES:
            cache.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def add_row(table: Table, page: SectionPage, sample: Sample, ours: Score, theirs: Score) -> None:
    """One line of the table of pages."""
    has_next = sample.label["next"] is not None
    is_right = page.next_page == sample.label["next"]
    shares = (ours.precision, ours.recall, theirs.precision, theirs.recall)
    next_cell = ("right" if has_next else "none") if is_right else f"WRONG {page.next_page}"
    counts = (str(len(page.links)), str(ours.right + ours.missed))
    table.add_row(sample.name[-32:], *counts, *(f"{share:.2f}" for share in shares), next_cell)


def measure_links(pages: list[Sample], console: Console, is_verbose: bool) -> None:
    """Print precision, recall and next page, per page and in total."""
    table = Table(title="Article links: broadsheet | LinkExtractor with courlan")
    table.add_column("page")
    for name in ("links", "articles", "precision", "recall", "precision", "recall"):
        table.add_column(name, justify="right")
    table.add_column("next page")
    ours, theirs, next_right, next_all = Score(), Score(), 0, 0
    for sample in pages:
        page = read_section(sample.body, sample.url, encoding=sample.encoding)
        listed = {link.url for link in page.links}
        taken = {link.url_key for link in page.article_links}
        one, other = scored(sample, taken, listed), scored(sample, baseline(sample), listed)
        ours += one
        theirs += other
        next_all += sample.label["next"] is not None
        next_right += sample.label["next"] is not None and page.next_page == sample.label["next"]
        add_row(table, page, sample, one, other)
        if is_verbose:
            print_faults(sample, page, console)
    console.print(table)
    for name, score in (("broadsheet", ours), ("LinkExtractor with courlan", theirs)):
        console.print(
            f"{name}: precision {score.precision:.3f}, recall {score.recall:.3f}"
            f" ({score.right} right, {score.wrong} wrong, {score.missed} missed)"
        )
    console.print(f"next page right on {next_right} of {next_all} pages that have one")


def print_faults(sample: Sample, page: SectionPage, console: Console) -> None:
    """Every link judged wrongly, with its reasons."""
    for link in page.links:
        if link.is_article != sample.is_article(link.url):
            fault = "wrong " if link.is_article else "missed"
            text = f"{fault} {link.score:5.1f} {link.url} {link.anchor_text[:60]!r}"
            console.print(text, *link.reasons, sep="\n       ", markup=False)


def measure_time(pages: list[Sample], console: Console) -> None:
    """Print the CPU time of reading a page, nothing remembered, beside that of parsing it."""
    ratios, costs = [], []
    for sample in pages:
        parse = cpu_ms(partial(parse_html, sample.body, sample.encoding))
        whole = cpu_ms(partial(read_section, sample.body, sample.url, encoding=sample.encoding))
        anchors = sample.body.lower().count(b"<a ")
        ratios.append(whole / parse)
        costs.append(whole / anchors * 500)
        times = f"parse {parse:6.1f} ms, all {whole:6.1f} ms"
        console.print(f"{sample.name[-32:]:32} {anchors:4} anchors, {times}")
    console.print(f"read_section / parse: median {median(ratios):.1f}, worst {max(ratios):.1f}")
    console.print(f"read_section per 500 anchors: median {median(costs):.1f} ms")


@tells_faults
def main(given: list[str] | None = None) -> int:
    """Run the benchmark; 0 also where the corpora are missing, 2 where those given are."""
    given = sys.argv[1:] if given is None else given
    arguments = [argument for argument in given if not argument.startswith("-")]
    folder = Path(arguments[0] if arguments else DEFAULT_CORPORA) / "listpages"
    console = Console(width=120)
    if not (folder / "truth.jsonl").is_file():
        if arguments:
            raise PageSetError(f"there are no saved listing pages at {folder}")
        console.print(f"skipped: no saved listing pages at {folder}")
        return 0
    pages = list(samples(folder))
    measure_links(pages, console, "-v" in given)
    if "--no-time" not in given:
        measure_time(pages, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
