"""Which lines of a page are body: kept, dropped with a reason, restored."""

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from pipelines.extract import extract
from pipelines.extract.blocks import page_blocks
from pipelines.extract.body import Body, engine_lines, read_body
from pipelines.extract.lines import select
from pipelines.extract.measured import Measured
from pipelines.extract.metadata import Metadata
from pipelines.extract.phrases import is_end_marker, is_prompt
from pipelines.extract.prose import ends_as_sentence, is_prose, place
from pipelines.items import Page

SENTENCES = tuple(
    f"Sentence number {n} of the story says what the {n} members of the board think about it, "
    f"and what it would mean for ward {n} if the plan were dropped after all."
    for n in range(1, 13)
)


DECK = "Members of the board have thought again; what is to become of the wards is open."


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(inner: str, title: str | None = "Plan dropped", article_body: str | None = None) -> Body:
    tree = html.document_fromstring(f"<html><body>{inner}</body></html>")
    return read_body(
        tree, page_blocks(tree), Metadata(title=title, article_body=article_body, language="en")
    )


def story_page(inner: str) -> Page:
    html_text = f"<html lang=en><body><article><h1>Plan dropped</h1>{inner}</article></body></html>"
    return Page(
        url="https://example.com/news/plan-dropped-4711.html",
        body=html_text.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def texts_of(body: Body) -> list[str]:
    return body.text.split("\n\n")


def read_with_amid(line: str) -> list[str]:
    """The lines that are read of a story with this one behind its second sentence."""
    lines = (*SENTENCES[:2], line, *SENTENCES[2:])
    return texts_of(read(f"<article><h1>Plan dropped</h1>{paragraphs(lines)}</article>"))


def test_body_in_sibling_containers_is_joined() -> None:
    parts = [SENTENCES[:4], SENTENCES[4:8], SENTENCES[8:]]
    inner = "<hr>".join(f'<div class="part">{paragraphs(part)}</div>' for part in parts)
    assert texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>")) == list(SENTENCES)


def test_first_paragraph_in_a_container_of_its_own_is_kept() -> None:
    inner = f"<div class=lead><p>{SENTENCES[0]}</p></div><div class=text>"
    inner += f"{paragraphs(SENTENCES[1:])}</div>"
    assert texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))[0] == SENTENCES[0]


def test_short_lines_between_sections_of_like_containers_do_not_end_the_body() -> None:
    names = "".join(f"<p>{n}. Name of a captain</p>" for n in range(40))
    inner = "".join(
        f'<section><div class="body-text">{part}</div></section>'
        for part in (paragraphs(SENTENCES[:6]), names, paragraphs(SENTENCES[6:]))
    )
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert [line for line in lines if line in SENTENCES] == list(SENTENCES)


def test_short_sentences_at_the_end_are_paragraphs_even_below_a_picture() -> None:
    picture = "<figure><img src=a.jpg><figcaption>The quay on Tuesday. Photo: Archive</figcaption>"
    told = f"{paragraphs(SENTENCES[:3])}{picture}</figure>"
    told += "<p>Nobody has won.</p><p>It rains. Again.</p>"
    below = "<p class=more>Read on.</p>"
    read_lines = texts_of(read(f"<h1>Plan dropped</h1><div class=text>{told}</div>{below}"))
    assert read_lines == [*SENTENCES[:3], "Nobody has won.", "It rains. Again."]


def test_repeated_headline_and_byline_are_dropped() -> None:
    top = "<h1>Plan dropped</h1><p class=byline>By Ruth Amsel</p><p>Plan dropped</p>"
    assert texts_of(read(f"<article>{top}{paragraphs(SENTENCES)}</article>")) == list(SENTENCES)


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href=/x>Read more: The other plan of the board</a></p>",
        "<p>READ ALSO: <a href=/x>The other plan of the board</a></p>",
        "<p>Lesen Sie auch: <a href=/x>Der andere Plan</a></p>",
        "<p>Читайте также: <a href=/x>Другой план</a></p>",
        "<p>Διαβάστε επίσης: <a href=/x>Το άλλο σχέδιο</a></p>",
        "<p>Läs också: <a href=/x>Den andra planen</a></p>",
        "<p>Čtěte také: <a href=/x>Jiný plán</a></p>",
        "<p>اقرأ أيضا: <a href=/x>خطة أخرى</a></p>",
        "<p>関連記事：<a href=/x>もう一つの計画</a></p>",
        "<p>İlgili haber: <a href=/x>Diğer plan</a></p>",
        "<p>Advertisement</p>",
        "<div class=newsletter-signup><p>Get the day's news in your inbox every morning.</p></div>",
        (
            "<figure><img src=a.jpg><figcaption>The board on Tuesday at the old pier.</figcaption>"
            "</figure>"
        ),
        "<div class='related-box'><ul><li><a href=/x>Fog holds up the ferry</a></li></ul></div>",
        "<ul class=share><li><a href=/x>Facebook</a></li><li><a href=/y>X</a></li></ul>",
    ],
)
def test_foreign_line_between_paragraphs_is_dropped(line: str) -> None:
    inner = f"{paragraphs(SENTENCES[:6])}{line}{paragraphs(SENTENCES[6:])}"
    assert texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>")) == list(SENTENCES)


@pytest.mark.parametrize(
    "inner",
    [
        f"<div class=paywall>{paragraphs(SENTENCES)}</div>",
        (
            f"<div class=non-paywall>{paragraphs(SENTENCES[:2])}</div>"
            f"<div class=paywall>{paragraphs(SENTENCES[2:])}</div>"
        ),
        "".join(f"<p class=paywall>{text}</p>" for text in SENTENCES),
        f"{paragraphs(SENTENCES)}<div class=paywall><p>Read all for one crown a week.</p></div>",
    ],
)
def test_text_behind_a_paywall_is_text_and_its_offer_is_not(inner: str) -> None:
    others = "".join(f"<div class=reader><p>In my view {text}</p></div>" for text in SENTENCES)
    page = f"<article><h1>Plan dropped</h1>{inner}</article><section class=comments>{others * 2}"
    assert texts_of(read(page)) == list(SENTENCES)


def test_lists_quotes_and_subheadings_within_the_text_are_kept() -> None:
    middle = "<h2>What follows</h2><ul><li>The pier closes in May.</li><li>Ships move.</li></ul>"
    middle += "<blockquote><p>“We had no choice,” the chair said to the board.</p></blockquote>"
    inner = f"{paragraphs(SENTENCES[:6])}{middle}{paragraphs(SENTENCES[6:])}"
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert lines[6:10] == [
        "What follows",
        "The pier closes in May.",
        "Ships move.",
        "“We had no choice,” the chair said to the board.",
    ]


FIGURES = (("Port", "Ferries", "Change"), ("Ostrum", "12", "−3"), ("Velden", "", "+1"))
ROWS = ["Port | Ferries | Change", "Ostrum | 12 | −3", "Velden | | +1"]


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows)
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"


@pytest.mark.parametrize("frame", ["{}", '<figure class="wp-block-table">{}</figure>'])
def test_table_of_data_amid_the_text_gives_a_line_for_each_row(frame: str) -> None:
    amid = frame.format(table(FIGURES))
    inner = f"{paragraphs(SENTENCES[:4])}{amid}{paragraphs(SENTENCES[4:])}"
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert lines == [*SENTENCES[:4], *ROWS, *SENTENCES[4:]]


def test_paragraphs_set_in_a_table_are_paragraphs() -> None:
    rows = tuple(("", text) for text in SENTENCES)
    assert texts_of(read(f"<h1>Plan dropped</h1>{table(rows)}")) == list(SENTENCES)


def test_table_of_links_is_no_text() -> None:
    links = tuple((f"<a href=/{n}>Story {n}</a>", f"<a href=/p{n}>More</a>") for n in range(5))
    inner = f"{paragraphs(SENTENCES[:6])}{table(links)}{paragraphs(SENTENCES[6:])}"
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert lines == list(SENTENCES)


def test_table_on_a_page_without_a_story_is_no_text() -> None:
    inner = f"<article><h1>Ferries today</h1>{table(FIGURES)}<p>{SENTENCES[0]}</p></article>"
    assert texts_of(read(inner)) == [SENTENCES[0]]


def test_terms_and_their_descriptions_are_text() -> None:
    terms = "<dl><dt>Length</dt><dd>400 metres</dd><dt>Built</dt><dd>1921</dd></dl>"
    inner = f"{paragraphs(SENTENCES[:6])}{terms}{paragraphs(SENTENCES[6:])}"
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert lines[6:10] == ["Length", "400 metres", "Built", "1921"]


def test_heading_that_opens_the_text_is_kept_where_others_part_it() -> None:
    parts = (SENTENCES[:6], SENTENCES[6:])
    parted = "".join(f"<h2>Part {n}</h2>{paragraphs(part)}" for n, part in enumerate(parts, 1))
    lines = texts_of(read(f"<article><h1>Plan dropped</h1><p>By Ann Lee</p>{parted}</article>"))
    assert lines == ["Part 1", *SENTENCES[:6], "Part 2", *SENTENCES[6:]]


def test_heading_of_another_kind_above_the_text_is_none_of_it() -> None:
    inner = f"<h3>World</h3>{paragraphs(SENTENCES[:6])}<h2>Part 2</h2>{paragraphs(SENTENCES[6:])}"
    lines = texts_of(read(f"<article><h1>Plan dropped</h1>{inner}</article>"))
    assert lines == [*SENTENCES[:6], "Part 2", *SENTENCES[6:]]


def test_comments_below_the_text_are_dropped() -> None:
    comments = "".join(
        f"<div class=c><b>user{n}</b><p>In my view {text.lower()}</p></div>"
        for n, text in enumerate(SENTENCES)
    )
    inner = f"<div class=t>{paragraphs(SENTENCES)}</div><h3>Comments (12)</h3>{comments}"
    assert texts_of(read(f"<h1>Plan dropped</h1>{inner}")) == list(SENTENCES)


def test_comments_longer_than_the_story_and_placed_like_it_are_dropped() -> None:
    remarks = paragraphs(tuple(f"{text} So says reader {n}." for n in (1, 2) for text in SENTENCES))
    inner = f"{paragraphs(SENTENCES)}<div>Comments (24)</div>{remarks}"
    assert texts_of(read(f"<h1>Plan dropped</h1><div>{inner}</div>")) == list(SENTENCES)


def test_line_about_comments_between_teasers_and_story_does_not_end_the_page() -> None:
    teaser = "<div><p>In harbour {}, a ship was seen that nobody had expected before May.</p></div>"
    teasers = "".join(map(teaser.format, range(12)))
    inner = f"{teasers}<h1>Plan dropped</h1><div>Comments (0)</div>{paragraphs(SENTENCES)}"
    blocks = page_blocks(html.document_fromstring(f"<body>{inner}</body>"))
    selection = select(Measured.of(blocks, Metadata(title="Plan dropped")), list(SENTENCES))
    assert selection is not None
    assert selection.text.split("\n\n") == list(SENTENCES)


def test_counters_and_hints_within_a_paragraph_are_no_words_of_it() -> None:
    counter = '<a class="comments_count" href="#c">0</a>'
    hint = '<a href="/x">the plan</a><span class="visually-hidden">, opens in a new tab</span>'
    lines = [f"{counter}{text.replace('the plan', hint)}" for text in SENTENCES]
    inner = f"<h1>Plan dropped</h1>{paragraphs(tuple(lines))}"
    assert texts_of(read(f"<article>{inner}</article>")) == list(SENTENCES)


def test_element_of_no_html_within_a_line_does_not_cut_it() -> None:
    page = "<p>The <org idsrc=x>Board of <b>Trade</b></org> met <person>Ann Lee</person>.</p>"
    page += "<news-line>First line.</news-line><news-line>Second line.</news-line>"
    texts = [block.text for block in page_blocks(html.document_fromstring(page))]
    assert texts == ["The Board of Trade met Ann Lee.", "First line.", "Second line."]


def test_counter_alone_stays_a_line_of_its_kind() -> None:
    tree = html.document_fromstring("<div><a class=comments-link>Comments (12)</a></div>")
    assert [(b.text, b.zones[0][0]) for b in page_blocks(tree)] == [("Comments (12)", "comments")]


def test_story_of_which_the_engine_sees_nothing_is_read_by_its_structure() -> None:
    menu = "".join(f"<tr><td><a href=/{n}>Place {n}</a></td></tr>" for n in range(40))
    lines = "".join(f"<td>{text}<td>" for text in SENTENCES[:3])
    inner = f"<table>{menu}</table><h1>Plan dropped</h1><table><tr>{lines}</tr></table>"
    assert set(SENTENCES[:3]) <= set(texts_of(read(inner)))


def test_lead_that_stands_apart_under_the_headline_is_restored() -> None:
    lead = f"<div><span>{SENTENCES[0]}</span></div><div>12 of 40</div>"
    text = "".join(f"<div class=x>{p}</div>" for p in SENTENCES[1:])
    inner = f"<h1>Plan dropped</h1>{lead}<div class=t><div class=u>{text}</div></div>"
    assert texts_of(read(inner)) == list(SENTENCES)


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_summary_under_the_headline_is_the_standfirst_and_no_text(tag: str) -> None:
    deck = "After forty years the board gives up what its founders began."
    inner = f"<h1>Plan dropped</h1><{tag}>{deck}</{tag}><div class=t>{paragraphs(SENTENCES)}</div>"
    tree = html.document_fromstring(f"<body>{inner}</body>")
    metadata = Metadata(title="Plan dropped", description=deck if tag == "p" else None)
    body = read_body(tree, page_blocks(tree), metadata)
    assert (body.standfirst, texts_of(body)) == (deck, list(SENTENCES))


@pytest.mark.parametrize("name", ["standfirst", "article__chapo", "c-subtitle", "preamble"])
def test_standfirst_among_the_paragraphs_is_no_text(name: str) -> None:
    article = extract(story_page(f'<p class="{name}">{DECK}</p>{paragraphs(SENTENCES)}')).article
    assert article.standfirst == DECK
    assert article.text.split("\n\n") == list(SENTENCES)


@pytest.mark.parametrize(("chars", "is_text"), [(240, True), (120, False)])
def test_lead_above_the_text_is_its_first_paragraph_where_it_is_long(
    chars: int, is_text: bool
) -> None:
    lead = f"{('The board met ' * 20)[:chars].strip()}."
    inner = f'<div class="lead"><p>{lead}</p></div><div class="body">{paragraphs(SENTENCES)}</div>'
    article = extract(story_page(inner)).article
    assert (article.text.startswith(lead), article.standfirst is None) == (is_text, is_text)


def test_summary_in_a_box_with_a_heading_is_the_standfirst() -> None:
    box = f'<div class="ai-summary"><h4>In brief</h4><p>{DECK}</p></div>'
    article = extract(story_page(f"{box}{paragraphs(SENTENCES)}")).article
    assert (article.standfirst, article.text.split("\n\n")) == (DECK, list(SENTENCES))


@pytest.mark.parametrize(("name", "kept"), [("Ann Lee", 12), ("Cy Moe", 13)])
def test_last_paragraph_in_italics_about_the_author_is_no_text(name: str, kept: int) -> None:
    about = f"<p><em>{name} is a reporter who covers the harbour for the paper since 2019.</em></p>"
    byline = '<p class="byline">By Ann Lee</p>'
    article = extract(story_page(byline + paragraphs(SENTENCES) + about)).article
    assert (article.authors, len(article.text.split("\n\n"))) == (("Ann Lee",), kept)


def test_standfirst_of_a_brief_is_text() -> None:
    article = extract(story_page(f'<p class="chapo">{DECK}</p>{paragraphs(SENTENCES[:3])}')).article
    assert article.text.split("\n\n") == [DECK, *SENTENCES[:3]]


@pytest.mark.parametrize("body", ["\n\n".join(SENTENCES), paragraphs(SENTENCES)])
@pytest.mark.parametrize("shown", ["<div id=app></div>", f"<p>{SENTENCES[0][:99]} …</p>"])
def test_text_that_only_json_ld_holds_is_the_body(shown: str, body: str) -> None:
    story = {"@type": "NewsArticle", "headline": "Plan dropped", "articleBody": body}
    script = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    article = extract(story_page(script + shown)).article
    assert (article.body_source, article.text.split("\n\n")) == ("jsonld", list(SENTENCES))


def test_text_in_a_declared_shadow_root_is_seen() -> None:
    root = (
        f"<news-text><template shadowrootmode=open>{paragraphs(SENTENCES)}</template></news-text>"
    )
    other = (
        f"<template>{paragraphs(('What a script may show, some day, to somebody.',))}</template>"
    )
    assert texts_of(read(f"<h1>Plan dropped</h1>{root}{other}")) == list(SENTENCES)


def test_next_story_on_the_page_is_none_of_the_text() -> None:
    other = paragraphs(tuple(text.replace("board", "county") for text in SENTENCES[:4]))
    inner = f"<article class='story first'><h1>Plan dropped</h1>{paragraphs(SENTENCES)}</article>"
    inner += f"<article class='story'><h1>Bridge opens</h1>{other}</article>"
    assert texts_of(read(inner)) == list(SENTENCES)


def test_story_in_two_containers_is_read_whole_where_its_paragraphs_are_named_alike() -> None:
    def section(name: str, lines: tuple[str, ...]) -> str:
        named = "".join(f'<div class="story-line">{line}</div>' for line in lines)
        return f'<section class="{name}"><div class="box">{named}</div></section>'

    heading, link = "<h3>What is next</h3>", '<h3><a href="/b">READ: A bridge opens</a></h3>'
    first = section("zone zone-top", SENTENCES[:8])
    second = section("zone", (heading, *SENTENCES[8:10], link, *SENTENCES[10:]))
    inner = f'<h1>Plan dropped</h1><div class="body">{first}{second}</div>'
    lines = texts_of(read(f'<article class="rail-tall">{inner}</article>'))
    assert lines == [*SENTENCES[:8], "What is next", *SENTENCES[8:]]


def test_heading_that_is_a_link_is_none_of_the_text_whoever_took_it() -> None:
    heading = "The county opens a bridge in May"
    inner = f'{paragraphs(SENTENCES[:6])}<h3><a href="/b">{heading}</a></h3>'
    tree = html.document_fromstring(f"<article>{inner}{paragraphs(SENTENCES[6:])}</article>")
    page = Measured.of(page_blocks(tree), Metadata(title="Plan dropped", language="en"))
    selection = select(page, [*SENTENCES[:6], heading, *SENTENCES[6:]])
    assert selection
    assert selection.dropped == ((heading, "a link to another page"),)


def test_headings_of_the_first_rank_do_not_end_the_text() -> None:
    parts = (SENTENCES[:6], SENTENCES[6:])
    sections = (f"<section><h1>Part</h1>{paragraphs(part)}</section>" for part in parts)
    inner = f"<header><h1>Plan dropped</h1></header>{''.join(sections)}"
    lines = texts_of(read(f"<article>{inner}</article>"))
    assert [line for line in lines if line in SENTENCES] == list(SENTENCES)


def test_short_first_paragraph_that_is_named_a_lead_is_the_standfirst() -> None:
    article = extract(story_page(f'<p class="lead">{DECK}</p>{paragraphs(SENTENCES)}')).article
    assert (article.standfirst, article.text.split("\n\n")) == (DECK, list(SENTENCES))


def test_first_paragraph_that_is_named_a_lead_is_text() -> None:
    lead = f'<p class="lead">{SENTENCES[0]}</p>{paragraphs(SENTENCES[1:])}'
    article = extract(story_page(lead)).article
    assert article.text.split("\n\n") == list(SENTENCES)


def test_note_on_the_publication_under_the_headline_is_no_lead() -> None:
    note = "<div><span>This article was published by us on 10 January 2012, at noon.</span></div>"
    inner = f"<h1>Plan dropped</h1>{note}<div class=t>{paragraphs(SENTENCES)}</div>"
    assert texts_of(read(inner)) == list(SENTENCES)


def test_caption_under_the_headline_is_no_lead() -> None:
    picture = "<div><img src=a.jpg><p>The members of the board on their way to the vote.</p></div>"
    inner = f"<h1>Plan dropped</h1>{picture}<div class=t>{paragraphs(SENTENCES)}</div>"
    assert texts_of(read(inner)) == list(SENTENCES)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("By Ruth Amsel", "Ruth Amsel"),
        ("RUTH AMSEL and BO EK", "Reuters"),
        ("Tuesday, January 17, 2012, 6:39am EST", "– Bo Ek"),
        ("20:00, Dec 31 2007", "PAP/koc/ula"),
    ],
)
def test_lines_that_only_sign_or_date_the_story_are_dropped(above: str, below: str) -> None:
    inner = f"<h1>Plan dropped</h1>{paragraphs((above, *SENTENCES, below))}"
    tree = html.document_fromstring(f"<body><article>{inner}</article></body>")
    metadata = Metadata(title="Plan dropped", authors=("Ruth Amsel", "Bo Ek"), language="en")
    assert texts_of(read_body(tree, page_blocks(tree), metadata)) == list(SENTENCES)


def test_date_within_a_paragraph_that_line_breaks_cut_signs_nothing() -> None:
    words = " ".join(SENTENCES).replace("number 6", "of 23 July 1994").split()
    lines = [" ".join(words[at : at + 7]) for at in range(0, len(words), 7)]
    inner = f"<h1>Plan dropped</h1><div class=t><p>{'<br>'.join(lines)}</p></div>"
    assert texts_of(read(f"<article>{inner}</article>")) == lines


@pytest.mark.parametrize(
    "last",
    ["Desde allí se ve el mar", "Mon Dieu, quelle histoire", "7 March 2021: talks begin in Geneva"],
)
def test_last_line_with_a_weekday_or_in_a_chronology_is_no_signature(last: str) -> None:
    inner = f"<h1>Plan dropped</h1>{paragraphs((*SENTENCES, last))}"
    assert texts_of(read(f"<article>{inner}</article>"))[-1] == last


@pytest.mark.parametrize(
    "last",
    [
        "alee@harbour.example",
        "Contact reporter Ann Lee at alee@harbour.example or on +1 555 0100.",
        "(Reporting by Ann Lee in Seaview; Editing by Bo Ek)",
        "(rfd/imk)",
        "（責編：山水）",
        "Sources: Board of Trade, Harbour Press",
        "Πηγές: Υπουργείο Ναυτιλίας",
    ],
)
def test_last_line_about_who_wrote_the_story_is_dropped(last: str) -> None:
    inner = f"<article><h1>Plan dropped</h1>{paragraphs((*SENTENCES, last))}</article>"
    tree = html.document_fromstring(f"<body>{inner}</body>")
    metadata = Metadata(title="Plan dropped", authors=("Ann Lee",), language="en")
    assert texts_of(read_body(tree, page_blocks(tree), metadata)) == list(SENTENCES)


@pytest.mark.parametrize(
    "last",
    [
        "Anyone with information is asked to write to tips@police.example.",
        "Writing by hand is better for pupils.",
        "(Bring a coat; it will be cold out there.)",
        "[The harbour board did not answer before we went to print]",
    ],
)
def test_last_sentence_of_the_story_is_kept(last: str) -> None:
    inner = f"<h1>Plan dropped</h1>{paragraphs((*SENTENCES, last))}"
    assert texts_of(read(f"<article>{inner}</article>"))[-1] == last


@pytest.mark.parametrize(
    "sentence",
    [
        "Following criticism on Facebook, the mayor resigned on Monday.",
        "Subscribers to the newsletter rose by half last year, the paper said.",
        "Volgens Facebook is de storing sinds maandag helemaal verholpen.",
        "Få svenskar använder Twitter varje dag, visar en ny undersökning.",
        "Sigue la polémica en Twitter por las obras del puerto viejo.",
    ],
)
def test_sentence_about_a_channel_is_kept(sentence: str) -> None:
    assert read_with_amid(sentence) == [*SENTENCES[:2], sentence, *SENTENCES[2:]]


@pytest.mark.parametrize(
    "sentence",
    [
        "The firm breached the terms of use, the court found on Tuesday.",
        "The privacy policy of the town had never been published, she said.",
        "“Follow me on Twitter,” the president told the crowd on the quay.",
        "„Folgen Sie mir auf Instagram“, sagte er dem Richter.",
        "Plan dropped.",
    ],
)
def test_sentence_of_the_story_that_speaks_as_notices_do_is_kept(sentence: str) -> None:
    assert read_with_amid(sentence) == [*SENTENCES[:2], sentence, *SENTENCES[2:]]


@pytest.mark.parametrize(
    "notice",
    [
        "Copyright (c) Harbour Press Ltd. 2008, All Rights Reserved.",
        "By signing up you agree to our privacy policy.",
        "All rights reserved by the Harbour Daily.",
    ],
)
def test_notice_amid_the_story_is_dropped(notice: str) -> None:
    assert read_with_amid(notice) == list(SENTENCES)


def test_list_of_addresses_at_the_end_is_text() -> None:
    desks = tuple(f"{desk}: {desk.lower()}@harbour.example or 555.0100" for desk in ("Food", "Art"))
    inner = f"<h1>Plan dropped</h1>{paragraphs((*SENTENCES, *desks))}"
    assert texts_of(read(f"<article>{inner}</article>")) == [*SENTENCES, *desks]


@pytest.mark.parametrize(
    "call",
    [
        "Start the day with what matters. Sign up for our Morning Edition newsletter.",
        "Follow the Harbour Times on Facebook. Send your story ideas to us.",
        "Suivez toute l’actualité de votre ville sur WhatsApp.",
        "Подписывайтесь на наш канал в Telegram, чтобы ничего не пропустить.",
    ],
)
def test_call_to_another_channel_amid_the_text_is_dropped(call: str) -> None:
    assert read_with_amid(call) == list(SENTENCES)


def test_text_parted_by_line_breaks_gives_paragraphs() -> None:
    inner = f"<h1>Plan dropped</h1><div id=story>{'<br><br>'.join(SENTENCES)}</div>"
    assert texts_of(read(inner)) == list(SENTENCES)


def test_chinese_text_is_prose_though_it_is_short() -> None:
    lines = tuple(
        f"第{n}段：市議會星期二表決，北碼頭將關閉兩年，工程費用由州政府分擔。" for n in range(9)
    )
    inner = f"<div class=c>{paragraphs(lines)}</div><div>相关新闻</div>"
    inner += "<ul><li><a href=/1>渡輪夜間開航</a></li><li><a href=/2>新起重機抵達</a></li></ul>"
    assert texts_of(read(inner, title="北碼頭關閉")) == list(lines)


def test_what_was_dropped_is_told_with_the_reason() -> None:
    extra = "".join(f"<p>See also: <a href=/{n}>Another story number {n}</a></p>" for n in "ab")
    inner = f"<article><h1>Plan dropped</h1>{paragraphs(SENTENCES)}{extra}</article>"
    tree = html.document_fromstring(inner)
    body = read_body(tree, page_blocks(tree), Metadata(title="Plan dropped"))
    assert all(reason for _, reason in body.dropped)
    assert "See also" not in body.text


def test_what_the_structure_drops_amid_the_text_is_told_with_the_reason() -> None:
    box = '<div class="related"><a href="/b">Bridge opens</a></div>'
    inner = f"{paragraphs(SENTENCES[:6])}{box}{paragraphs(SENTENCES[6:])}"
    body = read(f"<article><h1>Plan dropped</h1>{inner}</article>")
    assert (body.source, body.dropped) == ("structure", (("Bridge opens", "in a related box"),))


def test_tree_is_left_as_it_was() -> None:
    tree = html.document_fromstring(f"<nav>Menu</nav><script>1</script>{paragraphs(SENTENCES)}")
    before = html.tostring(tree)
    engine_lines(tree, fast=True)
    engine_lines(tree, fast=False)
    assert html.tostring(tree) == before


def test_engine_is_not_shown_what_is_foreign() -> None:
    inner = f"<div>{paragraphs(SENTENCES[:6])}<div id=box><p>{SENTENCES[8]}</p></div></div>"
    tree = html.document_fromstring(inner)
    assert SENTENCES[8] in engine_lines(tree, fast=True)
    boxes = [element for element in tree.iter("div") if element.get("id") == "box"]
    assert engine_lines(tree, fast=True, without=boxes) == list(SENTENCES[:6])


def test_engine_that_finds_nothing_gives_no_lines() -> None:
    assert engine_lines(html.document_fromstring("<p></p>"), fast=True) == []


def test_hidden_text_is_no_block() -> None:
    tree = html.document_fromstring(
        "<p>Seen</p><p style='display: none'>Unseen</p><p hidden>Unseen</p>tail"
    )
    assert [block.text for block in page_blocks(tree)] == ["Seen", "tail"]


def test_body_that_a_script_is_to_show_is_not_hidden() -> None:
    page = f"<body style='visibility: hidden'><h1>Plan dropped</h1>{paragraphs(SENTENCES)}</body>"
    tree = html.document_fromstring(page)
    assert len(page_blocks(tree)) == len(SENTENCES) + 1


def test_question_of_a_chinese_reporter_is_text() -> None:
    assert not is_prompt("记者：你们什么时候重新开放码头？")


@pytest.mark.parametrize("char", ["\u00ad", "\u200b", "\ufeff"])
def test_places_where_a_word_may_be_broken_are_no_blanks(char: str) -> None:
    tree = html.document_fromstring(f"<p>Die See{char}schwalbe lag {char} fest.</p>")
    assert [block.text for block in page_blocks(tree)] == ["Die Seeschwalbe lag fest."]


@pytest.mark.parametrize("anchor", ["<a name=top>", "<a id=top>", "<a name=top></a>"])
def test_anchor_is_no_link_even_where_it_is_left_open(anchor: str) -> None:
    inner = f"<article><h1>Plan dropped</h1>{anchor}{paragraphs(SENTENCES)}</article>"
    assert texts_of(read(inner)) == list(SENTENCES)


def test_place_is_shared_by_paragraphs_of_like_containers() -> None:
    tree = html.document_fromstring("<div class=a><p>1</p></div><div class=a><p>2</p></div>")
    first, second = page_blocks(tree)
    assert place(first) == place(second)


def test_line_of_links_is_no_prose() -> None:
    tree = html.document_fromstring(f"<p><a href=/x>{SENTENCES[0]}</a></p>")
    assert not is_prose(page_blocks(tree)[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "„Es regnet.“",
        "「雨が降っています。」",
        "بارش ہو رہی ہے۔",
        "Անձրեւ է գալիս։",
        "‹Il pleut.›",
        "ዝናብ እየዘነበ ነው።",
    ],
)
def test_sentence_ends_with_the_mark_of_its_script(sentence: str) -> None:
    assert ends_as_sentence(sentence)
    assert not ends_as_sentence(sentence.rstrip("“」›.。۔։።"))


@pytest.mark.parametrize(
    "text", ["Related stories", "Das könnte Sie auch interessieren:", "相关新闻"]
)
def test_heading_of_other_stories_is_known_in_any_language(text: str) -> None:
    assert is_end_marker(text)


def test_sentence_that_opens_like_a_prompt_is_none() -> None:
    assert not is_prompt("More than forty ships were held up.")
