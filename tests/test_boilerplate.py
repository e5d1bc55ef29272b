"""What the pages of a site teach about its boilerplate, and how it is forgotten."""

from datetime import UTC, datetime

from pipelines.boilerplate import (
    MIN_PLACE_STORIES,
    WINDOW_STORIES,
    SiteLessons,
    SiteMemory,
    drop_boilerplate,
    line_hash,
    traces_of,
)
from pipelines.extract import extract, extract_article
from pipelines.items import Line, Page
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


def lines_of(number: int, *extra: Line) -> tuple[Line, ...]:
    own = (f"Line {n} of story {number}, which no other story has." for n in range(5))
    return (*(Line(text, "p < div.story", True) for text in own), *extra)


def taught(*stories: tuple[Line, ...]) -> SiteMemory:
    memory = SiteMemory()
    for number, story in enumerate(stories):
        memory.add(f"cluster-{number}", traces_of(story))
    return memory


def test_line_on_every_story_is_dropped_once_it_has_been_learned() -> None:
    pages = [story_page(number) for number in range(11, 16)]
    alone = [extract_article(page) for page in pages]
    lessons = taught(*(article.lines for article in alone)).lessons
    again = extract(pages[0], lessons=lessons)
    assert SLOGAN in alone[0].text
    assert again.article.text.split("\n\n") == alone[0].text.split("\n\n")[:-1]
    assert again.article.word_count < alone[0].word_count
    assert again.article.content_hash != alone[0].content_hash
    assert again.article.page_hash == alone[0].page_hash
    assert [line for line, reason in again.dropped if "5 stories" in reason] == [SLOGAN]


def test_copies_and_updates_of_one_story_count_once() -> None:
    slogan = Line(SLOGAN, "p", True)
    memory = SiteMemory()
    assert memory.add("one", traces_of(lines_of(1, slogan))) == ()
    assert memory.add("two", traces_of(lines_of(1, slogan))) is None
    assert memory.add("one", traces_of(lines_of(2, slogan))) is None
    assert len(memory) == 1
    assert memory.lessons == SiteLessons()


def test_short_stories_that_share_their_slogan_are_distinct() -> None:
    slogan = Line("Follow the Harbour Times.", "p", True)
    memory = taught(*((lines_of(n)[0], slogan) for n in range(4)))
    assert len(memory) == 4
    assert line_hash(slogan.text) in memory.lessons.lines


def test_brief_that_is_mostly_box_does_not_stand_for_all_stories() -> None:
    box = Line(SLOGAN, "p", True)
    memory = taught((lines_of(0)[0], box))
    assert memory.add("cluster-1", traces_of(lines_of(1, box))) == ("cluster-0",)
    for n in range(2, 6):
        assert memory.add(f"cluster-{n}", traces_of(lines_of(n, box))) == ()
    assert len(memory) == 5
    assert line_hash(SLOGAN) in memory.lessons.lines


def test_what_three_of_two_hundred_stories_repeat_is_no_boilerplate() -> None:
    history = Line(
        "The quay was closed after the storm of May, in which two ships sank.", "p", True
    )
    stories = [lines_of(n, *([history] if n % 66 == 0 else [])) for n in range(199)]
    assert taught(*stories[:3], *stories[66::66]).lessons.lines
    assert not taught(*stories).lessons.lines


def test_lines_that_interviews_and_recipes_share_are_text() -> None:
    shared = [Line(text, "p < div.story", True) for text in ("Yes.", "1 onion", "What is next?")]
    stories = []
    for n in range(4):
        own = lines_of(n)
        stories.append((*own[:2], *shared, *own[2:], *lines_of(100 + n)))
    assert not taught(*stories).lessons.lines
    # What nearly every story repeats is boilerplate wherever it stands.
    assert len(taught(*stories, *stories_with(shared)).lessons.lines) == len(shared)


def stories_with(shared: list[Line]) -> list[tuple[Line, ...]]:
    return [(*lines_of(n)[:2], *shared, *lines_of(n)[2:], *lines_of(n + 1)) for n in (20, 30)]


def test_heading_of_a_part_stays_though_many_stories_have_it() -> None:
    def told(number: int) -> tuple[Line, ...]:
        own = lines_of(number)
        heading = Line("What happened", "h2 < div.story < main.", True)
        closing = Line("More from us", "h2 < div.story < main.", True)
        return (*own[:2], heading, *own[2:], closing, Line(SLOGAN, "p", True))

    lessons = taught(*map(told, range(9))).lessons
    kept, dropped = drop_boilerplate(told(99), lessons)
    assert [line.text for line in kept] == [line.text for line in told(99)[:-2]]
    assert [text for text, _ in dropped] == ["More from us", SLOGAN]


def test_text_that_would_lose_its_greater_part_is_left_alone() -> None:
    lines = (Line("Only line of the text.", "p", True),)
    lessons = SiteLessons({line_hash(lines[0].text): 99})
    assert drop_boilerplate(lines, lessons) == (lines, ())


def test_place_that_always_holds_boilerplate_is_boilerplate_with_new_words() -> None:
    stories = [
        lines_of(n, Line(f"Read more: story {n}", "p < div.box", False))
        for n in range(MIN_PLACE_STORIES)
    ]
    lessons = taught(*stories).lessons
    found = lines_of(99, Line("Words that nobody has seen before", "p < div.box", True))
    kept, dropped = drop_boilerplate(found, lessons)
    assert kept == found[:-1]
    assert dropped == ((found[-1].text, "its place held boilerplate on 5 stories of the site"),)


def test_place_that_also_holds_text_teaches_nothing() -> None:
    box = Line("Read more: another story", "p < div.story", False)
    assert not taught(*(lines_of(n, box) for n in range(9))).lessons.places


def test_layout_that_is_gone_is_forgotten() -> None:
    slogan, box = Line(SLOGAN, "p", True), Line("Read more", "p < div.box", False)
    memory = taught(*(lines_of(n, slogan, box) for n in range(20)))
    assert memory.lessons.lines
    assert memory.lessons.places
    for n in range(WINDOW_STORIES):
        memory.add(f"later-{n}", traces_of(lines_of(1000 + n)))
    assert len(memory) == WINDOW_STORIES
    assert memory.lessons == SiteLessons()
    assert memory.learned() == []


def test_lessons_can_be_read_by_people() -> None:
    memory = taught(*(lines_of(n, Line(SLOGAN, "p", True)) for n in range(4)))
    (lesson,) = memory.learned()
    assert (lesson.kind, lesson.what, lesson.stories) == ("line", SLOGAN, 4)
