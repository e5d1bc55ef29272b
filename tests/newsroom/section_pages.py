"""The pages of a section: cards in three layouts, and the pagination."""

from collections.abc import Callable, Sequence
from html import escape

from tests.newsroom.frame import Frame, Section, date_text, document, sidebar
from tests.newsroom.stories import Story, slug_of, words_of


def section_page(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    """Page `number` of a section: its stories as cards, newest first, and the pagination."""
    return _LAYOUTS[frame.section.layout](frame, stories, number, last)


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
{_pagination(frame, number, last)}</main>{sidebar(frame)}"""
    return document(frame, frame.section.name, body, _paging_head(frame, number, last))


def _wordpress_section(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    cards = "\n".join(map(_wordpress_card, stories))
    body = f"""<main class="site-main"><h1 class="page-title">{frame.section.name}</h1>{cards}
{_pagination(frame, number, last)}</main>{sidebar(frame)}"""
    return document(frame, frame.section.name, body, _paging_head(frame, number, last))


def _plain_section(frame: Frame, stories: Sequence[Story], number: int, last: int) -> str:
    cards = "\n".join(map(_plain_card, stories))
    body = f"""<table width="100%"><tr valign="top"><td class="left">{sidebar(frame)}</td>
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


_LAYOUTS: dict[str, Callable[[Frame, Sequence[Story], int, int], str]] = {
    "cms": _cms_section,
    "wordpress": _wordpress_section,
    "plain": _plain_section,
}
