"""Author lists: people and agencies, one each, from bylines in many languages.

A byline is taken apart from the outside in: the words that open it ("By", "Von"), its parts
("and", commas, bars), and for each part whether it is a name, a job, an agency or noise. A
name is known by its shape, not from a list. Words stand in `names/words/<language>.json`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex

from pipelines.extract.dates import parse_moment
from pipelines.extract.evidence import fold
from pipelines.text import words

MAX_BYLINE_CHARS = 200
"""A longer text is prose about an author, not a byline."""
_MAX_AUTHORS = 12
_MAX_NAME_WORDS = 6

_NOISE = regex.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\b[\w-]+\.(?:com|org|net|co\.uk|de|fr|ca|info)\b/\S*|[©®™]"
)
_BRACKETS = regex.compile(r"[(\[{（【].*?[)\]}）】]")
_HARD_SPLIT = regex.compile(r"\s*[|•·;\n\t/‖]\s*|\s+[–—―-]\s+|\s*[―—]\s*|\s{3,}")
_SOFT_SPLIT = regex.compile(r"\s*[,，、;]\s*")
_SUFFIX = regex.compile(
    r"(?:jr|sr|ii|iii|iv|j\.?d|ph\.?\s?d|m\.?d|esq|mba|phd|md)\.?", regex.IGNORECASE
)
_NAME_WORD = regex.compile(
    r"[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}.'’‘`\-‐]*|[ldLD]['’]\p{Lu}[\p{L}\-]+"
)
_INITIAL = regex.compile(r"\p{Lu}\.?")
_CJK_NAME = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}·•]{2,8}")
_PARTICLES = frozenset(
    ["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le", "el", "al", "bin", "ibn", "ben", "zu", "zum", "zur", "af", "av", "ter", "ten", "y", "e", "i", "und", "of", "the", "for", "and", "&", "dem", "des", "d"]
)
_MC = regex.compile(r"\b(Mc|O['’]|D['’])(\p{Ll})")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of bylines in one language, joined with the English ones; lower case."""

    byline: regex.Pattern[str]
    conjunctions: regex.Pattern[str]
    roles: frozenset[str]
    not_names: frozenset[str]
    place_words: frozenset[str]


@lru_cache(maxsize=32)
def vocabulary(language: str | None) -> Vocabulary:
    """The words of a language (BCP 47) and of English; of all languages for None."""
    folder = files(__package__).joinpath("names/words")
    code = (language or "").split("-")[0].lower()
    lists: dict[str, set[str]] = {}
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if not code or entry.name in ("en.json", f"{code}.json"):
            for key, values in json.loads(entry.read_text("utf-8")).items():
                lists.setdefault(key, set()).update(map(str.lower, values))
    return Vocabulary(
        _opening(lists["byline"]),
        _separating(lists["conjunctions"]),
        frozenset(lists["roles"]),
        frozenset(lists["not_names"]),
        frozenset(lists["place_words"]),
    )


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(regex.escape(p) for p in sorted(phrases, key=len, reverse=True))


def _opening(phrases: set[str]) -> regex.Pattern[str]:
    spaced = _alternatives(p for p in phrases if not _CJK_NAME.fullmatch(p))
    dense = _alternatives(p for p in phrases if _CJK_NAME.fullmatch(p)) or "(?!)"
    return regex.compile(
        rf"\s*(?:(?:{spaced})(?:\s*[:：]\s*|\s+|$)|(?:{dense})\s*[:：/／|｜]?\s*)", regex.IGNORECASE
    )


def _separating(phrases: set[str]) -> regex.Pattern[str]:
    spaced = _alternatives(p for p in phrases if not _CJK_NAME.fullmatch(p) and len(p) > 0)
    return regex.compile(rf",?\s+(?:{spaced})\s+|\s*&\s*", regex.IGNORECASE)


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    """Names of news agencies in lower case, without a leading "the"."""
    lines = files(__package__).joinpath("names/agencies.txt").read_text("utf-8").splitlines()
    return frozenset(_agency_key(line) for line in lines if line and not line.startswith("#"))


def _agency_key(name: str) -> str:
    return " ".join(word for word in words(name) if word != "the")


def is_agency(name: str) -> bool:
    """True for the name of a news agency.

    >>> is_agency("The Associated Press"), is_agency("Ann Lee")
    (True, False)
    """
    return _agency_key(name) in _agencies()


def opens_byline(text: str, language: str | None) -> bool:
    """True when a text begins with the words that open a byline ("By …", "Von …")."""
    return bool(vocabulary(language).byline.match(text))


def split_byline(text: str, language: str | None = None) -> tuple[str, ...]:
    """The authors that a byline names, in its order.

    >>> split_byline("By ANN LEE and Bo Ek, Staff Writers | May 3, 2019", "en")
    ('Ann Lee', 'Bo Ek')
    >>> split_byline("Von Ute Groß, Berlin", "de")
    ('Ute Groß',)
    """
    text = fold(text.replace("\n", " | "))
    if not text or len(text) > MAX_BYLINE_CHARS:
        return ()
    known = vocabulary(language)
    text = _without_opening(_BRACKETS.sub(" ", _NOISE.sub(" | ", text)), known)
    found: list[str] = []
    for number, part in enumerate(_HARD_SPLIT.split(text)):
        names = _names(_without_opening(part, known), known, language)
        if number and found and not all(_is_person(name) for name in names):
            continue  # after a bar: the employer of those named before
        found += names
    return tuple(dict.fromkeys(found))[:_MAX_AUTHORS]


def _without_opening(text: str, known: Vocabulary) -> str:
    while (match := known.byline.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text.strip()


def _names(part: str, known: Vocabulary, language: str | None) -> list[str]:
    """The names in one part of a byline: what stands before the first job or place."""
    found: list[str] = []
    pieces = [p for piece in known.conjunctions.split(part) for p in _pieces(piece)]
    people = 0
    for piece in pieces:
        if found and _SUFFIX.fullmatch(piece):
            found[-1] += f", {piece}" if piece[-1] == "." or len(piece) > 2 else f" {piece}"
            continue
        name = clean_name(piece, language)
        if name is None:
            continue
        if people and not (_is_person(name) or is_agency(name)):
            continue  # "Ann Lee, Berlin"
        people += _is_person(name)
        found.append(name)
    return found


def _pieces(text: str) -> Iterator[str]:
    yield from (piece for piece in _SOFT_SPLIT.split(text) if piece)


def _is_person(name: str) -> bool:
    """True for two words and more (a place or an acronym is mostly one), and for CJK names."""
    return not is_agency(name) and (" " in name or bool(_CJK_NAME.fullmatch(name)))


def clean_name(text: str, language: str | None = None) -> str | None:
    """A name as it should stand in a list, or None for what has not the shape of one.

    >>> clean_name("BURGESS EVERETT"), clean_name("2 min read"), clean_name("Staff Writer")
    ('Burgess Everett', None, None)
    """
    known = vocabulary(language)
    text = text.strip(" \"“”'*:.,;-–—_").strip()
    text = _cut_at_role(text, known)
    if not text or text.lower() in known.not_names or regex.search(r"[\d@#=<>{}\\?!]|://", text):
        return None
    if is_agency(text):
        return text
    if any(word in known.roles for word in text.lower().split()) and len(text.split()) < 3:
        return text if _signs_as_staff(text, known) else None
    return (
        _cased(text) if _has_shape_of_name(text) and parse_moment(text, language) is None else None
    )


def _signs_as_staff(text: str, known: Vocabulary) -> bool:
    """True for a desk that signs by a name ("CHQ Staff", "POLITICO Staff")."""
    first, *rest = text.split()
    return rest == ["Staff"] and first.lower() not in known.roles


def _cut_at_role(text: str, known: Vocabulary) -> str:
    """The text before a job title or a preposition of place ("Ann Lee in Paris")."""
    tokens = text.split()
    for at, token in enumerate(tokens):
        if at >= 2 and (
            token.lower() in known.place_words or token.lower().strip(".,:") in known.roles
        ):
            if token in ("Staff", "Reporter") and at == len(tokens) - 1:
                break
            return " ".join(tokens[:at])
    return text


def _has_shape_of_name(text: str) -> bool:
    """One to six words, each with a capital, initials and particles allowed."""
    if _CJK_NAME.fullmatch(text):
        return True
    tokens = text.split()
    if not 1 <= len(tokens) <= _MAX_NAME_WORDS or len(text) < 3:
        return False
    capital = [bool(_NAME_WORD.fullmatch(token) or _INITIAL.fullmatch(token)) for token in tokens]
    allowed = all(
        ok or token.lower() in _PARTICLES for ok, token in zip(capital, tokens, strict=True)
    )
    return allowed and any(capital) and capital[-1]


def _cased(name: str) -> str:
    """The name in title case where it is all capitals: `JOHN MCDONALD` is `John McDonald`."""
    tokens = name.split()
    if not name.isupper() or len(tokens) < 2:
        return name
    titled = " ".join(
        t if (len(t) < 3 and "." in t) or t in ("II", "III", "IV") else _capitalize(t) for t in tokens
    )
    return titled


def _capitalize(token: str) -> str:
    if regex.fullmatch(r"(?:\p{Lu}\.)+", token) or token.lower() in ("j.d.", "ph.d."):
        return token
    lower = "-".join(part.capitalize() for part in token.split("-"))
    return _MC.sub(lambda m: m[1] + m[2].upper(), lower)
