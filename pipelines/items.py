"""The items that travel: a `Page` or a `Listing` leaves the spider, an `Article` extraction.

Stages know one another only through these types. They are frozen: a stage that changes
an item returns a new one (`dataclasses.replace`), so no stage can surprise another.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched response, and what the crawl knows about it.

    `url`, `body`, `encoding` and `fetched_at` are enough for extraction; all else is
    knowledge that only a crawl has.
    """

    url: str
    """The URL that answered, after redirects."""
    body: bytes = field(repr=False)
    """The body, decompressed, not decoded."""
    fetched_at: datetime
    """When it was fetched; aware (UTC)."""
    encoding: str | None = None
    """The encoding that the HTTP header declared; None when it declared none."""
    status: int = 200
    fault: str | None = None
    """Why there is no response; then `status` is 0."""
    headers: dict[str, str] = field(default_factory=dict)
    """Response headers that bear on extraction, names in lower case."""
    requested_url: str | None = None
    """The URL that was asked for, where a redirect changed it."""
    site: str | None = None
    """The site's name; None means the registered domain of `url`."""
    language: str | None = None
    """The language that the site's file declares (BCP 47), a hint."""
    discovered_via: str = "argument"
    """section, pagination, feed, sitemap, news_sitemap or argument."""
    listing_url: str | None = None
    """The page that led here."""
    listing_rank: int | None = None
    """The place on that page; 1 is the first."""
    listed_title: str | None = None
    """The anchor text, or the title of the feed entry."""
    listed_at: datetime | None = None
    """The date that a feed or sitemap gave for this URL: a witness, not the truth."""
    run_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
    """One article link as a listing showed it."""

    rank: int
    url_key: str
    anchor_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one category page, feed or sitemap showed, and how to ask whether it changed."""

    url: str
    """The URL that was asked for."""
    site: str
    seen_at: datetime
    entries: tuple[ListingEntry, ...]
    feeds: tuple[str, ...] = ()
    """The feeds that it declares."""
    etag: str | None = None
    last_modified: str | None = None
    """Headers of the response, as the server wrote them (RFC 9110, 8.8)."""
    body_hash: str = ""
    run_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What finds near-duplicates of a text: MinHash signatures and their band keys."""

    algorithm: str
    """Names the library, its version of the hash, shingles, permutations and bands.
    Fingerprints of different algorithms are never compared."""
    signature: bytes
    """MinHash values and a sample of the numbers and names, packed (pipelines.dedup.fingerprint);
    empty for a text without words."""
    bands: tuple[int, ...]
    """One signed 64-bit key per band: texts that share a key are candidates."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, as the page alone makes it: of the text, or amid it and foreign."""

    text: str
    place: str
    """Tag and classes of its element and of the two around it."""
    is_kept: bool
    """True for a line of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One revision of a story: the columns of `articles/`, in the types of Python.

    See docs/dataset.md for the meaning of each. Times are aware (UTC).
    """

    article_id: str
    revision: int = 1
    site: str
    url: str
    canonical_url: str | None = None
    url_key: str
    title: str | None = None
    standfirst: str | None = None
    description: str | None = None
    section: str | None = None
    text: str = field(repr=False)
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    published_precision: str | None = None
    """second, minute or day."""
    published_raw: str | None = None
    published_source: str | None = None
    """jsonld, meta, microdata, time_tag, feed, news_sitemap, url, script or htmldate."""
    image_url: str | None = None
    word_count: int
    page_type: str = "article"
    is_free: bool | None = None
    body_source: str
    field_sources: dict[str, str] = field(default_factory=dict)
    """For each other field that is set, what gave it."""
    conflicts: tuple[str, ...] = ()
    """What contradicts a field: "published_at: meta says 2026-05-01T08:30:00Z"."""
    extractor: str
    discovered_via: str = "argument"
    listing_url: str | None = None
    listing_rank: int | None = None
    content_hash: str
    duplicate_of: str | None = None
    similarity: float | None = None
    cluster_id: str
    opt_out: tuple[str, ...] = ()
    status: int = 200
    first_seen_at: datetime
    fetched_at: datetime
    html_bytes: int
    raw_ref: str | None = None
    run_id: str = ""
    aliases: tuple[str, ...] = ()
    """Not a column: other url_keys that led here (before redirects, canonical)."""
    declared_original: str | None = None
    """Not a column: the URL on another site that a copy names as its original."""
    lines: tuple[Line, ...] = field(default=(), repr=False)
    """Not a column: what the site learns its boilerplate from (pipelines.boilerplate)."""
    page_hash: str = ""
    """Not a column: content_hash of the text before the site's boilerplate was dropped."""
    fingerprint: Fingerprint | None = None
    """Not a column: set by the dedup stage, kept in the ledger."""
