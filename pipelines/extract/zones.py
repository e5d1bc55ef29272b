"""What the names of an element say about what it holds: related links, a byline, comments.

Names are evidence, not proof: a container named "has-sidebar" may hold the whole story.
Who uses a zone weighs it against the text within.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from pipelines.extract.wordfiles import lines_of

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ZONE_TAGS = {
    "nav": "nav",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "figcaption": "caption",
    "figure": "figure",
    "menu": "nav",
    "dialog": "consent",
    "label": "form",
    "fieldset": "form",
    "time": "byline",
    "address": "byline",
}
_ZONE_ROLES = {
    "navigation": "nav",
    "banner": "nav",
    "complementary": "sidebar",
    "contentinfo": "footer",
    "search": "form",
    "menu": "nav",
    "dialog": "consent",
    "alertdialog": "consent",
}


def _load_names() -> re.Pattern[str]:
    kinds = []
    for line in lines_of("words/class_names.txt"):
        kind, _, names = line.partition(":")
        choice = "|".join(re.escape(name).replace(r"\*", r"\w*") for name in names.split())
        kinds.append(f"(?P<{kind}>{choice})")
    return re.compile(rf"(?:^|(?<=[\s_-]))(?:{'|'.join(kinds)})(?=$|[\s_-])")


_NAMES = _load_names()


def zone_of(element: HtmlElement) -> str | None:
    """What an element holds, by its tag, role, class and id; None where they do not say.

    >>> from lxml import html
    >>> zone_of(html.fragment_fromstring('<div class="entry relatedLinks"></div>'))
    'related'
    >>> zone_of(html.fragment_fromstring('<div class="commentary"></div>')) is None
    True
    """
    tag = element.tag
    if tag in _ZONE_TAGS and not (tag == "figure" and _holds_table(element)):
        return _ZONE_TAGS[tag]
    role = element.get("role")
    if role in _ZONE_ROLES:
        return _ZONE_ROLES[role]
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return zone_of_names(names) if len(names) > 1 else None


def _holds_table(figure: HtmlElement) -> bool:
    return figure.find(".//table") is not None


@lru_cache(maxsize=8192)
def zone_of_names(names: str) -> str | None:
    """What the names of classes and ids say.

    >>> zone_of_names("c-authorBio"), zone_of_names("post")
    ('author', None)
    """
    found = _NAMES.search(_CAMEL.sub("-", names).lower())
    return found.lastgroup if found else None
