"""What a site calls itself, and whether a text is one of these names.

A site signs its pages with its own name in many spellings ("DER SPIEGEL", "Spiegel Online");
none of them is an author, and none is part of a headline.
"""

from collections.abc import Iterable

import regex
from anyascii import anyascii

from pipelines.extract.vocabulary import generic_site_words
from pipelines.text import WRITTEN_OUT, words
from pipelines.urls import site_of

_MIN_LABEL = 6
"""Letters of a domain from which on a name that begins with them is the site's."""
_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{3,}")
_MIN_INITIALS = 3
_MAX_WORDS = 4
"""Words of a name; a longer text that begins with the site's name is a headline about it."""


class SiteNames:
    """The names of one site.

    >>> names = SiteNames("https://www.spiegel.de/x", ["DER SPIEGEL"])
    >>> [text in names for text in ("Spiegel Online", "The Spiegel", "Ann Lee")]
    [True, True, False]
    """

    def __init__(self, url: str, stated: Iterable[str]) -> None:
        site = site_of(url)
        self._label = _letters(site.split(".")[0])
        self._stated = {key for name in stated for key in _keys(name)} - {""}
        self._keys = self._stated.union(_keys(site), _keys(self._label)) - {""}
        self._in_han = [key for key in self._keys if _HAN.fullmatch(key)]
        self._judged: dict[str, bool] = {}

    def __contains__(self, text: str) -> bool:
        if text not in self._judged:  # each text is asked about several times
            self._judged[text] = self._is_own(text)
        return self._judged[text]

    def _is_own(self, text: str) -> bool:
        keys = _keys(text)
        return bool(keys & self._keys) or self._is_like_domain(text) or self._names_company(keys)

    def calls_itself(self, text: str) -> bool:
        """True for what the site calls itself, whatever its domain is.

        >>> names = SiteNames("https://annlee.example/x", ["Harbour Notes"])
        >>> names.calls_itself("Ann Lee"), names.calls_itself("Harbour Notes")
        (False, True)
        """
        keys = _keys(text)
        is_domain = " " not in text and bool(keys & self._keys)
        return is_domain or bool(keys & self._stated) or self._names_company(keys)

    def opens(self, text: str) -> bool:
        """True for a name whose first words are the site's ("Harbour Times Berlin")."""
        parts = text.split()
        return any(" ".join(parts[:n]) in self for n in range(1, len(parts) + 1))

    def _names_company(self, keys: set[str]) -> bool:
        """True for a name in Han characters around the site's: `財經觀察網`, `株式会社港新聞社`."""
        return any(key in other for key in self._in_han for other in keys)

    def _is_like_domain(self, text: str) -> bool:
        """True for a name that begins as the domain does, or whose initials are the domain.

        `Süddeutsche Zeitung` on sueddeutsche.de, `Frankfurter Allgemeine Zeitung` on faz.net,
        `Укрінформ` on ukrinform.ua, `Tuổi Trẻ` on tuoitre247.vn.
        """
        tokens = words(text)
        if len(tokens) > _MAX_WORDS:
            return False
        initials = "".join(token[0] for token in tokens)
        is_like = any(map(self._begins_alike, {_letters(text), _in_ascii(text)}))
        return is_like or (len(tokens) >= _MIN_INITIALS and initials == self._label)

    def _begins_alike(self, letters: str) -> bool:
        """True where the letters of a name begin the domain, or the domain begins them."""
        shorter, longer = sorted((letters, self._label), key=len)
        is_long = len(shorter) >= _MIN_LABEL and len(longer) <= 2 * len(shorter)
        return is_long and longer.startswith(shorter)


def _letters(name: str) -> str:
    """A name without spaces and punctuation, umlauts written out."""
    return _written_out("".join(words(name)))


def _written_out(letters: str) -> str:
    return letters if letters.isascii() else letters.translate(WRITTEN_OUT)


def _in_ascii(name: str) -> str:
    """A name in the letters of domains, from whatever script."""
    return "" if name.isascii() else "".join(words(anyascii(name)))


def _keys(name: str) -> set[str]:
    """The letters of a name, and those of its words that are not generic."""
    tokens = words(name)
    own = [token for token in tokens if token not in generic_site_words()]
    return {_written_out("".join(part)) for part in (tokens, own) if part}
