"""What a site file may declare, and what is refused before it is ever crawled."""

import re
from difflib import get_close_matches
from typing import Any

from crawler.checks import RANGES
from pipelines.errors import ConfigError
from pipelines.urls import require_web_url

OURS = ("name", "section_urls", "article_url_pattern", "language", "delay_s")
# What Scrapy looks for on the class of a spider and its base class does not define. `start_urls`
# is left out on purpose: nothing would read it here.
_SCRAPYS = ("allowed_domains", "download_timeout", "handle_httpstatus_all", "user_agent",
            "http_user", "http_pass", "http_auth_domain")  # fmt: skip


def check_declarations(site: type[Any]) -> None:
    """Refuse a site whose declarations cannot work. Raises ConfigError."""
    where = f"{site.__module__}.{site.__name__}"
    for name in _unknown_words(site):
        raise ConfigError(
            f"{where} declares {name}, which nothing reads; {_way_out(name)} (a name of your "
            f"own begins with an underscore: _{name})"
        )
    if isinstance(site.section_urls, str):  # a tuple of one is easily written without its comma
        raise ConfigError(f"{where}: section_urls is a string; it must be a list of URLs")
    try:
        for url in site.section_urls:
            require_web_url(url)
        re.compile(site.article_url_pattern or "")
    except (ValueError, re.error) as error:
        raise ConfigError(f"{where}: {error}") from error
    allowed = RANGES["DOWNLOAD_DELAY"]
    if site.delay_s is not None and not allowed.keeps(site.delay_s):
        raise ConfigError(f"{where}: delay_s is {site.delay_s}; it must be {allowed}")


def _unknown_words(site: type[Any]) -> list[str]:
    """The values of a class that no base class has and nobody asks for.

    Methods, properties and classes inside are code of the site's own, whatever their name.
    """
    known = {*OURS, *_SCRAPYS, *(name for base in site.__mro__[1:] for name in vars(base))}
    return [
        name
        for name, value in vars(site).items()
        if not name.startswith("_") and name not in known and not _is_code(value)
    ]


def _is_code(value: object) -> bool:
    return callable(value) or hasattr(value, "__get__")


def _way_out(word: str) -> str:
    """What was probably meant.

    >>> _way_out("delay"), _way_out("article_url_patern"), _way_out("start_urls")
    ('did you mean delay_s?', 'did you mean article_url_pattern?', 'did you mean section_urls?')
    >>> _way_out("paper")
    'a site declares name, section_urls, article_url_pattern, language and delay_s'
    """
    if near := get_close_matches(word, (*OURS, "custom_settings", *_SCRAPYS), n=2):
        return f"did you mean {' or '.join(near)}?"
    return f"a site declares {', '.join(OURS[:-1])} and {OURS[-1]}"
