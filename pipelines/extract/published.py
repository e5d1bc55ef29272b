"""When a story was published and last changed: every statement of the page, weighed."""

import copy
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import cast

import regex
from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.dates import EARLIEST, Moment, is_plausible, parse_moment
from pipelines.extract.dayorder import readings, settle
from pipelines.extract.evidence import Claim, Evidence, text_of, texts_in
from pipelines.extract.layout import class_words, element_words
from pipelines.extract.seen_dates import (
    TAGS_WITH_OWN_DATES,
    dateline_dates,
    seen_changes,
    seen_publications,
    stands_in_sentence,
    time_tags,
)
from pipelines.extract.zones import zone_of
from pipelines.urls import site_of

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article:published_date",
    "article:post_date",
    "article.published",
    "article:create_at",
    "weibo:article:create_at",
    "og:published_time",
    "published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.available",
    "dc.date.published",
    "rnews:datepublished",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "mediator_published_time",
    "firstpublished",
    "published-date",
    "publishedtime",
    "publish_time",
    "pubtime",
    "pub_date",
    "displaydate",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "prism.publicationdate",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "date",
    "release_date",
    "created",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
)
_SERVER_METAS = ("lastmod", "last-modified", "revised")
"""Often the time at which the page was made, not changed."""
_MAX_SECONDS = 1e15
"""Above all times since 1970 that pages state, in seconds or in milliseconds."""
_URL_DAY = regex.compile(
    r"/(?P<y>(?:19|20)\d\d)[/\-_.]?(?P<m>\d\d)[/\-_.]?(?P<d>\d\d)(?=[/\-_.]|$)"
)
_URL_DAY_FIRST = regex.compile(
    r"[/~](?P<d>1[3-9]|2\d|3[01])-(?P<m>\d\d)-(?P<y>(?:19|20)\d\d)(?=[/\-_.]|$)"
)
"""`/29-10-2021`, where it can be read in one way only."""
_ZONES_WITH_OWN_DATES = frozenset(("caption", "comments", "related"))
_SCRIPT_DATE = regex.compile(
    r"[\"'](?:date_?published|publish(?:ed)?_?(?:at|date|on|time)|publication_?date|first_?published"
    r"|pub_?date)\\?[\"']\s*:\s*\\?[\"'](\d{4}-\d\d-\d\d[^\"'\\]{0,25})",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment and where the page states it."""

    moment: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    published: Dated | None
    modified: Dated | None
    conflicts: tuple[str, ...] = ()
    """What else the page says of its publication, on other days than the one taken."""


def read_dates(evidence: Evidence, language: str | None) -> Dates:
    """When the page says that its story was published and modified; None rather than a guess."""
    stated = _dated(_stated(evidence), evidence, language)
    published = _weigh(stated)
    if published is None:
        groups = seen_publications(evidence, language)
        seen = (_weigh(_dated(group, evidence, language)) for group in groups)
        published = next(filter(None, seen), None)
    elif published.moment.precision == "day":
        tags = _dated(time_tags(evidence, language), evidence, language)
        published = _weigh([*stated, *tags])
    elif _conflicts(published, stated):  # what readers see at the top decides
        above = chain.from_iterable(islice(seen_publications(evidence, language), 2))
        published = _weigh([*stated, *_dated(above, evidence, language)])
    if published is None:
        published = _weigh(_dated(_script_dates(evidence), evidence, language))
    if published is None:
        published = _weigh(_dated(dateline_dates(evidence, language), evidence, language))
    changes = (_modified_claims(evidence), seen_changes(evidence))
    modified = next(chain.from_iterable(_dated(c, evidence, language) for c in changes), None)
    published = published or _search(evidence, language, modified)
    if modified is None:
        served = _dated(evidence.meta(_SERVER_METAS), evidence, language)
        modified = next(iter(served), None)
    doubts: tuple[str, ...] = ()
    if published:
        others = [*stated, *([modified] if modified else [])]
        published, doubts = _settled(published, others, evidence, language)
    if modified and published and modified.moment.at < published.moment.at:
        modified = None
    return Dates(published, modified, (*doubts, *_conflicts(published, stated)))


def _conflicts(published: Dated | None, stated: list[Dated]) -> tuple[str, ...]:
    """The first date of each source that is of another day than the one taken."""
    found: dict[str, str] = {}
    for other in stated:
        if published and not _same_day(published.moment, other.moment):
            found.setdefault(other.source, f"published_at: {other.source} says {other.moment.raw}")
    return tuple(found.values())


def _dated(claims: Iterable[Claim], evidence: Evidence, language: str | None) -> list[Dated]:
    """The claims that can be read and are plausible, in their order."""
    country = _country(evidence)
    found = []
    for claim in claims:
        moment = parse_moment(claim.text, language, country)
        if moment and not is_plausible(moment, evidence.page.fetched_at):
            moment = next(iter(readings(claim.text, language, country)[1:]), None)
        if moment and is_plausible(moment, evidence.page.fetched_at):
            found.append(Dated(moment, claim.source))
    return found


def _settled(
    published: Dated, others: list[Dated], evidence: Evidence, language: str | None
) -> tuple[Dated, tuple[str, ...]]:
    """The date in the order that the page writes, and the doubt where it does not tell."""
    fetched_at = evidence.page.fetched_at
    options = readings(published.moment.raw, language, _country(evidence))
    if not options or not all(is_plausible(moment, fetched_at) for moment in options):
        return published, ()
    witnesses = (other.moment for other in others if "/" not in other.moment.raw)
    settled = settle(options, evidence.document, (moment.wall.date() for moment in witnesses))
    if settled:
        return Dated(settled, published.source), ()
    doubt = f"published_at: {published.source} may mean {options[1].wall.date()}"
    return published, (doubt,)


def _country(evidence: Evidence) -> str | None:
    """The site's country from its top-level domain, else from `og:locale`."""
    suffix = site_of(evidence.page.url).rsplit(".", 1)[-1].upper()
    if len(suffix) == 2 and suffix.isalpha() and suffix not in ("TV", "ME", "IO", "CO", "AI", "EU"):
        return "GB" if suffix == "UK" else suffix
    locale = next(evidence.meta(("og:locale",)), Claim("", "")).text.replace("-", "_")
    return locale.partition("_")[2][:2].upper() or None


def _stated(evidence: Evidence) -> Iterator[Claim]:
    yield from _json_ld_dates(evidence, "datePublished", "dateCreated", "uploadDate")
    yield from evidence.meta(_PUBLISHED_METAS)
    for name in ("datepublished", "datecreated"):
        yield from _property_claims(evidence, name)
    for item in evidence.page_objects:
        if isinstance(date := item.get("datePublished"), str):
            yield Claim(date, "jsonld")
    yield from _witness(evidence)
    for pattern in (_URL_DAY, _URL_DAY_FIRST):
        if match := pattern.search(evidence.page.url):
            yield Claim(f"{match['y']}-{match['m']}-{match['d']}", "url")


def _json_ld_dates(evidence: Evidence, *keys: str) -> Iterator[Claim]:
    """Dates of JSON-LD: texts, or seconds since 1970."""
    for value in evidence.json_ld(*keys):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and not abs(value) < _MAX_SECONDS:  # JSON may hold `NaN` and `1e999` too
            continue
        for text in [str(int(value))] if is_number else texts_in(value):
            yield Claim(text, "jsonld")


def _modified_claims(evidence: Evidence) -> Iterator[Claim]:
    yield from _json_ld_dates(evidence, "dateModified")
    yield from evidence.meta(_MODIFIED_METAS)
    yield from _property_claims(evidence, "datemodified")
    for item in evidence.page_objects:
        if isinstance(date := item.get("dateModified"), str):
            yield Claim(date, "jsonld")


def _property_claims(evidence: Evidence, name: str) -> Iterator[Claim]:
    """`<time itemprop="datePublished" datetime="…">`"""
    for element in evidence.properties.get(name, ()):
        for text in (element.get("content"), element.get("datetime"), text_of(element)):
            if text:
                yield Claim(text, "microdata")


def _witness(evidence: Evidence) -> Iterator[Claim]:
    """The date that the feed or the news sitemap gave for this page."""
    if evidence.page.listed_at:
        via = evidence.page.discovered_via
        source = "news_sitemap" if via in ("news_sitemap", "sitemap") else "feed"
        yield Claim(evidence.page.listed_at.isoformat(), source)


def _script_dates(evidence: Evidence) -> Iterator[Claim]:
    """The one day of publication that the page's scripts know: the data of its own program.

    ```html
    <script id="__NEXT_DATA__" type="application/json">{"publishedAt": "2026-05-01T08:30:00Z"}
    ```
    """
    scripts = (s.text or "" for s in evidence.tree.iter("script") if not _is_read(s, evidence))
    found = dict.fromkeys(date for text in scripts for date in _SCRIPT_DATE.findall(text))
    if len({date[:10] for date in found}) == 1:
        yield from (Claim(date, "script") for date in found)


def _is_read(script: HtmlElement, evidence: Evidence) -> bool:
    """True for JSON-LD, of which the objects are known: what is not the story's is another's."""
    is_json_ld = "ld+json" in (script.get("type") or "").lower()
    return is_json_ld and bool(evidence.document.structured)


def _search(evidence: Evidence, language: str | None, modified: Dated | None) -> Dated | None:
    """The date that htmldate finds in a copy of the page; it costs as much as all else.

    Neither the day of the fetch, which many pages show at their top, nor that of a change.
    """
    fetched_at = evidence.page.fetched_at
    with warnings.catch_warnings(), suppress(ValueError, OverflowError):
        warnings.simplefilter("ignore")  # of dateutil, about zone names in the page's text
        day = find_date(
            _own_part(evidence, language),
            extensive_search=False,
            original_date=True,
            url=evidence.page.url,
            min_date=EARLIEST,
            max_date=fetched_at,
        )
        found = next(iter(_dated([Claim(day or "", "htmldate")], evidence, language)), None)
        refused = {fetched_at.date(), modified.moment.wall.date() if modified else None}
        return found if found and found.moment.wall.date() not in refused else None
    return None


def _own_part(evidence: Evidence, language: str | None) -> HtmlElement:
    """A copy of the page without what has dates of its own: comments, other stories, captions.

    What holds the headline stays, whatever it is called.
    """
    tree, headline = copy.deepcopy(evidence.tree), evidence.headline_element
    frame = frozenset(() if headline is None else headline.iterancestors())
    pairs = zip(evidence.tree.iter(etree.Element), tree.iter(etree.Element), strict=True)
    for copied in [
        cast(HtmlElement, copied)
        for own, copied in pairs
        if own not in frame and _has_own_dates(cast(HtmlElement, own), evidence, language)
    ]:
        copied.drop_tree()
    return tree


def _has_own_dates(element: HtmlElement, evidence: Evidence, language: str | None) -> bool:
    """True for what speaks of other days than that of the story."""
    if element.tag == "script":
        return _is_read(element, evidence)
    if element.tag == "time":
        return stands_in_sentence(element, language)
    if element.tag in ("html", "body", "article", "main"):
        return False
    if element.tag in TAGS_WITH_OWN_DATES:
        return True
    if zone_of(element) not in _ZONES_WITH_OWN_DATES:
        return False
    # A line named "teaser-meta" or "comments-date" may be that of the story: its container tells.
    return element_words(element).isdisjoint(("meta", *class_words("date")))


def _weigh(claims: list[Dated]) -> Dated | None:
    """The claim with the most support, made as precise as another of the same day allows.

    A source supports a claim when it states the same day; among equals the first wins. Time
    tags count last: a page has many, of other stories too.
    """
    if not claims:
        return None
    trusted = [claim for claim in claims if claim.source != "time_tag"] or claims[:1]
    best = max(trusted, key=lambda claim: (_support(claim, claims), _same_clocks(claim, claims)))
    return _sharpen(best, claims)


def _support(claim: Dated, claims: list[Dated]) -> int:
    return len({other.source for other in claims if _same_day(claim.moment, other.moment)})


def _same_clocks(claim: Dated, claims: list[Dated]) -> int:
    """How many sources write the very same day: of two zones, the one in which the page speaks."""
    day = claim.moment.wall.date()
    return len({other.source for other in claims if other.moment.wall.date() == day})


def _same_day(one: Moment, other: Moment) -> bool:
    """True where two statements may mean one day: a day without zone is that of any place.

    Clocks run from 14 hours before to 12 hours behind UTC.
    """
    if one.wall.date() == other.wall.date():
        return True
    if (one.precision == "day") == (other.precision == "day"):
        return one.precision != "day" and abs(one.at - other.at) < timedelta(hours=14)
    day, moment = (one, other) if one.precision == "day" else (other, one)
    return timedelta(hours=-14) <= moment.at - day.at < timedelta(hours=24 + 12)


def _sharpen(best: Dated, claims: list[Dated]) -> Dated:
    """`best`, or the first claim that gives the same day with a time and a zone."""
    if best.moment.precision != "day":
        return best
    same = (c for c in claims if c.moment.precision != "day" and _agrees(best.moment, c.moment))
    return next(same, best)


def _agrees(vague: Moment, sharp: Moment) -> bool:
    """True when `sharp` may be `vague` with its zone: the same clock, or only the same day."""
    if vague.wall.time() == datetime.min.time():
        return vague.wall.date() == sharp.wall.date()
    shift = abs(sharp.at.replace(tzinfo=None) - vague.wall)
    return shift <= timedelta(hours=14) and shift.seconds % 900 < 60
