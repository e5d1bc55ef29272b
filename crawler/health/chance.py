"""How surprising a share is, given the shares of the runs before: the beta-binomial tail.

Plain binomial tails cry wolf: the articles of one run resemble one another (an evening of
agency reports, a weekend of galleries), so shares vary more between runs than coins do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, lgamma

# Intra-run correlation: bounds for the estimate, and what stands for "cannot be estimated".
_RHO_LEAST, _RHO_MOST, _RHO_UNKNOWN = 0.02, 0.25, 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` things in one run."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}"


@dataclass(frozen=True, slots=True)
class Usual:
    """The share that is usual, and how much it varies from run to run."""

    share: float
    """The expected share."""
    rho: float
    """How much the things of one run are alike (intra-class correlation)."""
    whole: int
    """How many things it was learned from."""
    runs: int

    def chance(self, seen: Share) -> float:
        """The probability of a part as large as the one seen, or larger.

        >>> never = usual_share([Share(0, 10)] * 30)
        >>> never.chance(Share(1, 10)) > 0.01, never.chance(Share(9, 10)) < 1e-6
        (True, True)
        """
        # What was learned from little is not known well: the tail has its uncertainty in it.
        strength = min(1 / self.rho - 1, self.whole + 1)
        alpha, beta = self.share * strength, (1 - self.share) * strength
        tail = (
            exp(_log_term(part, seen.whole, alpha, beta))
            for part in range(seen.part, seen.whole + 1)
        )
        return min(1.0, sum(tail))


def usual_share(history: Iterable[Share]) -> Usual:
    """The share of all runs together, and its spread between them (method of moments).

    >>> round(usual_share([Share(2, 10), Share(3, 10), Share(1, 10)]).share, 2)
    0.21
    """
    runs = [run for run in history if run.whole]
    part, whole = sum(run.part for run in runs), sum(run.whole for run in runs)
    share = (part + 0.5) / (whole + 1)
    return Usual(share, _correlation(runs, share), whole, len(runs))


def total(shares: Iterable[Share]) -> Share:
    """All of them together.

    >>> str(total([Share(1, 2), Share(0, 3)]))
    '1 of 5'
    """
    shares = list(shares)
    return Share(sum(s.part for s in shares), sum(s.whole for s in shares))


def joined(shares: Sequence[Share], size: int) -> list[Share]:
    """Each `size` neighbours together: what lasts for hours shows in their spread.

    >>> [str(share) for share in joined([Share(1, 2), Share(0, 3), Share(1, 1)], 2)]
    ['1 of 5', '1 of 1']
    """
    return [total(shares[start : start + size]) for start in range(0, len(shares), size)]


def _correlation(runs: Sequence[Share], share: float) -> float:
    pairs = sum(run.whole * (run.whole - 1) for run in runs)
    if not pairs:
        return _RHO_UNKNOWN
    spread = sum((run.part - run.whole * share) ** 2 for run in runs) / (share * (1 - share))
    rho = (spread - sum(run.whole for run in runs)) / pairs
    return min(_RHO_MOST, max(_RHO_LEAST, rho))


def _log_term(part: int, whole: int, alpha: float, beta: float) -> float:
    choose = lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
    return choose + _log_beta(part + alpha, whole - part + beta) - _log_beta(alpha, beta)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
