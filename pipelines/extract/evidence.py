"""What a page states about itself: its story in JSON-LD, its meta tags, its microdata.

Every reader of a field (title, authors, dates, section …) asks here; none walks the head or
the scripts itself. A statement is a `Claim`: its text, and where it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.document import Document, join_url
from pipelines.extract.layout import Margins, Mark, marks
from pipelines.extract.prose import is_prose
from pipelines.extract.sitenames import SiteNames
from pipelines.extract.structured import JsonObject, resolve, types_of
from pipelines.text import text_key, words

STORY_TYPES = frozenset(
    word.lower()
    for line in (
        "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle Report",
        "OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle AskPublicNewsArticle",
        "SatiricalArticle AdvertiserContentArticle TechArticle ScholarlyArticle BlogPosting",
        "LiveBlogPosting SocialMediaPosting Review CriticReview Recipe VideoObject",
        "AudioObject PodcastEpisode ImageGallery MediaGallery",
    )
    for word in line.split()
)
"""Types of schema.org that describe one story, in lower case: pages write `newsArticle` too."""
PAGE_TYPES = frozenset(
    ("WebPage", "ItemPage", "CollectionPage", "ProfilePage", "SearchResultsPage", "CreativeWork")
)
"""Types that describe the page around the story: asked where the story says nothing."""

_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "al:android:app_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
MAX_H1 = 8
"""First-level headings that are compared; pages with more use them for something else."""
_NAME_KEYS = ("name", "alternateName")
_BLOCKS_AFTER = 25
_BLOCKS_BEFORE = 8
"""Blocks after and before the headline among which date and byline stand."""
_BLOCKS_BELOW = 3
"""Blocks below the last paragraph among which a signature stands."""
_MAX_LINE_CHARS = 150
"""Characters of a line that may be a date or a byline; longer ones are prose."""
_LARGE = frozenset(("5", "6", "7", "+2", "+3", "+4"))
"""Sizes of `<font>` in which pages older than style sheets print their headlines."""
_HEADLINE_WORDS = 4
"""Words of a line from which on one repetition in the head makes it the headline."""
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Co}--[\u200c\u200d]]+", regex.VERSION1)
INLINE = frozenset(("a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "time", "u"))
"""Elements that stand within a line, and do not part it."""
_WITHOUT_TEXT = frozenset(("script", "style", "svg", "noscript", "template", "button"))
_AMP = regex.compile(r"[/.]amp(?=/|\.html?$|$)|^/amp(?=/)")
"""What names the AMP variant of a page."""
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
    text = text if text.isascii() else _INVISIBLE.sub("", text)
    return " ".join(text.split())


def text_of(element: HtmlElement) -> str:
    """The folded text of an element without its scripts.

    Between two words of different elements stands a blank, whatever the markup: pages part
    them by style. Before punctuation it would be wrong: `<em>Rain</em>, he says`.
    """
    text = ""
    for part, is_new, _ in _parts(element):
        are_words = text[-1:].isalnum() and part[:1].isalnum()
        text += f" {part}" if is_new or are_words else part
    return fold(text)


def line_of(element: HtmlElement) -> str:
    """The folded text of an element, with a bar where a reader sees a new line or column.

    Where two inline elements touch, a style parts them: `<b>Ann Lee</b><b>Northport</b>`.
    """
    line = before = ""
    for part, is_new, is_start in _parts(element):
        touches = is_start and line[-1:].isalnum() and part[:1].isalnum()
        is_phrase = " " in part or (" " in before and part[:1].isupper())
        line += (" | " if is_new else ("; " if is_phrase else " ") if touches else "") + part
        before = part
    return fold(line)


def reader_line(block: Block) -> str:
    """The text of a block as readers see it, with a mark where two of its elements touch."""
    if any(child.tag not in INLINE for child in block.element.iterchildren()):
        return block.text
    line = line_of(block.element)
    return line if text_key(line) == block.key else block.text


def _parts(element: HtmlElement) -> Iterator[tuple[str, bool, bool]]:
    """The texts within an element; whether each begins (or follows) a block, and an element."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        is_block = node.tag not in INLINE and isinstance(node.tag, str)
        is_own = node is element
        if event == "start" and node.text and node.tag not in _WITHOUT_TEXT:
            yield node.text, is_block and not is_own, not is_own
        if event != "start" and node.tail and not is_own:
            yield node.tail, is_block, False


def same_words(one: str, other: str) -> bool:
    """True when two texts differ in nothing but case, punctuation and spacing."""
    return words(one) == words(other)


@lru_cache(maxsize=1)
def evidence_of(document: Document) -> "Evidence":
    """The statements of a page, read once for everyone who asks about the same page."""
    return Evidence(document)


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
        stated += self.document.canonical_hrefs
        return frozenset(filter(None, map(_path_key, stated)))

    @cached_property
    def title(self) -> str:
        """The text of the title element; drawings have such elements too."""
        titles = (title for title in self.tree.iter("title") if _is_of_page(title))
        return fold(next((title.text or "" for title in titles), ""))

    @cached_property
    def h1s(self) -> list[HtmlElement]:
        """The first-level headings, in the order of the page."""
        return [cast(HtmlElement, h1) for h1 in self.tree.iter("h1")]

    @cached_property
    def headlines(self) -> list[list[str]]:
        """The page's own headline as words, as its head and its h1 state it."""
        texts = [
            claim.text for claim in self.meta(("og:title", "twitter:title", "dc.title", "title"))
        ]
        texts += [text_of(h1) for h1 in self.h1s[:MAX_H1]]
        texts.append(self.title)
        return [words(text) for text in texts if text]

    @cached_property
    def stories(self) -> list[JsonObject]:
        """The JSON-LD objects that describe this page, the best first.

        An object with another page's URL, or, where there are several, with another
        headline, belongs to a box beside the story.
        """
        of_type = [o for o in self.document.structured if _is_story(o)]
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
        """Elements of the body whose names may be telling."""
        return list(marks(self.tree))

    @cached_property
    def site_names(self) -> SiteNames:
        """What the site calls itself: in its meta tags, its structured data and its domain."""
        stated = [claim.text for claim in self.meta(_SITE_NAMES)]
        stated += [handle.lstrip("@") for handle in self.metas.get("twitter:site", ())]
        for item in (*self.stories, *self.page_objects):
            for key in ("publisher", "isPartOf", "sourceOrganization"):
                stated += texts_in(resolve(item.get(key), self.document.structured))
        sites = (o for o in self.document.structured if "WebSite" in types_of(o))
        stated += [name for o in sites for key in _NAME_KEYS for name in texts_in(o.get(key))]
        return SiteNames(self.page.url, filter(None, (*stated, self.page.site)))

    def is_site_name(self, text: str) -> bool:
        """True for a name by which the site calls itself, or its domain."""
        return text in self.site_names

    @cached_property
    def headline_element(self) -> HtmlElement | None:
        """The h1 that the page's head repeats most; else any such block, else the first heading."""
        own = [h1 for h1 in self.h1s if not self.is_site_name(text_of(h1))]
        if own:
            return max(own, key=lambda h1: self._repetitions(text_of(h1)))
        blocks = (b for b in self.document.blocks if self._is_headline(b.text))
        found = next((block.element for block in blocks), None)
        return found if found is not None else next(chain(self._lower_headings(), self.h1s), None)

    def _lower_headings(self) -> Iterator[HtmlElement]:
        """The h2, h3 and large prints of a page whose h1 is missing or holds the site's name."""
        margins = Margins()
        for element in self.tree.iter("h2", "h3", "font"):
            heading = cast(HtmlElement, element)
            if heading.tag == "font" and heading.get("size") not in _LARGE:
                continue
            text = text_of(heading)
            is_own = len(words(text)) > 1 and not self.is_site_name(text)
            if is_own and heading not in margins:
                yield heading

    def _is_headline(self, text: str) -> bool:
        """True for a line that the head repeats: twice, or once where it is long enough."""
        times = self._repetitions(text)
        if len(words(text)) >= _HEADLINE_WORDS:
            return times > 0
        return times > 1 and not self.is_site_name(text)

    def _repetitions(self, text: str) -> int:
        """How often the head and the h1s say a text of two words and more."""
        key = words(text)
        return sum(_within(key, own) for own in self.headlines) if len(key) > 1 else 0

    @cached_property
    def _margins(self) -> Margins:
        """What stands beside the story, given what is around its headline."""
        headline = self.headline_element
        return Margins(() if headline is None else frozenset(headline.iterancestors()))

    def beside(self, element: HtmlElement) -> bool:
        """True for what stands beside the story: side bars, comments, related stories."""
        return element in self._margins

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

    @cached_property
    def opening(self) -> frozenset[HtmlElement]:
        """What stands between the headline and the second paragraph, where a story is dated."""
        after, _ = self._near
        prose = [n for n, block in enumerate(after) if is_prose(block)]
        return frozenset(block.element for block in after[: prose[1] if len(prose) > 1 else None])

    @cached_property
    def closing(self) -> list[Block]:
        """The lines right below the story's last paragraph, where some stories are signed."""
        at = self._last_of_story
        below = [] if at is None else self.document.blocks[at + 1 : at + 1 + _BLOCKS_BELOW]
        return [block for block in below if not self.beside(block.element)]

    @property
    def last_paragraph(self) -> Block | None:
        """The last paragraph of the text below the headline."""
        return None if self._last_of_story is None else self.document.blocks[self._last_of_story]

    @cached_property
    def _last_of_story(self) -> int | None:
        """The number of the last block that is prose where the first one stands."""
        after, _ = self._near
        first = next((block for block in after if is_prose(block)), None)
        story = None if first is None else first.element.getparent()
        if story is None:
            return None
        blocks = self.document.blocks
        own = [n for n, block in enumerate(blocks) if story in block.element.iterancestors()]
        return next((n for n in reversed(own) if is_prose(blocks[n])), own[-1])

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that the page writes without a capital: they are no names of people."""
        texts = (block.text for block in self.document.blocks)
        return frozenset(word for text in texts for word in text.split() if word.islower())

    @cached_property
    def _near_elements(self) -> tuple[frozenset[HtmlElement], frozenset[HtmlElement]]:
        """The elements of the blocks after and before the headline, and what is around them."""
        after, before = self._near
        return _with_ancestors(after), _with_ancestors(before)

    def is_near(self, element: HtmlElement, *, only_after: bool = False) -> bool:
        """True for an element near the headline, or on pages without headline."""
        if self.headline_element is None:
            return True
        after, before = self._near_elements
        near = after if only_after else after | before
        # An inline element is near where the block is that holds it.
        return element in near or (element.tag in INLINE and element.getparent() in near)

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

    def property_claims(self, name: str) -> Iterator[Claim]:
        """What the elements of an `itemprop` say: their `content`, else their text."""
        for element in self.properties.get(name, ()):
            yield Claim(fold(element.get("content") or text_of(element)), "microdata")

    @cached_property
    def properties(self) -> dict[str, list[HtmlElement]]:
        """Elements with an `itemprop` by its name in lower case, without those of comments."""
        found: dict[str, list[HtmlElement]] = {}
        for element in cast("list[HtmlElement]", _HEAD_PROPERTIES(self.tree)):
            if not _in_foreign_scope(element):
                for name in element.get("itemprop", "").lower().split():
                    found.setdefault(name, []).append(element)
        return found


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


def _is_of_page(title: Any) -> bool:
    return not any(ancestor.tag == "svg" for ancestor in title.iterancestors())


def _is_story(item: JsonObject) -> bool:
    return any(name.lower() in STORY_TYPES for name in types_of(item))


def _with_ancestors(blocks: list[Block]) -> frozenset[HtmlElement]:
    around = (element for block in blocks for element in block.element.iterancestors())
    return frozenset((*around, *(block.element for block in blocks)))


def _urls(item: JsonObject) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id", "mainEntityofPage"):
        value = item.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str) and ("/" in value):
            yield value


def _path_key(url: str) -> str:
    """A URL's path and query without what differs between spellings; "" for a home page."""
    parts = urlsplit(join_url("https://host/", url.strip()) or "")
    path = _AMP.sub("", unquote(parts.path).lower()).strip("/")
    return path + ("?" + parts.query if parts.query else "")


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
