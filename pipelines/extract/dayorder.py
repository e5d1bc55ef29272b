"""Which of the numbers in `11/12/2025` is the month, where nothing but the page itself can tell.

English is written in both orders. Where neither the language's region nor the site's country
decides, the page's own dates do: one that can be read in one way only, its URL, its change.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import regex

from pipelines.extract.dates import Moment, parse_moment
from pipelines.extract.document import Document

_NUMERIC = regex.compile(r"(?<![\d/])(?P<a>\d\d?)/(?P<b>\d\d?)/(?:19|20)?\d\d(?![\d/])")
_URL_MONTH = regex.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)(?=/|$)")
_LAST_MONTH = 12
_ORDERS = ("US", "GB")
"""Countries that stand for the order of English dates: the month first, the day first."""


def readings(text: str, language: str | None, country: str | None) -> tuple[Moment, ...]:
    """Both meanings of a date, the likelier first; nothing where there is only one.

    >>> [str(reading.wall.date()) for reading in readings("Posted 11/12/2025", "en", None)]
    ['2025-11-12', '2025-12-11']
    >>> readings("11/12/2025", "en-GB", None), readings("11/13/2025", "en", None)
    ((), ())
    """
    if country or (language or "en") != "en":
        return ()
    match = _NUMERIC.search(text)
    if not match or max(int(match["a"]), int(match["b"])) > _LAST_MONTH or match["a"] == match["b"]:
        return ()
    found = [parse_moment(text, "en", order) for order in _ORDERS]
    both = tuple(moment for moment in found if moment)
    return both if len({moment.wall for moment in both}) == len(_ORDERS) else ()


def settle(
    options: tuple[Moment, ...], document: Document, witnesses: Iterable[date]
) -> Moment | None:
    """The reading that the page's other dates confirm; None where none does."""
    known = set(witnesses)
    confirmed = [moment for moment in options if moment.wall.date() in known]
    if len(confirmed) != 1 and (month := _URL_MONTH.search(document.page.url)):
        stated = (int(month["y"]), int(month["m"]))
        confirmed = [m for m in options if (m.wall.year, m.wall.month) == stated]
    if len(confirmed) != 1:
        orders = set(_orders(block.text for block in document.blocks))
        confirmed = [options[_ORDERS.index(order)] for order in orders]
    return confirmed[0] if len(confirmed) == 1 else None


def _orders(texts: Iterable[str]) -> Iterator[str]:
    """The orders of the numeric dates that can be read in one way only.

    >>> set(_orders(["Rain, 25/12/2025", "Snow on 3/4/2025"]))
    {'GB'}
    """
    for text in texts:
        for match in _NUMERIC.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            if first > _LAST_MONTH >= second:
                yield "GB"
            if second > _LAST_MONTH >= first:
                yield "US"
