"""The pages of one story in three layouts.

`cms`        JSON-LD, Open Graph, related links amid the text; as on a large news site
`wordpress`  meta tags, breadcrumbs, the headline twice, and much that is no article
`plain`      a table from long ago: byline and date are visible text and nothing else
"""

import json
from collections.abc import Callable
from html import escape

from tests.newsroom.frame import (
    SITE_NAME,
    Frame,
    byline,
    date_text,
    document,
    link_list,
    paragraph_tags,
    sidebar,
)
from tests.newsroom.stories import Story, slug_of, words_of


def article_page(frame: Frame, story: Story, *, extra_head: str = "") -> str:
    """The page of one story in the layout of its section.

    `extra_head` takes the place of the JSON-LD in the layout that has one.
    """
    return _LAYOUTS[frame.section.layout](frame, story, extra_head)


def amp_page(frame: Frame, story: Story) -> str:
    """The AMP variant of a story: text, canonical link and little else."""
    body = f"<main><h1>{escape(story.title)}</h1>{paragraph_tags(story.paragraphs)}</main>"
    canonical = f'<link rel="canonical" href="{frame.base_url}{story.canonical_path}">'
    page = document(frame, story.title, body, canonical + json_ld(frame, story))
    return page.replace("<html ", "<html amp ", 1)


def print_page(frame: Frame, story: Story) -> str:
    """The print variant of a story: no navigation at all."""
    return f"""<html lang="{story.language}"><head><meta charset="utf-8">
<title>{escape(story.title)}</title><meta name="robots" content="noindex">
<link rel="canonical" href="{frame.base_url}{story.canonical_path}"></head>
<body onload="window.print()"><h1>{escape(story.title)}</h1>
<p>{escape(byline(story))}, {date_text(story)}</p>
{paragraph_tags(story.paragraphs)}</body></html>"""


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
    related = link_list(_others(frame, story)[:3])
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
{paragraph_tags(story.paragraphs[:half])}
<aside class="related"><h3>{labels["related"]}</h3><ul>{related}</ul></aside>
{paragraph_tags(story.paragraphs[half:])}
</div>
<ul class="topics">{tags}</ul>
</article>
<section class="newsletter"><p>{words_of(story.language)["filler"]}</p></section>
</main>{sidebar(frame)}"""
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
        for s in _others(frame, story)[:1]
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
{paragraph_tags(story.paragraphs[:half])}
{see_also}
{paragraph_tags(story.paragraphs[half:])}
</div>
<footer class="entry-footer">{_tag_links(story)}</footer>
</article>
<section class="related-posts"><h3>{labels["related"]}</h3>
<ul>{link_list(_others(frame, story)[1:4])}</ul></section>
<section class="newsletter-signup"><p>{filler}</p>
<form><input type="email" name="email"></form></section>
<section id="respond" class="comment-respond"><h3>{labels["comments"]}</h3>
<form action="/comment/"><textarea name="comment"></textarea><input name="author"></form></section>
</main>{sidebar(frame)}
<div class="cookie-notice"><p>We use cookies to make this site work.
<a href="/privacy/">Privacy</a></p>
<button>OK</button></div>"""
    return document(frame, story.title, body, head)


def _plain_article(frame: Frame, story: Story, extra_head: str) -> str:
    body = f"""<table width="100%"><tr valign="top"><td class="left">{sidebar(frame)}</td>
<td class="middle"><h2>{escape(story.title)}</h2>
<div class="by"><b>{escape(byline(story))}</b></div>
<div class="small">{date_text(story)}</div>
{paragraph_tags((*story.paragraphs, *filter(None, [frame.motto])))}
<div class="small"><a href="{frame.section.prefix}">{story.section}</a></div>
</td></tr></table>"""
    return document(frame, story.title, body, extra_head)


def _others(frame: Frame, story: Story) -> list[Story]:
    return [other for other in frame.recent if other.title != story.title]


def _tag_links(story: Story) -> str:
    return "".join(f'<li><a rel="tag" href="/tag/{slug_of(t)}/">{t}</a></li>' for t in story.tags)


_LAYOUTS: dict[str, Callable[[Frame, Story, str], str]] = {
    "cms": _cms_article,
    "wordpress": _wordpress_article,
    "plain": _plain_article,
}
