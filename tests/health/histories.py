"""Runs of an ordinary hourly crawl, to be changed by tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.rows import Run

START = datetime(2026, 11, 2, tzinfo=UTC)
SECTION = "https://example.com/world/"


def run(hour: int = 0, **changes: Any) -> Run:
    """An ordinary run, `hour` hours after the first: five articles, two rejects."""
    at = START + timedelta(hours=hour)
    usual: dict[str, Any] = {
        "run_id": f"run-{hour}", "site": "example.com", "spider": "example",
        "started_at": at, "finished_at": at + timedelta(minutes=1),
        "outcome": "done", "reason": "finished", "sections": 1, "sections_read": 1,
        "pages": 9, "articles": 5, "rejects": 2, "known_skipped": 20, "failures": 0,
        "errors": 0, "bytes": 1, "by_reason": {"NearDuplicate": 1, "CategoryPage": 1},
        "by_status": {"200": 9},
        "coverage": {"title": 5, "published_at": 5, "authors": 5, "long_text": 5},
        "gap_min_s": 1.0, "gap_median_s": 1.0, "version": "0",
        "section_links": {SECTION: 30}, "latency_median_s": 0.4, "text_chars_median": 2000.0,
    }  # fmt: skip
    return Run(**usual | changes)


def history(hours: int = 48, **changes: Any) -> list[Run]:
    """So many ordinary runs, oldest first."""
    return [run(hour, **changes) for hour in range(hours)]
