"""The one truth: what was seen, what is accepted but not yet published, what is published.

The only package that speaks SQL. SQLite in WAL mode; every write is one transaction, synced
to the disk before it counts, so that a killed process or a power cut costs nothing that was
accepted. Several processes may use one ledger; a writer waits for another.

    schema.py    how the file is opened, and brought to the current tables (steps/)
    database.py  transactions, and errors that say what to do
    urls.py      which URLs need no fetch
    stories.py   which stories are stored, and which resemble a text
    sites.py     sections and listings of a site, and what its URL patterns led to
    boilerplate.py  the lines of a site's newest stories, which teach its boilerplate
    outbox.py    finished rows on their way into Parquet parts
    ledger.py    all of it, and the transactions that span it
"""

from pipelines.ledger.ledger import Ledger
from pipelines.ledger.outbox import Part, Pending, PublishedPart
from pipelines.ledger.sites import ListingState
from pipelines.ledger.stories import (
    MAX_CANDIDATES,
    RECHECK,
    AgeStep,
    KnownStory,
    OldStory,
    StoredStory,
    Story,
)
from pipelines.ledger.urls import KnownReject

__all__ = [
    "MAX_CANDIDATES",
    "RECHECK",
    "AgeStep",
    "KnownReject",
    "KnownStory",
    "Ledger",
    "ListingState",
    "OldStory",
    "Part",
    "Pending",
    "PublishedPart",
    "StoredStory",
    "Story",
]
