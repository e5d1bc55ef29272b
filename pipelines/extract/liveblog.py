"""The entries of a live blog, in the order of the page, each with its time.

A live blog is a list of short stories, each under the time at which it was written. The
general reading of a body would drop the times as bylines and read the whole as one text, so
a live blog is read on its own path. In the text, each entry begins with a paragraph of its
own: the time as the page shows it, then the entry's headline where it has one; its paragraphs
follow. What stands above the first entry (the summary) comes first.

    14:05 Quay closes

    The harbour board voted to close the quay.

    13:40

    The board has begun its session.

The entries are read from the page's structure: elements side by side that each show a time
and hold prose; else from `liveBlogUpdate` of the page's JSON-LD.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from pipelines.extract import clocks, phrases
from pipelines.extract.blocks import Block
from pipelines.extract.body import Body
from pipelines.extract.document import Document
from pipelines.extract.evidence import texts_in
from pipelines.extract.livetitle import is_labelled_live, says_live_blog
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import HEADINGS, ends_as_sentence, is_prose, weight
from pipelines.extract.stated_text import paragraphs_of
from pipelines.extract.structured import types_of
from pipelines.text import text_key

SOURCE = "live_blog"
_MIN_ENTRIES = 2
"""Entries with a time and with prose from which a page that says so is a live blog."""
_SURE_ENTRIES = 3
"""The same where they need not hold most of its text."""
_MAX_LISTS = 4
"""Lists of times on a page that are read; the one with most text is the live blog."""
_MIN_LABELLED = 5
"""Entries from which it is one where a label in the title alone says so, as of a broadcast."""
_MAX_HEADLINE = 200
_MIN_NAMED_SHARE = 0.5
"""Text of the entries per text of the page that they must hold where they are few."""
_MIN_LABELLED_SHARE = 0.7
"""The same where nothing but a label says that it is a live blog."""
_MIN_SHARE = 0.5
"""Share of the entries of JSON-LD that the page's structure must show to be believed."""
_WHEN = ("datePublished", "dateModified")
_FOREIGN = frozenset(
    ("comments", "related", "share", "nav", "footer", "tags", "advert", "newsletter", "form",
     "consent", "caption", "sidebar", "player", "poll")
)  # fmt: skip
"""Zones within an entry that are none of its text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: when, under which headline, what."""

    time: str
    headline: str
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The entry in the form of the module's docstring."""
        return "\n\n".join((f"{self.time} {self.headline}".strip(), *self.paragraphs))


def read_live_blog(document: Document, metadata: Metadata, body: Body) -> Body:
    """The body with the entries of a live blog and their times; as it is on other pages."""
    title = metadata.title or ""
    is_declared = metadata.page_type_hint == "live_blog"
    is_named = is_declared or says_live_blog(title)
    if not is_named and not is_labelled_live(title):
        return body
    entries = _best(structure_entries(document.blocks), json_ld_entries(document))
    if len(entries) < (_MIN_ENTRIES if is_named else _MIN_LABELLED):
        return body
    is_sure = is_declared and len(entries) >= _SURE_ENTRIES
    share = _MIN_NAMED_SHARE if is_named else _MIN_LABELLED_SHARE
    if not is_sure and _mass(entries) < share * weight(body.text):
        return body  # a timetable within a story
    blocks = tuple(block for entry in entries for block in entry.blocks)
    intro = _intro(blocks, document.blocks, metadata)
    text = "\n\n".join([*(block.text for block in intro), *(entry.text for entry in entries)])
    return replace(body, text=text, source=SOURCE, blocks=(*intro, *blocks))


def _best(shown: list[Entry], stated: list[Entry]) -> list[Entry]:
    """What the page shows, unless JSON-LD states many more."""
    return shown if len(shown) >= _MIN_SHARE * len(stated) and shown else stated


def _intro(entries: tuple[Block, ...], blocks: list[Block], metadata: Metadata) -> list[Block]:
    """The paragraphs between the headline and the first entry, but for the standfirst."""
    if not entries:
        return []
    above = blocks[: blocks.index(entries[0])]
    headline = max((at for at, block in enumerate(above) if block.tag == "h1"), default=len(above))
    standfirst = text_key(metadata.standfirst or "")
    return [
        block
        for block in above[headline:]
        if is_prose(block) and not (_is_foreign(block) or _clock(block) or block.key == standfirst)
    ]


def structure_entries(blocks: list[Block]) -> list[Entry]:
    r"""The entries that stand side by side, each with a time; none where there are too few.

    >>> from lxml import html
    >>> from pipelines.extract.blocks import page_blocks
    >>> page = "<div>" + "".join(
    ...     f"<div><time>14:0{n}</time><h3>Quay {n}</h3><p>The board voted on quay {n} today, it"
    ...     f" said.</p></div>" for n in range(3)) + "</div>"
    >>> [entry.text for entry in structure_entries(page_blocks(html.fromstring(page)))][0]
    '14:00 Quay 0\n\nThe board voted on quay 0 today, it said.'
    """
    shown = [block for block in blocks if not _is_foreign(block)]
    timed = [block for block in shown if _clock(block)]
    read = [_entries_in(shown, holder) for holder in _lists_of(timed)]
    return max(read, key=_mass, default=[])


def _entries_in(blocks: list[Block], holder: HtmlElement) -> list[Entry]:
    """The entries among the blocks of one element; none where there are too few."""
    within = [block for block in blocks if holder in block.element.iterancestors()]
    entries = [entry for group in _groups(within, holder) if (entry := _entry(group))]
    return entries if len(entries) >= _MIN_ENTRIES else []


def _mass(entries: list[Entry]) -> int:
    return sum(weight(paragraph) for entry in entries for paragraph in entry.paragraphs)


def _is_foreign(block: Block) -> bool:
    return any(kind in _FOREIGN for kind, _ in block.zones)


def _lists_of(timed: list[Block]) -> list[HtmlElement]:
    """The elements with most children that show a time: a list of key moments may be one."""
    children: dict[HtmlElement, set[HtmlElement]] = {}
    for block in timed:
        child = block.element
        for parent in block.element.iterancestors():
            children.setdefault(parent, set()).add(child)
            child = parent
    held = [parent for parent in children if len(children[parent]) >= _MIN_ENTRIES]
    return sorted(held, key=lambda parent: -len(children[parent]))[:_MAX_LISTS]


def _groups(blocks: list[Block], holder: HtmlElement) -> list[list[Block]]:
    """The blocks of each entry: those of one child, or those from one time to the next."""
    by_child: dict[HtmlElement, list[Block]] = {}
    for block in blocks:
        by_child.setdefault(_child_of(block.element, holder), []).append(block)
    whole = [group for group in by_child.values() if any(map(_clock, group))]
    with_prose = [group for group in whole if any(_is_text(block) for block in group)]
    if 2 * len(with_prose) >= len(whole) and len(by_child) <= 3 * len(whole):
        return with_prose
    return _from_time_to_time(blocks)


def _from_time_to_time(blocks: list[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    for block in blocks:
        if _clock(block):
            groups.append([block])
        elif groups:
            groups[-1].append(block)
    return groups


def _child_of(element: HtmlElement, holder: HtmlElement) -> HtmlElement:
    child = element
    for parent in element.iterancestors():
        if parent is holder:
            break
        child = parent
    return child


def _entry(group: list[Block]) -> Entry | None:
    """The entry that blocks make; None where they hold no time or no text."""
    first = next((block for block in group if _clock(block)), None)
    if first is None:
        return None
    time, headline = _clock(first), ""
    paragraphs: list[str] = []
    kept: list[Block] = []
    for block in group:
        text = _without_time(block) if block is first else block.text
        if not text or phrases.is_prompt(text) or block.link_share > 0.8:
            continue
        if _is_headline(block, text) and not headline and not paragraphs:
            headline = text
        elif _is_text(block) or (block is first and len(text) > clocks.MAX_STAMP // 2):
            paragraphs.append(text)
        else:
            continue
        kept.append(block)
    if not paragraphs:
        return None
    return Entry(time, headline, tuple(paragraphs), tuple(kept))


def _is_headline(block: Block, text: str) -> bool:
    if weight(text) > _MAX_HEADLINE:
        return False
    return block.tag in HEADINGS or (block.bold_share > 0.9 and not ends_as_sentence(text))


def _is_text(block: Block) -> bool:
    """True for a paragraph, and for the short sentences of which live blogs are full."""
    if block.link_share > 0.5 or block.tag in HEADINGS:
        return False
    is_part = block.tag in ("p", "li", "blockquote")
    return is_prose(block) or (is_part and len(_without_time(block)) > 1 and not _is_byline(block))


def _is_byline(block: Block) -> bool:
    return any(kind in ("byline", "author") for kind, _ in block.zones)


def _clock(block: Block) -> str:
    """The time that a block shows, or states: "" where it is no time of an entry."""
    if led := clocks.part_time(block.text, is_heading=block.tag in HEADINGS)[0]:
        return led
    if weight(block.text) > clocks.MAX_STAMP:
        return ""
    tag = next(iter(block.element.iter("time")), None)
    if tag is None:
        return clocks.time_in(block.text) if clocks.is_stamp(block.text) else ""
    return clocks.time_in(block.text) or stamp(tag.get("datetime") or "")


def _without_time(block: Block) -> str:
    """The text of a block without the time at its beginning; "" for nothing but a time.

    "Polls close at 16:00." is a sentence, "Updated at 16:00" is none.
    """
    time, rest = clocks.part_time(block.text, is_heading=block.tag in HEADINGS)
    is_sentence = weight(rest) > clocks.MAX_STAMP or ends_as_sentence(rest)
    return "" if not time and not is_sentence and clocks.time_in(rest) else rest


def stamp(text: str) -> str:
    """An ISO time as an entry shows it: day and minute; "" for what is none.

    >>> stamp("2026-10-30T14:05:33+01:00"), stamp("today")
    ('2026-10-30 14:05', '')
    """
    try:
        return datetime.fromisoformat(text.strip()).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def json_ld_entries(document: Document) -> list[Entry]:
    """The entries that `liveBlogUpdate` states, in the order in which they stand."""
    posts = [o for o in document.structured if "LiveBlogPosting" in types_of(o)]
    updates = max((_updates(post) for post in posts), key=len, default=[])
    return [entry for update in updates if (entry := _stated_entry(update))]


def _updates(post: dict[str, object]) -> list[dict[str, object]]:
    stated = post.get("liveBlogUpdate")
    listed = stated if isinstance(stated, list) else [stated]
    return [update for update in listed if isinstance(update, dict)]


def _stated_entry(update: dict[str, object]) -> Entry | None:
    when = next((t for key in _WHEN for t in texts_in(update.get(key))), "")
    headline = next((t for key in ("headline", "name") for t in texts_in(update.get(key))), "")
    texts = (paragraphs_of(update.get(key)) for key in ("articleBody", "text", "description"))
    paragraphs = next(filter(None, texts), [])
    if paragraphs == [headline]:
        headline = ""
    return Entry(stamp(when) or when, headline, tuple(paragraphs)) if paragraphs else None
