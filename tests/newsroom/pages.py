"""The pages of the newsroom: one frame, three article layouts, three listing layouts.

`cms`        JSON-LD, Open Graph, cards with pictures; what a large news site looks like
`wordpress`  meta tags, breadcrumbs, the headline twice, and much that is no article
`plain`      a table from long ago: byline and date are visible text and nothing else
"""

import json
from collections.abc import Callable, Sequence
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


def article_page(frame: Frame, story: Story, *, extra_head: str = "") -> str:
    """The page of one story in the layout of its section.

    `extra_head` takes the place of the JSON-LD in the layout that has one.
    """
    return _ARTICLE_LAYOUTS[frame.section.layout](frame, story, extra_head)


def section_page(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    """Page `number` of a section: its stories as cards, newest first, and the pagination."""
    return _SECTION_LAYOUTS[frame.section.layout](frame, stories, number, last)


def amp_page(frame: Frame, story: Story) -> str:
    """The AMP variant of a story: text, canonical link and little else."""
    body = f"<main><h1>{escape(story.title)}</h1>{_paragraphs(story.paragraphs)}</main>"
    canonical = f'<link rel="canonical" href="{frame.base_url}{story.canonical_path}">'
    page = document(frame, story.title, body, canonical + json_ld(frame, story))
    return page.replace("<html ", "<html amp ", 1)


def print_page(frame: Frame, story: Story) -> str:
    """The print variant of a story: no navigation at all."""
    return f"""<html lang="{story.language}"><head><meta charset="utf-8">
<title>{escape(story.title)}</title><meta name="robots" content="noindex">
<link rel="canonical" href="{frame.base_url}{story.canonical_path}"></head>
<body onload="window.print()"><h1>{escape(story.title)}</h1>
<p>{escape(byline(story))}, {date_text(story)}</p>{_paragraphs(story.paragraphs)}</body></html>"""


def app_shell() -> str:
    """A page that shows nothing without JavaScript."""
    return (
        f"<!DOCTYPE html><html><head><title>{SITE_NAME}</title></head><body>"
        '<div id="root"></div><script src="/media/app.js"></script></body></html>'
    )


def simple_page(frame: Frame, title: str, paragraphs: Sequence[str], head: str = "") -> str:
    """A page that is no story: legal pages, authors, errors."""
    return document(
        frame, title, f"<main><h1>{escape(title)}</h1>{_paragraphs(paragraphs)}</main>", head
    )


def link_list(stories: Sequence[Story]) -> str:
    """Links to stories as list items."""
    return "".join(f'<li><a href="{escape(s.path)}">{escape(s.title)}</a></li>' for s in stories)


def json_ld(frame: Frame, story: Story, *, is_free: bool | None = None) -> str:
    """The schema.org NewsArticle of a story as a script element."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published_at.isoformat(),
        "dateModified": (story.modified_at or story.published_at).isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": SITE_NAME},
        "articleSection": story.section,
        "keywords": list(story.tags),
        "inLanguage": story.language,
        "image": [f"{frame.base_url}/media/{story.slug}.png"],
        "mainEntityOfPage": frame.base_url + story.canonical_path,
    }
    if is_free is not None:
        data["isAccessibleForFree"] = is_free
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)


def _navigation(frame: Frame) -> str:
    links = [f'<li><a href="/">{frame.labels["home"]}</a></li>']
    links += [f'<li><a href="{s.prefix}">{s.name}</a></li>' for s in frame.sections]
    return "".join(links)


def _sidebar(frame: Frame) -> str:
    tags = words_of(frame.section.language)["tag"]
    cloud = "".join(f'<a href="/tag/{slug_of(tag)}/">{tag}</a> ' for tag in tags)
    calendar = '<a href="/calendar/2025/11/">November 2025</a>' if frame.has_calendar else ""
    return f"""<aside class="sidebar">
<section class="widget recent-posts"><h4>{frame.labels["recent"]}</h4>
<ul>{link_list(frame.recent[:5])}</ul></section>
<section class="widget tag-cloud"><h4>{frame.labels["tags"]}</h4>{cloud}</section>
{calendar}
</aside>"""


def _common_head(frame: Frame, story: Story) -> str:
    canonical = frame.base_url + story.canonical_path
    return f"""<meta name="description" content="{escape(story.teaser)}">
<link rel="canonical" href="{escape(canonical)}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:url" content="{escape(canonical)}">
<meta property="og:image" content="{frame.base_url}/media/{story.slug}.png">
<meta property="og:site_name" content="{SITE_NAME}">"""


def _cms_article(frame: Frame, story: Story, extra_head: str) -> str:
    labels, tags = frame.labels, _tag_links(story)
    half = len(story.paragraphs) // 2
    authors = ", ".join(
        f'<a rel="author" href="/author/{slug_of(n)}/">{escape(n)}</a>' for n in story.authors
    )
    head = f"{_common_head(frame, story)}\n{extra_head or json_ld(frame, story)}"
    body = f"""<main id="content"><article class="story">
<header><p class="kicker"><a href="{frame.section.prefix}">{story.section}</a></p>
<h1>{escape(story.title)}</h1>
<div class="byline">{authors}</div>
<time datetime="{story.published_at.isoformat()}">{date_text(story)}</time></header>
<figure><img src="/media/{story.slug}.png" alt=""><figcaption>{SITE_NAME}</figcaption></figure>
<div class="story-body">
{_paragraphs(story.paragraphs[:half])}
<aside class="related"><h3>{labels["related"]}</h3><ul>{link_list(frame.recent[:3])}</ul></aside>
{_paragraphs(story.paragraphs[half:])}
</div>
<ul class="topics">{tags}</ul>
</article>
<section class="newsletter"><p>{words_of(story.language)["filler"]}</p></section>
</main>{_sidebar(frame)}"""
    return document(frame, story.title, body, head)


def _wordpress_article(frame: Frame, story: Story, extra_head: str) -> str:
    labels, filler = frame.labels, words_of(story.language)["filler"]
    half, published = len(story.paragraphs) // 2, story.published_at.isoformat()
    modified = (story.modified_at or story.published_at).isoformat()
    head = f"""{_common_head(frame, story)}
<meta property="article:published_time" content="{published}">
<meta property="article:modified_time" content="{modified}">
<meta property="article:section" content="{story.section}">
{"".join(f'<meta property="article:tag" content="{tag}">' for tag in story.tags)}
{"".join(f'<meta name="author" content="{escape(name)}">' for name in story.authors)}
{extra_head}"""
    authors = ", ".join(
        f'<a rel="author" href="/author/{slug_of(n)}/">{escape(n)}</a>' for n in story.authors
    )
    see_also = "".join(
        f'<p class="see-also">{labels["see_also"]}: <a href="{s.path}">{escape(s.title)}</a></p>'
        for s in frame.recent[:1]
    )
    body = f"""<div class="breadcrumbs"><a href="/">{labels["home"]}</a> »
<a href="{frame.section.prefix}">{story.section}</a> » <span>{escape(story.title)}</span></div>
<div class="page-title"><h2>{escape(story.title)}</h2></div>
<main class="site-main"><article class="post type-post status-publish">
<header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1>
<div class="entry-meta"><span class="byline">{authors}</span>
<time class="entry-date published" datetime="{published}">{date_text(story)}</time>
</div></header>
<div class="entry-content">
{_paragraphs(story.paragraphs[:half])}
{see_also}
{_paragraphs(story.paragraphs[half:])}
</div>
<footer class="entry-footer">{_tag_links(story)}</footer>
</article>
<section class="related-posts"><h3>{labels["related"]}</h3>
<ul>{link_list(frame.recent[1:4])}</ul></section>
<section class="newsletter-signup"><p>{filler}</p>
<form><input type="email" name="email"></form></section>
<section id="respond" class="comment-respond"><h3>{labels["comments"]}</h3>
<form action="/comment/"><textarea name="comment"></textarea><input name="author"></form></section>
</main>{_sidebar(frame)}
<div class="cookie-notice"><p>We use cookies to make this site work.
<a href="/privacy/">Privacy</a></p>
<button>OK</button></div>"""
    return document(frame, story.title, body, head)


def _plain_article(frame: Frame, story: Story, extra_head: str) -> str:
    body = f"""<table width="100%"><tr valign="top"><td class="left">{_sidebar(frame)}</td>
<td class="middle"><h2>{escape(story.title)}</h2>
<div class="by"><b>{escape(byline(story))}</b></div>
<div class="small">{date_text(story)}</div>
{_paragraphs(story.paragraphs)}
<div class="small"><a href="{frame.section.prefix}">{story.section}</a></div>
</td></tr></table>"""
    return document(frame, story.title, body, extra_head)


def _tag_links(story: Story) -> str:
    return "".join(f'<li><a rel="tag" href="/tag/{slug_of(t)}/">{t}</a></li>' for t in story.tags)


def _rel(story: Story) -> str:
    return ' rel="nofollow"' if story.kind == "nofollow" else ""


def _cms_card(story: Story) -> str:
    href = f'href="{escape(story.path)}"{_rel(story)}'
    return f"""<article class="card"><a {href}><img src="/media/{story.slug}.png" alt=""></a>
<h3><a {href}>{escape(story.title)}</a></h3>
<p class="teaser">{escape(story.teaser)}</p><time>{date_text(story)}</time></article>"""


def _wordpress_card(story: Story) -> str:
    href = f'href="{escape(story.path)}"{_rel(story)}'
    authors = ", ".join(f'<a href="/author/{slug_of(n)}/">{escape(n)}</a>' for n in story.authors)
    more = words_of(story.language)["labels"]["more"]
    return f"""<article class="post">
<h2 class="entry-title"><a {href}>{escape(story.title)}</a></h2>
<div class="entry-meta">{authors} · <time>{date_text(story)}</time></div>
<a {href} class="thumbnail"><img src="/media/{story.slug}.png" alt=""></a>
<p>{escape(story.teaser)} <a {href} class="more-link">{more}</a></p>
</article>"""


def _plain_card(story: Story) -> str:
    href = f'href="{escape(story.path)}"{_rel(story)}'
    return f"""<tr><td><a {href}><img src="/media/{story.slug}.png" border="0" alt=""></a></td>
<td><b><a {href}>{escape(story.title)}</a></b><br>{escape(story.teaser)}
<br><font size="1">{date_text(story)}</font></td></tr>"""


def _cms_section(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    cards = "\n".join(map(_cms_card, stories))
    body = f"""<main><h1>{frame.section.name}</h1><div class="river">{cards}</div>
{_pagination(frame, number, last)}</main>{_sidebar(frame)}"""
    return document(frame, frame.section.name, body, _paging_head(frame, number, last))


def _wordpress_section(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    cards = "\n".join(map(_wordpress_card, stories))
    body = f"""<main class="site-main"><h1 class="page-title">{frame.section.name}</h1>{cards}
{_pagination(frame, number, last)}</main>{_sidebar(frame)}"""
    return document(frame, frame.section.name, body, _paging_head(frame, number, last))


def _plain_section(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    cards = "\n".join(map(_plain_card, stories))
    body = f"""<table width="100%"><tr valign="top"><td class="left">{_sidebar(frame)}</td>
<td class="middle"><h2>{frame.section.name}</h2><table>{cards}</table>
{_pagination(frame, number, last)}</td></tr></table>"""
    return document(frame, frame.section.name, body)


def _paging_head(frame: Frame, number: int, last: int) -> str:
    if number >= last:
        return ""
    return f'<link rel="next" href="{frame.section.page_path(number + 1)}">'


def _pagination(frame: Frame, number: int, last: int) -> str:
    section, labels = frame.section, frame.labels
    links = [_page_link(section, page, number) for page in range(1, last + 1)]
    if number > 1:
        path = section.page_path(number - 1)
        links.insert(0, f'<a class="prev" href="{path}">{labels["previous"]}</a>')
    if number < last:
        rel = "" if section.layout == "plain" else ' rel="next"'
        path = section.page_path(number + 1)
        links.append(f'<a class="next"{rel} href="{path}">{labels["next"]}</a>')
    return f'<nav class="pagination">{" ".join(links)}</nav>'


def _page_link(section: Section, page: int, current: int) -> str:
    if page == current:
        return f'<span class="current">{page}</span>'
    return f'<a class="page-numbers" href="{section.page_path(page)}">{page}</a>'


_ArticleLayout = Callable[[Frame, Story, str], str]
_SectionLayout = Callable[[Frame, Sequence[Story], int, int], str]

_ARTICLE_LAYOUTS: dict[str, _ArticleLayout] = {
    "cms": _cms_article,
    "wordpress": _wordpress_article,
    "plain": _plain_article,
}
_SECTION_LAYOUTS: dict[str, _SectionLayout] = {
    "cms": _cms_section,
    "wordpress": _wordpress_section,
    "plain": _plain_section,
}
