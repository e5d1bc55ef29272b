"""Who wrote a story, as the boxes and last lines below it say, where nobody signs above.

```html
<div class="author-box"><h4>Ann Lee</h4><p>Ann Lee covers the harbour.</p></div>
<span>Written by</span> <h4>Ann Lee</h4>
<p><em>Ann Lee is a reporter in Northport.</em></p>
<p>Contact Ann Lee at alee@harbour.example.</p>
```
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from unicodedata import normalize

import regex
from lxml.html import HtmlElement

from pipelines.extract.authors import Kind, clean_name, is_full_name, is_person
from pipelines.extract.blocks import Block
from pipelines.extract.evidence import Claim, Evidence, text_of
from pipelines.extract.house import house_of
from pipelines.extract.layout import class_words, element_words
from pipelines.extract.prose import HEADINGS
from pipelines.extract.vocabulary import particles, vocabulary
from pipelines.extract.wordfiles import choice_of
from pipelines.text import words
from pipelines.urls import site_of

_BOX_WORDS = frozenset(("about", "bio", "biography", "box", "card", "info", "profile"))
"""What the class of a box about an author adds to the word for an author."""
_NAME_WORDS = frozenset(("fn", "name"))
_MAX_CHARS = 300
"""Characters of a last line that is about its author."""
_MAX_NAME = 60
_APART = 0.9
"""Share of bold or italic letters from which a line is set apart."""
_EMAIL = regex.compile(r"(?P<local>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_MIN_SURNAME = 3


def signed_below(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The names in boxes about authors, behind a label, and in last lines about who wrote."""
    yield from _boxes(evidence, language)
    yield from _labelled(evidence, language)
    last = evidence.last_paragraph
    for block in [] if last is None else [last, *evidence.closing]:
        if len(block.text) <= _MAX_CHARS:
            yield from _about_author(block, evidence, language)
            yield from _contacts(block, evidence, language)


def _boxes(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The first name in each box about an author."""
    for mark in evidence.marks:
        is_box = mark.words & class_words("byline") and mark.words & _BOX_WORDS
        is_box = is_box or mark.words & class_words("author_box")
        if not is_box or "comment" in mark.words or evidence.beside(mark.element):
            continue
        names = (text_of(e) for e in mark.element.iter() if _may_be_name(e))
        if name := next((n for n in names if _is_name(n, evidence, language)), None):
            yield Claim(name, "html")


def _may_be_name(element: HtmlElement) -> bool:
    return element.tag in HEADINGS or bool(element_words(element) & _NAME_WORDS)


def _labelled(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The line behind one that is nothing but "Written by"."""
    known = vocabulary(language)
    blocks = evidence.document.blocks
    for block, behind in pairwise(blocks):
        is_label = len(block.text) <= _MAX_NAME and known.is_opening(block.text.rstrip(" :："))
        if (
            is_label
            and not evidence.beside(block.element)
            and _is_name(behind.text, evidence, language)
        ):
            yield Claim(behind.text, "html")


def _is_name(text: str, evidence: Evidence, language: str | None) -> bool:
    """True for a full name, not the medium's, of words that the page always writes in capitals."""
    name = clean_name(text, language, kind=Kind.FIELD) if len(text) <= _MAX_NAME else None
    if name is None or not (is_full_name(name) and is_person(name)) or text in house_of(evidence):
        return False
    others = (word.lower() for word in name.split() if word not in particles())
    return evidence.common_words.isdisjoint(others)


def _about_author(block: Block, evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The name with which a line in italics begins, that says what its bearer's work is."""
    match = _first_words().match(block.text)
    if match is None or block.bold_share <= _APART or not _is_name(match[0], evidence, language):
        return
    known = vocabulary(language)
    works = not known.roles.isdisjoint(words(block.text[match.end() :]))
    if works and not _is_told_of(match[0], block, evidence):
        yield Claim(match[0], "html")


@cache
def _name() -> regex.Pattern[str]:
    """Two to four words in capitals, with the small words that names hold between them."""
    word = r"\p{Lu}[\p{L}\p{M}.'’-]"
    return regex.compile(rf"{word}+(?:\s(?:(?:{choice_of(particles())})\s){{0,2}}{word}*){{1,3}}")


@cache
def _first_words() -> regex.Pattern[str]:
    return regex.compile(rf"^{_name().pattern}(?=,?\s\p{{Ll}})")


def _is_told_of(name: str, line: Block, evidence: Evidence) -> bool:
    """True for a name that stands in the story above the line."""
    family = name.split()[-1]
    above = (block.text for block in evidence.document.blocks if block is not line)
    return any(family in text for text in above if len(text) > _MAX_NAME)


def _contacts(block: Block, evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The name in a line with an address of the site that is made of this name."""
    for address in _EMAIL.finditer(block.text):
        if site_of(f"https://{address['host']}/") != site_of(evidence.page.url):
            continue
        local = _letters(address["local"])
        for match in _name().finditer(block.text[: address.start()]):
            parts = match[0].split()
            names = (" ".join(parts[at:]) for at in range(len(parts) - 1))
            made = (n for n in names if _is_made_of(local, n) and _is_name(n, evidence, language))
            yield from (Claim(name, "html") for name in islice(made, 1))


def _is_made_of(local: str, name: str) -> bool:
    """True for an address of the surname, with or without what the first name begins with.

    >>> _is_made_of("alee", "Ann Lee"), _is_made_of("alee", "Contact Ann Lee")
    (True, False)
    """
    first, *between, last = map(_letters, name.split())
    if len(last) < _MIN_SURNAME or last not in local:
        return False
    return not between if local.startswith(last) else local[:1] == first[:1]


def _letters(text: str) -> str:
    """The letters of a name as addresses write them: `José Muñoz` is `josemunoz`."""
    folded = normalize("NFKD", text.lower())
    return "".join(letter for letter in folded if letter.isascii() and letter.isalpha())
