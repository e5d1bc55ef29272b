"""Invented news stories, the same ones for the same seed, with the truth about each."""

import json
import random
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_SLOT = re.compile(r"\{(\w+)\}")

STORED = {
    "article",
    "template",
    "paywalled",
    "shortened",
    "moved",
    "latin_1",
    "broken_html",
    "huge",
    "slow",
    "noai",
    "flaky",
    "busy",
    "busy_until",
}
"""The kinds of documents that a faithful crawl stores as rows of their own."""

VARIANTS = {"tracking", "amp", "print_view"}
"""Other URLs of one story: they name it in rel=canonical."""

COPIES = VARIANTS | {"exact_copy", "wire_copy"}
"""The kinds that repeat a stored story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The truth about one document of the newsroom."""

    path: str
    """Path and query, as the listings link to it."""
    title: str
    authors: tuple[str, ...]
    published_at: datetime
    """Aware. The plain layout shows only its day."""
    section: str
    """The name that the section's pages show."""
    tags: tuple[str, ...]
    language: str
    paragraphs: tuple[str, ...]
    kind: str = "article"
    """article, or the kind of trouble that it makes (tests.newsroom.troubles)."""
    copy_of: str | None = None
    """The path of the story that this one repeats or shortens."""
    landing_path: str | None = None
    """Where the path redirects to."""
    modified_at: datetime | None = None
    teaser: str = ""
    slug: str = ""

    @property
    def fate(self) -> str:
        """What a faithful crawl makes of it: stored, copy, or unwanted.

        An unwanted document is not followed, refused, failed or rejected: never stored.
        """
        if self.kind in STORED:
            return "stored"
        return "copy" if self.kind in COPIES else "unwanted"

    @property
    def canonical_path(self) -> str:
        """The path that its page declares as canonical."""
        if self.kind in VARIANTS and self.copy_of:
            return self.copy_of
        return self.landing_path or self.path

    @property
    def text(self) -> str:
        """The body, paragraphs parted by one blank line."""
        return "\n\n".join(self.paragraphs)


@cache
def words_of(language: str) -> dict[str, Any]:
    """The word pools of a language, from words/<language>.json."""
    path = Path(__file__).parent / "words" / f"{language}.json"
    pools: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return pools


def slug_of(name: str) -> str:
    """A name as a path segment.

    >>> slug_of("Ferry crews' new pay")
    'ferry-crews-new-pay'
    """
    return re.sub(r"\W+", "-", name.lower()).strip("-")


@dataclass
class Editor:
    """Writes the stories of one section.

    Each pool is dealt like a pack of cards: a phrase comes back only when all others have
    been used, so that neighbouring stories share hardly any wording.
    """

    section: str
    language: str
    prefix: str
    """The first part of each path, as in "/world/"."""
    newest: datetime
    seed: int
    rng: random.Random = field(init=False)
    decks: dict[str, list[str]] = field(default_factory=dict, init=False)
    titles: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed}/{self.prefix}")

    def write(self, number: int, published_at: datetime) -> Story:
        """The next story; `number` becomes part of its path."""
        pools = words_of(self.language)
        paragraphs, title = self._paragraphs(), self._title()
        slug = self._slug(title)
        day = published_at.strftime("%Y/%m/%d")
        return Story(
            path=f"{self.prefix}{day}/{slug}-{number}/",
            slug=slug,
            title=title,
            authors=self._authors(),
            published_at=published_at,
            section=self.section,
            tags=tuple(self.rng.sample(pools["tag"], 3)),
            language=self.language,
            paragraphs=paragraphs,
            teaser=paragraphs[0][:140].rsplit(" ", 1)[0] + " …",
        )

    def write_back_from(self, newest: datetime, count: int) -> list[Story]:
        """`count` stories, newest first, some hours apart."""
        stories, at = [], newest
        for number in range(count, 0, -1):
            stories.append(self.write(1000 + number, at))
            at -= timedelta(hours=self.rng.randint(3, 15), minutes=self.rng.randint(0, 59))
        return stories

    def rewrite(self, story: Story) -> Story:
        """The story with another second paragraph and a time of modification."""
        sentences = self.fill_sentences(3)
        paragraphs = (story.paragraphs[0], sentences, *story.paragraphs[2:])
        changed = story.modified_at or story.published_at
        return replace(
            story, paragraphs=paragraphs, modified_at=changed + timedelta(hours=1, minutes=7)
        )

    def fill_sentences(self, count: int) -> str:
        """One paragraph of `count` sentences."""
        space = "" if self.language == "zh" else " "
        return space.join(self._expand("{sentence}") for _ in range(count))

    def _paragraphs(self) -> tuple[str, ...]:
        return tuple(
            self.fill_sentences(self.rng.randint(2, 3)) for _ in range(self.rng.randint(5, 6))
        )

    def _title(self) -> str:
        between = {"en": " ", "zh": "："}.get(self.language, ": ")
        while True:
            title = self._expand(f"{{headline_start}}{between}{{headline_end}}")
            if title not in self.titles:
                self.titles.add(title)
                return title

    def _slug(self, title: str) -> str:
        """The title in plain letters; an English phrase where the script is another."""
        latin = title if title.isascii() else self.rng.choice(words_of("en")["headline_end"])
        return slug_of(latin)

    def _authors(self) -> tuple[str, ...]:
        names = [self._expand("{person}") for _ in range(self.rng.choice((1, 1, 1, 2)))]
        return tuple(dict.fromkeys(names))

    def _expand(self, template: str) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1]), template)

    def _slot(self, name: str) -> str:
        if name[0].isupper():
            value = self._slot(name.lower())
            return value[:1].upper() + value[1:]
        if name == "number":
            return str(self.rng.randint(210, 98_000))
        if name == "percent":
            return str(self.rng.randint(12, 97))
        if name == "person":
            space = "" if self.language == "zh" else " "
            first, last = self._deal("first_name"), self._deal("last_name")
            return f"{last}{first}" if self.language == "zh" else f"{first}{space}{last}"
        return self._expand(self._deal(name))

    def _deal(self, pool: str) -> str:
        deck = self.decks.get(pool)
        if not deck:
            deck = self.decks[pool] = list(words_of(self.language)[pool])
            self.rng.shuffle(deck)
        return deck.pop()


NEWEST = datetime(2025, 11, 20, 18, 30, tzinfo=UTC)
"""When the newest story of a fresh newsroom was published: a fixed day, so that pages are
the same in each run."""
