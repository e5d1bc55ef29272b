"""The authors whom a page's head states: structured data and meta tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pipelines.extract.authors import Kind
from pipelines.extract.evidence import Claim, Evidence, texts_in
from pipelines.extract.structured import JsonObject, resolve, types_of
from pipelines.extract.vocabulary import all_openings, is_agency
from pipelines.urls import is_same_site

META_NAMES = (
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "og:article:author",
    "article:author",
    "byl",
    "cxenseparse:author",
    "vr:author",
    "dable:author",
    "mediator_author",
    "shareaholic:article_author_name",
    "dc.creator.name",
    "citation_author",
    "mrf:authors",
    "content_author",
    "dcterms.creator",
    "dc.creator",
    "authors",
    "articleauthor",
    "article_author",
    "article-author",
    "article:author:name",
    "article.author.name",
    "authorname",
    "author_name",
    "author-name",
    "news_author",
    "newsauthor",
    "og:author",
    "bt:author",
    "byline",
    "reporter",
    "writer",
)
"""Meta tags that hold the story's authors and nothing else."""
PAGE_META_NAMES = ("author", "article.author", "creator", "twitter:creator:name")
"""Meta tags that may name who made the page or the site."""
_CARD_LABEL = "twitter:label"
_CARD_TEXT = "twitter:data"


@dataclass(frozen=True, slots=True)
class StructuredName(Claim):
    """A name in structured data, and whose it is."""

    kind: Kind


def in_json_ld(evidence: Evidence) -> Iterator[Iterator[Claim]]:
    """The authors of each JSON-LD object: those of a live blog's entries are not all its own."""
    for value in evidence.json_ld("author", "creator"):
        yield _signing(_structured_names(value, evidence))


def _signing(names: Iterable[StructuredName]) -> Iterator[StructuredName]:
    """The persons where there are any: an organization beside them employs them.

    An agency beside them is left for those to judge who know agencies.
    """
    found = list(names)
    has_person = any(name.kind is Kind.PERSON for name in found)
    for name in found:
        if name.kind is not Kind.ORGANIZATION or not has_person or is_agency(name.text):
            yield name


def of_page(evidence: Evidence) -> Iterator[Claim]:
    """The authors of the JSON-LD objects that describe the page around the story."""
    for item in evidence.page_objects:
        yield from _structured_names(item.get("author"), evidence)


def _structured_names(
    value: Any, evidence: Evidence, seen: frozenset[int] = frozenset()
) -> Iterator[StructuredName]:
    """The names in a JSON-LD value: texts, persons, organizations, references and lists of these.

    An organization whose URL is the site's home page is the site. `seen` holds what the value
    stands in: an author that refers back to its article names nobody.
    """
    value = resolve(value, evidence.document.structured)
    if id(value) in seen:
        return
    within = seen | {id(value)}
    if isinstance(value, list):
        for item in value:
            yield from _structured_names(item, evidence, within)
    elif isinstance(value, dict):
        if "@list" in value or "author" in value:  # a container, or a Role around the author
            inner = value.get("@list") or value.get("author")
            yield from _structured_names(inner, evidence, within)
        elif not _is_the_site(value, evidence):
            texts = texts_in(value) or [_joined_name(value)]
            yield from (StructuredName(text, "jsonld", _kind(value)) for text in texts)
    else:
        yield from (StructuredName(text, "jsonld", Kind.FIELD) for text in texts_in(value))


def _kind(item: JsonObject) -> Kind:
    types = types_of(item)
    if any(name.endswith("Organization") for name in types):
        return Kind.ORGANIZATION
    return Kind.PERSON if "Person" in types else Kind.FIELD


def _joined_name(item: JsonObject) -> str:
    """`{"givenName": "Ann", "familyName": "Lee"}`"""
    parts = (item.get("givenName"), item.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def _is_the_site(item: JsonObject, evidence: Evidence) -> bool:
    """True for an organization whose URL is the site's own home page."""
    url = item.get("url")
    if _kind(item) is not Kind.ORGANIZATION or any(map(is_agency, texts_in(item))):
        return False
    if not isinstance(url, str) or not (absolute := evidence.document.absolute(url)):
        return False
    is_own = is_same_site(absolute, evidence.page.url)
    return is_own and urlsplit(absolute).path.strip("/") == ""


def in_card(evidence: Evidence) -> Iterator[Claim]:
    """What the card for social networks says behind a label that opens bylines.

    ```html
    <meta name="twitter:label1" content="Written by"> <meta name="twitter:data1" content="Ann Lee">
    ```
    """
    for number in "12":
        label = " ".join(evidence.metas.get(f"{_CARD_LABEL}{number}", ()))
        if label.lower().strip(": ") in all_openings():
            yield from evidence.meta((f"{_CARD_TEXT}{number}",))


def in_metas(evidence: Evidence, names: tuple[str, ...]) -> Iterator[Iterator[Claim]]:
    """The meta tags of each name that may hold authors."""
    for name in names:
        yield evidence.meta((name,))
