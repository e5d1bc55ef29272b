"""`scrapy genspider`, with the template `news`: a site file that is right at once."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from scrapy.commands.genspider import Command as ScrapyGenspider
from scrapy.commands.genspider import sanitize_module_name
from scrapy.exceptions import UsageError

from crawler import arguments
from crawler.base import sites_of
from crawler.discovery import SectionPage
from crawler.ending import ends_well
from crawler.loader import SiteLoader
from crawler.outcome import Outcome, outcome_of_error
from crawler.probe import Fetched, Findings, article_url_pattern, examine, fetch_all
from pipelines.errors import BroadsheetError, ConfigError, LedgerError
from pipelines.ledger import Ledger
from pipelines.session import ledger_path, output_dir_in

_TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class SectionUnread(BroadsheetError):
    """A section cannot be read as one, so nothing is written of it."""


class Command(ScrapyGenspider):
    """Finds templates of this project first, and fills `news` from a look at the sections.

    Scrapy's command says what is wrong on stdout and exits 0; this one raises.
    """

    def syntax(self) -> str:
        """Usage line."""
        return "[options] [<name>] <section>[,<section>…]"

    def short_desc(self) -> str:
        """One line for `scrapy` without arguments."""
        return "Write a site file from a look at its sections"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The template `news` is the usual one here."""
        super().add_options(parser)
        parser.set_defaults(template="news")

    @ends_well
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file; the exit status is 2 for wrong use, 5 where a section is unreadable."""
        self._is_forced = opts.force
        try:
            if opts.template == "news" and not (opts.list or opts.dump):
                args = self._name_and_sections(args)
            super().run(args, opts)
        except SectionUnread as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = Outcome.UNHEALTHY.value
        except BroadsheetError as error:
            print(f"ERROR: {error}", file=sys.stderr)
            self.exitcode = outcome_of_error(error).value

    def _name_and_sections(self, args: list[str]) -> list[str]:
        """Both arguments of Scrapy's command; the name is that of `scrapy crawl news`, or given."""
        if len(args) not in (1, 2):
            raise UsageError("give the URLs of the sections, commas between; before them a name")
        *given, sections = args
        urls = arguments.section_urls(sections, option="")
        name = arguments.site(given[0] if given else _common_site(urls), option="the name ")
        assert self.settings is not None
        if sanitize_module_name(name) == self.settings["BOT_NAME"]:
            raise ConfigError(f"{name} is the name of this program; give the site another")
        return [name, ",".join(urls)]

    def _spider_exists(self, name: str) -> bool:
        """False; raises ConfigError where the name or its file is taken."""
        assert self.settings is not None
        package = import_module(self.settings["NEWSPIDER_MODULE"])
        path = Path(package.__path__[0]) / f"{sanitize_module_name(name)}.py"
        if path.exists():
            raise ConfigError(f"{path} exists; give another name, or --force to write it anew")
        loader = SiteLoader.from_settings(self.settings)
        if name in loader.list():
            module = loader.load(name).__module__
            raise ConfigError(f"the name {name} is taken by {module}; give another")
        return False

    def _find_template(self, template: str) -> Path:
        for folder in (_TEMPLATES, Path(self.templates_dir), Path()):
            if (path := folder / f"{template.removesuffix('.tmpl')}.tmpl").exists():
                return path
        names = ", ".join(sorted(file.stem for file in self._templates()))
        raise ConfigError(f"there is no template {template}; there are {names}")

    def _list_templates(self) -> None:
        for file in self._templates():
            print(file.stem)

    def _templates(self) -> list[Path]:
        return [
            *sorted(_TEMPLATES.glob("*.tmpl")),
            *sorted(Path(self.templates_dir).glob("*.tmpl")),
        ]

    def _generate_template_variables(
        self, module: str, name: str, url: str, template_name: str
    ) -> dict[str, Any]:
        usual = super()._generate_template_variables(module, name, url, template_name)
        if template_name != "news":
            return usual
        urls = arguments.section_urls(url, option="")
        declared = self._declarations(urls)
        self._tell_other_name(name, urls)
        return usual | {"domain": ", ".join(sites_of(urls))} | declared

    def _tell_other_name(self, name: str, urls: tuple[str, ...]) -> None:
        """Say where the stories of these sections are known under the name of their domain."""
        assert self.settings is not None
        known = _known_sites(ledger_path(output_dir_in(self.settings)))
        for site in sites_of(urls):
            if site in known and name not in known:
                print(
                    f"WARNING: stories of {site} are stored under that name; the site {name} "
                    "begins anew and fetches them again. To go on instead, leave the name out: "
                    f"scrapy genspider {','.join(urls)}",
                    file=sys.stderr,
                )

    def _declarations(self, urls: tuple[str, ...]) -> dict[str, str]:
        """The declarations of a site's class, as one look at its sections suggests."""
        assert self.settings is not None
        looks = fetch_all(urls, self.settings)
        sections = [self._section(url, fetched) for url, fetched in zip(urls, looks, strict=True)]
        read = [section for section in sections if section]
        pattern = article_url_pattern(read)
        languages = {section.language for section in read}
        language = languages.pop() if len(languages) == 1 else None
        usual = self.settings.getfloat("DOWNLOAD_DELAY")
        delay = max((look.robots.crawl_delay_s or 0 for look in looks if look.robots), default=0)
        return {
            "section_urls": _tuple(urls),
            "pattern_line": _line("article_url_pattern", pattern and _raw(pattern)),
            "language_line": _line("language", language and f'"{language}"'),
            "delay_line": _line("delay_s", f"{delay:g}" if delay > usual else ""),
        }

    def _section(self, url: str, fetched: Fetched) -> SectionPage | None:
        """What was read at `url`. Raises SectionUnread where that is no section; not if forced."""
        findings = examine(fetched.page) if fetched.page else None
        if findings and findings.section:
            return findings.section
        said = f"{url} could not be read as a section: {_why(fetched, findings)}"
        if not self._is_forced:
            raise SectionUnread(
                f"{said}. Nothing is written; look with: scrapy probe {url}, or write the file "
                "all the same with --force"
            )
        print(f"WARNING: {said}. The file names it all the same", file=sys.stderr)
        return None


def _raw(pattern: str) -> str:
    """A regular expression as it stands in Python."""
    return repr(pattern) if '"' in pattern else f'r"{pattern}"'


def _common_site(urls: tuple[str, ...]) -> str:
    """The registered domain of all sections. Raises ConfigError when there are two."""
    sites = sites_of(urls)
    if len(sites) > 1:
        raise ConfigError(
            f"the sections lie on {len(sites)} sites ({', '.join(sites)}); write a file for each, "
            f"or give them one name: scrapy genspider <name> {','.join(urls)}"
        )
    return sites[0]


def _known_sites(ledger: Path) -> Sequence[str]:
    """The sites of which a ledger has stories; none where there is no ledger."""
    try:
        with Ledger.peek(ledger) as known:
            return known.sites_with_stories()
    except LedgerError:
        return ()


def _why(fetched: Fetched, findings: Findings | None) -> str:
    if findings is None:
        return fetched.fault or "it was not fetched"
    if findings.reject:
        return f"{findings.reject.reason}, {findings.reject.evidence}"
    return f"it is of the kind {findings.kind}"


_EXAMPLES = {
    "article_url_pattern": r'r"/\d{4}/\d{2}/\d{2}/"',
    "language": '"en"',
    "delay_s": "2.0",
}


def _tuple(urls: tuple[str, ...]) -> str:
    """The source text of a tuple, one URL a line where there are several.

    >>> print(_tuple(("https://example.com/world/",)))
    ("https://example.com/world/",)
    """
    strings = [json.dumps(url, ensure_ascii=False) for url in urls]  # a string of Python too
    if len(strings) == 1:
        return f"({strings[0]},)"
    return "".join(["(\n", *(f"        {string},\n" for string in strings), "    )"])


def _line(name: str, value: str | float | None) -> str:
    """A declaration, or an example of it as a comment."""
    return f"{name} = {value}" if value else f"# {name} = {_EXAMPLES[name]}"
