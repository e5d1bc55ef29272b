"""The complete and explicit schema of each dataset. Never inferred, the same in every part."""

from importlib.metadata import version
from typing import Any

import pyarrow as pa

from pipelines.errors import DatasetError
from pipelines.rows import Row

SCHEMA_VERSION = 2

_TIME = pa.timestamp("us", tz="UTC")
_LIST = pa.list_(pa.string())


def _entries(value: pa.DataType) -> pa.DataType:
    """Names with a value each. No Arrow map: Hugging Face datasets cannot read one."""
    return pa.list_(pa.struct([("key", pa.string()), ("value", value)]))


_COUNTS = _entries(pa.int64())


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
    pa.field("field_sources", _entries(pa.string())),
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
    pa.field("conflicts", _LIST),
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
    pa.field("section_faults", _entries(pa.string())),
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


# What a required column holds in rows that are older than it: dataset -> column -> value.
# Other new columns are null there.
DEFAULTS: dict[str, dict[str, Any]] = {}


def table_of(dataset: str, rows: list[Row]) -> pa.Table:
    """The rows as a sorted table in the dataset's schema.

    Rows may come from an older version of the program: a column that they lack takes its default.
    """
    schema, defaults = SCHEMAS[dataset], DEFAULTS.get(dataset, {})
    columns = [
        _column([row.get(field.name, defaults.get(field.name)) for row in rows], field.type)
        for field in schema
    ]
    return sort(dataset, pa.Table.from_arrays(columns, schema=schema))


def sort(dataset: str, table: pa.Table) -> pa.Table:
    """The table in the dataset's order."""
    return table.sort_by([(name, "ascending") for name in SORT_KEYS[dataset]])


def is_current(dataset: str, schema: pa.Schema) -> bool:
    """Whether a part's schema has the dataset's columns, types and version."""
    return bool(schema.equals(SCHEMAS[dataset]) and version_of(schema) == SCHEMA_VERSION)


def version_of(schema: pa.Schema) -> int:
    """The schema version that a part states; 0 where it states none."""
    return int((schema.metadata or {}).get(b"broadsheet.schema_version", 0))


def conform(dataset: str, table: pa.Table) -> pa.Table:
    """The table in the dataset's schema: new columns filled, types widened, old columns gone.

    Raises DatasetError where a required column is missing and has no default, or where values
    do not fit the new type.
    """
    defaults = DEFAULTS.get(dataset, {})
    columns = []
    for field in SCHEMAS[dataset]:
        if field.name in table.column_names:
            columns.append(_cast(table[field.name], field))
        elif field.nullable or field.name in defaults:
            default = pa.scalar(defaults.get(field.name), field.type)
            columns.append(pa.repeat(default, table.num_rows))
        else:
            raise DatasetError(f"the column {field.name} is required and missing in old parts")
    return pa.Table.from_arrays(columns, schema=SCHEMAS[dataset])


def _cast(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    try:
        return column.cast(field.type)
    except pa.ArrowException as error:
        raise DatasetError(
            f"the column {field.name} of an old part does not fit its type: {error}"
        ) from error


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if _is_entries(kind):
        values = [None if value is None else _as_entries(value) for value in values]
    return pa.array(values, type=kind)


def _as_entries(named: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": name, "value": named[name]} for name in sorted(named)]


def plain_rows(table: pa.Table | pa.RecordBatch) -> list[Row]:
    """The rows of a table as the items of the program are: names with values are dicts.

    >>> plain_rows(pa.table({"by": pa.array([[{"key": "a", "value": 1}], None], type=_COUNTS)}))
    [{'by': {'a': 1}}, {'by': None}]
    """
    named = {field.name for field in table.schema if _is_entries(field.type)}
    rows: list[Row] = table.to_pylist()
    for row in rows:
        for name in named:
            if row[name] is not None:
                row[name] = {entry["key"]: entry["value"] for entry in row[name]}
    return rows


def _is_entries(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) and pa.types.is_struct(kind.value_type))
