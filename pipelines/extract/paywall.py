"""Stubs: the first lines of a story, then the offer of a subscription."""

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.diction import address_share, speaks_of_subscription
from pipelines.extract.prose import ends_as_sentence, is_prose, weight
from pipelines.extract.structured import types_of
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import fold, said_in
from pipelines.rejects import PaywallStub

_STUB = 900
"""Weight of text up to which a story that is declared as not free is a stub, under an offer."""
_UNDECLARED_STUB = 600
"""Weight of text up to which an offer alone means a stub: short stories have offers as well."""
_OFFER = 3
"""Signs of an offer from which it stands for the rest of the story; one less, where that ends in
the middle of a sentence."""
_LITTLE_TOLD = 300
"""Weight of the text that is no offer under which one sign less is asked."""
_SUBSCRIPTION = "it speaks of a subscription"
_PATHS = frozenset(
    ("plus", "premium", "abo", "abonnes", "abonnees", "subscriber", "subscribers", "exclusive")
)
"""Folders of the stories that are not free."""
_ADDRESSING = "it addresses the reader"
_BUTTONS = "buttons stand beside it"
_NEWSLETTER = frozenset((_SUBSCRIPTION, _ADDRESSING, _BUTTONS))
_UNENDED = "a sentence before it does not end"
_PLACE = "its place is named so"
_MOST_SAID = 3
"""Phrases that are counted."""
_CUT_STUB = 2_500
"""The same where the text ends in the middle of a sentence."""
_FEW = 200
"""Weight of text, about two sentences, up to which a story that is declared as not free is a
stub in any case."""
_WHOLE = 4
"""Paragraphs from which a story without an offer is whole: stubs show two or three."""
_WORD = 6
"""Letters of a word, the blank included."""
_HELD = 200
"""Weight of text from which the closed part of a story is there."""
_BEFORE, _AFTER = 2, 8
"""Blocks before and after the text among which the offer that ends it stands."""
_LAST = 3
"""Last paragraphs that may be cut, or be the offer."""
_ENDING = 2
"""Last blocks of the text that may be the offer."""
_ADDRESS = 0.03
"""Share of words that address the reader from which lines read as an offer."""
_PRICE = re.compile(
    r"[€$£¥₹₽₺₩₪]\s?\d|\d\s?(?:[€$£¥₹₽₺₩₪¢円元원]|(?:kr|euros?|dollars?|zł|kč|ft|lei|usd|eur|chf|руб|грн|tl|rs)\b)",
    re.IGNORECASE,
)
_SELECTOR = re.compile(r"^[.#][\w-]+$")


def check_paywall(view: PageView) -> None:
    """Raise PaywallStub where an offer stands in place of the rest of a story."""
    last = [block.text for block in view.body.blocks[-_LAST:]]
    is_cut = any(map(_is_cut, (*last, view.body.text)))
    if view.size >= (_CUT_STUB if is_cut else _STUB) or _holds_closed_text(view):
        return
    offers = _offers(view)
    facts = [f"it says {', '.join(map(repr, offers[:3]))}"] if offers else []
    if view.metadata.is_free is not False:
        signs = _offer_signs(view)
        if _is_offer(view, len(offers), signs, is_cut=is_cut):
            raise _stub([*facts, *signs], view.size)
        return
    part = _closed_part(view)
    if not is_cut and (
        (part == "there" and len(offers) < 2) or (not offers and _paragraphs(view) >= _WHOLE)
    ):
        return
    if offers or part == "missing" or is_cut or view.size < _FEW:
        said = ["it is declared as not free", *facts]
        raise _stub(said + ["the closed part is not there"] * (part == "missing"), view.size)


def _paragraphs(view: PageView) -> int:
    return sum(map(is_prose, view.body.blocks))


def _is_offer(view: PageView, said: int, signs: list[str], *, is_cut: bool) -> bool:
    """True where enough speaks for an offer; the less is told, the less is asked.

    A box for a newsletter speaks of a subscription, to the reader, beside a button: that alone
    is no offer.
    """
    found = min(said, _MOST_SAID) + len(signs)
    if is_cut:
        return found + 1 >= _OFFER
    if not said and set(signs) <= _NEWSLETTER:
        return False
    is_little = _told(view) < _LITTLE_TOLD and view.size < 2 * _LITTLE_TOLD
    if is_little and (said or _PLACE in signs or _SUBSCRIPTION in signs):
        return found + 1 >= _OFFER
    most = _STUB if _UNENDED in signs else _UNDECLARED_STUB
    return found >= _OFFER and view.size < most


def _told(view: PageView) -> int:
    """Weight of the text without the offer at its end."""
    texts = [block.text for block in view.body.blocks]
    ending = [text for text in texts[-_LAST:] if not speaks_of_subscription(text)]
    return sum(map(weight, (*texts[:-_LAST], *ending))) if texts else view.size


def _offer_signs(view: PageView) -> list[str]:
    """What the lines at the end of the text and after it have in common with an offer."""
    near = _around_end(view, _ENDING)
    text = " ".join(block.text for block in near)
    last = [block.text for block in view.body.blocks if is_prose(block)][-_LAST:]
    seen = {
        _SUBSCRIPTION: speaks_of_subscription(text),
        "it names a price": _PRICE.search(text) is not None,
        _ADDRESSING: address_share(text, view.language) >= _ADDRESS,
        _PLACE: any(kind == "paywall" for b in near for kind, _ in b.zones),
        _BUTTONS: view.controls > 0,
        "its address says so": not _PATHS.isdisjoint(view.segments[:-1]),
        _UNENDED: not all(map(ends_as_sentence, last)),
    }
    return [fact for fact, is_seen in seen.items() if is_seen]


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
    return said_in("paywall", fold(" ".join(block.text for block in near)))


def _around_end(view: PageView, ending: int | None = None) -> list[Block]:
    """The blocks of the text, or the last of them, and the few that follow it."""
    blocks, kept = view.document.blocks, set(view.body.blocks)
    places = [at for at, block in enumerate(blocks) if block in kept]
    if not places:
        return blocks[:80]
    start = max(0, places[0] - _BEFORE) if ending is None else places[-ending:][0]
    return blocks[start : places[-1] + 1 + _AFTER]


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
