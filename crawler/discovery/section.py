"""A section page read: its article links, its next page, its feeds."""

import re

from lxml import etree

from crawler.discovery.anchors import Joiner, gather, read_anchors
from crawler.discovery.feed_links import find_feeds
from crawler.discovery.html import page_language, parse_html
from crawler.discovery.model import Link, SectionPage
from crawler.discovery.pagination import find_next_page
from crawler.discovery.pattern_counts import PatternCounts
from crawler.discovery.score import ARTICLE_SCORE, Judgement, judge


def read_section(
    body: bytes,
    url: str,
    *,
    encoding: str | None = None,
    article_url_pattern: str | None = None,
    pattern_counts: PatternCounts | None = None,
) -> SectionPage:
    """What the section page at `url` shows: links with scores and reasons, next page, feeds.

    `article_url_pattern`, a regular expression searched in each URL, decides alone where it
    is given. `pattern_counts` is what URLs of the site led to before. Bytes that are no HTML make
    a page without links.
    """
    tree = parse_html(body, encoding)
    if tree is None:
        return SectionPage(url=url, links=())
    join = Joiner(_base_url(tree, url))
    anchors = read_anchors(tree, join)
    judgements = judge(gather(anchors), url, pattern_counts or PatternCounts())
    pattern = re.compile(article_url_pattern) if article_url_pattern else None
    links = tuple(_ranked(judgements, pattern))
    article_keys = {link.url_key for link in links if link.is_article}
    return SectionPage(
        url=url,
        links=links,
        next_page=find_next_page(url, anchors, _rel_next(tree, join), article_keys),
        feeds=find_feeds(tree, join, anchors, url),
        language=page_language(tree),
    )


def _base_url(tree: etree._Element, url: str) -> str:
    """Against what relative links are resolved: `<base href>` where it is usable."""
    base = tree.find(".//base[@href]")
    return (Joiner(url)(base.get("href") or "") or url) if base is not None else url


def _rel_next(tree: etree._Element, join: Joiner) -> list[str]:
    """The targets of `<link rel="next" href="…">`."""
    links = (x for x in tree.iter("link") if "next" in (x.get("rel") or "").lower().split())
    return [url for link in links if (url := join(link.get("href") or ""))]


def _ranked(judgements: list[Judgement], pattern: re.Pattern[str] | None) -> list[Link]:
    """The judgements as links in page order; articles ranked, those of sidebars last."""
    articles = [judgement for judgement in judgements if _is_article(judgement, pattern)]
    articles.sort(key=_is_beside)
    ranks = {judgement.candidate.key: rank for rank, judgement in enumerate(articles, start=1)}
    return [_link(x, ranks.get(x.candidate.key, 0), pattern) for x in judgements]


def _is_article(judgement: Judgement, pattern: re.Pattern[str] | None) -> bool:
    if pattern is not None:
        return pattern.search(judgement.candidate.url) is not None
    return judgement.score >= ARTICLE_SCORE and not judgement.is_barred


def _is_beside(judgement: Judgement) -> bool:
    """True where a link stands only in sidebars, navigation and footers."""
    return all(
        anchor.place.region in ("aside", "navigation", "footer")
        for anchor in judgement.candidate.anchors
    )


def _link(judgement: Judgement, rank: int, pattern: re.Pattern[str] | None) -> Link:
    candidate = judgement.candidate
    reasons = tuple(judgement.reasons)
    if pattern is not None:
        reasons = (f"article_url_pattern {'matches' if rank else 'does not match'}",)
    return Link(
        url=candidate.url,
        url_key=candidate.key,
        score=round(judgement.score, 2),
        reasons=reasons,
        anchor_text=judgement.headline.text,
        is_article=rank > 0,
        rank=rank,
        is_nofollow=all("nofollow" in anchor.rel for anchor in candidate.anchors),
        is_offsite=judgement.is_offsite,
    )
