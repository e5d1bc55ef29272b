"""Geometry of the page's charts: pure functions from numbers to rectangles.

Charts are stretched to the width of the page and hold no text: text in a stretched SVG would
be unreadable on a phone. Labels stand beside them as HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100.0
STEP = 10.0
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `colour` is the number of a CSS class, `label` its tooltip."""

    x: float
    y: float
    width: float
    height: float
    colour: int
    label: str


def nice_top(most: int) -> int:
    """The end of an axis: the next round number.

    >>> [nice_top(n) for n in (0, 7, 23, 140, 999)]
    [6, 8, 30, 150, 1000]
    """
    power = 1
    while True:
        for step in (1, 1.5, 2, 3, 4, 6, 8):
            top = int(step * power)
            if top == step * power and top >= max(most, 5) and top % 2 == 0:
                return top
        power *= 10


def stacked_bars(
    columns: Sequence[Sequence[int]], labels: Sequence[Sequence[str]], top: int
) -> list[Bar]:
    """One bar per column, one colour per place in it.

    >>> stacked_bars([[1, 1]], [["a", "b"]], 2)[1]
    Bar(x=1.0, y=0.0, width=8.0, height=50.0, colour=1, label='b')
    """
    bars = []
    for index, column in enumerate(columns):
        base = HEIGHT
        for colour, (value, label) in enumerate(zip(column, labels[index], strict=True)):
            height = HEIGHT * value / top
            base -= height
            if value:
                x = index * STEP + GAP / 2
                bars.append(Bar(x, round(base, 2), STEP - GAP, round(height, 2), colour, label))
    return bars
