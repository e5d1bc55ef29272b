"""Which blocks of a page are lines of the story: kept, dropped with a reason, restored.

A witness says which blocks it takes for the text: trafilatura's reading, the articleBody of
JSON-LD, or the page's own structure. Each line of the witness is led back to the block of
the page that it came from, and the block is judged by its place: what the elements around
it are named, how much of it is links, what stands beside it, where the body lies.

Where the body begins and ends is found as the stretch of blocks with the greatest sum of
scores (maximum subsequence segmentation, Pasternack and Roth 2009): prose counts for, link
lists, headlines of other stories and named boxes count against.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile

from lxml.html import HtmlElement

from pipelines.extract import phrases
from pipelines.extract.blocks import Block
from pipelines.extract.dates import holds_date
from pipelines.extract.diction import address_share
from pipelines.extract.labels import is_deck
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import HEADINGS, Place, ends_as_sentence, place, prose_of, weight
from pipelines.extract.signatures import MAX_CHARS, is_contact, is_signature
from pipelines.text import text_key

_MIN_FOUND_SHARE = 0.7
"""The share of a witness's text that must be found in the blocks."""
_MIN_AGREED_SHARE = 0.6
"""The share of the prose in which a witness and the structure must agree."""
_CLEAR_SHARE = 0.95
"""The share of the page's prose in one place from which no witness need be asked."""
_CLEAR_OF_ALL = 0.7
"""The same of all prose, that in named boxes included."""
_NEVER_STORY = frozenset(("comments", "footer", "nav", "consent", "hidden", "form"))
"""Zones whose prose says nothing about where the story stands."""
_CLEAR_WEIGHT = 500
"""Weight of prose from which that share means anything."""
_STORY = 700
"""Weight of paragraphs that are a story by themselves: on pages with less, a table is what the
page is for, and the standfirst is half of the text."""
_LEAST_PROSE = 200
"""Weight of prose from which a page without witness may hold a story."""
_OWN_ZONE_SHARE = 0.4
"""A named element with this share of the page's text holds the story, whatever its name."""
_OWN_COMMENTS_SHARE = 0.8
"""The same of an element named after comments: readers may write more than the reporter."""
_DOUBTFUL_ZONES = frozenset(("caption", "figure", "related", "widget", "tags", "byline", "player"))
"""Names that parts of a story bear as well: a gallery's texts are captions, a list article's
are teasers. Where a witness takes most of its text from such boxes, they are believed."""
_SURELY_FOREIGN = _NEVER_STORY | frozenset(
    ("share", "newsletter", "advert", "sidebar", "related", "tags", "poll")
)
"""Zones that the engine need not be shown, where the story is not within them."""
_LINK_ZONES = frozenset(("related", "nav", "tags"))
"""Zones that hold links by their nature: without any, a "teaser" is the story's own lead."""
_MAIN_PLACE_SHARE = 0.25
"""A place of the body holds at least this share of what its richest place holds."""
_MAX_SAY = 1_000
"""Weight that one block can bring to the question where the body lies."""
_MAX_BLOCKS_TO_LEAD = 12
"""Blocks between the headline and the body among which a first paragraph may stand."""
_MAX_SIGNATURE_LINES = 4
"""Lines at each end of a story that may sign it: name, office, agency, date."""
_MIN_DECK = 40
"""Weight from which a heading under the headline sums up the story."""
_MIN_SENTENCE = 12
"""Weight from which a line that ends as a sentence is a short paragraph."""
_MAX_PROMPT = 200
_MOSTLY_LINK = 0.5
_MAX_NOTICE = 300
"""Weight above which no phrase makes a block a prompt or a notice."""
_QUOTED_SPEECH = re.compile(r"[\"“„«»‹「『‘].{3,}[\"”“»«›」』’].*\w")
"""A line that begins with a quotation and goes on: somebody said it."""
_SHORT_KEY = 25
"""Letters under which a line is told by equality, not as a part of the witness's text."""
_PARTS = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "pre", "center", "dd", "dt", "dl", *HEADINGS)
)
"""Elements that are a part of a text; what holds them is the text."""
_TEXT_TAGS = frozenset(("p", "li", "blockquote", "h2", "h3", "h4", "pre", "dt", "dd", "tr"))
"""Tags that short lines of a story have, where no witness says more."""


@dataclass(frozen=True)
class Measured:
    """The blocks of a page with what every judgement of them needs, measured once."""

    blocks: list[Block]
    metadata: Metadata
    """What the page says about its story."""
    title_key: str
    summary_keys: frozenset[str]
    """Of the standfirst and the description: such a line above the body is none of it."""
    decks: frozenset[Block]
    """What is named as the standfirst, and as nothing else."""
    weights: dict[Block, int]
    prose: set[Block]

    @classmethod
    def of(cls, blocks: list[Block], metadata: Metadata) -> "Measured":
        """Measure the blocks of a page."""
        weights = {block: weight(block.text) for block in blocks}
        summaries = filter(None, (metadata.standfirst, metadata.description))
        prose = prose_of(blocks)
        return cls(
            blocks,
            metadata,
            text_key(metadata.title or ""),
            frozenset(map(text_key, summaries)),
            _decks(blocks, text_key(metadata.standfirst or ""), prose, weights),
            weights,
            prose,
        )

    @cached_property
    def structure(self) -> "Judge":
        """The judgement without any witness: by what the page's own structure says."""
        judge = Judge(self, self.prose)
        judge.taken = {block for block in self.blocks if judge.fits(block)}
        return judge


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


def select(page: Measured, lines: list[str]) -> Selection | None:
    """The blocks that are body, where `lines` is the text as a witness sees it.

    None where the witness has no text, or one that is not made of these blocks.
    """
    taken = taken_blocks(page.blocks, lines)
    found = sum(len(block.key) for block in taken)
    if not taken or found < _MIN_FOUND_SHARE * sum(len(text_key(line)) for line in lines):
        return None
    return Judge(page, taken).selection


def select_by_structure(page: Measured, *, clear_share: float = _CLEAR_SHARE) -> Selection | None:
    """The blocks that are body, where nearly all prose of the page stands in one place.

    None where the structure leaves room for doubt: then a witness must be asked.
    """
    judge = page.structure
    kept = judge.kept_prose
    candidates = sum(judge.weights[b] for b in judge.candidates)
    everywhere = sum(judge.weights[b] for b in judge.prose if judge.zones[b] not in _NEVER_STORY)
    if kept < max(_CLEAR_WEIGHT, clear_share * candidates, _CLEAR_OF_ALL * everywhere):
        return None
    return None if judge.doubts > (1 - clear_share) * kept else judge.selection


def select_without_witness(page: Measured) -> Selection | None:
    """The blocks that the structure takes for body, whatever doubt it leaves; None without prose.

    For pages whose witness saw nothing that reads as text.
    """
    return page.structure.selection if page.structure.kept_prose >= _LEAST_PROSE else None


def foreign_elements(page: Measured) -> set[HtmlElement]:
    """The elements whose names say that they are none of the story: menus, boxes, comments."""
    judge = page.structure
    return {
        next(element for _, element in block.zones if element in judge.foreign)
        for block, kind in judge.zones.items()
        if kind in _SURELY_FOREIGN
    }


def taken_blocks(blocks: list[Block], lines: list[str]) -> set[Block]:
    """The blocks whose text a witness took."""
    keys = [text_key(line) for line in lines]
    whole, short = "".join(keys), set(keys)
    taken: set[Block] = set()
    position = 0
    for block in blocks:
        if len(block.key) < _SHORT_KEY:
            is_row = block.tag == "tr" and block.key in whole  # whose cells may be lines
            if block.key and (is_row or block.key in short):
                taken.add(block)
        elif (at := _position(block.key, whole, position)) >= 0:
            taken.add(block)
            position = max(position, at)
    return taken


def _position(key: str, whole: str, start: int) -> int:
    """Where a block stands in the text, or its beginning or end; -1 where it does not."""
    at = whole.find(key, start)
    if at < 0:
        at = whole.find(key)
    if at < 0 and len(key) > 80:
        at = whole.find(key[:40])
        at = at if at >= 0 else whole.find(key[-40:])
    return at


class Judge:
    """Judges the blocks of one page, given those that a witness took."""

    def __init__(self, page: Measured, taken: set[Block]) -> None:
        self.blocks = page.blocks
        self.taken = taken
        self.metadata = page.metadata
        self.title_key = page.title_key
        self.summary_keys = page.summary_keys
        self.decks = page.decks
        self.weights = page.weights
        self.prose = page.prose
        self.zones = self._zones()
        self.story = page.blocks[: self._end_of_story()]
        self.candidates = [
            block
            for block in self.story
            if block in self.prose and self.zones[block] is None and block not in self.decks
        ]
        self.home = self._home()
        self.inside = {block for block in page.blocks if self._is_inside(block)}
        self.main_places = self._main_places()
        if taken is not page.prose:
            self.inside |= {block for block in page.blocks if self._is_kin(block)}

    def _weight_of(self, blocks: Iterable[Block]) -> int:
        """The weight of some blocks; 1 where there is none, so that any share of it is more."""
        return sum(self.weights[block] for block in blocks) or 1

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
        all_prose, all_taken = self._weight_of(self.prose), self._weight_of(self.taken)
        foreign = set()
        for element, kind in kinds.items():
            share = _OWN_COMMENTS_SHARE if kind == "comments" else _OWN_ZONE_SHARE
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
        if held["paywall"] >= _CLEAR_WEIGHT:  # not the offer: what is behind it
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
            elif (seen > _CLEAR_WEIGHT and headline and _heads_another_story(block, headline)) or (
                seen > _CLEAR_WEIGHT
                and block.link_share < 0.6
                and phrases.is_comments_marker(block.text)
            ):
                return at
        return len(self.blocks)

    def _is_headline(self, block: Block) -> bool:
        return block.tag in HEADINGS and block.key == self.title_key

    def _home(self) -> HtmlElement | None:
        """The element that holds the text: most prose within it, and near to it."""
        direct = Counter(block.element for block in self.candidates)
        scores: Counter[HtmlElement] = Counter()
        for block in self.candidates:
            say = min(self.weights[block], _MAX_SAY) * (1.0 if block in self.taken else 0.4)
            element = block.element
            if direct[element] < 2:
                element = _parent(element)
            while element.tag in _PARTS and element.getparent() is not None:
                element = _parent(element)
            _add_upwards(scores, element, say)
        return max(scores, key=lambda element: scores[element]) if scores else None

    def _is_inside(self, block: Block) -> bool:
        return block.element is self.home or self.home in block.element.iterancestors()

    def _main_places(self) -> set[Place]:
        """The places in which most of the prose of the body stands."""
        places: Counter[Place] = Counter()
        for block in self.candidates:
            if block in self.inside:
                places[place(block)] += self.weights[block]
        most = max(places.values(), default=0)
        return {where for where, mass in places.items() if mass >= _MAIN_PLACE_SHARE * most}

    def _is_kin(self, block: Block) -> bool:
        """True for a block elsewhere that a witness took and that stands just as the body does.

        The names of the containers must say so: `p` in a nameless `div` is everywhere.
        """
        where = place(block)
        if where not in self.main_places or where[1].endswith("."):
            return False
        around = None if self.home is None else _parent(_parent(self.home))
        told = block in self.taken or (block in self.prose and self.zones[block] is None)
        return told and around in block.element.iterancestors()

    def fits(self, block: Block) -> bool:
        """True for a block that could be a line of the body by its place alone."""
        return (
            block in self.inside
            and block.link_share < 0.5
            and (block.tag in _TEXT_TAGS or place(block) in self.main_places)
        )

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
        own = self._weight_of(b for b in self.inside & self.prose if self.zones[b] is None)
        taken = self._weight_of(self.taken & self.prose)
        both = sum(self.weights[b] for b in self.inside.intersection(self.candidates, self.taken))
        return both >= _MIN_AGREED_SHARE * own and both >= _MIN_AGREED_SHARE * taken

    def score(self, block: Block) -> float:
        """How much a block speaks for the body running on (above 0) or being over."""
        size = min(self.weights[block], _MAX_SAY)
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
        return first, last

    def _above(self, first: int) -> list[Block]:
        """What reads as text between the headline and the body: a deck, a first paragraph."""
        above = self.blocks[max(0, first - _MAX_BLOCKS_TO_LEAD) : first]
        at = next((n for n, block in enumerate(above) if block.key == self.title_key), None)
        return [] if at is None else [block for block in above[at + 1 :] if self._reads(block)]

    def _reads(self, block: Block) -> bool:
        return (
            self.zones[block] is None
            and block.link_share < 0.2
            and not _stands_by_image(block)
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
            and block.tag in _TEXT_TAGS
            and self.weights[block] > 30
            and ends_as_sentence(block.text)
        )

    @property
    def kept_prose(self) -> int:
        """Weight of the prose of the body."""
        return sum(self.weights[b] for b in self.selection.blocks if b in self.prose)

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
        for block in self._signatures(kept):
            reasons[block] = "a signature"
        amid = tuple(block for block in self.blocks[first : last + 1] if block in reasons)
        return Selection(
            tuple(block for block in kept if block not in reasons),
            tuple(
                (b.text, reason) for b, reason in reasons.items() if b in self.taken or b in amid
            ),
            amid,
            self.agrees,
            self._standfirst(above),
        )

    def _reason_at(self, at: int, first: int, last: int) -> str | None:
        """Why a block is no line of a body that runs from `first` to `last`."""
        if at < first:
            return "before the body"
        return "after the body" if at > last else self.reason(self.blocks[at])

    def _signatures(self, kept: list[Block]) -> list[Block]:
        """The lines at both ends that sign or date the story, and what is below the last one.

        One address at the end leads to who wrote the story; several are a list.
        """
        above = list(takewhile(self._is_signature, kept[:_MAX_SIGNATURE_LINES]))
        ending = kept[: -_MAX_SIGNATURE_LINES - 1 : -1]
        contacts = [block for block in ending if is_contact(block.text, self.metadata)]
        contact = contacts[0] if len(contacts) == 1 else None
        below = list(takewhile(lambda b: b is contact or self._is_short_line(b), ending))
        closing = [n for n, b in enumerate(below, 1) if b is contact or self._is_signature(b)]
        return above + below[: max(closing, default=0)]

    def _is_signature(self, block: Block) -> bool:
        return self._is_short_line(block) and is_signature(block.text, self.metadata)

    def _is_short_line(self, block: Block) -> bool:
        """True for a line that is neither prose, alone or with its neighbours, nor a heading."""
        return (
            block not in self.prose
            and self.weights[block] <= MAX_CHARS
            and block.tag not in HEADINGS
        )

    def reason(self, block: Block) -> str | None:
        """Why a block within the stretch of the body is none of it; None where it is."""
        if block.key == self.title_key and not self._is_amid(block):
            return "the headline"
        if block in self.decks:
            return "the standfirst"
        if zone := self.zones[block]:
            return f"in a {zone} box"
        if self.is_prompt(block):
            return "a prompt"
        if self.is_notice(block):
            return "a notice"
        if phrases.is_end_marker(block.text) or phrases.is_comments_marker(block.text):
            return "a heading of what follows the story"
        if block.tag == "tr" and not self._has_story:
            return "a table without a story"
        if block in self.taken:
            return None
        if block in self.prose and block in self.inside and place(block) in self.main_places:
            return None
        return None if self._is_short_paragraph(block) else "no witness took it"

    @cached_property
    def _has_story(self) -> bool:
        """True where the paragraphs are a story without the standfirst and tables among them."""
        own = (self.weights[b] for b in self.candidates if b in self.inside)
        return sum(own) >= _STORY

    def is_notice(self, block: Block) -> bool:
        """True for a short line of copyright, terms or moderation.

        Amid the story a sentence may speak of such things; a notice speaks to its reader.
        """
        if self.weights[block] >= _MAX_NOTICE or not phrases.holds_notice(block.text):
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
        return first < self.blocks.index(block) < last and place(block) in self.main_places

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


def _holds_link(element: HtmlElement) -> bool:
    """True for an element with a link within, or around it."""
    links = (link for link in element.iter("a") if link is not element)
    return next(chain(links, element.iterancestors("a")), None) is not None


def _decks(
    blocks: list[Block], standfirst: str, prose: set[Block], weights: dict[Block, int]
) -> frozenset[Block]:
    """The blocks that are named as the standfirst, where there is a story beside them."""
    decks = frozenset(b for b in blocks if b.key in standfirst and is_deck(b.element))
    beside = sum(weights[block] for block in prose - decks) if decks else 0
    return decks if beside >= _STORY else frozenset()


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


def _stands_by_image(block: Block) -> bool:
    """True for a line that shares its container with a picture, and with little else.

    ```html
    <div><img src="quay.jpg"><p>The northern quay on Tuesday.</p></div>
    ```
    """
    for element in (block.element, _parent(block.element)):
        if element.find(".//img") is not None:
            return len(text_key(element.text_content())) < 1.5 * len(block.key)
    return False


def _parent(element: HtmlElement) -> HtmlElement:
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
