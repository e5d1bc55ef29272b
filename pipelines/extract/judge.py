"""Judges which lines of a page are its story: where the body begins and ends, what leaves it.

Where the body begins and ends is found as the stretch of blocks with the greatest sum of
scores (maximum subsequence segmentation, Pasternack and Roth 2009): prose counts for, link
lists, headlines of other stories and named boxes count against.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from pipelines.extract import phrases
from pipelines.extract.blocks import Block, first_within
from pipelines.extract.boxes import boxed
from pipelines.extract.captions import captions_of
from pipelines.extract.dates import holds_date
from pipelines.extract.diction import address_share
from pipelines.extract.ends import Ends
from pipelines.extract.frame import MAX_SAY, TEXT_TAGS, Frame
from pipelines.extract.measured import Measured
from pipelines.extract.prose import HEADINGS, ends_as_sentence, place, stands_by_image, weight

_MIN_AGREED_SHARE = 0.6
"""The share of the prose in which a witness and the structure must agree."""
_MAX_BLOCKS_TO_LEAD = 12
"""Blocks between the headline and the body among which a first paragraph may stand."""
_BESIDE_TABLE = 400
"""Weight of paragraphs from which a table beside them is a part of the story: on pages with
less, the table is what the page is for."""
_COPYRIGHT = re.compile("[©ⓒ]")
_MIN_TOLD = 60
"""Weight of a sentence before a mark of copyright from which it is a paragraph of the story."""
_ROWS = frozenset(("li", "tr"))
_MIN_DECK = 40
"""Weight from which a heading under the headline sums up the story."""
_MIN_SENTENCE = 12
"""Weight from which a line that ends as a sentence is a short paragraph."""
_MAX_PROMPT = 200
_MOSTLY_LINK = 0.5
_ALL_LINK = 0.8
_MAX_NOTICE = 300
"""Weight above which no phrase makes a block a prompt or a notice."""
_QUOTED_SPEECH = re.compile(r"[\"“„«»‹「『‘].{3,}[\"”“»«›」』’].*\w")
"""A line that begins with a quotation and goes on: somebody said it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The blocks that make the body."""

    blocks: tuple[Block, ...]
    dropped: tuple[tuple[str, str], ...]
    """The lines of the witness, and those amid the body, that are not kept, with the reasons."""
    foreign: tuple[Block, ...]
    """The blocks amid the body that are none of it: boxes, prompts, link lists."""
    agreed: bool
    """The witness and the page's structure see the text in the same place."""
    standfirst: str | None
    """A summary between the headline and the body."""

    @property
    def text(self) -> str:
        """Paragraphs parted by one blank line."""
        return "\n\n".join(block.text for block in self.blocks)


def _group_of(row: Block) -> HtmlElement | None:
    """The list or table that holds a row."""
    groups = (row.element, *row.element.iterancestors())
    return next((element for element in groups if element.tag in ("ul", "ol", "table")), None)


class Judge:
    """Judges the blocks of one page, given those that a witness took."""

    def __init__(self, page: Measured, taken: set[Block]) -> None:
        self.page = page
        frame = Frame(page, taken)
        self.frame = frame
        self.blocks, self.story, self.candidates = frame.blocks, frame.story, frame.candidates
        self.zones, self.inside, self.main_places = frame.zones, frame.inside, frame.main_places
        self.taken = taken
        self.metadata = page.metadata
        self.title_key = page.title_key
        self.summary_keys = page.summary_keys
        self.decks = page.decks
        self.weights = page.weights
        self.prose = page.prose

    @cached_property
    def doubts(self) -> int:
        """Weight of the lines amid the body whose place neither speaks for them nor against."""
        first, last = self.stretch
        return sum(
            self.weights[block]
            for block in self.blocks[first : last + 1]
            if block in self.inside
            and self.zones[block] is None
            and block.link_share < 0.5
            and block not in self.taken
        )

    @property
    def agrees(self) -> bool:
        """The witness and the structure see the text in the same place."""
        own = self.page.weight_of(b for b in self.inside & self.prose if self.zones[b] is None)
        taken = self.page.weight_of(self.taken & self.prose)
        both = sum(self.weights[b] for b in self.inside.intersection(self.candidates, self.taken))
        return both >= _MIN_AGREED_SHARE * own and both >= _MIN_AGREED_SHARE * taken

    def score(self, block: Block) -> float:
        """How much a block speaks for the body running on (above 0) or being over."""
        size = min(self.weights[block], MAX_SAY)
        if self.zones[block]:
            return -min(size, 30)
        if phrases.is_comments_marker(block.text):
            return -300.0 if block.link_share > 0.6 else -2_000.0
        if block.link_share > 0.6:
            return -90.0 if block.tag in HEADINGS else -30.0
        if block not in self.prose:
            return self._score_of_short(block)
        if self.is_notice(block):
            return -60.0
        return self._score_of_prose(block, size)

    def _score_of_short(self, block: Block) -> float:
        if phrases.is_end_marker(block.text):
            return -200.0
        if self._is_short_paragraph(block):
            return float(self.weights[block])
        if block in self.taken and block in self.inside and block.link_share < 0.3:
            if block.tag == "tr":
                return 0.0
            return -1.0 if place(block) in self.main_places else -4.0
        return -8.0

    def _score_of_prose(self, block: Block, size: float) -> float:
        taken = block in self.taken
        if block not in self.inside:
            return 0.2 * size if taken else -0.3 * size
        if place(block) in self.main_places:
            return size
        return 0.5 * size if taken else -0.2 * size

    @cached_property
    def stretch(self) -> tuple[int, int]:
        """The first and the last block of the body: the greatest sum of scores."""
        best, best_sum, start, running = (0, -1), 0.0, 0, 0.0
        for at, block in enumerate(self.story):
            running += self.score(block)
            if running <= 0:
                start, running = at + 1, 0.0
            elif running > best_sum:
                best, best_sum = (start, at), running
        return best

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """The stretch with the short lines at its ends that stand where the body stands."""
        while first > 0 and self._may_extend(self.blocks[first - 1], after=False):
            first -= 1
        if first > 0 and self._heads_part(self.blocks[first - 1], first, last):
            first -= 1
        while last + 1 < len(self.blocks) and self._may_extend(self.blocks[last + 1], after=True):
            last += 1
        return first, self._with_closing_rows(first, last)

    def _with_closing_rows(self, first: int, last: int) -> int:
        """The last block with the table, or the rest of the list, that follows it.

        A list follows where the last line announces it ("Three questions remain:"), or began it.
        """
        behind = self.blocks[last + 1 :][:1]
        if not behind or behind[0].tag not in _ROWS:
            return last
        group, before = _group_of(behind[0]), self.blocks[last]
        is_announced = before.text.endswith((":", "："))
        if group is None or not (behind[0].tag == "tr" or is_announced or before.is_within(group)):
            return last
        beside = {b.element.getparent() for b in self.blocks[first : last + 1] if b in self.prose}
        rows = first_within(group, self.blocks[last + 1 :])
        is_own = group.getparent() in beside and self.taken.issuperset(rows)
        is_plain = all(b.link_share < 0.3 and self.zones[b] is None for b in rows)
        return last + len(rows) if is_own and is_plain else last

    def _above(self, first: int) -> list[Block]:
        """What reads as text between the headline and the body: a deck, a first paragraph."""
        above = self.blocks[max(0, first - _MAX_BLOCKS_TO_LEAD) : first]
        at = next((n for n, block in enumerate(above) if block.key == self.title_key), None)
        return [] if at is None else [block for block in above[at + 1 :] if self._reads(block)]

    def _reads(self, block: Block) -> bool:
        return (
            self.zones[block] is None
            and block.link_share < 0.2
            and not stands_by_image(block)
            and not self.is_notice(block)
            and not self.is_prompt(block)
        )

    def _leads(self, above: list[Block]) -> set[Block]:
        """The first paragraphs that stand apart from the body: whole sentences, in no list.

        "This article was published on 10 January 2012 at 22.24." is none.
        """
        return {
            block
            for block in above
            if block in self.prose
            and block.tag != "li"
            and ends_as_sentence(block.text)
            and block.key not in self.summary_keys
            and not holds_date(block.text, self.metadata.language)
        }

    def _standfirst(self, above: list[Block]) -> str | None:
        """The summary above the body: as the head states it, or set as a heading."""
        decks = (
            block.text
            for block in above
            if self.weights[block] >= _MIN_DECK
            and block.key != self.title_key
            and (block.key in self.summary_keys or block.tag in HEADINGS)
        )
        return next(decks, None)

    def _may_extend(self, block: Block, *, after: bool) -> bool:
        if self.zones[block] is not None or block.key == self.title_key:
            return False
        if after and self._is_short_paragraph(block):
            return True
        return (
            block in self.taken
            and block.link_share < 0.5
            and (place(block) in self.main_places or (after and self._ends_story(block)))
        )

    def _heads_part(self, block: Block, first: int, last: int) -> bool:
        """True for a heading right above the body that is set as those amid it."""
        return (
            block in self.taken
            and block.tag in HEADINGS
            and self.weights[block] < _MIN_DECK
            and block.key != self.title_key
            and self._reads(block)
            and any(place(other) == place(block) for other in self.blocks[first:last])
        )

    def _is_short_paragraph(self, block: Block) -> bool:
        """True for a short sentence that stands just as the paragraphs of the body do.

        The place must be a paragraph's: lines in nameless `div`s are of any kind.
        """
        return (
            block.tag == "p"
            and block in self.inside
            and self.weights[block] >= _MIN_SENTENCE
            and block.link_share < 0.1
            and ends_as_sentence(block.text)
            and place(block) in self.main_places
            and not self.is_notice(block)
            and not self.is_prompt(block)
        )

    def _ends_story(self, block: Block) -> bool:
        """True for a sentence that stands within the body's element, if not as the others."""
        return (
            block in self.inside
            and block.tag in TEXT_TAGS
            and self.weights[block] > 30
            and ends_as_sentence(block.text)
        )

    @cached_property
    def kept_prose(self) -> int:
        """Weight of the prose of the body, and of the boxes amid it: there is no doubt of them."""
        known = self._aside.union(self.selection.blocks)
        return sum(self.weights[b] for b in known & self.prose)

    @cached_property
    def selection(self) -> Selection:
        """The blocks of the body, and what of the witness's text was dropped and why."""
        first, last = self._widened(*self.stretch)
        above = self._above(first)
        leads = self._leads(above)
        reasons: dict[Block, str] = {}
        for at, block in enumerate(self.blocks):
            if block not in leads and (reason := self._reason_at(at, first, last)):
                reasons[block] = reason
        kept = [block for block in self.blocks if block not in reasons]
        for block in Ends(self.page, kept).lines:
            reasons[block] = "a signature"
        amid = tuple(block for block in self.blocks[first : last + 1] if block in reasons)
        told = self.taken.union(amid)
        return Selection(
            tuple(block for block in kept if block not in reasons),
            tuple((block.text, reason) for block, reason in reasons.items() if block in told),
            amid,
            self.agrees,
            self._standfirst(above),
        )

    def _reason_at(self, at: int, first: int, last: int) -> str | None:
        """Why a block is no line of a body that runs from `first` to `last`."""
        if at < first:
            return "before the body"
        return "after the body" if at > last else self.reason(self.blocks[at])

    def reason(self, block: Block) -> str | None:
        """Why a block within the stretch of the body is none of it; None where it is."""
        if block.key == self.title_key and not self._is_amid(block):
            return "the headline"
        if block in self.decks:
            return "the standfirst"
        if zone := self.zones[block]:
            return "in a box" if zone == "box" else f"in a {zone} box"
        if self.is_prompt(block):
            return "a prompt"
        if self.is_notice(block):
            return "a notice"
        if phrases.is_end_marker(block.text) or phrases.is_comments_marker(block.text):
            return "a heading of what follows the story"
        if block.tag in HEADINGS and block.link_share > _ALL_LINK:
            return "a link to another page"
        if block in self._aside:
            return "in a box amid the story"
        if block in self._captions:
            return "a caption"
        if block.tag == "tr" and not self._has_story:
            return "a table without a story"
        if block in self.taken:
            return None
        is_heading = block.tag in HEADINGS and place(block)[1] in self.frame.main_names
        is_placed = block in self.inside and place(block) in self.main_places
        if is_placed and (is_heading or block in self.prose):
            return None
        return None if self._is_short_paragraph(block) else "no witness took it"

    @cached_property
    def _aside(self) -> set[Block]:
        """What stands in boxes amid the paragraphs of the body."""
        first, last = self.stretch
        story = self.blocks[first : last + 1]
        paragraphs = {b for b in story if b in self.prose and place(b) in self.main_places}
        return boxed(story, paragraphs, self.weights)

    @cached_property
    def _captions(self) -> set[Block]:
        """What stands below pictures amid the body and credits them."""
        first, last = self.stretch
        return captions_of(self.blocks[first : last + 1], self.weights)

    @cached_property
    def _has_story(self) -> bool:
        """True where the paragraphs are a story without the standfirst and tables among them."""
        own = (self.weights[b] for b in self.candidates if b in self.inside)
        return sum(own) >= _BESIDE_TABLE

    def is_notice(self, block: Block) -> bool:
        """True for a short line of copyright, terms or moderation; not for one that tells first.

        Amid the story a sentence may speak of such things; a notice speaks to its reader.
        """
        if self.weights[block] >= _MAX_NOTICE or not phrases.holds_notice(block.text):
            return False
        told = _COPYRIGHT.split(block.text, maxsplit=1)[0]
        if told != block.text and weight(told) >= _MIN_TOLD and ends_as_sentence(told):
            return False
        speaks = address_share(block.text, self.metadata.language) == 0
        return not (speaks and self._is_amid(block) and not phrases.opens_with_notice(block.text))

    def is_prompt(self, block: Block) -> bool:
        """True for a short line that asks to read, follow or subscribe to something."""
        if self.weights[block] > _MAX_PROMPT or _QUOTED_SPEECH.match(block.text):
            return False
        is_linked = block.link_share > _MOSTLY_LINK and phrases.opens_with_prompt(block.text)
        return is_linked or phrases.is_prompt(block.text) or phrases.is_call(block.text)

    def _is_amid(self, block: Block) -> bool:
        """True for a sentence without links that stands as, and between, those of the story."""
        if block.link_share or block.tag in HEADINGS or not ends_as_sentence(block.text):
            return False
        first, last = self._main_ends
        return first < self._positions[block] < last and place(block) in self.main_places

    @cached_property
    def _positions(self) -> dict[Block, int]:
        return {block: at for at, block in enumerate(self.blocks)}

    @cached_property
    def _main_ends(self) -> tuple[int, int]:
        """Where the first and the last prose of the body stands that is no notice."""
        own = [
            at
            for at, block in enumerate(self.story)
            if block in self.prose
            and place(block) in self.main_places
            and not phrases.holds_notice(block.text)
        ]
        return (own[0], own[-1]) if own else (0, 0)
