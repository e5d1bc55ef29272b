"""A title taken apart: `Rain in the old town - Weather | Harbour Times`."""

from itertools import chain

import regex

_SEPARATOR = regex.compile(r"\s+[|\-–—·•»«:/>~]+\s+|\s*[|»«｜]\s*|\s+::\s+|(?<=\S)\s*[_—]\s*")


def cuts(title: str) -> list[tuple[str, str]]:
    """What stands before and behind each separator of a title, from the first to the last.

    >>> cuts("Rain - Weather | Harbour Times")
    [('Rain', 'Weather | Harbour Times'), ('Rain - Weather', 'Harbour Times')]
    """
    found = _SEPARATOR.finditer(title)
    return [(title[: mark.start()], title[mark.end() :]) for mark in found]


def with_parts(title: str) -> list[str]:
    """A title, and what stands between its separators.

    >>> with_parts("Rain - Weather | Harbour Times"), with_parts("Rain")
    (['Rain - Weather | Harbour Times', 'Rain', 'Weather', 'Harbour Times'], ['Rain'])
    """
    parts = _SEPARATOR.split(title)
    return list(dict.fromkeys(part for part in chain((title,), parts) if part))
