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

from pipelines.extract.dates import without_dates
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
_AROUND_PARTS = " -–—,:："
_SOFT_SPLIT = regex.compile(r"\s*[,，、;]\s*")
_NOT_IN_NAMES = regex.compile(r"[\d@#=<>{}\\?!]|://")
_SUFFIX = regex.compile(
    r"(?:jr|sr|ii|iii|iv|j\.?d|ph\.?\s?d|m\.?d|esq|mba|phd|md)\.?", regex.IGNORECASE
)
_NAME_WORD = regex.compile(
    r"[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}.'’‘`\-‐\u200c\u200d]*|[ldLD]['’]\p{Lu}[\p{L}\-]+"
)
_LOGIN = regex.compile(r"\p{Ll}[\p{Ll}\d_.\-]{2,30}")
_INITIAL = regex.compile(r"\p{Lu}\.?")
_CJK_TEXT = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\s:：]+")
_CJK_NAME = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}·•]{2,8}")
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


def _lines(name: str) -> list[str]:
    """The lines of a word list without its comments."""
    lines = files(__package__).joinpath("names", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(_lines("particles.txt"))


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    """Names of news agencies in lower case, without a leading "the"."""
    return frozenset(map(_agency_key, _lines("agencies.txt")))


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


def is_login(text: str, language: str | None) -> bool:
    """True for a user name by which somebody signs: one word in lower case, no office.

    >>> is_login("annlee", "en"), is_login("admin", "en"), is_login("more stories", "en")
    (True, False, False)
    """
    known = vocabulary(language)
    is_word = _LOGIN.fullmatch(text) is not None
    return is_word and not (text in known.not_names or text in known.roles)


def split_byline(text: str, language: str | None = None, *, prose: bool = True) -> tuple[str, ...]:
    """The authors that a byline names, in its order.

    `prose` means a line that readers see, in which a preposition ends the name ("Ann Lee in
    Paris"); in a field of structured data it belongs to the name ("Center for Policy").

    >>> split_byline("By ANN LEE and Bo Ek, Staff Writers | May 3, 2019", "en")
    ('Ann Lee', 'Bo Ek')
    >>> split_byline("Von Ute Groß, Berlin", "de")
    ('Ute Groß',)
    """
    if not text or len(text) > MAX_BYLINE_CHARS:
        return ()
    known = vocabulary(language)
    text = _BRACKETS.sub(" ", _NOISE.sub(" | ", without_dates(fold(text), language)))
    found: list[str] = []
    for part, behind_bar in _from_opening(list(_parts(text)), known):
        if behind_bar and found:
            break  # what follows a bar is the employer or the place of those before it
        found += _names(_without_opening(part, known), known, language, prose)
    return tuple(dict.fromkeys(found))[:_MAX_AUTHORS]


def _from_opening(parts: list[tuple[str, bool]], known: Vocabulary) -> list[tuple[str, bool]]:
    """The parts from the one that opens the byline on ("Mon | World | by Ann Lee")."""
    opened = (n for n, (part, _) in enumerate(parts) if known.byline.match(part))
    return parts[next(opened, 0) :]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts between hard separators, and whether a bar stands before the part."""
    start, behind_bar = 0, False
    for separator in _HARD_SPLIT.finditer(text):
        yield text[start : separator.start()].strip(_AROUND_PARTS), behind_bar
        start, behind_bar = separator.end(), separator[0].strip() not in ("/", ";")
    yield text[start:].strip(_AROUND_PARTS), behind_bar


def _without_opening(text: str, known: Vocabulary) -> str:
    while (match := known.byline.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text.strip()


def _names(part: str, known: Vocabulary, language: str | None, prose: bool) -> list[str]:
    """The names in one part of a byline; behind a person, no desks and no places."""
    found: list[str] = []
    for piece in (p for text in known.conjunctions.split(part) for p in _pieces(text)):
        if found and _SUFFIX.fullmatch(piece):
            found[-1] += f", {piece}"
            continue
        name = clean_name(piece, language, prose=prose)
        if name and not (any(map(_is_person, found)) and _is_affiliation(name, known)):
            found.append(name)
    return found


def _is_affiliation(name: str, known: Vocabulary) -> bool:
    """True for what behind a person is a place or an employer ("Ann Lee, Berlin")."""
    has_role = any(word in known.roles for word in name.lower().split())
    return has_role or not (_is_person(name) or is_agency(name))


def _pieces(text: str) -> Iterator[str]:
    """What stands between commas; in scripts without spaces, also between spaces."""
    for piece in filter(None, _SOFT_SPLIT.split(text)):
        yield from piece.split() if _CJK_TEXT.fullmatch(piece) else [piece]


def _is_person(name: str) -> bool:
    """True for two words and more (a place or an acronym is mostly one), and for CJK names."""
    return not is_agency(name) and (" " in name or bool(_CJK_NAME.fullmatch(name)))


def clean_name(text: str, language: str | None = None, *, prose: bool = True) -> str | None:
    """A name as it should stand in a list, or None for what has not the shape of one.

    >>> clean_name("BURGESS EVERETT"), clean_name("2 min read"), clean_name("Staff Writer")
    ('Burgess Everett', None, None)
    """
    known = vocabulary(language)
    text = _trimmed(text)
    text = _cut_at_role(text, known, prose)
    if not text or text.lower() in known.not_names or _NOT_IN_NAMES.search(text):
        return None
    if is_agency(text):
        return text
    if _is_job(text, known, prose):
        return text if _signs_as_staff(text, known) else None
    return _cased(text) if _has_shape_of_name(text) else None


def _is_job(text: str, known: Vocabulary, prose: bool) -> bool:
    """True for a job title: in prose one such word of two, elsewhere all of them.

    Min and Read are family names too; a field of structured data rarely holds anything else.
    """
    is_role = [word in known.roles for word in text.lower().split()]
    return all(is_role) or (prose and len(is_role) < 3 and any(is_role))


def _trimmed(text: str) -> str:
    """The text without punctuation around it; the full stop of an abbreviation stays."""
    text = text.strip(" \"“”'‘’*:,;-–—_|")
    last = text.split(" ")[-1]
    return (
        text if (text.endswith(".") and len(last) <= 3) or last.count(".") > 1 else text.rstrip(".")
    )


def _signs_as_staff(text: str, known: Vocabulary) -> bool:
    """True for a desk that signs by a name ("CHQ Staff", "POLITICO Staff")."""
    first, *rest = text.split()
    return rest == ["Staff"] and first.lower() not in known.roles


def _cut_at_role(text: str, known: Vocabulary, prose: bool) -> str:
    """The text before a job title or a preposition of place ("Ann Lee in Paris")."""
    tokens = text.split()
    least = 1 if _CJK_NAME.fullmatch(tokens[0] if tokens else "") else 2
    for at, token in enumerate(tokens[least:], start=least):
        word = token.lower().strip(".,:")
        is_last = at == len(tokens) - 1
        if prose and (word in known.place_words or word.isdigit()):
            return " ".join(tokens[:at])
        if word in known.roles and not (is_last and token in ("Staff", "Reporter")):
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
        ok or token.lower() in _particles() for ok, token in zip(capital, tokens, strict=True)
    )
    return allowed and any(capital) and capital[-1]


def _cased(name: str) -> str:
    """The name in title case where it is all capitals: `JOHN MCDONALD` is `John McDonald`."""
    tokens = name.split()
    if not name.isupper() or len(tokens) < 2:
        return name
    return " ".join(map(_capitalize, tokens))


def _capitalize(token: str) -> str:
    if "." in token or token in ("II", "III", "IV"):
        return token
    lower = "-".join(part.capitalize() for part in token.split("-"))
    return _MC.sub(lambda match: match[1] + match[2].upper(), lower)
