"""The complete and explicit schema of each dataset. Never inferred, the same in every part."""

from importlib.metadata import version
from typing import Any

import pyarrow as pa

from pipelines.rows import Row

SCHEMA_VERSION = 1

_TIME = pa.timestamp("us", tz="UTC")
_LIST = pa.list_(pa.string())
_COUNTS = pa.map_(pa.string(), pa.int64())


def _required(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


_ARTICLES = [
    _required("article_id", pa.string()),
    _required("revision", pa.int32()),
    _required("site", pa.string()),
    _required("url", pa.string()),
    pa.field("canonical_url", pa.string()),
    _required("url_key", pa.string()),
    pa.field("title", pa.string()),
    pa.field("standfirst", pa.string()),
    pa.field("description", pa.string()),
    pa.field("section", pa.string()),
    _required("text", pa.string()),
    pa.field("authors", _LIST),
    pa.field("tags", _LIST),
    pa.field("language", pa.string()),
    pa.field("published_at", _TIME),
    pa.field("modified_at", _TIME),
    pa.field("published_precision", pa.string()),
    pa.field("published_raw", pa.string()),
    pa.field("published_source", pa.string()),
    pa.field("image_url", pa.string()),
    _required("word_count", pa.int32()),
    _required("page_type", pa.string()),
    pa.field("is_free", pa.bool_()),
    _required("body_source", pa.string()),
    pa.field("field_sources", pa.map_(pa.string(), pa.string())),
    _required("extractor", pa.string()),
    _required("discovered_via", pa.string()),
    pa.field("listing_url", pa.string()),
    pa.field("listing_rank", pa.int32()),
    _required("content_hash", pa.string()),
    pa.field("duplicate_of", pa.string()),
    pa.field("similarity", pa.float32()),
    _required("cluster_id", pa.string()),
    pa.field("opt_out", _LIST),
    _required("status", pa.int16()),
    _required("first_seen_at", _TIME),
    _required("fetched_at", _TIME),
    _required("html_bytes", pa.int32()),
    pa.field("raw_ref", pa.string()),
    _required("run_id", pa.string()),
]
_REJECTS = [
    _required("url", pa.string()),
    _required("site", pa.string()),
    _required("url_key", pa.string()),
    _required("reason", pa.string()),
    _required("evidence", pa.string()),
    pa.field("page_type", pa.string()),
    pa.field("title", pa.string()),
    pa.field("text_start", pa.string()),
    pa.field("duplicate_of", pa.string()),
    pa.field("similarity", pa.float32()),
    _required("status", pa.int16()),
    pa.field("listing_url", pa.string()),
    _required("fetched_at", _TIME),
    _required("run_id", pa.string()),
]
_LISTINGS = [
    _required("listing_url", pa.string()),
    _required("site", pa.string()),
    _required("seen_at", _TIME),
    _required("rank", pa.int32()),
    _required("url_key", pa.string()),
    pa.field("anchor_text", pa.string()),
    _required("is_new", pa.bool_()),
    _required("run_id", pa.string()),
]
_RUN_COUNTS = (
    *("sections", "sections_read", "pages", "articles", "rejects"),
    *("known_skipped", "failures", "errors", "bytes"),
)
_RUNS = [
    _required("run_id", pa.string()),
    _required("site", pa.string()),
    _required("spider", pa.string()),
    _required("started_at", _TIME),
    _required("finished_at", _TIME),
    _required("outcome", pa.string()),
    _required("reason", pa.string()),
    *(_required(name, pa.int64()) for name in _RUN_COUNTS),
    pa.field("by_reason", _COUNTS),
    pa.field("by_status", _COUNTS),
    pa.field("coverage", _COUNTS),
    pa.field("gap_min_s", pa.float64()),
    pa.field("gap_median_s", pa.float64()),
    _required("version", pa.string()),
    pa.field("section_links", _COUNTS),
    pa.field("section_faults", pa.map_(pa.string(), pa.string())),
    pa.field("sections_unchanged", pa.int64()),
    pa.field("by_failure", _COUNTS),
    pa.field("robots_disallowed", pa.int64()),
    pa.field("text_chars_median", pa.float64()),
    pa.field("latency_median_s", pa.float64()),
    pa.field("health", pa.string()),
    pa.field("fault", pa.string()),
    pa.field("fault_evidence", pa.string()),
]


def _schema(dataset: str, columns: list[pa.Field]) -> pa.Schema:
    return pa.schema(
        columns,
        metadata={
            "broadsheet.dataset": dataset,
            "broadsheet.schema_version": str(SCHEMA_VERSION),
            "broadsheet.version": version("broadsheet"),
        },
    )


SCHEMAS: dict[str, pa.Schema] = {
    "articles": _schema("articles", _ARTICLES),
    "rejects": _schema("rejects", _REJECTS),
    "listings": _schema("listings", _LISTINGS),
    "runs": _schema("runs", _RUNS),
}

# Rows of a part are sorted by these: reading one site was 28 times faster so.
SORT_KEYS = {
    "articles": ("site", "published_at"),
    "rejects": ("site", "fetched_at"),
    "listings": ("site", "listing_url", "seen_at", "rank"),
    "runs": ("site", "started_at"),
}

# Columns of few values: dictionary-encoded.
DICTIONARY_COLUMNS = {
    "articles": [
        "site", "section", "authors.list.element", "tags.list.element", "language",
        "published_precision", "published_source", "page_type", "body_source", "extractor",
        "discovered_via", "listing_url", "opt_out.list.element", "run_id",
    ],
    "rejects": ["site", "reason", "page_type", "listing_url", "run_id"],
    "listings": ["listing_url", "site", "run_id"],
    "runs": ["site", "spider", "outcome", "reason", "version", "health", "fault"],
}  # fmt: skip


def table_of(dataset: str, rows: list[Row]) -> pa.Table:
    """The rows as a sorted table in the dataset's schema."""
    schema = SCHEMAS[dataset]
    columns = [_column([row[field.name] for row in rows], field.type) for field in schema]
    keys = [(name, "ascending") for name in SORT_KEYS[dataset]]
    return pa.Table.from_arrays(columns, schema=schema).sort_by(keys)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_map(kind):
        values = [sorted(value.items()) for value in values]
    return pa.array(values, type=kind)
