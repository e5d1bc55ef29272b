"""A run on its own: the lock, the deadline, failures against history, who is told."""

import json
import os
import pty
import select
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.crawl.crawling import PROJECT, Run, command, crawl, rows, scrapy
from tests.newsroom import Newsroom
from tests.operations.sites import declare

DONE, LOCKED, STOPPED, UNHEALTHY, INCOMPLETE = 0, 3, 4, 5, 7
_PATIENCE_S = 60


def _is_intact(output: Path) -> bool:
    """Whether another program reads every part, and no story is there twice."""
    files = f"read_parquet('{output}/articles/**/*.parquet')"
    query = f"SELECT count(*), count(DISTINCT article_id), min(length(text)) FROM {files}"
    row = duckdb.execute(query).fetchone()
    assert row is not None
    stored, stories, shortest = row
    return bool(stored == stories > 0 and shortest > 0)


def _health(output: Path) -> dict[str, Any]:
    return max(rows(output, "runs"), key=lambda row: row["started_at"])


def test_second_run_says_who_crawls_the_site(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        url = newsroom.section_urls[0]
        first = subprocess.Popen(
            command("crawl", "news", "-a", f"url={url}", output=tmp_path, DOWNLOAD_DELAY=5),
            cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            until = time.monotonic() + _PATIENCE_S
            while not newsroom.requests:
                assert time.monotonic() < until
                time.sleep(0.02)
            second = crawl(url, output=tmp_path)
            first.send_signal(signal.SIGTERM)
            assert first.wait(_PATIENCE_S) == STOPPED
        finally:
            first.kill()
            first.wait()
        assert second.status == LOCKED
        assert f"process {first.pid} on {socket.gethostname()}" in second.err
        assert f"kill {first.pid}" in second.err
        assert second.err.count("\n") == 1
        assert crawl(url, output=tmp_path).status == DONE, "the lock is free again"
    assert len(rows(tmp_path)) == 9
    assert _is_intact(tmp_path)


def test_deadline_ends_a_run_on_a_hung_server_and_what_was_accepted_is_published(
    tmp_path: Path,
) -> None:
    with Newsroom(sections=["world", "city"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == DONE
        newsroom.publish(3)
        newsroom.switch("hang")
        run = crawl(
            *newsroom.section_urls, output=tmp_path, args=("deadline=2s",), DOWNLOAD_TIMEOUT=600
        )
        newsroom.switch("open")
    assert run.status == STOPPED
    assert "the deadline of 2s was reached with work left" in run.out
    assert _health(tmp_path)["reason"] == "deadline"
    assert len(rows(tmp_path)) == 8
    assert _is_intact(tmp_path)


def test_deadline_in_the_middle_leaves_the_rest_to_the_next_run(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=9) as newsroom:
        run = crawl(*newsroom.section_urls, output=tmp_path, RUN_DEADLINE="3s", DOWNLOAD_DELAY=0.6)
        stored = len(rows(tmp_path)) if (tmp_path / "articles").exists() else 0
        assert run.status == STOPPED
        assert stored < 9
        assert crawl(*newsroom.section_urls, output=tmp_path).status == DONE
    assert len(rows(tmp_path)) == 9
    assert _is_intact(tmp_path)


def test_deadline_that_is_no_span_is_wrong_use(tmp_path: Path) -> None:
    run = crawl("http://127.0.0.1:9/", output=tmp_path, args=("deadline=soon",))
    assert run.status == 2
    assert "deadline is soon; it must be a span" in run.err.replace("RUN_DEADLINE", "deadline")


def test_quiet_run_says_nothing_when_all_is_well_even_on_a_terminal(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        arguments = ("crawl", "news", "-a", f"url={newsroom.section_urls[0]}", "--quiet")
        ours, theirs = pty.openpty()
        done = subprocess.run(
            command(*arguments, output=tmp_path), cwd=PROJECT, stdout=theirs, stderr=theirs,
            timeout=_PATIENCE_S, check=False, env=os.environ | {"TERM": "xterm"},
        )  # fmt: skip
    assert done.returncode == DONE
    assert select.select([ours], [], [], 0)[0] == [], "nothing is written"
    os.close(theirs)
    os.close(ours)


def _two_runs(tmp_path: Path, state: str, **settings: Any) -> tuple[Run, Run]:
    """A run while all is well; then new stories, another state, and a second run."""
    with Newsroom(sections=["world"], stories_per_section=8) as newsroom:
        first = crawl(*newsroom.section_urls, output=tmp_path)
        newsroom.publish(7)
        newsroom.switch(state)
        second = crawl(*newsroom.section_urls, output=tmp_path, **settings)
    return first, second


@pytest.mark.parametrize(
    ("state", "fault", "words"),
    [
        ("consent_wall", "consent_wall", "consent wall"),
        ("busy", "blocked", "come back"),
        ("refused", "blocked", "answered 403"),
        ("empty", "empty_sections", "no article links"),
        ("no_text", "layout_changed", "TextTooShort"),
    ],
)
def test_site_that_changes_between_two_runs_is_unhealthy_by_name(
    state: str, fault: str, words: str, tmp_path: Path
) -> None:
    first, second = _two_runs(tmp_path, state)
    assert first.status == DONE
    assert second.status == UNHEALTHY
    assert words in second.err
    run = _health(tmp_path)
    assert (run["outcome"], run["health"], run["fault"]) == ("unhealthy", "unhealthy", fault)
    assert len(rows(tmp_path)) == 8, "what was stored stays"
    assert _is_intact(tmp_path)


def test_layout_that_needs_javascript_is_unhealthy_by_name(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=4) as newsroom:
        assert crawl(*newsroom.section_urls, output=tmp_path).status == DONE
        newsroom.break_layout()
        run = crawl(*newsroom.section_urls, output=tmp_path)
    assert run.status == UNHEALTHY
    assert "javascript needed" in run.err
    assert _health(tmp_path)["fault"] == "javascript_needed"


def test_all_alarms_agree_and_the_command_is_run_once(tmp_path: Path) -> None:
    note, facts, metrics = (tmp_path / name for name in ("note", "facts.json", "site.prom"))
    hook = f'echo "$BROADSHEET_SITE $BROADSHEET_FAULT" >> {note}; cat > {facts}'
    settings: dict[str, Any] = {"ON_UNHEALTHY": hook, "STATUS_PROMETHEUS_FILE": metrics}
    seen = []
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        urls = [*newsroom.section_urls, newsroom.url("/missing/")]
        for _ in range(3):
            run = crawl(*urls, output=tmp_path / "out", **settings)
            shown = scrapy("status", output=tmp_path / "out")
            notes = note.read_text().splitlines() if note.exists() else []
            seen.append((run.status, shown.status, _metric(metrics, "healthy"), notes))
    suspect: tuple[int, int, float, list[str]] = (
        INCOMPLETE,
        DONE,
        1.0,
        [],
    )  # one section of two, once
    unhealthy = (UNHEALTHY, UNHEALTHY, 0.0, ["127.0.0.1 section_gone"])
    assert seen == [suspect, unhealthy, unhealthy]
    said = json.loads(facts.read_text())
    assert said["fault"] == "section_gone"
    assert said["evidence"]
    assert said["advice"]


def test_mistyped_url_on_a_declared_site_decides_nothing(tmp_path: Path) -> None:
    note = tmp_path / "note"
    by_hand = ("crawl", "news", "-a", "site=harbour", "-a")
    ends, standings = [], []
    with Newsroom(sections=["world", "city"], stories_per_section=2) as newsroom:
        world, city = newsroom.section_urls
        settings: dict[str, Any] = declare(tmp_path, harbour=[world])
        settings |= {"SPIDER_MODULES": "declared,crawler.spiders", "ON_UNHEALTHY": f"echo > {note}"}
        for arguments in (
            ("crawl", "harbour"),
            (*by_hand, f"url={newsroom.url('/wrold/')}"),
            (*by_hand, f"url={city}"),
        ):
            run = scrapy(*arguments, output=tmp_path / "out", path=tmp_path, **settings)
            shown = scrapy("status", "--json", output=tmp_path / "out", path=tmp_path, **settings)
            (site,) = json.loads(shown.out)
            ends.append((run.status, shown.status, _health(tmp_path / "out")["health"]))
            standings.append((site["health"], site["next_due"], site["articles_today"]))
    due = standings[0][1]
    assert ends == [
        (DONE, DONE, "healthy"),
        (INCOMPLETE, DONE, "unjudged"),
        (DONE, DONE, "unjudged"),
    ]
    assert standings == [("healthy", due, 2), ("healthy", due, 2), ("healthy", due, 4)]
    assert not note.exists(), "nobody is told"


def _metric(file: Path, name: str) -> float:
    """The value of a metric of the one site in a Prometheus file."""
    families = text_string_to_metric_families(file.read_text())
    (family,) = (family for family in families if family.name == f"broadsheet_site_{name}")
    (sample,) = family.samples
    return float(sample.value)


def test_command_that_fails_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        newsroom.switch("refused")
        run = crawl(*newsroom.section_urls, output=tmp_path, ON_UNHEALTHY="exit 7")
    assert run.status == UNHEALTHY
    assert "ON_UNHEALTHY ended with status 7" in run.err


def test_prometheus_file_tells_of_the_site(tmp_path: Path) -> None:
    file = tmp_path / "metrics" / "broadsheet.prom"
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        crawl(*newsroom.section_urls, output=tmp_path, STATUS_PROMETHEUS_FILE=str(file))
    assert _metric(file, "healthy") == 1
    assert _metric(file, "articles_today") == 2
    families = {family.name: family for family in text_string_to_metric_families(file.read_text())}
    assert not families["broadsheet_site_next_due_timestamp_seconds"].samples, "it has no file"
    assert {family.type for family in families.values()} == {"gauge"}
    assert families["broadsheet_site_healthy"].samples[0].labels == {"site": "127.0.0.1"}
    assert [path.name for path in file.parent.iterdir()] == [file.name], "no draft is left"
