"""`scrapy list`: the sites that can be crawled; what is wrong with the files of others."""

import argparse
import sys

from scrapy.commands.list import Command as ScrapyList

from crawler.ending import ends_well
from crawler.loader import SiteLoader
from crawler.outcome import Outcome


class Command(ScrapyList):
    """Replaces Scrapy's command, which says nothing of site files that cannot be used."""

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "List the sites, and name the site files that are broken"

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """The names on stdout, the faults on stderr; the exit status is 2 where there are any."""
        assert self.settings is not None
        loader = SiteLoader.from_settings(self.settings)
        for name in loader.list():
            print(name)
        for line in loader.fault_lines:
            print(f"ERROR: {line}", file=sys.stderr)
        if loader.faults:
            self.exitcode = Outcome.WRONG_USE.value
