"""What a page states about itself: its story in JSON-LD, its meta tags, its microdata.

Every reader of a field (titles, authors, dates, labels) asks here; none walks the head or
the scripts itself. A statement is a `Claim`: its text, and where it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.document import Document, join_url
from pipelines.extract.layout import Mark, in_margin, marks
from pipelines.extract.structured import JsonObject, resolve, types_of
from pipelines.text import words
from pipelines.urls import site_of

STORY_TYPES = frozenset(
    word
    for line in (
        "Article NewsArticle Newsarticle ReportageNewsArticle AnalysisNewsArticle Report",
        "OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle AskPublicNewsArticle",
        "SatiricalArticle AdvertiserContentArticle TechArticle ScholarlyArticle BlogPosting",
        "LiveBlogPosting SocialMediaPosting Review CriticReview Recipe VideoObject",
        "AudioObject PodcastEpisode ImageGallery MediaGallery",
    )
    for word in line.split()
)
"""Types of schema.org that describe one story."""
PAGE_TYPES = frozenset(
    ("WebPage", "ItemPage", "CollectionPage", "ProfilePage", "SearchResultsPage", "CreativeWork")
)
"""Types that describe the page around the story: asked where the story says nothing."""

_BLOCKS_AFTER = 25
_BLOCKS_BEFORE = 8
"""Blocks after and before the headline among which date and byline stand."""
_MAX_LINE_CHARS = 150
"""Characters of a line that may be a date or a byline; longer ones are prose."""
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Co}--[\u200c\u200d]]+", regex.VERSION1)
_INLINE = frozenset(("a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "time", "u"))
_WITHOUT_TEXT = frozenset(("script", "style", "svg", "noscript", "template"))
_HEAD_PROPERTIES = etree.XPath("//*[@itemprop]")
_FOREIGN_SCOPES = ("comment", "listitem", "sitenavigation", "wpsidebar", "wpfooter")


@dataclass(frozen=True, slots=True)
class Claim:
    """A text that the page states, folded, and where: jsonld, meta, microdata, html …"""

    text: str
    source: str


def fold(text: str) -> str:
    """The text with entities decoded, invisible characters gone and white space folded.

    >>> fold("Rain &amp;amp; wind \\n in\\u00adside\\u00a0")
    'Rain & wind inside'
    """
    if "&" in text:
        text = unescape(unescape(text))
    return " ".join(_INVISIBLE.sub("", text).split())


def text_of(element: HtmlElement) -> str:
    """The folded text of an element without its scripts."""
    return fold(" ".join(text for text, _ in _parts(element)))


def line_of(element: HtmlElement) -> str:
    """The folded text of an element, with a bar where a reader sees a new line or column."""
    return fold("".join(f" | {text}" if is_new else text for text, is_new in _parts(element)))


def _parts(element: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The texts within an element, and whether each begins (or follows) a block."""
    for node in element.iter():
        is_block = node.tag not in _INLINE
        if isinstance(node.tag, str) and node.tag not in _WITHOUT_TEXT and node.text:
            yield node.text, is_block and node is not element
        if node is not element and node.tail:
            yield node.tail, is_block and isinstance(node.tag, str)


def same_words(one: str, other: str) -> bool:
    """True when two texts differ in nothing but case, punctuation and spacing."""
    return words(one) == words(other)


class Evidence:
    """The statements of one page, each group read on first use."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.page = document.page
        self.tree = document.tree

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of the meta tags by name, property or itemprop, in lower case."""
        found: dict[str, list[str]] = {}
        for tag in self.tree.iter("meta"):
            content = fold(tag.get("content") or tag.get("value") or "")
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                name = tag.get(attribute, "").strip().lower()
                if name and content:
                    found.setdefault(name, []).append(content)
        return found

    def meta(self, names: Iterable[str]) -> Iterator[Claim]:
        """The contents of the named meta tags, in the order of the names."""
        for name in names:
            yield from (Claim(text, "meta") for text in self.metas.get(name, ()))

    @cached_property
    def own_paths(self) -> frozenset[str]:
        """What the page's own URL may look like within structured data."""
        stated = [self.page.url, self.page.requested_url or "", *self.metas.get("og:url", ())]
        stated += [link.get("href", "") for link in self.tree.iter("link") if _is_canonical(link)]
        return frozenset(filter(None, map(_path_key, stated)))

    @cached_property
    def headlines(self) -> list[list[str]]:
        """The page's own headline as words, as its head and its h1 state it."""
        texts = [claim.text for claim in self.meta(("og:title", "twitter:title", "dc.title"))]
        texts += [text_of(cast(HtmlElement, h1)) for h1 in self.tree.iter("h1")]
        texts += [fold(title.text or "") for title in self.tree.iter("title")]
        return [words(text) for text in texts if text]

    @cached_property
    def stories(self) -> list[JsonObject]:
        """The JSON-LD objects that describe this page, the best first.

        An object with another page's URL, or, where there are several, with another
        headline, belongs to a box beside the story.
        """
        of_type = [o for o in self.document.structured if STORY_TYPES.intersection(types_of(o))]
        marked = [(self._likeness(item, len(of_type)), item) for item in of_type]
        kept = sorted((m for m in marked if m[0] > 0), key=lambda m: -m[0])
        return [item for _, item in kept]

    @cached_property
    def page_objects(self) -> list[JsonObject]:
        """The JSON-LD objects of type WebPage and the like."""
        objects = self.document.structured
        return [o for o in objects if PAGE_TYPES.intersection(types_of(o)) and len(o) > 2]

    def _likeness(self, item: JsonObject, competitors: int) -> int:
        """How surely an object describes this page; 0 when it describes another."""
        urls = {_path_key(url) for url in _urls(item)} - {""}
        headline = words(fold(str(item.get("headline") or item.get("name") or "")))
        same_url = bool(urls & self.own_paths)
        same_headline = any(_within(headline, own) for own in self.headlines)
        textual = not {"VideoObject", "AudioObject", "Review"}.intersection(types_of(item))
        if not (same_url or same_headline):
            return int(textual and competitors == 1 and not urls)
        return 4 * same_headline + 2 * same_url + 2 * textual

    @cached_property
    def marks(self) -> list[Mark]:
        """Elements of the body that carry a name."""
        return list(marks(self.tree))

    @cached_property
    def _site_letters(self) -> frozenset[str]:
        """What the site calls itself, as letters."""
        site = site_of(self.page.url)
        texts = [c.text for c in self.meta(("og:site_name", "application-name", "dc.publisher"))]
        texts += [name for story in self.stories for name in texts_in(story.get("publisher"))]
        return frozenset(map(_letters, (*texts, site, site.split(".")[0], self.page.site or site)))

    def is_site_name(self, text: str) -> bool:
        """True for a name by which the site calls itself, or its domain."""
        return _letters(text) in self._site_letters

    def opens_with_site_name(self, text: str) -> bool:
        """True for a name whose first words are the site's ("Harbour Times Berlin")."""
        parts = text.split()
        return any(self.is_site_name(" ".join(parts[:n])) for n in range(1, len(parts) + 1))

    @cached_property
    def headline_element(self) -> HtmlElement | None:
        """The h1 that the page's title repeats; else the first h1, else any such block."""
        h1s = [cast(HtmlElement, h1) for h1 in self.tree.iter("h1")]
        repeated = (h1 for h1 in h1s if self._is_repeated(text_of(h1)))
        first = next(repeated, h1s[0] if h1s else None)
        if first is not None:
            return first
        blocks = (b for b in self.document.blocks if self._is_repeated(b.text))
        return next((block.element for block in blocks), None)

    def _is_repeated(self, text: str) -> bool:
        key = words(text)
        return len(key) > 1 and sum(_within(key, own) for own in self.headlines) > 1

    @cached_property
    def _frame(self) -> frozenset[HtmlElement]:
        """The elements around the headline."""
        headline = self.headline_element
        return frozenset() if headline is None else frozenset(headline.iterancestors())

    def beside(self, element: HtmlElement) -> bool:
        """True for what stands beside the story: side bars, comments, related stories."""
        return in_margin(element, self._frame)

    @cached_property
    def _near(self) -> tuple[list[Block], list[Block]]:
        """The blocks after and before the headline, a screen of each."""
        blocks, headline = self.document.blocks, self.headline_element
        at = next((n for n, block in enumerate(blocks) if block.element is headline), None)
        if at is None:
            return [], []
        return blocks[at + 1 : at + 1 + _BLOCKS_AFTER], blocks[max(at - _BLOCKS_BEFORE, 0) : at]

    @cached_property
    def around_headline(self) -> list[Block]:
        """Short blocks near the headline: those that follow it, then those before it."""
        after, before = self._near
        near = [block for block in (*after, *before) if len(block.text) <= _MAX_LINE_CHARS]
        return [block for block in near if not self.beside(block.element)]

    def is_near(self, element: HtmlElement, *, only_after: bool = False) -> bool:
        """True for an element with a block near the headline, or on pages without headline."""
        if self.headline_element is None:
            return True
        after, before = self._near
        return any(
            element is block.element or element in block.element.iterancestors()
            for block in (after if only_after else (*after, *before))
        )

    def json_ld(self, *keys: str) -> Iterator[Any]:
        """Values of the first key that is set, of each object that describes this page."""
        for story in self.stories:
            for key in keys:
                if (value := story.get(key)) not in (None, "", [], {}):
                    yield resolve(value, self.document.structured)
                    break

    def json_ld_texts(self, *keys: str) -> Iterator[Claim]:
        """Those values that are texts or have a name."""
        for value in self.json_ld(*keys):
            for text in texts_in(value):
                yield Claim(text, "jsonld")

    @cached_property
    def properties(self) -> dict[str, list[HtmlElement]]:
        """Elements with an `itemprop` by its name in lower case, without those of comments."""
        found: dict[str, list[HtmlElement]] = {}
        for element in cast("list[HtmlElement]", _HEAD_PROPERTIES(self.tree)):
            if not _in_foreign_scope(element):
                for name in element.get("itemprop", "").lower().split():
                    found.setdefault(name, []).append(element)
        return found


def _letters(name: str) -> str:
    """A name without spaces, punctuation and a leading "the"."""
    return "".join(words(name)).removeprefix("the")


def texts_in(value: Any) -> list[str]:
    """The texts of a JSON-LD value: strings, names of objects, members of lists.

    >>> texts_in([{"@type": "Person", "name": "Ann Lee"}, "Bo Ek"])
    ['Ann Lee', 'Bo Ek']
    """
    if isinstance(value, str):
        return [fold(value)] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    if isinstance(value, dict):
        return texts_in(value.get("name") or value.get("@value") or value.get("headline"))
    return []


def _is_canonical(link: Any) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _urls(item: JsonObject) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id", "mainEntityofPage"):
        value = item.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str) and ("/" in value):
            yield value


def _path_key(url: str) -> str:
    """A URL's path and query without what differs between spellings; "" for a home page."""
    parts = urlsplit(join_url("https://host/", url.strip()) or "")
    return unquote(parts.path).strip("/").lower() + ("?" + parts.query if parts.query else "")


def _within(part: list[str], whole: list[str]) -> bool:
    """True when a headline of two words or more begins, ends or equals another text."""
    if len(part) < 2 or len(whole) < 2:
        return bool(part) and part == whole
    shorter, longer = sorted((part, whole), key=len)
    return longer[: len(shorter)] == shorter or longer[-len(shorter) :] == shorter


def _in_foreign_scope(element: HtmlElement) -> bool:
    """True within an item that is a comment, a list entry, a side bar or a footer."""
    scopes = (
        a.get("itemtype", "").lower()
        for a in element.iterancestors()
        if a.get("itemscope") is not None
    )
    return any(name in scope for scope in scopes for name in _FOREIGN_SCOPES)
