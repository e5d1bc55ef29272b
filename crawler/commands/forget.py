"""`scrapy forget`: the next run fetches these URLs again."""

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ending import ends_well
from crawler.outcome import outcome_of_error
from pipelines import rejects
from pipelines.errors import BroadsheetError, ConfigError
from pipelines.ledger import Ledger
from pipelines.session import ledger_path, output_dir_in


class Command(ScrapyCommand):
    """Makes the ledger forget that URLs were fetched; the dataset stays as it is."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "[--site SITE] [--url PATTERN | --reason REASON]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Let the next run fetch URLs again: of a site, a pattern, or one reason"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what chooses the URLs."""
        super().add_options(parser)
        parser.add_argument("--site", help="of this site only; alone: all of it")
        parser.add_argument("--url", help="a URL, or many: 'https://example.com/world/*'")
        parser.add_argument("--reason", help="pages rejected so, e.g. ConsentWall")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Forget, and say how many URLs."""
        if args or not (opts.site or opts.url or opts.reason) or (opts.url and opts.reason):
            raise UsageError("give --site, --url or --reason; --site goes with either")
        assert self.settings is not None
        try:
            path = ledger_path(output_dir_in(self.settings))
            print(f"{_forget(path, opts)} URLs will be fetched again")
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value


def _forget(path: Path, opts: argparse.Namespace) -> int:
    if not path.exists():
        raise ConfigError(f"there is no ledger at {path}; crawl first, or name another OUTPUT_DIR")
    with Ledger.open(path) as ledger:
        if opts.site and opts.site not in (sites := ledger.sites()):
            known = ", ".join(sites) or "none"
            raise ConfigError(f"no URL of the site {opts.site} is known; known sites are: {known}")
        if opts.url:
            return ledger.forget_urls(opts.url, opts.site)
        if opts.reason:
            return ledger.forget_rejects(_known(opts.reason), opts.site)
        return ledger.forget_site(opts.site)


def _known(reason: str) -> str:
    kind = getattr(rejects, reason, None)
    if isinstance(kind, type) and issubclass(kind, rejects.Reject):
        return reason
    names = sorted(
        name
        for name, kind in vars(rejects).items()
        if isinstance(kind, type) and issubclass(kind, rejects.Reject)
    )
    raise ConfigError(f"there is no reason {reason}; there are {', '.join(names)}")
