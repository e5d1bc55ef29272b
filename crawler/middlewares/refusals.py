"""Why a request was not made. Each class is named after what happened.

    Refused
    ├── RobotsDisallowed    robots.txt disallows the URL
    ├── RobotsUnavailable   robots.txt answered 5xx or 429, or could not be fetched: not now
    ├── CrawlDelayTooLong   robots.txt asks for more than CRAWL_DELAY_MAX_S between requests
    ├── RetryAfterTooLong   the host asks to come back later than RETRY_AFTER_MAX_S
    ├── ClosedWhileWaiting  the crawl ended before the host could be asked again
    └── PrivateAddress      the address belongs to no public host

A request's errback receives them; `reason` names the class, the text says what to do.
"""

from typing import Self

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """A request that politeness or safety forbids, with the reason."""

    @property
    def reason(self) -> str:
        """The class's name."""
        return type(self).__name__

    def again(self) -> Self:
        """The same refusal for another request.

        An exception that is raised twice would keep the tracebacks of both.
        """
        return type(self)(str(self))


class RobotsDisallowed(Refused):
    """robots.txt disallows the URL for our user agent."""


class RobotsUnavailable(Refused):
    """robots.txt could not be had: nothing is allowed now (RFC 9309, 2.3.1.4)."""


class CrawlDelayTooLong(Refused):
    """robots.txt asks for more than CRAWL_DELAY_MAX_S seconds between requests."""


class RetryAfterTooLong(Refused):
    """The host asks to come back later than RETRY_AFTER_MAX_S seconds from now."""


class ClosedWhileWaiting(Refused):
    """The crawl ended before the host could be asked again."""


class PrivateAddress(Refused):
    """The address is loopback, private, link-local or otherwise not public."""


FINAL = (RobotsDisallowed, PrivateAddress, CrawlDelayTooLong, ClosedWhileWaiting)
"""Refusals that are no failure of the run: rules that hold, or the end of the crawl."""
