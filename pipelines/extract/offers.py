"""Offers of a subscription at the end of a text: what they say, and what they have in common.

The phrases of offers are endless; their price, their address to the reader, the name of their
place and a story that ends in the middle of a sentence are the same in all languages.
"""

import re
from dataclasses import dataclass

from pipelines.extract.blocks import Block
from pipelines.extract.diction import address_share, speaks_of_subscription
from pipelines.extract.prose import ends_as_sentence, is_prose, weight
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import lowered, said_in

_BEFORE, _AFTER = 2, 8
"""Blocks before and after the text among which the offer that ends it stands."""
_ENDING = 2
"""Last blocks of the text that may be the offer."""
_LAST = 3
"""Last paragraphs that may be cut, or be the offer."""
_ADDRESS = 0.03
"""Share of words that address the reader from which lines read as an offer."""
_PRICE = re.compile(
    r"[€$£¥₹₽₺₩₪]\s?\d|\d\s?(?:[€$£¥₹₽₺₩₪¢円元원]"
    r"|(?:kr|euros?|dollars?|zł|kč|ft|lei|usd|eur|chf|руб|грн|tl|rs)\b)",
    re.IGNORECASE,
)
_PATHS = frozenset(
    ("plus", "premium", "abo", "abonnes", "abonnees", "subscriber", "subscribers", "exclusive")
)
"""Folders of the stories that are not free."""
_SUBSCRIPTION = "it speaks of a subscription"
_PLACE = "its place is named so"
_ADDRESSING = "it addresses the reader"
_BUTTONS = "buttons stand beside it"
_UNENDED = "a sentence before it does not end"
_PAID_PATH = "its address says so"
_OFFERS = frozenset((_SUBSCRIPTION, _PLACE, _PAID_PATH))
"""One of these must be seen where no phrase is: goods have prices and buttons too."""
_PRICED = "it names a price"
_IN_STORIES = frozenset((_SUBSCRIPTION, _ADDRESSING, _BUTTONS))
"""What a box for a newsletter has in common with an offer: no phrase, price or place of one."""
_MOST_SAID = 3
"""Phrases that are counted."""
_ENOUGH = 3
"""Phrases and signs from which an offer stands for the rest of the story; one less where that
breaks off, or where little is told."""
_LITTLE_TOLD = 300
"""Weight of the text without its offer under which little is told."""
_SHORT, _SHORT_UNENDED = 600, 900
"""Weight of text up to which an offer stands for the rest: whole short stories have one too."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands around the end of a text that may be an offer."""

    said: tuple[str, ...]
    """Phrases of offers."""
    signs: tuple[str, ...]
    """What it has in common with offers whose words are not known."""
    is_cut: bool
    """One of the last paragraphs breaks off in the middle of a sentence."""
    size: int
    """Weight of the text."""
    told: int
    """Weight of the text without the offer at its end."""

    @property
    def facts(self) -> list[str]:
        """What was seen, for the evidence of a reject."""
        said = ", ".join(map(repr, self.said[:3]))
        return [f"it says {said}"] * bool(self.said) + list(self.signs)

    @property
    def ends_the_text(self) -> bool:
        """True where it stands for the rest of the text."""
        found = min(len(self.said), _MOST_SAID) + len(self.signs)
        if self.is_cut:
            return found + 1 >= _ENOUGH
        if not self.said and (_OFFERS.isdisjoint(self.signs) or _IN_STORIES.issuperset(self.signs)):
            return False
        is_placed = bool(self.said) or not {_PLACE, _BUTTONS}.isdisjoint(self.signs)
        if is_placed and self.told < _LITTLE_TOLD and self.size < _SHORT:
            return found + 1 >= _ENOUGH
        most = _SHORT_UNENDED if _UNENDED in self.signs else _SHORT
        return found >= _ENOUGH and self.size < most


def is_cut(view: PageView) -> bool:
    """True where one of the last paragraphs breaks off in the middle of a sentence."""
    return any(map(_breaks_off, (*_last_texts(view), view.body.text)))


def read_offer(view: PageView) -> Offer:
    """What the lines around the end of a page's text have in common with an offer.

    Far from the text, the same words are a site's standing advertisement.
    """
    blocks, kept = view.document.blocks, set(view.body.blocks)
    places = [at for at, block in enumerate(blocks) if block in kept]
    first, last = (places[0], places[-1] + 1 + _AFTER) if places else (0, 80)
    around = blocks[max(0, first - _BEFORE) : last]
    ending = blocks[places[-_ENDING:][0] if places else 0 : last]
    said = said_in("paywall", lowered(" ".join(block.text for block in around)))
    return Offer(tuple(said), tuple(_signs(view, ending)), is_cut(view), view.size, _told(view))


def _last_texts(view: PageView) -> list[str]:
    return [block.text for block in view.body.blocks[-_LAST:]]


def _told(view: PageView) -> int:
    if not view.body.blocks:
        return view.size
    ending = [text for text in _last_texts(view) if not speaks_of_subscription(text)]
    return sum(map(weight, (*(block.text for block in view.body.blocks[:-_LAST]), *ending)))


def _signs(view: PageView, ending: list[Block]) -> list[str]:
    text = " ".join(block.text for block in ending)
    last = [block.text for block in view.body.blocks if is_prose(block)][-_LAST:]
    seen = {
        _SUBSCRIPTION: speaks_of_subscription(text),
        _PRICED: _PRICE.search(text) is not None,
        _ADDRESSING: (address_share(text, view.language) or 0) >= _ADDRESS,
        _PLACE: any(kind == "paywall" for block in ending for kind, _ in block.zones),
        _BUTTONS: view.controls > 0,
        _PAID_PATH: not _PATHS.isdisjoint(view.segments[:-1]),
        _UNENDED: not all(map(ends_as_sentence, last)),
    }
    return [fact for fact, is_seen in seen.items() if is_seen]


def _breaks_off(text: str) -> bool:
    """True for a text that ends in the middle of a sentence.

    >>> _breaks_off("It rained and …"), _breaks_off("It rained.")
    (True, False)
    """
    return text.rstrip().endswith(("…", "...", "[…]", "[...]"))
