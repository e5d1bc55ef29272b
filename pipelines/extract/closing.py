"""What stands below a story about how it was made: who helped, corrections, the end of a release.

    Lila Maro contributed to this report.    Mitarbeit: Bo Ek    Avec AFP et Reuters
    Editor's note: …    ENDS    Notes to editors

Asked only of the lines at the ends of a story, where they may say more than a line amid it.
The words are data (`credits`, `note_labels`, `closes` in words/*.toml).
"""

from collections.abc import Sequence
from functools import cache

import regex
from ahocorasick_rs import AhoCorasick

from pipelines.extract.prose import ends_as_sentence, weight
from pipelines.extract.vocabulary import is_agency, particles
from pipelines.extract.wordfiles import choice_of, listed, words_of

_HELPERS = "names/helped_by.txt"
MAX_NOTE = 400
"""Weight above which a last paragraph is no note about the story or its author."""
_MIN_SURNAME = 3
_SOME = r"[^!?。！？]{1,120}?"
"""What `*` stands for."""
_SENTENCES = regex.compile(r"(?<=\p{Ll}{2}[.])\s+(?=\p{Lu})|(?<=[。])")
"""Between sentences, not after initials."""
_EDGE = regex.compile(r"^[\W_]+|[\W_]+$")
_PARTS = regex.compile(r"\s*[,/|&+、]\s*|\s+\p{Ll}{1,3}\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "：": ":", "\u202f": " ", "\xa0": " "})
_INITIALS = regex.compile(r"\p{L}{1,12}(?:[-.]\p{L}{1,8})*(?:/\p{L}{1,5}){1,3}")
"""A desk and the initials of who edited: "BL/jm", "agences/yti"."""
_LONE_MARK = regex.compile(r"[-–—]+\s*30\s*[-–—]+")
"""What ends a release; "###" and "***" part sections too."""


def is_note(text: str, authors: Sequence[str] = ()) -> bool:
    """True for a paragraph of which every sentence says who helped with the story.

    >>> is_note("Lee reported from the quay. Lila Maro contributed to this report.", ["Ann Lee"])
    True
    >>> is_note("Lee reported from the quay. It rained.", ["Ann Lee"]), is_note("Mitarbeit: Bo Ek")
    (False, True)
    >>> is_note("Avec AFP et Reuters"), is_note("Avec le vent et la pluie"), is_note("BL/jm")
    (True, False, True)
    """
    if len(text) > MAX_NOTE:
        return False
    if _is_mark(text) or (_INITIALS.fullmatch(text) and text != text.title()):
        return True
    sentences = [_bare(sentence) for sentence in _SENTENCES.split(text) if _bare(sentence)]
    known = [_is_credit(sentence) for sentence in sentences]
    return any(known) and all(
        is_known or _speaks_of(sentence, authors)
        for sentence, is_known in zip(sentences, known, strict=True)
    )


def is_labelled_note(text: str) -> bool:
    """True for a correction, a note of the editor and the like.

    >>> is_labelled_note("Correction: The bridge is 80 m long."), is_labelled_note("Correction")
    (True, False)
    """
    head, colon, rest = text.translate(_QUOTES).partition(":")
    return bool(colon and rest.strip()) and _bare(head).lower() in _words("note_labels")


def is_close(text: str) -> bool:
    """True for a line that ends a press release, or stands above what follows its end.

    >>> is_close("ENDS"), is_close("Notes to editors:"), is_close("-30-"), is_close("It ends.")
    (True, True, True, False)
    """
    if len(text) > 60:
        return False
    bare = _bare(text.translate(_QUOTES)).lower()
    return bare in _words("closes") or _LONE_MARK.fullmatch(text) is not None


def _is_mark(text: str) -> bool:
    """True for "-30-", and a mark of rights that is no sentence: "© dnp-infocom, dnp:1912/2"."""
    is_right = text.startswith("©") and not ends_as_sentence(text)
    return is_right or _LONE_MARK.fullmatch(text) is not None


def _is_credit(bare: str) -> bool:
    may_be_one = bool(_credit_parts().find_matches_as_indexes(bare.lower()))
    is_one = may_be_one and _credits().fullmatch(bare) is not None
    return is_one or _names_helping_agencies(bare)


def _names_helping_agencies(bare: str) -> bool:
    """True for a word such as "with" before agencies, and no more."""
    helper, _, rest = bare.partition(" ")
    if not rest or helper.lower() not in words_of(_HELPERS):
        return False
    return all(is_agency(part) for part in _PARTS.split(rest) if part)


def _speaks_of(sentence: str, authors: Sequence[str]) -> bool:
    """True where a sentence begins with the name, or the last name, of an author."""
    names = {name for author in authors for name in (author, author.split()[-1])}
    return any(begins_with(name, sentence) for name in names if len(name) >= _MIN_SURNAME)


def begins_with(name: str, text: str) -> bool:
    """True for a text of which a name is the first words, or that begins with a name in Chinese.

    >>> begins_with("Ann Lee", "Ann Lee's garden"), begins_with("Ann Lee", "Ann Leeds")
    (True, False)
    """
    behind = text[len(name) :][:1]
    goes_on = behind == "-" or (behind.isalnum() and weight(name[-1]) == 1)
    return text.startswith(name) and not goes_on


def _bare(text: str) -> str:
    return _EDGE.sub("", text.translate(_QUOTES))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_bare(phrase) for phrase in listed(kind))


@cache
def _credits() -> regex.Pattern[str]:
    """The phrases, of whatever case; `@` stands for names, which need their capitals."""
    small = choice_of(particles() | words_of(_HELPERS))
    word = rf"(?:(?!\p{{Ll}})[\p{{L}}\p{{N}}][\w.'&/-]*|\p{{Ll}}{{1,3}}|{small})"
    names = rf"{word}(?:[\s,;/&]+{word}){{0,30}}"
    tokens = {"*": _SOME, "@": names}
    return regex.compile("|".join(_pattern(p, tokens) for p in sorted(listed("credits"))))


@cache
def _credit_parts() -> AhoCorasick:
    """The longest words of each phrase, without which a line is none: found far sooner."""
    parts = (max(_parts_of(phrase), key=len) for phrase in listed("credits"))
    return AhoCorasick(sorted({part.lower() for part in parts}))


def _parts_of(phrase: str) -> list[str]:
    return [part for part in regex.split(r"([*@])", phrase) if part]


def _pattern(phrase: str, tokens: dict[str, str]) -> str:
    return "".join(tokens.get(p) or f"(?i:{regex.escape(p)})" for p in _parts_of(phrase))
