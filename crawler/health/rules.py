"""The rules: each looks at one run beside its history and returns a finding, or None.

They compare shares and medians, never numbers of articles: nights, weekends and holidays
bring fewer articles, but not other ones. What a rule needs from history is bounded below,
so that a new or small site is judged only by what is wrong in itself.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from crawler.health.chance import Share, Usual, joined, total, usual_share
from crawler.health.faults import Fault, Level
from pipelines.rows import Run

if TYPE_CHECKING:
    from crawler.health.verdict import Thresholds

NO_REJECTS = ("NotStored", "Unchanged")
"""What older runs counted among the rejects and is none."""
READ = ("SameStory", "ExactDuplicate", "NearDuplicate")
"""Rejects that were read as articles all right."""
WINDOWS = (1, 2, 4, 8)
"""Runs that are looked at together: a small site shows two pages a run."""
NEARLY_ALL = 0.9
"""Of the latest pages. A redesign or a wall spares hardly a page, ordinary days spare many: so
where nearly all pages are wrong, Thresholds.chance is small enough …"""
PARTIAL = 0.02
"""… and where only some are, it must be smaller by this factor;"""
ORDINARY = 0.2
"""by this one for what happens on ordinary days too,"""
RARE, SELDOM = 0.3, 0.5
"""which is what usually befalls more than this share of pages; above the second it is no fault;"""
FEW_PAGES = 4
"""and by the same one where fewer pages than this were seen."""
LEAST_PAGES, LEAST_RUNS = 20, 4
"""What a share must have been learned from."""
FIELDS = {
    "title": "title",
    "published_at": "date",
    "authors": "authors",
    "long_text": "full text",
}
MOST, MANY_PAGES = 0.8, 5
"""Share of pages that are wrong in a site without history: more, of so many, is a fault."""
STILL_ALLOWED = 0.5
"""Of the share of links that robots.txt usually allows: less is a change."""
FEW_LINKS = 0.4
"""Of the fewest links that a section ever showed: less is a fault …"""
LEAST_LINKS = 6
"""… where it usually shows at least so many."""
SILENCE_FACTOR = 3
SILENCE_LEAST = timedelta(days=4)
SILENCE_ARTICLES = 30
"""Nothing new: so many times the longest pause, at least so long, after so many articles."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found."""

    fault: Fault
    evidence: str
    is_partial: bool = False
    """Whether only some of the sections show it: once may be an accident."""
    is_old: bool = False
    """Whether only earlier runs show it: this one fetched no pages."""


@dataclass(frozen=True, slots=True)
class View:
    """A run and what it is compared with."""

    run: Run
    usual: Sequence[Run]
    """Healthy runs of before, and what lasts so long that it is the new usual."""
    recent: Sequence[Run]
    """The latest runs that fetched pages, newest first: at a small site they reach days back."""
    history: Sequence[Run]
    thresholds: "Thresholds"

    @classmethod
    def of(cls, run: Run, history: Sequence[Run], thresholds: "Thresholds") -> "View":
        """The view of `run` and its `history`, oldest first."""
        old = run.started_at - thresholds.adapt_after
        usual = [
            past for past in history if past.health == Level.HEALTHY.value or past.started_at < old
        ]
        past_pages = (past for past in (run, *reversed(history)) if _has_pages(past))
        return cls(run, usual, list(islice(past_pages, WINDOWS[-1])), history, thresholds)

    def excess(
        self, share_of: Callable[[Run], Share], rarity: float = 1.0, *, is_fault: bool = True
    ) -> Share | None:
        """The share in the latest runs, where history calls it too large; else None.

        `rarity` makes the probability smaller below which it is called so; `is_fault` says
        whether most pages may not be like that even in a site without history.
        """
        latest = [(run, share) for run in self.recent if (share := share_of(run)).whole]
        shares = [share for _, share in latest]
        if not shares or not shares[0].part or total(shares).part < 2:
            return None
        for size in _sizes(shares):
            seen, looked_at = total(shares[:size]), {id(run) for run, _ in latest[:size]}
            past = [share_of(run) for run in self.usual if id(run) not in looked_at]
            past = [share for share in past if share.whole]
            is_known, usual = len(past) >= LEAST_RUNS, usual_share(joined(past, size))
            if is_known and _is_unusual(seen, usual, rarity * self.thresholds.chance):
                return seen
            if is_fault and not (is_known and usual.whole >= LEAST_PAGES) and _is_most(seen):
                return seen
        return None


def _sizes(latest: Sequence[Share]) -> list[int]:
    """How many of the latest runs are looked at together; first all that are nearly all wrong.

    >>> _sizes([Share(2, 2), Share(1, 1), Share(3, 3), Share(0, 4), Share(0, 2)])
    [3, 1, 2, 4]
    """
    lost = [n for n in range(1, len(latest) + 1) if _is_nearly_all(total(latest[:n]))]
    return list(dict.fromkeys([*lost[-1:], *(n for n in WINDOWS if n <= len(latest))]))


def _is_nearly_all(seen: Share) -> bool:
    return seen.part >= NEARLY_ALL * seen.whole


def _is_unusual(seen: Share, usual: Usual, chance: float) -> bool:
    """Whether so large a share has a smaller probability than `chance`."""
    if usual.share > SELDOM or seen.part <= usual.share * seen.whole + 1:
        return False
    if not _is_nearly_all(seen):
        chance *= PARTIAL
    elif usual.share > RARE or seen.whole < FEW_PAGES:
        chance *= ORDINARY
    return usual.chance(seen) < chance


def _is_most(seen: Share) -> bool:
    return seen.part >= MANY_PAGES and seen.part > MOST * seen.whole


def _has_pages(run: Run) -> bool:
    return bool(judged(run) or run.by_failure)


def judged(run: Run) -> int:
    """Article pages that extraction looked at."""
    return run.articles + sum(_rejects(run).values())


def _rejects(run: Run) -> dict[str, int]:
    return {name: count for name, count in run.by_reason.items() if name not in NO_REJECTS}


def _rejected_as(*reasons: str) -> Callable[[Run], Share]:
    return lambda run: Share(sum(run.by_reason.get(name, 0) for name in reasons), judged(run))


# Rules, in the order in which their names explain one another


def unreadable_sections(view: View) -> Finding | None:
    """Sections that could not be read, under the name that most of them have."""
    faults = view.run.section_faults
    if not faults:
        return None
    words = Counter(text.partition(": ")[0] for text in faults.values())
    word = words.most_common(1)[0][0]
    url, text = next((u, t) for u, t in sorted(faults.items()) if t.startswith(word))
    some = f"{words[word]} of {view.run.sections} sections cannot be read"
    return Finding(
        Fault(word),
        f"{some}; {url}: {text.partition(': ')[2]}",
        is_partial=words[word] < view.run.sections,
    )


def walls(view: View) -> Finding | None:
    """More consent walls, bot walls or refusals than usual."""
    if seen := view.excess(_rejected_as("ConsentWall")):
        return Finding(Fault.CONSENT_WALL, f"{seen} article pages ask for consent")
    if seen := view.excess(_rejected_as("BotWall")):
        return Finding(Fault.BLOCKED, f"{seen} article pages ask for proof of being human")
    if seen := view.excess(_refused):
        return Finding(Fault.BLOCKED, f"{seen} requests were refused (401, 403, 429)")
    return None


def _refused(run: Run) -> Share:
    refused = sum(run.by_status.get(status, 0) for status in ("401", "403", "429", "451"))
    given_up = run.by_failure.get("RetryAfterTooLong", 0)
    answers = max(run.pages, sum(run.by_status.values()))
    return Share(refused + given_up, answers + given_up)


def forbidden(view: View) -> Finding | None:
    """Links that robots.txt forbids now and did not before."""
    seen = _disallowed(view.run)
    if seen.part < LEAST_LINKS:
        return None
    allowed = sorted(1 - s.part / s.whole for run in view.usual if (s := _disallowed(run)).whole)
    usual = allowed[len(allowed) // 20] if allowed else (1 - MOST) / STILL_ALLOWED
    if 1 - seen.part / seen.whole >= STILL_ALLOWED * usual:
        return None
    return Finding(Fault.ROBOTS_CHANGED, f"robots.txt forbids {seen} article links")


def _disallowed(run: Run) -> Share:
    allowed = judged(run) + sum(run.by_failure.values()) + run.known_skipped
    return Share(run.robots_disallowed, run.robots_disallowed + allowed)


def lost_articles(view: View) -> Finding | None:
    """Links that lead to no articles, more often than usual, for one reason or for several."""
    reasons = Counter[str]()
    for run in view.recent:
        reasons.update({name: n for name, n in _rejects(run).items() if name not in READ})
    for reason, _ in reasons.most_common(3):
        if seen := view.excess(_rejected_as(reason), ORDINARY):
            said = f"{seen} pages behind article links are {reason}, more than ever"
            return Finding(_NAMES.get(reason, Fault.LAYOUT_CHANGED), said)
    if reasons and (seen := view.excess(_rejected_as(*reasons), PARTIAL)):
        fault = _NAMES.get(reasons.most_common(1)[0][0], Fault.LAYOUT_CHANGED)
        return Finding(fault, f"{seen} pages behind article links are no articles")
    return None


_NAMES = {
    "ConsentWall": Fault.CONSENT_WALL,
    "BotWall": Fault.BLOCKED,
    "HttpError": Fault.NETWORK,
    "EmptyPage": Fault.JAVASCRIPT_NEEDED,
    "LoginPage": Fault.BLOCKED,
    "ErrorPage": Fault.NETWORK,
}


def lost_fields(view: View) -> Finding | None:
    """A field that articles usually have and now lack."""
    for field, word in FIELDS.items():

        def lacking(run: Run, field: str = field) -> Share:
            return Share(run.articles - run.coverage.get(field, 0), run.articles)

        if seen := view.excess(lacking, is_fault=False):
            return Finding(Fault.LAYOUT_CHANGED, f"{seen} articles lack their {word}")
    return None


def few_links(view: View) -> Finding | None:
    """Sections that list far fewer articles than ever."""
    for url, links in sorted(view.run.section_links.items()):
        usual = [run.section_links[url] for run in view.usual if url in run.section_links]
        if len(usual) < LEAST_RUNS or median(usual) < LEAST_LINKS:
            continue
        if links < FEW_LINKS * min(usual):
            said = f"{url} lists {links} articles, usually {median(usual):.0f}"
            return Finding(Fault.EMPTY_SECTIONS, said)
    return None


def failures(view: View) -> Finding | None:
    """Articles that could not be fetched, more often than usual."""

    def share_of(run: Run) -> Share:
        failed = sum(run.by_failure.values()) + run.by_reason.get("HttpError", 0)
        refused = run.by_failure.get("RetryAfterTooLong", 0)
        return Share(failed - refused, judged(run) + sum(run.by_failure.values()))

    if seen := view.excess(share_of):
        said = f"{seen} article pages could not be fetched"
        return Finding(Fault.NETWORK, said, is_old=not _has_pages(view.run))
    return None


def slow(view: View) -> Finding | None:
    """Answers that take much longer than in any usual run."""
    now = view.run.latency_median_s
    if now is None or now < view.thresholds.slow_least_s:
        return None
    usual = sorted(run.latency_median_s for run in view.usual if run.latency_median_s)
    if len(usual) < LEAST_PAGES or now < (
        view.thresholds.slow_factor * usual[int(0.95 * len(usual))]
    ):
        return None
    return Finding(Fault.SLOW, f"answers take {now:.1f} s, usually {median(usual):.1f} s")


def nothing_new(view: View) -> Finding | None:
    """A site that always brought something, and has brought nothing for very long."""
    if view.run.articles:
        return None
    runs = [*view.history, view.run]
    times = [run.started_at for run in runs if run.articles]
    if sum(run.articles for run in runs) < SILENCE_ARTICLES or len(times) < LEAST_RUNS:
        return None
    longest = max(later - earlier for earlier, later in pairwise(times))
    silence = view.run.started_at - times[-1]
    if silence < max(SILENCE_LEAST, SILENCE_FACTOR * longest):
        return None
    return Finding(Fault.NOTHING_NEW, f"nothing new since {times[-1]:%Y-%m-%d %H:%M} UTC")


RULES: tuple[Callable[[View], Finding | None], ...] = (
    *(unreadable_sections, walls, forbidden, failures, few_links, slow),
    *(lost_articles, lost_fields, nothing_new),
)
