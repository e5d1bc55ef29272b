"""Whether a page is a list of stories: a sum of signs for and against.

No sign proves it. Articles stand amid links to a hundred others, sections have long
descriptions, systems call every page an article. So each sign has points, made on saved
articles and written listings, and the sum decides; what spoke for it is the evidence.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipelines.extract.paths import path_words
from pipelines.extract.prose import weight
from pipelines.extract.signs import Sign
from pipelines.extract.story import reads_as_story
from pipelines.extract.titleparts import with_parts
from pipelines.extract.view import PageView

_LISTING = 2.9
"""Points from which a page is a listing."""
_MANY_LINKS = ((30, 2.0), (12, 1.5), (6, 1.0), (3, 0.5))
"""Links to stories on the page, and points."""
_LITTLE_TEXT = (
    (150, 2.5), (300, 1.5), (500, 0.5), (800, -0.5), (1_500, -2.0), (3_000, -3.0)
)  # fmt: skip
"""Weight of the largest text under which the points hold."""
_LONG_TEXT = -4.0
_HARDLY_TEXT = 150
_LONG_HEADLINE = 25
"""Weight from which the name of a page is a story's headline, not that of a section."""
_SHORT_NAME = 20
"""Weight under which the name of a page may be that of a section."""
_LONG_LIST = 10
"""Entries of an ItemList from which a page that describes no story is a listing."""
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
_PAGE_NUMBER = re.compile(r"/(?:page|seite|pagina|p)[/_-]?\d+(?:[/?.]|$)|[?&](?:page|pg|q)=")
_SECTION = re.compile(r"[^\W\d_]{2,15}(?:-[^\W\d_]{1,15}){0,2}(?:/|$)?")
"""A segment of a path that names a section: one to three words without figures."""
_SITE_TYPES = ("website", "profile", "blog")


def listing_reason(view: PageView) -> str | None:
    """What says that the page is a list of stories; None where it is none."""
    signs = list(_signs(view))
    if not _may_list(view) or sum(sign.points for sign in signs) < _LISTING:
        return None
    strongest = sorted((s for s in signs if s.points > 0), key=lambda s: -s.points)
    facts = [sign.fact for sign in strongest if sign.fact]
    counts = (
        f"{len(view.cards.links)} headlines are links to other pages,"
        f" {view.cards.prose} characters of prose, {view.one_text[0]} of them together"
    )
    return "; ".join((*facts, counts))


def _may_list(view: PageView) -> bool:
    """True where there is anything that could be a list, or the URL says so."""
    run = view.one_text[1]
    is_headed = run is not None and run.is_headed
    is_listed = len(view.cards.links) >= 2 or view.listed_items >= _LONG_LIST
    return is_listed or is_headed or any(sign.points > 1 for sign in _path_signs(view))


def _signs(view: PageView) -> Iterator[Sign]:
    yield from _link_signs(view)
    yield from _text_signs(view)
    yield from _headline_signs(view)
    yield from _declared_signs(view)
    yield from _path_signs(view)


def _link_signs(view: PageView) -> Iterator[Sign]:
    count, mass = len(view.cards.links), view.one_text[0]
    points = next((points for least, points in _MANY_LINKS if count >= least), 0.0)
    yield Sign(points, "")
    if count >= 3 and view.cards.prose > 2 * mass:
        yield Sign(1.5, "the text is parted by headlines of other stories")
    if count >= 8 and mass < _HARDLY_TEXT:
        yield Sign(1.0, "links to stories, and hardly any text")


def _text_signs(view: PageView) -> Iterator[Sign]:
    mass = view.one_text[0]
    points = next((points for most, points in _LITTLE_TEXT if mass < most), _LONG_TEXT)
    yield Sign(points, "")
    if reads_as_story(view):
        yield Sign(-0.5, "")


def _headline_signs(view: PageView) -> Iterator[Sign]:
    mass, run = view.one_text
    has_headline = view.headline is not None and weight(view.headline.text) >= _LONG_HEADLINE
    is_under_own = has_headline and run is not None and run.is_own
    posts = view.cards.posts(mass)
    if posts >= 2 and not is_under_own:
        yield Sign(1.0 if has_headline else 4.0, f"{posts} texts stand under links to other pages")
    if is_under_own:
        yield Sign(-1.5, "the text stands under the headline")
    elif has_headline:
        yield Sign(-1.0, "the page shows its headline")
    else:
        yield from _foreign_signs(view)


def _foreign_signs(view: PageView) -> Iterator[Sign]:
    """Signs on a page that shows no headline of its own."""
    run = view.one_text[1]
    yield Sign(0.5, "the page shows no headline of its own")
    if run and run.head is not None and run.is_headed:
        yield Sign(1.5, f"the text stands under a link to another story, {run.head.text[:60]!r}")
    if run and run.links_before >= 10:
        yield Sign(0.7, f"{run.links_before} links stand above the text")


def _declared_signs(view: PageView) -> Iterator[Sign]:
    if view.is_text_story:
        yield Sign(-3.0, "structured data describes one story")
    elif view.story_types:
        yield Sign(-1.0, "structured data describes media")
    else:
        if found := sorted(_LIST_TYPES & view.types):
            yield Sign(2.5, f"its structured data says {found[0]}")
        if view.listed_items >= 3:
            points = 3.5 if view.listed_items >= _LONG_LIST else 1.0
            yield Sign(points, f"its structured data lists {view.listed_items} entries")
    if view.og_type.startswith("article"):
        yield Sign(-1.2, "og:type is article")
    elif view.og_type in _SITE_TYPES:
        yield Sign(0.7, f"og:type is {view.og_type}")
    if view.is_dated:
        yield Sign(-1.0, "the page states its date")
    if view.metadata.authors:
        yield Sign(-0.5, "the page names its authors")
    if 0 < weight(view.metadata.title or "") < _SHORT_NAME:
        yield Sign(0.5, "its name is as short as that of a section")
    if view.names_home:
        yield Sign(1.5, "it names the home page as its canonical one")
    if _is_named_as_site(view):
        yield Sign(0.7, "its title is the site's name")


def _is_named_as_site(view: PageView) -> bool:
    return any(map(view.evidence.is_site_name, with_parts(view.metadata.title or "")[:2]))


def _path_signs(view: PageView) -> Iterator[Sign]:
    if not view.segments and not urlsplit(view.url).query:
        yield Sign(3.0, "it is the home page of its host")
    folders = [part for part in view.segments[:-1] if part in path_words("listing_paths")]
    if folders:
        yield Sign(1.5, f"the path of the URL holds {folders[0]}")
    if view.segments and view.segments[-1] in path_words("listing_pages"):
        yield Sign(3.0, f"the path of the URL ends in {view.segments[-1]}")
    elif len(view.segments) in (1, 2) and all(map(_SECTION.fullmatch, view.segments)):
        yield Sign(1.0, "the path of the URL is as short as that of a section")
    parts = urlsplit(view.url)
    if _PAGE_NUMBER.search(f"{parts.path}?{parts.query}"):
        yield Sign(1.5, "the URL is that of a further page or a search")
