"""The section of the site to which a story belongs: what its head and its navigation say."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.extract.evidence import Claim, Evidence, text_of, texts_in
from pipelines.extract.layout import class_words
from pipelines.extract.structured import types_of
from pipelines.extract.vocabulary import author_folders
from pipelines.extract.wordfiles import lines_of
from pipelines.text import words
from pipelines.urls import site_of

_NAMES = (
    "article:section",
    "og:article:section",
    "og:section",
    "parsely-section",
    "sailthru.section",
    "articlesection",
    "dc.section",
    "prism.section",
    "section",
    "category",
)
_MAX_CHARS = 50
_MAX_WORDS = 5
_MAX_CATEGORIES = 4
"""Links in an element named after categories; with more it is a menu."""
_STORIES = ("article", "main")
"""Elements that hold the story, whatever they are called: "article-section"."""
_MAX_CRUMBS = 8
"""Parts of a breadcrumb; with more it is a menu."""
_ORNAMENTS = " »›>[]|:/"
LISTED = regex.compile(r"\s*[,;|、，；]\s*")
"""Between the names of a list, in any script."""
_PATH = regex.compile(r"\s*[>»›→]\s*")
_FOLDERS = regex.compile(r"\s*/\s*")
_LETTER = regex.compile(r"\p{L}")


def read_section(evidence: Evidence) -> Claim | None:
    """The section of the site to which the story belongs; the first that says something.

    Structured data and meta tags come first, but a name that merely repeats the first part
    of the URL's path gives way to the breadcrumb or category link that readers see, and
    "News" to all that is more specific. The site's name is no section, nor is "Home".
    """
    stated = list(_first_of_each(evidence))
    visible = _visible_sections(evidence)
    specific = [claim for claim in stated if not _repeats_path(claim.text, evidence)]
    found = [*specific, *visible, *stated]
    return next((c for c in found if not is_general(c.text)), next(iter(found), None))


def is_general(name: str) -> bool:
    """True for the name of a section in which any story could stand.

    >>> is_general("News"), is_general("Weather")
    (True, False)
    """
    return name.lower() in _general()


def says_nothing(name: str) -> bool:
    """True for a name that stands for any story, or for none: "News", "Archive", "Home"."""
    return is_general(name) or _is_no_section(name)


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    return frozenset(lines_of("names/general_sections.txt"))


def _first_of_each(evidence: Evidence) -> Iterator[Claim]:
    """Of each statement the first section; of "News, Weather" the second, which says something."""
    for claim in _statements(evidence):
        parts = list(_named(_parts(claim.text, evidence), evidence))
        if parts:
            specific = (part for part in parts if not is_general(part))
            yield Claim(next(specific, parts[0]), claim.source)


def stated_sections(evidence: Evidence) -> Iterator[str]:
    """All sections that structured data and meta tags state, one by one."""
    for claim in _statements(evidence):
        yield from _parts(claim.text, evidence)


def _statements(evidence: Evidence) -> Iterator[Claim]:
    yield from evidence.json_ld_texts("articleSection")
    yield from evidence.meta(_NAMES)
    yield from evidence.property_claims("articlesection")


def _parts(text: str, evidence: Evidence) -> Iterator[str]:
    """The sections of a list, `News, Weather`, or of a path, `News > World`, `News/World/Europe`.

    A single slash parts a path whose first part is a general one, or folders of the URL;
    in "Film/TV" it does not.
    """
    for listed in LISTED.split(text):
        for part in _PATH.split(listed):
            folders = _FOLDERS.split(part)
            is_path = len(folders) > 2 or says_nothing(folders[0])
            is_path = is_path or _is_path_of_url(folders, evidence)
            yield from filter(None, folders if is_path else [part.strip(_ORNAMENTS)])


def _is_path_of_url(folders: list[str], evidence: Evidence) -> bool:
    """True for "World/Europe" on a page under /world/europe/."""
    path = urlsplit(evidence.page.url).path.lower()
    return f"/{'/'.join(folders)}/".lower().replace(" ", "-") in path


def _may_be_section(text: str, evidence: Evidence) -> bool:
    is_short = 0 < len(text) <= _MAX_CHARS
    return is_short and not _is_no_section(text) and not evidence.site_names.calls_itself(text)


def _is_no_section(name: str) -> bool:
    return name.lower() in _not_sections()


@lru_cache(maxsize=1)
def _not_sections() -> frozenset[str]:
    return frozenset(lines_of("names/not_sections.txt"))


def _repeats_path(section: str, evidence: Evidence) -> bool:
    first = urlsplit(evidence.page.url).path.strip("/").split("/")[0]
    return section.lower() == first.lower()


def _visible_sections(evidence: Evidence) -> Iterator[Claim]:
    yield from (Claim(text, "html") for text in _rel_category(evidence))
    yield from (Claim(text, "jsonld") for text in _json_ld_breadcrumb(evidence))
    yield from (Claim(text, "html") for text in _visible_breadcrumb(evidence))
    yield from (Claim(text, "html") for text in _category_links(evidence))


def _rel_category(evidence: Evidence) -> Iterator[str]:
    """`<a rel="category tag">World</a>`"""
    for link in evidence.tree.iter("a"):
        if (
            (rel := link.get("rel"))
            and "category" in rel.split()
            and not evidence.beside(cast(HtmlElement, link))
        ):
            yield from _named([text_of(cast(HtmlElement, link))], evidence)


def _json_ld_breadcrumb(evidence: Evidence) -> Iterator[str]:
    for names in _json_ld_crumbs(evidence):
        yield from _specific(names, evidence)


def _specific(crumbs: list[str], evidence: Evidence) -> list[str]:
    """The first part of a breadcrumb that names a section, one that says something if any."""
    names = list(_named(_without_headline(crumbs, evidence), evidence))
    return sorted(names, key=is_general)[:1]


def crumbs(evidence: Evidence) -> Iterator[str]:
    """The parts of the page's breadcrumbs but for the home page and the story."""
    for names in (*_json_ld_crumbs(evidence), *_html_crumbs(evidence)):
        yield from _without_headline(names, evidence)


def _json_ld_crumbs(evidence: Evidence) -> Iterator[list[str]]:
    """The names of each BreadcrumbList behind its home page."""
    for item in evidence.document.structured:
        if "BreadcrumbList" in types_of(item):
            yield list(_crumb_names(item.get("itemListElement")))[1:]


def _crumb_names(elements: Any) -> Iterator[str]:
    for element in elements if isinstance(elements, list) else ():
        if isinstance(element, dict):
            yield from (texts_in(element) or texts_in(element.get("item")))[:1]


def _without_headline(names: list[str], evidence: Evidence) -> list[str]:
    return [name for name in names if words(name) not in evidence.headlines]


def _visible_breadcrumb(evidence: Evidence) -> Iterator[str]:
    for names in _html_crumbs(evidence):
        yield from _specific(names, evidence)


def _html_crumbs(evidence: Evidence) -> Iterator[list[str]]:
    """The links of the first element that is named a breadcrumb, but for those to a home page.

    ```html
    <ul class="breadcrumb"><li><a href="/">Home</a> <li><a href="/world/">World</a> <li>Rain</ul>
    ```
    """
    for mark in evidence.marks:
        if mark.words & class_words("trail"):
            links = [cast(HtmlElement, link) for link in mark.element.iter("a")]
            if 0 < len(links) <= _MAX_CRUMBS:
                yield [text_of(link) for link in links if link.get("href") != "/"]
                return


def _category_links(evidence: Evidence) -> Iterator[str]:
    """A link in an element that is named after categories, near the headline.

    ```html
    <div class="meta__item-categories"><a class="meta__link" href="/world/">World</a>
    ```
    """
    for mark in evidence.marks:
        is_named = mark.words & class_words("category") and mark.element.tag not in _STORIES
        if is_named and not evidence.beside(mark.element):
            links = [cast(HtmlElement, link) for link in mark.element.iter("a")]
            if 0 < len(links) <= _MAX_CATEGORIES and evidence.is_near(mark.element):
                own = [text_of(link) for link in links if _leads_to_section(link, evidence)]
                yield from _named(own[:1], evidence)


def _leads_to_section(link: HtmlElement, evidence: Evidence) -> bool:
    """True for a link to a page of the site that is no author's and not named like a story."""
    href = link.get("href", "").strip()
    if not href:
        return True
    url = evidence.document.absolute(href) or ""
    if "#" in href or not url.startswith("http"):
        return False
    *folders, last = urlsplit(url).path.rstrip("/").split("/")
    if not author_folders().isdisjoint(folders):
        return False
    is_story = last.count("-") >= _MAX_WORDS or sum(map(str.isdigit, last)) >= _MAX_WORDS
    return site_of(url) == site_of(evidence.page.url) and not is_story


def _named(texts: Iterable[str], evidence: Evidence) -> Iterator[str]:
    """Those texts that may name a section, without ornaments."""
    for text in texts:
        parts = (part.strip(_ORNAMENTS) for part in _parts(text, evidence))
        yield from (name for name in parts if _is_name(name) and _may_be_section(name, evidence))


def _is_name(name: str) -> bool:
    is_short = 1 < len(name) <= _MAX_CHARS and len(words(name)) <= _MAX_WORDS
    return is_short and "@" not in name and _LETTER.search(name) is not None
