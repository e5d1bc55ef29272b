"""Bytes of a page to a tree, and to the text of its elements."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree
from w3lib.encoding import html_to_unicode

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_MUTE = frozenset({"script", "style", "noscript", "template", "svg"})
# No headline holds more elements; an anchor that is never closed holds the rest of the page.
MAX_NODES = 300


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


def nodes_of(element: etree._Element) -> list[etree._Element]:
    """The element and what it holds, in order, at most MAX_NODES."""
    return list(islice(element.iter(), MAX_NODES)) if len(element) else [element]


def visible_text(element: etree._Element, nodes: Iterable[etree._Element] | None = None) -> str:
    """The text of an element without that of scripts and styles; runs of space made one.

    `nodes` is `nodes_of(element)`, where the caller has it at hand.

    >>> visible_text(parse_html(b"<a>Flood <b>hits</b><script>x()</script> coast</a>"))
    'Flood hits coast'
    """
    if len(element) == 0:
        return " ".join((element.text or "").split())
    muted = set()
    texts = []
    for node in nodes or nodes_of(element):
        parent = node.getparent()
        if node.tag in _MUTE or (node is not element and parent in muted):
            muted.add(node)
        elif node.text:
            texts.append(node.text)
        if node.tail and node is not element and parent not in muted:
            texts.append(node.tail)
    return " ".join(" ".join(texts).split())


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
