"""`scrapy crawlall`: every declared site, several at a time, one summary."""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler.checks import check_settings
from crawler.durations import duration, short
from crawler.ending import ends_well
from crawler.fleet import Fleet, Result
from crawler.health import Standing
from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error
from crawler.standings import all_standings, declared_sites
from pipelines.errors import BroadsheetError, ConfigError

DEFAULT_DEADLINE = "25m"
DEFAULT_JOBS = 4
# The outcome of all is the one that most needs someone: the first of these that a site had.
_GRAVEST = (
    *(Outcome.STORAGE_FAILED, Outcome.UNHEALTHY, Outcome.FAILED, Outcome.WRONG_USE),
    *(Outcome.INCOMPLETE, Outcome.STOPPED, Outcome.LOCKED),
)
_NO_SITE = "No site is declared. Begin with: scrapy genspider <section>"


class Command(ScrapyCommand):
    """Each site in its own process, with its own time limit and exit status."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "[--jobs N] [--deadline 25m] [--due] [<site> …]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Crawl every declared site, several at a time"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --jobs, --deadline, --due and --quiet."""
        super().add_options(parser)
        add = parser.add_argument
        add("--jobs", type=int, default=DEFAULT_JOBS, help="sites at a time (default: 4)")
        add("--deadline", default=DEFAULT_DEADLINE, help="time for each site (default: 25m)")
        add("--due", action="store_true", help="only the sites whose interval has come")
        add("--quiet", action="store_true", help="say nothing but errors")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl the sites; `exitcode` is that of the gravest outcome."""
        assert self.settings is not None
        try:
            check_settings(self.settings)
            loader = SiteLoader.from_settings(self.settings)
            fleet = _fleet(opts)
            sites = self._sites(args, loader, is_due=opts.due)
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value
            return
        for line in loader.fault_lines:
            print(f"ERROR: {line}", file=sys.stderr)
        with nullcontext() if opts.quiet else _live_view(fleet, len(sites)):
            results = fleet.run(sites, _tell)
        if not opts.quiet:
            self._print_summary(results, loader)
        self.exitcode = _gravest(results, has_faults=bool(loader.faults and not args)).value

    def _sites(self, names: list[str], loader: SiteLoader, *, is_due: bool) -> list[str]:
        """The sites to crawl, those that have waited longest first. Raises ConfigError."""
        declared = declared_sites(loader)
        if unknown := set(names) - set(declared):
            raise ConfigError(
                f"there is no declared site {', '.join(sorted(unknown))}; there are "
                f"{', '.join(declared) or 'none: make one with: scrapy genspider <section>'}"
            )
        now = datetime.now(UTC)
        standings = [one for one in self._standings(declared) if one.site in (names or declared)]
        if is_due:
            standings = [one for one in standings if one.next_due is None or one.next_due <= now]
        standings.sort(key=lambda one: (one.last_run or datetime.min.replace(tzinfo=UTC), one.site))
        return [one.site for one in standings]

    def _standings(self, declared: Sequence[str]) -> list[Standing]:
        assert self.settings is not None
        return all_standings(self.settings, declared)

    def _print_summary(self, results: list[Result], loader: SiteLoader) -> None:
        if not results:
            print("No site is due." if declared_sites(loader) else _NO_SITE)
            return
        standings = {one.site: one for one in self._standings(declared_sites(loader))}
        table = Table(show_edge=False)
        for heading in ("site", "outcome", "took", "articles today", "health"):
            table.add_column(heading, justify="right" if heading.startswith("art") else "left")
        for result in results:
            one = standings[result.site]
            took = short(timedelta(seconds=result.seconds))
            table.add_row(result.site, result.word, took, str(one.articles_today), one.health_words)
        Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)
        good = sum(result.status == 0 for result in results)
        print(f"{good} of {len(results)} sites done")


def _fleet(opts: argparse.Namespace) -> Fleet:
    """The processes to be; raises ConfigError for wrong numbers."""
    if opts.jobs < 1:
        raise ConfigError(f"--jobs is {opts.jobs}; it must be 1 or more sites at a time")
    deadline = duration("--deadline", opts.deadline)
    if deadline is None:
        raise ConfigError("--deadline is nothing; a site needs a time limit, such as 25m")
    options = [part for setting in opts.set for part in ("-s", setting)]
    options += ["-L", opts.loglevel] if opts.loglevel else []
    return Fleet(jobs=opts.jobs, deadline=deadline, options=options)


def _live_view(fleet: Fleet, total: int) -> AbstractContextManager[object]:
    """A line on stderr that follows the crawls; nothing without a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    began = time.monotonic()

    def line() -> Text:
        took = short(timedelta(seconds=time.monotonic() - began))
        running = ", ".join(fleet.running)
        return Text(f"{fleet.ended} of {total} sites ended  {took}  running: {running}")

    return Live(get_renderable=line, console=Console(stderr=True, highlight=False), transient=True)


def _tell(result: Result) -> None:
    """What a site wrote to stderr, under its name: cron mails it."""
    for line in result.errors.splitlines():
        print(f"{result.site}: {line}", file=sys.stderr)
    if result.is_hung or result.is_crashed:
        end = " and was ended" if result.is_hung else ""
        print(f"{result.site}: ERROR: the crawl {result.word}{end}; what it had accepted is "
              "published by its next run", file=sys.stderr)  # fmt: skip


def _gravest(results: Sequence[Result], *, has_faults: bool) -> Outcome:
    """The outcome that most needs someone.

    >>> _gravest([Result("a", 0, 1.0), Result("b", 4, 1.0)], has_faults=False).word
    'stopped'
    """
    known = {outcome.value: outcome for outcome in Outcome}
    seen = {
        Outcome.FAILED if result.is_hung else known.get(result.status, Outcome.FAILED)
        for result in results
    }
    if has_faults:
        seen.add(Outcome.WRONG_USE)
    return next((outcome for outcome in _GRAVEST if outcome in seen), Outcome.DONE)
