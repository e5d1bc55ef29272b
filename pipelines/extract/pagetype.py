"""What kind of page it is: article, live blog, video … or no article at all."""

from urllib.parse import urlsplit

from pipelines.extract import liveblog
from pipelines.extract.body import Body
from pipelines.extract.document import Document
from pipelines.extract.kinds import is_wire, kind_of_names
from pipelines.extract.listing import listing_reason
from pipelines.extract.metadata import Metadata
from pipelines.extract.otherpages import check_other_document
from pipelines.extract.prose import weight
from pipelines.extract.view import PageView
from pipelines.extract.walls import check_walls
from pipelines.rejects import CategoryPage

_PAID = "advertisement"
"""What is paid for is that wherever it stands: in the folder of opinions too."""
_MEDIA = ("video", "gallery")
_MEDIA_TEXT = 700
"""Weight of text up to which the label "Video" speaks of the page; above, of a part of it."""


def check_is_article(document: Document, metadata: Metadata, body: Body) -> None:
    """Raise the Reject that names what the page is, where it is no article."""
    view = PageView(document, metadata, body)
    check_walls(view)
    if body.source != liveblog.SOURCE and (reason := listing_reason(view)):
        raise CategoryPage(reason, page_type="category")
    check_other_document(view)


def page_type(url: str, metadata: Metadata, body: Body) -> str:
    """The kind of article, by structured data, labels, the path, the section, the title, the text.

    >>> page_type("https://example.com/opinion/2026/a-story", Metadata(), Body("", ""))
    'opinion'
    """
    if body.source == liveblog.SOURCE:
        return "live_blog"
    if metadata.label == _PAID:
        return _PAID
    if metadata.page_type_hint not in (None, "article", "section"):
        return str(metadata.page_type_hint)
    if kind := kind_of_names(_names(url, metadata)):
        return kind
    if metadata.label and (metadata.label not in _MEDIA or weight(body.text) <= _MEDIA_TEXT):
        return metadata.label
    lines = (body.text, "\n".join(line for line, _ in body.dropped))
    return "press_release" if any(map(is_wire, lines)) else "article"


def _names(url: str, metadata: Metadata) -> list[str]:
    """The folders of the path, the section, and what stands before a colon in the title."""
    folders = urlsplit(url).path.split("/")[:-1]
    prefix, colon, _ = (metadata.title or "").partition(":")
    return [*folders, metadata.section or "", prefix if colon else ""]
