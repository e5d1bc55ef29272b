"""The ledger at size: start-up, memory, lookups, near-duplicate checks, acceptance.

    python -m benchmarks.ledger_size [--urls 100000,1000000,10000000] [--stories 1000000]

Fills a ledger with made-up URLs and stories (63 band keys each, as real ones have), then
measures it in a process of its own that has just started. Lookups and checks are in CPU time,
so that a busy machine does not count; start and acceptance (with its sync) are not. 10^7 URLs
and 10^6 stories need about 6 GB of disk for as long as it runs.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.dedup.fingerprint import fingerprint
from pipelines.dedup.judge import compare
from pipelines.items import Fingerprint
from pipelines.ledger import Ledger
from pipelines.rows import microseconds
from tests.dataset.samples import article

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITES = 50
BANDS = 63
LOOKUPS = 20_000
CHECKS = 300
ACCEPTS = 100
# Of a real fingerprint: 1.2 kB.
_SAMPLE = fingerprint(" ".join(f"word{number % 997} Name{number % 83}" for number in range(900)))


def url_of(number: int) -> tuple[str, str]:
    """The site and url_key of a made-up URL; in the order of the table's key."""
    site = number % SITES
    return f"site-{site:02}.example", f"https://site-{site:02}.example/2026/{number:09}/a-story"


def band_of(story: int, place: int) -> int:
    """A band key; every 20th story shares its first eight with the story before."""
    owner = story - 1 if story % 20 == 0 and place < 8 else story
    return (owner * BANDS + place) * 0x9E3779B97F4A7C15 % 2**63  # Fibonacci hashing


def fill(path: Path, urls: int, stories: int) -> None:
    """A ledger of so many URLs and stories, written in the order of its tables: fast."""
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -500000")
        for site in range(SITES):
            numbers = range(site, urls, SITES)
            connection.executemany(
                "INSERT INTO urls VALUES (?, ?, 'stored', NULL, 'story', 0, NULL)",
                map(url_of, numbers),
            )
        blob = _SAMPLE.algorithm.encode() + b"\0" + _SAMPLE.signature
        first = microseconds(NOON - timedelta(days=29))
        step = 29 * 24 * 3600 * 1_000_000 // max(stories, 1)
        connection.executemany(
            "INSERT INTO stories (story, article_id, site, url, url_key, cluster_id, "
            "content_hash, first_seen_at, revision, fingerprint) "
            "VALUES (?, ?, ?, '', '', '', ?, ?, 1, ?)",
            (
                (n, f"{n:016x}", url_of(n)[0], f"{n:032x}", first + n * step, blob)
                for n in range(1, stories + 1)
            ),
        )
        _fill_bands(connection, stories)
    connection.close()


def _fill_bands(connection: sqlite3.Connection, stories: int) -> None:
    rows = ((band_of(story, place), story) for story in range(1, stories + 1)
            for place in range(BANDS))  # fmt: skip
    connection.execute("CREATE TEMP TABLE loose (band, story)")
    connection.executemany("INSERT INTO loose VALUES (?, ?)", rows)
    connection.execute("INSERT OR IGNORE INTO bands SELECT * FROM loose ORDER BY band, story")


def measure(path: Path, urls: int, stories: int) -> dict[str, float]:
    """Figures of an open ledger, in the units that the names say."""
    chance = random.Random(1)
    before = _resident_mb()
    began = time.perf_counter()
    ledger = Ledger.open(path)
    ledger.is_known(*url_of(0), NOON)
    found = {"start_s": time.perf_counter() - began}
    known = [url_of(chance.randrange(urls)) for _ in range(LOOKUPS)]
    unknown = [(site, f"{key}-new") for site, key in known]
    for name, pairs in (("known_us", known), ("unknown_us", unknown)):
        began = time.process_time()
        assert all(ledger.is_known(*pair, NOON) is (name == "known_us") for pair in pairs)
        found[name] = (time.process_time() - began) / LOOKUPS * 1e6
    marks = [_mark_like(chance.randrange(1, stories + 1)) for _ in range(CHECKS)]
    began = time.process_time()
    hits = sum(len(_check(ledger, mark)) for mark in marks)
    found["check_ms"] = (time.process_time() - began) / CHECKS * 1e3
    found["candidates"] = hits / CHECKS
    began = time.perf_counter()
    for number in range(ACCEPTS):
        new = Fingerprint(
            algorithm=_SAMPLE.algorithm,
            signature=_SAMPLE.signature,
            bands=tuple(chance.getrandbits(62) for _ in range(BANDS)),
        )
        ledger.accept(article(number, fingerprint=new, fetched_at=NOON, first_seen_at=NOON))
    found["accept_ms"] = (time.perf_counter() - began) / ACCEPTS * 1e3
    found["memory_mb"] = _resident_mb() - before
    return found


def _check(ledger: Ledger, mark: Fingerprint) -> list[object]:
    """What the dedup stage does with an article."""
    stories = ledger.similar_stories(mark, NOON - timedelta(days=30))
    return [compare(mark, story.fingerprint) for story in stories if story.fingerprint]


def _mark_like(story: int) -> Fingerprint:
    """Half of the bands of a stored story."""
    bands = tuple(band_of(story, place) for place in range(BANDS // 2))
    rest = tuple(random.Random(-place).getrandbits(62) for place in range(BANDS - len(bands)))
    return Fingerprint(algorithm=_SAMPLE.algorithm, signature=_SAMPLE.signature, bands=bands + rest)


def _resident_mb() -> float:
    """The memory of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main(arguments: list[str]) -> int:
    """Print a row per size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger_size", description=__doc__)
    parser.add_argument("--urls", default="100000,1000000,10000000")
    parser.add_argument(
        "--stories", type=int, default=1_000_000, help="at most, and at most --urls"
    )
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        path, urls, stories = options.measure
        print(json.dumps(measure(Path(path), int(urls), int(stories))))
        return 0
    table = Table(
        "URLs", "stories", "file GB", "start s", "memory MB", "known µs", "unknown µs",
        "check ms", "candidates", "accept ms", title="The ledger at size", title_justify="left",
    )  # fmt: skip
    for urls in map(int, options.urls.split(",")):
        table.add_row(*_row(urls, min(urls, options.stories)))
    Console(width=120).print(table)
    return 0


def _row(urls: int, stories: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        fill(path, urls, stories)
        size = path.stat().st_size / 1e9
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.ledger_size", "--measure", path, str(urls),
             str(stories)],
            env=os.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout)
    return [
        f"{urls:,}", f"{stories:,}", f"{size:.2f}", f"{found['start_s']:.3f}",
        f"{found['memory_mb']:.0f}", f"{found['known_us']:.1f}", f"{found['unknown_us']:.1f}",
        f"{found['check_ms']:.2f}", f"{found['candidates']:.2f}", f"{found['accept_ms']:.1f}",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
