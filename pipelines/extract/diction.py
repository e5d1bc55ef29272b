"""How a text speaks: whether it turns to its reader, whom it names, what it is about.

Notices turn to their reader in every sentence and speak of cookies and browsers; stories hardly
ever do: they name people and places, and quote.
"""

from functools import cache

import regex

from pipelines.extract.prose import weight
from pipelines.extract.wordfiles import lines_of, words_of

_WORD = regex.compile(r"[\w'’]+")
_QUOTED = regex.compile(r"[“„«‟][^“”„«»]{0,600}[”“»]|\"[^\"]{0,600}\"|「[^」]{0,600}」")
_QUOTATION = regex.compile(r"[“„«‟][^“”„«»]{12,}?[”“»]|\"[^\"]{12,}?\"|「[^」]{5,}」")
"""Words in quotation marks: more of them than a name has."""
_UNPARTED = frozenset(("ja", "ko", "th", "zh"))
"""Languages whose words are not parted by blanks, or carry their address in an ending."""
_WORD_WEIGHT = 6
"""Weight of a word in a language that writes no blanks."""
_LETTER_CASE = regex.compile(r"\p{Lu}\p{Ll}")
_NAME = regex.compile(r"(?<=[\p{Ll}\d,;)–—-] )\p{Lu}[\p{L}’'-]+")
"""A word with a capital that does not begin a sentence."""
_CAPITAL_NOUNS = frozenset(("de", "lb", "nds"))
"""Languages that write every noun with a capital."""
_MACHINE = regex.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b"
)


def address_share(text: str, language: str | None) -> float:
    """The share of the words outside quotations that address the reader (words/address.txt).

    0 for a language without a list.

    >>> address_share("Please enable your cookies.", "en"), address_share("He said “you”.", "en")
    (0.5, 0.0)
    """
    text = _QUOTED.sub(" ", text)
    code = _code(language)
    listed = _address_words().get(code, frozenset())
    if code in _UNPARTED:
        return sum(map(text.count, listed)) * _WORD_WEIGHT / max(1, weight(text))
    found = [match.replace("’", "'") for match in _WORD.findall(text)]
    hits = sum(word.lower() in listed or word in listed for word in found)
    return hits / max(1, len(found))


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

    >>> machine_number("Your address: 192.0.2.7"), machine_number("It cost 1.200.000.")
    ('192.0.2.7', None)
    """
    match = _MACHINE.search(text)
    return match[0] if match else None


def notice_topics(folded: str) -> list[str]:
    """What notices are about, of what a text in lower case speaks of.

    >>> notice_topics("this site uses cookies")
    ['cookie']
    """
    return sorted(topic for topic in words_of("notice_topics.txt") if topic in folded)


def speaks_of_subscription(text: str) -> bool:
    """True for a text that holds the beginning of a word for a subscription, in any language.

    >>> speaks_of_subscription("Jetzt abonnieren"), speaks_of_subscription("It rained.")
    (True, False)
    """
    folded = text.lower()
    return any(stem in folded for stem in words_of("subscription.txt"))


def _code(language: str | None) -> str:
    return (language or "").partition("-")[0]


@cache
def _address_words() -> dict[str, frozenset[str]]:
    lines = (line.partition(":") for line in lines_of("address.txt"))
    return {code: frozenset(words.split()) for code, _, words in lines}
