"""The words of bylines, language by language: what opens one, what joins names, what is none.

The words stand in `names/words/<language>.json`; English ones hold everywhere, and a word of
any language that a colon follows ("Autor:", "Автор:") opens a byline whatever a page says of
its language: templates often declare the wrong one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex
from babel import Locale, UnknownLocaleError

from pipelines.extract.wordfiles import choice_of, lines_of, tables_of
from pipelines.text import words

CJK_NAME = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}·•]{2,8}")
"""A name, or a word of a byline, in a script that needs no spaces."""
_CJK_WORD = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}・／/]+")
SURE_LEGAL_FORM = r"(?:GmbH|Ltd|LLC|Inc|Corp|plc)"
"""A pattern of legal forms of companies that are no family names, as Co and Sa are."""
LEGAL_FORM = (
    rf"(?:{SURE_LEGAL_FORM}|AG|SE|KG|S\.?A|S\.?L|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V"
    r"|A/?S|AB|Oyj?|Co|sp\. z o\.o|s\.r\.o|a\.s|d\.o\.o|Kft)\.?(?:\s*&\s*Co\.?(?:\s*KG)?)?"
)
"""A pattern of what names of companies end with."""
_PLACE = r"\p{L}[\p{L}\-]+(?: \p{L}[\p{L}\-]+)?"
_SAME_WORDS = {"nb": "no", "nn": "no", "bs": "hr", "be": "ru", "gl": "pt"}
"""Languages that use the list of a near relative."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of bylines in one language, joined with the English ones; lower case."""

    byline: regex.Pattern[str]
    """What opens a byline in this language."""
    conjunctions: regex.Pattern[str]
    roles: frozenset[str]
    """Job titles: a name ends before one."""
    beats: frozenset[str]
    """What stands before a job title and belongs to it ("Crime Reporter", "Senior Editor")."""
    page_words: frozenset[str]
    """What a page says beside a name: "Updated", "min read", "Share"."""
    not_names: frozenset[str]
    place_words: frozenset[str]

    def is_office(self, word: str) -> bool:
        """True for a word in lower case that a job title may hold, or that stands beside names."""
        return word in self.roles or word in self.beats or word in self.page_words

    def opening(self, text: str) -> regex.Match[str] | None:
        """What opens a byline at the start of a text: `By`, `Von:`; in any language `Autor:`."""
        return self.byline.match(text) or _label().match(text)

    def conjunction(self, text: str) -> regex.Match[str] | None:
        """What joins a text to the name before it: "and Bo Ek"; it is sought behind a blank."""
        return self.conjunctions.match(f" {text}")

    def is_opening(self, text: str) -> bool:
        """True for a text that opens a byline and says nothing else."""
        return bool(self.byline.fullmatch(text) or _label().fullmatch(text))


@lru_cache(maxsize=32)
def vocabulary(language: str | None) -> Vocabulary:
    """The words of a language (BCP 47) and of English; of all languages for None."""
    code = (language or "").split("-")[0].lower()
    code = _SAME_WORDS.get(code, code)
    known = [_all_words().get(name, {}) for name in ("en", code)] if code else _all_words().values()
    lists: dict[str, set[str]] = {}
    for words_of_language in known:
        for key, values in words_of_language.items():
            lists.setdefault(key, set()).update(values)
    return Vocabulary(
        _opening(lists["byline"]),
        _separating(lists["conjunctions"]),
        frozenset(lists["roles"]),
        frozenset(lists["beats"]),
        frozenset(lists["page_words"]),
        frozenset(lists["not_names"]),
        frozenset(lists["place_words"]),
    )


@lru_cache(maxsize=1)
def _all_words() -> dict[str, dict[str, set[str]]]:
    """Language -> kind -> words, in lower case."""
    return {
        language: {key: {word.lower() for word in values} for key, values in lists.items()}
        for language, lists in tables_of("names/words").items()
    }


def _alternatives(phrases: Iterable[str]) -> str:
    """A pattern of phrases, the longest first; a place may stand for `*` ("aus * berichtet")."""
    return choice_of(phrases).replace(r"\*", _PLACE) or "(?!)"


def _opening(phrases: set[str]) -> regex.Pattern[str]:
    # A single character (文) begins names too, and needs more than a name behind it.
    dense = {phrase for phrase in phrases if len(phrase) > 1 and _CJK_WORD.fullmatch(phrase)}
    return regex.compile(
        rf"\s*(?:(?:{_alternatives(phrases - dense)})(?:\s*[:：/／|｜・,،]\s*|\s+|$)"
        rf"|(?:{_alternatives(dense)})\s*[:：/／|｜・＝]?\s*)",
        regex.IGNORECASE,
    )


def find_label(text: str) -> regex.Match[str] | None:
    """A word of any language that opens bylines, with its colon, wherever it stands in a text.

    >>> find_label("Rain, Autor: Ann Lee")[0]
    ' Autor: '
    """
    return _label().search(text) if ":" in text or "：" in text else None


def opens_with_label(text: str, start: int) -> bool:
    """True where such a word stands at a place in a text.

    >>> opens_with_label("Autor: Ann Lee", 0), opens_with_label("Bild: Bo Ek", 0)
    (True, False)
    """
    return _label().match(text, start) is not None


@lru_cache(maxsize=1)
def _label() -> regex.Pattern[str]:
    return regex.compile(
        rf"\s*(?<![\p{{L}}\p{{M}}])(?:{_alternatives(all_openings())})\s*[:：]\s*",
        regex.IGNORECASE,
    )


@lru_cache(maxsize=1)
def all_openings() -> frozenset[str]:
    """The words that open bylines, in any language."""
    return frozenset(word for lists in _all_words().values() for word in lists["byline"])


def _separating(phrases: set[str]) -> regex.Pattern[str]:
    spaced = _alternatives(phrase for phrase in phrases if not CJK_NAME.fullmatch(phrase))
    return regex.compile(rf",?\s+(?:{spaced})\s+|\s*&\s*", regex.IGNORECASE)


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Words within names that need no capital."""
    return frozenset(lines_of("names/particles.txt"))


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Words of the other lists that are family names too."""
    return frozenset(lines_of("names/surnames.txt"))


@lru_cache(maxsize=1)
def media_words() -> frozenset[str]:
    """Words in the names of media and their desks."""
    return frozenset(lines_of("names/media.txt"))


@lru_cache(maxsize=1)
def desk_words() -> frozenset[str]:
    """Words by which the desks of media sign, in any language."""
    return frozenset(lines_of("names/desks.txt"))


@lru_cache(maxsize=1)
def _picture_words() -> frozenset[str]:
    return frozenset(lines_of("names/picture_words.txt"))


def is_picture_word(word: str) -> bool:
    """True for a word that credits a picture or a film rather than a text.

    >>> is_picture_word("Fotografia"), is_picture_word("texto")
    (True, False)
    """
    return word.lower() in _picture_words()


@lru_cache(maxsize=1)
def picture_endings() -> tuple[str, ...]:
    """What the credit of a picture ends with in scripts without blanks (`王申 摄`)."""
    return tuple(lines_of("names/picture_endings.txt"))


@lru_cache(maxsize=1)
def _other_credit() -> str:
    phrases = _alternatives(lines_of("names/other_credits.txt"))
    return rf"(?<![\p{{L}}\p{{M}}])(?:{phrases})(?![\p{{L}}\p{{M}}])\s*:?\s*"


@lru_cache(maxsize=1)
def _ends_as_other_credit() -> regex.Pattern[str]:
    return regex.compile(_other_credit() + "$", regex.IGNORECASE)


@lru_cache(maxsize=1)
def _any_other_credit() -> regex.Pattern[str]:
    return regex.compile(_other_credit(), regex.IGNORECASE)


def ends_as_other_credit(text: str) -> bool:
    """True for a text behind which somebody stands who did not write the story.

    >>> ends_as_other_credit("Words: Ann Lee. Edited by:"), ends_as_other_credit("By")
    (True, False)
    """
    return _ends_as_other_credit().search(text) is not None


def other_credit_at(text: str) -> int:
    """Where a text begins to say who had another part than to write; 0 where it nowhere does.

    >>> other_credit_at("By Ann Lee. Edited by Bo Ek"), other_credit_at("By Ann Lee")
    (12, 0)
    """
    credit = _any_other_credit().search(text)
    return credit.start() if credit else 0


@lru_cache(maxsize=1)
def _source_credit() -> regex.Pattern[str]:
    return regex.compile(
        rf"\s*(?:{_alternatives(lines_of('names/source_words.txt'))})\s*[:：]", regex.IGNORECASE
    )


def names_source(text: str) -> bool:
    """True for a line that says where a story comes from.

    >>> names_source("Source: Harbour News"), names_source("By Ann Lee")
    (True, False)
    """
    return _source_credit().match(text) is not None


@lru_cache(maxsize=1)
def _media_endings() -> tuple[str, ...]:
    return tuple(lines_of("names/media_endings.txt"))


def is_cjk_medium(name: str) -> bool:
    """True for the name of a medium in a script without blanks.

    >>> is_cjk_medium("港灣郵報"), is_cjk_medium("山田太郎")
    (True, False)
    """
    return bool(CJK_NAME.fullmatch(name)) and name.endswith(_media_endings())


@lru_cache(maxsize=1024)
def is_territory(name: str, language: str | None) -> bool:
    """True for the name of a country or region in a language, or in English (CLDR).

    >>> is_territory("Regno Unito", "it"), is_territory("Ann Lee", "it")
    (True, False)
    """
    return name in _territories("en") or name in _territories((language or "en")[:2].lower())


@lru_cache(maxsize=16)
def _territories(language: str) -> frozenset[str]:
    try:
        return frozenset(Locale.parse(language).territories.values())
    except (UnknownLocaleError, ValueError):
        return frozenset()


@lru_cache(maxsize=1)
def author_folders() -> frozenset[str]:
    """Folders of URLs under which the pages of authors stand."""
    return frozenset(lines_of("names/author_folders.txt"))


@lru_cache(maxsize=1)
def generic_site_words() -> frozenset[str]:
    """Words that a site's name may have or lack."""
    return frozenset(lines_of("names/site_words.txt"))


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    """Names of news agencies in lower case, without a leading "the"."""
    return frozenset(map(_agency_key, lines_of("names/agencies.txt")))


def _agency_key(name: str) -> str:
    return " ".join(word for word in words(name) if word != "the")


def is_agency(name: str) -> bool:
    """True for the name of a news agency.

    >>> is_agency("The Associated Press"), is_agency("Ann Lee")
    (True, False)
    """
    return _agency_key(name) in _agencies()
