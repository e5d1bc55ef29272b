"""All revisions of one story, by its URL."""

from typing import Any

import pyarrow.compute as pc

from pipelines.dataset.places import OutputDir
from pipelines.dataset.reader import open_dataset
from pipelines.dataset.schema import SCHEMAS, plain_rows
from pipelines.errors import ConfigError, DatasetError
from pipelines.urls import url_key

Rows = list[dict[str, Any]]


def revisions(output_dir: OutputDir, story: str, site: str | None = None) -> Rows:
    """The rows of a story, oldest revision first; `story` is any URL of it, or its article_id.

    Raises ConfigError where no story, or one of several sites, has it.
    """
    ids = _ids(output_dir, story, site)
    if not ids:
        raise ConfigError(f"no article of {story}: {_why_not(output_dir, story)}")
    if len(ids) > 1:
        raise ConfigError(
            f"{story} is a story of {', '.join(sorted(ids.values()))}; choose one with --site"
        )
    found = _rows(output_dir, "articles", pc.field("article_id") == next(iter(ids)))
    return sorted(found, key=lambda row: row["revision"])


def _ids(output_dir: OutputDir, story: str, site: str | None) -> dict[str, str]:
    """The article_ids of the stories that have this URL, each with its site."""
    field = pc.field
    is_it = (field("article_id") == story) | (field("url") == story)
    is_it |= (field("canonical_url") == story) | (field("url_key") == url_key(story))
    if site is not None:
        is_it &= field("site") == site
    table = open_dataset(output_dir).to_table(columns=["article_id", "site"], filter=is_it)
    return {row["article_id"]: row["site"] for row in table.to_pylist()}


def _why_not(output_dir: OutputDir, story: str) -> str:
    """What is known of a URL that is no article's."""
    try:
        found = _rows(output_dir, "rejects", pc.field("url_key") == url_key(story))
    except DatasetError:
        found = []
    if not found:
        return "it was never stored. Give its URL as in the column url, or its article_id"
    last = max(found, key=lambda row: row["fetched_at"])
    copied = f" (see: scrapy diff {last['duplicate_of']})" if last["duplicate_of"] else ""
    return f"it was rejected as {last['reason']}, {last['evidence']}{copied}"


def _rows(output_dir: OutputDir, name: str, keep: pc.Expression) -> Rows:
    table = open_dataset(output_dir, name).to_table(columns=SCHEMAS[name].names, filter=keep)
    return plain_rows(table)
