"""The words of labels by headlines, in all languages at once (words/kickers/, one file each)."""

import unicodedata
from functools import cache

from pipelines.extract.wordfiles import tables_in

KINDS = ("advertisement", "opinion", "press_release", "video", "gallery")
"""The kinds that labels name; the first of two that a page bears counts."""
TEXT_KINDS = KINDS[:3]
MAX_LABEL_CHARS = 70
"""Characters of a label; the longest name who paid: "Sponsored by …"."""
ORNAMENTS = " \t|/·•:;›»«<>[](){}【】〈〉《》#*–—-."
_SENTENCE = (".", "!", "?", "。")


def kind_of_label(text: str, *, is_above: bool = False) -> str | None:
    """The kind of article that a text names which says nothing else.

    `is_above` for a text above the headline: below it, some of these words are buttons.

    >>> kind_of_label("OPINIÓN"), kind_of_label("Sponsored by Halden"), kind_of_label("Comment")
    ('opinion', 'advertisement', None)
    >>> kind_of_label("Comment", is_above=True)
    'opinion'
    """
    if len(text) > MAX_LABEL_CHARS:
        return None
    key = label_key(text)
    if kind := _labels().get(key) or (_labels_above().get(key) if is_above else None):
        return kind
    return None if text.endswith(_SENTENCE) else _kind_of_opening(key)


def _kind_of_opening(key: str) -> str | None:
    """The kind that the first words of a line name: "sponsored by …", "opinion by …"."""
    if key.startswith(_phrases("sponsor")):
        return "advertisement"
    return "opinion" if key.startswith(_phrases("opinion_by")) else None


def kind_before_title(text: str) -> str | None:
    """The kind that a text names which stands before a title, behind a bar, or is a section.

    >>> kind_before_title("Anzeige"), kind_of_label("Anzeige")
    ('advertisement', None)
    """
    return "advertisement" if label_key(text) in slot_labels() else kind_of_text(text)


def kind_in_brackets(text: str) -> str | None:
    """The kind that a text names which stands in brackets before a title: `[PR]`, `【社説】`."""
    is_paid = label_key(text) in map(label_key, _list("bracketed"))
    return "advertisement" if is_paid else kind_before_title(text)


def kind_of_text(text: str) -> str | None:
    """The kind that a title names, if it is one of texts: many a text holds a video."""
    return text_kind(_labels().get(label_key(text)))


def text_kind(kind: str | None) -> str | None:
    """The kind, if it is one of texts."""
    return kind if kind in TEXT_KINDS else None


def label_key(text: str) -> str:
    """A label without case, accents and ornaments: capitals often go without accents.

    >>> label_key("| ÉDITO :"), label_key("ΆΠΟΨΗ") == label_key("άποψη")
    ('edito', True)
    """
    plain = unicodedata.normalize("NFKD", text.strip(ORNAMENTS).replace("’", "'"))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.casefold().replace("ı", "i").replace(":", " ").split())


@cache
def _labels() -> dict[str, str]:
    """The kind by the key of its labels."""
    return {label_key(label): kind for kind in reversed(KINDS) for label in _list(kind)}


@cache
def _labels_above() -> dict[str, str]:
    return dict.fromkeys(map(label_key, _list("opinion_above")), "opinion")


@cache
def slot_labels() -> frozenset[str]:
    """The keys of what advert boxes bear: "Advertisement"."""
    return frozenset(map(label_key, _list("slot")))


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(f"{label_key(phrase)} " for phrase in _list(name))


def _list(name: str) -> list[str]:
    """The labels of one list, of all languages (words/kickers/)."""
    return [label for table in tables_in("words/kickers") for label in table.get(name, ())]
