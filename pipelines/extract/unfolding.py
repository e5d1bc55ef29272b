"""The rest of a story that a button unfolds: it is in the page, hidden until a reader asks.

    <p>The board voted on Tuesday.</p> <button>Continue reading</button>
    <div hidden> <p>Ships will berth at the old pier.</p> … </div>

What the button says is data (`unfolds` in words/*.toml), and no part of the story.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from pipelines.extract.phrases import is_unfolding
from pipelines.extract.prose import weight

_MAX_LABEL = 40
"""Characters of what such a button says."""
_LEAST = 100
"""Weight of a text from which it may be the rest of a story."""
_NEAR = 2
"""Elements before the hidden one, and behind it, among which the button stands."""
_SHOWN_BEFORE = 6
"""Elements before the hidden one among which a paragraph of the story stands."""


def unfolded(hidden: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Those of the hidden elements that hold the rest of a story, beside the button for it."""
    return {element for element in hidden if _is_rest(element)}


def _is_rest(element: HtmlElement) -> bool:
    near = chain(
        islice(_siblings(element, before=True), _NEAR),
        islice(_siblings(element, before=False), _NEAR),
    )
    return (
        element.find(".//p") is not None
        and any(map(_unfolds, near))
        and weight(element.text_content()) >= _LEAST
        and any(map(_is_paragraph, islice(_siblings(element, before=True), _SHOWN_BEFORE)))
    )


def _siblings(element: HtmlElement, *, before: bool) -> Iterator[HtmlElement]:
    return (other for other in element.itersiblings(preceding=before) if other.tag != "script")


def _unfolds(element: HtmlElement) -> bool:
    """True for a button, a link or a line that says "Continue reading" and no more."""
    if not isinstance(element.tag, str):
        return False
    label = element.get("value") or ""
    for part in () if label else element.itertext():
        label += part
        if len(label.strip()) > _MAX_LABEL:
            return False  # the text of a page is long
    return is_unfolding(label.strip())


def _is_paragraph(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return weight(element.text_content()) >= _LEAST // 2
