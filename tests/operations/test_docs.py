"""docs/operations.md: the commands on the page are run as they stand."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.health import Fault
from crawler.outcome import Outcome
from tests.crawl.crawling import PROJECT
from tests.newsroom import Newsroom
from tests.operations.sites import declare

TEXT = (PROJECT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
_PATIENCE_S = 100


class Machine:
    """A folder that looks like /srv/broadsheet of the page, with one declared site."""

    def __init__(self, folder: Path, section_urls: list[str]) -> None:
        self.home = folder
        spiders = declare(folder, example_times=section_urls)["SPIDER_MODULES"]
        shutil.copy(PROJECT / "scrapy.cfg", folder)
        tools = folder / ".venv" / "bin"
        tools.mkdir(parents=True)
        self._script(tools / "python", f'exec {sys.executable} "$@"')
        settings = f"-s SPIDER_MODULES={spiders} -s DOWNLOAD_DELAY=0.01 -s EXTRACT_WORKERS=1"
        self._script(tools / "scrapy", f'exec {sys.executable} -m scrapy "$@" {settings}')

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a line of the page in a shell."""
        path = f"{self.home / '.venv' / 'bin'}:{os.environ['PATH']}"
        return subprocess.run(
            ["/bin/sh", "-c", command.replace("/srv/broadsheet", str(self.home))],
            cwd=self.home, capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
            env=os.environ | {"PATH": path, "PYTHONPATH": f"{self.home}:{PROJECT}"},
        )  # fmt: skip

    @staticmethod
    def _script(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        path.chmod(0o755)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        yield Machine(tmp_path_factory.mktemp("srv"), newsroom.section_urls)


def _lines(language: str, start: str) -> list[str]:
    return [
        re.split(r"\s{3,}", line)[0]
        for name, block in BLOCKS
        if name == language
        for line in block.splitlines()
        if re.match(start, line)
    ]


def _cron_commands() -> list[str]:
    lines = _lines_of_cron()
    return [re.sub(r"^(\S+ ){5}\s*", "", line) for line in lines]


def _lines_of_cron() -> list[str]:
    return [
        line
        for name, block in BLOCKS
        if name == "cron"
        for line in block.splitlines()
        if re.match(r"(\S+ ){5}", line) and not line.startswith("BROADSHEET_")
    ]


COMMANDS = [
    *_cron_commands(),
    *_lines("", "scrapy "),
    *_lines("sh", r"\.venv/bin/(python -c|scrapy)"),
]


def test_page_has_commands_to_run() -> None:
    assert len(_cron_commands()) == 3
    assert len(COMMANDS) >= 12


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_page_works_as_it_stands(command: str, machine: Machine) -> None:
    done = machine.run(command)
    assert (done.returncode, done.stderr) == (0, "")


def test_backup_is_a_whole_ledger(machine: Machine) -> None:
    with sqlite3.connect(machine.home / "ledger-backup.db") as backup:
        assert backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert backup.execute("SELECT count(*) FROM urls").fetchone()[0] > 0


def test_history_left_behind_in_a_move_is_rebuilt(machine: Machine) -> None:
    before = machine.run("scrapy status --json").stdout
    shutil.rmtree(machine.home / "output" / "state" / "history")
    after = machine.run("scrapy status --json").stdout
    assert '"last_run": "' in before
    assert re.findall(r'"last_run".*', after) == re.findall(r'"last_run".*', before)


def test_systemd_units_name_the_command_of_cron() -> None:
    service, timer = (_unit(block) for name, block in BLOCKS if name == "ini")
    start = service["Service"]["ExecStart"]
    assert start.removeprefix("/srv/broadsheet/").startswith(".venv/bin/scrapy crawlall --due")
    assert service["Service"]["SuccessExitStatus"] == str(Outcome.STOPPED.value)
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert timer["Timer"]["OnCalendar"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    units = {
        tmp_path / Path(block.splitlines()[0]).name: block
        for name, block in BLOCKS
        if name == "ini"
    }
    for path, block in units.items():
        # What this machine lacks: the program's folder and its user.
        text = block.replace("/srv/broadsheet/.venv/bin/scrapy", sys.executable)
        path.write_text(text.replace("User=broadsheet\n", ""), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)],
        capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def _unit(block: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(block)
    return parser


def test_tables_name_every_status_and_every_fault() -> None:
    for outcome in Outcome:
        assert f"| {outcome.value} |" in TEXT
    for fault in Fault:
        assert f"| {fault.value} |" in TEXT
