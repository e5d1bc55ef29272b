"""Articles and pages for tests of the ledger and the dataset."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipelines.items import Article, Fingerprint, Page

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)

_ARTICLE = Article(
    article_id="",
    site="example.com",
    url="https://example.com/a",
    url_key="",
    title="Ferry returns to the harbour",
    text="The ferry came back on Monday.\n\nNobody was hurt.",
    authors=("Ines Carvalho", "R. Okafor"),
    tags=("ferry", "harbour"),
    published_at=NOON - timedelta(hours=3),
    word_count=9,
    body_source="trafilatura",
    field_sources={"title": "jsonld", "authors": "meta"},
    extractor="test",
    content_hash="",
    cluster_id="",
    first_seen_at=NOON,
    fetched_at=NOON,
    html_bytes=1234,
    run_id="run-1",
)


def article(number: int = 1, **changes: object) -> Article:
    """A story that differs from those of other numbers in id, URL and content hash."""
    sample = replace(
        _ARTICLE,
        article_id=f"story-{number}",
        url_key=f"https://example.com/{number}",
        content_hash=f"hash-{number}",
        cluster_id=f"story-{number}",
    )
    return replace(sample, **changes)  # type: ignore[arg-type]


def page(number: int = 1, **changes: object) -> Page:
    """A page of the same site."""
    sample = Page(
        url=f"https://example.com/{number}",
        body=b"<html></html>",
        site="example.com",
        fetched_at=NOON,
        run_id="run-1",
    )
    return replace(sample, **changes)  # type: ignore[arg-type]


def mark(*bands: int, algorithm: str = "test-1") -> Fingerprint:
    """A fingerprint with these band keys."""
    return Fingerprint(algorithm=algorithm, signature=b"\x01\0\x02", bands=bands)
