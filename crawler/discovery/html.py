"""Bytes of a page to a tree, and to the text of its elements."""

import re
from collections.abc import Iterator

from lxml import etree
from w3lib.encoding import html_to_unicode

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MUTE = frozenset({"script", "style", "noscript", "template", "svg"})


def parse_html(body: bytes, encoding: str | None = None) -> etree._Element | None:
    """The tree of an HTML page; None where the bytes hold no element.

    `encoding` is what the HTTP header declared; a byte order mark, the page's own meta tag
    and UTF-8 follow, in the order of the HTML standard.

    >>> parse_html("<p>Grüße".encode("latin-1"), "latin-1").findtext(".//p")
    'Grüße'
    >>> parse_html(b"") is None
    True
    """
    header = f"text/html; charset={encoding}" if encoding else None
    _, text = html_to_unicode(header, body, default_encoding="utf-8")
    text = text.replace("\x00", "")
    if not text.strip():
        return None
    # lxml.html would wrap each element in a Python class: twice the cost, for nothing used here.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _texts(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tag not in _MUTE:
            yield from _texts(child)
        if child.tail:
            yield child.tail


def visible_text(element: etree._Element) -> str:
    """The text of an element without that of scripts and styles; runs of space made one.

    >>> visible_text(parse_html(b"<a>Flood <b>hits</b><script>x()</script> coast</a>"))
    'Flood hits coast'
    """
    text = element.text if len(element) == 0 else " ".join(_texts(element))
    return _SPACE.sub(" ", text or "").strip()


def page_language(tree: etree._Element) -> str | None:
    """The language that a page declares (BCP 47): of its root, else of its meta tags.

    >>> page_language(parse_html(b"<html lang=el><p>x"))
    'el'
    >>> page_language(parse_html(b"<meta property='og:locale' content='pt_BR'>"))
    'pt-BR'
    """
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if not declared:
        declared = next(filter(None, map(_meta_language, tree.iter("meta"))), "")
    match = _LANGUAGE.match(declared.strip())
    return match[0].replace("_", "-") if match else None


def _meta_language(meta: etree._Element) -> str:
    name = meta.get("http-equiv") or meta.get("property") or ""
    return (meta.get("content") or "") if name.lower() in ("content-language", "og:locale") else ""
