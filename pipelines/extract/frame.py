"""Where on a page the story stands: named boxes, the element that holds it, its places.

Nothing here judges a line; it says what the elements around the lines are.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from lxml.html import HtmlElement

from pipelines.extract import phrases
from pipelines.extract.blocks import Block
from pipelines.extract.measured import Measured
from pipelines.extract.prose import HEADINGS, Place, name_of, place

_OWN_ZONE_SHARE = 0.4
"""A named element with this share of the page's text holds the story, whatever its name."""
_OWN_SHARES = {"comments": 0.8, "consent": 1.0}
"""The same by name: readers may write more than the reporter, and a cookie bar than a brief has."""
_DOUBTFUL_ZONES = frozenset(("caption", "figure", "related", "widget", "tags", "byline", "player"))
"""Names that parts of a story bear as well: a gallery's texts are captions, a list article's
are teasers. Where a witness takes most of its text from such boxes, they are believed."""
_LINK_ZONES = frozenset(("related", "nav", "tags"))
"""Zones that hold links by their nature: without any, a "teaser" is the story's own lead."""
_MAIN_PLACE_SHARE = 0.25
"""A place of the body holds at least this share of what its richest place holds."""
_A_STORY = 500
"""Weight of prose that is a story and not its beginning."""
_FEW_LINKS = 0.2
MAX_SAY = 1_000
"""Weight that one block can bring to the question where the body lies."""
_PARTS = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "pre", "center", "dd", "dt", "dl", *HEADINGS)
)
"""Elements that are a part of a text; what holds them is the text."""
TEXT_TAGS = frozenset(("p", "li", "blockquote", "h2", "h3", "h4", "pre", "dt", "dd", "tr"))
"""Tags that short lines of a story have, where no witness says more."""


class Frame:
    """The elements around the lines of one page, given the blocks that a witness took."""

    def __init__(self, page: Measured, taken: set[Block]) -> None:
        self.page = page
        self.blocks = page.blocks
        self.taken = taken
        self.title_key = page.title_key
        self.weights = page.weights
        self.prose = page.prose
        self.zones = self._zones()
        self.story = page.blocks[: self._end_of_story()]
        self.candidates = [
            block
            for block in self.story
            if block in self.prose and self.zones[block] is None and block not in page.decks
        ]
        self.home = self._home()
        self.inside = {block for block in page.blocks if block.is_within(self.home)}
        self.main_places = self._main_places()
        self.main_names = self._main_names()
        if taken is not page.prose:
            kin = {block for block in page.blocks if self._is_kin(block)}
            self.inside |= kin
            self.main_places |= {place(block) for block in kin}

    def _within(self, blocks: Iterable[Block]) -> Counter[HtmlElement]:
        """For each named element the weight of those blocks that stand within it."""
        within: Counter[HtmlElement] = Counter()
        for block in blocks:
            for _, element in block.zones:
                within[element] += self.weights[block]
        return within

    def _zones(self) -> dict[Block, str | None]:
        """For each block the kind of the first named element around it that is no story."""
        kinds = {element: kind for block in self.blocks for kind, element in block.zones}
        prose, taken = self._within(self.prose), self._within(self.taken)
        all_prose, all_taken = self.page.weight_of(self.prose), self.page.weight_of(self.taken)
        foreign = set()
        for element, kind in kinds.items():
            share = _OWN_SHARES.get(kind, _OWN_ZONE_SHARE)
            is_lesser = prose[element] < share * all_prose and taken[element] < share * all_taken
            if is_lesser and (kind not in _LINK_ZONES or _holds_link(element)):
                foreign.add(element)
        self.foreign = foreign
        zones = {
            block: next((kind for kind, element in block.zones if element in foreign), None)
            for block in self.blocks
        }
        held: Counter[str | None] = Counter()
        for block in self.prose & self.taken:
            held[zones[block]] += self.weights[block]
        least = _OWN_ZONE_SHARE * all_taken
        trusted = {kind for kind, mass in held.items() if kind in _DOUBTFUL_ZONES and mass >= least}
        if held["paywall"] >= _A_STORY:  # not the offer: what is behind it
            trusted.add("paywall")
        return {block: None if kind in trusted else kind for block, kind in zones.items()}

    def _end_of_story(self) -> int:
        """Where the readers' comments or another story begin; the number of blocks else.

        They follow a story; prose above them that the witness left out is of other stories.
        """
        seen = 0
        headline = next((block for block in self.blocks if self._is_headline(block)), None)
        for at, block in enumerate(self.blocks):
            if block in self.prose:
                seen += self.weights[block] * (block in self.taken)
            elif seen > _A_STORY and _ends_story(block, headline):
                return at
        return len(self.blocks)

    def _is_headline(self, block: Block) -> bool:
        return block.tag in HEADINGS and block.key == self.title_key

    def _home(self) -> HtmlElement | None:
        """The element that holds the text: most prose within it, and near to it."""
        direct = Counter(block.element for block in self.candidates)
        scores: Counter[HtmlElement] = Counter()
        for block in self.candidates:
            say = min(self.weights[block], MAX_SAY) * (1.0 if block in self.taken else 0.4)
            element = block.element
            if direct[element] < 2:
                element = parent(element)
            while element.tag in _PARTS and element.getparent() is not None:
                element = parent(element)
            _add_upwards(scores, element, say)
        return max(scores, key=lambda element: scores[element]) if scores else None

    def _main_places(self) -> set[Place]:
        """The places in which most of the prose of the body stands."""
        places: Counter[Place] = Counter()
        for block in self.candidates:
            if block in self.inside:
                places[place(block)] += self.weights[block]
        most = max(places.values(), default=0)
        return {where for where, mass in places.items() if mass >= _MAIN_PLACE_SHARE * most}

    def _main_names(self) -> set[str]:
        """The tags with the classes that the paragraphs of those places bear, where they do."""
        own = (b for b in self.candidates if b in self.inside and place(b) in self.main_places)
        return {name_of(block.element) for block in own if block.element.get("class")}

    def _is_kin(self, block: Block) -> bool:
        """True for a block elsewhere that a witness took and that stands just as the body does.

        The names of the containers, or its own, must say so: `p` in a nameless `div` is
        everywhere. A heading may stand in an element that is named as the paragraphs are.
        """
        where = place(block)
        is_placed = where in self.main_places and not where[1].endswith(".")
        is_named = {name_of(block.element), where[1]} & self.main_names
        if not (is_placed or is_named):
            return False
        around = None if self.home is None else parent(parent(self.home))
        is_text = block in self.prose or (block.tag in HEADINGS and block.link_share < _FEW_LINKS)
        told = block in self.taken or (is_text and self.zones[block] is None)
        return told and around in block.element.iterancestors()

    def fits(self, block: Block) -> bool:
        """True for a block that could be a line of the body by its place alone."""
        return (
            block in self.inside
            and block.link_share < 0.5
            and (block.tag in TEXT_TAGS or place(block) in self.main_places)
        )


def _holds_link(element: HtmlElement) -> bool:
    """True for an element with a link within, or around it."""
    links = (link for link in element.iter("a") if link is not element)
    return next(chain(links, element.iterancestors("a")), None) is not None


def _ends_story(block: Block, headline: Block | None) -> bool:
    """True for a line below a story that heads readers' comments or another story."""
    if headline and _heads_another_story(block, headline):
        return True
    return block.link_share < 0.6 and phrases.is_comments_marker(block.text)


def _heads_another_story(block: Block, headline: Block) -> bool:
    """True for a heading that stands in its container as the headline does in one like it.

    ```html
    <article><h1>Quay closes</h1> … </article> <article><h1>Bridge opens</h1> … </article>
    ```
    """
    if block.tag != headline.tag or block.key == headline.key:
        return False
    ours = [headline.element, *headline.element.iterancestors()]
    theirs = [block.element, *block.element.iterancestors()]
    while len(ours) > 1 and len(theirs) > 1 and ours[-2] is theirs[-2]:
        ours.pop(), theirs.pop()
    if len(ours) < 3 or len(theirs) < 3:  # one holds the other, or they are side by side
        return False
    own, other = ours[-2], theirs[-2]
    classes = (own.get("class") or "").split(), (other.get("class") or "").split()
    is_like = not set(classes[0]).isdisjoint(classes[1]) or not any(classes)
    return own.tag == other.tag and is_like


def parent(element: HtmlElement) -> HtmlElement:
    """The parent; the element itself where it is the root."""
    parent = element.getparent()
    return element if parent is None else parent


def _add_upwards(scores: Counter[HtmlElement], element: HtmlElement, say: float) -> None:
    """Credit an element and, less and less, those around it."""
    around: HtmlElement | None = element
    share = 1.0
    while around is not None and share > 0.2:
        scores[around] += say * share  # type: ignore[assignment]  # a Counter of floats
        around, share = around.getparent(), share * 0.66
