"""The standfirst: the summary between the headline and the text."""

from collections.abc import Container
from itertools import islice

from lxml.html import HtmlElement

from pipelines.extract.authors import opens_byline
from pipelines.extract.blocks import Block
from pipelines.extract.dates import holds_date
from pipelines.extract.evidence import Claim, Evidence, fold, same_words, text_of
from pipelines.extract.layout import Mark, class_words, element_words
from pipelines.extract.prose import HEADINGS, ends_as_sentence
from pipelines.text import words

_MAX_KICKER = 30
_MAX_SMALL = 80
"""Characters of a line that may be a kicker, or a byline or date, above a standfirst."""
_MAX_LINKS = 0.5
_BESIDE = frozenset(("byline", "author", "caption", "figure", "share", "nav", "player", "comments"))
"""Zones whose lines sum up nothing."""
_FOREIGN = frozenset(("consent", "form"))
"""Zones that hold no standfirst, even where they hold the element that is named as one."""


def read_standfirst(evidence: Evidence, title: str | None) -> Claim | None:
    """The summary lines between the headline and the body; None where there are none.

    ```html
    <h1>Rain</h1> <p class="article__standfirst">It rained all day, and …</p>
    ```
    """
    for mark in evidence.marks:
        if (
            _names_standfirst(mark)
            and evidence.is_near(mark.element, only_after=True)
            and not evidence.beside(mark.element)
        ):
            text = _summary_in(mark.element, evidence)
            if 20 <= len(text) <= 600 and not (title and same_words(text, title)):
                return Claim(text, "html")
    return None


def _names_standfirst(mark: Mark) -> bool:
    named = mark.words & (class_words("standfirst") | class_words("deck"))
    return bool(named) and mark.element.tag in ("p", "div", "h2", "h3", "span", "section", "ul")


def _summary_in(element: HtmlElement, evidence: Evidence) -> str:
    """What sums up the story in an element: its lines but for headline, kicker, byline and date.

    Headers are often named so as a whole; a box may have a heading of its own ("In brief").
    """
    parts = frozenset(element.iter())
    within = [block for block in evidence.document.blocks if block.element in parts]
    if not within:  # words within a line
        return text_of(element)
    headings = [n for n, b in enumerate(within) if words(b.text) in evidence.headlines]
    outside = frozenset(element.iterancestors())
    lines = [b for b in within[max(headings, default=-1) + 1 :] if _sums_up(b, outside)]
    sentences = [block for block in lines if block.tag not in HEADINGS]
    texts = [block.text for block in sentences or lines]
    while len(texts) > 1 and len(texts[0]) < _MAX_KICKER and not ends_as_sentence(texts[0]):
        del texts[0]
    return fold(" ".join(texts))


def _sums_up(block: Block, outside: Container[HtmlElement]) -> bool:
    """True for a line that is neither a byline, a date, a caption nor a link to elsewhere.

    Elements `outside` the one that is named as the standfirst say nothing of it.
    """
    if any(
        kind in _FOREIGN or (kind in _BESIDE and element not in outside)
        for kind, element in block.zones
    ):
        return False
    is_small = len(block.text) < _MAX_SMALL and not ends_as_sentence(block.text)
    is_note = is_small and (holds_date(block.text, None) or opens_byline(block.text, None))
    return not is_note and block.link_share <= _MAX_LINKS


def _is_headed(element: HtmlElement) -> bool:
    return next(element.iterdescendants("h2", "h3", "h4", "h5", "h6"), None) is not None


def is_deck(element: HtmlElement) -> bool:
    """True for an element that is named as a standfirst and is no paragraph, or right within one.

    "lead" and "intro" name first paragraphs as well, unless they are boxes with a heading of
    their own; a "chapeau" is none.
    """
    around = (element, *islice(element.iterancestors(), 1))
    return any(
        class_words("deck") & element_words(each)
        or (class_words("standfirst") & element_words(each) and _is_headed(each))
        for each in around
    )
