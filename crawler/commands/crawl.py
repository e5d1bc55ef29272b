"""`scrapy crawl`, with an exit status that means something and a summary at the end."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.durations import duration
from crawler.ending import ends_well
from crawler.hook import run_hook
from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error, outcome_of_run
from crawler.prometheus import write_prometheus
from crawler.standings import all_standings, declared_sites
from crawler.summary import health_line, summary
from pipelines.errors import BroadsheetError, ConfigError


class Command(ScrapyCrawl):
    """Replaces Scrapy's command, which exits 0 even when the site refuses connections."""

    def syntax(self) -> str:
        """Usage line."""
        return "[options] <site>   (news -a url=<section>[,<section>…] for any site)"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Crawl a site's sections into the dataset"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --quiet."""
        super().add_options(parser)
        parser.add_argument("--quiet", action="store_true", help="say nothing but errors")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl one site; `exitcode` is the value of its Outcome."""
        if len(args) != 1:
            raise UsageError("give one site; `scrapy list` shows them")
        try:
            self._set_deadline(opts.spargs)
            self._set_quiet(is_quiet=opts.quiet)
            crawler = self._crawler_of(args[0], is_quiet=opts.quiet)
            self.exitcode = self._crawl(crawler, opts.spargs, is_quiet=opts.quiet).value
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value

    def _set_deadline(self, arguments: dict[str, Any]) -> None:
        """`-a deadline=` is the setting RUN_DEADLINE of this run. Raises ConfigError."""
        assert self.settings is not None
        if (given := arguments.pop("deadline", None)) is None:
            duration("RUN_DEADLINE", self.settings.get("RUN_DEADLINE", ""))
            return
        duration("-a deadline", given)
        self.settings.set("RUN_DEADLINE", given, priority="cmdline")

    def _set_quiet(self, *, is_quiet: bool) -> None:
        assert self.settings is not None
        if is_quiet:
            self.settings.set("PROGRESS_SHOWN", False, priority="cmdline")

    def _crawler_of(self, name: str, *, is_quiet: bool) -> Crawler:
        loader = self._loader
        # The faults of other sites are no errors of this run.
        for line in () if is_quiet else loader.fault_lines:
            print(f"WARNING: {line}", file=sys.stderr)
        if name not in loader.list():
            raise ConfigError(_unknown_site(name, loader))
        return self._create_crawler(name)

    @property
    def _loader(self) -> SiteLoader:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        assert isinstance(loader, SiteLoader)
        return loader

    def _crawl(self, crawler: Crawler, arguments: dict[str, Any], *, is_quiet: bool) -> Outcome:
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
        if not is_quiet:
            print(summary(crawler, outcome))
        self._tell(crawler)
        return outcome

    def _tell(self, crawler: Crawler) -> None:
        """Say what is wrong with the site: on stderr, to the hook, to Prometheus."""
        if line := health_line(crawler):
            print(line, file=sys.stderr)
        spider: Any = crawler.spider
        fault = run_hook(crawler.settings, crawler.stats, site=spider.site, run_id=spider.run_id)
        if fault:
            print(f"ERROR: {fault}", file=sys.stderr)
        self._write_prometheus(crawler)

    def _write_prometheus(self, crawler: Crawler) -> None:
        if path := crawler.settings.get("STATUS_PROMETHEUS_FILE"):
            standings = all_standings(crawler.settings, declared_sites(self._loader))
            try:
                write_prometheus(Path(path).expanduser(), standings)
            except OSError as error:
                print(f"ERROR: STATUS_PROMETHEUS_FILE {path}: {error}", file=sys.stderr)


def _unknown_site(name: str, loader: SiteLoader) -> str:
    for module, why in loader.faults.items():
        if module.rpartition(".")[2] == name:
            return f"the site {name!r} is not usable: {why}"
    return (
        f"there is no site named {name!r}; there are {', '.join(loader.list())}. Crawl any site "
        "with: scrapy crawl news -a url=<section>; declare one with: "
        f"scrapy genspider {name} <section>"
    )
