"""Pages as the web serves them, written for the tests: walls, listings, stories, live blogs.

Each module yields `Sample`s. Names and texts are invented; the markup follows the manner of
common publishing systems and vendors.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.items import Page

NO_URL = "http://unknown.example/news/4711.html"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """One page and what it is."""

    name: str
    html: str
    expected: str
    """The reason of the reject, or the page type of the article."""
    url: str = NO_URL

    def page(self) -> Page:
        """The page as a crawl would have fetched it."""
        return Page(url=self.url, body=self.html.encode(), fetched_at=NOW)


def document(title: str, body: str, head: str = "", lang: str = "en") -> str:
    """A whole HTML document."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body>{body}</body></html>"
    )


NAV = "".join(
    f'<li><a href="/{name}/">{name.title()}</a></li>'
    for name in ("world", "politics", "business", "culture", "sport", "opinion", "video", "weather")
)
FOOTER = (
    "<footer><ul><li><a href='/about'>About us</a></li><li><a href='/contact'>Contact</a></li>"
    "<li><a href='/terms'>Terms</a></li><li><a href='/privacy'>Privacy</a></li></ul>"
    "<p>© 2026 Harbour Times Media. All rights reserved.</p></footer>"
)


def chrome(main: str, after: str = "") -> str:
    """The main part of a page within the header and the footer of a site."""
    return (
        f"<header class='site-header'><a href='/'>Harbour Times</a><nav><ul>{NAV}</ul></nav>"
        f"</header><main id='content'>{main}</main>{after}{FOOTER}"
    )
