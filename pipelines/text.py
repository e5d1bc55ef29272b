"""Text as every room sees it: words in any script, one normal form, one hash."""

import hashlib
import re
import unicodedata
from typing import Any

import regex

# A word is a run of letters, digits and marks; in scripts written without spaces, each
# character stands for a word (Unicode Standard Annex 29 calls for a dictionary there).
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{N}\p{M}]+"
)

WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "a", "ø": "o"})
"""Letters as domains and addresses of several languages write them."""
_NOT_LETTERS = re.compile(r"[\W_]+")


def sound(value: Any) -> Any:
    """A JSON value whose strings can be encoded: halves of surrogate pairs become U+FFFD.

    JSON may hold them (RFC 8259, 8.2): a label that was cut in the middle of an emoji does.

    >>> sound({"tag": ["caf\\ud83d", 1]}) == {"tag": ["caf\\ufffd", 1]}
    True
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [sound(item) for item in value]
    if isinstance(value, dict):
        return {sound(name): sound(item) for name, item in value.items()}
    return value


def words(text: str) -> list[str]:
    """The words of `text` in lower case; in scripts without spaces, its characters.

    >>> words("Don't panic: 42 people")
    ['don', 't', 'panic', '42', 'people']
    >>> words("新闻 today")
    ['新', '闻', 'today']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def text_key(text: str) -> str:
    """The letters and digits of `text` alone, in lower case: equal for equal lines.

    >>> text_key("Don't  panic!")
    'dontpanic'
    """
    return _NOT_LETTERS.sub("", text).lower()


def content_hash(text: str) -> str:
    """32 hexadecimal digits that are equal when the words of two texts are equal.

    >>> content_hash("One,  two.") == content_hash("one two")
    True
    """
    return hash_of_words(words(text))


def hash_of_words(found: list[str]) -> str:
    """The content hash of a text with these words."""
    return hashlib.blake2b(" ".join(found).encode(), digest_size=16).hexdigest()
