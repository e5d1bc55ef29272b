"""Scrapy's counters of dropped items, as what they mean here."""

from collections.abc import Mapping
from typing import Any

from pipelines import rejects

_DROPPED = "item_dropped_reasons_count/"


def rejects_in(stats: Mapping[str, Any]) -> dict[str, int]:
    """Rejected pages by reason.

    Scrapy counts under the same prefix what is no reject: a story that has not changed, a row
    that was not written.

    >>> rejects_in({f"{_DROPPED}ConsentWall": 2, f"{_DROPPED}Unchanged": 8, "pages": 9})
    {'ConsentWall': 2}
    """
    dropped = {
        name.removeprefix(_DROPPED): int(count)
        for name, count in stats.items()
        if name.startswith(_DROPPED)
    }
    return {name: count for name, count in dropped.items() if _is_reject(name)}


def _is_reject(name: str) -> bool:
    kind = getattr(rejects, name, None)
    return isinstance(kind, type) and issubclass(kind, rejects.Reject)
