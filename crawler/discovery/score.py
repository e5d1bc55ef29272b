"""How much speaks for a link being an article, and why.

A score is a sum of named weights. They were set by hand on labelled pages of many kinds
(benchmarks/discovery.py), so that no single one decides: a date in the path alone makes an
article, a headline alone does not, a headline with a slug or a list around it does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.discovery.anchors import Anchor, Candidate
from crawler.discovery.pattern_counts import PatternCounts
from crawler.discovery.url_segment import SLUG_WORDS, headline_words
from crawler.discovery.url_shape import UrlShape, shape_of_key
from crawler.discovery.words import in_all_languages
from pipelines.urls import url_key

# A link is an article link from this score on.
ARTICLE_SCORE = 3.0

# What a region says about a short anchor and about a headline (four words and more):
# navigation and footers hold few headlines, but sidebars and "most read" boxes are full of them.
_REGION_WEIGHTS = {
    ("navigation", True): (-3.0, -2.0),
    ("navigation", False): (-2.0, -1.5),
    ("footer", True): (-3.5, -2.0),
    ("footer", False): (-2.5, -1.0),
    ("aside", True): (-0.5, -0.5),
    ("aside", False): (-0.5, -0.5),
    ("labels", True): (-2.0, -1.0),
    ("labels", False): (-2.0, -1.0),
    ("main", True): (0.5, 0.5),
    ("main", False): (0.5, 0.5),
}
_PAGE_NAMES = {kind: in_all_languages("paths", kind) for kind in ("listing", "shelf", "service")}
_STORY_NAMES = in_all_languages("paths", "story")
_SOCIAL_HOSTS = in_all_languages("social_hosts", "host")
_HEADLINE_WORDS = 4
_LIST_SIZE = 3  # links alike, from which on they are a list
_LONG_LIST_SIZE = 5  # from which on chance is no explanation
_PARENT_OF = 3  # other candidates under a path, from which on it is a section


@dataclass(slots=True)
class Judgement:
    """A candidate with the reasons gathered so far."""

    candidate: Candidate
    headline: Anchor
    shape: UrlShape
    is_offsite: bool
    words: int = 0
    """Words of the headline."""
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    is_barred: bool = False
    """True for what can be no article, whatever else speaks for it."""

    def add(self, reason: str, weight: float) -> None:
        """Count one reason."""
        self.score += weight
        self.reasons.append(_worded(reason, weight))

    def bar(self, reason: str) -> None:
        """Rule the link out."""
        self.is_barred = True
        self.reasons.append(f"{reason}, never an article")


@lru_cache(maxsize=4096)
def _worded(reason: str, weight: float) -> str:
    return f"{reason} {weight:+.1f}"


def judge(candidates: Iterable[Candidate], page_url: str, counts: PatternCounts) -> list[Judgement]:
    """A judgement for each candidate of the page at `page_url`, in page order."""
    page_key = url_key(page_url)
    page = shape_of_key(page_key)
    judgements = []
    for candidate in candidates:
        shape = shape_of_key(candidate.key)
        is_offsite = shape.domain != page.domain
        headline = candidate.headline()
        words = headline_words(headline.text)
        judgement = Judgement(candidate, headline, shape, is_offsite, words)
        _bar_the_impossible(judgement, page_key, page)
        _judge_url(judgement)
        _judge_names(judgement, page)
        _judge_headline(judgement)
        _judge_anchors(judgement)
        _judge_regions(judgement)
        judgements.append(judgement)
    _judge_parents(judgements)
    _judge_lists(judgements)
    _lean_on_group(judgements, "list", _list_of, 0.6, is_only_help=False)
    _lean_on_group(judgements, "cards", _cards_of, 0.5, is_only_help=True)
    _lean_on_group(judgements, "folder", _folder_of, 0.5, is_only_help=True)
    for judgement in judgements if counts.counts else ():
        weight = counts.weight(judgement.shape.pattern)
        if weight:
            judgement.add("what such URLs of this site led to", weight)
    return judgements


def _bar_the_impossible(judgement: Judgement, page_key: str, page: UrlShape) -> None:
    shape = judgement.shape
    if shape.is_root:
        judgement.bar("front page of a host")
    elif shape.host == page.host and _is_above(judgement.candidate.key, shape, page_key, page):
        judgement.bar("this page or one above it")
    elif shape.is_media:
        judgement.bar("media file")
    elif judgement.is_offsite and shape.domain in _SOCIAL_HOSTS:
        judgement.bar("social network or shop")


def _is_above(key: str, shape: UrlShape, page_key: str, page: UrlShape) -> bool:
    if shape.has_query:
        return key == page_key
    return f"{page.path}/".startswith(f"{shape.path}/")


def _judge_url(judgement: Judgement) -> None:
    shape = judgement.shape
    if judgement.is_offsite:
        judgement.add("another site", -3.5 if judgement.headline.has_heading else -5.5)
    subdomain = shape.host.partition(".")[0]
    if subdomain in _PAGE_NAMES["service"]:
        judgement.add(f"host names a service ({subdomain})", -3.0)
    if shape.carries_url:
        judgement.add("carries another URL", -4.0)
    if shape.ends_in_date:
        judgement.add("path ends in a date", -5.0)
    elif shape.has_date:
        judgement.add("date in path", 3.5)
    if shape.has_id:
        judgement.add("id in URL", 1.5)
    if shape.slug_words >= SLUG_WORDS:
        judgement.add(f"slug of {shape.slug_words} words", 1.0 + 0.25 * min(shape.slug_words, 6))
        if shape.has_id:
            judgement.add("slug with id", 0.5)
    elif not shape.has_id and not shape.has_query:
        judgement.add("short path", -1.5 if len(shape.names) == 1 else -0.5)
    if not _STORY_NAMES.isdisjoint(shape.names if shape.has_query else shape.names[:-1]):
        judgement.add("path names a story", 1.0)


def _judge_names(judgement: Judgement, page: UrlShape) -> None:
    """Weigh what the path names.

    A section named "about" or "events" may be the very one that is read: the names that a link
    has in common with its page tell nothing of the link, but for those of lists, whose links
    lead to more lists.
    """
    shape = judgement.shape
    looks_like_story = shape.slug_words >= SLUG_WORDS or shape.has_id or shape.has_date
    for kind, words in _PAGE_NAMES.items():
        if words.isdisjoint(shape.names) or (kind == "shelf" and looks_like_story):
            continue
        own = shape.names if kind == "listing" else shape.names_beyond(page)
        if name := next((name for name in own if name in words), None):
            judgement.add(f"path names a {kind} page ({name})", -2.0 if shape.has_date else -4.0)


def _judge_headline(judgement: Judgement) -> None:
    headline, shape, words = judgement.headline, judgement.shape, judgement.words
    if headline.has_heading:
        judgement.add("heading", 2.0)
    if words >= _HEADLINE_WORDS:
        judgement.add(f"headline of {words} words", 1.0 + 0.15 * min(words, 8))
    elif not headline.text:
        judgement.add("no text", -1.0)
    elif words <= 2:
        judgement.add("one or two words", -1.5)
    if min(shape.slug_words, words) >= SLUG_WORDS and _repeats(shape.slug, headline.text):
        judgement.add("slug repeats the anchor", 0.5)
    if headline.is_in_sentence:
        judgement.add("in running text", -2.0)
    if headline.place.is_in_card:
        judgement.add("in an article card", 0.5)


def _judge_anchors(judgement: Judgement) -> None:
    anchors, headline, words = judgement.candidate.anchors, judgement.headline, judgement.words
    if words >= SLUG_WORDS and any(anchor.has_image for anchor in anchors):
        judgement.add("image", 0.5)
    if any(anchor.place.is_in_pager for anchor in anchors):
        judgement.add("in pagination", -4.0 if words < _HEADLINE_WORDS else -1.0)
    if not headline.has_heading and _is_repeated(anchors, headline.text):
        judgement.add("same words again and again", -3.0)
    rels = [anchor.rel for anchor in anchors if anchor.rel]
    for rel in ("tag", "author", "sponsored"):
        if rels and any(rel in names for names in rels):
            judgement.add(f"rel={rel}", -4.0)


def _is_repeated(anchors: list[Anchor], text: str) -> bool:
    """True where one text leads there from many places, as names of authors and sections do."""
    return len(anchors) >= _LIST_SIZE and sum(x.text == text for x in anchors) >= _LIST_SIZE


def _repeats(slug: str, text: str) -> bool:
    """True where the first two words of the anchor are those of the slug.

    >>> _repeats("flood-hits-town-1234", "Flood hits town"), _repeats("a-b", "Something else")
    (True, False)
    """
    return slug.replace("_", "-").startswith("-".join(text.lower().split(None, 2)[:2]))


def _judge_regions(judgement: Judgement) -> None:
    """Weigh the best region in which the link stands, and a short link in the navigation."""
    is_headline = judgement.words >= _HEADLINE_WORDS
    weights: dict[str, float] = {}
    for anchor in judgement.candidate.anchors:
        place = anchor.place
        pair = _REGION_WEIGHTS.get((place.region, place.is_declared), (0.0, 0.0))
        weights[place.region] = pair[is_headline]
    region = max(weights, key=weights.__getitem__)
    if weights[region]:
        judgement.add(f"in {region}", weights[region])
    if region != "navigation" and "navigation" in weights and not is_headline:
        judgement.add("also in navigation", -2.0)


def _judge_parents(judgements: list[Judgement]) -> None:
    """A path under which several other links lie is a section."""
    below = {_address(judgement): 0 for judgement in judgements}
    for judgement in judgements:
        parent = _address(judgement).rpartition("/")[0]
        while parent:
            if parent in below:
                below[parent] += 1
            parent = parent.rpartition("/")[0]
    for judgement in judgements:
        count = below[_address(judgement)]
        if count >= _PARENT_OF and not judgement.shape.has_query:
            judgement.add(f"{count} links below it", -5.0)


def _address(judgement: Judgement) -> str:
    return judgement.shape.host + judgement.shape.path


def _judge_lists(judgements: list[Judgement]) -> None:
    """Several headlines of one pattern in one place are a list of stories, however called."""
    for members in _groups(judgements, _list_of):
        words = sum(member.words for member in members) / len(members)
        if len(members) >= _LONG_LIST_SIZE and words >= _HEADLINE_WORDS:
            for member in members:
                member.add(f"{len(members)} headlines in a list", 1.0)


def _groups(
    judgements: list[Judgement], group_of: Callable[[Judgement], tuple[object, ...]]
) -> Iterable[list[Judgement]]:
    groups: dict[tuple[object, ...], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[group_of(judgement)].append(judgement)
    return groups.values()


def _list_of(judgement: Judgement) -> tuple[object, ...]:
    return judgement.shape.pattern, judgement.headline.place.path


def _cards_of(judgement: Judgement) -> tuple[object, ...]:
    headline = judgement.headline
    return headline.place.path if headline.has_heading else (judgement.candidate.key,)


def _folder_of(judgement: Judgement) -> tuple[object, ...]:
    path, mark, _ = judgement.shape.pattern.partition("?")
    return (path,) if mark else (path.rpartition("/")[0],)


def _lean_on_group(
    judgements: list[Judgement],
    name: str,
    group_of: Callable[[Judgement], tuple[object, ...]],
    share: float,
    *,
    is_only_help: bool,
) -> None:
    """Move each score part of the way to the mean of its group: links alike share their fate.

    A group so wide that it may hold other things as well is only let to help.
    """
    for members in _groups(judgements, group_of):
        if len(members) < _LIST_SIZE:
            continue
        mean = sum(member.score for member in members) / len(members)
        for member in members:
            shift = round((mean - member.score) * share, 1)
            if shift > 0 or (shift and not is_only_help):
                member.add(f"{name} of {len(members)} alike", shift)
