"""Everything about a story but its body, each field with what gave it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipelines.extract import labels
from pipelines.extract.bylines import read_authors
from pipelines.extract.document import Document
from pipelines.extract.evidence import Claim, Evidence
from pipelines.extract.language import declared_language
from pipelines.extract.published import read_dates
from pipelines.extract.structured import types_of
from pipelines.extract.titles import read_title
from pipelines.urls import site_of

_PAGE_TYPES = {
    "LiveBlogPosting": "live_blog",
    "VideoObject": "video",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
    "OpinionNewsArticle": "opinion",
    "AudioObject": "audio",
    "PodcastEpisode": "audio",
    "AdvertiserContentArticle": "advertisement",
    "CollectionPage": "section",
    "SearchResultsPage": "section",
    "ProfilePage": "section",
}
"""Types of schema.org that say what kind of page it is."""
_OG_TYPES = {"article": "article", "video": "video", "website": None, "profile": "section"}
_RESERVATIONS = ("noai", "noimageai", "nosnippet", "noarchive", "noindex")
"""Values of robots tags that bear on the use of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its story. Times are aware (UTC)."""

    title: str | None = None
    standfirst: str | None = None
    description: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_precision: str | None = None
    published_raw: str | None = None
    published_source: str | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    is_free: bool | None = None
    opt_out: tuple[str, ...] = ()
    page_type_hint: str | None = None
    article_body: str | None = None
    site_name: str | None = None
    field_sources: dict[str, str] = field(default_factory=dict)
    """For each field that is set, what gave it."""


def read_metadata(document: Document) -> Metadata:
    """The metadata of a page: JSON-LD first, then meta tags, microdata, and what is seen."""
    evidence = Evidence(document)
    language = declared_language(document)
    title = read_title(evidence)
    dates = read_dates(evidence, language)
    tags, tags_source = labels.read_tags(evidence)
    authors, authors_source = read_authors(evidence, language)
    claims = {
        "title": title,
        "standfirst": labels.read_standfirst(evidence, title.text if title else None),
        "description": next(
            evidence.meta(("description", "og:description", "twitter:description")), None
        ),
        "section": labels.read_section(evidence),
        "site_name": _site_name(evidence),
        "image_url": _image_url(evidence),
        "canonical_url": _canonical_url(evidence),
    }
    sources = {name: claim.source for name, claim in claims.items() if claim}
    published, modified = dates.published, dates.modified
    found = {
        "authors": authors_source,
        "tags": tags_source,
        "language": "html" if language else "",
        "published_at": published.source if published else "",
        "modified_at": modified.source if modified else "",
    }
    sources |= {name: source for name, source in found.items() if source}
    return Metadata(
        **{name: claim.text for name, claim in claims.items() if claim},
        authors=authors,
        tags=tags,
        language=language,
        published_at=published.moment.at if published else None,
        published_precision=published.moment.precision if published else None,
        published_raw=published.moment.raw if published else None,
        published_source=published.source if published else None,
        modified_at=modified.moment.at if modified else None,
        is_free=_is_free(evidence),
        opt_out=_opt_out(evidence),
        page_type_hint=_page_type_hint(evidence),
        article_body=_article_body(evidence),
        field_sources=sources,
    )


def _site_name(evidence: Evidence) -> Claim | None:
    names = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
    return next(evidence.meta(names), None) or next(evidence.json_ld_texts("publisher"), None)


def _image_url(evidence: Evidence) -> Claim | None:
    """The lead image, absolute."""
    for value in evidence.json_ld("image", "thumbnailUrl"):
        for url in _image_urls(value):
            return Claim(urljoin(evidence.document.base_url, url), "jsonld")
    for claim in evidence.meta(
        ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    ):
        return Claim(urljoin(evidence.document.base_url, claim.text), claim.source)
    return None


def _image_urls(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _image_urls(item)
    elif isinstance(value, dict):
        yield from _image_urls(value.get("url") or value.get("contentUrl"))


def _canonical_url(evidence: Evidence) -> Claim | None:
    """The canonical URL, absolute; None where it names another site or a poorer page."""
    stated = [
        (link.get("href", ""), "html")
        for link in evidence.tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    stated += [(claim.text, "meta") for claim in evidence.meta(("og:url",))]
    for href, source in stated:
        url = urljoin(evidence.document.base_url, href.strip())
        if href.strip() and _may_be_canonical(url, evidence.page.url):
            return Claim(url, source)
    return None


def _may_be_canonical(url: str, page_url: str) -> bool:
    """True for a page of the same site, and not its home page where the page is none."""
    parts, own = urlsplit(url), urlsplit(page_url)
    if parts.scheme not in ("http", "https") or site_of(url) != site_of(page_url):
        return False
    return bool(parts.path.strip("/") or parts.query) or not own.path.strip("/")


def _is_free(evidence: Evidence) -> bool | None:
    """Whether all may read the story; None where the page does not say."""
    for value in evidence.json_ld("isAccessibleForFree"):
        if isinstance(value, bool):
            return value
        if str(value).strip().lower().rsplit("/", 1)[-1] in ("true", "false"):
            return str(value).strip().lower().endswith("true")
    for claim in evidence.meta(("article:content_tier",)):
        return {"free": True, "metered": False, "locked": False}.get(claim.text.lower())
    return None


def _opt_out(evidence: Evidence) -> tuple[str, ...]:
    """The reservations that the site states, in meta tags or headers, in lower case."""
    headers = evidence.page.headers
    stated = [
        claim.text for claim in evidence.meta(("robots", "googlebot", "news", "googlebot-news"))
    ]
    stated.append(headers.get("x-robots-tag", ""))
    tokens = {
        token.strip().lower() for text in stated for token in text.replace(":", ",").split(",")
    }
    found = [name for name in _RESERVATIONS if name in tokens]
    reserved = [*evidence.metas.get("tdm-reservation", ()), headers.get("tdm-reservation", "")]
    if any(value.strip() == "1" for value in reserved):
        found.append("tdm-reservation")
    return tuple(found)


def _page_type_hint(evidence: Evidence) -> str | None:
    """The kind of page that it says it is: article, live_blog, video, section …"""
    types = [name for story in evidence.stories[:1] for name in types_of(story)]
    types += [name for item in evidence.page_objects for name in types_of(item)]
    for name in types:
        if name in _PAGE_TYPES:
            return _PAGE_TYPES[name]
    if any("Article" in name or name in ("BlogPosting", "Report") for name in types):
        return "article"
    for claim in evidence.meta(("og:type",)):
        return _OG_TYPES.get(claim.text.lower().split(".")[0].split(":")[0])
    return None


def _article_body(evidence: Evidence) -> str | None:
    """The body that JSON-LD gives, with its line breaks."""
    bodies = (value for value in evidence.json_ld("articleBody") if isinstance(value, str))
    return next((text for text in bodies if text.strip()), None)
