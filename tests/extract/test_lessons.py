"""What the pages of a site teach about its boilerplate."""

from datetime import UTC, datetime

from pipelines.extract import SiteLessons, drop_boilerplate, extract, extract_article, learn
from pipelines.extract.lessons import Trace, distinct, line_hash
from pipelines.items import Page
from tests.extract.test_article import plain

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SLOGAN = "The coast has its own paper, and the paper has its own mind, say the people of the coast."


def story_page(number: int) -> Page:
    texts = tuple(
        f"On day {number} the {line}th ship of fleet {number} left for the north, and {number} more"
        " were loaded under the cranes of the old pier before the evening."
        for line in range(1, 7)
    )
    return Page(
        url=f"https://harbour.example/news/s{number}.html",
        body=plain((*texts, SLOGAN)).encode(),
        fetched_at=NOW,
    )


def test_line_on_every_story_is_dropped_once_it_has_been_learned() -> None:
    pages = [story_page(number) for number in range(11, 16)]
    lessons = learn(extract(page).traces for page in pages)
    alone, taught = extract_article(pages[0]), extract(pages[0], lessons=lessons)
    assert SLOGAN in alone.text
    assert SLOGAN not in taught.article.text
    assert taught.article.text.split("\n\n") == alone.text.split("\n\n")[:-1]
    assert taught.article.word_count < alone.word_count
    assert [line for line, reason in taught.dropped if "5 stories" in reason] == [SLOGAN]


def test_copies_of_one_story_teach_nothing() -> None:
    copies = [extract(story_page(11)).traces for _ in range(6)]
    assert learn(copies).line_stories == {}
    assert len(distinct(copies)) == 1


def test_text_that_would_lose_its_greater_part_is_left_alone() -> None:
    text = "Only line of the text."
    lessons = SiteLessons({line_hash(text): 99})
    assert drop_boilerplate(text, [Trace(line_hash(text), "p", True)], lessons) == (text, ())


def test_place_that_always_holds_boilerplate_is_boilerplate_with_new_words() -> None:
    lessons = SiteLessons(place_foreign={"p.box": 6}, place_text={"p": 6})
    lines = ("Words that nobody has seen before", "A first line of the story. " * 3)
    found = [Trace(line_hash(lines[0]), "p.box", True), Trace(line_hash(lines[1]), "p", True)]
    text, dropped = drop_boilerplate("\n\n".join(lines), found, lessons)
    assert text == lines[1]
    assert dropped[0][0] == lines[0]
