"""Pages that stand in front of a story, or in its stead: consent, captcha, login, offer, error.

Each kind is told by what the page says (words/walls/*.toml, all languages at once) together
with how little else there is: a story of some length is never taken for a wall, whatever
banner stands around it.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from lxml import etree

from pipelines.extract.body import Body
from pipelines.extract.document import Document
from pipelines.extract.metadata import Metadata
from pipelines.extract.prose import weight
from pipelines.extract.structured import types_of
from pipelines.rejects import (
    BotWall,
    ConsentWall,
    ErrorPage,
    LoginPage,
    NotAnArticle,
    PaywallStub,
    SoftNotFound,
)

_FULL_TEXT = 1_500
"""Weight of text (see `lines.weight`) from which a page that declares a story holds it."""
_SHORT = 2_500
"""Weight of text up to which a page without declared story may be a wall."""
_STUB = 900
"""Weight of text up to which the offer of a subscription means a stub."""
_CUT_STUB = 2_500
"""The same where the text ends in the middle of a sentence."""
_KINDS: dict[str, type[NotAnArticle]] = {
    "bot": BotWall,
    "consent": ConsentWall,
    "not_found": SoftNotFound,
    "error": ErrorPage,
    "login": LoginPage,
}
_PARTS = re.compile(r"\s+[-–—|·•:»/]\s+|[.…]{3,}|[!…]")
_PASSWORD = etree.XPath("boolean(//input[@type='password'])")
_CAPTCHA = etree.XPath(
    "boolean(//*[contains(@src, 'captcha') or contains(@src, 'challenge-platform')"
    " or contains(@src, '_Incapsula_') or contains(@id, 'px-captcha')"
    " or contains(@id, 'challenge-form') or contains(@id, 'cf-wrapper')])"
)
_SEEN_CHARS = 6_000
"""Characters of the page's text that are searched for what walls say."""


def check_walls(document: Document, metadata: Metadata, body: Body) -> None:
    """Raise the Reject that names the wall, where the page is one."""
    size = weight(body.text)
    if not (size >= _FULL_TEXT and _declares_story(document, metadata)):
        _check_notices(document, metadata, size)
    _check_paywall(document, metadata, body, size)


def _declares_story(document: Document, metadata: Metadata) -> bool:
    return metadata.published_at is not None or metadata.page_type_hint not in (None, "section")


def _check_notices(document: Document, metadata: Metadata, size: int) -> None:
    if size > _SHORT:
        return
    titles = _titles(document, metadata)
    seen = _seen_text(document)
    signs = {"login": _PASSWORD, "bot": _CAPTCHA}
    for kind, reject in _KINDS.items():
        title = next((title for title in titles if _is_wall_title(title, kind)), None)
        said = sorted(set(_said(kind).findall(seen)))
        sign = kind in signs and bool(signs[kind](document.tree))
        points = 2 * (title is not None) + min(3, len(said)) + sign
        needed = 2 if title is not None else 3
        if points > needed or (title is not None and size < 400):
            raise reject(_evidence(title, said, sign, size), page_type=kind)


def _evidence(title: str | None, said: list[str], sign: bool, size: int) -> str:
    facts = [f"the title is {title!r}"] if title else []
    facts += [f"it says {', '.join(map(repr, said[:3]))}"] if said else []
    facts += ["it holds the field or script of one"] if sign else []
    return f"{'; '.join(facts)}; {size} characters of text"


def _titles(document: Document, metadata: Metadata) -> list[str]:
    """The page's title and first headline, and their parts between dashes and bars."""
    whole = [metadata.title or "", *document.tree.xpath("//title[1]/text()")]
    whole += [block.text for block in document.blocks if block.tag == "h1"][:1]
    parts = [part for title in whole for part in (title, *_PARTS.split(str(title)))]
    folded = (" ".join(part.lower().replace("’", "'").split()) for part in parts)
    return list(dict.fromkeys(part.strip(" .!…-–|") for part in folded if len(part) < 90))


def _seen_text(document: Document) -> str:
    text = " ".join(block.text for block in document.blocks)
    return text[:_SEEN_CHARS].lower().replace("’", "'")


def _is_wall_title(title: str, kind: str) -> bool:
    """True where a title is what walls of this kind are called.

    >>> _is_wall_title("page not found", "not_found"), _is_wall_title("lost and found", "error")
    (True, False)
    """
    return title in _wall_words(kind, "titles")


@cache
def _said(kind: str) -> re.Pattern[str]:
    phrases = sorted(_wall_words(kind, "lines"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))


@cache
def _wall_words(kind: str, part: str) -> frozenset[str]:
    folder = files("pipelines.extract").joinpath("words/walls")
    tables = [tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir()]
    return frozenset(phrase for table in tables for phrase in table[kind][part])


def _check_paywall(document: Document, metadata: Metadata, body: Body, size: int) -> None:
    """Raise PaywallStub where an offer stands in place of the rest of a story."""
    if size >= _CUT_STUB:
        return
    limit = _CUT_STUB if _is_cut(body.text) else _STUB
    offers = sorted(set(_said("paywall").findall(_seen_text(document))))
    closed = metadata.is_free is False
    missing = _stated_words(document) > 2.5 * max(1, size / 6)
    if size < limit and ((closed and (offers or missing or size < 400)) or len(offers) >= 2):
        facts = ["it is declared as not free"] if closed else []
        facts += [f"it says {', '.join(map(repr, offers[:3]))}"] if offers else []
        raise PaywallStub(f"{'; '.join(facts)}; {size} characters of text", page_type="paywall")


def _is_cut(text: str) -> bool:
    """True for a text that ends in the middle of a sentence.

    >>> _is_cut("It rained and …"), _is_cut("It rained.")
    (True, False)
    """
    return text.rstrip().endswith(("…", "...", "[…]", "[...]"))


def _stated_words(document: Document) -> int:
    """The number of words that JSON-LD states for the story; 0 where it does not."""
    for item in document.structured:
        stated = str(item.get("wordCount", ""))
        if stated.isdecimal() and any(name.endswith("Article") for name in types_of(item)):
            return int(stated)
    return 0
