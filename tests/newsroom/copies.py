"""The same story again, or nearly: one function per kind, as in `troubles`."""

from dataclasses import replace

from tests.newsroom.desk import Desk, Trouble, usual_page


def tracking(desk: Desk) -> Trouble:
    """Listed a second time with campaign parameters."""
    story = desk.old_story(1)
    query = "?utm_source=front&utm_medium=teaser&utm_campaign=daily&fbclid=IwAR0x1"
    return Trouble(replace(story, kind="tracking", copy_of=story.path, path=story.path + query))


def amp(desk: Desk) -> Trouble:
    """Listed a second time as its AMP variant."""
    story = desk.old_story(2)
    return Trouble(replace(story, kind="amp", copy_of=story.path, path=story.path + "amp/"))


def print_view(desk: Desk) -> Trouble:
    """Listed a second time as its print variant."""
    story = desk.old_story(3)
    return Trouble(
        replace(story, kind="print_view", copy_of=story.path, path=story.path + "?print=1")
    )


def exact_copy(desk: Desk) -> Trouble:
    """The same text on a page of its own, under a new path; no canonical link tells."""
    story = desk.old_story(0)
    copy = replace(desk.new_story("exact_copy"), title=story.title, authors=story.authors)
    return usual_page(desk, replace(copy, paragraphs=story.paragraphs, copy_of=story.path))


def wire_copy(desk: Desk) -> Trouble:
    """The same text with a dateline in front and one word changed."""
    story = desk.old_story(4)
    first = "EASTMERE (Wire) — " + _change_a_word(story.paragraphs[0])
    paragraphs = (first, *story.paragraphs[1:])
    copy = replace(desk.new_story("wire_copy"), paragraphs=paragraphs, copy_of=story.path)
    return usual_page(desk, replace(copy, title=story.title))


def shortened(desk: Desk) -> Trouble:
    """The first half of another story: related, and no copy."""
    story = desk.old_story(5)
    half = story.paragraphs[: (len(story.paragraphs) + 1) // 2]
    part = replace(desk.new_story("shortened"), paragraphs=half, copy_of=story.path)
    return usual_page(desk, part)


def template(desk: Desk) -> Trouble:
    """A story that differs from others of its kind in its numbers alone."""
    story = desk.new_story("template")
    rng = desk.editor.rng
    low, high, wind = rng.randint(-5, 9), rng.randint(10, 24), rng.randint(5, 70)
    sunrise = f"{rng.randint(5, 8)}:{rng.randint(10, 59)}"
    high_water = f"{rng.randint(1, 11)}:{rng.randint(10, 59)}"
    paragraphs = tuple(
        text.format(low, high, wind, rng.randint(5, 95), sunrise, high_water, rng.randint(6, 19))
        for text in _WEATHER
    )
    title = f"Weather for Eastmere: {low} to {high} degrees"
    return usual_page(desk, replace(story, title=title, paragraphs=paragraphs, authors=()))


def template_again(desk: Desk) -> Trouble:
    """The same bulletin on another day, with other numbers; another story."""
    return template(desk)


def _change_a_word(text: str) -> str:
    words = text.split(" ")
    words[len(words) // 2] = "reportedly"
    return " ".join(words)


_WEATHER = """\
Temperatures in Eastmere will lie between {0} and {1} degrees. The wind blows from the west at \
{2} kilometres per hour, with stronger gusts on the coast.
The chance of rain is {3} per cent. The sun rises at {4}. Sailors should watch the evening \
forecast, and walkers on the cliffs keep away from the edge.
Pollen levels stay low. High water is at {5}; the sea has {6} degrees. The next bulletin \
appears tomorrow at the usual time.""".splitlines()
