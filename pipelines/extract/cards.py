"""How stories and links to stories stand on a page: cards, runs of prose, the one text.

A card is what a listing shows of a story: its headline, which is a link, and perhaps a teaser.
Layouts differ in tags and classes; what they share is the order: links to other pages and
prose take turns. A story is prose that stands together. Everything here rests on that.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.extract import phrases
from pipelines.extract.blocks import Block
from pipelines.extract.prose import HEADINGS, ends_as_sentence, is_prose, weight

_ASIDE = frozenset(("nav", "footer", "comments", "consent", "share", "form", "tags", "hidden"))
"""Zones whose links and texts say nothing about what the page is."""
_HEADLINE = 20
"""Weight from which the text of a link may be a headline."""
_HEADING = 10
"""The same for a link that is a heading."""
_LINK_LINE = 150
"""Weight up to which a line with a link, a date and a section name is a headline."""
_NEAR = 4
"""Blocks that may stand between a headline and the prose under it: date, byline, kicker."""
_POST = 300
"""Weight of prose under the linked headline of a story from which it is no teaser."""
_SEVERAL = 1.7
"""Weight of all longer texts over that of the largest, from which no one is the page's story."""
_NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "data:")
_MIN_BEGIN = 3
"""Letters in which any two such keys agree: looked at first, because it is quick."""
_ALIKE = 0.6
"""Share of the longer of two headlines that their common beginning makes, where they are one."""
_TAKES_TURNS = 0.7
"""Share of the prose blocks of an element that follow a link at once, from which they are
teasers, not the paragraphs of one text."""


@dataclass(slots=True)
class Run:
    """Prose between one headline of another story and the next."""

    head: Block | None
    """The link above it; None where it is the page's own headline, or nothing."""
    blocks: list[Block] = field(default_factory=list)
    is_near: bool = False
    """The prose follows the link at once."""
    mass: int = 0
    """Its weight of prose."""
    is_own: bool = False
    """The page's own headline stands above it, with no link to a story between."""
    links_before: int = 0
    """Links to stories above it on the page."""

    @property
    def is_headed(self) -> bool:
        """True where the link right above it may be its headline."""
        return self.head is not None and self.is_near


@dataclass(frozen=True, slots=True)
class Cards:
    """The links to stories on a page, and the prose among them."""

    links: tuple[Block, ...]
    """Lines that are links to other pages, each target once."""
    runs: tuple[Run, ...]
    """The runs with prose."""
    kept: frozenset[Block]
    """The blocks of the page's body."""

    @property
    def prose(self) -> int:
        """Weight of the prose of the body."""
        return sum(weight(b.text) for run in self.runs for b in run.blocks if b in self.kept)

    def posts(self, text: int) -> int:
        """The number of longer texts under links to other pages, where the page has several.

        `text` is the weight of the largest: beside one story, excerpts of others are short.
        """
        long = [run.mass for run in self.runs if run.is_headed and run.mass >= max(_POST, text / 4)]
        return len(long) if sum(long) > _SEVERAL * text else 0

    def together(self) -> tuple[int, Run | None]:
        """Weight of the largest piece of the body that is one text, and where it begins."""
        return max(self._texts(), key=lambda text: text[0], default=(0, None))

    def _texts(self) -> Iterator[tuple[int, Run]]:
        held: Counter[HtmlElement] = Counter()
        count: Counter[HtmlElement] = Counter()
        turns: Counter[HtmlElement] = Counter()
        begins: dict[HtmlElement, Run] = {}
        for run in self.runs:
            kept = [block for block in run.blocks if block in self.kept]
            yield sum(weight(block.text) for block in kept), run
            for block in kept:
                holder = _holder(block)
                held[holder] += weight(block.text)
                count[holder] += 1
                begins.setdefault(holder, run)
            if kept and run.is_headed:
                turns[_holder(kept[0])] += 1
        for holder, mass in held.items():
            if count[holder] > 1 and turns[holder] < _TAKES_TURNS * count[holder]:
                yield mass, begins[holder]


def _holder(block: Block) -> HtmlElement:
    parent = block.element.getparent()
    return block.element if parent is None else parent


def read_cards(
    blocks: list[Block], kept: frozenset[Block], url: str, own_keys: frozenset[str]
) -> Cards:
    """The cards and the runs of prose of a page.

    `kept` are the blocks of its body, `own_keys` the keys of its own headline, which may be a
    link to itself.
    """
    own_path = _path(url)
    frame = {element for block in kept for _, element in block.zones}
    links: dict[str, Block] = {}
    runs = [Run(None)]
    since = _NEAR
    for block in blocks:
        if any(kind in _ASIDE and element not in frame for kind, element in block.zones):
            continue
        if is_own(block, own_keys):
            runs.append(Run(None, is_own=True, links_before=len(links)))
        elif _is_own_heading(block, runs[-1]):
            runs.append(Run(None, is_own=runs[-1].is_own, links_before=len(links)))
        elif target := story_target(block, own_path):
            links.setdefault(target, block)
            runs.append(Run(block, links_before=len(links)))
            since = 0
        elif block in kept or is_prose(block):
            run = runs[-1]
            run.is_near = run.is_near if run.blocks else since < _NEAR
            run.blocks.append(block)
            run.mass += weight(block.text)
        else:
            since += 1
    return Cards(tuple(links.values()), tuple(run for run in runs if run.blocks), kept)


def is_own(block: Block, own_keys: frozenset[str]) -> bool:
    """True for the page's own headline, whole or with other words at its end."""
    if block.key in own_keys:
        return True
    return (
        any(
            own[:_MIN_BEGIN] == block.key[:_MIN_BEGIN] and _begin_alike(block.key, own)
            for own in own_keys
        )
        and weight(block.text) >= _HEADLINE
    )


def _begin_alike(one: str, other: str) -> bool:
    """True for two keys that differ in their ends only.

    >>> _begin_alike("thequayclosesfortwoyears", "thequayclosesfortwoyearsharbourtimes")
    True
    """
    least = int(_ALIKE * max(len(one), len(other)))
    return one[:least] == other[:least] and min(len(one), len(other)) >= least


def _is_own_heading(block: Block, run: Run) -> bool:
    """True for a heading that is no link, where it does not part a text."""
    if block.link_share >= 0.5:
        return False
    return block.tag == "h1" or (block.tag == "h2" and not run.blocks)


def story_target(block: Block, own_path: str) -> str | None:
    """The link of a block that reads as the headline of another story; else None."""
    size = weight(block.text)
    if size < (_HEADING if block.tag in HEADINGS else _HEADLINE):
        return None
    if block.link_share < 0.8 and not _is_link_with_label(block, size):
        return None
    if phrases.opens_with_prompt(block.text):
        return None
    href = _href(block.element)
    if href is None or href.lower().startswith(_NO_PAGE):
        return None
    path = _path(href)
    return None if path in ("", "/", own_path) else path


def _is_link_with_label(block: Block, size: int) -> bool:
    """True for a headline with its date, section or source beside it on one line."""
    return block.link_share >= 0.4 and size < _LINK_LINE and not ends_as_sentence(block.text)


def _href(element: HtmlElement) -> str | None:
    """The link within an element, or around it."""
    for link in element.iter("a"):
        if href := (link.get("href") or "").strip():
            return href
    around = next(element.iterancestors("a"), None)
    return None if around is None else (around.get("href") or "").strip() or None


def _path(url: str) -> str:
    """Path and query of a URL, without its end: enough to tell pages apart.

    >>> _path("https://harbour.example/news/1/#top"), _path("/news/1?page=2")
    ('/news/1', '/news/1?page=2')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path
