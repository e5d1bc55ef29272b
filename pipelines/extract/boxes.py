"""Boxes that layout sets amid a story: facts in brief, a side story, a call of the site.

    <p>The quay closed on Monday.</p>
    <div class="facts"><h3>The quay in brief</h3><p>Built in 1889.</p></div>
    <p>“We had no warning,” says the harbour master.</p>

Nothing here asks what the classes mean: the box stands alone of its kind between paragraphs that
run on around it, and has a heading of its own. A story built of such parts has several.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from itertools import chain

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.prose import HEADINGS

_BOX_TAGS = frozenset(("div", "section", "aside", "blockquote"))
_MAX_SHARE = 0.2
"""Share of the weight of the paragraphs up to which a box is beside the story."""
_BOLD = 0.9
"""Share of bold letters from which the first line of a box is its heading."""
_MAX_HEADING = 80


def boxed(
    story: Sequence[Block], paragraphs: Set[Block], weights: Mapping[Block, int]
) -> set[Block]:
    """The blocks of a story that stand in a box of their own amid its paragraphs."""
    around = {block.element.getparent() for block in paragraphs}
    around |= {block.element for block in paragraphs if block.tag != "p"}
    most = _MAX_SHARE * sum(weights[block] for block in paragraphs)
    found: set[Block] = set()
    for heading in story:
        box = _box_of(heading, around)
        if box is None or heading in found:
            continue
        within = {block for block in story if block.is_within(box)}
        if (
            len(within) > 1
            and within.isdisjoint(paragraphs)
            and next(block for block in story if block in within) is heading
            and sum(weights[block] for block in within) <= most
            and _is_amid(box, story, paragraphs, within)
            and _is_alone(box, heading, story, within)
        ):
            found |= within
    return found


def _box_of(heading: Block, around: Collection[HtmlElement]) -> HtmlElement | None:
    """The element around a heading that stands beside the paragraphs of the story."""
    is_bold = heading.bold_share > _BOLD and len(heading.key) <= _MAX_HEADING
    if heading.tag not in HEADINGS and not is_bold:
        return None
    for element in (heading.element, *heading.element.iterancestors()):
        if _beside(element) in around:
            is_named = element.get("class") or element.get("style") or element.tag == "aside"
            return element if element.tag in _BOX_TAGS and is_named else None
    return None


def _beside(box: HtmlElement) -> HtmlElement | None:
    """The element in which a box stands; a paragraph that was left open holds none."""
    around = box.getparent()
    while around is not None and around.tag == "p":
        around = around.getparent()
    return around


def _is_amid(
    box: HtmlElement,
    story: Sequence[Block],
    paragraphs: Set[Block],
    within: Set[Block],
) -> bool:
    """True where paragraphs stand beside the box, before and after it."""
    beside = _beside(box)
    own = [at for at, block in enumerate(story) if block in within]
    stand = [
        at
        for at, block in enumerate(story)
        if block in paragraphs and beside in (block.element, block.element.getparent())
    ]
    return any(at < own[0] for at in stand) and any(at > own[-1] for at in stand)


def _is_alone(box: HtmlElement, heading: Block, story: Sequence[Block], within: Set[Block]) -> bool:
    """True for the only box of its kind, whose heading is none of those that part the story."""
    others = [block for block in story if block not in within]
    like_heading = (block.element for block in others if block.tag == heading.tag in HEADINGS)
    if any(element.getparent() is not _beside(box) for element in like_heading):
        return False
    like = (box.tag, box.get("class"))
    siblings = chain(box.itersiblings(box.tag), box.itersiblings(box.tag, preceding=True))
    rivals = {each for each in siblings if (each.tag, each.get("class")) == like}
    return not any(block.is_within(rival) for rival in rivals for block in others)
