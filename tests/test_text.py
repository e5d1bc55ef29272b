"""Words and keys of texts: the quick ways find what the slow one finds."""

import unicodedata

import regex

from pipelines.text import text_key, words

_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{N}\p{M}]+"
)
_CHARS = [chr(code) for code in range(0x3100)]


def _slow_words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def test_words_are_those_of_unicode_whatever_letters_stand_in_a_text() -> None:
    texts = [f"A{char}b {char}1" for char in _CHARS]
    assert [text for text in texts if words(text) != _slow_words(text)] == []


def test_key_holds_letters_and_digits_alone() -> None:
    texts = [f"A{char} b_" for char in _CHARS]
    keys = ["".join(filter(str.isalnum, text)).lower() for text in texts]
    assert list(map(text_key, texts)) == keys
