"""Declared sites for commands that crawl them all, in a package of their own."""

from pathlib import Path

_FILE = """
from crawler.base import NewsSpider

class Site(NewsSpider):
    name = {name!r}
    section_urls = {urls!r}
"""


def declare(folder: Path, **sites: list[str]) -> dict[str, str]:
    """Write a site file for each name; the settings that make `scrapy` find them."""
    package = folder / "declared"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").touch()
    for name, urls in sites.items():
        (package / f"{name}.py").write_text(_FILE.format(name=name, urls=tuple(urls)), "utf-8")
    return {"SPIDER_MODULES": "declared"}
