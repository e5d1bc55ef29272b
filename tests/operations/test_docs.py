"""docs/operations.md: the commands on the page are run as they stand."""

import configparser
import gzip
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.health import Fault
from crawler.outcome import Outcome
from tests.crawl.crawling import PROJECT, rows
from tests.newsroom import Newsroom
from tests.operations.sites import declare

TEXT = (PROJECT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
_PATIENCE_S = 100


# What cron gives a command, and no more (crontab(5)).
CRON = {"SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "LOGNAME": "broadsheet"}
RSYNC, LOGROTATE, CRONTAB = (
    shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    for name in ("rsync", "logrotate", "crontab")
)


class Machine:
    """A folder that looks like /srv/broadsheet of the page, with one declared site."""

    def __init__(self, folder: Path, section_urls: list[str], **settings: Any) -> None:
        self.home = folder
        spiders = declare(folder, example_times=section_urls)["SPIDER_MODULES"]
        shutil.copy(PROJECT / "scrapy.cfg", folder)
        self._tools = folder / ".venv" / "bin"
        self._tools.mkdir(parents=True)
        given = {"SPIDER_MODULES": spiders, "DOWNLOAD_DELAY": 0.01, "EXTRACT_WORKERS": 1} | settings
        options = " ".join(f"-s {name}={value}" for name, value in given.items())
        path = f"export PYTHONPATH={folder}:{PROJECT}\nexec {sys.executable}"
        script(self._tools / "python", f'{path} "$@"')
        script(self._tools / "scrapy", f'{path} -m scrapy "$@" {options}')

    def run(self, command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a line of the page in a shell."""
        path = f"{self._tools}:{os.environ['PATH']}"
        return self._run(command, os.environ | {"PATH": path} | env)

    def run_as_cron(self, command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a line of a crontab as cron does: with next to no environment."""
        return self._run(command, {"HOME": str(self.home)} | CRON | env)

    def start(self, command: str) -> subprocess.Popen[bytes]:
        """Begin a command and go on."""
        return subprocess.Popen(["/bin/sh", "-c", f"exec {command}"], cwd=self.home)

    def _run(self, command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", command.replace("/srv/broadsheet", str(self.home))],
            cwd=self.home, capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
            env=env,
        )  # fmt: skip


def script(path: Path, line: str) -> None:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def machine(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("srv"), newsroom.section_urls)


def _block(word: str) -> str:
    """The one code block with this word."""
    (found,) = (str(block) for _, block in BLOCKS if word in block)
    return found


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


COMMANDS = _lines("", "scrapy ")


def test_page_has_commands_to_run() -> None:
    assert len(_cron_commands()) == 3
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_page_works_as_it_stands(command: str, machine: Machine) -> None:
    done = machine.run(command)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", _cron_commands())
def test_line_of_the_crontab_works_with_the_environment_of_cron(
    command: str, machine: Machine
) -> None:
    done = machine.run_as_cron(command)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "cron has nothing to mail"


@pytest.mark.skipif(not CRONTAB, reason="no crontab here (Debian: apt install cron)")
def test_crontab_accepts_all_lines(tmp_path: Path) -> None:
    file = tmp_path / "crontab"
    file.write_text("".join(block for name, block in BLOCKS if name == "cron"), "utf-8")
    done = subprocess.run(
        [str(CRONTAB), "-n", str(file)], capture_output=True, text=True, check=False
    )
    if "invalid option" in done.stderr:
        pytest.skip("this crontab cannot check a file")
    assert done.returncode == 0, done.stderr


def test_mail_of_the_crontab_names_the_site_and_its_fault(
    machine: Machine, newsroom: Newsroom, tmp_path: Path
) -> None:
    name, _, value = _block("BROADSHEET_ON_UNHEALTHY").strip().partition("=")
    script(tmp_path / "mail", f'printf "%s|" "$@" > {tmp_path}/sent; cat >> {tmp_path}/sent')
    newsroom.switch("refused")
    done = machine.run_as_cron(
        "cd /srv/broadsheet && .venv/bin/scrapy crawl example_times --quiet",
        **{
            name: value,
            "PATH": f"{tmp_path}:{CRON['PATH']}",
            "BROADSHEET_OUTPUT_DIR": str(tmp_path / "output"),
        },
    )
    newsroom.switch("open")
    assert done.returncode == Outcome.UNHEALTHY.value
    sent = (tmp_path / "sent").read_text()
    assert sent.startswith("-s|example_times: blocked|you@example.com|")
    assert '"evidence"' in sent


# Logs


def _rotation() -> list[str]:
    return _block("weekly").splitlines()


def test_log_that_cron_writes_is_the_one_that_is_rotated() -> None:
    _comment, head, *directives, end = _rotation()
    (line,) = (line for line in _lines_of_cron() if ">>" in line)
    log = re.search(r">> (\S+)", line)
    assert log
    assert head == f"/srv/broadsheet/{log[1]} {{"
    assert end == "}"
    assert {line.split()[0] for line in directives} == {
        "weekly", "rotate", "compress", "missingok", "notifempty",
    }  # fmt: skip


@pytest.mark.skipif(not LOGROTATE, reason="no logrotate here (Debian: apt install logrotate)")
def test_log_is_rotated_and_written_on(machine: Machine, tmp_path: Path) -> None:
    config = tmp_path / "broadsheet"
    config.write_text("\n".join(_rotation()).replace("/srv/broadsheet", str(machine.home)) + "\n")
    config.chmod(0o644)
    log = machine.home / "crawl.log"
    log.write_text("an old line\n", "utf-8")
    done = machine.run(f"{LOGROTATE} --force --state {tmp_path}/state {config}")
    assert (done.returncode, done.stderr) == (0, "")
    assert not log.exists()
    assert gzip.decompress((machine.home / "crawl.log.1.gz").read_bytes()) == b"an old line\n"
    (line,) = (line for line in _cron_commands() if ">>" in line)
    assert machine.run_as_cron(line).returncode == 0
    assert log.read_text("utf-8")


# Backup, another machine, upgrading


needs_rsync = pytest.mark.skipif(not RSYNC, reason="no rsync here (Debian: apt install rsync)")


@needs_rsync
def test_backup_under_a_crawl_is_restored_without_loss_or_repeat(tmp_path: Path) -> None:
    copy_ledger, copy_parts = _block("backup(").splitlines()
    with Newsroom(sections=["world"], stories_per_section=8, page_size=8) as newsroom:
        old, new = (
            Machine(_made(tmp_path / name), newsroom.section_urls, **settings)
            for name, settings in (("old", {"DOWNLOAD_DELAY": 0.3, "PUBLISH_ROWS": 2}), ("new", {}))
        )
        with old.start(".venv/bin/scrapy crawl example_times --quiet") as crawl:
            _wait_for(lambda: len(newsroom.requests) > 6)
            for _ in range(2):  # a later backup replaces an earlier one
                _check(old.run(copy_ledger))
        assert crawl.returncode == 0
        _check(old.run(copy_parts))
        for name in ("ledger-backup.db", "backup"):
            (old.home / name).rename(new.home / name)
        said = "".join(_check(new.run(_block("cp ledger-backup.db"))))
        assert "the ledger does not know this file" in said, "there are parts of a later time"
        newsroom.publish(1)
        _check(new.run("scrapy crawl example_times"))
    ids = [row["article_id"] for row in rows(new.home / "output")]
    assert len(ids) == len(set(ids)) == 9


@needs_rsync
def test_machine_is_moved_with_one_line(machine: Machine, tmp_path: Path) -> None:
    other = Machine(_made(tmp_path / "other"), ["http://127.0.0.1:9/"])
    # In place of ssh: runs at once what would run on the other machine.
    script(tmp_path / "ssh", 'shift; exec "$@"')
    line = _block("newhost:").replace("/srv/broadsheet", str(other.home))
    _check(machine.run(line, RSYNC_RSH=str(tmp_path / "ssh")))
    shown = [one.run("scrapy status --json").stdout for one in (machine, other)]
    assert '"last_run": "' in shown[0]
    assert shown[0] == shown[1]


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_program_is_upgraded_by_the_lines_of_the_page(machine: Machine, tmp_path: Path) -> None:
    origin, home = tmp_path / "origin", tmp_path / "srv"
    for name in ("crawler", "pipelines"):
        shutil.copytree(PROJECT / name, origin / name, ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "scrapy.cfg"):
        shutil.copy(PROJECT / name, origin)
    git = f"git -C {origin} -c user.name=a -c user.email=a@example.com"
    _check(machine.run(f"git init -q {origin} && {git} add . && {git} commit -qm old"))
    _check(machine.run(f"git clone -q {origin} {home}"))
    text = (origin / "pyproject.toml").read_text("utf-8")
    newer = re.sub(r'(?m)^version = ".*"', 'version = "9.9.9"', text)
    (origin / "pyproject.toml").write_text(newer, "utf-8")
    _check(machine.run(f"{git} commit -qam new"))
    # An environment of its own that has all but the program. pip asks no index: what a build
    # needs is there (for this variable 0 means "no isolation").
    venv.create(home / ".venv")
    (site,) = (home / ".venv").glob("lib/python*/site-packages")
    (site / "all.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    script(home / ".venv" / "bin" / "scrapy", f'exec {home}/.venv/bin/python -m scrapy "$@"')
    shutil.copytree(machine.home / "output", home / "output")
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_DEPS": "1"}
    done = machine.run(f"cd {home} && set -e\n{_block('git pull')}", **offline)
    assert done.returncode == 0, done.stderr
    (info,) = site.glob("broadsheet-*.dist-info")
    assert info.name == "broadsheet-9.9.9.dist-info"
    assert "nothing to migrate" in done.stdout
    assert "example_times" in done.stdout


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _wait_for(has_come: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not has_come():
        assert time.monotonic() < until
        time.sleep(0.02)


def _check(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    """What a command said that went well."""
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, done.stderr


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
    good = {str(one.value) for one in (Outcome.STOPPED, Outcome.INCOMPLETE)}
    assert set(service["Service"]["SuccessExitStatus"].split()) == good
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
