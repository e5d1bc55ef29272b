"""`scrapy report`: one HTML page about everything that was crawled."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ending import ends_well
from crawler.loader import SiteLoader
from crawler.outcome import outcome_of_error
from crawler.report import build_report, render
from crawler.report.data import COLUMNS
from crawler.standings import all_standings, declared_sites
from pipelines.dataset.places import OutputDir
from pipelines.dataset.window import rows_since
from pipelines.errors import BroadsheetError, ConfigError, DatasetError
from pipelines.session import output_dir_in

DEFAULT_DAYS = 30


class Command(ScrapyCommand):
    """A page that needs no network and no server: open the file."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "[--days N] [--output FILE]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Write one HTML page: articles, health, rejects, copies, newest stories"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --days and --output."""
        super().add_options(parser)
        parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help="default: 30")
        parser.add_argument(
            "--output", help="default: report.html in OUTPUT_DIR; its folder must exist"
        )

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the page and say where."""
        if args:
            raise UsageError("report takes no arguments")
        try:
            print(f"report: {self._write(opts)}")
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value

    def _write(self, opts: argparse.Namespace) -> Path:
        """The path of the page. Raises ConfigError, DatasetError."""
        assert self.settings is not None
        if opts.days < 1:
            raise ConfigError(f"--days is {opts.days}; it must be 1 or more days")
        output_dir, now = output_dir_in(self.settings), datetime.now(UTC)
        path = Path(opts.output or _folder(output_dir) / "report.html").expanduser().resolve()
        if opts.output and not path.parent.is_dir():
            raise ConfigError(
                f"--output {opts.output}: there is no folder {path.parent}; make it: mkdir -p"
            )
        first = now.date() - timedelta(days=opts.days - 1)
        rows = {
            name: rows_since(output_dir, name, columns, first) for name, columns in COLUMNS.items()
        }
        loader = SiteLoader.from_settings(self.settings)
        standings = all_standings(self.settings, declared_sites(loader))
        page = render(build_report(rows, standings, now, opts.days))
        return _replace(path, page)


def _folder(output_dir: OutputDir) -> Path:
    """Where the page goes by itself: beside the datasets, or beside the state of a store."""
    return output_dir if isinstance(output_dir, Path) else output_dir.state_dir


def _replace(path: Path, page: str) -> Path:
    """Write aside and rename: whoever has the page open never sees half of it."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(page, "utf-8")
        draft.replace(path)
    except OSError as error:
        raise DatasetError(f"the report {path} cannot be written: {error.strerror}") from error
    return path
