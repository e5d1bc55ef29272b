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
_MAX_LEVELS = 100
"""Levels of a JSON value that anybody reads: no page that means something nests a tenth of them."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_ASCII_WORDS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
"""ASCII with a blank for all that is no letter or digit: cuts words ten times as fast."""
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_PLAIN = re.compile("[\0-\u02ff\u0370-\u0482\u048a-\u0557\u2000-\u206f]*")
"""Latin, Greek, Cyrillic and Armenian without marks of their own, with the punctuation of all:
here the words of `re` are those of Unicode, in half the time."""
_PLAIN_WORD = re.compile(r"[^\W_]+")


def sound(value: Any, levels: int = _MAX_LEVELS) -> Any:
    """A JSON value whose strings can be encoded: halves of surrogate pairs become U+FFFD.

    JSON may hold them (RFC 8259, 8.2): a label that was cut in the middle of an emoji does.
    What is nested deeper than `levels` becomes None: whoever walks the value may recurse.

    >>> sound({"tag": ["caf\\ud83d", 1]}) == {"tag": ["caf\\ufffd", 1]}
    True
    >>> sound([[[1]]], levels=2)
    [[None]]
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not isinstance(value, list | dict):
        return value
    if not levels:
        return None
    if isinstance(value, list):
        return [sound(item, levels - 1) for item in value]
    return {sound(name): sound(item, levels - 1) for name, item in value.items()}


def words(text: str) -> list[str]:
    """The words of `text` in lower case; in scripts without spaces, its characters.

    >>> words("Don't panic: 42 people")
    ['don', 't', 'panic', '42', 'people']
    >>> words("新闻 today")
    ['新', '闻', 'today']
    """
    if text.isascii():
        return text.lower().encode().translate(_ASCII_WORDS).decode().split()
    text = unicodedata.normalize("NFKC", text).lower()
    return (_PLAIN_WORD if _PLAIN.fullmatch(text) else _WORD).findall(text)


def text_key(text: str) -> str:
    """The letters and digits of `text` alone, in lower case: equal for equal lines.

    >>> text_key("Don't  panic!")
    'dontpanic'
    """
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_MARKS).decode()
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
