"""The names by which a medium signs for itself: none of them is an author.

The medium's own name, its desks ("Harbour Newsroom"), its acronym, the company that owns it.
What the site calls itself stands in its head; what its title element ends with says it too.
"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from pipelines.extract.authors import Kind, is_full_name, split_byline, with_agency
from pipelines.extract.evidence import Evidence, text_of, texts_in
from pipelines.extract.sitenames import SiteNames
from pipelines.extract.structured import types_of
from pipelines.extract.vocabulary import (
    LEGAL_FORM,
    desk_words,
    generic_site_words,
    is_agency,
    media_words,
    vocabulary,
)
from pipelines.text import words

_COMPANY = regex.compile(rf"[\s,]{LEGAL_FORM}$")
"""Legal forms: who owns the site, not who wrote the story."""
_ACRONYM = regex.compile(r"\p{Lu}{2,6}")
_TITLE_PARTS = regex.compile(r"\s*[|｜–—:：»·•,，_]\s*|\s+-\s+")
_CREDITS = regex.compile(r"\s*[/|,;•·]\s*|\s+[–—-]\s+")
_PLACE = regex.compile(r"\s+[–—]\s+")
_DOMAIN_END = regex.compile(r"\.\p{Ll}{2,4}$")
_MAX_SIGNED_WORDS = 3
"""Words of a medium's name with a number in it: "Harbour24 Coast"."""
_MAX_NAME_WORDS = 4
"""Words of a name behind the headline; what is longer is a slogan."""


@lru_cache(maxsize=1)
def house_of(evidence: Evidence) -> "House":
    """The house of a page, made once for everyone who asks about the same page."""
    return House(evidence)


class House:
    """The names of the medium that publishes one page."""

    def __init__(self, evidence: Evidence) -> None:
        self._names = (evidence.site_names, SiteNames(evidence.page.url, _title_ends(evidence)))

    def __contains__(self, name: str) -> bool:
        return any(name in names for names in self._names)

    def is_namesake(self, name: str) -> bool:
        """True for a person whom only the domain likens to the medium.

        `Anna B. Cole` on abc.example, `Anne Lindqvist` on annelindqvist.example
        """
        if name not in self or any(names.calls_itself(name) for names in self._names):
            return False
        first, *rest = words(name)
        is_medium = first in generic_site_words() or not media_words().isdisjoint((first, *rest))
        return is_full_name(name) and not is_medium

    def opens(self, text: str) -> bool:
        """True for a text whose first words are the medium's name."""
        return any(names.opens(text) for names in self._names)

    def ends(self, text: str) -> bool:
        """True for a text whose last words are the medium's name ("Redacción Correo")."""
        parts = text.split()
        return any(" ".join(parts[n:]) in self for n in range(1, len(parts)))

    def employee(self, name: str) -> str:
        """The person before the medium's name, where both stand in a row; else the name.

        `Ann Lee` for "Ann Lee Harbour Times"
        """
        parts = name.split()
        stated, _ = self._names
        ends = range(2, 0 if name in self else len(parts) - 1)
        at = next((at for at in ends if stated.calls_itself(" ".join(parts[at:]))), None)
        return " ".join(parts[:at])

    def signs(self, name: str, kind: Kind = Kind.FIELD) -> bool:
        """True for a name in a page's head that stands for the medium, not for a writer.

        An acronym there that is no agency's is the medium's own.
        """
        if is_agency(name):
            return False
        is_own = name in self and not (kind is Kind.PERSON and self.is_namesake(name))
        return bool(
            is_own
            or _COMPANY.search(name)
            or _ACRONYM.fullmatch(name)
            or desk_words().intersection(words(name))
        )

    def shares(self, text: str, language: str | None) -> bool:
        """True for a credit in which the medium is named ("AFP with Harbour")."""
        separate = vocabulary(language).conjunctions.split
        pieces = [p for part in _CREDITS.split(_unopened(text, language)) for p in separate(part)]
        return any(piece in self for piece in pieces)

    def with_agency(self, text: str, language: str | None) -> tuple[str, ...]:
        """The medium and the agency that sign together, in this order ("Harbour with AFP")."""
        before, _, last = text.rpartition("|")  # "Article rédigé par | Harbour avec AFP"
        pair = with_agency(_unopened(last.strip(), language))
        if not pair or pair[0] not in self or split_byline(before, language):
            return ()
        return pair

    def signature(self, text: str, language: str | None) -> tuple[str, ...]:
        """The medium's name with which a text begins, if it is one that no person has ("TV24")."""
        first = _CREDITS.split(_unopened(text, language))[0].strip()
        is_short = len(first.split()) <= _MAX_SIGNED_WORDS
        is_name = is_short and any(map(str.isdigit, first)) and self.opens(first)
        return (first,) if is_name else ()

    def signs_from_place(self, text: str, language: str | None) -> bool:
        """True for the medium and, behind a dash, its place ("H7 North — Seaview")."""
        dash = _PLACE.search(text)
        return dash is not None and self.opens(_unopened(text[: dash.start()], language))


def _unopened(text: str, language: str | None) -> str:
    """A credit without the words that open a byline."""
    opening = vocabulary(language).byline.match(text)
    return text[opening.end() :] if opening else text


def _title_ends(evidence: Evidence) -> Iterator[str]:
    """What stands behind the headline in the title element, but the names of its authors."""
    behind = _behind_headline(evidence)
    people = set(_people(evidence))
    for part in filter(None, _TITLE_PARTS.split(behind)):
        name = _DOMAIN_END.sub("", part)
        if len(words(name)) <= _MAX_NAME_WORDS and name not in people:
            yield name


def _behind_headline(evidence: Evidence) -> str:
    """The title element without the headline; its last part where that does not open it."""
    heading = evidence.headline_element
    stated = [claim.text for claim in evidence.meta(("og:title", "twitter:title"))]
    for headline in stated if heading is None else (*stated, text_of(heading)):
        if headline and evidence.title.startswith(headline) and headline != evidence.title:
            return evidence.title.removeprefix(headline)
    _, *parts = _TITLE_PARTS.split(evidence.title)
    return parts[-1] if parts else ""


def _people(evidence: Evidence) -> Iterator[str]:
    """The persons whom structured data names as authors."""
    for value in evidence.json_ld("author"):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and "Person" in types_of(item):
                yield from texts_in(item)
