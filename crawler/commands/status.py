"""`scrapy status`: how the sites stand."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.durations import short
from crawler.ending import ends_well
from crawler.health import Standing
from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error
from crawler.standings import all_standings, declared_sites
from pipelines.errors import BroadsheetError

_COLOURS = {"healthy": "green", "suspect": "yellow", "unhealthy": "red", "late": "red"}


class Command(ScrapyCommand):
    """A table of sites; status 5 when one is unhealthy or its runs have stopped."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "[--json]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Show how the sites stand: last run, articles, health, next due"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON array for machines")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table."""
        if args:
            raise UsageError("status takes no arguments")
        assert self.settings is not None
        try:
            loader = SiteLoader.from_settings(self.settings)
            standings = all_standings(self.settings, declared_sites(loader))
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value
            return
        for line in loader.fault_lines:
            print(f"WARNING: {line}", file=sys.stderr)
        _print_json(standings) if opts.json else _print_table(standings)
        if any(one.is_unhealthy for one in standings):
            self.exitcode = Outcome.UNHEALTHY.value


def _print_json(standings: list[Standing]) -> None:
    rows = [asdict(one) | {"is_unhealthy": one.is_unhealthy} for one in standings]
    print(json.dumps(rows, default=datetime.isoformat, ensure_ascii=False, indent=2))


def _print_table(standings: list[Standing]) -> None:
    if not standings:
        print("No site was crawled yet. Begin with: scrapy crawl news -a url=<section>")
        return
    table = Table(show_edge=False)
    for heading in ("site", "last run", "last success", "today", "usual", "health", "next due"):
        is_number = heading in ("today", "usual")
        table.add_column(
            heading, justify="right" if is_number else "left", no_wrap=heading != "health"
        )
    now = datetime.now(UTC)
    for one in standings:
        table.add_row(*_cells(one, now))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)


def _cells(one: Standing, now: datetime) -> list[str]:
    notes = [one.why] if one.why else []
    if one.articles_waiting:
        notes.append(f"{one.articles_waiting} accepted articles wait for its next crawl")
    why = "".join(f"\n[dim]{_plain(note)}[/dim]" for note in notes)
    return [
        _plain(one.site),
        _ago(one.last_run, now),
        _ago(one.last_success, now),
        str(one.articles_today),
        "" if one.articles_usual is None else f"{one.articles_usual:g}",
        f"[{_COLOURS.get(one.health, 'default')}]{one.health_words}[/]{why}",
        _until(one, now),
    ]


def _plain(text: str) -> str:
    """Text without the markup of rich: evidence quotes pages."""
    return text.replace("[", r"\[")


def _ago(time: datetime | None, now: datetime) -> str:
    return "never" if time is None else f"{short(now - time)} ago"


def _until(one: Standing, now: datetime) -> str:
    """When `crawlall --due` crawls the site again; – for one that it does not know."""
    if not one.is_declared:
        return "–"
    if one.next_due is None or one.next_due <= now:
        return "now"
    return f"in {short(one.next_due - now)}"
