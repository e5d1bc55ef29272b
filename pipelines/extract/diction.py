"""How a text speaks: whether it turns to its reader, whom it names, what it is about.

Notices turn to their reader in every sentence and speak of cookies and browsers; stories hardly
ever do: they name people and places, and quote.
"""

from functools import cache
from ipaddress import AddressValueError, IPv4Address

import regex

from pipelines.extract.prose import weight
from pipelines.extract.wordfiles import lines_of, words_of

_WORD = regex.compile(r"[\w'’]+")
_QUOTED = regex.compile(r"[“„«‟][^“”„«»]{0,600}[”“»]|\"[^\"]{0,600}\"|「[^」]{0,600}」")
_QUOTATION = regex.compile(r"[“„«‟][^“”„«»]{12,}?[”“»]|\"[^\"]{12,}?\"|「[^」]{5,}」")
"""Words in quotation marks: more of them than a name has."""
_OPENING = regex.compile(r"[.!?:;\n][\s\p{Po}\p{Pi}\p{Pf}]*$")
"""What stands before the first word of a sentence."""
_UNPARTED = frozenset(("ja", "ko", "th", "zh"))
"""Languages whose words are not parted by blanks, or carry their address in an ending."""
_WORD_WEIGHT = 6
"""Weight of a word in a language that writes no blanks."""
_UNPARTED_SCRIPT = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Thai}]"
)
_LETTER_CASE = regex.compile(r"\p{Lu}\p{Ll}")
_NAME = regex.compile(r"(?<=[\p{Ll}\d,;)–—-] )\p{Lu}[\p{L}’'-]+")
"""A word with a capital that does not begin a sentence."""
_CAPITAL_NOUNS = frozenset(("de", "lb", "nds"))
"""Languages that write every noun with a capital."""
_MACHINE = regex.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b"
)


def address_share(text: str, language: str | None) -> float | None:
    """The share of the words outside quotations that address the reader (words/address.txt).

    None for a language without a list. A word that is an address by its capital is none where
    it begins a sentence.

    >>> address_share("Please enable your cookies.", "en"), address_share("He said “you”.", "en")
    (0.5, 0.0)
    >>> address_share("Sie leitete das Amt.", "de"), address_share("Bitte warten Sie.", "de")
    (0.0, 0.6666666666666666)
    """
    code = _code(language)
    if code not in _address_words():
        return None
    text, listed = _QUOTED.sub(" ", text), _address_words()[code]
    if code in _UNPARTED:
        return sum(map(text.count, listed)) * _WORD_WEIGHT / max(1, weight(text))
    found = list(_WORD.finditer(text))
    hits = sum(_addresses(match, text, listed) for match in found)
    return hits / max(1, len(found))


def _addresses(match: regex.Match[str], text: str, listed: frozenset[str]) -> bool:
    word = match[0].replace("’", "'")
    if word.lower() in listed:
        return True
    if word not in listed or not match.start():
        return False
    return not _OPENING.search(text[max(0, match.start() - 6) : match.start()])


def names_in(text: str, language: str | None) -> frozenset[str] | None:
    """What a text names; None where its writing does not tell names from other words.

    >>> sorted(names_in("The mayor, Ann Lee, left for Northport.", "en") or ())
    ['Ann', 'Lee', 'Northport']
    """
    if _code(language) in _CAPITAL_NOUNS or not _LETTER_CASE.search(text):
        return None
    return frozenset(_NAME.findall(text))


def has_quotation(text: str) -> bool:
    """True for a text that quotes more than a name.

    >>> has_quotation("“It rained all night,” she said."), has_quotation('The "Rover" sank.')
    (True, False)
    """
    return _QUOTATION.search(text) is not None


def machine_number(text: str) -> str | None:
    """An address of the internet or a hexadecimal number, as servers put into their notices.

    >>> machine_number("Your address: 192.0.2.7"), machine_number("It cost 1.200.000.000.")
    ('192.0.2.7', None)
    """
    return next((match[0] for match in _MACHINE.finditer(text) if _is_address(match[0])), None)


def _is_address(number: str) -> bool:
    """True for a number that is no sum of money parted by dots."""
    try:
        return "." not in number or bool(IPv4Address(number))
    except AddressValueError:
        return False


def notice_topics(text: str) -> list[str]:
    """What notices are about, of what a text speaks of.

    >>> notice_topics("This site uses cookies."), notice_topics("Protocookie")
    (['cookie'], [])
    """
    return sorted(set(map(str.lower, _beginnings("words/notice_topics.txt").findall(text))))


def speaks_of_subscription(text: str) -> bool:
    """True for a text that holds the beginning of a word for a subscription, in any language.

    >>> speaks_of_subscription("Jetzt abonnieren"), speaks_of_subscription("It rained.")
    (True, False)
    """
    return _beginnings("words/subscription.txt").search(text) is not None


@cache
def _beginnings(name: str) -> regex.Pattern[str]:
    """The beginnings of words in a list, whole words where a line below ends them.

    In scripts without blanks, and those that write articles onto words, wherever they stand.
    """
    parted: list[str] = []
    unparted: list[str] = []
    for word in sorted(words_of(name)):
        shape = regex.escape(word.rstrip("_")) + (r"(?!\p{L})" if word.endswith("_") else "")
        (unparted if _UNPARTED_SCRIPT.match(word) else parted).append(shape)
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(parted)})|{'|'.join(unparted)}", regex.IGNORECASE
    )


def _code(language: str | None) -> str:
    return (language or "").partition("-")[0]


@cache
def _address_words() -> dict[str, frozenset[str]]:
    lines = (line.partition(":") for line in lines_of("words/address.txt"))
    return {code: frozenset(words.split()) for code, _, words in lines}
