"""The judgement of two texts by their fingerprints: a copy, a relative, or neither.

Shingles alone cannot tell an edited copy from another story of the same template (weather,
results, market reports): both share most of them. The facts can. Who edits a copy leaves
most numbers and names as they are; who fills a template changes little else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

from pipelines.dedup.fingerprint import Sample, Sketch, unpack
from pipelines.items import Fingerprint

DROP_SIMILARITY = 0.45
"""Estimated Jaccard similarity of word 3-grams; a tenth of the words changed leaves 0.57."""
CLUSTER_SIMILARITY = 0.45
"""Estimated containment: the share of the shorter text that is in the longer one."""
_LEAST_LENGTH_RATIO = 0.75
"""A copy has the length of its original; a half of it is a shortened version."""
_LEAST_FACTS = 3
"""Numbers or names in the text that has fewer of them: below that they prove nothing."""
_FACTS_OF_A_COPY = 0.5
"""The share of them that a copy keeps (benchmarks/near_duplicates.py)."""
_FACTS_PER_CONTAINMENT = 0.5
"""A text of which a share c is in another has about c of its facts there, or more."""
_SIMILARITY_WITHOUT_FACTS = 0.7
"""Where no fact speaks for a copy, the words must."""


@dataclass(frozen=True, slots=True)
class Match:
    """What two texts have in common."""

    similarity: float
    """Estimated Jaccard similarity of their shingles, 0 to 1."""
    containment: float
    """Estimated share of the shorter text that is in the longer one, 0 to 1."""
    is_copy: bool
    """The same text, or nearly: store it once."""
    is_related: bool
    """A copy, or a shortened, extended or mixed version: keep both, in one cluster."""


_STRANGERS = Match(0.0, 0.0, is_copy=False, is_related=False)


def compare(
    new: Fingerprint,
    old: Fingerprint,
    *,
    drop_similarity: float = DROP_SIMILARITY,
    cluster_similarity: float = CLUSTER_SIMILARITY,
) -> Match:
    """What the two texts have in common; a threshold of 0 switches its judgement off.

    Fingerprints of different algorithms, or of texts without words, have nothing in common.
    Raises ValueError where a signature is damaged.

    >>> from pipelines.dedup.fingerprint import fingerprint
    >>> text = fingerprint("The mayor of Oslo opened a bridge.")
    >>> compare(text, text)
    Match(similarity=1.0, containment=1.0, is_copy=True, is_related=True)
    """
    if new.algorithm != old.algorithm or not (new.signature and old.signature):
        return _STRANGERS
    a, b = unpack(new.signature), unpack(old.signature)
    similarity = _agreement(a.whole, b.whole)
    containment = max(
        _containment(similarity, a.shingles, b.shingles),
        _containment(_agreement(a.opening, b.opening), a.opening_shingles, b.opening_shingles),
    )
    is_copy = 0 < drop_similarity <= similarity and _is_edited_copy(a, b, similarity)
    return Match(
        similarity,
        containment,
        is_copy=is_copy,
        is_related=0 < cluster_similarity <= containment
        and (is_copy or _facts_agree(a, b, _FACTS_PER_CONTAINMENT * containment)),
    )


def _agreement(a: Sequence[int], b: Sequence[int]) -> float:
    equal: int = sum(map(eq, a, b))
    return equal / len(a)


def _containment(similarity: float, a: int, b: int) -> float:
    """Share of the smaller of two sets of `a` and `b` members that is in the other.

    >>> _containment(0.5, 100, 200)
    1.0
    """
    return min(1.0, similarity * (a + b) / ((1 + similarity) * min(a, b)))


def _is_edited_copy(a: Sketch, b: Sketch, similarity: float) -> bool:
    shorter, longer = sorted((a.shingles, b.shingles))
    if shorter < _LEAST_LENGTH_RATIO * longer:
        return False
    if not _shared_facts(a, b) and similarity < _SIMILARITY_WITHOUT_FACTS:
        return False
    return _facts_agree(a, b, _FACTS_OF_A_COPY)


def _facts_agree(a: Sketch, b: Sketch, least_share: float) -> bool:
    """Whether no kind of fact contradicts; true where there are none."""
    return all(share >= least_share for share in _shared_facts(a, b))


def _shared_facts(a: Sketch, b: Sketch) -> list[float]:
    """For each kind of fact of which both texts have enough, the share that they share."""
    numbers, names = _shared(a.numbers, b.numbers), _shared(a.names, b.names)
    together = (numbers[0] + names[0], numbers[1] + names[1])
    return [shared / fewer for shared, fewer in (numbers, names, together) if fewer >= _LEAST_FACTS]


def _shared(a: Sample, b: Sample) -> tuple[int, int]:
    """How many facts both texts have, and how many the one has that has fewer.

    Both counted below the hash up to which both samples are complete.
    """
    horizon = min(a.horizon, b.horizon)
    mine = {fact for fact in a.hashes if fact <= horizon}
    theirs = {fact for fact in b.hashes if fact <= horizon}
    return len(mine & theirs), min(len(mine), len(theirs))
