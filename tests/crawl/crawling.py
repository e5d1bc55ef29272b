"""Runs `scrapy crawl` as cron does: in a process of its own, judged by its exit status."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.dataset.reader import table_of_dataset

PROJECT = Path(__file__).parents[2]
# Polite enough for a loopback server, quick enough for a test.
DELAY_S = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """How a crawl ended."""

    status: int
    out: str
    err: str


def command(*arguments: str, output: Path, **settings: Any) -> list[str]:
    """The command line of `scrapy <arguments>` that writes to `output`."""
    given = {"OUTPUT_DIR": output, "DOWNLOAD_DELAY": DELAY_S, "EXTRACT_WORKERS": 2} | settings
    options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", *arguments, *options]


def scrapy(*arguments: str, output: Path, path: Path = PROJECT, **settings: Any) -> Run:
    """Run `scrapy <arguments>` to its end; modules in the folder `path` can be imported."""
    done = subprocess.run(
        command(*arguments, output=output, **settings),
        cwd=PROJECT, env=os.environ | {"PYTHONPATH": str(path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def crawl(*section_urls: str, output: Path, args: tuple[str, ...] = (), **settings: Any) -> Run:
    """Crawl these sections with the spider `news`."""
    extra = [part for arg in args for part in ("-a", arg)]
    return scrapy(
        "crawl", "news", "-a", f"url={','.join(section_urls)}", *extra, output=output, **settings
    )


def rows(output: Path, name: str = "articles") -> list[dict[str, Any]]:
    """The rows of a dataset."""
    found: list[dict[str, Any]] = table_of_dataset(output, name).to_pylist()
    return found
