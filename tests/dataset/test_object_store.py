"""OUTPUT_DIR=s3://…, against a server that speaks S3: crawl, read back, kill, refuse."""

import json
import random
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

from benchmarks.kill_points import KillServer
from pipelines.dataset.compaction import migrate
from pipelines.dataset.files import write_part
from pipelines.dataset.places import ObjectStore, output_dir, sha256, upload
from pipelines.dataset.publisher import Publisher
from pipelines.dataset.reader import table_of_dataset
from pipelines.dataset.schema import SCHEMAS
from pipelines.dataset.verify import verify
from pipelines.errors import ConfigError
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from tests.crawl.crawling import command, scrapy
from tests.dataset.samples import article
from tests.newsroom import Newsroom

SITE = "example.com"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The endpoint of a server that speaks S3."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def store(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A prefix in a bucket of its own; credentials the usual way."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": server, "AWS_EC2_METADATA_DISABLED": "true",
        "BROADSHEET_STATE_DIR": str(tmp_path / "state"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    bucket = f"news-{random.getrandbits(40):x}"
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=bucket)
    place = output_dir(f"s3://{bucket}/daily", str(tmp_path / "state"))
    assert isinstance(place, ObjectStore)
    return place


def _rows(store: ObjectStore, name: str = "articles") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table_of_dataset(store, name).to_pylist()
    return rows


def _scrapy(store: ObjectStore, *arguments: str, **settings: Any) -> Any:
    return scrapy(*arguments, output=store.uri, **settings)  # type: ignore[arg-type]


def test_crawl_into_a_bucket_is_read_verified_and_cared_for(
    store: ObjectStore, tmp_path: Path
) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        url = f"url={newsroom.section_urls[0]}"
        done = _scrapy(store, "crawl", "news", "-a", url, PUBLISH_ROWS=2)
        assert (done.status, done.err) == (0, "")
        before = len(newsroom.requests)
        assert _scrapy(store, "crawl", "news", "-a", url).status == 0
        asked = {newsroom.url(request.path) for request in newsroom.requests[before:]}
    rows = _rows(store)
    assert len(rows) == 4
    assert not {row["url"] for row in rows} & asked, "the ledger on this machine knows them"
    assert (tmp_path / "state" / "ledger.db").exists()
    verified = _scrapy(store, "dataset", "verify")
    assert (verified.status, "0 faults" in verified.out) == (0, True), verified.out
    figures = json.loads(_scrapy(store, "dataset", "stats", "--json").out)
    assert (figures[0]["rows"], figures[0]["bytes"] > 0) == (4, True)
    assert "4 articles" in _scrapy(store, "dataset", "show").out
    assert "There is one revision" in _scrapy(store, "diff", rows[0]["url"]).out
    target = tmp_path / "all.parquet"
    assert _scrapy(store, "dataset", "export", str(target)).out.startswith("4 rows")
    assert duckdb.execute(f"SELECT count(*) FROM '{target}'").fetchall() == [(4,)]
    assert "127.0.0.1" in _scrapy(store, "status").out
    assert _scrapy(store, "report", "--output", str(tmp_path / "page.html")).status == 0
    assert "4 stories" in _scrapy(store, "dataset", "rebuild-ledger").out
    refused = _scrapy(store, "dataset", "compact")
    assert (refused.status, "scrapy dataset export" in refused.err) == (2, True)


def test_kills_while_objects_are_put_lose_and_repeat_nothing(store: ObjectStore) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom, KillServer() as killer:
        line = command(
            "crawl", "news", "-a", f"url={newsroom.section_urls[0]}",
            output=store.uri, PUBLISH_ROWS=2,  # type: ignore[arg-type]
        )[3:]  # fmt: skip
        steps = store.state_dir.parent / "steps"
        killed = [killer.run(step, steps, *line) for step in (9, 30, 45, 50, 52, 54, 56)]
        while killer.run(0, steps, *line):
            pass
        expected = {newsroom.url(story.path) for story in newsroom.stored}
    assert killed.count(-signal.SIGKILL) >= 3
    assert Counter(row["url"] for row in _rows(store)) == Counter(expected)
    with Ledger.open(ledger_path(store)) as ledger:
        assert verify(ledger, store) == []


class _Cut(Exception):
    """The process ends here."""


@pytest.mark.parametrize("step", ["before the upload", "after the upload"])
def test_publication_cut_off_is_finished_under_the_same_name(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with Ledger.open(ledger_path(store)) as ledger:
        ledger.accept(article(1))
        place = "pipelines.dataset.publisher.upload" if step.startswith("before") else None
        with monkeypatch.context() as patch:
            patch.setattr(place, _cut) if place else patch.setattr(Ledger, "record", _cut)
            with pytest.raises(_Cut):
                Publisher(ledger, store).publish(SITE)
        ledger.accept(article(2))
        Publisher(ledger, store).publish(SITE)
        assert sorted(row["article_id"] for row in _rows(store)) == ["story-1", "story-2"]
        assert verify(ledger, store) == []


def _cut(*_: object, **__: object) -> None:
    raise _Cut


def test_parts_of_an_older_schema_are_put_anew(
    store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = SCHEMAS["articles"]
    old = new.remove(new.get_field_index("raw_ref"))
    old = old.with_metadata(new.metadata | {b"broadsheet.schema_version": b"1"})
    with Ledger.open(ledger_path(store)) as ledger:
        ledger.accept(article(1))
        Publisher(ledger, store).publish(SITE)
        (part,) = ledger.parts()
        draft = tmp_path / "old.parquet"
        write_part(table_of_dataset(store).select(old.names).cast(old), draft)
        upload(draft, store, part.path)
        size, checksum = draft.stat().st_size, sha256(draft.read_bytes())
        ledger.record(part, rows=1, size=size, checksum=checksum, schema_version=1)
        assert [fault.what for fault in verify(ledger, store)] == ["schema"]
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "record", _cut)
            with pytest.raises(_Cut):
                migrate(ledger, store)
        assert len(migrate(ledger, store)) == 1
        assert verify(ledger, store) == []
        assert migrate(ledger, store) == []
    assert [row["article_id"] for row in _rows(store)] == ["story-1"]


def test_store_that_cannot_be_reached_stops_the_run_before_its_first_request(
    store: ObjectStore,
) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        url = f"url={newsroom.section_urls[0]}"
        done = scrapy("crawl", "news", "-a", url, output="s3://no-such-bucket/x")  # type: ignore[arg-type]
        assert newsroom.requests == []
    assert (done.status, "Check the bucket, the credentials" in done.err) == (6, True), done.err


@pytest.mark.parametrize(
    ("location", "state", "why"),
    [
        ("ftp://host/news", "", "must be a folder or begin with s3://"),
        ("output", "state", "OUTPUT_DIR output is a folder: its state lies in it"),
    ],
)
def test_wrong_places_are_refused(location: str, state: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        output_dir(location, state)
