"""What troublesome documents are made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.newsroom.article_pages import article_page
from tests.newsroom.frame import Frame, Section, simple_page
from tests.newsroom.server import Reply
from tests.newsroom.stories import Editor, Story


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document that makes trouble."""

    story: Story
    answer: Callable[[int], Reply] | None = None
    """Takes the number of the visit, from 1; None where the usual page answers."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the troubles are made from."""

    section: Section
    editor: Editor
    stories: Sequence[Story]
    """The stories to repeat: those of the site's first section."""
    frame: Callable[[Section], Frame]
    elsewhere: Callable[[], str]
    """A URL on another loopback port."""
    retry_after_s: int
    slow_s: float
    huge_bytes: int

    def new_story(self, kind: str) -> Story:
        """A fresh story of that kind in the desk's section."""
        age = timedelta(hours=5 * len(self.editor.titles))
        number = 3000 + len(self.editor.titles)
        return replace(self.editor.write(number, self.editor.newest - age), kind=kind)

    def old_story(self, number: int) -> Story:
        """One of the section's ordinary stories."""
        return self.stories[number % len(self.stories)]

    def page(self, story: Story, *, extra_head: str = "") -> Reply:
        """The story's usual page."""
        html = article_page(self.frame(self.section), story, extra_head=extra_head)
        return Reply(html.encode())

    def notice(self, title: str, *paragraphs: str, head: str = "", status: int = 200) -> Reply:
        """A page that says something else than the story."""
        html = simple_page(self.frame(self.section), title, paragraphs, head)
        return Reply(html.encode(), status=status)


def usual_page(desk: Desk, story: Story) -> Trouble:
    """The story on a page of its section's layout."""
    return Trouble(story, lambda visit: desk.page(story))


def notice_page(desk: Desk, kind: str, title: str, *paragraphs: str) -> Trouble:
    """A page that says something else than the story."""
    return Trouble(desk.new_story(kind), lambda visit: desk.notice(title, *paragraphs))
