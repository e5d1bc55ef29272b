"""What kind of page it is: article, live blog, video … or no article at all."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines import urls
from pipelines.extract.blocks import Block
from pipelines.extract.body import Body
from pipelines.extract.document import Document
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import is_prose, weight
from pipelines.extract.structured import types_of
from pipelines.extract.walls import check_walls
from pipelines.rejects import CategoryPage, OtherDocument
from pipelines.text import text_key

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_STORY_WORDS = ("Article", "BlogPosting", "Report", "VideoObject", "Review")
_EXCERPT = 1_000
"""Characters of text that a listing shows of one story at most, as a rule."""
_LONG_LIST = 10
"""Entries of an ItemList from which a page that describes no story is a listing."""
_ONE_STORY_SHARE = 0.5
"""The share of the text that stands together, without headlines of other stories between,
on a page that holds one story."""


def check_is_article(document: Document, metadata: Metadata, body: Body) -> None:
    """Raise the Reject that names what the page is, where it is no article."""
    view = PageView(document, metadata, body)
    _check_path(view)
    check_walls(document, metadata, body)
    if reason := _listing_reason(view):
        evidence = (
            f"{reason}; {len(view.cards)} headlines are links to other pages,"
            f" {view.prose} characters of prose, {view.longest_run} of them together"
        )
        raise CategoryPage(evidence, page_type="category")


@dataclass(frozen=True)
class PageView:
    """What the decision rests on: links in headlines, runs of prose, what is declared."""

    document: Document
    metadata: Metadata
    body: Body

    @property
    def url(self) -> str:
        return self.document.page.url

    @cached_property
    def segments(self) -> list[str]:
        """The segments of the path, in lower case."""
        return [part.lower() for part in urlsplit(self.url).path.split("/") if part]

    @cached_property
    def cards(self) -> list[Block]:
        """The headlines that are links to other pages."""
        own = text_key(self.metadata.title or "")
        return [
            block
            for block in self.document.blocks
            if is_card_headline(block, self.url) and block.key != own
        ]

    @cached_property
    def runs(self) -> list[int]:
        """Characters of prose of the body between one card headline and the next."""
        kept, cards, runs = set(self.body.blocks), set(self.cards), [0]
        for block in self.document.blocks:
            if block in cards:
                runs.append(0)
            elif block in kept and is_prose(block):
                runs[-1] += weight(block.text)
        return runs

    @cached_property
    def prose(self) -> int:
        return sum(self.runs)

    @cached_property
    def longest_run(self) -> int:
        return max(self.runs)

    @cached_property
    def is_one_text(self) -> bool:
        """True where most of the prose stands together, or as siblings in one element.

        Excerpts on a listing stand in one element each, between the headlines.
        """
        holders: Counter[HtmlElement | None] = Counter()
        for block in self.body.blocks:
            if is_prose(block):
                holders[block.element.getparent()] += weight(block.text)
        most = max(self.longest_run, *holders.values(), 0)
        return most > _ONE_STORY_SHARE * self.prose

    @cached_property
    def lead(self) -> Block | None:
        """The card headline right above the first paragraph of the text."""
        kept, lead = set(self.body.blocks), None
        for block in self.document.blocks:
            if block in kept and is_prose(block):
                break
            if block.tag in _HEADINGS:
                lead = block
        return lead if lead in self.cards else None

    @cached_property
    def has_story_object(self) -> bool:
        """True where JSON-LD describes a story, not only parts of a list."""
        types = [name for item in self.document.structured for name in types_of(item)]
        stories = [name for name in types if name.endswith(_STORY_WORDS)]
        return 0 < len(stories) < 4

    @cached_property
    def listed_items(self) -> int:
        """The entries of the longest ItemList that the page's JSON-LD states."""
        lists = (o for o in self.document.structured if "ItemList" in types_of(o))
        entries = (item.get("itemListElement") for item in lists)
        return max((len(found) for found in entries if isinstance(found, list)), default=0)

    @cached_property
    def is_declared_site(self) -> bool:
        """True where the page calls itself a website, not a story."""
        declared = self.document.tree.xpath("string(//meta[@property='og:type'][1]/@content)")
        return str(declared).strip().lower() == "website"

    @cached_property
    def is_declared_article(self) -> bool:
        return self.metadata.page_type_hint not in (None, "section")


def _check_path(view: PageView) -> None:
    """Raise where the path alone says what the page is, and no JSON-LD says otherwise."""
    if view.has_story_object:
        return
    name = path_name("/".join(view.segments))
    if len(view.segments) <= 2 and name in _words("other_pages"):
        raise OtherDocument(f"the path of the URL ends in {name}", page_type="other")


def _listing_reason(view: PageView) -> str | None:
    """Why the page is a listing; None where it holds one story."""
    if view.has_story_object and view.longest_run > 0.3 * view.prose:
        return None
    is_site = bool(view.cards) or view.is_declared_site
    if is_site and not view.segments and not urlsplit(view.url).query:
        return "it is the home page of its host"
    if view.is_declared_site and not view.has_story_object and view.listed_items >= _LONG_LIST:
        return f"it calls itself a website, and lists {view.listed_items} entries"
    if len(view.cards) >= 3 and not view.is_one_text and view.prose:
        return "the text is parted by headlines of other stories"
    if view.is_declared_article:
        return None
    if view.metadata.page_type_hint == "section" and not view.metadata.published_at:
        return "its structured data says that it is a section"
    is_listed = len(view.cards) >= 2 or view.is_declared_site
    if any(part in _words("listing_paths") for part in view.segments[:-1]) and (
        is_listed and view.longest_run < _EXCERPT
    ):
        return f"the path of the URL holds {'/'.join(view.segments[:-1])}"
    if view.lead is not None and is_listed and view.longest_run < _EXCERPT:
        return f"the text stands under a link to another story, {view.lead.text[:60]!r}"
    if len(view.cards) >= 5 and view.longest_run < 400 and not view.is_one_text:
        return "links to stories, and hardly any text"
    return None


def page_type(url: str, metadata: Metadata) -> str:
    """The kind of article: what structured data says, else the path or the section's name.

    >>> page_type("https://example.com/opinion/2026/a-story", Metadata())
    'opinion'
    """
    if metadata.page_type_hint not in (None, "article", "section"):
        return str(metadata.page_type_hint)
    names = [part.lower() for part in urlsplit(url).path.split("/")[:-1]]
    names.append((metadata.section or "").lower())
    folded = {name.replace("_", "-").replace(" ", "-") for name in names}
    kinds = (kind for kind, words in _kinds().items() if folded & words)
    return next(kinds, "article")


@cache
def _kinds() -> dict[str, frozenset[str]]:
    text = files("pipelines.extract").joinpath("words/urls/page_types.toml").read_text("utf-8")
    return {kind: frozenset(words) for kind, words in tomllib.loads(text).items()}


def is_card_headline(block: Block, url: str) -> bool:
    """True for a heading that is a link to another page of the site.

    ```html
    <h2><a href="/news/another-story.html">Another story</a></h2>
    ```
    """
    if block.tag not in _HEADINGS or block.link_share < 0.8:
        return False
    links = [str(href) for href in block.element.xpath(".//a/@href | ancestor::a[1]/@href")]
    try:
        target = urljoin(url, links[0]) if links else url
        if urlsplit(target).path in ("", "/"):
            return False
        return urls.url_key(target) != urls.url_key(url)
    except ValueError:
        return False


def path_name(path: str) -> str:
    """The last segment of a path, in the form of words/urls/other_pages.txt.

    >>> path_name("/service/About_Us.html")
    'about-us'
    """
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].lower().replace("_", "-")


@cache
def _words(name: str) -> frozenset[str]:
    text = files("pipelines.extract").joinpath(f"words/urls/{name}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())
