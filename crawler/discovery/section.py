"""A section page read: its article links, its next page, its feeds."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

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


def _base_url(tree: HtmlElement, url: str) -> str:
    base = tree.find(".//base[@href]")
    return urljoin(url, base.get("href", "").strip()) if base is not None else url


def _link_elements(tree: HtmlElement, base_url: str) -> Iterator[tuple[list[str], str, str]]:
    """rel, media type and absolute target of each `<link rel=… type=… href=…>`."""
    for element in tree.iter("link"):
        href = element.get("href")
        if href:
            rels = (element.get("rel") or "").lower().split()
            yield rels, (element.get("type") or "").lower(), urljoin(base_url, href.strip())


def _ranked(judgements: list[Judgement], pattern: re.Pattern[str] | None) -> list[Link]:
    """The judgements as links in page order; articles ranked, those of sidebars last."""
    links = [_link(judgement, pattern) for judgement in judgements]
    places = [i for i, link in enumerate(links) if link.is_article]
    in_order = sorted(places, key=lambda i: _is_beside(judgements[i]))
    ranks = {place: rank for rank, place in enumerate(in_order, start=1)}
    return [_with_rank(link, ranks.get(i, 0)) for i, link in enumerate(links)]


def _is_beside(judgement: Judgement) -> bool:
    return all(
        anchor.place.region in ("aside", "navigation", "footer") for anchor in judgement.candidate.anchors
    )


def _link(judgement: Judgement, pattern: re.Pattern[str] | None) -> Link:
    candidate = judgement.candidate
    reasons = tuple(judgement.reasons)
    is_article = judgement.score >= ARTICLE_SCORE and not judgement.is_barred
    if pattern is not None:
        is_article = pattern.search(candidate.url) is not None
        reasons = (f"article_url_pattern {'matches' if is_article else 'does not match'}",)
    return Link(
        url=candidate.url,
        url_key=candidate.key,
        score=round(judgement.score, 2),
        reasons=reasons,
        anchor_text=judgement.headline.text,
        is_article=is_article,
        is_nofollow=all("nofollow" in anchor.rel for anchor in candidate.anchors),
        is_offsite=judgement.is_offsite,
    )


def _with_rank(link: Link, rank: int) -> Link:
    from dataclasses import replace

    return replace(link, rank=rank) if rank else link
