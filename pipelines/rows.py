"""Items as rows of the dataset: plain JSON values, times in microseconds since the epoch (UTC)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.boilerplate import SiteLessons, drop_boilerplate
from pipelines.items import Article, Line, Listing, Page
from pipelines.rejects import Reject
from pipelines.text import content_hash, words
from pipelines.urls import site_of, url_key

Row = dict[str, Any]
Values = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_COLUMNS = {"aliases", "declared_original", "lines", "page_hash", "fingerprint"}
_COLUMNS = [column.name for column in fields(Article) if column.name not in _NOT_COLUMNS]
_TEXT_START_CHARS = 500


def microseconds(time: datetime) -> int:
    """Microseconds since the epoch; `time` must be aware.

    >>> microseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (time - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(time: int) -> datetime:
    """The aware time (UTC) of so many microseconds since the epoch.

    >>> from_microseconds(1_000_000)
    datetime.datetime(1970, 1, 1, 0, 0, 1, tzinfo=datetime.timezone.utc)
    """
    return _EPOCH + timedelta(microseconds=time)


def day_of(row_time: int) -> str:
    """The UTC day of a time in microseconds, as a partition is named.

    >>> day_of(86_400_000_000)
    '1970-01-02'
    """
    return from_microseconds(row_time).date().isoformat()


def values_of(row: Row, names: Sequence[str]) -> Values:
    """The values of some columns.

    >>> values_of({"article_id": "a", "revision": 2, "text": "…"}, ("article_id", "revision"))
    ('a', 2)
    """
    return tuple(row[name] for name in names)


def article_row(article: Article) -> Row:
    """One row of `articles/`; where its site learns, the place of each paragraph (no column)."""
    row = {name: _plain(getattr(article, name)) for name in _COLUMNS}
    if not article.lines:
        return row
    place_of = {line.text: line.place for line in article.lines if line.is_kept}
    return row | {"places": [place_of.get(text, "") for text in _paragraphs(article.text)]}


def without_boilerplate(row: Row, lessons: SiteLessons) -> Row:
    """A row of `articles/` without the lines that its site has shown to be boilerplate since.

    A row without places stays as it is: nothing was learned from it (`EXTRACT_LEARNS`).
    """
    if not (places := row.get("places")):
        return row
    paired = zip(_paragraphs(row["text"]), places, strict=True)
    lines = [Line(text, place, True) for text, place in paired]
    kept, dropped = drop_boilerplate(lines, lessons)
    if not dropped:
        return row
    text = "\n\n".join(line.text for line in kept)
    counted = {"word_count": len(words(text)), "content_hash": content_hash(text)}
    return row | {"text": text, "places": [line.place for line in kept]} | counted


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def reject_row(page: Page, reject: Reject) -> Row:
    """One row of `rejects/`."""
    return {
        "url": page.url,
        "site": page.site or site_of(page.url),
        "url_key": url_key(page.url),
        "reason": reject.reason,
        "evidence": reject.evidence,
        "page_type": reject.page_type,
        "title": reject.title or page.listed_title,
        "text_start": reject.text[:_TEXT_START_CHARS] if reject.text else None,
        "duplicate_of": reject.duplicate_of,
        "similarity": reject.similarity,
        "status": page.status,
        "listing_url": page.listing_url,
        "fetched_at": microseconds(page.fetched_at),
        "run_id": page.run_id,
    }


def listing_row(listing: Listing, position: int, *, is_new: bool) -> Row:
    """One row of `listings/`: the entry at `position` (0 is the first) of a listing."""
    entry = listing.entries[position]
    return {
        "listing_url": listing.url,
        "site": listing.site,
        "seen_at": microseconds(listing.seen_at),
        "rank": entry.rank,
        "url_key": entry.url_key,
        "anchor_text": entry.anchor_text,
        "is_new": is_new,
        "run_id": listing.run_id,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one site: a row of `runs/`."""

    run_id: str
    site: str
    spider: str
    started_at: datetime
    finished_at: datetime
    outcome: str
    reason: str
    sections: int
    sections_read: int
    pages: int
    articles: int
    rejects: int
    known_skipped: int
    failures: int
    errors: int
    bytes: int
    by_reason: dict[str, int]
    by_status: dict[str, int]
    coverage: dict[str, int]
    gap_min_s: float | None
    gap_median_s: float | None
    version: str
    section_links: dict[str, int] = field(default_factory=dict)
    """Section URL -> article links on its first page; without those that did not change."""
    section_faults: dict[str, str] = field(default_factory=dict)
    """Section URL -> why it could not be read: a fault's word, ": ", what was found."""
    sections_unchanged: int = 0
    by_failure: dict[str, int] = field(default_factory=dict)
    """Articles that could not be fetched, by the exception's name."""
    robots_disallowed: int = 0
    text_chars_median: float | None = None
    latency_median_s: float | None = None
    health: str = "healthy"
    """healthy, suspect, unhealthy or unjudged (crawler.health)."""
    fault: str | None = None
    fault_evidence: str | None = None


def run_row(run: Run) -> Row:
    """One row of `runs/`."""
    return {column.name: _plain(getattr(run, column.name)) for column in fields(Run)}


def run_of(row: Row) -> Run:
    """The run of a row; the other way round of `run_row`.

    A column that an older version of the program did not write takes its default.
    """
    known = {column.name for column in fields(Run)}
    values = {name: value for name, value in row.items() if name in known and value is not None}
    for name in ("started_at", "finished_at"):
        values[name] = from_microseconds(row[name])
    return Run(**{"gap_min_s": None, "gap_median_s": None} | values)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return microseconds(value)
    return list(value) if isinstance(value, tuple) else value
