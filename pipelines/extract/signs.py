"""What speaks for a page being something, or against it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """Something seen on a page, and how much it says."""

    points: float
    """Above 0 for what is asked, below 0 against it."""
    fact: str
    """What was seen; "" for what counts say in any case."""
