"""Boxes that layout sets amid a story: facts in brief, a side story, a call of the site.

    <p>The quay closed on Monday.</p>
    <div class="facts"><h3>The quay in brief</h3><p>Built in 1889.</p></div>
    <p>“We had no warning,” says the harbour master.</p>

Nothing here asks what the classes mean: the box stands alone of its kind between paragraphs that
run on around it, and has a heading of its own. A story built of such parts has several.
"""

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence, Set
from functools import cached_property

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, first_within
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
    standing = _standing(story, paragraphs)
    layout = _Layout(story)
    most = _MAX_SHARE * sum(weights[block] for block in paragraphs)
    found: set[Block] = set()
    for at, heading in enumerate(story):
        box = None if heading in found else _box_of(heading, standing)
        if box is None or (at and story[at - 1].is_within(box)):
            continue
        within = first_within(box, story[at:])
        first, last = standing[_beside(box)]
        if (
            len(within) > 1
            and first < at
            and at + len(within) <= last
            and paragraphs.isdisjoint(within)
            and sum(weights[block] for block in within) <= most
            and layout.is_alone(box, heading, within)
        ):
            found.update(within)
    return found


def _standing(
    story: Sequence[Block], paragraphs: Set[Block]
) -> dict[HtmlElement | None, tuple[int, int]]:
    """The elements that hold paragraphs, and where in the story the first and the last stands."""
    ends: dict[HtmlElement | None, tuple[int, int]] = {}
    for at, block in enumerate(story):
        if block in paragraphs:
            own = (block.element,) if block.tag != "p" else ()
            for element in (block.element.getparent(), *own):
                ends[element] = (ends.get(element, (at, at))[0], at)
    return ends


def _box_of(heading: Block, around: Container[HtmlElement | None]) -> HtmlElement | None:
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


class _Layout:
    """How the elements of a story stand beside each other: counted once for all of its boxes."""

    def __init__(self, story: Sequence[Block]) -> None:
        self.story = story
        self._kinds: dict[HtmlElement, Counter[tuple[str, str | None]]] = {}

    @cached_property
    def _holding(self) -> set[HtmlElement]:
        """All elements that hold text of the story."""
        own = {block.element for block in self.story}
        return own.union(*(element.iterancestors() for element in own))

    def is_alone(self, box: HtmlElement, heading: Block, within: Collection[Block]) -> bool:
        """True for the only box of its kind, whose heading is none of those that part the story."""
        like = (b for b in self.story if b.tag == heading.tag in HEADINGS and b not in within)
        if any(block.element.getparent() is not _beside(box) for block in like):
            return False
        around = box.getparent()
        if around not in self._kinds:
            shown = (child for child in around if child in self._holding)
            self._kinds[around] = Counter((child.tag, child.get("class")) for child in shown)
        return self._kinds[around][box.tag, box.get("class")] == 1
