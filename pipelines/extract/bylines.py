"""Who signs a page: structured data, meta tags, then the byline that readers see."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

import regex

from pipelines.extract.authors import (
    MAX_AUTHORS,
    MAX_FIELD_CHARS,
    Kind,
    is_full_name,
    is_login,
    may_be_full_name,
    organization,
    split_byline,
)
from pipelines.extract.evidence import Claim, Evidence
from pipelines.extract.house import house_of
from pipelines.extract.stated_authors import (
    META_NAMES,
    PAGE_META_NAMES,
    StructuredName,
    in_card,
    in_json_ld,
    in_metas,
    of_page,
)
from pipelines.extract.visible_bylines import Byline, SignedName, visible_bylines
from pipelines.extract.vocabulary import (
    CJK_NAME,
    SURE_LEGAL_FORM,
    is_agency,
    is_picture_word,
    names_source,
)
from pipelines.text import text_key, words

_COMPANY = regex.compile(rf"[\s,]{SURE_LEGAL_FORM}\.?$")
"""Who issues a press release signs so."""
_BRACKET = regex.compile(r"\s*\(\s*(\p{L}+)\s*\)")


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
    head = (*in_json_ld(evidence), *in_metas(evidence, META_NAMES))
    shown = _first_names(visible_bylines(evidence, language), language, evidence)
    stated, seen = (
        authors._replace(names=_writers(authors.names, language, evidence))
        for authors in (_first_of(head, language, evidence), shown)
    )
    if stated.names and not _says_more(seen.names, stated.names):
        return stated._replace(conflicts=_conflicts(stated, seen))
    about_page = (*in_metas(evidence, PAGE_META_NAMES), of_page(evidence), in_card(evidence))
    page = _first_of(about_page, language, evidence)
    if seen.names:
        is_exact = _says_more(page.names, seen.names) or _is_trimmed(page.names, seen.names)
        found = page if is_exact else seen
        return found._replace(conflicts=_conflicts(found, stated))
    is_agency_of_house = all(map(is_agency, page.names)) and _house_signs(evidence, language)
    return Authors() if is_agency_of_house else page


def _writers(names: tuple[str, ...], language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names without those whom a byline credits with the pictures ("Bo Ek (Photos)")."""
    if len(names) < 2:
        return names
    signed = _signed_texts(evidence, language)
    return tuple(n for n in names if not any(_makes_pictures(n, text) for text in signed)) or names


def _makes_pictures(name: str, text: str) -> bool:
    _, is_named, behind = text.partition(name)
    credit = _BRACKET.match(behind) if is_named else None
    return credit is not None and is_picture_word(credit[1])


def _house_signs(evidence: Evidence, language: str | None) -> bool:
    """True where structured data names the medium as the author."""
    claims = chain.from_iterable(in_json_ld(evidence))
    return any(house_of(evidence).shares(claim.text, language) for claim in claims)


def _first_of(
    groups: Iterable[Iterable[Claim]], language: str | None, evidence: Evidence
) -> Authors:
    """The names of the first group of claims that holds any."""
    found = (_all_names(claims, language, evidence) for claims in groups)
    return next((authors for authors in found if authors.names), Authors())


def _says_more(seen: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    """True where a byline names those whom the head names and more, or the agency's writer."""
    writers = {name.lower(): name for name in seen if not is_agency(name)}
    known = {name.lower() for name in stated if not is_agency(name)}
    others = [name for key, name in writers.items() if key not in known]
    return known < writers.keys() and all(is_full_name(n) or CJK_NAME.fullmatch(n) for n in others)


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
    each = ((_names(claim, language, evidence), claim.source) for claim in claims)
    read = list(islice(((names, source) for names, source in each if names), MAX_AUTHORS))
    people = [(names, source) for names, source in read if not all(map(is_agency, names))]
    found: list[str] = []
    for name in (name for names, _ in people or read for name in names):
        if not any(_are_one(name, other) for other in found):
            found.append(name)
    return Authors(tuple(found[:MAX_AUTHORS]), read[0][1] if read else "")


def _are_one(name: str, other: str) -> bool:
    """True for two spellings of a name ("Ann Lee", "Ann Lee, PhD", "About Ann Lee")."""
    shorter, longer = sorted((name.lower(), other.lower()), key=len)
    is_within = longer.endswith(f" {shorter}") or longer.startswith(f"{shorter},")
    return shorter == longer or (" " in shorter and is_within)


def _first_names(bylines: Iterator[Byline], language: str | None, evidence: Evidence) -> Authors:
    """The names in the first byline that holds any.

    Microdata may hold one author of several: then those of the byline that names the others too.
    """
    signed = (
        chain.from_iterable(_first_reading(readings, language, evidence) for readings in byline)
        for byline in bylines
    )
    found = (_all_names(claims, language, evidence) for claims in signed)
    named = (authors for authors in found if authors.names)
    first = next(named, Authors())
    if first.source != "microdata":
        return first
    return next((other for other in named if _says_more(other.names, first.names)), first)


def _first_reading(
    readings: Iterator[Claim], language: str | None, evidence: Evidence
) -> list[Claim]:
    """The first reading of an element that gives a name."""
    return list(islice((c for c in readings if _names(c, language, evidence)), 1))


def _names(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names of a claim that are not the medium's own.

    "By Ann Lee, Harbour Times" names her employer, and an agency that signs together with the
    medium ("AFP with Harbour Times") no author; behind the medium it signs too.
    """
    house = house_of(evidence)
    if len(claim.text) > MAX_FIELD_CHARS:
        return ()
    if house.signs_from_place(claim.text, language) or _is_issuer(claim, evidence):
        return ()
    is_head = claim.source != "html"
    if not is_head and (pair := house.with_agency(claim.text, language)):
        return pair
    names = _in_head(claim, language, evidence) if is_head else _seen(claim, language, evidence)
    agencies = [name for name in names if is_agency(name)]
    is_shared = agencies and all(n in agencies or n in house for n in names)
    return () if is_shared and house.shares(claim.text, language) else names


def _is_issuer(claim: Claim, evidence: Evidence) -> bool:
    """True for a hidden name with which the title begins: a company's, in a press release."""
    return claim.source == "microdata" and evidence.title.startswith(f"{claim.text} ")


def _in_head(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names that the head states; what may be neither person nor agency only where it shows."""
    kind = claim.kind if isinstance(claim, StructuredName) else Kind.FIELD
    if _is_newsroom(claim.text, language, evidence):
        return (claim.text,)
    names = _of_field(claim.text, kind, language)
    if kind is Kind.ORGANIZATION:
        names = tuple(name for name in names if _is_signed_by(name, language, evidence))
    elif kind is Kind.FIELD:
        names = tuple(name for name in names if may_be_full_name(name) or _is_shown(name, evidence))
    return tuple(name for name in names if not house_of(evidence).signs(name, kind))


def _is_newsroom(text: str, language: str | None, evidence: Evidence) -> bool:
    """True for a longer name around the medium's that is all that a byline says.

    `Harbour Times Business Report`, `Redacción Correo del Puerto`
    """
    house = house_of(evidence)
    is_around = house.opens(text) or house.ends(text)
    if text in house or not is_around or house.shares(text, language):
        return False
    return text in _signed_texts(evidence, language)


def _is_signed_by(name: str, language: str | None, evidence: Evidence) -> bool:
    """True for an agency, and for a name that readers see in a byline."""
    if is_agency(name):
        return True
    phrase = _spaced(name)
    return any(phrase in _spaced(text) for text in _signed_texts(evidence, language))


@lru_cache(maxsize=1)
def _signed_texts(evidence: Evidence, language: str | None) -> tuple[str, ...]:
    """The texts of all bylines that readers see, once for all who ask about a page."""
    bylines = visible_bylines(evidence, language)
    claims = chain.from_iterable(readings for byline in bylines for readings in byline)
    return tuple(claim.text for claim in claims)


def _is_shown(name: str, evidence: Evidence) -> bool:
    """True for a name that the page's text holds anywhere."""
    key = text_key(name)
    return any(key in block.key for block in evidence.document.blocks)


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _seen(claim: Claim, language: str | None, evidence: Evidence) -> tuple[str, ...]:
    """The names that readers see; the medium's own only where it signs alone.

    A link to an author may hold a login.
    """
    house = house_of(evidence)
    is_signed = isinstance(claim, SignedName)
    names = split_byline(claim.text, language, kind=Kind.FIELD if is_signed else Kind.LINE)
    if is_signed and not names and is_login(claim.text, language):
        return (claim.text,)
    names = names or house.signature(claim.text, language)
    names = tuple(name for name in names if not _COMPANY.search(name))
    is_source = names and names[0] in house and names_source(claim.text)
    first = () if is_source else names[:1]
    others = tuple(n for n in names[1:] if house.is_namesake(n) or not house.opens(n))
    return tuple(map(house.employee, first + others))


def _of_field(text: str, kind: Kind, language: str | None) -> tuple[str, ...]:
    if kind is Kind.ORGANIZATION:
        return organization(text, language)
    return split_byline(text, language, kind=kind)
