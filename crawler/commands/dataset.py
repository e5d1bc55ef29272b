"""`scrapy dataset …`: look at what was stored, and take care of it."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import arguments
from crawler.ending import ends_well
from crawler.outcome import outcome_of_error
from crawler.standings import waiting_articles
from pipelines.boilerplate import MIN_PLACE_STORIES, SiteMemory
from pipelines.dataset.compaction import compact, migrate
from pipelines.dataset.export import export
from pipelines.dataset.objects import Rewritten
from pipelines.dataset.places import OutputDir
from pipelines.dataset.reader import newest_articles
from pipelines.dataset.rebuild import rebuild_ledger
from pipelines.dataset.schema import SCHEMAS
from pipelines.dataset.stats import DatasetStats, stats
from pipelines.dataset.verify import verify
from pipelines.errors import BroadsheetError, ConfigError
from pipelines.ledger import Ledger
from pipelines.session import ledger_path, output_dir_in

# The status when `verify` finds a fault.
FAULTY = 1

_HELP = """
  show             the newest articles (--rows)
  stats            rows, sites, days, sizes, and how often each column is filled (--json)
  verify           every part against the ledger and the schema; status 1 names what is wrong
  compact          merge the small parts of days that are over (--part-mb, --grace-hours)
  migrate          bring parts of an older schema to the current one (--grace-hours)
  export FILE      one .jsonl, .csv or .parquet file (--dataset, --site, --since, --where)
  boilerplate SITE lines and places that its stories have shown to be no text (--json)
  rebuild-ledger   make the ledger anew from the dataset; the old one is kept beside it
"""


class Command(ScrapyCommand):
    """Care of the dataset in OUTPUT_DIR."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "<what> [options]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Show, verify, compact or export what was stored"

    def long_desc(self) -> str:
        """What `scrapy dataset -h` says."""
        return f"{self.short_desc()}. <what> is one of:\n{_HELP}"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of all subcommands."""
        super().add_options(parser)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        add = parser.add_argument
        add("--rows", type=int, default=5, help="show: how many (default: 5)")
        add("--json", action="store_true", help="stats, boilerplate: as JSON")
        add("--part-mb", type=float, default=128, help="compact: size of a part (default: 128)")
        add("--grace-hours", type=float, default=24, help="how long old parts are kept (24)")
        add("--dataset", choices=[*SCHEMAS], default="articles", help="export: which (articles)")
        add("--site", help="export: of one site")
        add("--since", help="export: fetched since a day, a time or a span: 2026-11-01, 7d")
        add("--where", help="export: e.g. \"word_count > 300 and language == 'el'\"")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one of the subcommands."""
        assert self.settings is not None
        what, opts.argument = _what_and_argument(args)
        try:
            self.exitcode = _ACTIONS[what](output_dir_in(self.settings), opts)
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value


def _what_and_argument(args: list[str]) -> tuple[str, str | None]:
    """What to do, and with what. Raises UsageError."""
    what, *rest = args or [""]
    if what not in _ACTIONS:
        given = f"there is no {what!r}; " if what else ""
        raise UsageError(f"{given}give one of: {', '.join(_ACTIONS)} (scrapy dataset -h)")
    if len(rest) != (what in _TAKES):
        takes = f"one argument: scrapy dataset {what} {_TAKES[what]}" if what in _TAKES else "none"
        raise UsageError(f"{what} takes {takes}; got {' '.join(rest) or 'none'}")
    return what, rest[0] if rest else None


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 120)


def _ledger(output_dir: OutputDir) -> Ledger:
    path = ledger_path(output_dir)
    if not path.exists():
        raise ConfigError(f"there is no ledger at {path}; crawl first, or name another OUTPUT_DIR")
    return Ledger.open(path)


def _show(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    if opts.rows < 1:
        raise ConfigError(f"--rows is {opts.rows}; it must be 1 or more")
    for site, waiting in waiting_articles(output_dir).items():
        print(
            f"NOTE: {waiting} accepted articles of {site} are not in the dataset yet: its crawl is "
            "running, or was killed; then its next crawl publishes them",
            file=sys.stderr,
        )
    rows, total = newest_articles(output_dir, opts.rows)
    table = Table(title=f"{total} articles, the newest {len(rows)}", title_justify="left")
    for heading in ("site", "published (UTC)", "title", "authors", "words"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    _console().print(table)
    print(f"dataset: {output_dir / 'articles'}")
    return 0


def _cells(row: dict[str, object]) -> list[str]:
    published = row["published_at"]
    authors = row["authors"]
    return [
        str(row["site"]),
        f"{published:%Y-%m-%d %H:%M}" if isinstance(published, datetime) else "",
        str(row["title"] or ""),
        ", ".join(authors) if isinstance(authors, list) else "",
        str(row["word_count"]),
    ]


def _stats(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    found = stats(output_dir)
    if opts.json:
        print(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
        return 0
    table = Table("dataset", "rows", "sites", "days", "from", "to", "parts", "MB")
    for one in found:
        table.add_row(
            one.dataset, f"{one.rows:,}", str(len(one.sites)), str(one.days), one.first_day or "",
            one.last_day or "", str(one.parts), f"{one.bytes / 1e6:.1f}",
        )  # fmt: skip
    _console().print(table)
    for one in found:
        if one.dataset == "articles":
            _print_details(one)
    return 0


def _print_details(articles: DatasetStats) -> None:
    sites = Table("site", "articles")
    for site, rows in articles.sites.items():
        sites.add_row(site, f"{rows:,}")
    filled = Table("column of articles", "filled")
    for column, rows in articles.coverage.items():
        filled.add_row(column, f"{rows / articles.rows:.1%}" if articles.rows else "")
    _console().print(sites)
    _console().print(filled)


def _verify(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    with _ledger(output_dir) as ledger:
        faults = verify(ledger, output_dir)
        total = len(ledger.parts())
    for fault in faults:
        print(f"{fault.what}: {fault.path}: {fault.found}; {fault.way_out}")
    print(f"{total} parts, {len(faults)} faults")
    return FAULTY if faults else 0


def _compact(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    with _ledger(output_dir) as ledger:
        done = compact(
            ledger,
            output_dir,
            today=datetime.now(UTC).date(),
            part_mb=opts.part_mb,
            grace=timedelta(hours=opts.grace_hours),
        )
    return _tell(done, "nothing to merge: the days that are over are compact")


def _migrate(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    with _ledger(output_dir) as ledger:
        done = migrate(ledger, output_dir, grace=timedelta(hours=opts.grace_hours))
    return _tell(done, "nothing to migrate: all parts have the current schema")


def _tell(done: list[Rewritten], nothing: str) -> int:
    for day in done:
        print(f"{day.folder}: {day.before} parts are now {day.after}")
    if not done:
        print(nothing)
    return 0


def _export(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    target = Path(opts.argument)
    since = arguments.since(opts.since or "", datetime.now(UTC), option="--since ")
    rows = export(
        output_dir, target, dataset=opts.dataset, site=opts.site, since=since, where=opts.where
    )
    print(f"{rows} rows: {target}")
    return 0


def _boilerplate(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    site = opts.argument
    with _ledger(output_dir) as ledger:
        known = ledger.taught_sites()
        memory = ledger.boilerplate(site)
    if site not in known:
        names = ", ".join(known) or "none"
        raise ConfigError(f"no story of {site} is remembered; known are: {names}")
    if opts.json:
        found = [asdict(lesson) for lesson in memory.learned()]
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    if not memory.learned():
        print(_why_nothing(site, memory))
        return 0
    table = Table("kind", "stories", "what", title_justify="left")
    for lesson in memory.learned():
        table.add_row(lesson.kind, str(lesson.stories), escape(lesson.what))
    table.title = f"{site}: learned from its newest {len(memory)} distinct stories"
    _console().print(table)
    return 0


def _why_nothing(site: str, memory: SiteMemory) -> str:
    """What is missing where a site has taught nothing.

    >>> print(_why_nothing("demo", SiteMemory()))
    demo: nothing learned from its newest 0 distinct stories. It takes a line that stands on 3 of
    them at an end of the text, or on 5 anywhere, or a place that holds no text on 5.
    """
    edge, anywhere = memory.least_stories
    return (
        f"{site}: nothing learned from its newest {len(memory)} distinct stories. It takes a line "
        f"that stands on {edge} of\nthem at an end of the text, or on {anywhere} anywhere, or a "
        f"place that holds no text on {MIN_PLACE_STORIES}."
    )


def _rebuild(output_dir: OutputDir, opts: argparse.Namespace) -> int:
    done = rebuild_ledger(output_dir, stamp=f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    print(
        f"{done.stories} stories, {done.rejects} rejects and {done.parts} parts are in the new "
        f"ledger{done.kept and f'; the old one is {done.kept}'}"
    )
    return 0


_ACTIONS: dict[str, Callable[[OutputDir, argparse.Namespace], int]] = {
    "show": _show,
    "stats": _stats,
    "verify": _verify,
    "compact": _compact,
    "migrate": _migrate,
    "export": _export,
    "boilerplate": _boilerplate,
    "rebuild-ledger": _rebuild,
}
# The actions that take an argument, and what it is.
_TAKES = {"export": "FILE", "boilerplate": "SITE"}
