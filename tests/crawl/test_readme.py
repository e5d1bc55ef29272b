"""README.md: what it says of the dataset finds the stories of the demo, as it stands."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.crawl.crawling import PROJECT, command, rows

TEXT = (PROJECT / "README.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [
    line for name, block in BLOCKS if not name
    for line in block.splitlines() if re.match(r"scrapy (dataset|forget)", line)
]  # fmt: skip
_TIMEOUT_S = 100


def _block(language: str) -> str:
    (found,) = (block for name, block in BLOCKS if name == language)
    return found


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is not the project's, with `output/` as a short `make crawl` leaves it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    crawl = command(
        *("crawl", "news", "-a", "url={url}", "-a", "site=demo", "-a", "max_pages=1"),
        output=folder / "output",
    )
    demo = [sys.executable, "-m", "tests.newsroom", "--", *crawl]
    subprocess.run(demo, cwd=PROJECT, check=True, timeout=_TIMEOUT_S, stdout=subprocess.DEVNULL)
    return folder


def test_sql_finds_the_stories_of_the_demo(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(elsewhere)
    assert len(duckdb.connect().execute(_block("sql")).fetchall()) == len(rows(Path("output"))) > 0


def test_python_finds_the_stories_of_the_demo(elsewhere: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _block("python")],
        cwd=elsewhere, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False,
    )  # fmt: skip
    count = len(rows(elsewhere / "output"))
    assert done.stdout.startswith(f"shape: ({count}, "), done.stderr


def test_page_has_commands_to_run() -> None:
    assert len(COMMANDS) == 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_works_elsewhere_as_the_page_says(line: str, elsewhere: Path) -> None:
    assert "SCRAPY_SETTINGS_MODULE=crawler.settings" in TEXT
    settings = {
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "BROADSHEET_OUTPUT_DIR": str(elsewhere / "output"),
        "PYTHONPATH": str(PROJECT),
    }
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=elsewhere, env=os.environ | settings, capture_output=True, text=True,
        timeout=_TIMEOUT_S, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert not done.stdout.startswith("0 ")
