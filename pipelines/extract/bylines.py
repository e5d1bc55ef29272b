"""Who signs a page: structured data, meta tags, then the byline that readers see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.extract.authors import (
    Kind,
    clean_name,
    is_login,
    opens_byline,
    opens_byline_behind_date,
    organization,
    split_byline,
)
from pipelines.extract.evidence import Claim, Evidence, line_of, text_of, texts_in
from pipelines.extract.house import house_of
from pipelines.extract.layout import Mark, class_words
from pipelines.extract.structured import JsonObject, resolve, types_of
from pipelines.extract.vocabulary import author_folders, is_agency
from pipelines.urls import is_same_site

_META_NAMES = (
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
    "content_author",
    "dcterms.creator",
    "dc.creator",
    "authors",
)
"""Meta tags that hold the story's authors and nothing else."""
_PAGE_META_NAMES = ("author", "article.author", "creator", "twitter:creator:name")
"""Meta tags that may name who made the page or the site."""
_SENTENCE = regex.compile("[。！？]")
"""Ends of sentences in Chinese and Japanese, where a byline has no blank to tell it from prose."""
_MIN_NAMES = 0.4
"""Share of a line that its links to authors must fill; prose links to people too."""
_MAX_MARKS = 40
"""Byline elements looked at: a page with more of them is a list."""


@dataclass(frozen=True, slots=True)
class SignedName(Claim):
    """The text of a link to an author's page: one name, and nothing else."""


@dataclass(frozen=True, slots=True)
class StructuredName(Claim):
    """A name in structured data, and whose it is."""

    kind: Kind


Byline = list[Iterator[Claim]]
"""A byline: for each element that signs, its readings, the surest first."""


class Authors(NamedTuple):
    """Who signs, what gave the names, and who signs elsewhere on the page."""

    names: tuple[str, ...] = ()
    source: str = ""
    conflicts: tuple[str, ...] = ()


def read_authors(evidence: Evidence, language: str | None) -> Authors:
    """The authors of a page; none where nobody signs.

    Structured data, else meta tags; the visible byline where neither names anyone, where it
    names all of them and more, or the person where they name only the agency, and rather than
    a tag that may name the webmaster.
    """
    seen = _first_names(_visible(evidence, language), language, evidence)
    stated = _first_of((*_structured(evidence), *_metas(evidence, _META_NAMES)), language, evidence)
    if stated.names and not _says_more(seen.names, stated.names):
        return stated._replace(conflicts=_conflicts(stated, seen))
    page = _first_of((*_metas(evidence, _PAGE_META_NAMES), _of_page(evidence)), language, evidence)
    if seen.names:
        is_exact = _says_more(page.names, seen.names) or _is_trimmed(page.names, seen.names)
        found = page if is_exact else seen
        return found._replace(conflicts=_conflicts(found, stated))
    is_agency_of_house = all(map(is_agency, page.names)) and _house_signs(evidence, language)
    return Authors() if is_agency_of_house else page


def _house_signs(evidence: Evidence, language: str | None) -> bool:
    """True where structured data names the medium as the author."""
    claims = chain.from_iterable(_structured(evidence))
    return any(house_of(evidence).shares(claim.text, language) for claim in claims)


def _first_of(
    groups: Iterable[Iterable[Claim]], language: str | None, evidence: Evidence
) -> Authors:
    """The names of the first group of claims that holds any."""
    found = (_all_names(claims, language, evidence) for claims in groups)
    return next((authors for authors in found if authors.names), Authors())


def _says_more(seen: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    """True where a byline names those whom the head names and more, or the agency's writer."""
    writers = {name.lower() for name in seen if not is_agency(name)}
    return {name.lower() for name in stated if not is_agency(name)} < writers


def _is_trimmed(stated: tuple[str, ...], seen: tuple[str, ...]) -> bool:
    """True where a line adds something to the names of the head: "Ann Lee Seaview"."""
    pairs = zip(stated, seen, strict=False)
    return len(stated) == len(seen) and all(" " in s and o.startswith(f"{s} ") for s, o in pairs)


def _conflicts(taken: Authors, other: Authors) -> tuple[str, ...]:
    """What the other source says, where both name people and none of them is the same."""
    people = [[n for n in authors.names if not is_agency(n)] for authors in (taken, other)]
    if not all(people) or any(_are_one(one, two) for one in people[0] for two in people[1]):
        return ()
    return (f"authors: {other.source} says {', '.join(other.names)}",)


def _all_names(claims: Iterable[Claim], language: str | None, evidence: Evidence) -> Authors:
    """The names in all claims, each once, and the source of the first.

    An agency with a credit of its own signs only where no writer does.
    """
    read = [(names, c.source) for c in claims if (names := _names(c, language, evidence))]
    people = [(names, source) for names, source in read if not all(map(is_agency, names))]
    found: list[str] = []
    for name in (name for names, _ in people or read for name in names):
        if not any(_are_one(name, other) for other in found):
            found.append(name)
    return Authors(tuple(found), read[0][1] if read else "")


def _are_one(name: str, other: str) -> bool:
    """True for two spellings of a name ("Ann Lee", "Ann Lee, PhD", "About Ann Lee")."""
    shorter, longer = sorted((name.lower(), other.lower()), key=len)
    is_within = longer.endswith(f" {shorter}") or longer.startswith(f"{shorter},")
    return shorter == longer or (" " in shorter and is_within)


def _first_names(bylines: Iterator[Byline], language: str | None, evidence: Evidence) -> Authors:
    """The names in the first byline that holds any."""
    signed = (
        chain.from_iterable(_first_reading(readings, language, evidence) for readings in byline)
        for byline in bylines
    )
    return _first_of(signed, language, evidence)


def _first_reading(
    readings: Iterator[Claim], language: str | None, evidence: Evidence
) -> list[Claim]:
    """The first reading of an element that gives a name."""
    return list(islice((c for c in readings if _names(c, language, evidence)), 1))


def _names(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names of a claim that are not the medium's own.

    "By Ann Lee, Harbour Times" names her employer, and an agency that signs together with the
    medium ("AFP with Harbour Times") no author.
    """
    house = house_of(evidence)
    if house.signs_from_place(claim.text, language):
        return ()
    is_head = claim.source != "html"
    names = _in_head(claim, language, evidence) if is_head else _seen(claim, language, evidence)
    agencies = [name for name in names if is_agency(name)]
    is_shared = agencies and all(n in agencies or n in house for n in names)
    return () if is_shared and house.shares(claim.text, language) else names


def _in_head(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    kind = claim.kind if isinstance(claim, StructuredName) else Kind.FIELD
    names = _of_field(claim.text, kind, language)
    return tuple(n for n in names if not house_of(evidence).signs(n))


def _seen(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names that readers see; the medium's own only where it signs alone.

    A link to an author may hold a login.
    """
    house = house_of(evidence)
    is_signed = isinstance(claim, SignedName)
    names = split_byline(claim.text, language, kind=Kind.FIELD if is_signed else Kind.LINE)
    if is_signed and not names and is_login(claim.text, language):
        return (claim.text,)
    is_desk = names and house.is_own_desk(names[0]) and not opens_byline(claim.text, language)
    first = () if is_desk else names[:1]
    return first + tuple(n for n in names[1:] if not house.opens(n))


def _of_field(text: str, kind: Kind, language: str | None) -> tuple[str, ...]:
    if kind is Kind.ORGANIZATION:
        return organization(text, language)
    return split_byline(text, language, kind=kind)


def _structured(evidence: Evidence) -> Iterator[Iterator[Claim]]:
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


def _of_page(evidence: Evidence) -> Iterator[Claim]:
    """The authors of the JSON-LD objects that describe the page around the story."""
    for item in evidence.page_objects:
        yield from _structured_names(item.get("author"), evidence)


def _structured_names(value: Any, evidence: Evidence) -> Iterator[StructuredName]:
    """The names in a JSON-LD value: texts, persons, organizations, references and lists of these.

    An organization whose URL is the site's home page is the site.
    """
    value = resolve(value, evidence.document.structured)
    if isinstance(value, list):
        for item in value:
            yield from _structured_names(item, evidence)
    elif isinstance(value, dict):
        if "@list" in value or "author" in value:  # a container, or a Role around the author
            yield from _structured_names(value.get("@list") or value["author"], evidence)
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


def _metas(evidence: Evidence, names: tuple[str, ...]) -> Iterator[Iterator[Claim]]:
    """The meta tags of each name that may hold authors."""
    for name in names:
        yield evidence.meta((name,))


def _visible(evidence: Evidence, language: str | None) -> Iterator[Byline]:
    """Bylines as readers see them, the surest first; of each kind those near the headline first.

    ```html
    <span itemprop="author">Ann Lee</span>  <p class="byline">By Ann Lee</p>  <p>By Ann Lee</p>
    ```
    """
    authors = evidence.properties.get("author", [])
    for group in _grouped([e for e in authors if not evidence.beside(e)]):
        yield [iter([_person_claim(element)]) for element in group]
    near, far = _byline_elements(evidence)
    for group in _grouped(near):
        yield [_byline_claims(element, language) for element in group]
    lines = list(_byline_lines(evidence, language))
    yield from ([iter([line])] for line in lines if _names_person(line, language))
    if links := _author_links(evidence, language):
        yield [iter([SignedName(name, "html")]) for name in links]
    for group in _grouped(far):
        yield [_byline_claims(element, language) for element in group]
    yield from ([iter([line])] for line in lines if opens_byline(line.text, language))
    claims = {_person_claim(element) for element in authors}
    if len(claims) == 1:
        yield [iter(claims)]


def _byline_lines(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Lines near the headline that open as bylines do, and are no sentences of the body."""
    for block in evidence.around_headline:
        text = block.text
        is_byline = opens_byline(text, language) or opens_byline_behind_date(text, language)
        if is_byline and not _SENTENCE.search(text):
            yield Claim(text, "html")


def _names_person(line: Claim, language: str | None) -> bool:
    """True for a line with a name of two words and more: "Source: Harbour" names none."""
    names = split_byline(line.text, language)
    return any(" " in name or not name.isascii() for name in names if not is_agency(name))


def _byline_elements(evidence: Evidence) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The elements of the story that are named after bylines: near its headline, and elsewhere."""
    named = (mark for mark in evidence.marks if _is_byline(mark))
    own = [
        mark.element
        for mark in islice(named, _MAX_MARKS)
        if not evidence.beside(_outside_of_aside(mark))
    ]
    own = [element for element in own if not _holds_several(element, own)]
    near = [element for element in own if evidence.is_near(element)]
    return near, [element for element in own if element not in near]


def _holds_several(element: HtmlElement, named: list[HtmlElement]) -> bool:
    """True for a list around several bylines of one kind: each of them is read by itself."""
    kinds = [(e.tag, e.get("class")) for e in named if element in e.iterancestors()]
    return len(kinds) > len(set(kinds))


def _grouped(elements: list[HtmlElement]) -> list[list[HtmlElement]]:
    """The elements in groups of equals: what stands side by side under the same name.

    ```html
    <div><span class="author">Ann Lee</span> <span class="author">Bo Ek</span></div>
    <ul><li><b class="author">Ann Lee</b></li> <li><b class="author">Bo Ek</b></li></ul>
    ```
    """
    groups: list[list[HtmlElement]] = []
    for element in elements:
        equals = (group for group in groups if _are_side_by_side(group[-1], element))
        if group := next(equals, None):
            group.append(element)
        else:
            groups.append([element])
    return groups


def _are_side_by_side(one: HtmlElement, other: HtmlElement) -> bool:
    if (one.tag, one.get("class")) != (other.tag, other.get("class")):
        return False
    parent, around = one.getparent(), other.getparent()
    if parent is None or around is None or parent is around:
        return parent is around
    same_kind = (parent.tag, parent.get("class")) == (around.tag, around.get("class"))
    return same_kind and parent.getparent() is around.getparent()


def _author_links(evidence: Evidence, language: str | None) -> list[str]:
    """The names that link to pages of authors, in the lines around the headline.

    ```html
    <h1>Rain</h1> <div><a href="/authors/ann-lee">Ann Lee</a></div>
    ```
    """
    found: dict[str, None] = {}
    for block in evidence.around_headline:
        links = [link for link in block.element.iter("a") if _leads_to_author(link)]
        names = [clean_name(text_of(link), language, kind=Kind.FIELD) for link in links]
        people = [name for name in names if name and " " in name]
        if sum(map(len, people)) >= _MIN_NAMES * len(block.text):
            found |= dict.fromkeys(people)
    return list(found)


def _leads_to_author(link: HtmlElement) -> bool:
    """`<a rel="author">`, `<a href="/authors/ann-lee">`"""
    folders = link.get("href", "").lower().partition("?")[0].rstrip("/").split("/")[:-1]
    is_named = "author" in (link.get("rel") or "").split()
    return is_named or not author_folders().isdisjoint(folders)


def _person_claim(element: HtmlElement) -> Claim:
    """The `itemprop="name"` within an author element, else its text."""
    named = (e for e in element.iter("*") if "name" in e.get("itemprop", "").split())
    inner = next((e for e in named if e is not element), element)
    content = inner.get("content")
    return Claim(content, "microdata") if content else Claim(line_of(inner), "html")


def _byline_claims(element: HtmlElement, language: str | None) -> Iterator[Claim]:
    """What a byline says: its links to authors where they are all its names, else its line.

    ```html
    <p class="byline"><a rel="author">Ann Lee</a> <a rel="author">Bo Ek</a></p>
    <p class="byline">by <a rel="author">Institute for Rain</a></p>
    ```
    """
    links = [link for link in element.iter("a") if _leads_to_author(link)]
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
    excluded = class_words("not_byline")
    if mark.element.tag == "a":  # class="author-link"
        excluded -= {"link", "links"}
    return bool(mark.words & class_words("byline")) and not mark.words & excluded
