"""`scrapy diff`: what changed between the revisions of a story, from the dataset."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.changes import changes, word_changes
from pipelines.dataset.publisher import Publisher
from pipelines.dataset.revisions import revisions
from pipelines.errors import ConfigError
from pipelines.ledger import Ledger
from pipelines.rejects import NearDuplicate
from pipelines.session import ledger_path
from tests.crawl.crawling import scrapy
from tests.dataset.samples import NOON, article, page

SITE = "example.com"
TEXTS = (
    "The ferry came back on Monday.\n\nNobody was hurt.\n\nThe harbour is closed.",
    "The ferry came back on Tuesday.\n\nNobody was hurt.\n\nIt sails in May.",
    "The ferry came back on Tuesday.\n\nTwo were hurt.\n\nNobody was hurt.\n\nIt sails in May.",
)
URL = "https://example.com/ferry"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A dataset of a story in three revisions, one in a single one, and a rejected copy."""
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        for number, text in enumerate(TEXTS, 1):
            ledger.accept(
                article(
                    1, revision=number, text=text, url=URL, url_key=URL, content_hash=f"h{number}",
                    fetched_at=NOON + timedelta(hours=number), title=f"Ferry, {min(number, 2)}",
                )
            )  # fmt: skip
        ledger.accept(article(2, url="https://example.com/2"))
        copy = NearDuplicate("90% like story story-1", duplicate_of="story-1", similarity=0.9)
        ledger.reject(page(3), copy)
        Publisher(ledger, tmp_path).publish(SITE)
    return tmp_path


def test_revisions_are_found_by_any_url_of_the_story_and_by_its_id(output: Path) -> None:
    for name in (URL, f"{URL}?utm_source=mail#top", "story-1"):
        assert [row["revision"] for row in revisions(output, name)] == [1, 2, 3]


def test_url_without_a_story_says_what_is_known_of_it(output: Path) -> None:
    with pytest.raises(ConfigError, match=r"no article of https://example\.com/9: .*never stored"):
        revisions(output, "https://example.com/9")
    with pytest.raises(ConfigError, match=r"as NearDuplicate, 90% like .*scrapy diff story-1"):
        revisions(output, "https://example.com/3")


def test_story_of_two_sites_needs_its_site(output: Path) -> None:
    with Ledger.open(ledger_path(output)) as ledger:
        twin = replace(article(7, url=URL, url_key=URL), site="other.org")
        ledger.accept(twin)
        Publisher(ledger, output).publish("other.org")
    with pytest.raises(ConfigError, match=r"example\.com, other\.org; choose one with --site"):
        revisions(output, URL)
    assert [row["article_id"] for row in revisions(output, URL, "other.org")] == ["story-7"]


def test_only_what_changed_is_shown(output: Path) -> None:
    first, second, third = revisions(output, URL)
    found = changes(first, second)
    assert found.fields == {"title": ("Ferry, 1", "Ferry, 2")}
    edited, gone, new = found.paragraphs
    assert [(p.old_number, p.new_number) for p in (edited, gone, new)] == [
        (1, 1),
        (3, None),
        (None, 3),
    ]
    assert [(p.kind, p.text) for p in edited.pieces] == [
        ("kept", "The ferry came back on "),
        ("removed", "Monday"),
        ("added", "Tuesday"),
        ("kept", "."),
    ]
    (added,) = changes(second, third).paragraphs
    assert (added.old_number, added.new_number, added.pieces[0].kind) == (None, 2, "added")
    assert changes(first, first).paragraphs == ()


def test_words_of_a_script_without_spaces_are_compared_by_character() -> None:
    pieces = [(piece.kind, piece.text) for piece in word_changes("渡轮周一返回", "渡轮周二返回")]
    assert pieces == [("kept", "渡轮周"), ("removed", "一"), ("added", "二"), ("kept", "返回")]


def test_pieces_give_both_texts_back() -> None:
    old, new = "He said: no one, at all, came.", "She said that no one at all had come."
    pieces = word_changes(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_command_prints_each_step_for_people_and_machines(output: Path) -> None:
    shown = scrapy("diff", URL, output=output)
    assert shown.status == 0, shown.err
    assert "revision 1 to 2" in shown.out
    assert "revision 2 to 3" in shown.out
    assert "came back on [-Monday-]{+Tuesday+}." in shown.out
    assert "title: [-Ferry, 1-] {+Ferry, 2+}" in shown.out
    found = json.loads(scrapy("diff", URL, "--from", "1", "--to", "3", "--json", output=output).out)
    assert [(step["from"], step["to"]) for step in found["changes"]] == [(1, 3)]
    assert found["changes"][0]["fields"] == {"title": ["Ferry, 1", "Ferry, 2"]}
    unknown = scrapy("diff", URL, "--to", "7", output=output)
    assert (unknown.status, unknown.err.strip()) == (
        2, "ERROR: there is no revision 7 of the story; there are 1, 2, 3",
    )  # fmt: skip


def test_single_revision_is_told_and_is_no_error(output: Path) -> None:
    shown = scrapy("diff", "https://example.com/2", output=output)
    assert (shown.status, "There is one revision" in shown.out) == (0, True)
