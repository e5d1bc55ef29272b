"""Everything about a story but its body, each field with what gave it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pipelines.extract import hints
from pipelines.extract.bylines import read_authors
from pipelines.extract.document import Document
from pipelines.extract.evidence import Claim, Evidence, evidence_of
from pipelines.extract.kickers import kind_of_kicker
from pipelines.extract.language import SAMPLE_CHARS, declared_language, identify
from pipelines.extract.prose import is_prose
from pipelines.extract.published import Dates, read_dates
from pipelines.extract.sections import read_section
from pipelines.extract.standfirst import read_standfirst
from pipelines.extract.stated_text import paragraphs_of
from pipelines.extract.tags import read_tags
from pipelines.extract.titles import read_title
from pipelines.urls import site_of

_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its story. Times are aware (UTC); see docs/dataset.md."""

    title: str | None = None
    standfirst: str | None = None
    description: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    """As declared; `language.identify` checks it against the text."""
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
    """The kind of page that it says it is: article, live_blog, video, section …"""
    label: str | None = None
    """The kind of article that readers are told it is, by the headline or in the head."""
    article_body: str | None = None
    """The body that JSON-LD gives, a line for each paragraph."""
    field_sources: dict[str, str] = field(default_factory=dict)
    """For each field that may come from several places and is set, what gave it."""
    conflicts: tuple[str, ...] = ()
    """What other statements of the page contradict a field: "title: meta says …"."""


def read_metadata(document: Document) -> Metadata:
    """The metadata of a page: JSON-LD first, then meta tags, microdata, and what is seen."""
    evidence = evidence_of(document)
    declared = declared_language(document)
    language = _spoken_language(document, declared)
    title = read_title(evidence)
    texts = _texts(evidence, title.claim)
    # The words of English are known beside those of any language: an English text under
    # another declaration may still be signed in that language.
    reading = declared if declared and (language or "").startswith("en") else language
    dates = read_dates(evidence, reading)
    authors = read_authors(evidence, reading)
    tags, tags_source = read_tags(evidence)
    sources = {name: claim.source for name, claim in texts.items() if claim}
    sources |= {
        "authors": authors.source,
        "tags": tags_source,
        "language": ("html" if language == declared else "text") if language else "",
    }
    return Metadata(
        **_fields(texts, dates),
        authors=authors.names,
        tags=tags,
        language=language,
        is_free=hints.is_free(evidence),
        opt_out=hints.opt_out(evidence),
        page_type_hint=hints.page_type_hint(evidence),
        label=kind_of_kicker(evidence),
        article_body=_article_body(evidence),
        conflicts=(*title.conflicts, *authors.conflicts, *dates.conflicts),
        field_sources={k: v for k, v in (sources | _date_sources(dates)).items() if v},
    )


def _spoken_language(document: Document, declared: str | None) -> str | None:
    """The language of the page's prose, in which it says who wrote it and when.

    Templates often declare the wrong one.
    """
    sample, chars = [], 0
    for block in document.blocks:
        if is_prose(block):
            sample.append(block.text)
            chars += len(block.text)
            if chars >= SAMPLE_CHARS:
                break
    return identify(" ".join(sample), declared)


def _texts(evidence: Evidence, title: Claim | None) -> dict[str, Claim | None]:
    """The fields that are one text each."""
    return {
        "title": title,
        "standfirst": read_standfirst(evidence, title.text if title else None),
        "description": next(evidence.meta(_DESCRIPTIONS), None),
        "section": read_section(evidence),
        "image_url": _image_url(evidence),
        "canonical_url": _canonical_url(evidence),
    }


def _fields(texts: dict[str, Claim | None], dates: Dates) -> dict[str, Any]:
    """The fields of texts and dates that are set."""
    found: dict[str, Any] = {name: claim.text for name, claim in texts.items() if claim}
    if dates.published:
        moment = dates.published.moment
        found["published_at"] = moment.at
        found["published_precision"] = moment.precision
        found["published_raw"] = moment.raw
        found["published_source"] = dates.published.source
    if dates.modified:
        found["modified_at"] = dates.modified.moment.at
    return found


def _date_sources(dates: Dates) -> dict[str, str]:
    named = {"published_at": dates.published, "modified_at": dates.modified}
    return {name: dated.source for name, dated in named.items() if dated}


def _image_url(evidence: Evidence) -> Claim | None:
    """The lead image, absolute."""
    claims = [
        Claim(url, "jsonld")
        for value in evidence.json_ld("image", "thumbnailUrl")
        for url in _image_urls(value)
    ]
    for claim in (*claims, *evidence.meta(_IMAGES)):
        url = evidence.document.absolute(claim.text)
        if url and url.startswith(("http://", "https://")):
            return Claim(url, claim.source)
    return None


def _image_urls(value: Any) -> Iterator[str]:
    """The URLs of a JSON-LD image: a text, an ImageObject, or a list of these."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _image_urls(item)
    elif isinstance(value, dict):
        yield from _image_urls(value.get("url") or value.get("contentUrl"))


def _canonical_url(evidence: Evidence) -> Claim | None:
    """The canonical URL, absolute; None where it names another site or the home page."""
    stated = (Claim(href, "html") for href in evidence.document.canonical_hrefs)
    for claim in (*stated, *evidence.meta(("og:url",))):
        url = evidence.document.absolute(claim.text)
        if url and _may_be_canonical(url, evidence.page.url):
            return Claim(url, claim.source)
    return None


def _may_be_canonical(url: str, page_url: str) -> bool:
    """True for a page of the same site that is not its home page, unless the page is.

    >>> _may_be_canonical("https://example.com/", "https://example.com/world/rain")
    False
    """
    parts, own = urlsplit(url), urlsplit(page_url)
    if parts.scheme not in ("http", "https") or site_of(url) != site_of(page_url):
        return False
    return bool(parts.path.strip("/") or parts.query) or not own.path.strip("/")


def _article_body(evidence: Evidence) -> str | None:
    bodies = ("\n".join(paragraphs_of(value)) for value in evidence.json_ld("articleBody"))
    return next(filter(None, bodies), None)
