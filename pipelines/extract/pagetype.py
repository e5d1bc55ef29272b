"""What kind of page it is: article, live blog, video … or no article at all."""

from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines import urls
from pipelines.extract.blocks import Block
from pipelines.extract.body import Body
from pipelines.extract.lines import is_prose
from pipelines.rejects import CategoryPage, OtherDocument

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_MIN_CARDS = 4
"""Headlines that are links, from which on a page may be a listing."""


def check_is_article(tree: HtmlElement, url: str, blocks: list[Block], body: Body) -> None:
    """Raise the Reject that names what the page is, where it is no article."""
    path = urlsplit(url).path
    if path_name(path) in _other_pages() and path.strip("/").count("/") < 2:
        raise OtherDocument(f"the path of the URL ends in {path_name(path)}", page_type="other")
    if og_type(tree) == "article":
        return
    cards = [block for block in blocks if is_card_headline(block, url)]
    prose = sum(len(block.text) for block in body.blocks if is_prose(block))
    evidence = f"{len(cards)} headlines are links, {prose} characters of prose"
    if path in ("", "/") and not urlsplit(url).query:
        raise CategoryPage(f"the home page of its host; {evidence}", page_type="home")
    if lead := _lead_heading(blocks, body):
        if is_card_headline(lead, url):
            raise CategoryPage(
                f"the text stands under a link to another story, {lead.text[:60]!r}; {evidence}",
                page_type="category",
            )
    if len(cards) >= _MIN_CARDS and og_type(tree) == "website":
        raise CategoryPage(f"og:type is website; {evidence}", page_type="category")


def _lead_heading(blocks: list[Block], body: Body) -> Block | None:
    """The heading right above the first paragraph of the text."""
    prose = [block for block in body.blocks or blocks if is_prose(block)]
    first = prose[0] if prose else None
    lead = None
    for block in blocks:
        if block is first:
            return lead
        if _heading(block) is not None:
            lead = block
    return None


def _heading(block: Block) -> HtmlElement | None:
    """The heading element that a block fills."""
    element = block.element
    return element if element.tag in _HEADINGS else None


def is_card_headline(block: Block, url: str) -> bool:
    """True for a heading that is a link to another page of the site.

    ```html
    <h2><a href="/news/another-story.html">Another story</a></h2>
    ```
    """
    heading = _heading(block)
    if heading is None or block.link_share < 0.8:
        return False
    links = [str(href) for href in heading.xpath(".//a/@href | ancestor::a[1]/@href")]
    try:
        target = urljoin(url, links[0]) if links else url
        if urlsplit(target).path in ("", "/"):
            return False
        return urls.url_key(target) != urls.url_key(url)
    except ValueError:
        return False


def path_name(path: str) -> str:
    """The last segment of a path, in the form of words/other_pages.txt.

    >>> path_name("/service/About_Us.html")
    'about-us'
    """
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].lower().replace("_", "-")


@cache
def _other_pages() -> frozenset[str]:
    text = files("pipelines.extract").joinpath("words/other_pages.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())


def og_type(tree: HtmlElement) -> str | None:
    """What `<meta property="og:type">` declares, in lower case."""
    found = tree.xpath("//meta[@property='og:type' or @name='og:type']/@content")
    return str(found[0]).strip().lower() if found else None
