"""`scrapy genspider`, with the template `news` beside Scrapy's own."""

from pathlib import Path

from scrapy.commands.genspider import Command as ScrapyGenspider

_TEMPLATES = Path(__file__).parents[1] / "templates" / "spiders"


class Command(ScrapyGenspider):
    """Finds templates of this project first."""

    def _find_template(self, template: str) -> Path | None:
        ours = _TEMPLATES / f"{template}.tmpl"
        return ours if ours.exists() else super()._find_template(template)

    def _list_templates(self) -> None:
        super()._list_templates()
        for file in sorted(_TEMPLATES.glob("*.tmpl")):
            print(f"  {file.stem}")
