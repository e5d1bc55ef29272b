"""A whole site from its category pages: what is found, stored and right.

    python -m benchmarks.harbour [--sites ../shared/sites]

Serves the static site `harbour` on loopback, crawls it twice with `scrapy crawl` from its six
category pages alone, and compares the dataset with the truth. trafilatura's figures are for
the same pages, each handed to it.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trafilatura
from rich.console import Console
from rich.table import Table

from benchmarks.scoring import compare, mean
from pipelines.dataset.reader import table_of_dataset

SECTIONS = ("business", "culture", "politics", "sports", "technology", "world")
PROJECT = Path(__file__).parents[1]
DEFAULT_SITES = PROJECT.parent / "shared" / "sites"

Record = dict[str, Any]


def main() -> int:
    """Run the comparison; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.harbour", description=__doc__)
    parser.add_argument("--sites", type=Path, default=DEFAULT_SITES)
    sites = parser.parse_args().sites
    if not (sites / "harbour.tar.xz").exists():
        print(f"skipped: {sites / 'harbour.tar.xz'} is not there")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        _run(sites, Path(folder))
    return 0


def _run(sites: Path, folder: Path) -> None:
    with tarfile.open(sites / "harbour.tar.xz") as archive:
        archive.extractall(folder / "site", filter="data")
    truth = _truth(sites / "harbour.truth.jsonl.gz")
    with _served(folder / "site") as (base_url, asked):
        _crawl(base_url, folder / "output")
        first = len(asked)
        _crawl(base_url, folder / "output")
    rows = {
        "/" + row["url"].split("/", 3)[3]: row
        for row in table_of_dataset(folder / "output").to_pylist()
    }
    theirs = {path: _by_trafilatura(folder / "site", path) for path in truth}
    _print(truth, rows, theirs)
    print(f"requests: {first} in the first crawl, {len(asked) - first} in the second")


def _truth(path: Path) -> dict[str, Record]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {"/" + record["url"].split("/", 3)[3]: record for record in records}


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The site's base URL, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_request(self, *_: object) -> None:
            asked.append(self.path)

    class Server(ThreadingHTTPServer):
        request_queue_size = 64

    server = Server(("127.0.0.1", 0), partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def _crawl(base_url: str, output: Path) -> None:
    urls = ",".join(f"{base_url}/categories/{section}/" for section in SECTIONS)
    subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={urls}",
            "-a", "max_pages=50", "-s", f"OUTPUT_DIR={output}", "-s", "DOWNLOAD_DELAY=0.01",
        ],
        cwd=PROJECT, check=True,
    )  # fmt: skip


def _by_trafilatura(site: Path, path: str) -> Record:
    page = (site / path.lstrip("/")).read_bytes()
    found: Any = trafilatura.bare_extraction(page, with_metadata=True)
    return found.as_dict() if found else {}


def _print(truth: dict[str, Record], rows: dict[str, Record], theirs: dict[str, Record]) -> None:
    pairs = [(record, rows.get(path, {})) for path, record in truth.items()]
    peers = [(record, theirs[path]) for path, record in truth.items()]
    table = Table("measure", "broadsheet", "trafilatura on each article", "floor")
    found = sum(path in truth for path in rows)
    table.add_row("articles found (recall)", f"{found / len(truth):.3f}", "–", "0.99")
    table.add_row("nothing else stored (precision)", f"{found / len(rows):.3f}", "–", "0.99")
    for name, ours, peer, floor in (
        ("title", _same("title", "title"), _same("title", "title"), "0.99"),
        ("author", _author, _same("author", "author"), "0.99"),
        ("day", _day, _local_day, "0.99"),
        ("time to the second", _second, None, "–"),
        ("category", _category("section"), _category("categories"), "0.99"),
        ("body, token F1", _body, _body, "0.995"),
    ):
        table.add_row(
            name,
            f"{mean([float(ours(t, r)) for t, r in pairs]):.4f}",
            f"{mean([float(peer(t, r)) for t, r in peers]):.4f}" if peer else "–",
            floor,
        )
    Console(width=100).print(table)


def _same(ours: str, true: str) -> Any:
    return lambda truth, row: row.get(ours) == truth[true]


def _author(truth: Record, row: Record) -> bool:
    return row.get("authors") == [truth["author"]]


def _day(truth: Record, row: Record) -> bool:
    published = row.get("published_at")
    return published is not None and published.date() == _published(truth).date()


def _local_day(truth: Record, row: Record) -> bool:
    return bool(str(row.get("date") or "") == truth["date_published"][:10])


def _second(truth: Record, row: Record) -> bool:
    return bool(row.get("published_at") == _published(truth))


def _published(truth: Record) -> datetime:
    return datetime.fromisoformat(truth["date_published"]).astimezone(UTC)


def _category(column: str) -> Any:
    return lambda truth, row: row.get(column) in (truth["category"][0], truth["category"])


def _body(truth: Record, row: Record) -> float:
    return compare(row.get("text") or "", "\n".join(truth["paragraphs"]), size=1).f1


if __name__ == "__main__":
    sys.exit(main())
