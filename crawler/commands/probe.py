"""`scrapy probe`: what the program makes of one page."""

import argparse
import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.base import NewsSpider
from crawler.ending import ends_well
from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error
from crawler.probe import (
    Fetched,
    Findings,
    RobotsFindings,
    declared_site,
    examine,
    fetch,
    lessons_of,
    read_file,
    require_known,
    weighed,
)
from pipelines.errors import BroadsheetError, ConfigError
from pipelines.items import Article
from pipelines.urls import require_web_url, site_of

_TEXT_CHARS = 600
_LINE_CHARS = 100
_NOT_SHOWN = ("text", "field_sources", "lines", "page_hash")


class Command(ScrapyCommand):
    """Fetches one page, or reads a saved one, and shows how it is understood."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Usage line."""
        return "[--json] [--site <name>] <url> | <file> --url <url>"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Show what would be made of one page; writes nothing"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --json and --url."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument("--url", help="the argument is a saved file of this URL")
        parser.add_argument("--site", help="its name in the dataset, where it has one of its own")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the findings; the exit status is 5 where the page could not be fetched."""
        if len(args) != 1:
            raise UsageError("give one URL, or one file with --url")
        try:
            findings = self._examine(args[0], opts.url, opts.site)
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value
            return
        if findings is None:
            self.exitcode = Outcome.UNHEALTHY.value
        elif opts.json:
            print(json.dumps(findings.as_json(), default=_plain, ensure_ascii=False, indent=2))
        else:
            _show(findings)

    def _examine(self, target: str, url: str | None, name: str | None) -> Findings | None:
        assert self.settings is not None
        try:
            require_web_url(url or target)
        except ValueError as error:
            is_file = not url and Path(target).exists()
            way_out = "; of a saved file, give the URL too: --url <url>" if is_file else ""
            raise ConfigError(f"{error}{way_out}") from error
        site = self._declared_site(url or target, name)
        if url:
            return self._as_crawled(Fetched(read_file(Path(target), url)), site, name)
        settings = self.settings.copy()
        if site:  # its delay and its custom_settings
            site.update_settings(settings)
        fetched = fetch(target, settings)
        if fetched.page is None:
            print(f"ERROR: {target} could not be fetched: {fetched.fault}", file=sys.stderr)
            return None
        return self._as_crawled(fetched, site, name)

    def _declared_site(self, url: str, name: str | None) -> type[NewsSpider] | None:
        assert self.settings is not None
        loader = SiteLoader.from_settings(self.settings)
        for line in loader.fault_lines:
            print(f"WARNING: {line}", file=sys.stderr)
        if name:
            require_known(name, loader, self.settings)
        return declared_site(url, name, loader)

    def _as_crawled(
        self, fetched: Fetched, declared: type[NewsSpider] | None, name: str | None
    ) -> Findings:
        """The findings on a page as a crawl of its site would have them."""
        assert self.settings is not None
        assert fetched.page is not None
        site = name or (declared.name if declared else site_of(fetched.page.url))
        lessons = lessons_of(site, self.settings)
        page = replace(fetched.page, site=site)
        if declared is None:
            return examine(page, fetched.robots, lessons)
        page = replace(page, language=declared.language)
        found = examine(page, fetched.robots, lessons, declared.article_url_pattern)
        return replace(found, site_file=declared.__module__)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _show(findings: Findings) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(f"[bold]{findings.kind}[/bold]  {escape(findings.url)}  ({findings.status})")
    if findings.site_file:
        console.print(f"declared in {findings.site_file}")
    if findings.section:
        _show_section(console, findings)
    for entry in findings.entries:
        when = entry.published_at or ""
        console.print(f"{entry.rank:4}  {when}  {escape(entry.title or '')}  {escape(entry.url)}")
    if findings.article:
        _show_article(console, findings.article)
        _show_dropped(console, findings)
    if findings.reject:
        lead = "as a story, rejected as" if findings.section else "rejected as"
        console.print(f"{lead} {findings.reject.reason}: {escape(findings.reject.evidence)}")
    if findings.robots:
        _show_robots(console, findings.robots)


def _show_section(console: Console, findings: Findings) -> None:
    section = findings.section
    assert section is not None
    for link in section.article_links:
        console.print(f"{link.rank:3}  {escape(link.url)}", soft_wrap=True)
        console.print(f"     {escape(link.anchor_text)}")
        console.print(f"     [dim]{escape(weighed(link))}[/dim]", soft_wrap=True)
    others = [link for link in section.links if not link.is_article]
    console.print(f"{len(section.article_links)} article links, {len(others)} others (see --json)")
    console.print(f"next page: {escape(section.next_page or 'none')}")
    console.print(f"feeds: {escape(', '.join(section.feeds) or 'none')}")


def _show_article(console: Console, article: Article) -> None:
    sources = article.field_sources | {"text": article.body_source}
    table = Table("field", "value", "from", title_justify="left")
    for name in Article.__dataclass_fields__:
        value = getattr(article, name)
        if value not in (None, (), {}) and name not in _NOT_SHOWN:
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            table.add_row(name, escape(shown), sources.get(name, ""))
    console.print(table)
    rest = len(article.text) - _TEXT_CHARS
    console.print(escape(article.text[:_TEXT_CHARS]) + (f" … ({rest} more)" if rest > 0 else ""))


def _show_dropped(console: Console, findings: Findings) -> None:
    if findings.dropped:
        table = Table("dropped line", "because", title_justify="left")
        for line, reason in findings.dropped:
            table.add_row(escape(line[:_LINE_CHARS]), escape(reason))
        console.print(table)


def _show_robots(console: Console, robots: RobotsFindings) -> None:
    asked = f"{robots.crawl_delay_s:g} s" if robots.crawl_delay_s else "none"
    console.print(f"robots.txt: allowed; Crawl-delay: {asked}; our delay: {robots.delay_s:g} s")
    console.print(f"sitemaps: {escape(', '.join(robots.sitemaps) or 'none')}")
