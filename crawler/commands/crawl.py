"""`scrapy crawl`, with an exit status that means something and a summary at the end."""

import argparse
import asyncio
import sys
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error, outcome_of_run
from crawler.summary import summary
from pipelines.errors import BroadsheetError, ConfigError


class Command(ScrapyCrawl):
    """Replaces Scrapy's command, which exits 0 even when the site refuses connections."""

    def syntax(self) -> str:
        """Usage line."""
        return "[options] <site>   (news -a url=<section>[,<section>…] for any site)"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Crawl a site's sections into the dataset"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl one site; `exitcode` is the value of its Outcome."""
        if len(args) != 1:
            raise UsageError("give one site; `scrapy list` shows them")
        try:
            crawler = self._crawler_of(args[0])
            self.exitcode = self._crawl(crawler, opts.spargs).value
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value

    def _crawler_of(self, name: str) -> Crawler:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        assert isinstance(loader, SiteLoader)
        for module, why in loader.faults.items():
            print(f"WARNING: the site file {module} is not usable: {why}", file=sys.stderr)
        if name not in loader.list():
            raise ConfigError(_unknown_site(name, loader))
        return self._create_crawler(name)

    def _crawl(self, crawler: Crawler, arguments: dict[str, Any]) -> Outcome:
        """Run to the end. Raises what stopped the run before its first request."""
        assert self.crawler_process is not None
        task = self.crawler_process.crawl(crawler, **arguments)
        assert isinstance(task, asyncio.Task)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self.crawler_process.start()
        if not task.done():  # a second signal ended the loop at once
            return Outcome.STOPPED
        if (error := task.exception()) is not None:
            raise error
        outcome = outcome_of_run(crawler.stats, crawler.stats.get_value("run/reason", ""))
        print(summary(crawler, outcome))
        return outcome


def _unknown_site(name: str, loader: SiteLoader) -> str:
    for module, why in loader.faults.items():
        if module.rpartition(".")[2] == name:
            return f"the site {name!r} is not usable: {why}"
    return (
        f"there is no site named {name!r}; there are {', '.join(loader.list())}. Crawl any site "
        "with: scrapy crawl news -a url=<section>; declare one with: "
        f"scrapy genspider -t news {name} <section>"
    )
