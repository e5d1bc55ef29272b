"""Why a page became no row. Each class is named after what happened.

    Reject
    ├── PageFault          the response could not be read as a page
    │   ├── HttpError           status 4xx or 5xx
    │   ├── RedirectLoop        redirects without end
    │   ├── NotHtml             another media type, or bytes that are no markup
    │   ├── EmptyPage           no body, markup without text, or text that needs scripts
    │   ├── ExtractionTimeout   over EXTRACT_TIMEOUT_S
    │   └── ExtractionCrash     the worker process died, or the extractor raised
    ├── NotAnArticle       a page, but not one story
    │   ├── CategoryPage        a list of stories: section, tag, author, home, search
    │   ├── ConsentWall         asks for consent to cookies instead of showing the text
    │   ├── BotWall             asks for proof of being human
    │   ├── GeoBlock            not shown to visitors of this country
    │   ├── LoginPage           asks for an account
    │   ├── PaywallStub         the first lines, then an offer
    │   ├── SoftNotFound        "not found", with status 200
    │   ├── ErrorPage           the site's own fault, with status 200
    │   ├── TextTooShort        under EXTRACT_MIN_CHARS characters of body
    │   └── OtherDocument       imprint, contact, terms, product, game …
    └── Duplicate          a story that is stored already
        ├── SameStory           the same story under another URL
        ├── ExactDuplicate      the same text
        └── NearDuplicate       nearly the same text

Each becomes one row of `rejects/`, so nothing that was fetched is lost without a trace.
"""

from datetime import timedelta
from typing import ClassVar

from scrapy.exceptions import DropItem


class Interrupted(DropItem):
    """No reject: the run is being stopped before the page was judged; the next run fetches it."""


class Reject(DropItem):
    """A page that becomes no row, with the evidence.

    Scrapy counts each under its class's name (`item_dropped_reasons_count/<name>`).
    """

    retry_after: ClassVar[timedelta | None] = None
    """When the URL may be fetched again; None means not by itself."""

    def __init__(
        self,
        evidence: str,
        *,
        page_type: str | None = None,
        title: str | None = None,
        text: str | None = None,
        duplicate_of: str | None = None,
        similarity: float | None = None,
    ) -> None:
        super().__init__(evidence, log_level="DEBUG")
        self.evidence = evidence
        self.page_type = page_type
        self.title = title
        self.text = text
        self.duplicate_of = duplicate_of
        self.similarity = similarity

    @property
    def reason(self) -> str:
        """The class's name, as it stands in `rejects/`."""
        return type(self).__name__

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process with every attribute."""
        return (_revive, (type(self), self.evidence, self.__dict__.copy()))


def _revive(kind: type[Reject], evidence: str, state: dict[str, object]) -> Reject:
    reject = kind(evidence)
    reject.__dict__.update(state)
    return reject


class PageFault(Reject):
    """The response could not be read as a page."""

    retry_after = timedelta(hours=1)


class HttpError(PageFault):
    """The server answered 4xx or 5xx."""


class RedirectLoop(PageFault):
    """Redirects without end: a cookie wall, or a fault of the server."""

    retry_after = timedelta(days=1)


class NotHtml(PageFault):
    """Another media type, or bytes that are no markup."""


class EmptyPage(PageFault):
    """No body, markup without text, or text that only scripts bring."""


class ExtractionTimeout(PageFault):
    """Extraction took longer than EXTRACT_TIMEOUT_S."""


class ExtractionCrash(PageFault):
    """The worker process died on this page, or the extractor raised."""


class NotAnArticle(Reject):
    """A page, but not one story."""

    retry_after = timedelta(days=30)


class CategoryPage(NotAnArticle):
    """A list of stories: section, tag, author, home or search page."""


class ConsentWall(NotAnArticle):
    """Asks for consent instead of showing the text."""

    retry_after = timedelta(hours=6)


class BotWall(NotAnArticle):
    """Asks for proof of being human."""

    retry_after = timedelta(hours=6)


class GeoBlock(NotAnArticle):
    """Not shown to visitors of this country."""


class LoginPage(NotAnArticle):
    """Asks for an account."""


class PaywallStub(NotAnArticle):
    """The first lines, then an offer."""

    retry_after = timedelta(days=2)


class SoftNotFound(NotAnArticle):
    """Says "not found" with status 200."""


class ErrorPage(NotAnArticle):
    """The site's own fault, with status 200."""

    retry_after = timedelta(hours=1)


class TextTooShort(NotAnArticle):
    """Under EXTRACT_MIN_CHARS characters of body."""

    retry_after = timedelta(hours=6)


class OtherDocument(NotAnArticle):
    """Imprint, contact, terms, product, game and the like."""


class Duplicate(Reject):
    """A story that is stored already."""


class SameStory(Duplicate):
    """The same story under another URL."""


class ExactDuplicate(Duplicate):
    """The same text as a stored story."""


class NearDuplicate(Duplicate):
    """Nearly the same text as a stored story."""
