"""What can be wrong with a site, by name, and what to do about it."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How sure it is that something is wrong."""

    HEALTHY = "healthy"
    SUSPECT = "suspect"
    """Seen once, of a kind that often passes by itself; a second run decides."""
    UNHEALTHY = "unhealthy"
    UNJUDGED = "unjudged"
    """Pages that a person gave and the site's file does not declare: they tell of themselves."""


class Fault(Enum):
    """The failures that are told apart; the value is the word in `runs/`."""

    BLOCKED = "blocked"
    """403, 429, 401, 451, a bot wall or a login in place of the page."""
    CONSENT_WALL = "consent_wall"
    JAVASCRIPT_NEEDED = "javascript_needed"
    """Pages come without text, and with scripts that would fetch it."""
    ROBOTS_CHANGED = "robots_changed"
    LAYOUT_CHANGED = "layout_changed"
    """Links lead to no articles, or articles lost a field or most of their text."""
    EMPTY_SECTIONS = "empty_sections"
    """Sections answer, but list no articles, or far fewer than ever."""
    SECTION_GONE = "section_gone"
    NETWORK = "network"
    """No answer, or 5xx."""
    SLOW = "slow"
    NOTHING_NEW = "nothing_new"
    """Everything answers, but nothing new came for much longer than ever before."""

    @property
    def passes_by_itself(self) -> bool:
        """Whether one run with it means little."""
        return self in (Fault.NETWORK, Fault.SLOW)

    @property
    def advice(self) -> str:
        """What a person can do, in one line."""
        return _ADVICE[self]


_ADVICE = {
    Fault.BLOCKED: "crawl more slowly (delay_s), set BROADSHEET_CONTACT, or ask the site",
    Fault.CONSENT_WALL: "the site asks for consent before it shows text; look for its feeds",
    Fault.JAVASCRIPT_NEEDED: "the pages are made by scripts; try -a discover=feeds or =sitemaps",
    Fault.ROBOTS_CHANGED: "the site's robots.txt says no; take the site out, or ask it",
    Fault.LAYOUT_CHANGED: "look at one of the URLs in rejects/; correct article_url_pattern",
    Fault.EMPTY_SECTIONS: "open the section in a browser; correct its URL",
    Fault.SECTION_GONE: "open the site in a browser; correct the section's URL",
    Fault.NETWORK: "wait; when it lasts, check the host name and this machine's network",
    Fault.SLOW: "wait; when it lasts, crawl more slowly (delay_s)",
    Fault.NOTHING_NEW: "open the section in a browser: it may have moved, or be frozen for robots",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The verdict on one run."""

    level: Level = Level.HEALTHY
    fault: Fault | None = None
    evidence: str = ""
    """What was seen, with its numbers, in one sentence."""

    def __str__(self) -> str:
        if self.fault is None:
            return self.level.value
        return f"{self.level.value}: {self.fault.value.replace('_', ' ')}: {self.evidence}"
