"""Stubs: the first lines of a story, then the offer of a subscription."""

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.evidence import text_of
from pipelines.extract.offers import Offer, is_cut, read_offer
from pipelines.extract.prose import is_prose, weight
from pipelines.extract.structured import types_of
from pipelines.extract.view import PageView
from pipelines.rejects import PaywallStub

_STUB = 900
"""Weight of text up to which a story may be a stub."""
_CUT_STUB = 2_500
"""The same where the text ends in the middle of a sentence."""
_FEW = 200
"""Weight of text, about two sentences, up to which a story that is declared as not free is a
stub in any case."""
_WHOLE = 4
"""Paragraphs from which a story without an offer is whole: stubs show two or three."""
_WORD = 6
"""Letters of a word, the blank included."""
_MAX_DIGITS = 10
"""Digits from which on a stated number of words is none."""
_HELD = 200
"""Weight of text from which the closed part of a story is there."""
_SELECTOR = re.compile(r"^[.#][\w-]+$")


def check_paywall(view: PageView) -> None:
    """Raise PaywallStub where an offer stands in place of the rest of a story."""
    is_long = view.size >= _STUB and not (view.size < _CUT_STUB and is_cut(view))
    if is_long or _holds_closed_text(view):
        return
    offer = read_offer(view)
    is_closed = view.metadata.is_free is False
    facts = _facts_of_closed(view, offer) if is_closed else []
    if facts or (not is_closed and offer.ends_the_text):
        seen = "; ".join((*facts, *offer.facts, f"{view.size} characters of text"))
        raise PaywallStub(seen, page_type="paywall")


def _facts_of_closed(view: PageView, offer: Offer) -> list[str]:
    """What says that a story which is declared as not free is not all there."""
    part = _closed_part(view)
    is_whole = sum(map(is_prose, view.body.blocks)) >= _WHOLE
    is_there = part == "there" and len(offer.said) < 2
    if not offer.is_cut and (is_there or (is_whole and not offer.said)):
        return []
    if not (offer.said or part == "missing" or offer.is_cut or view.size < _FEW):
        return []
    missing = ["the closed part is not there"] if part == "missing" else []
    return ["it is declared as not free", *missing]


def _holds_closed_text(view: PageView) -> bool:
    """True where the elements that are named as closed hold the story all the same."""
    named = (b for b in view.document.blocks if any(kind == "paywall" for kind, _ in b.zones))
    return sum(weight(block.text) for block in named if is_prose(block)) >= _STUB


def _closed_part(view: PageView) -> str | None:
    """Whether the closed part of the story is "there" or "missing"; None where none can tell.

    It is missing where the story is stated to have more words than are shown, or where no
    element that JSON-LD names as closed holds a paragraph.
    """
    if _stated_words(view) > 2.5 * max(1, view.size / _WORD):
        return "missing"
    selectors = [s for item in view.document.structured for s in _selectors(item)]
    if not selectors:
        return None
    held = any(_holds_text(view, selector) for selector in selectors)
    return "there" if held else "missing"


def _selectors(item: dict[str, object]) -> list[str]:
    """The CSS selectors of a page's closed parts, of those that are one class or id."""
    if str(item.get("isAccessibleForFree")).lower() != "false":
        return []
    stated = item.get("cssSelector")
    texts = stated if isinstance(stated, list) else [stated]
    return [
        text.strip() for text in texts if isinstance(text, str) and _SELECTOR.match(text.strip())
    ]


def _holds_text(view: PageView, selector: str) -> bool:
    """True where an element that a selector names holds a paragraph or more."""
    name = selector[1:]
    if selector.startswith("#"):
        path = etree.XPath("//*[@id=$name]")
    else:
        path = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), $name)]")
        name = f" {name} "
    found = cast(list[HtmlElement], path(view.document.tree, name=name))
    return any(weight(text_of(element)) > _HELD for element in found[:20])


def _stated_words(view: PageView) -> int:
    """The number of words that JSON-LD states for the story; 0 where it does not."""
    for item in view.document.structured:
        stated = str(item.get("wordCount", ""))
        if (
            stated.isdecimal()
            and len(stated) < _MAX_DIGITS
            and any(name.endswith("Article") for name in types_of(item))
        ):
            return int(stated)
    return 0
