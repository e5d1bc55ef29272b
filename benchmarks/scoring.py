"""Scores of an extracted text against the text that annotators marked.

Two measures of the body, both over the tokens of `pipelines.text.words`:
four-gram overlap, as in the public article-extraction-benchmark (multisets of runs of four
tokens; precision, over the pages that gave any text, and recall are averaged over the
pages, F1 is their harmonic mean), and
token overlap (multisets of tokens; F1 averaged over the pages).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.text import words

_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: counts of shingles."""

    shared: int
    left_in: int
    """In the extracted text alone."""
    lost: int
    """In the true text alone."""

    @property
    def precision(self) -> float:
        """The share of the extracted text that is true; 1 for an empty text."""
        return _share(self.shared, self.left_in)

    @property
    def recall(self) -> float:
        """The share of the true text that was extracted; 1 where there is none."""
        return _share(self.shared, self.lost)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic_mean(self.precision, self.recall)


def _share(shared: int, other: int) -> float:
    return shared / (shared + other) if shared + other else 1.0


def harmonic_mean(a: float, b: float) -> float:
    """The harmonic mean of two shares; 0 where both are 0.

    >>> round(harmonic_mean(1.0, 0.5), 3)
    0.667
    """
    return 2 * a * b / (a + b) if a + b else 0.0


def compare(text: str, truth: str, *, size: int = _SHINGLE) -> Overlap:
    """The overlap of two texts in runs of `size` tokens.

    >>> compare("one two three four five", "one two three four")
    Overlap(shared=1, left_in=1, lost=0)
    """
    found, true = shingles(words(text), size), shingles(words(truth), size)
    shared = (found & true).total()
    return Overlap(shared, found.total() - shared, true.total() - shared)


def shingles(tokens: list[str], size: int) -> Counter[tuple[str, ...]]:
    """How often each run of `size` tokens occurs; a shorter text is one run.

    >>> shingles(["a", "b"], 4)
    Counter({('a', 'b'): 1})
    """
    if not tokens:
        return Counter()
    last = max(1, len(tokens) - size + 1)
    return Counter(tuple(tokens[start : start + size]) for start in range(last))


@dataclass(frozen=True, slots=True)
class BodyScore:
    """How near the texts of many pages are to the truth."""

    pages: int
    precision: float
    recall: float
    f1: float
    token_f1: float
    exact: float
    """The share of the pages whose tokens are the true ones, in the same order."""


def score_bodies(pairs: Iterable[tuple[str, str]]) -> BodyScore:
    """The score of pairs of extracted and true text.

    >>> score_bodies([("one two", "One, two!"), ("one", "two")]).exact
    0.5
    """
    rows = [(compare(a, b), compare(a, b, size=1), words(a) == words(b)) for a, b in pairs]
    precision = mean([four.precision for four, _, _ in rows if four.shared + four.left_in])
    recall = mean([four.recall for four, _, _ in rows])
    return BodyScore(
        pages=len(rows),
        precision=precision,
        recall=recall,
        f1=harmonic_mean(precision, recall),
        token_f1=mean([one.f1 for _, one, _ in rows]),
        exact=mean([float(same) for _, _, same in rows]),
    )


def mean(values: list[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
