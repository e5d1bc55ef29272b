"""Pages that lead to stories: sections, home pages, tags, authors, archives, searches.

Each layout is a way to write one card; each is tried with few and many cards, and with every
claim that such pages make about themselves.
"""

import json
from collections.abc import Callable, Iterator

from tests.extract.web import NO_URL, Sample, chrome, document
from tests.extract.web.languages import LANGUAGES, Words

Card = Callable[[Words, int], str]


def _article_h2(words: Words, n: int) -> str:
    return (
        f"<article class='card'><a href='/news/{n}-quay.html'><img src='{n}.jpg'></a><h2><a"
        f" href='/news/{n}-quay.html'>{words.title(n)}</a></h2><time>{n % 28 + 1}.10.2026</time>"
        f"<p class='excerpt'>{words.paragraph(n)}</p></article>"
    )


def _link_around_h3(words: Words, n: int) -> str:
    return (
        f"<div class='teaser-wrap'><a class='t' href='/politics/quay-{n}'><picture><img src='{n}'>"
        f"</picture><h3 class='t__title'>{words.title(n)}</h3><p>{words.sentences[n % 4]}</p></a>"
        "</div>"
    )


def _span_headline(words: Words, n: int) -> str:
    return (
        f"<div class='css-1x2y'><a href='/2026/10/{n % 28 + 1}/world/quay-closes.html' class='c9'>"
        f"<span class='css-h'>{words.title(n)}</span></a><div class='css-s'>{words.paragraph(n)}"
        "</div></div>"
    )


def _div_headline(words: Words, n: int) -> str:
    return (
        f"<li class='stream-item'><div class='kicker'>{words.section}</div><a href='/a/{n}00{n}'>"
        f"<div class='headline'>{words.title(n)}</div></a><p>{words.paragraph(n)}</p></li>"
    )


def _link_in_paragraph(words: Words, n: int) -> str:
    return (
        f"<p class='lead-{n % 2}'><a href='/story/{n}'><strong>{words.title(n)}</strong></a><br>"
        f"{words.paragraph(n)} <a href='/story/{n}'>»</a></p>"
    )


def _bare_links(words: Words, n: int) -> str:
    return f"<li><a href='/story/{n}.htm'>{words.title(n)}</a> <span>12:0{n % 10}</span></li>"


def _teaser_above_link(words: Words, n: int) -> str:
    return (
        f"<div class='box'><div class='sum'>{words.paragraph(n)}</div><a class='more'"
        f" href='/story/{n}'>{words.title(n)}</a></div>"
    )


def _table_row(words: Words, n: int) -> str:
    return (
        f"<tr><td>{n % 28 + 1}.10.2026</td><td><a href='/story/{n}'>{words.title(n)}</a><div>"
        f"{words.paragraph(n)}</div></td></tr>"
    )


def _full_post(words: Words, n: int) -> str:
    text = "".join(f"<p>{words.paragraph(n + k)}</p>" for k in range(4 + n % 4))
    return (
        f"<article class='post'><h2 class='entry-title'><a href='/2026/10/quay-{n}/'>"
        f"{words.title(n)}</a></h2><div class='meta'>{n % 28 + 1}.10.2026</div><div class='entry'>"
        f"{text}</div><p><a href='/2026/10/quay-{n}/#comments'>3</a></p></article>"
    )


CARDS: dict[str, Card] = {
    "article_h2": _article_h2,
    "link_around_h3": _link_around_h3,
    "span_headline": _span_headline,
    "div_headline": _div_headline,
    "link_in_paragraph": _link_in_paragraph,
    "bare_links": _bare_links,
    "teaser_above_link": _teaser_above_link,
    "table_row": _table_row,
    "full_post": _full_post,
}

_SITE = '<meta property="og:type" content="website">'
_WRONG = '<meta property="og:type" content="article">'


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _heads(words: Words, count: int) -> dict[str, str]:
    """What sections say about themselves."""
    url = "https://harbour.example/politics"
    entries = [
        {"@type": "ListItem", "position": n + 1, "url": f"{url}/quay-{n}"} for n in range(count)
    ]
    stories = [
        {"@type": "NewsArticle", "headline": words.title(n), "url": f"{url}/quay-{n}",
         "datePublished": "2026-10-30T08:00:00Z"}
        for n in range(count)
    ]  # fmt: skip
    return {
        "nothing": "",
        "website": _SITE,
        "wrong": _WRONG,
        "collection": _SITE + _ld({"@type": "CollectionPage", "name": words.section, "url": url}),
        "item_list": _SITE + _ld({"@type": "ItemList", "itemListElement": entries}),
        "web_page": _WRONG + _ld({"@graph": [{"@type": "WebPage", "name": words.section,
                                              "datePublished": "2020-01-01"},
                                             {"@type": "BreadcrumbList"}]}),
        "stories": _SITE + _ld(stories),
    }  # fmt: skip


def section(
    words: Words, card: Card, count: int, head: str = "", lead: str = "", lang: str = "en"
) -> str:
    """A section page: its name, perhaps a description, and the cards."""
    cards = "".join(card(words, n) for n in range(count))
    if card is _table_row:
        cards = f"<table>{cards}</table>"
    elif card in (_div_headline, _bare_links):
        cards = f"<ul>{cards}</ul>"
    main = f"<h1>{words.section}</h1>{lead}<div class='list'>{cards}</div>"
    main += "<div class='pager'><a href='?page=2'>2</a> <a href='?page=3'>3</a></div>"
    return document(f"{words.section} - Harbour Times", chrome(main), head, lang)


def samples() -> Iterator[Sample]:
    """Every listing."""
    english = LANGUAGES["en"]
    for kind, card in CARDS.items():
        for count in (3, 12, 40):
            html = section(english, card, count)
            yield Sample(f"listing/{kind}/{count}", html, "CategoryPage")
        for said, head in _heads(english, 12).items():
            html = section(english, card, 12, head)
            yield Sample(f"listing/{kind}/says_{said}", html, "CategoryPage")
    for lang, words in LANGUAGES.items():
        for kind in ("article_h2", "span_headline", "link_in_paragraph", "full_post"):
            html = section(words, CARDS[kind], 10, lang=lang)
            yield Sample(f"listing/{kind}/{lang}", html, "CategoryPage")
    yield from _special(english)


def _special(words: Words) -> Iterator[Sample]:
    lead = "<div class='description'>" + "".join(
        f"<p>All about {words.section.lower()} in the harbour: the votes, the people, the money and"
        f" what the {n} parties say about it, updated through the day by our reporters.</p>"
        for n in range(3)
    )
    lead += "</div>"
    for kind in ("article_h2", "span_headline", "bare_links", "full_post"):
        html = section(words, CARDS[kind], 12, _SITE, lead)
        yield Sample(f"listing/{kind}/described", html, "CategoryPage")
        html = section(words, CARDS[kind], 12, "", lead)
        yield Sample(f"listing/{kind}/described_bare", html, "CategoryPage")
    home = "".join(
        f"<section><h2><a href='/{part}/'>{part.title()}</a></h2>"
        + "".join(_link_around_h3(words, n) for n in range(4))
        + "</section>"
        for part in ("world", "sport", "culture")
    )
    html = document("Harbour Times - Breaking news", chrome(home), _SITE)
    yield Sample("listing/home", html, "CategoryPage", "https://harbour.example/")
    yield Sample("listing/home_without_url", html, "CategoryPage")
    canonical = '<link rel="canonical" href="http://unknown.example/">'
    html = document("Harbour Times", chrome(home), canonical)
    yield Sample("listing/home_canonical", html, "CategoryPage")
    bio = (
        "<div class='author-bio'><p>Ruth Amsel has covered the harbour for the Harbour Times since"
        " 2004. Before that she worked on a dredger, and wrote two books about silt.</p></div>"
    )
    profile = _ld({"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": "Ruth Amsel"}})
    for kind in ("article_h2", "span_headline", "bare_links"):
        html = section(words, CARDS[kind], 10, profile, bio).replace(">Politics<", ">Ruth Amsel<")
        yield Sample(f"listing/author/{kind}", html, "CategoryPage")
        html = section(words, CARDS[kind], 10, "", bio).replace(">Politics<", ">Ruth Amsel<")
        url = "https://harbour.example/author/ruth-amsel/"
        yield Sample(f"listing/author_bare/{kind}", html, "CategoryPage", url)
    found = "<form><input type='search' value='quay'></form><p>312 results for “quay”</p>"
    html = section(words, _div_headline, 10, "", found)
    yield Sample("listing/search", html, "CategoryPage", "https://harbour.example/search?q=quay")
    none = "<h1>Search</h1><form><input type='search' value='x'></form><p>No results for “x”.</p>"
    html = document("Search results for x", chrome(none))
    yield Sample("listing/search_empty", html, "CategoryPage", "https://harbour.example/search?q=x")
    videos = "".join(
        f"<div class='vid'><a href='/video/{n}'><img src='{n}.jpg'><span class='dur'>1:2{n % 10}"
        f"</span><div>{words.title(n)}</div></a></div>"
        for n in range(16)
    )
    html = document("Videos", chrome(f"<h1>Videos</h1>{videos}"), _SITE)
    yield Sample("listing/videos", html, "CategoryPage")
    html = section(words, _article_h2, 1, _SITE)
    yield Sample("listing/one", html, "CategoryPage", "https://harbour.example/tag/quay/")
    html = section(words, _full_post, 3, "")
    url = "https://harbour.example/blog/page/4/"
    yield Sample("listing/full_posts_page_4", html, "CategoryPage", url)
    ticker = "".join(
        f"<div class='row'><time>0{n % 10}:15</time><a href='/n/{n}'>{words.title(n)}</a></div>"
        for n in range(30)
    )
    html = document("Latest news", chrome(f"<h1>Latest</h1>{ticker}"))
    yield Sample("listing/ticker", html, "CategoryPage")
    yield Sample("listing/scroll", html.replace("</main>", "<div class='loader'>Loading</div>"
                 "</main>"), "CategoryPage", NO_URL)  # fmt: skip
