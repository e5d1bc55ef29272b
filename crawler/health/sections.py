"""Why a section could not be read: its last answer, and what the run counted."""

import re
from collections.abc import Mapping

from crawler.health.faults import Fault
from pipelines.rejects import BotWall, ConsentWall, EmptyPage, LoginPage, Reject, SoftNotFound

_REFUSING_STATUSES = frozenset({401, 403, 407, 429, 451})
_GONE_STATUSES = frozenset({404, 410})
_SCRIPT = re.compile(rb"<script|<noscript", re.IGNORECASE)
_FAULT_BY_REJECT: dict[type[Reject], Fault] = {
    ConsentWall: Fault.CONSENT_WALL,
    BotWall: Fault.BLOCKED,
    LoginPage: Fault.BLOCKED,
    SoftNotFound: Fault.SECTION_GONE,
}
# Why a request was not made (crawler.middlewares.refusals), where that is no fault of the network.
_FAULT_BY_REASON = {
    "RobotsDisallowed": Fault.ROBOTS_CHANGED,
    "CrawlDelayTooLong": Fault.ROBOTS_CHANGED,
    "RetryAfterTooLong": Fault.BLOCKED,
}
# Counters of requests that were not made, and what each means for a section without answer.
_UNASKED = {
    "robots/unavailable": (Fault.NETWORK, "its robots.txt cannot be fetched"),
    "robots/crawl_delay_too_long": (Fault.ROBOTS_CHANGED, "robots.txt asks for too long a delay"),
    "retry_after/given_up": (Fault.BLOCKED, "the server asks to come back much later"),
}


def fault_of_answer(status: int, refusal: str = "") -> Fault:
    """The fault of what answered with `status`, or of a request that was refused, by its reason.

    >>> fault_of_answer(404).value, fault_of_answer(599, "RobotsDisallowed").value
    ('section_gone', 'robots_changed')
    >>> fault_of_answer(599, "ConnectionRefusedError").value, fault_of_answer(200).value
    ('network', 'empty_sections')
    """
    if status < 400:
        return Fault.EMPTY_SECTIONS
    if status in _REFUSING_STATUSES:
        return Fault.BLOCKED
    if status in _GONE_STATUSES:
        return Fault.SECTION_GONE
    return _FAULT_BY_REASON.get(refusal, Fault.NETWORK)


def section_fault(status: int, body: bytes, reject: Reject | None, why: str = "") -> str:
    """The fault of a section that answered without article links: its word, ": ", what was seen.

    `reject` is what extraction says of the page, if it is no article; `why` is what was missed on
    a page that is a section.

    >>> section_fault(403, b"", None)
    'blocked: the server answered 403'
    >>> section_fault(200, b"<div id=root></div><script src=a.js></script>", EmptyPage("no text"))
    'javascript_needed: the page has scripts and no text'
    """
    if status >= 400:
        return _text(fault_of_answer(status), f"the server answered {status}")
    for kind, fault in _FAULT_BY_REJECT.items():
        if isinstance(reject, kind):
            return _text(fault, reject.evidence)
    if isinstance(reject, EmptyPage) and _SCRIPT.search(body):
        return _text(Fault.JAVASCRIPT_NEEDED, "the page has scripts and no text")
    return _text(Fault.EMPTY_SECTIONS, why or "the page shows no article links")


def silent_section_fault(counters: Mapping[str, object]) -> str:
    """The fault of a section that was never answered, from the counters of its run.

    >>> silent_section_fault({"downloader/exception_count": 3})
    'network: the server did not answer'
    >>> silent_section_fault({"robots/disallowed": 1})
    'robots_changed: robots.txt disallows it'
    """
    for name, (fault, said) in _UNASKED.items():
        if counters.get(name):
            return _text(fault, said)
    if counters.get("robots/disallowed") and not counters.get("downloader/exception_count"):
        return _text(Fault.ROBOTS_CHANGED, "robots.txt disallows it")
    return _text(Fault.NETWORK, "the server did not answer")


def _text(fault: Fault, said: str) -> str:
    return f"{fault.value}: {said}"
