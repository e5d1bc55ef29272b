"""Who signs a page: structured data, meta tags, then the byline that readers see."""

from collections.abc import Iterator

from pipelines.extract.authors import MAX_BYLINE_CHARS, split_byline
from pipelines.extract.evidence import Claim, Evidence, text_of
from pipelines.extract.layout import Mark, in_margin, marks

_META_NAMES = (
    "parsely-author",
    "sailthru.author",
    "article:author_name",
    "og:article:author",
    "article:author",
    "byl",
    "citation_author",
    "dcterms.creator",
    "dc.creator",
    "author",
)
_BYLINE_WORDS = frozenset(
    ["byline", "author", "authors", "auteur", "autor", "autore", "redaktor", "writer", "creator", "contributor"]
)
_NOT_BYLINE_WORDS = frozenset(
    ["bio", "about", "avatar", "image", "img", "photo", "description", "box", "social", "follow", "twitter", "email", "mail", "date", "time", "comment", "comments", "share", "job", "title", "role", "links", "icon", "more", "posts"]
)


def read_authors(evidence: Evidence, language: str | None) -> tuple[tuple[str, ...], str]:
    """The authors and what gave them; ((), "") where nobody signs."""
    for claims in (_structured(evidence), _metas(evidence), _visible(evidence, language)):
        found: dict[str, str] = {}
        source = ""
        for claim in claims:
            for name in split_byline(claim.text, language):
                found.setdefault(name.lower(), name)
                source = source or claim.source
        if found:
            return tuple(found.values()), source
    return (), ""


def _structured(evidence: Evidence) -> Iterator[Claim]:
    yield from evidence.json_ld_texts("author", "creator")


def _metas(evidence: Evidence) -> Iterator[Claim]:
    """The meta tags of the first name that is set."""
    for name in _META_NAMES:
        claims = list(evidence.meta((name,)))
        if claims:
            yield from claims
            return


def _visible(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The first byline of the page: microdata, `rel=author`, or a class named after it."""
    for element in evidence.properties.get("author", ()):
        yield Claim(text_of(element), "microdata")
        return
    for mark in marks(evidence.tree):
        if _is_byline(mark) and not in_margin(mark.element):
            text = text_of(mark.element)
            if text and len(text) <= MAX_BYLINE_CHARS and split_byline(text, language):
                yield Claim(text, "html")
                return


def _is_byline(mark: Mark) -> bool:
    return bool(mark.words & _BYLINE_WORDS) and not mark.words & _NOT_BYLINE_WORDS
