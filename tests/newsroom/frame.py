"""What every page of the newsroom has around it: head, navigation, sidebar, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.newsroom.stories import Story, slug_of, words_of

SITE_NAME = "The Daily Kettle"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the site, and how its pages look."""

    key: str
    name: str
    language: str
    layout: str
    """cms, wordpress or plain."""
    paging: str
    """path (/world/page/2/) or query (/city/?page=2)."""
    feed: str
    """rss or atom."""

    @property
    def prefix(self) -> str:
        """The path of the section's first page."""
        return f"/{self.key}/"

    def page_path(self, number: int) -> str:
        """The path of its page `number`, from 1."""
        if number == 1:
            return self.prefix
        if self.paging == "path":
            return f"{self.prefix}page/{number}/"
        return f"{self.prefix}?page={number}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page needs to know of the site around it."""

    base_url: str
    """Without a slash at the end."""
    sections: Sequence[Section]
    section: Section
    recent: Sequence[Story]
    """For the sidebar and the related links."""
    has_calendar: bool = False
    motto: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The words of the interface in the section's language."""
        return dict(words_of(self.section.language)["labels"])


def date_text(story: Story) -> str:
    """The day as a reader of that language writes it: "20 November 2025"."""
    pools, at = words_of(story.language), story.published_at
    return str(pools["date"]).format(
        day=at.day, month=pools["months"][at.month - 1], number_month=at.month, year=at.year
    )


def byline(story: Story) -> str:
    """The visible line of authors: "By Ann Lee and Bo Ray"."""
    pools = words_of(story.language)
    return str(pools["byline"]).format(authors=str(pools["join"]).join(story.authors))


def document(frame: Frame, title: str, body: str, head: str = "") -> str:
    """A whole HTML document in the section's language."""
    section = frame.section
    feed_type = "application/rss+xml" if section.feed == "rss" else "application/atom+xml"
    return f"""<!DOCTYPE html>
<html lang="{section.language}">
<head>
<meta charset="utf-8">
<title>{escape(title)} | {SITE_NAME}</title>
<link rel="stylesheet" href="/media/site.css">
<link rel="alternate" type="{feed_type}" title="{section.name}" href="{section.prefix}feed/">
{head}
</head>
<body>
<header class="site-header">
<a class="logo" href="/">{SITE_NAME}</a>
<nav class="main-nav"><ul>{_navigation(frame)}</ul></nav>
<form role="search" action="/search/"><input name="q" placeholder="{frame.labels["search"]}"></form>
</header>
{body}
<footer class="site-footer">
<ul><li><a href="/about/">About us</a></li><li><a href="/contact/">Contact</a></li>
<li><a href="/privacy/">Privacy policy</a></li><li><a href="/terms/">Terms of use</a></li>
<li><a href="/account/login/" rel="nofollow">Log in</a></li>
<li><a href="https://social.example/dailykettle">Follow us</a></li></ul>
<p>© 2025 {SITE_NAME}. All rights reserved.</p>
</footer>
</body>
</html>
"""


def app_shell() -> str:
    """A page that shows nothing without JavaScript."""
    return (
        f"<!DOCTYPE html><html><head><title>{SITE_NAME}</title></head><body>"
        '<div id="root"></div><script src="/media/app.js"></script></body></html>'
    )


def simple_page(frame: Frame, title: str, paragraphs: Sequence[str], head: str = "") -> str:
    """A page that is no story: legal pages, authors, errors."""
    return document(
        frame, title, f"<main><h1>{escape(title)}</h1>{paragraph_tags(paragraphs)}</main>", head
    )


def link_list(stories: Sequence[Story]) -> str:
    """Links to stories as list items."""
    return "".join(f'<li><a href="{escape(s.path)}">{escape(s.title)}</a></li>' for s in stories)


def paragraph_tags(paragraphs: Sequence[str]) -> str:
    """Paragraphs as p elements."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)


def _navigation(frame: Frame) -> str:
    links = [f'<li><a href="/">{frame.labels["home"]}</a></li>']
    links += [f'<li><a href="{s.prefix}">{s.name}</a></li>' for s in frame.sections]
    return "".join(links)


def sidebar(frame: Frame) -> str:
    """Recent posts, the tag cloud and, where there is one, the calendar."""
    tags = words_of(frame.section.language)["tag"]
    cloud = "".join(f'<a href="/tag/{slug_of(tag)}/">{tag}</a> ' for tag in tags)
    calendar = '<a href="/calendar/2025/11/">November 2025</a>' if frame.has_calendar else ""
    return f"""<aside class="sidebar">
<section class="widget recent-posts"><h4>{frame.labels["recent"]}</h4>
<ul>{link_list(frame.recent[:5])}</ul></section>
<section class="widget tag-cloud"><h4>{frame.labels["tags"]}</h4>{cloud}</section>
{calendar}
</aside>"""
