"""Copies that declare themselves, in the head or in a line of their own."""

import pytest

from pipelines.extract import extract_article
from pipelines.extract.article import story_id
from tests.extract.test_article import PARAGRAPHS, page, plain

TIDE = "https://www.tide.example/2026/quay"


@pytest.mark.parametrize(
    "head",
    [
        f"<link rel=canonical href='{TIDE}'>",
        f"<link rel=canonical href='/'><meta name='syndication-source' content='{TIDE}'>",
        f"<meta name='Original-Source' content='{TIDE}'>",
    ],
)
def test_copy_that_names_its_original_in_the_head_is_marked(head: str) -> None:
    article = extract_article(page(plain(head=head)))
    assert article.declared_original == TIDE
    assert article.duplicate_of == story_id("tide.example", TIDE)
    assert article.canonical_url is None


@pytest.mark.parametrize(
    "note",
    [
        f"This article was first published by <a href='{TIDE}'>The Tide</a>.",
        f"Republished from <a href='https://tide.example/'>Tide</a>. <a href='{TIDE}'>Original</a>",
        f"Dieser Text erschien zuerst bei <a href='{TIDE}'>Tide</a>.",
        f"本文首发于<a href='{TIDE}'>潮汐</a>",
    ],
)
def test_line_that_says_where_it_was_first_published_names_the_original(note: str) -> None:
    html = plain().replace("</article>", f"<p>{note}</p></article>")
    article = extract_article(page(html))
    assert article.declared_original == TIDE
    assert article.duplicate_of is None, "a line is weaker evidence than the head"


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("<link rel=canonical href='https://www.tide.example/'>", ""),
        ("<link rel=canonical href='https://m.harbour.example/news/quay-closes.html'>", ""),
        ("<link rel=canonical href='http://[bad'>", ""),
        ("", "This article was first published by The Tide."),
        ("", "First published by <a href='/news/archive'>us</a> in May."),
        ("", f"<a href='{TIDE}'>The Tide</a> has the numbers."),
        ("", PARAGRAPHS[0] + f" His book, first published in <a href='{TIDE}'>Oslo</a>, says so."),
    ],
)
def test_what_declares_no_copy(head: str, note: str) -> None:
    html = plain(head=head).replace("</article>", f"<p>{note}</p></article>")
    article = extract_article(page(html))
    assert (article.declared_original, article.duplicate_of) == (None, None)
