"""Stubs: the first lines of a story, then the offer of a subscription."""

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.prose import is_prose, weight
from pipelines.extract.structured import types_of
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import said_in
from pipelines.rejects import PaywallStub

_STUB = 900
"""Weight of text up to which a story that is declared as not free is a stub, under an offer."""
_UNDECLARED_STUB = 600
"""Weight of text up to which an offer alone means a stub: short stories have offers as well."""
_CUT_STUB = 2_500
"""The same where the text ends in the middle of a sentence."""
_FEW = 200
"""Weight of text, about two sentences, up to which a story that is declared as not free is a
stub in any case."""
_WORD = 6
"""Letters of a word, the blank included."""
_HELD = 200
"""Weight of text from which the closed part of a story is there."""
_AFTER = 8
"""Blocks after the text among which the offer that ends it stands."""
_SELECTOR = re.compile(r"^[.#][\w-]+$")


def check_paywall(view: PageView) -> None:
    """Raise PaywallStub where an offer stands in place of the rest of a story."""
    is_cut = _is_cut(view.body.text)
    if view.size >= (_CUT_STUB if is_cut else _STUB) or _holds_closed_text(view):
        return
    offers = _offers(view)
    facts = [f"it says {', '.join(map(repr, offers[:3]))}"] if offers else []
    if view.metadata.is_free is not False:
        if (len(offers) >= 2 and view.size < _UNDECLARED_STUB) or (offers and is_cut):
            raise _stub(facts, view.size)
        return
    part = _closed_part(view)
    if part == "there" and len(offers) < 2 and not is_cut:
        return
    if offers or part == "missing" or is_cut or view.size < _FEW:
        said = ["it is declared as not free", *facts]
        raise _stub(said + ["the closed part is not there"] * (part == "missing"), view.size)


def _holds_closed_text(view: PageView) -> bool:
    """True where the elements that are named as closed hold the story all the same."""
    named = (b for b in view.document.blocks if any(kind == "paywall" for kind, _ in b.zones))
    return sum(weight(block.text) for block in named if is_prose(block)) >= _STUB


def _stub(facts: list[str], size: int) -> PaywallStub:
    return PaywallStub(f"{'; '.join(facts)}; {size} characters of text", page_type="paywall")


def _offers(view: PageView) -> list[str]:
    """What the page says in offering a subscription right under its text, or within it.

    Far from the text, the same words are a site's standing advertisement.
    """
    near = _around_end(view)
    text = " ".join(block.text for block in near).lower().replace("’", "'")
    return said_in("paywall", " ".join(text.split()))


def _around_end(view: PageView) -> list[Block]:
    """The blocks of the text and the few that follow it."""
    blocks, kept = view.document.blocks, set(view.body.blocks)
    places = [at for at, block in enumerate(blocks) if block in kept]
    if not places:
        return blocks[:80]
    return blocks[places[0] : places[-1] + 1 + _AFTER]


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
    return any(weight(" ".join("".join(e.itertext()).split())) > _HELD for e in found[:20])


def _is_cut(text: str) -> bool:
    """True for a text that ends in the middle of a sentence.

    >>> _is_cut("It rained and …"), _is_cut("It rained.")
    (True, False)
    """
    return text.rstrip().endswith(("…", "...", "[…]", "[...]"))


def _stated_words(view: PageView) -> int:
    """The number of words that JSON-LD states for the story; 0 where it does not."""
    for item in view.document.structured:
        stated = str(item.get("wordCount", ""))
        if stated.isdecimal() and any(name.endswith("Article") for name in types_of(item)):
            return int(stated)
    return 0
