"""`scrapy diff <url>`: what changed between the revisions of a story."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ending import ends_well
from crawler.outcome import outcome_of_error
from pipelines.changes import Changes, Piece, changes
from pipelines.dataset.revisions import revisions
from pipelines.errors import BroadsheetError, ConfigError
from pipelines.rows import Row
from pipelines.session import output_dir_in

# As wdiff writes them, for terminals and files without colour.
_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_STYLES = {"kept": "", "removed": "red", "added": "green"}


class Command(ScrapyCommand):
    """Prints the changed fields and paragraphs from each revision to the next."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "<url or article_id> [options]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Show what changed between the revisions of a stored story"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what chooses the story and the revisions."""
        super().add_options(parser)
        add = parser.add_argument
        add("--site", help="where several sites have the story")
        add("--from", dest="first", type=int, metavar="N", help="from this revision")
        add("--to", dest="last", type=int, metavar="N", help="to this revision, in one step")
        add("--json", action="store_true", help="for machines")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the changes."""
        if len(args) != 1:
            raise UsageError("give the URL of one story")
        assert self.settings is not None
        try:
            rows = revisions(output_dir_in(self.settings), args[0], opts.site)
            steps = [(old, new, changes(old, new)) for old, new in _steps(rows, opts)]
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value
            return
        _print_json(rows, steps) if opts.json else _print(rows, steps)


Step = tuple[Row, Row, Changes]


def _steps(rows: list[Row], opts: argparse.Namespace) -> list[tuple[Row, Row]]:
    """Each revision and its next; with --from or --to, one step between these two."""
    if opts.first is None and opts.last is None:
        return list(pairwise(rows))
    by_number = {row["revision"]: row for row in rows}
    first = opts.first if opts.first is not None else rows[0]["revision"]
    last = opts.last if opts.last is not None else rows[-1]["revision"]
    for number in (first, last):
        if number not in by_number:
            there = ", ".join(map(str, by_number))
            raise ConfigError(f"there is no revision {number} of the story; there are {there}")
    return [(by_number[first], by_number[last])]


def _print(rows: list[Row], steps: list[Step]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    newest = rows[-1]
    console.print(Text(newest["title"] or newest["url"], style="bold"))
    console.print(Text(f"{newest['url']}\nstory {newest['article_id']} of {newest['site']}"))
    if not steps:
        seen = f"{newest['first_seen_at']:%Y-%m-%d %H:%M}"
        console.print(f"There is one revision: no change was seen since {seen} (UTC).")
    for old, new, changed in steps:
        console.print(_heading(old, new))
        for name, (was, now) in changed.fields.items():
            console.print(
                Text.assemble(f"  {name}: ", _removed(_shown(was)), " ", _added(_shown(now)))
            )
        for paragraph in changed.paragraphs:
            number = paragraph.new_number or paragraph.old_number
            gone = "" if paragraph.new_number else " of the old text"
            console.print(f"\n  paragraph {number}{gone}", style="dim")
            console.print(Text.assemble("  ", *map(_piece, paragraph.pieces)))


def _heading(old: Row, new: Row) -> Text:
    times = (f"{row['fetched_at']:%Y-%m-%d %H:%M}" for row in (old, new))
    numbers = f"\nrevision {old['revision']} to {new['revision']}"
    return Text(f"{numbers} ({' to '.join(times)} UTC)", style="bold")


def _piece(piece: Piece) -> Text:
    start, end = _MARKS[piece.kind]
    return Text(f"{start}{piece.text}{end}", style=_STYLES[piece.kind])


def _removed(text: str) -> Text:
    return _piece(Piece("removed", text)) if text else Text()


def _added(text: str) -> Text:
    return _piece(Piece("added", text)) if text else Text()


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _print_json(rows: list[Row], steps: list[Step]) -> None:
    newest = rows[-1]
    found = {
        "article_id": newest["article_id"],
        "site": newest["site"],
        "url": newest["url"],
        "revisions": [
            {"revision": row["revision"], "fetched_at": row["fetched_at"]} for row in rows
        ],
        "changes": [
            {"from": old["revision"], "to": new["revision"]} | asdict(changed)
            for old, new, changed in steps
        ],
    }
    print(json.dumps(found, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
