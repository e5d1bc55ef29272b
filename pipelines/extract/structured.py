"""JSON-LD as pages really write it: the objects of every `application/ld+json` script.

Broken scripts are mended by json-repair (trailing commas, comments, CDATA, several
objects in a row, quotation marks inside of strings, a cut end); it costs a hundred times
what the standard parser costs and is asked only after that has failed.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import json_repair
from lxml.etree import _Element

from pipelines.text import sound

JsonObject = dict[str, Any]

_MAX_OBJECTS = 2000
"""Objects kept of one page; the richest page of the development corpora has some 400."""
_MAX_REPAIR_CHARS = 500_000
"""Characters of a broken script that are worth mending: about a second of work for most.

Long runs of keys without values take the square of that; the time limit of a page ends them.
"""
_DECODER = json.JSONDecoder(strict=False)
_REFERENCE = frozenset({"@id", "@type"})
_VOCABULARIES = ("https://schema.org/", "http://schema.org/", "schema:")


def read_json_ld(tree: _Element) -> list[JsonObject]:
    """The JSON-LD objects of a page, flattened from lists, `@graph` and nesting.

    Objects that stand at the top come first, then those one level down, and so on; a
    nested object counts when it has an `@type`. The objects are shared, not copied.

    ```html
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "…"}</script>
    ```
    """
    scripts = (tag.text for tag in tree.iter("script") if "ld+json" in tag.get("type", "").lower())
    return flatten([parse_json(text) for text in scripts if text])


def parse_json(text: str) -> Any:
    """The value of a JSON text, mended where it is broken; a list where there are several.

    >>> parse_json('{"a": 1, /* note */ "b": [2,],}')
    {'a': 1, 'b': [2]}
    >>> parse_json('{&quot;a&quot;: 1}')
    {'a': 1}
    """
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    values, rest = _read_values(text)
    if rest.strip(" \t\r\n;,"):
        values.append(_mend(rest))
    return sound(values[0] if len(values) == 1 else values)


def _read_values(text: str) -> tuple[list[Any], str]:
    """The values at the start of `text` that are sound JSON, and what follows them."""
    values: list[Any] = []
    rest = text.lstrip()
    try:
        while rest:
            value, end = _DECODER.raw_decode(rest)
            values.append(value)
            rest = rest[end:].lstrip()
    except (ValueError, RecursionError):
        pass
    return values, rest


def _mend(text: str) -> Any:
    try:
        return json_repair.loads(text[:_MAX_REPAIR_CHARS], skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def flatten(value: Any) -> list[JsonObject]:
    """The objects within a JSON value, level by level, at most 2,000.

    >>> [o.get("@type") for o in flatten([{"@graph": [{"@type": "A", "x": {"@type": "B"}}]}])]
    ['A', 'B']
    """
    found: list[JsonObject] = []
    level = [value]
    depth = 0
    while level and len(found) < _MAX_OBJECTS:
        objects = [item for item in _unlisted(level) if depth == 0 or _is_node(item)]
        found += [item for item in objects if "@graph" not in item or types_of(item)]
        level = [child for item in _unlisted(level) for child in item.values()]
        depth += 1
    return found[:_MAX_OBJECTS]


def _is_node(item: JsonObject) -> bool:
    return "@type" in item or ("@id" in item and len(item) > 1)


def _unlisted(values: Iterable[Any]) -> Iterator[JsonObject]:
    """The objects among `values`, and those in lists among them, in order."""
    pending = deque(values)
    while pending:
        value = pending.popleft()
        if isinstance(value, dict):
            yield value
        elif isinstance(value, list):
            pending.extendleft(reversed(value))


def types_of(item: JsonObject) -> tuple[str, ...]:
    """The `@type` names of an object without their vocabulary.

    >>> types_of({"@type": ["http://schema.org/NewsArticle", "Article"]})
    ('NewsArticle', 'Article')
    """
    stated = item.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return tuple(_bare(name) for name in names if isinstance(name, str))


def _bare(name: str) -> str:
    for vocabulary in _VOCABULARIES:
        name = name.removeprefix(vocabulary)
    return name.strip()


def resolve(value: Any, objects: list[JsonObject]) -> Any:
    """`value`, or the object of the page that it refers to by `@id` alone.

    >>> resolve({"@id": "#ann"}, [{"@id": "#ann", "name": "Ann Lee"}])["name"]
    'Ann Lee'
    """
    if not isinstance(value, dict) or "@id" not in value or not _REFERENCE.issuperset(value):
        return value
    named = (item for item in objects if item.get("@id") == value["@id"])
    return next((item for item in named if not _REFERENCE.issuperset(item)), value)
