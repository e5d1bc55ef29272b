"""Decoding, parsing, and what is no page."""

from datetime import UTC, datetime

import pytest

from pipelines.extract.document import Document, decode, parse
from pipelines.items import Page
from pipelines.rejects import EmptyPage, NotHtml


def parsed(body: bytes, encoding: str | None = None, **headers: str) -> Document:
    return parse(
        Page(
            url="https://example.com/world/rain.html",
            body=body,
            encoding=encoding,
            headers=headers,
            fetched_at=datetime(2026, 5, 1, tzinfo=UTC),
        )
    )


def text_of(document: Document) -> str:
    return " ".join(document.tree.text_content().split())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", "Дождь над Москвой"), ("gb18030", "今天下雨了"), ("iso8859-7", "Βροχή στην Αθήνα")],
)
def test_encoding_declared_by_the_header_is_used(encoding: str, text: str) -> None:
    assert text_of(parsed(f"<p>{text}</p>".encode(encoding), encoding)) == text


def test_encoding_declared_by_the_page_is_used() -> None:
    body = '<meta charset="windows-1250"><p>Zażółć gęślą jaźń</p>'.encode("cp1250")
    assert text_of(parsed(body)) == "Zażółć gęślą jaźń"


def test_valid_utf8_is_read_as_such_whatever_is_declared() -> None:
    assert decode("<p>Fußgänger</p>".encode(), "iso-8859-1") == "<p>Fußgänger</p>"


@pytest.mark.parametrize("declared", [None, "iso-8859-1"])
def test_stray_byte_does_not_spoil_a_page_in_utf8(declared: str | None) -> None:
    story = "<p>Für die Fischer gibt es Öl, Äpfel und süße Brötchen im großen Hafen.</p>" * 20
    text = decode(story.encode() + b"<p>caf\xe9</p>", declared)
    assert text == f"{story}<p>caf\ufffd</p>"


def test_byte_order_mark_decides() -> None:
    body = b"\xff\xfe" + "<p>Fußgänger</p>".encode("utf-16-le")
    assert text_of(parsed(body, "utf-8")) == "Fußgänger"


def test_undeclared_encoding_is_detected() -> None:
    text = "Сегодня в столице идёт сильный дождь, и прохожие прячутся под зонтами. " * 5
    assert decode(f"<html><p>{text}</p>".encode("cp1251"), None) == f"<html><p>{text}</p>"


def test_utf8_cut_within_a_character_stays_utf8() -> None:
    assert decode("<p>Fußgängerbrücke".encode()[:-4], None).startswith("<p>Fußgängerbr")


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.4 binary", b'{"json": true}', b"Just a line of text, 1 < 2"],
)
def test_bytes_without_markup_are_not_html(body: bytes) -> None:
    with pytest.raises(NotHtml):
        parsed(body)


def test_feed_is_not_html() -> None:
    with pytest.raises(NotHtml, match="rss"):
        parsed(b'<?xml version="1.0"?><!-- made by x --><rss><channel/></rss>')


def test_other_media_type_is_not_html() -> None:
    with pytest.raises(NotHtml, match="image/png"):
        parsed(b"<p>text</p>", **{"content-type": "image/png"})


@pytest.mark.parametrize(
    "body",
    [b"", b" \n ", b"<html><body></body></html>", b"<title>t</title><script>x()</script>"],
)
def test_page_without_text_is_empty(body: bytes) -> None:
    with pytest.raises(EmptyPage):
        parsed(body)


def test_page_with_text_in_structured_data_only_is_kept() -> None:
    body = b'<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    assert parsed(body).structured == [{"@type": "NewsArticle"}]


def test_unclosed_title_does_not_swallow_the_page() -> None:
    document = parsed(b"<html><head><title>Rain<body><p>It rained.</p>")
    assert document.tree.xpath("string(//p)") == "It rained."


def test_deep_nesting_loses_nothing() -> None:
    assert text_of(parsed(b"<div>" * 1000 + b"deep" + b"</div>" * 1000)) == "deep"


def test_xml_declaration_and_nul_do_no_harm() -> None:
    body = b'<?xml version="1.0" encoding="utf-8"?><html><body><p>a\0b</p></body></html>'
    assert text_of(parsed(body)) == "ab"


def test_base_element_sets_the_base_url() -> None:
    assert parsed(b'<base href="/other/"><p>x</p>').base_url == "https://example.com/other/"
