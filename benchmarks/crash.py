"""Faults against a running crawl: what is lost, repeated, unreadable, fetched again.

    python -m benchmarks.crash [--kills 200] [--only kill,signal,disk,rights,rivals]

Each line is one kind of fault. A crawl of a local newsroom meets it, is started again until it
ends by itself, and its dataset is compared with that of an undisturbed crawl of the same
newsroom. A reader polls the dataset all the while. Exit status 1 when anything was lost,
repeated, unreadable or, once accepted, fetched again.
"""

import argparse
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.kill_points import KillServer
from pipelines.dataset.reader import table_of_dataset
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from pipelines.urls import url_key
from tests.crawl.crawling import PROJECT, command
from tests.newsroom import Newsroom

SITE = "127.0.0.1"
STORIES = 8
# New stories after each kill, so that every run has work to lose.
NEW_STORIES = 3
# More than all sections have.
MAX_PAGES = 30
# Kills in one output folder, before the crawl may end undisturbed.
KILLS_PER_FOLDER = 10
# A part for every three rows: a third of all kills falls into a publication.
SETTINGS: dict[str, Any] = {"PUBLISH_ROWS": 3}
_PATIENCE_S = 90
POLL_S = 0.05


@dataclass
class Result:
    """What a kind of fault cost."""

    fault: str
    runs: int = 0
    lost: int = 0
    repeated: int = 0
    unreadable: int = 0
    fetched_again: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, repeated, unreadable or fetched again."""
        return not (self.lost or self.repeated or self.unreadable or self.fetched_again)


class Trial:
    """One output folder, one newsroom, and what must be true of them."""

    def __init__(self, newsroom: Newsroom, output: Path, result: Result) -> None:
        self.newsroom = newsroom
        self.output = output
        self.result = result
        self._accepted: dict[str, int] = {}

    def start(
        self, *arguments: str, section_urls: list[str] | None = None
    ) -> subprocess.Popen[bytes]:
        """A crawl of the newsroom, as a process group of its own."""
        self.result.runs += 1
        line = self._arguments(self.output, *arguments, section_urls=section_urls)
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *line],
            cwd=PROJECT, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run_to_step(self, server: KillServer, step: int) -> tuple[bool, int]:
        """Whether a crawl was killed at that step, and how many steps it had if it was not."""
        file = self.output / "steps"
        status = server.run(step, file, *self._arguments(self.output))
        self.result.runs += 1
        self.note_accepted()
        is_killed = status == -signal.SIGKILL
        return is_killed, 0 if is_killed else int(file.read_text())

    def _arguments(
        self, output: Path, *arguments: str, section_urls: list[str] | None = None
    ) -> list[str]:
        """What follows `scrapy` in the command of a crawl."""
        urls = ",".join(section_urls or self.newsroom.section_urls)
        line = command(
            *("crawl", "news", "-a", f"url={urls}", "-a", f"max_pages={MAX_PAGES}", *arguments),
            output=output, **SETTINGS,
        )  # fmt: skip
        return line[line.index("scrapy") + 1 :]

    def end(self, process: subprocess.Popen[bytes]) -> int:
        """The exit status, once the process and its workers are gone; then note what it stored."""
        status = process.wait(_PATIENCE_S)
        _wait_until(lambda: _group_is_gone(process.pid))
        self.note_accepted()
        return status

    def note_accepted(self) -> None:
        """Remember which stories the ledger holds, and how often each was fetched until now."""
        with _copy_of_ledger(self.output) as ledger:
            if ledger is None:
                return
            for story in self.newsroom.articles:
                key = url_key(self.newsroom.url(story.path))
                if story.path not in self._accepted and ledger.story_at(SITE, [key]):
                    self._accepted[story.path] = len(self.newsroom.requests_of(story.path))

    def crawl_undisturbed(self, output: Path, server: KillServer | None) -> int:
        """The exit status of a crawl that nothing happens to."""
        line = self._arguments(output)
        if server:
            return server.run(0, output / "steps", *line)
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *line], cwd=PROJECT, capture_output=True, check=False
        ).returncode

    def finish(self, server: KillServer | None = None) -> None:
        """Crawl until a run ends by itself, and compare with an undisturbed crawl."""
        status = self.crawl_undisturbed(self.output, server)
        self.result.notes[f"last status {status}"] += 1
        for path, before in self._accepted.items():
            self.result.fetched_again += len(self.newsroom.requests_of(path)) - before
        stored = _contents(self.output)
        with tempfile.TemporaryDirectory() as folder:
            undisturbed = Path(folder)
            self.crawl_undisturbed(undisturbed, server)
            expected = _contents(undisturbed)
        self.result.lost += (expected - stored).total()
        self.result.repeated += (stored - expected).total()


def _contents(output: Path) -> Counter[tuple[str, str, str]]:
    """How often each text or reason is in the dataset, by URL.

    Of two copies the one that was fetched first is stored; after a kill that may be the other
    one. So a copy counts under its text, not under its URL.
    """
    articles = table_of_dataset(output).select(["url", "content_hash"]).to_pylist()
    found = Counter(("article", "", row["content_hash"]) for row in articles)
    found.update(("url", row["url"], "") for row in articles)
    copies = set()
    if (output / "rejects").exists():
        rejects = table_of_dataset(output, "rejects").select(["url", "reason"]).to_pylist()
        copies = {row["url"] for row in rejects if row["reason"].endswith("Duplicate")}
        found.update(("url", row["url"], "") for row in rejects)
    assert len(copies) <= 1, "the newsroom has one copy"
    return found


@contextmanager
def _copy_of_ledger(output: Path) -> Iterator[Ledger | None]:
    """A copy of the state, so that this look does not repair what the next run must repair."""
    with tempfile.TemporaryDirectory() as folder:
        if not ledger_path(output).exists():
            yield None
            return
        shutil.copytree(output / "state", Path(folder) / "state")
        with Ledger.open(ledger_path(Path(folder))) as ledger:
            yield ledger


@contextmanager
def _polled(output: Path, result: Result) -> Iterator[None]:
    """Reads the whole dataset again and again; counts what cannot be read or is there twice."""
    done = threading.Event()
    reader = threading.Thread(target=_poll, args=(output, result, done))
    reader.start()
    try:
        yield
    finally:
        done.set()
        reader.join()


def _poll(output: Path, result: Result, done: threading.Event) -> None:
    while not done.wait(POLL_S):
        if not any((output / "articles").glob("*/*.parquet")):
            continue
        result.notes["reads"] += 1
        try:
            urls = Counter(table_of_dataset(output)["url"].to_pylist())
        except Exception as error:  # whatever a reader meets is the finding
            result.unreadable += 1
            result.notes[f"{type(error).__name__}: {error}"[:60]] += 1
        else:
            result.repeated += sum(count - 1 for count in urls.values())


@contextmanager
def _trial(result: Result, output: Path | None = None) -> Iterator[Trial]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Newsroom(
            sections=["world", "politik"], stories_per_section=STORIES, troubles=["exact_copy"]
        ) as newsroom,
    ):
        place = output or Path(folder) / "output"
        place.mkdir(exist_ok=True)
        with _polled(place, result):
            yield Trial(newsroom, place, result)


def _wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError("the crawl did not come so far")
        time.sleep(0.005)


def _group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


# Kills


def kill_at_steps(kills: int, chance: random.Random) -> Result:
    """SIGKILL at exact steps of storing, publication included, over the whole of a run."""
    result = Result(f"SIGKILL at {kills} steps of storing")
    with KillServer() as server:
        steps = _steps_of_a_run(server)
        points = [1 + step * steps // kills for step in range(kills)]
        chance.shuffle(points)
        for chunk in _chunks(points):
            with _trial(result) as trial:
                for point in chunk:
                    _kill_at_step(trial, server, point, chance)
                trial.finish(server)
    return result


def _kill_at_step(trial: Trial, server: KillServer, point: int, chance: random.Random) -> None:
    """Kill a run at that step; where it ends before, another one at an earlier step."""
    while True:
        is_killed, steps = trial.run_to_step(server, point)
        trial.newsroom.publish(NEW_STORIES)
        if is_killed:
            trial.result.notes["killed"] += 1
            return
        point = chance.randint(1, steps)


def _steps_of_a_run(server: KillServer) -> int:
    with _trial(Result("")) as trial:
        return trial.run_to_step(server, 0)[1]


def kill_at_times(kills: int, chance: random.Random) -> Result:
    """SIGKILL at moments spread over the whole of a run, its start and its end included."""
    result = Result(f"SIGKILL at {kills} moments")
    with _trial(Result("")) as trial:
        began = time.monotonic()
        trial.end(trial.start())
        whole_s = time.monotonic() - began
    moments = [whole_s * (number + chance.random()) / kills for number in range(kills)]
    chance.shuffle(moments)
    for chunk in _chunks(moments):
        with _trial(result) as trial:
            for moment in chunk:
                _kill_at_moment(trial, moment)
            trial.finish()
    return result


def _kill_at_moment(trial: Trial, moment_s: float) -> None:
    """Kill a run after so many seconds; where it ends before, another one sooner."""
    while True:
        process = trial.start()
        time.sleep(moment_s)
        process.kill()
        is_killed = trial.end(process) == -signal.SIGKILL
        trial.newsroom.publish(NEW_STORIES)
        if is_killed:
            trial.result.notes["killed"] += 1
            return
        moment_s *= 0.8


def _chunks(points: list[Any]) -> list[list[Any]]:
    return [points[i : i + KILLS_PER_FOLDER] for i in range(0, len(points), KILLS_PER_FOLDER)]


def signals(number: signal.Signals, times: int) -> Result:
    """A signal once (it ends in good order) or twice (it ends at once)."""
    result = Result(f"{number.name} {'once' if times == 1 else 'twice'}")
    for requests in (1, 6, 12):
        with _trial(result) as trial:
            process = trial.start("-s", "DOWNLOAD_DELAY=0.1")
            enough = len(trial.newsroom.requests) + requests
            _wait_until(lambda enough=enough: len(trial.newsroom.requests) >= enough)  # type: ignore[misc]
            for _ in range(times):
                process.send_signal(number)
                time.sleep(0.05)
            result.notes[f"status {trial.end(process)}"] += 1
            trial.finish()
    return result


# Where nothing can be written


def full_disk() -> Result:
    """The disk is full in the middle of a crawl; later there is room again."""
    result = Result("full disk (tmpfs)")
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if mounted.returncode:
            result.notes[f"skipped: {mounted.stderr.strip() or 'mount fails'}"] += 1
            return result
        try:
            _crawl_on(Path(folder), result)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    return result


def _crawl_on(disk: Path, result: Result) -> None:
    for ballast_kb in (0, 100, 200, 300, 400, 500):
        output = disk / "output"
        with _trial(result, output) as trial:
            (disk / "ballast").write_bytes(b"\0" * 1024 * ballast_kb)
            result.notes[f"status {trial.end(trial.start())}"] += 1
            (disk / "ballast").unlink()
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            trial.finish()
        shutil.rmtree(output)
        subprocess.run(["mount", "-o", "remount,size=640k", str(disk)], check=True)


def read_only(what: str) -> Result:
    """A folder or file of the output cannot be written during one run; later it can."""
    result = Result(f"{what} cannot be written")
    with _trial(result) as trial:
        trial.end(trial.start("-a", "limit=4"))
        trial.newsroom.publish(4)
        with _protected(trial.output / what):
            result.notes[f"status {trial.end(trial.start())}"] += 1
        trial.finish()
    return result


@contextmanager
def _protected(path: Path) -> Iterator[None]:
    """Without the right to write; root, who has it always, gets a read-only mount."""
    if os.geteuid():
        mode = path.stat().st_mode
        path.chmod(mode & 0o555)
        yield
        path.chmod(mode)
        return
    subprocess.run(["mount", "--bind", str(path), str(path)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(path)], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


# Two at once


def two_sites() -> Result:
    """Two crawls of different sites into one folder."""
    result = Result("two sites at once")
    with _trial(result) as trial:
        urls = trial.newsroom.section_urls
        both = [
            trial.start("-a", f"site=site-{number}", section_urls=urls[number : number + 1])
            for number in (0, 1)
        ]
        for process in both:
            result.notes[f"status {process.wait(_PATIENCE_S)}"] += 1
        found = Counter(table_of_dataset(trial.output)["url"].to_pylist())
        expected = Counter(trial.newsroom.url(story.path) for story in trial.newsroom.stored)
        copies = {trial.newsroom.url(s.path) for s in trial.newsroom.articles if s.fate == "copy"}
        # The copy and its original stand in one section; either may have come first.
        result.lost += max((expected - found).total() - len(copies & found.keys()), 0)
        result.repeated += sum(count - 1 for count in found.values())
    return result


def same_site() -> Result:
    """Two crawls of one site at once: the second is refused."""
    result = Result("one site twice at once")
    with _trial(result) as trial:
        both = [trial.start(), trial.start()]
        for process in both:
            result.notes[f"status {process.wait(_PATIENCE_S)}"] += 1
        trial.note_accepted()
        trial.finish()
    return result


def faults(kills: int, seed: int) -> dict[str, list[Callable[[], Result]]]:
    """The faults by kind, in the order of the lines."""
    chance = random.Random(seed)
    by_step = kills // 2
    return {
        "kill": [
            lambda: kill_at_steps(by_step, chance),
            lambda: kill_at_times(kills - by_step, chance),
        ],
        "signal": [
            lambda number=number, times=times: signals(number, times)  # type: ignore[misc]
            for number in (signal.SIGTERM, signal.SIGINT)
            for times in (1, 2)
        ],
        "disk": [full_disk],
        "rights": [
            lambda what=what: read_only(what)  # type: ignore[misc]
            for what in ("articles", "state/ledger.db", "state")
        ],
        "rivals": [two_sites, same_site],
    }


def main(arguments: list[str]) -> int:
    """0 when every line is clean."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", default="kill,signal,disk,rights,rivals")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chosen = options.only.split(",")
    is_clean = True
    print(_LINE.format("fault", "runs", "lost", "repeated", "unreadable", "fetched again", "notes"))
    with redirect_stderr(io.StringIO()):  # the newsroom tells of every connection that is cut
        for kind, kinds in faults(options.kills, options.seed).items():
            for fault in kinds if kind in chosen else ():
                result = fault()
                print(_line(result), flush=True)
                is_clean = is_clean and result.is_clean
    return 0 if is_clean else 1


_LINE = "{:34} {:>5} {:>5} {:>9} {:>11} {:>14}  {}"


def _line(result: Result) -> str:
    numbers = (
        result.runs, result.lost, result.repeated, result.unreadable, result.fetched_again,
    )  # fmt: skip
    notes = ", ".join(f"{what}: {count}" for what, count in sorted(result.notes.items()))
    return _LINE.format(result.fault, *numbers, notes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
