"""`scrapy dataset show`: what was stored, as a table."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.outcome import outcome_of_error
from pipelines.dataset.reader import newest_articles
from pipelines.errors import BroadsheetError


class Command(ScrapyCommand):
    """Care of the dataset in OUTPUT_DIR."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "show [--rows N]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Show what was stored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --rows."""
        super().add_options(parser)
        parser.add_argument("--rows", type=int, default=5, help="rows to show (default: 5)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one of the subcommands."""
        if args != ["show"]:
            raise UsageError("give one of: show")
        assert self.settings is not None
        try:
            _show(Path(self.settings["OUTPUT_DIR"]).expanduser().resolve(), opts.rows)
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value


def _show(output_dir: Path, count: int) -> None:
    rows, total = newest_articles(output_dir, count)
    table = Table(title=f"{total} articles, the newest {len(rows)}", title_justify="left")
    for heading in ("site", "published (UTC)", "title", "authors", "words"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    print(f"dataset: {output_dir / 'articles'}")


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
