"""A page, decoded and parsed once, for everyone who reads it."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from charset_normalizer import from_bytes
from lxml import etree, html
from lxml.html import HtmlComment, HtmlElement
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

from pipelines.extract.blocks import Block, hidden_elements, page_blocks
from pipelines.extract.consentbars import name_consent_bars
from pipelines.extract.structured import JsonObject, read_json_ld
from pipelines.extract.unfolding import unfolded
from pipelines.items import Page
from pipelines.rejects import EmptyPage, NotHtml

_MAX_BROKEN_SHARE = 0.02
"""Undecodable characters per character outside of ASCII that a declared encoding may
leave: pages cut in the middle of a letter or quoting another encoding stay under it."""
_SAMPLE_BYTES = 20_000
"""Bytes shown to the encoding detector, which takes milliseconds per kilobyte."""
_READABLE_TYPES = ("html", "xml", "text/plain", "octet-stream")
"""Parts of the media types that news pages are served with."""
_TAG = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
# No possessive quantifiers: CPython before 3.11.5 fails to match some of them.
_PROLOG = re.compile(r"\s*(?:<\?[^>]*>|<!--.*?-->)", re.DOTALL)
_OTHER_ROOT = re.compile(r"\s*<(?P<root>rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>[^<]*", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
_TEXTLESS = frozenset(("script", "style", "template", "title"))


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed page. The tree is shared: whoever wants to change it copies it first."""

    page: Page
    tree: HtmlElement
    """The root element (`html`)."""
    elements: list[HtmlElement] = field(repr=False)
    """Every node. Held because lxml would make their Python objects anew for each walk."""

    @cached_property
    def structured(self) -> list[JsonObject]:
        """The page's JSON-LD objects, top level first."""
        return read_json_ld(self.tree)

    @cached_property
    def blocks(self) -> list[Block]:
        """The page's text, block by block."""
        hidden = hidden_elements(self.tree)
        blocks = page_blocks(self.tree, hidden - unfolded(hidden))
        name_consent_bars(self.tree, blocks)
        return blocks

    @cached_property
    def base_url(self) -> str:
        """The URL against which the page's links are read (`<base href="…">`)."""
        declared = str(self.tree.xpath("string((//base/@href)[1])")).strip()
        return join_url(self.page.url, declared) or self.page.url

    @cached_property
    def canonical_hrefs(self) -> tuple[str, ...]:
        """What the page's `<link rel="canonical" href="…">` hold, however `rel` is spelt."""
        links = self.tree.iter("link")
        stated = (link for link in links if "canonical" in (link.get("rel") or "").lower().split())
        hrefs = ((link.get("href") or "").strip() for link in stated)
        return tuple(href for href in hrefs if href)

    def absolute(self, href: str) -> str | None:
        """A link of the page as an absolute URL; None for what is no URL."""
        return join_url(self.base_url, href.strip())


def join_url(base: str, href: str) -> str | None:
    """`href` as read on a page at `base`; None where it is malformed.

    >>> join_url("https://example.com/a/", "b"), join_url("https://example.com/", "x://[")
    ('https://example.com/a/b', None)
    """
    try:
        return urljoin(base, href)
    except ValueError:
        return None


def parse(page: Page) -> Document:
    """The page as a tree of elements.

    Raises NotHtml for other media types and for bytes without markup, EmptyPage where
    neither the body nor structured data holds any text.
    """
    _check_media_type(page)
    if not page.body.strip():
        raise EmptyPage("the response has no body")
    text = decode(page.body, page.encoding or _header_encoding(page))
    _check_markup(text)
    tree = _tree(text)
    document = Document(page, tree, list(tree.iter()))
    if not (any(map(_holds_text, document.elements)) or document.structured):
        raise EmptyPage("the markup holds no text")
    return document


def _holds_text(node: HtmlElement) -> bool:
    """True for a node with text of its own, or behind it, that a reader may see."""
    own = node.text if isinstance(node.tag, str) and node.tag not in _TEXTLESS else None
    return any(text and not text.isspace() for text in (own, node.tail))


def _header_encoding(page: Page) -> str | None:
    return http_content_type_encoding(page.headers.get("content-type"))


def _check_media_type(page: Page) -> None:
    media_type = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and not any(part in media_type for part in _READABLE_TYPES):
        raise NotHtml(f"the media type is {media_type}")


def _check_markup(text: str) -> None:
    """Raise NotHtml for what is binary, a feed, a sitemap, or has no tag near its start."""
    start = 0
    while prolog := _PROLOG.match(text, start):
        start = prolog.end()
    if other := _OTHER_ROOT.match(text, start):
        raise NotHtml(f"the document is XML with the root element {other['root']}")
    if not _TAG.search(text, 0, 100_000):
        raise NotHtml(f"there is no markup; it begins with {text[:40]!r}")


def _tree(text: str) -> HtmlElement:
    # NUL ends a document for libxml2. A title that is never closed swallows the page.
    text = _close_title(text.replace("\0", ""))
    try:
        return html.document_fromstring(text.encode(errors="replace"), parser=_parser())
    except etree.ParserError as error:
        raise EmptyPage("the markup holds no element") from error


def _parser() -> etree.HTMLParser:
    """A parser whose elements are all of one class: lxml's own would ask Python for each."""
    # huge_tree: without it, elements nested deeper than 256 end the document silently.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    return parser


def _close_title(text: str) -> str:
    """The text with a `</title>` after a title that is never closed.

    >>> _close_title("<title>Rain<body>It rained.")
    '<title>Rain</title><body>It rained.'
    """
    opened = _TITLE.search(text)
    if not opened or _TITLE_END.search(text, opened.end()):
        return text
    return f"{text[: opened.end()]}</title>{text[opened.end() :]}"


def decode(body: bytes, declared: str | None) -> str:
    r"""The text of an HTML body.

    The encoding is that of the byte order mark; else UTF-8 where the bytes outside of
    ASCII are valid UTF-8, which chance does not bring about; else the one that the HTTP
    header (`declared`), then the page, declares, if the bytes agree; else the one that
    charset-normalizer detects.

    >>> decode("<p>für</p>".encode("cp1252"), "iso-8859-1")
    '<p>für</p>'
    >>> decode("<p>für</p>".encode(), "iso-8859-1")
    '<p>für</p>'
    """
    encoding, bom = read_bom(body)
    if encoding and bom:
        return to_unicode(body[len(bom) :], encoding)
    candidates = [resolve_encoding(declared or ""), html_body_declared_encoding(body)]
    if not body.isascii():
        candidates.insert(0, "utf-8" if _is_utf8(body) else None)
    for candidate in filter(None, candidates):
        text = to_unicode(body, candidate)
        if _broken_share(text) <= _MAX_BROKEN_SHARE:
            return text
    return to_unicode(body, _detect(body))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(body) and error.reason == "unexpected end of data":
            return True
        text = body.decode("utf-8", "replace")
        return text.count("\ufffd") <= _MAX_BROKEN_SHARE * _foreign_letters(text)
    return True


def _foreign_letters(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _broken_share(text: str) -> float:
    """The share of replacement characters among those outside of ASCII; 0 for a single one."""
    broken = text.count("\ufffd")
    if broken < 2:
        return 0.0
    return broken / _foreign_letters(text)


def _detect(body: bytes) -> str:
    """The encoding that charset-normalizer finds; UTF-8 where it finds none.

    It is shown what lies between tags, from the first byte outside of ASCII onwards.
    """
    foreign = re.search(rb"[\x80-\xff]", body)
    start = max(0, foreign.start() - 200) if foreign else 0
    prose = b" ".join(re.findall(rb">([^<>]*[\x80-\xff][^<>]*)<", body[start:]))
    best = from_bytes((prose or body[start:])[:_SAMPLE_BYTES]).best()
    return resolve_encoding(best.encoding if best else "") or "utf-8"
