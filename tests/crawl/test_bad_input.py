"""Bad input: a message that names the thing, the value and the way out, and its own exit status."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from crawler import loader
from pipelines.ledger import Ledger
from pipelines.session import ledger_path
from tests.crawl.crawling import PROJECT, Run, crawl, rows, scrapy
from tests.newsroom import Newsroom

DONE, WRONG_USE, LOCKED, UNHEALTHY, STORAGE_FAILED, INCOMPLETE = 0, 2, 3, 5, 6, 7


def _is_one_clear_line(run: Run) -> bool:
    return run.err.startswith("ERROR: ") and run.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("news",), "-a url=https://example.com/world/"),
        (("news", "-a", "url=example.com/world"), "'example.com/world' is no web address"),
        (("news", "-a", "url=http://a.com/,http://b.com/"), "names 2 sites (a.com, b.com)"),
        (("news", "-a", "url=http://a.com/", "-a", "pages=3"), "unknown argument -a pages="),
        (("news", "-a", "url=http://a.com/", "-a", "max_pages=0"), "max_pages=0; it must be"),
        (("news", "-a", "url=http://a.com/", "-a", "limit=many"), "limit=many; it must be"),
        (("news", "-a", "urls=http://a.com/"), "unknown argument -a urls="),
        (("news", "-a", "url=http://a.com/", "-a", "site=../x"), "-a site=../x; a site's name"),
        (("news", "-a", "url=http://a.com/", "-a", "since=9999999w"), "since=9999999w; it must be"),
        (("news", "-a", "url=http://a.com/", "-a", "since=2999-01-01"), "lies in the future"),
        (
            ("news", "-a", "url=http://a.com/", "-a", "deadline=soon"),
            "-a deadline is soon; it must",
        ),
        (("news", "-a", "url=http://a.com/", "-a", "discover=x"), "discover=x; it must be one of"),
        (("nosuch",), "there is no site named 'nosuch'; there are news"),
    ],
)
def test_wrong_argument_is_named_before_any_request(
    args: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    run = scrapy("crawl", *args, output=tmp_path)
    assert run.status == WRONG_USE
    assert said in run.err
    assert _is_one_clear_line(run)


@pytest.mark.parametrize(
    ("setting", "value", "allowed"),
    [
        ("EXTRACT_MIN_CHARS", "-3", "a whole number, 0 or more characters"),
        ("EXTRACT_WORKERS", "two", "a whole number, 0 to 1024 processes"),
        ("DEDUP_DROP_SIMILARITY", "80", "a number, 0 to 1"),
        ("DOWNLOAD_DELAY", "0", "a number, 0.01 or more seconds"),
    ],
)
def test_setting_out_of_range_is_named(
    setting: str, value: str, allowed: str, tmp_path: Path
) -> None:
    changed: dict[str, Any] = {setting: value}
    run = crawl("http://127.0.0.1:9/", output=tmp_path, **changed)
    assert run.status == WRONG_USE
    assert f"{setting} is {value}" in run.err
    assert allowed in run.err
    assert _is_one_clear_line(run)


def test_section_that_answers_404_is_no_success_and_the_others_are_stored(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        missing = newsroom.url("/missing/")
        run = crawl(missing, *newsroom.section_urls, output=tmp_path)
    assert run.status == INCOMPLETE
    assert f"the section {missing} could not be read: the server answered 404" in run.err
    assert len(rows(tmp_path)) == 2


@pytest.mark.parametrize(
    ("path", "why"),
    [("/data/", "no HTML but application/json"), ("/empty/", "no article links")],
)
def test_section_that_is_no_category_page_is_no_success(
    path: str, why: str, tmp_path: Path
) -> None:
    with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
        run = crawl(newsroom.url(path), output=tmp_path)
    assert run.status == UNHEALTHY
    assert why in run.err
    assert all(line.startswith("ERROR: ") for line in run.err.splitlines())


def test_site_that_refuses_connections_is_no_success(tmp_path: Path) -> None:
    run = crawl("http://127.0.0.1:9/world/", output=tmp_path, RETRY_TIMES=0)
    assert run.status == INCOMPLETE
    assert "http://127.0.0.1:9/world/ could not be read" in run.err


def test_newer_ledger_stops_the_run_and_is_left_alone(tmp_path: Path) -> None:
    path = ledger_path(tmp_path)
    Ledger.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    run = crawl("http://127.0.0.1:9/", output=tmp_path)
    assert run.status == STORAGE_FAILED
    assert "schema 99" in run.err
    assert _is_one_clear_line(run)


def test_file_that_is_no_ledger_stops_the_run(tmp_path: Path) -> None:
    path = ledger_path(tmp_path)
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    run = crawl("http://127.0.0.1:9/", output=tmp_path)
    assert run.status == STORAGE_FAILED
    assert f"the ledger {path} cannot be opened" in run.err


def test_output_folder_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    run = crawl("http://127.0.0.1:9/", output=blocked / "output")
    assert run.status == STORAGE_FAILED
    assert "cannot be written" in run.err
    assert _is_one_clear_line(run)


def test_state_folder_that_cannot_be_made_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder must be")
    run = crawl("http://127.0.0.1:9/", output=tmp_path)
    assert run.status == STORAGE_FAILED
    assert "state/locks cannot be written" in run.err
    assert _is_one_clear_line(run)


def test_dataset_folder_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    with Newsroom(sections=["world"], stories_per_section=3) as newsroom:
        (tmp_path / "articles").write_text("a file where a folder must be")
        run = crawl(*newsroom.section_urls, output=tmp_path)
        assert run.status == STORAGE_FAILED
        assert "safe in the ledger" in run.err
        (tmp_path / "articles").unlink()
        before = len(newsroom.requests)
        assert crawl(*newsroom.section_urls, output=tmp_path).status == DONE
        again = [request.path for request in newsroom.requests[before:]]
    assert len(rows(tmp_path)) == 3
    assert not [path for path in again if path.endswith(".html")], "accepted means fetched once"


def test_second_run_of_a_site_says_so_and_ends(tmp_path: Path) -> None:
    locks = tmp_path / "state" / "locks"
    locks.mkdir(parents=True)
    with FileLock(locks / "127.0.0.1.lock"):
        run = crawl("http://127.0.0.1:9/", output=tmp_path)
    assert run.status == LOCKED
    assert "127.0.0.1 is being crawled by another run" in run.err
    assert _is_one_clear_line(run)


_SITE = """
from crawler.base import NewsSpider

class Site(NewsSpider):
    name = "{name}"
    section_urls = {urls!r}
"""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A folder with a package of site files, of which some are broken."""
    package = tmp_path / "path" / "sites"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "fine.py").write_text(_SITE.format(name="fine", urls=["http://127.0.0.1:9/"]))
    (package / "typo.py").write_text("class Site(:\n")
    (package / "relative.py").write_text(_SITE.format(name="relative", urls=["/world/"]))
    (package / "slip.py").write_text(_SITE.format(name="slip", urls=[]) + "    delay = 2\n")
    return package.parent


def test_fault_in_one_site_file_leaves_the_others_usable(sites: Path, tmp_path: Path) -> None:
    path = Path(f"{sites}{os.pathsep}{PROJECT}")
    listed = scrapy("list", output=tmp_path / "out", path=path, SPIDER_MODULES="sites")
    assert (listed.status, listed.out) == (WRONG_USE, "fine\n")
    faults = listed.err.splitlines()
    assert len(faults) == 3
    for site, fault in zip(("relative", "slip", "typo"), faults, strict=True):
        assert fault.startswith(f"ERROR: the site file sites.{site} is not usable: ")
    run = scrapy("crawl", "fine", output=tmp_path / "out", path=path, SPIDER_MODULES="sites")
    assert run.status == INCOMPLETE, "it runs, though nobody answers on that port"
    assert "sites.typo is not usable: SyntaxError in line 1" in run.err


def test_site_file_that_hangs_costs_itself_alone(
    sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = sites / "slow_sites"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "fine.py").write_text(_SITE.format(name="fine", urls=["http://127.0.0.1:9/"]))
    (package / "asleep.py").write_text("import time\n\ntime.sleep(600)\n")
    (package / "busy.py").write_text("while True:\n    pass\n")
    monkeypatch.syspath_prepend(sites)
    monkeypatch.setattr(loader, "IMPORT_LIMIT_S", 1.0)
    found = loader.SiteLoader(["slow_sites"])
    assert found.list() == ["fine"]
    assert list(found.faults) == ["slow_sites.asleep", "slow_sites.busy"]
    assert all("it was not loaded within 1 s" in why for why in found.faults.values())


def test_run_reads_each_site_file_once(sites: Path, tmp_path: Path) -> None:
    reads = tmp_path / "reads"
    broken = f"open({str(reads)!r}, 'a').write('read|')\nraise ValueError('broken')\n"
    (sites / "sites" / "counted.py").write_text(broken, "utf-8")
    path, modules = Path(f"{sites}{os.pathsep}{PROJECT}"), "sites,crawler.spiders"
    given = ("-a", "url=http://127.0.0.1:9/", "-a", "site=fine")
    run = scrapy("crawl", "news", *given, output=tmp_path, path=path, SPIDER_MODULES=modules)
    assert run.status == INCOMPLETE
    assert reads.read_text("utf-8") == "read|"


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("relative", "'/world/' is no web address"),
        ("slip", "sites.slip.Site declares delay, which nothing reads; did you mean delay_s?"),
    ],
)
def test_faulty_site_is_a_clear_error_for_that_site(
    site: str, said: str, sites: Path, tmp_path: Path
) -> None:
    path = Path(f"{sites}{os.pathsep}{PROJECT}")
    run = scrapy("crawl", site, output=tmp_path, path=path, SPIDER_MODULES="sites")
    assert run.status == WRONG_USE
    assert f"the site '{site}' is not usable: ConfigError" in run.err
    assert said in run.err
