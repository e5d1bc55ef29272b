"""Lines above and below a story that only say who wrote it, when, and for whom."""

import regex

from pipelines.extract.authors import opens_byline
from pipelines.extract.dates import holds_date, without_dates
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import ends_as_sentence, weight
from pipelines.extract.vocabulary import is_agency, names_source
from pipelines.text import text_key

MAX_CHARS = 110
"""Weight of a line up to which it may be a signature."""
_MAX_BESIDE_DATE = 50
"""Letters beside a date: a byline, a place, an agency."""
_MAX_BESIDE_NAMES = 18
"""Letters beside the authors' names: "By", "and", a job."""
_MAX_TELLING = 1
"""Longer words in lower case beside a date ("published"); a line of a chronology has more."""
_EMAIL = regex.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_REPORTING = regex.compile(r"[(\[]?(?i:(?:additional )?(?:reporting|writing|editing) by) \p{Lu}")
"""How agencies say, in English, who reported and edited a story."""
_LONG_WORD = regex.compile(r"(?<![\w./@])\p{L}{4,}(?![\w@]|\.\w)")
_MAX_BRACKETED = 36
"""Weight of a line in brackets that signs: initials, an editor, an agency; longer ones say more."""
_BRACKETED = regex.compile(r"[(（\[【][^()（）\[\]【】]+[)）\]】]")
_PARTS = regex.compile(r"\s*[/|·•,;()\[\]]\s*|\s+[-–—]\s+|^[-–—]\s*")


def is_contact(text: str, metadata: Metadata) -> bool:
    """True for an e-mail address alone, and for a line that says where to write to an author.

    >>> known = Metadata(authors=("Ann Lee",))
    >>> is_contact("Contact Ann Lee at alee@harbour.example.", known)
    True
    >>> is_contact("alee@harbour.example", known), is_contact("Write to a@b.example.", known)
    (True, False)
    """
    if weight(text) > MAX_CHARS or not (address := _EMAIL.search(text)):
        return False
    rest = text_key(text.replace(address[0], ""))
    return not rest or any(text_key(name) in rest for name in metadata.authors)


def is_signature(text: str, metadata: Metadata) -> bool:
    """True for a line that names the authors, the agency, the source or the date, and no more.

    >>> known = Metadata(authors=("Ruth Amsel", "Bo Ek"), language="en")
    >>> is_signature("RUTH AMSEL and BO EK", known), is_signature("Reuters/Billboard", known)
    (True, True)
    >>> is_signature("Ruth Amsel and Bo Ek are not related.", known)
    False
    >>> is_signature("Harbour Press - January 2, 2008 7:33 AM ET", known)
    True
    >>> is_signature("(rfd/imk)", known), is_signature("Sources: Harbour Press, Bo Ek", known)
    (True, True)
    >>> is_signature("(It rains.)", known)
    False
    """
    if weight(text) > MAX_CHARS:
        return False
    if _names_authors(text, metadata) or _REPORTING.match(text):
        return True
    if names_source(text) and not text.endswith((":", "：")):  # above a list of them
        return True
    if ends_as_sentence(text):
        return False
    is_bracketed = weight(text) <= _MAX_BRACKETED and _BRACKETED.fullmatch(text) is not None
    return is_bracketed or _is_agency_line(text) or _is_dated(text, metadata.language)


def _names_authors(text: str, metadata: Metadata) -> bool:
    key = text_key(text)
    names = sorted(filter(None, map(text_key, metadata.authors)), key=len, reverse=True)
    rest = key
    for name in names:
        rest = rest.replace(name, "")
    if rest == key:
        return False
    return len(rest) <= (_MAX_BESIDE_NAMES if opens_byline(text, metadata.language) else 6)


def _is_agency_line(text: str) -> bool:
    """True where the first part is an agency: "PAP/koc/ula", "Reuters - Harbour Daily"."""
    parts = [part for part in _PARTS.split(text) if part]
    return weight(text) <= 45 and bool(parts) and is_agency(parts[0])


def _is_dated(text: str, language: str | None) -> bool:
    """True for a date with names, a place or an agency beside it, and no words that tell."""
    if not holds_date(text, language):
        return False
    rest = without_dates(text, language)
    telling = [word for word in _LONG_WORD.findall(rest) if word.islower()]
    return len(text_key(rest)) <= _MAX_BESIDE_DATE and len(telling) <= _MAX_TELLING
