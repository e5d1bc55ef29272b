"""The headline: the text on which the page's title, its h1 and its meta tags agree."""

from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.extract.evidence import Claim, Evidence, text_of
from pipelines.text import words
from pipelines.urls import site_of

_META_NAMES = (
    "og:title",
    "twitter:title",
    "sailthru.title",
    "parsely-title",
    "citation_title",
    "dcterms.title",
    "dc.title",
    "headline",
    "title",
    "twitter:text:title",
)
_SEPARATOR = regex.compile(r"\s+[|\-–—·•»«:/>~]+\s+|\s*[|»«]\s*|\s+::\s+|(?<=\S)\s*[_｜—]\s*")
_MAX_H1 = 8
"""First-level headings looked at; pages with more of them use them for something else."""


def read_title(evidence: Evidence) -> Claim | None:
    """The page's headline without the site's name.

    Each candidate is supported by those that say the same, or the same and the site's name;
    the h1 counts before structured data, because it is what readers see.
    """
    candidates = list(_candidates(evidence))
    if not candidates:
        return None
    keys = [words(claim.text) for claim in candidates]
    site_keys = evidence.site_names
    usable = [c for c, k in zip(candidates, keys, strict=True) if k and k not in site_keys]
    if not usable:
        return candidates[0] if candidates[0].source != "html" else None
    return max(usable, key=lambda claim: _support(claim, candidates))


def _support(claim: Claim, candidates: list[Claim]) -> float:
    """How many candidates say the same words; a longer one that only adds counts half."""
    own = words(claim.text)
    support = 0.0
    for other in candidates:
        key = words(other.text)
        if key == own:
            support += 1
        elif key[: len(own)] == own or key[-len(own) :] == own:
            support += 0.5
    return support


def _candidates(evidence: Evidence) -> Iterator[Claim]:
    """Candidates in the order of trust among equals; titles also without their tails."""
    yield from _headings(evidence)
    yield from evidence.json_ld_texts("headline", "name")
    for claim in evidence.meta(_META_NAMES):
        yield Claim(_without_site(claim.text, evidence), claim.source)
    for element in evidence.properties.get("headline", ())[:2]:
        yield Claim(element.get("content") or text_of(element), "microdata")
    for title in list(evidence.tree.iter("title"))[:1]:
        yield Claim(_without_site(text_of(cast(HtmlElement, title)), evidence), "html")


def _headings(evidence: Evidence) -> Iterator[Claim]:
    headings = [cast(HtmlElement, h1) for h1 in evidence.tree.iter("h1")][:_MAX_H1]
    for h1 in headings:
        text = text_of(h1)
        if text and not evidence.beside(h1) and not _is_logo(h1):
            yield Claim(text, "html")


def _is_logo(h1: HtmlElement) -> bool:
    """True for a heading that only links to the home page."""
    links = [urlsplit(a.get("href", "")).path for a in h1.iter("a")]
    return bool(links) and all(path in ("", "/") for path in links)


def _without_site(title: str, evidence: Evidence) -> str:
    """A title without the site's name, section or slogan behind (or before) a separator.

    A part goes when another statement of the headline stands without it, when it is the
    site's name, or when it has the letters of the domain.
    """
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title
    stated = evidence.headlines
    for cut in [title[: p.start()] for p in parts] + [title[p.end() :] for p in reversed(parts)]:
        if len(words(cut)) > 1 and words(cut) in stated:
            return cut.strip()
    return _without_known_names(title, evidence)


def _without_known_names(title: str, evidence: Evidence) -> str:
    names = evidence.site_names
    domain = site_of(evidence.page.url).split(".")[0].lower()
    while parts := list(_SEPARATOR.finditer(title)):
        first, last = title[: parts[0].start()], title[parts[-1].end() :]
        if _is_site_name(last, names, domain):
            title = title[: parts[-1].start()]
        elif _is_site_name(first, names, domain):
            title = title[parts[0].end() :]
        else:
            break
    return title.strip()


def _is_site_name(part: str, names: list[list[str]], domain: str) -> bool:
    key = words(part)
    letters = "".join(word for word in key if word != "the")
    return key in names or (
        len(letters) > 2 and (letters in domain or domain.replace("-", "") in letters)
    )
