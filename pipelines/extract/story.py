"""Whether a short text is a story: a sum of signs for and against.

Notices that stand in front of a story, or in its stead, come in wordings that no list holds.
They are told by what they lack (a headline that the address names, a date, an author,
paragraphs, names) and by what they do: they turn to their reader, beside buttons. Points were
made on saved articles and on written notices (benchmarks/pages).
"""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from pipelines.extract.diction import (
    address_share,
    has_quotation,
    machine_number,
    names_in,
    notice_topics,
)
from pipelines.extract.paths import slug_words, spellings
from pipelines.extract.prose import HEADINGS, is_prose, weight
from pipelines.extract.signs import Sign
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import lowered, said_in

SHORT = 2_500
"""Weight of text up to which the sum means anything: longer notices are of other kinds."""
_STORY = 0.5
"""Points from which a text is a story whatever stands around it."""
_SIZES = ((150, -1.5), (300, -0.5), (600, 0.0), (1_000, 0.5))
"""Weight of the text under which the points hold."""
_LONG = 1.5
_PARAGRAPHS = ((5, 2.0), (3, 1.0), (2, 0.0))
"""Paragraphs from which the points hold."""
_ONE_PARAGRAPH = -1.0
_ADDRESS = ((0.08, -3.5), (0.05, -2.5), (0.03, -1.25), (0.02, -0.5))
"""Share of words that address the reader from which the points hold."""
_HEADLINE = 20
"""Weight from which a shown title reads as a headline."""
_NOTICES = ("consent", "geo", "bot", "not_found", "error")
"""Kinds of notices whose phrases speak against a story; stories speak of accounts as well."""


@lru_cache(maxsize=1)
def story_signs(view: PageView) -> tuple[Sign, ...]:
    """What speaks for the text being a story, and against it; facts are given for the latter."""
    parts = (_declared, _headed, _named, _shaped, _addressing, _about, _telling)
    return tuple(sign for part in parts for sign in part(view))


def story_points(view: PageView) -> float:
    """The sum of the signs."""
    return sum(sign.points for sign in story_signs(view))


def reads_as_story(view: PageView) -> bool:
    """True for a short text that is a story whatever stands around it."""
    return view.size <= SHORT and story_points(view) >= _STORY


def _declared(view: PageView) -> Iterator[Sign]:
    data = view.metadata
    if view.is_declared_story:
        yield Sign(2.0, "")
    elif view.is_dated:
        yield Sign(1.5, "")
    elif data.published_source == "time_tag":
        yield Sign(1.0, "")
    elif data.published_source is None and not data.authors:
        yield Sign(-0.5, "no date and no author")
    if data.authors:
        yield Sign(1.0, "")


def _headed(view: PageView) -> Iterator[Sign]:
    if view.headline is not None and weight(view.headline.text) >= _HEADLINE:
        yield Sign(1.0, "")
    else:
        yield Sign(-0.5, "no headline")


def _named(view: PageView) -> Iterator[Sign]:
    """What the words of the address say, which sites take from the headline."""
    named = slug_words(view.url)
    if len(named) < 2:
        return
    shown = (block.text for block in view.document.blocks if block.tag in HEADINGS)
    shown_title = " ".join((*view.titles, *shown))
    title = spellings(shown_title)
    found = sum(word in title for word in named)
    if found >= max(2, len(named) / 2):
        yield Sign(1.5, "")
    elif not found and _is_latin(shown_title):
        text = spellings(view.body.text)
        if not any(word in text for word in named):
            fact = f"nothing on it is named as its address is ({' '.join(named[:4])})"
            yield Sign(-1.5 if len(named) > 2 else -0.75, fact)


def _is_latin(text: str) -> bool:
    """True for a text whose letters are Latin: addresses write the others in ways of their own."""
    letters = [char for char in text if char.isalpha()]
    return sum(char < "\u0250" for char in letters) > 0.8 * len(letters)


def _shaped(view: PageView) -> Iterator[Sign]:
    size = view.size
    points = next((points for most, points in _SIZES if size < most), _LONG)
    yield Sign(points, f"{size} characters of text")
    count = sum(map(is_prose, view.body.blocks)) or view.body.text.count("\n\n") + 1
    points = next((points for least, points in _PARAGRAPHS if count >= least), _ONE_PARAGRAPH)
    yield Sign(points, "one paragraph")
    yield Sign(-min(1.0, view.controls / 2), "buttons stand beside it")


def _addressing(view: PageView) -> Iterator[Sign]:
    share = address_share(view.body.text, view.language)
    if share is None:
        return
    points = next((points for least, points in _ADDRESS if share >= least), 0.0 if share else 0.5)
    yield Sign(points, f"{100 * share:.0f} % of its words address the reader")


def _about(view: PageView) -> Iterator[Sign]:
    """What it speaks of: the matters and the phrases of notices."""
    text = lowered(view.body.text)
    topics = notice_topics(view.body.text)
    yield Sign(-min(1.5, 0.75 * len(topics)), f"it is about {', '.join(topics[:3])}")
    said = [phrase for kind in _NOTICES for phrase in said_in(kind, text)]
    yield Sign(-min(2.0, len(said)), f"it says {', '.join(map(repr, said[:3]))}")
    kinds = [{kind for kind, _ in block.zones} for block in view.body.blocks]
    if sum("consent" in found for found in kinds) > len(kinds) / 2:
        yield Sign(-2.0, "its place is named after consent")
    if number := machine_number(view.body.text):
        yield Sign(-1.5, f"it holds {number}")


def _telling(view: PageView) -> Iterator[Sign]:
    """Stories name people and places, and quote; notices name at most their own house."""
    text = view.body.text
    if has_quotation(text):
        yield Sign(1.0, "")
    names = names_in(text, view.language)
    if names is not None:
        host = urlsplit(view.url).netloc.lower()
        foreign = [name for name in names if name.lower() not in host]
        points = 0.75 if len(foreign) >= 2 else 0.0 if foreign else -0.5
        yield Sign(points, "it names nobody and no place")
