"""Cookie bars that no name gives away: a few lines about consent beside a button that accepts.

    <div class="x1"><p>We use cookies to improve your visit.</p><button>OK</button></div>

Their blocks get the zone of a consent banner, so that they are neither text nor taken for a wall.
"""

from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.diction import notice_topics
from pipelines.extract.prose import weight
from pipelines.extract.wallwords import lowered, said_in, wall_words
from pipelines.extract.wordfiles import words_of

_CONTROLS = etree.XPath(
    "//*[self::button or @role='button' or (self::a and (@class or @href='#'))"
    " or (self::input and (@type='submit' or @type='button'))]"
)
_MAX_CONTROLS = 400
_MAX_LABEL = 40
"""Characters of the label of a button; longer ones are headlines."""
_MAX_BAR = 900
"""Weight of the text of a bar; more is a wall, or a story."""
_MAX_LEVELS = 4
"""Elements between a button and the bar that holds it."""
_EDGE = 60
"""Lines at either end of a page among which its bars stand."""
_MOSTLY_LINK = 0.8
"""Share of links from which a line is a link: footers name their cookie policy."""
_STORY_TAGS = frozenset(("article", "main", "body", "html"))


def accepts(control: HtmlElement) -> bool:
    """True for a button whose label says that one accepts.

    >>> from lxml import html
    >>> accepts(html.fromstring("<button>Accept all</button>"))
    True
    """
    label = _label(control)
    return bool(label and _labels().find_matches_as_indexes(label))


def controls_of(tree: HtmlElement) -> list[HtmlElement]:
    """The buttons of a page, and the links that may be some."""
    return cast(list[HtmlElement], _CONTROLS(tree))[:_MAX_CONTROLS]


def name_consent_bars(tree: HtmlElement, blocks: list[Block]) -> None:
    """Give the blocks of each cookie bar the zone of a consent banner."""
    if not _may_speak_of_consent(blocks):
        return
    bars = {bar for control in controls_of(tree) if (bar := _bar_around(control)) is not None}
    if not bars:
        return
    for block in blocks:
        around = (block.element, *block.element.iterancestors())
        bar = next((element for element in around if element in bars), None)
        if bar is not None:
            block.zones = (*block.zones, ("consent", bar))


def _may_speak_of_consent(blocks: list[Block]) -> bool:
    """False for most pages: it is quicker to look through their text than for their buttons."""
    at_ends = blocks if len(blocks) < 2 * _EDGE else (*blocks[:_EDGE], *blocks[-_EDGE:])
    text = "\n".join(block.text for block in at_ends if block.link_share < _MOSTLY_LINK)
    return bool(_signs().find_matches_as_indexes(text.lower().replace("’", "'")))


@cache
def _signs() -> AhoCorasick:
    topics = {word.strip("_") for word in words_of("words/notice_topics.txt")}
    return AhoCorasick(sorted(topics | wall_words("consent", "lines")))


@cache
def _labels() -> AhoCorasick:
    return AhoCorasick(sorted(wall_words("consent", "labels")))


def _label(control: HtmlElement) -> str:
    text = control.get("value") or "".join(control.itertext())
    return lowered(text) if len(text) < _MAX_LABEL else ""


def _bar_around(control: HtmlElement) -> HtmlElement | None:
    """The smallest element around a button that speaks of consent, and of little else."""
    if not (accepts(control) or _label(control) in wall_words("consent", "closes")):
        return None
    for _, element in zip(range(_MAX_LEVELS), control.iterancestors(), strict=False):
        if element.tag in _STORY_TAGS or element.find(".//h1") is not None:
            return None
        text = " ".join(element.itertext())
        if weight(text) > _MAX_BAR:
            return None
        if said_in("consent", lowered(text)) or notice_topics(text):
            return element
    return None
