"""A section page read: its article links, its next page, its feeds."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.anchors import gather, read_anchors
from crawler.discovery.html import parse_html
from crawler.discovery.lessons import UrlLessons
from crawler.discovery.model import Link, SectionPage
from crawler.discovery.pagination import find_next_page
from crawler.discovery.score import ARTICLE_SCORE, Judgement, judge

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)


def read_section(
    body: bytes,
    url: str,
    *,
    encoding: str | None = None,
    article_url_pattern: str | None = None,
    lessons: UrlLessons | None = None,
) -> SectionPage:
    """What the section page at `url` shows: links with scores and reasons, next page, feeds.

    `article_url_pattern`, a regular expression searched in each URL, decides alone where it
    is given. `lessons` is what the site has taught before. Bytes that are no HTML make a page
    without links.
    """
    tree = parse_html(body, encoding)
    if tree is None:
        return SectionPage(url=url, links=())
    base_url = _base_url(tree, url)
    anchors = read_anchors(tree, base_url)
    judgements = judge(gather(anchors), url, lessons or UrlLessons())
    pattern = re.compile(article_url_pattern) if article_url_pattern else None
    rel = list(_link_elements(tree, base_url))
    return SectionPage(
        url=url,
        links=tuple(_ranked(judgements, pattern)),
        next_page=find_next_page(url, anchors, [href for rels, _, href in rel if "next" in rels]),
        feeds=tuple(dict.fromkeys(h for r, t, h in rel if "alternate" in r and t in _FEED_TYPES)),
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _base_url(tree: etree._Element, url: str) -> str:
    base = tree.find(".//base[@href]")
    return urljoin(url, base.get("href", "").strip()) if base is not None else url


def _link_elements(tree: etree._Element, base_url: str) -> Iterator[tuple[list[str], str, str]]:
    """rel, media type and absolute target of each `<link rel=… type=… href=…>`."""
    for element in tree.iter("link"):
        href = element.get("href")
        if href:
            rels = (element.get("rel") or "").lower().split()
            yield rels, (element.get("type") or "").lower(), urljoin(base_url, href.strip())


def _ranked(judgements: list[Judgement], pattern: re.Pattern[str] | None) -> list[Link]:
    """The judgements as links in page order; articles ranked, those of sidebars last."""
    articles = [judgement for judgement in judgements if _is_article(judgement, pattern)]
    articles.sort(key=_is_beside)
    ranks = {judgement.candidate.key: rank for rank, judgement in enumerate(articles, start=1)}
    return [_link(judgement, ranks.get(judgement.candidate.key, 0), pattern) for judgement in judgements]


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
