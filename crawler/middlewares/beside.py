"""A feed or sitemap that cannot be fetched is answered with nothing, so that the crawl goes on."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.middlewares.refusals import ClosedWhileWaiting

# No server sends it (RFC 9110, 15 ends at 599).
UNANSWERED = 599


class AnswerForTheSilent:
    """Turns a failure of a request marked `beside` into a response without body.

    The links of the page that declares the feed wait in that request. Scrapy passes what a
    callback yields through the spider middlewares, but not what an errback yields: known
    articles would be fetched again.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Needs no setting."""
        return cls()

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """The empty answer; what was raised is in `meta["why"]` and, by name, `meta["error"]`."""
        if not request.meta.get("beside") or isinstance(exception, ClosedWhileWaiting):
            return None
        request.meta["why"] = str(exception) or type(exception).__name__
        request.meta["error"] = type(exception).__name__
        return Response(request.url, status=UNANSWERED, request=request)
