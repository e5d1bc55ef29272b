"""Pages that stand in front of a story, or in its stead: consent, captcha, login, offer, error.

Each kind is told by what the page says to its reader (words/walls/*.toml, all languages at
once), and by how much of the text that would be stored is such a notice: a banner around a
story is none of its text, so a story is never taken for a wall. Where hardly anything would be
stored, all that the page shows is asked, its buttons included.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.banners import has_banner_beside, is_banner
from pipelines.extract.blocks import Block
from pipelines.extract.consentbars import accepts, controls_of
from pipelines.extract.paywall import check_paywall
from pipelines.extract.prose import is_prose, weight
from pipelines.extract.story import SHORT, reads_as_story, story_points, story_signs
from pipelines.extract.view import PageView
from pipelines.extract.wallwords import lowered, said_in, wall_words
from pipelines.rejects import (
    BotWall,
    ConsentWall,
    ErrorPage,
    GeoBlock,
    LoginPage,
    NotAnArticle,
    OtherDocument,
    SoftNotFound,
)

_NOTHING = 120
"""Weight of text up to which a page holds nothing but what it says around it."""
_TINY = 250
"""Weight of text up to which one phrase that makes most of it is a notice."""
_NO_STORY = -1.0
"""Points of `story` under which a short text is none."""
_LITTLE = 400
"""Weight of text up to which a page that declares no story may be a wall by its title alone."""
_NOTICE = 900
"""Weight of text up to which what it says makes a wall of any kind, without a title."""
_LONG = 12_000
"""The same for a page that is nothing but a notice: lists of partners are long."""
_NOTICE_SHARE = 0.4
"""Share of the text in paragraphs that are notices, from which the text is one."""
_KINDS: dict[str, type[NotAnArticle]] = {
    "consent": ConsentWall,
    "geo": GeoBlock,
    "bot": BotWall,
    "not_found": SoftNotFound,
    "error": ErrorPage,
    "login": LoginPage,
}
_PARTS = re.compile(r"\s+[-–—|·•:»/]\s+|:\s|\.\.\.|[….!|]")
_SIGNS = {
    "login": etree.XPath("boolean(//input[@type='password'])"),
    "bot": etree.XPath(
        "boolean(//*[contains(@src, 'captcha') or contains(@src, 'challenge-platform')"
        " or contains(@src, '_Incapsula_') or contains(@id, 'px-captcha')"
        " or contains(@id, 'challenge-form') or contains(@id, 'cf-wrapper')"
        " or contains(@id, 'cf-error-details') or contains(@class, 'h-captcha')"
        " or contains(@class, 'g-recaptcha') or contains(@class, 'cf-turnstile')])"
    ),
}
"""Fields and scripts that walls of a kind hold; many stories hold them as well."""
_SEEN_CHARS = 6_000
"""Characters of the page's text that are searched for what walls say."""
_UNSEEN = etree.XPath("//noscript | //button | //iframe")
_MAX_UNSEEN = 50
"""Elements that are looked at."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What speaks for a wall of one kind."""

    kind: str
    title: str | None
    """The title or headline that only such walls have."""
    is_head: bool
    """The title stands in the page's head, not only in a box on the page."""
    said: list[str]
    """What the page says."""
    share: float
    """The share of the text that is such a notice."""
    sign: bool
    """It holds a field, script or button of one."""

    def evidence(self, size: int) -> str:
        """A sentence with the facts."""
        facts = [f"the title is {self.title!r}"] if self.title else []
        facts += [f"it says {', '.join(map(repr, self.said[:3]))}"] if self.said else []
        facts += ["it holds the field, button or script of one"] if self.sign else []
        return f"{'; '.join(facts)}; {size} characters of text"


def check_walls(view: PageView) -> None:
    """Raise the Reject that names the wall, where the page is one."""
    if view.size <= _LONG and not _reads_as_story(view):
        found = [notice for notice in _notices(view) if _is_wall(notice, view)]
        if found:
            raise _reject(max(found, key=_strength), view)
    check_paywall(view)


def check_notice(view: PageView) -> None:
    """Raise the Reject of a notice that no list of words names: short, and no story."""
    if view.size > SHORT or story_points(view) >= _NO_STORY:
        return
    facts = [sign.fact for sign in story_signs(view) if sign.points < 0]
    said = [notice for notice in _notices(view) if notice.said or notice.title]
    if said:
        raise _reject(max(said, key=_strength), view, facts)
    raise OtherDocument("; ".join(facts), page_type="other")


def _reads_as_story(view: PageView) -> bool:
    """True for a text that is a story whatever else the page says."""
    if view.size <= _NOTHING:
        return False
    return view.is_declared_story if view.size > SHORT else reads_as_story(view)


def _notices(view: PageView) -> list[Notice]:
    """What speaks for each kind of wall; a long text can be one of consent alone."""
    texts, titles = _texts(view), _titles(view)
    kinds = list(_KINDS) if view.size <= SHORT else ["consent"]
    if has_banner_beside(view):
        kinds.remove("consent")
    return [_notice(view, kind, titles, texts) for kind in kinds]


def _strength(notice: Notice) -> tuple[bool, bool, float, int]:
    return (notice.is_head, notice.title is not None, notice.share, len(notice.said))


def _reject(notice: Notice, view: PageView, facts: Sequence[str] = ()) -> NotAnArticle:
    evidence = "; ".join((notice.evidence(view.size), *facts))
    return _KINDS[notice.kind](evidence, page_type=notice.kind)


def needs_scripts(view: PageView, *, own: bool = False) -> str | None:
    """What a page says of the scripts that would fill it; None where it says nothing.

    With `own`, what its text says, and not what stands around it.
    """
    said = said_in("script", lowered(view.body.text) if own else " ".join(_texts(view)))
    return max(said, key=len, default=None)


def _is_wall(notice: Notice, view: PageView) -> bool:
    """True where what speaks for a wall outweighs the text that would be stored."""
    count = len(notice.said)
    is_notice = notice.share >= _NOTICE_SHARE
    if view.size > SHORT:
        return is_notice and count >= 4 and notice.sign and not view.is_dated
    if view.size <= _TINY and is_notice and not view.is_dated:
        return True
    if view.size <= _NOTHING:
        return notice.title is not None or count >= 2 or (count == 1 and notice.sign)
    if notice.title:
        return is_notice or (notice.is_head and (count >= 1 or view.size <= _LITTLE))
    if not is_notice or count < 2:
        return is_notice and notice.sign and view.size <= _LITTLE
    if notice.kind == "consent":
        return notice.sign or view.size <= _LITTLE or notice.share > 2 * _NOTICE_SHARE
    return view.size <= _NOTICE


def _notice(view: PageView, kind: str, titles: list[str], texts: list[str]) -> Notice:
    """What speaks for a wall of one kind."""
    said = sorted(said_in(kind, " ".join(texts)[:_SEEN_CHARS]))
    title = next((title for title in titles if title in wall_words(kind, "titles")), None)
    is_head = title is not None and title in _parts_of(view.titles)
    share = _share(view, kind) if said else 0.0
    return Notice(kind, title, is_head, said, share, bool(said or title) and _has_sign(view, kind))


def _has_sign(view: PageView, kind: str) -> bool:
    """True where the page holds a button, field or script that walls of a kind hold."""
    if kind == "consent":
        return any(map(accepts, controls_of(view.document.tree)))
    return kind in _SIGNS and bool(_SIGNS[kind](view.document.tree))


def _texts(view: PageView) -> list[str]:
    """What the page shows, in lower case; where that is hardly anything, what it hides too."""
    texts = [block.text for block in view.document.blocks]
    if view.size <= _LITTLE:
        tree = view.document.tree
        found = cast(list[HtmlElement], _UNSEEN(tree))[:_MAX_UNSEEN]
        texts += ["".join(element.itertext()) for element in found]
        texts += [frame.get("title") or "" for frame in tree.iter("iframe")]
        texts += [script.get("src") or "" for script in tree.iter("script")]
        texts += [field.get("value") or "" for field in tree.iter("input")]
    return [lowered(text) for text in texts]


def _share(view: PageView, kind: str) -> float:
    """The share of the prose that would be stored, or is all that there is, that is a notice."""
    blocks = list(view.body.blocks)
    if view.size <= _NOTHING or not blocks:
        blocks = [block for block in view.document.blocks if _is_line(block)]
    if has_banner_beside(view):
        blocks = [block for block in blocks if not is_banner(block)]
    sizes = [(weight(block.text), bool(said_in(kind, lowered(block.text)))) for block in blocks]
    whole = sum(size for size, _ in sizes)
    return sum(size for size, is_notice in sizes if is_notice) / whole if whole else 0.0


def _is_line(block: Block) -> bool:
    return is_prose(block) or (block.link_share < 0.5 and weight(block.text) > 30)


def _titles(view: PageView) -> list[str]:
    """The page's titles and first headlines, and their parts between dashes and bars."""
    shown = [block.text for block in view.document.blocks if block.tag in ("h1", "h2")][:2]
    return _parts_of([*view.titles, *shown])


def _parts_of(titles: list[str]) -> list[str]:
    parts = [part for title in titles for part in (title, *_PARTS.split(title))]
    lines = (lowered(part).strip(" .!…-–|«»\"'") for part in parts if len(part) < 90)
    return [title for title in dict.fromkeys(lines) if title]
