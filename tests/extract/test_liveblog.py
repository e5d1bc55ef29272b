"""Live blogs keep their entries in the order of the page, each with its time."""

import pytest

from pipelines.extract import extract_article
from pipelines.extract.document import parse
from pipelines.extract.liveblog import json_ld_entries
from tests.extract.web import Sample, chrome, document, live, stories
from tests.extract.web.languages import LANGUAGES

SAMPLES = list(live.samples())


@pytest.mark.parametrize("case", SAMPLES, ids=[case.sample.name for case in SAMPLES])
def test_entries_stand_in_the_order_of_the_page_with_their_times(case: live.LiveSample) -> None:
    article = extract_article(case.sample.page(), min_chars=0)
    assert article.page_type == "live_blog"
    assert article.text == case.text
    assert article.body_source == "live_blog"


def test_live_blog_without_entries_is_read_as_any_story() -> None:
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    words = LANGUAGES["en"]
    text = stories.text(words, 6)
    html = document(words.headline, chrome(stories.story(words, text)), head)
    article = extract_article(Sample("live", html, "live_blog").page())
    assert article.page_type == "live_blog"
    assert article.body_source != "live_blog"
    assert article.text.split("\n\n") == [words.paragraph(n) for n in range(6)]


def test_relative_times_are_shown_as_the_time_that_their_element_states() -> None:
    entry = "<article><time datetime='2026-10-30T1{0}:05:00Z'>{0} hours ago</time><p>Ship number"
    entry += " {0} has left the northern quay for the last time.</p></article>"
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    html = live.page("".join(entry.format(n) for n in range(1, 6)), head)
    text = extract_article(Sample("live", html, "live_blog").page()).text
    assert "2026-10-30 11:05\n\nShip number 1 has left" in text


def test_story_with_times_in_its_sentences_is_no_live_blog() -> None:
    words = LANGUAGES["en"]
    times = "".join(
        f"<p>{n}:30 pm was when ship {n} left. {words.paragraph(n)}</p>" for n in (1, 2, 3)
    )
    html = document(words.headline, chrome(stories.story(words, times)))
    assert extract_article(Sample("story", html, "article").page()).page_type == "article"


def test_story_about_something_live_with_a_timetable_keeps_its_text() -> None:
    texts = [f"The board talks about quay {n}, and about what it costs, all day." for n in range(9)]
    times = "".join(f"<li>1{n}:30 Speaker number {n} takes the floor</li>" for n in range(6))
    inner = "".join(f"<p>{text}</p>" for text in texts[:4]) + f"<ul>{times}</ul>"
    inner += "".join(f"<p>{text}</p>" for text in texts[4:])
    title = "Where to watch the harbour debate live on Sunday"
    html = f"<html><title>{title}</title><article><h1>{title}</h1>{inner}</article></html>"
    article = extract_article(Sample("timetable", html, "article").page())
    assert set(texts) <= set(article.text.split("\n\n"))
    assert article.body_source != "live_blog"


def test_first_word_of_an_entry_is_no_time_zone() -> None:
    entries = (
        f"<p>1{n}:05 {word} harbour board has closed quay number {n} today, says Ruth Amsel.</p>"
        for n, word in enumerate(("The", "Das", "Le", "US", "Our"))
    )
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    text = extract_article(
        Sample("live", live.page("".join(entries), head), "live_blog").page()
    ).text
    assert "10:05\n\nThe harbour board has closed quay number 0" in text
    assert "13:05\n\nUS harbour board has closed quay number 3" in text


def test_stated_entries_are_texts_whatever_lists_and_entities_hold_them() -> None:
    update = (
        '{"@type": "BlogPosting", "datePublished": ["2026-11-01T10:00:00Z"],'
        ' "headline": ["Rain &amp; wind"], "articleBody": "Ship 1 &amp; crew are safe again."}'
    )
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting",'
    head += f' "liveBlogUpdate": [{update}]}}</script>'
    entry = json_ld_entries(parse(Sample("live", live.page("", head), "live_blog").page()))[0]
    shown = (entry.time, entry.headline, entry.paragraphs)
    assert shown == ("2026-11-01 10:00", "Rain & wind", ("Ship 1 & crew are safe again.",))
