"""`scrapy … | head`, `>&-`: a command that nobody reads ends quietly, with its usual status."""

import os
import subprocess
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from crawler import commands
from tests.crawl.crawling import PROJECT, command
from tests.newsroom import Newsroom

DONE, UNHEALTHY = 0, 5


def _unread(*arguments: str, output: Path, **settings: Any) -> tuple[int, str]:
    """The exit status and stderr of a command whose standard output nobody reads."""
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as pipe:
        done = subprocess.run(
            command(*arguments, output=output, **settings), cwd=PROJECT,
            stdout=pipe, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    return done.returncode, done.stderr


def _closed(closing: str, *arguments: str, output: Path) -> tuple[int, str]:
    """The exit status of a command begun with streams closed, and stderr where it is not."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {closing}', "sh", *command(*arguments, output=output)],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


COMMANDS = [("list",), ("status",), ("dataset", "stats"), ("genspider", "--list")]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_command_that_nobody_reads_ends_quietly(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _unread(*arguments, output=tmp_path) == (DONE, "")


def test_command_whose_streams_are_closed_ends_quietly(tmp_path: Path) -> None:
    assert _closed(">&-", "dataset", "stats", output=tmp_path) == (DONE, "")
    assert _closed(">&- 2>&-", "dataset", "stats", output=tmp_path) == (DONE, "")
    status, err = _closed(">&-", "dataset", "polish", output=tmp_path)
    assert (status, "there is no 'polish'" in err) == (2, True)


def test_crawl_that_nobody_reads_tells_of_an_unhealthy_site_all_the_same(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with Newsroom(sections=["world"], stories_per_section=1) as newsroom:
        url = f"url={newsroom.url('/missing/')}"
        status, err = _unread(
            "crawl", "news", "-a", url, output=tmp_path, ON_UNHEALTHY=f"echo > {note}"
        )
    assert status == UNHEALTHY
    assert all(line.startswith("ERROR: ") for line in err.splitlines())
    assert note.exists()


@pytest.mark.parametrize("name", [module.name for module in iter_modules(commands.__path__)])
def test_each_command_ends_well(name: str) -> None:
    run = import_module(f"crawler.commands.{name}").Command.run
    assert hasattr(run, "__wrapped__"), f"{name}: write @ends_well above its run"
