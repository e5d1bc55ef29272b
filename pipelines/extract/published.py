"""When a story was published and last changed: every statement of the page, weighed."""

import copy
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import cast

import regex
from htmldate import find_date
from lxml.html import HtmlElement

from pipelines.extract.dates import EARLIEST, Moment, is_plausible, parse_moment, without_dates
from pipelines.extract.evidence import Claim, Evidence, text_of
from pipelines.extract.layout import class_words
from pipelines.urls import site_of

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
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
    "lastmod",
    "last-modified",
    "revised",
)
_URL_DAY = regex.compile(
    r"/(?P<y>(?:19|20)\d\d)[/\-_.]?(?P<m>\d\d)[/\-_.]?(?P<d>\d\d)(?=[/\-_.]|$)"
)
_MAX_BESIDE_DATE = 60
"""Characters beside the date in a line that gives the date of the story: a byline, a place."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment and where the page states it."""

    moment: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    published: Dated | None
    modified: Dated | None


def read_dates(evidence: Evidence, language: str | None) -> Dates:
    """When the page says that its story was published and modified; None rather than a guess."""
    published = _weigh(_dated(_stated(evidence), evidence, language))
    if published is None or published.moment.precision == "day":
        published = _weigh(
            _dated(chain(_stated(evidence), _time_tags(evidence)), evidence, language)
        )
    if published is None:
        published = _weigh(_dated(_lines(evidence, language), evidence, language))
    published = published or _search(evidence, language)
    modified = next(iter(_dated(_modified_claims(evidence), evidence, language)), None)
    if modified and published and modified.moment.at < published.moment.at:
        modified = None
    return Dates(published, modified)


def _dated(claims: Iterable[Claim], evidence: Evidence, language: str | None) -> list[Dated]:
    """The claims that can be read and are plausible, in their order."""
    country = _country(evidence)
    found = []
    for claim in claims:
        moment = parse_moment(claim.text, language, country)
        if moment and is_plausible(moment, evidence.page.fetched_at):
            found.append(Dated(moment, claim.source))
    return found


def _country(evidence: Evidence) -> str | None:
    """The site's country from its top-level domain, else from `og:locale`."""
    suffix = site_of(evidence.page.url).rsplit(".", 1)[-1].upper()
    if len(suffix) == 2 and suffix.isalpha() and suffix not in ("TV", "ME", "IO", "CO", "AI", "EU"):
        return "GB" if suffix == "UK" else suffix
    locale = next(evidence.meta(("og:locale",)), Claim("", "")).text.replace("-", "_")
    return locale.partition("_")[2][:2].upper() or None


def _stated(evidence: Evidence) -> Iterator[Claim]:
    yield from evidence.json_ld_texts("datePublished", "dateCreated", "uploadDate")
    yield from evidence.meta(_PUBLISHED_METAS)
    for name in ("datepublished", "datecreated"):
        yield from _property_claims(evidence, name)
    for item in evidence.page_objects:
        if isinstance(date := item.get("datePublished"), str):
            yield Claim(date, "jsonld")
    yield from _witness(evidence)
    if match := _URL_DAY.search(evidence.page.url):
        yield Claim(f"{match['y']}-{match['m']}-{match['d']}", "url")


def _modified_claims(evidence: Evidence) -> Iterator[Claim]:
    yield from evidence.json_ld_texts("dateModified")
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


def _time_tags(evidence: Evidence) -> Iterator[Claim]:
    """Time elements of the story, then elements whose names speak of a date."""
    times = [cast(HtmlElement, e) for e in evidence.tree.iter("time", "abbr")]
    for element in times[:10]:
        if not evidence.beside(element):
            for text in (element.get("datetime"), text_of(element), element.get("title")):
                if text:
                    yield Claim(text, "time_tag")
    for mark in evidence.marks:
        if (
            mark.words & class_words("date")
            and not mark.words & class_words("updated")
            and not evidence.beside(mark.element)
        ):
            text = text_of(mark.element)
            if 6 <= len(text) <= 120:
                yield Claim(text, "time_tag")


def _lines(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Lines near the headline that hold a date and little else."""
    for block in evidence.around_headline:
        rest = without_dates(block.text, language)
        if rest != block.text and len(rest) <= _MAX_BESIDE_DATE:
            yield Claim(block.text, "time_tag")


def _witness(evidence: Evidence) -> Iterator[Claim]:
    """The date that the feed or the news sitemap gave for this page."""
    if evidence.page.listed_at:
        via = evidence.page.discovered_via
        source = "news_sitemap" if via in ("news_sitemap", "sitemap") else "feed"
        yield Claim(evidence.page.listed_at.isoformat(), source)


def _search(evidence: Evidence, language: str | None) -> Dated | None:
    """The date that htmldate finds in a copy of the page; it costs as much as all else."""
    with warnings.catch_warnings(), suppress(ValueError, OverflowError):
        warnings.simplefilter("ignore")  # of dateutil, about zone names in the page's text
        day = find_date(
            copy.deepcopy(evidence.tree),
            extensive_search=False,
            original_date=True,
            url=evidence.page.url,
            min_date=EARLIEST,
            max_date=evidence.page.fetched_at,
        )
        return next(iter(_dated([Claim(day or "", "htmldate")], evidence, language)), None)
    return None


def _weigh(claims: list[Dated]) -> Dated | None:
    """The claim with the most support, made as precise as another of the same day allows.

    A source supports a claim when it states the same day; among equals the first wins. Time
    tags count last: a page has many, of other stories too.
    """
    if not claims:
        return None
    trusted = [claim for claim in claims if claim.source != "time_tag"] or claims[:1]
    best = max(trusted, key=lambda claim: _support(claim, claims))
    return _sharpen(best, claims)


def _support(claim: Dated, claims: list[Dated]) -> int:
    return len({other.source for other in claims if _same_day(claim.moment, other.moment)})


def _same_day(one: Moment, other: Moment) -> bool:
    return one.wall.date() == other.wall.date() or abs(one.at - other.at) < timedelta(hours=14)


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
