"""JSON-LD, whole and broken."""

from typing import Any

import pytest
from lxml import html

from pipelines.extract import extract_article
from pipelines.extract.structured import flatten, parse_json, read_json_ld, resolve, types_of
from tests.extract.test_article import page, plain


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_graph_lists_and_nesting_are_flattened_top_level_first() -> None:
    tree = html.document_fromstring(
        script('{"@graph": [{"@type": "NewsArticle", "author": {"@type": "Person"}}]}')
        + script('[{"@type": "Organization"}]')
        + "<p>text</p>"
    )
    found = [types_of(item)[0] for item in read_json_ld(tree)]
    assert found == ["Organization", "NewsArticle", "Person"]


def test_type_of_the_script_may_carry_a_charset_and_capitals() -> None:
    tree = html.document_fromstring(
        '<script type="Application/LD+JSON; charset=utf-8">{"@type": "Article"}</script><p>x</p>'
    )
    assert read_json_ld(tree) == [{"@type": "Article"}]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "b": [2,],}',
        '<!-- {"a": 1, "b": [2]} -->',
        '//<![CDATA[\n{"a": 1, "b": [2]}\n//]]>',
        '{"a": 1, "b": [2]};',
        '{"a": 1,\n // "c": {\n "b": [2]}',
        "{&quot;a&quot;: 1, &quot;b&quot;: [2]}",
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert parse_json(text) == {"a": 1, "b": [2]}


def test_several_objects_in_a_script_are_all_read() -> None:
    assert flatten(parse_json('{"@type": "A"}\n{"@type": "B"}')) == [{"@type": "A"}, {"@type": "B"}]


def test_line_breaks_in_strings_are_kept() -> None:
    assert parse_json('{"articleBody": "One.\nTwo."}') == {"articleBody": "One.\nTwo."}


def test_cut_script_gives_what_stood_before_the_cut() -> None:
    assert parse_json('{"headline": "Rain", "author": {"name": "Ann')["headline"] == "Rain"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "", "no json at all"])
def test_hopeless_json_gives_no_objects(text: str) -> None:
    assert [item for item in flatten(parse_json(text)) if types_of(item)] == []


def test_reference_is_resolved_to_the_object_with_that_id() -> None:
    person: dict[str, Any] = {"@type": "Person", "@id": "#a", "name": "Ann Lee"}
    assert resolve({"@type": "Person", "@id": "#a"}, [person]) is person


def test_reference_to_nothing_stays_as_it_is() -> None:
    assert resolve({"@id": "#b"}, []) == {"@id": "#b"}


@pytest.mark.parametrize("value", ["[" * 800 + "]" * 800, '{"name":' * 800 + '"Rain"' + "}" * 800])
def test_nesting_without_end_does_not_cost_the_story(value: str) -> None:
    head = script(f'{{"@type": "NewsArticle", "headline": {value}}}')
    assert extract_article(page(plain(head=head))).title == "Quay closes"
