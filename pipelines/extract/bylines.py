"""Who signs a page: structured data, meta tags, then the byline that readers see."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.extract.authors import is_login, opens_byline, split_byline
from pipelines.extract.evidence import Claim, Evidence, line_of, text_of, texts_in
from pipelines.extract.layout import Mark, class_words

_META_NAMES = (
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "og:article:author",
    "article:author",
    "byl",
    "citation_author",
    "dcterms.creator",
    "dc.creator",
    "author",
)


@dataclass(frozen=True, slots=True)
class SignedName(Claim):
    """The text of a link to an author's page: one name, and nothing else."""


def read_authors(evidence: Evidence, language: str | None) -> tuple[tuple[str, ...], str]:
    """The authors and what gave them; ((), "") where nobody signs.

    Structured data, else meta tags; the visible byline where neither names anyone, or where
    it names all of them and more.
    """
    visible = _first_names(_visible(evidence, language), language, evidence)
    for claims in (*_structured(evidence), *_metas(evidence)):
        names, source = _all_names(claims, language, evidence)
        if names:
            shown = {name.lower() for name in visible[0]}
            return visible if {name.lower() for name in names} < shown else (names, source)
    return visible


def _all_names(
    claims: Iterator[Claim], language: str | None, evidence: Evidence
) -> tuple[tuple[str, ...], str]:
    """The names in all claims, each once, and the source of the first."""
    found: dict[str, str] = {}
    source = ""
    for claim in claims:
        for name in _names(claim, language, evidence):
            found.setdefault(name.lower(), name)
            source = source or claim.source
    return tuple(found.values()), source


def _first_names(
    claims: Iterator[Claim], language: str | None, evidence: Evidence
) -> tuple[tuple[str, ...], str]:
    """The names in the first claim that holds any, and its source."""
    for claim in claims:
        if names := _names(claim, language, evidence):
            return names, claim.source
    return (), ""


def _names(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names of a claim; the site's own name only where readers see it sign alone.

    "By Ann Lee, Harbour Times" names her employer; a link to an author may hold a login.
    """
    is_seen = claim.source == "html"
    is_signed = isinstance(claim, SignedName)
    names = split_byline(claim.text, language, prose=is_seen and not is_signed)
    if is_signed and not names and is_login(claim.text, language):
        return (claim.text,)
    if is_seen:
        return names[:1] + tuple(n for n in names[1:] if not evidence.opens_with_site_name(n))
    return tuple(n for n in names if not evidence.is_site_name(n))


def _structured(evidence: Evidence) -> Iterator[Iterator[Claim]]:
    """The authors of each JSON-LD object: those of a live blog's entries are not all its own."""
    for value in evidence.json_ld("author", "creator"):
        yield (Claim(text, "jsonld") for text in texts_in(value))


def _metas(evidence: Evidence) -> Iterator[Iterator[Claim]]:
    """The meta tags of each name that may hold authors."""
    for name in _META_NAMES:
        yield evidence.meta((name,))


def _visible(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Bylines as readers see them, the surest first.

    ```html
    <span itemprop="author">Ann Lee</span>  <p class="byline">By Ann Lee</p>  <p>By Ann Lee</p>
    ```
    """
    authors = evidence.properties.get("author", [])
    for element in authors:
        if not evidence.beside(element):
            yield Claim(_person_text(element), "html")
    for mark in evidence.marks:
        if _is_byline(mark) and not evidence.beside(_outside_of_aside(mark)):
            yield from _byline_claims(mark.element, language)
    for block in evidence.around_headline:
        if opens_byline(block.text, language):
            yield Claim(block.text, "html")
    if len({_person_text(element) for element in authors}) == 1:
        yield Claim(_person_text(authors[0]), "html")


def _person_text(element: HtmlElement) -> str:
    """The `itemprop="name"` within an author element, else its text."""
    for inner in element.iter("*"):
        if inner is not element and "name" in inner.get("itemprop", "").split():
            return inner.get("content") or line_of(inner)
    return element.get("content") or line_of(element)


def _byline_claims(element: HtmlElement, language: str | None) -> Iterator[Claim]:
    """What a byline says: its links to authors where they are all its names, else its line.

    ```html
    <p class="byline"><a rel="author">Ann Lee</a> <a rel="author">Bo Ek</a></p>
    <p class="byline">by <a rel="author">Institute for Rain</a></p>
    ```
    """
    links = [a for a in element.iter("a") if "author" in (a.get("rel") or "").split()]
    line = line_of(element)
    if len(links) > 1:
        yield Claim("; ".join(text_of(a) for a in links), "html")
    elif links and len(split_byline(line, language)) < 2:
        yield SignedName(text_of(links[0]), "html")
    yield Claim(line, "html")


def _outside_of_aside(mark: Mark) -> HtmlElement:
    """The element whose place counts: an `aside` that is the byline itself is no margin.

    ```html
    <header><h1>Rain</h1> <aside class="post-author">by <a rel="author">Ann Lee</a></aside>
    ```
    """
    parent = mark.element.getparent()
    is_margin = mark.element.tag != "aside" or bool(mark.words & class_words("margin") - {"aside"})
    return mark.element if is_margin or parent is None else parent


def _is_byline(mark: Mark) -> bool:
    return bool(mark.words & class_words("byline")) and not mark.words & class_words("not_byline")
