"""Live blogs keep their entries in the order of the page, each with its time."""

from itertools import pairwise

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


_SENTENCE = "The harbour board talks about quay {0}, and about what it costs, says Ruth Amsel."
_DECLARED = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'


def entries(times: tuple[str, ...], layout: str = "<h3>{0} Quay</h3><p>{1}</p>") -> str:
    return "".join(layout.format(time, _SENTENCE.format(n)) for n, time in enumerate(times))


def times_read(inner: str, title: str = "Quay vote live", head: str = _DECLARED) -> list[str]:
    article = extract_article(Sample("live", live.page(inner, head, title), "").page(), min_chars=0)
    if article.body_source != "live_blog":
        return []
    lines = article.text.split("\n\n")
    own = {_SENTENCE.format(n) for n in range(9)}
    return [line for line, below in pairwise(lines) if below in own and line not in own]


@pytest.mark.parametrize(
    "times",
    [
        ("4:40 pm", "1:01 p.m.", "11.05am ET"),
        ("4pm", "11am", "9 a.m."),
        ("16h40", "15 h 20", "9h05"),
        ("16.40 Uhr", "15:20 Uhr", "9.05 Uhr"),
        ("下午4:40", "中午12:20", "上午9:05"),
        ("午後4時40分", "15時20分", "午前9時"),
        ("오후 4:40", "오후 3시 20분", "오전 9:05"),
        ("kl. 16.40", "klo 15.20", "Kl 9.05"),
        ("١٦:٤٠", "٣:٢٠ م", "ساعت ۹:۰۵"),
        ("90'+3", "78'", "7'"),
    ],
)
def test_time_of_an_entry_is_read_in_the_notation_of_its_country(times: tuple[str, ...]) -> None:
    assert times_read(entries(times)) == [f"{time} Quay" for time in times]


def test_line_with_a_date_or_a_word_of_change_beside_the_time_is_the_time_of_an_entry() -> None:
    stamps = ("30.10.2026, 16:40 Uhr", "Updated 15:20", "October 30, 2026 at 4:40 pm")
    read = times_read(entries(stamps, "<div><span>{0}</span><p>{1}</p></div>"))
    assert read == ["16:40 Uhr", "15:20", "4:40 pm"]


def test_short_sentence_with_a_time_stays_in_its_entry() -> None:
    inner = entries(
        ("16:40", "15:20", "14:05"), "<h3>{0}</h3><p>{1}</p><p>Polls close at 20:00.</p>"
    )
    html = live.page(inner, _DECLARED)
    assert extract_article(Sample("live", html, "").page()).text.count("Polls close at 20:00.") == 3


def test_sentence_that_begins_with_a_time_of_day_opens_no_entry() -> None:
    assert times_read(entries(("Kl. 16.40", "Klo 15.20", "At 14:05"), "<p>{0} {1}</p>")) == []


def test_live_blog_that_has_just_begun_keeps_the_time_of_its_first_entry() -> None:
    assert times_read(entries(("16:40", "16:20"))) == ["16:40 Quay", "16:20 Quay"]


_FIVE = ("16:40", "15:20", "14:05", "13:01", "12:30")
_ONE = "<p>{0} {1}</p>"


@pytest.mark.parametrize(
    ("title", "is_live"),
    [
        ("Quay vote live: the board meets", True),
        ("LIVE Board votes on the quay", True),
        ("Quay vote – as it happened", True),
        ("+++ Hafen-Newsblog +++ Rat tagt", True),
        ("DIRECT. Le conseil vote sur le quai", True),
        ("Direktrapport: Hamnen röstar om kajen", True),
        ("Direkte: Havnestyret stemmer", True),
        ("Kajvalget minut for minut", True),
        ("Satama äänestää – hetki hetkeltä", True),
        ("Rada głosuje nad nabrzeżem. Relacja na żywo", True),
        ("Živě: Rada hlasuje o nábřeží", True),
        ("LIVE TEXT Consiliul votează", True),
        ("A tanács szavaz – percről percre", True),
        ("Canlı: Kurul oyluyor", True),
        ("مجلس الميناء يصوت.. لحظة بلحظة", True),
        ("رأی‌گیری شورا؛ لحظه به لحظه", True),
        ("שידור חי: המועצה מצביעה", True),
        ("घाट पर मतदान लाइव अपडेट", True),
        ("Pemungutan suara dermaga: liputan langsung", True),
        ("Trực tiếp: Hội đồng bỏ phiếu", True),
        ("[라이브] 항만 이사회 표결", True),
        ("【速報】港湾理事会が採決", True),
        ("港務局投票直播：董事會開會", True),
        ("Голосование совета. Текстовая трансляция", True),
        ("Голосування ради: наживо", True),
        ("Ψηφοφορία για την προβλήτα λεπτό προς λεπτό", True),
        ("El consejo vota, minuto a minuto", True),
        ("Il consiglio vota, la diretta", False),
        ("Where 3 million people live", False),
        ("Live music returns to the quay", False),
        ("Handel online wächst am Kai", False),
        ("ドライブ：秋の港を走る", False),
    ],
)
def test_title_says_live_blog_only_as_such_or_as_a_label(title: str, is_live: bool) -> None:
    assert bool(times_read(entries(_FIVE, _ONE), title, head="")) is is_live
