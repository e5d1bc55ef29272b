"""What a run says at its end: a few lines, as cron mails them."""

from scrapy.crawler import Crawler

from crawler.counters import rejects_in
from crawler.health import Fault, Level
from crawler.outcome import Outcome
from pipelines.session import output_dir_of


def summary(crawler: Crawler, outcome: Outcome) -> str:
    """What was stored, what was not and why, and where it lies."""
    site = crawler.spider.site  # type: ignore[union-attr]
    lines = [f"{site}: {outcome.word}. {_counts(crawler)}"]
    if reasons := _reasons(crawler):
        lines.append(f"  not stored: {reasons}")
    if outcome is Outcome.STOPPED:
        lines.append(f"  {_why_stopped(crawler)}; the next run goes on where this one ended")
    lines.append(f"  dataset: {output_dir_of(crawler) / 'articles'}")
    return "\n".join(lines)


def health_line(crawler: Crawler) -> str:
    """One line for stderr where the run is unhealthy beside the runs before it; else ""."""
    value = crawler.stats.get_value
    if value("health/level") != Level.UNHEALTHY.value:
        return ""
    fault = Fault(value("health/fault"))
    site = crawler.spider.site  # type: ignore[union-attr]
    name = fault.value.replace("_", " ")
    return f"ERROR: {site} is unhealthy: {name}: {value('health/evidence')}; {fault.advice}"


def _why_stopped(crawler: Crawler) -> str:
    if crawler.stats.get_value("run/reason") == "deadline":
        return f"the deadline of {crawler.settings['RUN_DEADLINE']} was reached with work left"
    return "stopped from outside with work left"


def _counts(crawler: Crawler) -> str:
    value = crawler.stats.get_value
    parts = [f"{value('store/articles', 0)} new articles"]
    for name, words in (
        ("known/skipped", "known links skipped"),
        ("rechecks/asked", "looked at again"),
        ("discovery/older_than_since", "older than asked for"),
        ("discovery/nofollow", "marked nofollow"),
        ("discovery/offsite", "on other sites"),
        ("robots/disallowed", "forbidden by robots.txt"),
        ("fetch/failed", "could not be fetched"),
    ):
        if value(name):
            parts.append(f"{value(name)} {words}")
    seconds = value("elapsed_time_seconds", 0)
    return f"{', '.join(parts)}; {value('response_received_count', 0)} pages in {seconds:.0f} s"


def _reasons(crawler: Crawler) -> str:
    """`3 NearDuplicate, 1 ConsentWall`, the commonest first."""
    counted = [(count, name) for name, count in rejects_in(crawler.stats.get_stats()).items()]
    return ", ".join(f"{count} {reason}" for count, reason in sorted(counted, reverse=True))
