"""Consent banners that stand beside what a page holds: such a page is no wall.

    <div class="cookie-banner" role="dialog"> <p>We use cookies … <button>Accept all</button>
    <main> <h1>Opinion</h1> <a href="/opinion/why-ferries-matter">Why ferries matter</a>

A thin page under a banner says little but what the banner says; what else is on it tells.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from pipelines.extract.blocks import Block
from pipelines.extract.cards import story_target
from pipelines.extract.prose import HEADINGS, is_prose
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import lowered, said_in

_FRAME = frozenset(("nav", "footer", "hidden", "advert", "newsletter", "share"))
"""Zones that stand on every page of a site, its walls included."""
_OTHER_WALLS = ("login", "paywall", "geo", "bot", "not_found", "error")


@lru_cache(maxsize=1)
def has_banner_beside(view: PageView) -> bool:
    """True where a part of the page is named as a consent banner, and another part holds more.

    More is a video, a link to a story, a paragraph, or what a wall of another kind says.
    """
    outside = [block for block in view.document.blocks if not is_banner(block)]
    if len(outside) == len(view.document.blocks):
        return False
    if view.plays_media:
        return True
    shown = [block for block in outside if not any(kind in _FRAME for kind, _ in block.zones)]
    if any(_holds_story(block, view.url) for block in shown):
        return True
    said = lowered(" ".join(block.text for block in shown if block.link_share < 0.5))
    return any(said_in(kind, said) for kind in _OTHER_WALLS)


def is_banner(block: Block) -> bool:
    """True for a line within what is named or marked as a consent dialog."""
    return any(kind == "consent" for kind, _ in block.zones)


def _holds_story(block: Block, url: str) -> bool:
    """True for a paragraph that is no notice of consent itself, and for a card of a section.

    A link in a heading, or to a page under this one: walls show lists of what is read most.
    """
    if is_prose(block):
        return not said_in("consent", lowered(block.text))
    own_path = urlsplit(url).path.rstrip("/") or "/"
    target = story_target(block, own_path)
    return target is not None and (block.tag in HEADINGS or target.startswith(f"{own_path}/"))
