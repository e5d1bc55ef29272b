"""Which patterns of a site's URLs turned out to be articles in earlier runs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

# Counts never outweigh everything that the page says: at most this much for or against.
MAX_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class PatternCounts:
    """How often each URL pattern of a site led to an article, and how often not."""

    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """`url_pattern(url)` -> (articles, other pages)."""

    def weight(self, pattern: str) -> float:
        """What the site's history says about a pattern: -4 (never an article) to 4 (always).

        The logarithm of the odds, with one page of doubt added on either side; 0 for a
        pattern not seen before.

        >>> counts = PatternCounts({"example.com/story/{slug}": (50, 0)})
        >>> round(counts.weight("example.com/story/{slug}"), 1)
        3.9
        >>> counts.weight("example.com/{word}")
        0.0
        """
        articles, others = self.counts.get(pattern, (0, 0))
        odds = math.log((articles + 1) / (others + 1))
        return max(-MAX_WEIGHT, min(MAX_WEIGHT, odds))
