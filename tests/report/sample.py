"""A month of rows as a real crawl leaves them, with titles as hostile as the web."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.health import Standing
from crawler.report import Report, build_report

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
HOSTILE = "<script>document.title='owned'</script><img src=http://evil.example/x onerror=alert(1)>"
SITES = (
    "northern-courier", "kettle-daily", "la-gaceta", "abendblatt", "example.com", "harbour-post",
    "村の新聞", "evening-mail", "valley-echo", "a-site-with-a-very-long-name.example.org",
)  # fmt: skip
_TITLES = (
    "Ferry crews vote for new pay after three weeks of talks",
    "Council approves the bridge that nobody wanted",
    "Hochwasser: Deiche halten, Pegel sinken langsam",
    "El mercado central abre de nuevo tras dos años de obras",
    "السماء تمطر على المدينة بعد جفاف طويل",
    "Why the old mill keeps turning",
)
_REASONS = {
    "CategoryPage": ("42 headlines of cards, 180 characters of text", 60),
    "TextTooShort": ("the body has 143 characters; EXTRACT_MIN_CHARS is 200", 35),
    "PaywallStub": ("it is declared as not free; it says 'subscribe to read'", 22),
    "ConsentWall": ("the title is 'before you continue'; 210 characters of text", 8),
    "HttpError": ("status 404", 5),
}


MANY_SITES = tuple(
    f"{place}-{name}{'.example.org' * (name == 'courier')}"
    for place in ("northern", "kettle", "harbour", "valley", "evening")
    for name in ("courier", "daily", "post", "mail", "echo", "herald", "times", "gazette",
                 "chronicle", "observer")
)  # fmt: skip


def report(sites: Sequence[str] = SITES, days: int = 30) -> Report:
    """The page's data of a month over these sites, the third of them unhealthy."""
    rows = {"articles": _articles(sites, days), "rejects": [], "runs": _runs(sites, days)}
    rows["rejects"] = _rejects(sites, rows["articles"])
    return build_report(rows, _standings(sites), NOW, days)


def report_of_the_first_day() -> Report:
    """The page's data of one run of one site, while another one has not been crawled."""
    first, second = SITES[:2]
    rows = {"articles": _articles([first], 1)[:2], "rejects": [], "runs": _runs([first], 1)}
    ran = Standing(site=first, last_run=NOW, last_success=NOW, outcome="done", articles_today=2,
                   health="healthy", next_due=NOW)  # fmt: skip
    return build_report(rows, [ran, Standing(site=second)], NOW, 30)


def report_of_nothing() -> Report:
    """The page's data before the first run."""
    return build_report({"articles": [], "rejects": [], "runs": []}, [], NOW, 30)


def _articles(sites: Sequence[str], days: int) -> list[dict[str, Any]]:
    rng = random.Random(4)
    found = []
    for place, site in enumerate(sites):
        for day in range(days):
            at = NOW - timedelta(days=day)
            is_weekend = at.weekday() >= 5
            count = rng.randint(4, 30) // (1 + place) // (2 if is_weekend else 1)
            for number in range(count):
                time = at - timedelta(minutes=37 * number)
                found.append({
                    "article_id": f"{site}-{day}-{number}", "site": site,
                    "url": f"https://{place}.example/{day}/{number}",
                    "title": HOSTILE if number == 3 else rng.choice(_TITLES),
                    "authors": ["Ann Lee"], "standfirst": rng.choice([None, ("The vote was close. "
                    "Both sides say that they have won, and that the work begins only now.")]),
                    "published_at": time, "fetched_at": time + timedelta(minutes=5),
                })  # fmt: skip
    return found


def _rejects(sites: Sequence[str], articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng = random.Random(5)
    found: list[dict[str, Any]] = [
        {
            "site": rng.choice(sites), "reason": reason, "evidence": evidence,
            "url": "javascript:alert(1)" if number == 0 else f"https://x.example/{number}",
            "title": rng.choice([None, HOSTILE, *_TITLES]), "duplicate_of": None,
            "fetched_at": NOW - timedelta(hours=number),
        }
        for reason, (evidence, count) in _REASONS.items()
        for number in range(count)
    ]  # fmt: skip
    for number, story in enumerate(rng.sample(articles, 40)):
        found.append({
            "site": sites[number % 3], "url": f"https://copy.example/{number}",
            "reason": "NearDuplicate", "evidence": f"0.{50 + number} of its word 3-grams",
            "title": story["title"], "duplicate_of": story["article_id"],
            "fetched_at": story["fetched_at"],
        })  # fmt: skip
    return found


def _runs(sites: Sequence[str], days: int) -> list[dict[str, Any]]:
    rng = random.Random(6)
    found = []
    for place, site in enumerate(sites):
        for day in range(days - 3 * (place == 9)):
            health, fault = rng.choices(
                [("healthy", None), ("suspect", "network"), ("unhealthy", "blocked")], [40, 2, 1]
            )[0]
            if place == 2 and day < 2:
                health, fault = "unhealthy", "consent_wall"
            found.append({
                "site": site, "started_at": NOW - timedelta(days=day), "outcome": "done",
                "health": health, "fault": fault, "articles": 1,
                "fault_evidence": fault and "2 of 3 sections answered 403",
            })  # fmt: skip
    return found


def _standings(sites: Sequence[str]) -> list[Standing]:
    shown = [
        Standing(
            site=site, last_run=NOW - timedelta(minutes=12 * (place + 1)), outcome="done",
            last_success=NOW - timedelta(minutes=12), articles_today=place, articles_usual=12.5,
            health="healthy", next_due=NOW,
        )
        for place, site in enumerate(sites) if place != 2
    ]  # fmt: skip
    sick = Standing(
        site=sites[2], last_run=NOW - timedelta(minutes=40), outcome="unhealthy",
        last_success=NOW - timedelta(days=2), articles_today=0, articles_usual=9.0,
        health="unhealthy", fault="consent_wall", why="14 of 14 article pages ask for consent",
    )  # fmt: skip
    return [sick, *shown]
