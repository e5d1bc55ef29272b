"""The newsroom: sections, stories and troubles behind one local server."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from tests.newsroom.desk import Desk, Trouble
from tests.newsroom.frame import Frame, Section
from tests.newsroom.routes import STATES, Routes
from tests.newsroom.server import LocalServer, Reply, Request
from tests.newsroom.stories import NEWEST, Editor, Story
from tests.newsroom.troubles import IN_OTHER_SECTION, MAKERS

SECTIONS = {
    section.key: section
    for section in (
        Section("world", "World", "en", layout="cms", paging="path", feed="rss"),
        Section("city", "City", "en", layout="wordpress", paging="query", feed="rss"),
        Section("business", "Business", "en", layout="plain", paging="query", feed="atom"),
        Section("politik", "Politik", "de", layout="cms", paging="path", feed="atom"),
        Section("koinonia", "Κοινωνία", "el", layout="wordpress", paging="path", feed="rss"),
        Section("obshchestvo", "Общество", "ru", layout="plain", paging="query", feed="atom"),
        Section("shehui", "社会", "zh", layout="cms", paging="path", feed="rss"),
    )
}


class Newsroom:
    """A news site on 127.0.0.1 for as long as the `with` block lasts.

    `sections` picks from `SECTIONS`; `troubles` names kinds of `troubles.MAKERS` that the
    first section lists (copies: another one of its language); "all" takes every kind, and
    "calendar" links to an endless one. `robots` is a key of `routes.ROBOTS`. The same
    arguments give the same site, but for its port. `motto` stands under every story of the
    plain layout, like a paragraph of it.

    Always there: /live/ (the first section, reloading itself by meta refresh), /missing/
    (404), /data/ (JSON), /failing/ (500), /busy/ (429 for an hour), /hang-up/ (drops the
    connection), /empty/, /calendar/2025/11/ (endless), /go/private/ and /go/elsewhere/
    (redirects to 10.0.0.1 and to `elsewhere`), the news sitemap, feeds, author, tag and
    legal pages.
    """

    def __init__(
        self,
        *,
        sections: Sequence[str] = tuple(SECTIONS),
        stories_per_section: int = 10,
        page_size: int = 5,
        troubles: Collection[str] | str = (),
        robots: str = "allow",
        crawl_delay_s: float | None = None,
        disallow: Sequence[str] = (),
        elsewhere: str = "http://127.0.0.1:9/",
        retry_after_s: int = 1,
        slow_s: float = 0.5,
        huge_bytes: int = 2_000_000,
        motto: str = "",
        newest: datetime = NEWEST,
        seed: int = 7,
        port: int = 0,
    ) -> None:
        kinds = kinds_of(troubles)
        self.sections = [SECTIONS[key] for key in sections]
        self.page_size = page_size
        self.robots = robots
        self.crawl_delay_s = crawl_delay_s
        self.disallow = tuple(disallow)
        self.elsewhere = elsewhere
        self.motto = motto
        self.layout_is_broken = False
        self.state = "open"
        self.has_calendar = "calendar" in troubles or troubles == "all"
        self.lock = threading.RLock()
        self._server = LocalServer(Routes(self).answer, port)
        self._editors = {
            s.key: Editor(s.name, s.language, s.prefix, newest, seed) for s in self.sections
        }
        self.listed = {
            key: editor.write_back_from(newest, stories_per_section)
            for key, editor in self._editors.items()
        }
        self.by_path = {story.path: story for story in self.articles}
        self.troubles: dict[str, Trouble] = {}
        self._next_number = 5000
        self._make_trouble(kinds, retry_after_s, slow_s, huge_bytes)

    # What a test asks

    @property
    def base_url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return self._server.base_url

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return self._server.port

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in the order of arrival."""
        return self._server.requests

    @property
    def section_urls(self) -> list[str]:
        """The URLs of the first pages of all sections."""
        return [self.url(section.prefix) for section in self.sections]

    @property
    def articles(self) -> list[Story]:
        """The truth: every document that a section lists, in order of section and rank."""
        with self.lock:
            return [story for stories in self.listed.values() for story in stories]

    @property
    def stored(self) -> list[Story]:
        """The documents that a faithful crawl of all pages stores."""
        return [story for story in self.articles if story.fate == "stored"]

    def url(self, path: str) -> str:
        """The absolute URL of a path."""
        return self.base_url + path

    def requests_of(self, path: str) -> list[Request]:
        """The requests for one path, query included."""
        return [request for request in self.requests if request.path == path]

    # What a test changes

    def publish(self, count: int, section: str | None = None) -> list[Story]:
        """Adds new stories at the top of a section (default: the first); newest first."""
        key = section or self.sections[0].key
        with self.lock:
            listed = self.listed[key]
            added: list[Story] = []
            for _ in range(count):
                self._next_number += 1
                at = listed[0].published_at + timedelta(minutes=47)
                story = self._editors[key].write(self._next_number, at)
                self.by_path[story.path] = story
                listed.insert(0, story)
                added.insert(0, story)
        return added

    def revise(self, path: str) -> Story:
        """Rewrites the second paragraph of a story, which now says when it was modified."""
        with self.lock:
            story = self.by_path[path]
            key = path.split("/")[1]
            revised = self._editors[key].rewrite(story)
            self.by_path[path] = revised
            self.listed[key] = [revised if s is story else s for s in self.listed[key]]
        return revised

    def take_down(self, path: str, status: int = 404) -> None:
        """From now on a story answers with this status; its section lists it all the same."""
        answer = Reply(b"This story is gone.", status=status)
        with self.lock:
            self.troubles[path] = Trouble(self.by_path[path], lambda visit: answer)

    def break_layout(self) -> None:
        """From now on sections and stories are empty shells that need JavaScript."""
        self.layout_is_broken = True

    def switch(self, state: str) -> None:
        """From now on every page is in this state, a key of `routes.STATES`."""
        if state not in STATES:
            raise ValueError(f"unknown state {state!r}; there are {sorted(STATES)}")
        self.state = state

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)

    # What the pages ask

    def frame(self, section: Section) -> Frame:
        """The surroundings of a page of that section."""
        recent = [s for s in self.listed[section.key] if s.kind == "article"]
        return Frame(
            self.base_url, self.sections, section, recent[:5], self.has_calendar, self.motto
        )

    def _make_trouble(
        self, kinds: Sequence[str], retry_after_s: int, slow_s: float, huge_bytes: int
    ) -> None:
        first = self.sections[0]
        others = [s for s in self.sections[1:] if s.language == first.language]
        stories = list(self.listed[first.key])
        for kind in kinds:
            section = others[-1] if others and kind in IN_OTHER_SECTION else first
            desk = Desk(
                section=section,
                editor=self._editors[section.key],
                stories=stories,
                frame=self.frame,
                elsewhere=lambda: self.elsewhere,
                retry_after_s=retry_after_s,
                slow_s=slow_s,
                huge_bytes=huge_bytes,
            )
            self._list(section, MAKERS[kind](desk))

    def _list(self, section: Section, trouble: Trouble) -> None:
        """Lists a trouble between the stories of a section."""
        story, listed = trouble.story, self.listed[section.key]
        if trouble.answer:
            self.troubles[story.path] = trouble
        if story.landing_path:
            self.by_path[story.landing_path] = replace(story, path=story.landing_path)
        made = sum(1 for s in listed if s.kind != "article")
        listed.insert(2 * made + 1, story)


def kinds_of(troubles: Collection[str] | str) -> list[str]:
    """The kinds that `troubles` asks for, in the order of `MAKERS`.

    >>> kinds_of({"amp", "tracking", "calendar"})
    ['tracking', 'amp']
    """
    if troubles == "all":
        return list(MAKERS)
    unknown = set(troubles) - {*MAKERS, "calendar"}
    if unknown:
        raise ValueError(f"unknown troubles {sorted(unknown)}; there are {sorted(MAKERS)}")
    return [kind for kind in MAKERS if kind in troubles]
