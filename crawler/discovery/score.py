"""How much speaks for a link being an article, and why."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.discovery.anchors import Anchor, Candidate
from crawler.discovery.lessons import UrlLessons, url_pattern
from crawler.discovery.url_shape import UrlShape, shape_of
from pipelines.urls import is_same_site

# A link is an article link from this score on.
ARTICLE_SCORE = 3.0

_DENSE_SCRIPT = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_REGION_WEIGHTS = {"navigation": -3.0, "footer": -4.0, "aside": -0.5, "labels": -2.0, "main": 0.5}


@dataclass(slots=True)
class Judgement:
    """A candidate with the reasons gathered so far."""

    candidate: Candidate
    is_offsite: bool
    shape: UrlShape
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    is_barred: bool = False
    """True for what can be no article, whatever else speaks for it."""

    def add(self, reason: str, weight: float) -> None:
        """Count one reason."""
        self.score += weight
        self.reasons.append(f"{reason} {weight:+.1f}")

    def bar(self, reason: str) -> None:
        """Rule the link out."""
        self.is_barred = True
        self.reasons.append(f"{reason}: never an article")


def judge(candidates: Iterable[Candidate], page_url: str, page_key: str, lessons: UrlLessons) -> list[Judgement]:
    """A judgement for each candidate of the page, in page order."""
    judgements = [_judge_alone(candidate, page_url, page_key) for candidate in candidates]
    _judge_groups(judgements)
    for judgement in judgements:
        weight = lessons.weight(judgement.candidate.url)
        if weight:
            judgement.add("what this site taught", weight)
    return judgements


def _judge_alone(candidate: Candidate, page_url: str, page_key: str) -> Judgement:
    shape = shape_of(candidate.key)
    judgement = Judgement(candidate, not is_same_site(candidate.url, page_url), shape)
    if candidate.key == page_key:
        judgement.bar("this page itself")
    elif shape.is_root:
        judgement.bar("front page of a host")
    elif shape.is_media:
        judgement.bar("media file")
    _judge_url(judgement)
    _judge_anchors(judgement)
    return judgement


def _judge_url(judgement: Judgement) -> None:
    shape = judgement.shape
    if judgement.is_offsite:
        judgement.add("another site", -3.0)
    if shape.ends_in_date:
        judgement.add("path ends in a date", -5.0)
    elif shape.has_date:
        judgement.add("date in path", 3.0)
    if shape.slug_words >= 3:
        judgement.add(f"slug of {shape.slug_words} words", 1.0 + min(shape.slug_words, 6) * 0.25)
    elif shape.depth == 1 and not shape.has_id:
        judgement.add("short path", -1.5)
    if shape.has_id:
        judgement.add("id in URL", 1.5)
    if shape.listing_word:
        judgement.add(f"path names a listing ({shape.listing_word})", -4.0)
    if shape.service_word:
        judgement.add(f"path names a service page ({shape.service_word})", -4.0)


def _judge_anchors(judgement: Judgement) -> None:
    anchors = judgement.candidate.anchors
    best = judgement.candidate.best
    words = headline_words(best.text)
    if best.has_heading:
        judgement.add("heading", 2.0)
    if words >= 4:
        judgement.add(f"headline of {words} words", 1.0 + min(words, 8) * 0.15)
    elif words <= 2:
        judgement.add("one or two words", -1.5)
    if any(anchor.has_image for anchor in anchors) and words >= 3:
        judgement.add("image", 0.5)
    region, weight = _best_region(anchors)
    if weight:
        judgement.add(f"in {region}", weight)
    if best.place.is_in_article:
        judgement.add("in an article card", 0.5)
    if any(anchor.place.is_in_pager for anchor in anchors):
        judgement.add("in pagination", -4.0)


def _best_region(anchors: list[Anchor]) -> tuple[str, float]:
    regions = [anchor.place.region for anchor in anchors]
    region = max(regions, key=lambda region: _REGION_WEIGHTS.get(region, 0.0))
    return region, _REGION_WEIGHTS.get(region, 0.0)


def headline_words(text: str) -> int:
    """The words of an anchor; two characters make a word in scripts without spaces.

    >>> headline_words("Flood hits old town"), headline_words("洪水袭击港口城市")
    (4, 4)
    """
    dense = len(_DENSE_SCRIPT.findall(text))
    return dense // 2 if dense else sum(1 for word in text.split() if any(map(str.isalpha, word)))


def _judge_groups(judgements: list[Judgement]) -> None:
    """Let links of one kind speak for one another: one pattern in one place, one folder."""
    _lean_on_group(judgements, _list_of, "list", 0.5)
    _lean_on_group(judgements, _folder_of, "folder", 0.4)


def _list_of(judgement: Judgement) -> tuple[object, ...]:
    key = judgement.candidate.key
    return url_pattern(key), judgement.candidate.anchors[0].place.path


def _folder_of(judgement: Judgement) -> tuple[object, ...]:
    return (url_pattern(judgement.candidate.key).rpartition("/")[0],)


def _lean_on_group(
    judgements: list[Judgement],
    group_of: Callable[[Judgement], tuple[object, ...]],
    name: str,
    share: float,
) -> None:
    """Move each score part of the way to the mean of its group, where there are three and more."""
    groups: dict[tuple[object, ...], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[group_of(judgement)].append(judgement)
    for members in groups.values():
        if len(members) < 3:
            continue
        mean = sum(member.score for member in members) / len(members)
        for member in members:
            shift = round((mean - member.score) * share, 1)
            if abs(shift) >= 0.1:
                member.add(f"{name} of {len(members)} alike", shift)
