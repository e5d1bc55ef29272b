"""`scrapy genspider`, with the template `news`: a site file that is right at once."""

import argparse
from pathlib import Path
from typing import Any

from scrapy.commands.genspider import Command as ScrapyGenspider

from crawler.outcome import Outcome
from crawler.probe import Fetched, Findings, article_url_pattern, examine, fetch

_TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class Command(ScrapyGenspider):
    """Finds templates of this project first, and fills `news` from a look at the page."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The template `news` is the usual one here."""
        super().add_options(parser)
        parser.set_defaults(template="news")

    def _find_template(self, template: str) -> Path | None:
        ours = _TEMPLATES / f"{template}.tmpl"
        return ours if ours.exists() else super()._find_template(template)

    def _list_templates(self) -> None:
        super()._list_templates()
        for file in sorted(_TEMPLATES.glob("*.tmpl")):
            print(f"  {file.stem}")

    def _generate_template_variables(
        self, module: str, name: str, url: str, template_name: str
    ) -> dict[str, Any]:
        usual = super()._generate_template_variables(module, name, url, template_name)
        return usual | self._declarations(url) if template_name == "news" else usual

    def _declarations(self, url: str) -> dict[str, str]:
        """The optional lines of a site's class, as one look at its section suggests."""
        assert self.settings is not None
        fetched = fetch(url, self.settings)
        findings = examine(fetched.page) if fetched.page else None
        section = findings.section if findings else None
        if section is None:
            print(f"{url} could not be read as a section: {_why(fetched, findings)}. The file")
            print(f"names it all the same; look with: scrapy probe {url}")
            self.exitcode = Outcome.UNHEALTHY.value
        pattern = article_url_pattern(section) if section else None
        language = section.language if section else None
        delay = fetched.robots.crawl_delay_s if fetched.robots else None
        return {
            "pattern_line": _line("article_url_pattern", pattern and f'r"{pattern}"'),
            "language_line": _line("language", language and f'"{language}"'),
            "delay_line": _line("delay_s", delay and f"{delay:g}"),
        }


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


def _line(name: str, value: str | float | None) -> str:
    """A declaration, or an example of it as a comment."""
    return f"{name} = {value}" if value else f"# {name} = {_EXAMPLES[name]}"
