"""A page as the decision what it is sees it: what is declared, how its texts and links stand."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast
from urllib.parse import urlsplit

from lxml import etree

from pipelines.extract.blocks import Block
from pipelines.extract.body import Body
from pipelines.extract.cards import Cards, Run, is_own, read_cards
from pipelines.extract.document import Document
from pipelines.extract.evidence import Evidence, evidence_of
from pipelines.extract.language import identify
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import weight
from pipelines.extract.structured import types_of
from pipelines.extract.titleparts import with_parts
from pipelines.text import text_key

_TEXT_STORIES = ("Article", "Posting", "Report", "Review", "Recipe")
SURE_SOURCES = ("jsonld", "meta", "microdata")
"""Sources of a date that state it for the page, not for something on it."""
_CONTROLS = etree.XPath(
    "count(.//button | .//select | .//*[@role='button']"
    " | .//input[not(@type='hidden') and not(@type='search')])"
)
_PLAYERS = etree.XPath(
    "boolean(//video or //audio or //iframe[contains(@src, 'youtube') or contains(@src, '/embed/')"
    " or contains(@src, 'player') or contains(@src, 'video')])"
)
_MIN_KEY = 6
"""Letters from which a part of the title may be a headline."""


@dataclass(frozen=True, eq=False)
class PageView:
    """What the decision rests on; each fact is worked out when it is first asked for."""

    document: Document
    metadata: Metadata
    body: Body

    @property
    def url(self) -> str:
        return self.document.page.url

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_of(self.document)

    @cached_property
    def segments(self) -> list[str]:
        """The segments of the path, in lower case."""
        return [part.lower() for part in urlsplit(self.url).path.split("/") if part]

    @cached_property
    def size(self) -> int:
        """Weight of the text that would be stored."""
        return weight(self.body.text)

    @cached_property
    def language(self) -> str | None:
        """The language of the text (BCP 47)."""
        return identify(self.body.text, self.metadata.language)

    @cached_property
    def controls(self) -> int:
        """The buttons and fields in the smallest element that holds the whole text."""
        if not self.body.blocks:
            return 0
        first, last = self.body.blocks[0].element, self.body.blocks[-1].element
        around = {last, *last.iterancestors()}
        box = next(e for e in (first, *first.iterancestors()) if e in around)
        if any(box is block.element for block in self.body.blocks):
            box = box.getparent()
        return 0 if box is None else int(cast(float, _CONTROLS(box)))

    @cached_property
    def titles(self) -> list[str]:
        """What the page's head calls it, the site's name perhaps included."""
        head = self.evidence.title
        stated = [claim.text for claim in self.evidence.meta(("og:title", "twitter:title"))]
        return [title for title in (self.metadata.title, head, *stated) if title]

    @cached_property
    def own_keys(self) -> frozenset[str]:
        """The keys of the page's own headline, as its head states it, whole and in parts."""
        parts = (part for title in self.titles for part in with_parts(title))
        keys = {text_key(part) for part in parts if not self.evidence.is_site_name(part)}
        return frozenset(key for key in keys if len(key) >= _MIN_KEY)

    @cached_property
    def headline(self) -> Block | None:
        """The page's own headline as it is shown, no link."""
        shown = (block for block in self.document.blocks if is_own(block, self.own_keys))
        return max(
            (block for block in shown if block.link_share < 0.5),
            key=lambda block: weight(block.text),
            default=None,
        )

    @cached_property
    def cards(self) -> Cards:
        kept = frozenset(self.body.blocks)
        return read_cards(self.document.blocks, kept, self.url, self.own_keys)

    @cached_property
    def one_text(self) -> tuple[int, Run | None]:
        """Weight of the largest piece of the body that is one text, and where it begins."""
        mass, run = self.cards.together()
        return (mass, run) if self.body.blocks else (self.size, run)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of all JSON-LD objects."""
        return frozenset(name for item in self.document.structured for name in types_of(item))

    @cached_property
    def plays_media(self) -> bool:
        """True where the page holds a video or a sound."""
        return "VideoObject" in self.types or bool(_PLAYERS(self.document.tree))

    @cached_property
    def story_types(self) -> list[str]:
        """The types of the JSON-LD objects that describe this page as a story."""
        return [name for story in self.evidence.stories for name in types_of(story)]

    @property
    def is_text_story(self) -> bool:
        """True where JSON-LD describes one story that is text, and not several."""
        texts = [story for story in self.evidence.stories if _is_text(types_of(story))]
        return 0 < len(texts) < 3

    @cached_property
    def og_type(self) -> str:
        """`og:type`, in lower case; "" for none."""
        return next((claim.text.lower() for claim in self.evidence.meta(("og:type",))), "")

    @property
    def is_dated(self) -> bool:
        """True where the page states when it was published, not only that something was."""
        source = self.metadata.published_source
        return self.metadata.published_at is not None and source in SURE_SOURCES

    @property
    def is_declared_story(self) -> bool:
        """True where the page says of itself that it is one story."""
        return self.is_text_story or (self.is_dated and self.og_type.startswith("article"))

    @cached_property
    def listed_items(self) -> int:
        """The entries of the longest ItemList that the page's JSON-LD states."""
        lists = (item for item in self.document.structured if "ItemList" in types_of(item))
        entries = (item.get("itemListElement") for item in lists)
        return max((len(found) for found in entries if isinstance(found, list)), default=0)

    @cached_property
    def names_home(self) -> bool:
        """True where the page names the first page of a host as its canonical one."""
        return any(map(_is_root, self.document.canonical_hrefs))


def _is_text(names: tuple[str, ...]) -> bool:
    return any(name.endswith(_TEXT_STORIES) for name in names)


def _is_root(url: str) -> bool:
    """True for the URL of a host's first page.

    >>> _is_root("https://harbour.example/"), _is_root("https://harbour.example/news")
    (True, False)
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/") and not parts.query
