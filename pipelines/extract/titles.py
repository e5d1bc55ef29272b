"""The headline: what readers see at the top of the story, confirmed by the page's head."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.extract.document import join_url
from pipelines.extract.evidence import MAX_H1, Claim, Evidence, fold, text_of
from pipelines.extract.titleparts import cuts
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
_MARKUP = regex.compile(r"<[a-z/][^>]*>", regex.IGNORECASE)
_MAX_TITLE_CHARS = 300
_HEADLINE = 3
"""Words from which on a heading is a headline rather than a section or a name."""
_SHARED = 0.5
"""Share of a heading's words that the page's title must repeat to make it the headline."""
_MIN_TAIL = 0.4
"""Share of a title's words that its end must hold to be the headline."""
_CONFLICT = 0.34
"""Share of the shorter title's words under which two titles speak of different stories."""
_COVERED = 0.6
"""Share of the title's words that a heading covers when no better one need be sought."""


class Title(NamedTuple):
    """The headline, and what else the page calls its story."""

    claim: Claim | None
    conflicts: tuple[str, ...] = ()


def read_title(evidence: Evidence) -> Title:
    """The page's headline without the site's name; no claim where the page has no title.

    It is the heading that readers see, if the head confirms it, without its kicker; JSON-LD's
    headline where that heading is short. On pages that use their h1 for the site's name it is
    the line of the text that the title repeats, else the statement of the head on which most
    agree, else the first lower heading.
    """
    claims = [claim for claim in _stated(evidence) if words(claim.text)]
    stated = [claim for claim in claims if not evidence.is_site_name(claim.text)]
    seen = _seen(evidence, [words(claim.text) for claim in stated])
    if seen is None:
        best = _unconfirmed(stated, evidence) or next(chain(_headings(evidence), claims), None)
    else:
        best = _stated_or_seen(_without_kicker(seen, stated), stated)
    return Title(best, _conflicts(best, stated))


def _unconfirmed(stated: list[Claim], evidence: Evidence) -> Claim | None:
    """The title of a page whose head and headings say nothing in common."""
    headings = chain(_headings(evidence), _lower_heading(evidence))
    heading = next((h for h in headings if not evidence.is_site_name(h.text)), None)
    best = _most_supported(stated)
    return heading if best is None or (heading and _is_section(best, heading)) else best


def _is_section(stated: Claim, heading: Claim) -> bool:
    """True for a title element of a word or two ("Harbour Times - Local"): no headline."""
    return stated.source == "html" and len(words(stated.text)) < _HEADLINE <= len(
        words(heading.text)
    )


def _lower_heading(evidence: Evidence) -> Iterator[Claim]:
    """The heading under which a page without h1 tells its story."""
    heading = evidence.headline_element
    if heading is not None and heading.tag != "h1" and (text := text_of(heading)):
        yield Claim(text[:_MAX_TITLE_CHARS], "html")


def _stated_or_seen(seen: Claim, stated: list[Claim]) -> Claim:
    """The headline of JSON-LD, or the heading in the spelling of the head."""
    named = next((claim for claim in stated if claim.source == "jsonld"), None)
    if named and not _is_outvoted(named, seen, stated):
        return named
    return _as_stated(seen, stated)


def _conflicts(title: Claim | None, stated: list[Claim]) -> tuple[str, ...]:
    """The first statement of each source that has little in common with the title taken.

    Sites word a headline anew for search engines; only another subject is a contradiction.
    """
    found: dict[str, str] = {}
    own = Counter(words(title.text if title else ""))
    for claim in stated:
        other = Counter(words(claim.text))
        is_other = (own & other).total() < _CONFLICT * min(own.total(), other.total())
        if is_other and claim.source != "feed":  # the text of a link may be "Read more"
            found.setdefault(claim.source, f"title: {claim.source} says {claim.text}")
    return tuple(found.values())


def _as_stated(seen: Claim, stated: list[Claim]) -> Claim:
    """A heading in the spelling of the head, where both have the same words.

    The markup of a heading hides its punctuation: `<span>Weather</span><span>Rain</span>`
    is "Weather: Rain" in the meta tags.
    """
    same = (
        c for c in stated if c.source in ("jsonld", "meta") and words(c.text) == words(seen.text)
    )
    return next(same, seen)


def _is_outvoted(named: Claim, seen: Claim, stated: list[Claim]) -> bool:
    """True when JSON-LD's headline is cut short, or another than the one that readers see.

    A short heading may be a section; it counts where no more of the head repeats the other.
    """
    own, other = words(named.text), words(seen.text)
    if own == other[: len(own)]:
        return True
    is_without_kicker = len(own) > 2 and own == other[-len(own) :]
    # The headline of the microdata is the h1 itself.
    head = [claim for claim in stated if claim.source not in ("jsonld", "microdata")]
    others = [words(claim.text) for claim in head]
    is_repeated = 0 < others.count(other) >= others.count(own)
    return not is_without_kicker and (len(other) > _HEADLINE or is_repeated)


def _stated(evidence: Evidence) -> Iterator[Claim]:
    """The headline as structured data, meta tags and the title element state it."""
    for claim in evidence.json_ld_texts("headline", "name"):
        yield Claim(_without_site(_plain(claim.text), evidence), claim.source)
    for claim in evidence.meta(_META_NAMES):
        yield Claim(_without_site(_plain(claim.text), evidence), claim.source)
    yield from islice(evidence.property_claims("headline"), 2)
    if evidence.title:
        yield Claim(_without_site(evidence.title, evidence), "html")
    if evidence.page.listed_title:
        yield Claim(fold(evidence.page.listed_title), "feed")


def _plain(text: str) -> str:
    """A stated title without the markup that some pages leave in it."""
    return fold(_MARKUP.sub("", text)) if "<" in text else text


def _seen(evidence: Evidence, stated: list[list[str]]) -> Claim | None:
    """The heading that repeats most of a stated title; a line of the text where none does."""
    best = _best([claim.text for claim in _headings(evidence)], stated)
    longest = max(map(len, stated), default=0)
    if best is None or _common(words(best), stated) < _COVERED * longest:
        lines = [best] if best else []
        lines += [b.text for b in evidence.document.blocks if len(b.text) <= _MAX_TITLE_CHARS]
        best = _best([line for line in lines if _is_part_of_title(line, evidence)], stated) or best
    return Claim(best, "html") if best else None


def _best(texts: list[str], stated: list[list[str]]) -> str | None:
    """The text that has most words in common with a stated title, the first among equals."""
    fitting = [t for t in texts if _common(words(t), stated) >= max(2, _SHARED * len(words(t)))]
    return max(fitting, key=lambda text: _common(words(text), stated), default=None)


def _common(key: list[str], stated: list[list[str]]) -> int:
    """How many words a text has in common with the stated title that is nearest to it."""
    return max(((Counter(key) & Counter(other)).total() for other in stated), default=0)


def _is_part_of_title(line: str, evidence: Evidence) -> bool:
    """True for a line that the title element holds, between separators or its ends."""
    title = evidence.title
    at = title.find(line)
    if at < 0 or evidence.is_site_name(line):
        return False
    before, after = title[:at].rstrip(), title[at + len(line) :].lstrip()
    return not (before and before[-1].isalnum()) and not (after and after[0].isalnum())


def _without_kicker(seen: Claim, stated: list[Claim]) -> Claim:
    """The stated headline, where the one seen only adds words before or behind it.

    `<h1><span>Politics</span> Rain</h1>` with `og:title` and JSON-LD `Rain`.
    """
    own = words(seen.text)
    for claim, votes in _votes(stated).items():
        key = words(claim.text)
        is_within = len(key) > 2 and (own[-len(key) :] == key or own[: len(key)] == key)
        if len(key) < len(own) and is_within and votes > 1:
            return claim
    return seen


def _most_supported(stated: list[Claim]) -> Claim | None:
    votes = _votes(stated)
    return max(votes, key=lambda claim: votes[claim], default=None)


def _votes(stated: list[Claim]) -> dict[Claim, int]:
    """For the first claim of each wording, how many say the same."""
    counts = Counter(tuple(words(claim.text)) for claim in stated)
    first: dict[tuple[str, ...], Claim] = {}
    for claim in stated:
        first.setdefault(tuple(words(claim.text)), claim)
    return {claim: counts[key] for key, claim in first.items()}


def _headings(evidence: Evidence) -> Iterator[Claim]:
    for h1 in evidence.h1s[:MAX_H1]:
        text = text_of(h1)
        if text and len(text) <= _MAX_TITLE_CHARS and not evidence.beside(h1) and not _is_logo(h1):
            yield Claim(text, "html")


def _is_logo(h1: HtmlElement) -> bool:
    """True for a heading that only links to the home page."""
    links = [join_url("https://host/", a.get("href", "")) or "" for a in h1.iter("a")]
    return bool(links) and all(urlsplit(link).path in ("", "/") for link in links)


def _without_site(title: str, evidence: Evidence) -> str:
    """A title without the site's name, section or slogan behind (or before) a separator.

    A part goes when another statement of the headline stands without it, when it is the
    site's name, or when it has the letters of the domain.
    """
    if len(title) > _MAX_TITLE_CHARS:  # no headline, and each part of it costs all of it
        return title[:_MAX_TITLE_CHARS]
    found = cuts(title)
    if not found:
        return title
    heads, tails = [head for head, _ in found], [tail for _, tail in found]
    for cut in (*heads, *tails):
        # A short tail is rather the site's name, which its h1 may repeat.
        least = 2 if cut in heads else _MIN_TAIL * len(words(title))
        if len(words(cut)) >= least and words(cut) in evidence.headlines:
            return cut.strip()
    return _without_names(title, evidence)


def _without_names(title: str, evidence: Evidence) -> str:
    """The title without the site's names at its end, then at its beginning."""
    domain = site_of(evidence.page.url).split(".")[0].lower().replace("-", "")
    while found := cuts(title):
        (first, without_first), (without_last, last) = found[0], found[-1]
        if evidence.is_site_name(last) or _is_like(last, domain):
            title = without_last
        elif evidence.is_site_name(first) or _is_like(first, domain):
            title = without_first
        else:
            break
    return title.strip()


def _is_like(part: str, domain: str) -> bool:
    """True for a name that holds the letters of the domain, or the other way round."""
    letters = "".join(word for word in words(part) if word != "the")
    return len(letters) > 2 and (letters in domain or domain in letters)
