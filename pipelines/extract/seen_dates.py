"""Dates as readers see them: time elements, elements named after dates, lines by the headline."""

from collections.abc import Iterable, Iterator
from itertools import islice

import regex
from lxml.html import HtmlElement

from pipelines.extract.datelines import (
    change_in,
    dateline_of,
    dates_the_story,
    ends_with_change_label,
    is_sentence,
    publication_in,
    speaks_of_itself,
    tells_publication,
)
from pipelines.extract.dates import holds_date
from pipelines.extract.evidence import INLINE, Claim, Evidence, text_of
from pipelines.extract.layout import Mark, class_words, name_words
from pipelines.extract.prose import is_prose

SOURCE = "time_tag"
"""What names these dates in the dataset, whether the markup says `<time>` or not."""
TAGS_WITH_OWN_DATES = frozenset(("aside", "blockquote", "figure", "figcaption"))
"""Elements whose dates are of something else: quoted posts, pictures."""
_MAX_TIMES = 20
"""Time elements looked at; a page with more of them lists stories or comments."""
_MIN_DATE_CHARS = 6
_MAX_DATE_CHARS = 120
_MAX_LABELLED_CHARS = 150
"""Characters of a line anywhere on the page that says when the story was published."""
_MAX_NOTE_CHARS = 400
"""The same for "This entry was posted on …", whose date stands among its first characters."""
_DATED_PARAGRAPHS = 2
"""Paragraphs looked at for a dateline: the first may be the deck."""
_DIGIT = regex.compile(r"\p{Nd}")
_PARAGRAPHS = frozenset(("p", "li", "dd", "td", "blockquote", "figcaption"))


def seen_publications(evidence: Evidence, language: str | None) -> Iterator[Iterable[Claim]]:
    """Dates of publication: above the text, then near the headline, then labelled as such.

    Farther down stand the dates of comments and of other stories, often as time elements. Where
    a story states nothing but its change, they are not looked at.
    """
    tags, lines = _time_elements(evidence, language), list(_lines(evidence, language))
    opening = evidence.opening
    above = [tag for tag in tags if any(e in opening for e in (tag, *tag.iterancestors()))]
    yield _claims_of(above)
    yield (claim for element, claim in lines if element in opening)
    if not any(True for _ in seen_changes(evidence)):
        yield _claims_of(tags)
        yield (claim for _, claim in lines)
    yield _labelled(evidence, language)


def dateline_dates(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """The day with which a paragraph at the beginning of the story opens, as agencies write it.

    ```html
    <p>PORT HAVEN, May 3, 2019 (AP) — The wall fell on Friday …</p>
    ```
    """
    own = (
        block.text
        for block in evidence.document.blocks
        if is_prose(block)
        and evidence.is_near(block.element, only_after=True)
        and not evidence.beside(block.element)
    )
    for text in islice(own, _DATED_PARAGRAPHS):
        if head := dateline_of(text, language):
            yield Claim(head, SOURCE)


def time_tags(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """What time elements and elements named after dates say of the publication."""
    return _claims_of(_time_elements(evidence, language))


def seen_changes(evidence: Evidence) -> Iterator[Claim]:
    """The times of a change that stand near the headline, with a label that says so."""
    for element in islice(evidence.tree.iter("time"), _MAX_TIMES):
        if _tells_change(element) and evidence.is_near(element) and not evidence.beside(element):
            for text in (element.get("datetime"), text_of(element)):
                if text:
                    yield Claim(text, SOURCE)
    for block in evidence.around_headline:
        if (
            _DIGIT.search(block.text)
            and (text := change_in(block.text))
            and not _is_of_something_else(block.element)
        ):
            yield Claim(text, SOURCE)


def _time_elements(evidence: Evidence, language: str | None) -> list[HtmlElement]:
    """Time elements of the story, then elements whose names speak of a date.

    Those behind the headline come first: before it stand the dates of other stories.
    """
    times = list(islice(evidence.tree.iter("time", "abbr"), _MAX_TIMES))
    marked = [mark.element for mark in evidence.marks if _is_date(mark)]
    own = [
        element
        for element in (*times, *marked)
        if not (
            evidence.beside(element)
            or _is_of_something_else(element)
            or _tells_change(element)
            or stands_in_sentence(element, language)
        )
    ]
    return sorted(own, key=lambda e: _distance(e, evidence))


def _claims_of(elements: Iterable[HtmlElement]) -> Iterator[Claim]:
    """What time elements and the like say: their attribute, their text, their title."""
    for element in elements:
        is_time = element.tag in ("time", "abbr")
        stated = (element.get("datetime"), text_of(element), element.get("title"))
        for text in stated if is_time else (text_of(element),):
            fits = is_time or _MIN_DATE_CHARS <= len(text or "") <= _MAX_DATE_CHARS
            if text and fits and (own := publication_in(text)):
                yield Claim(own, SOURCE)


def _is_date(mark: Mark) -> bool:
    return bool(mark.words & class_words("date")) and not mark.words & class_words("updated")


def _is_of_something_else(element: HtmlElement) -> bool:
    return any(e.tag in TAGS_WITH_OWN_DATES for e in (element, *element.iterancestors()))


def stands_in_sentence(element: HtmlElement, language: str | None) -> bool:
    """True for a date within a sentence of prose: that of an event.

    An element that is named after dates, or opens its paragraph, is no such.
    """
    own = text_of(element)
    if element.tag not in ("time", "abbr"):
        return holds_date(own, language) and not dates_the_story(own, language)
    paragraph = next((e for e in element.iterancestors() if e.tag not in INLINE), None)
    if paragraph is None or paragraph.tag not in _PARAGRAPHS or not own:
        return False
    text = text_of(paragraph)
    before, _, behind = text.partition(own)
    if not before.strip() or speaks_of_itself(text):
        return False
    return is_sentence(text, f"{before}|{behind}")


def _distance(element: HtmlElement, evidence: Evidence) -> int:
    """0 near the headline and behind it, 1 near and before it, 2 elsewhere."""
    if evidence.is_near(element, only_after=True):
        return 0
    return 1 if evidence.is_near(element) else 2


def _tells_change(element: HtmlElement) -> bool:
    """True for the time of a change, by its name, its label, or the text before it.

    ```html
    <time itemprop="dateModified">  <span class="updated"><time>  <p>Updated: <time>
    ```
    """
    names = (element.get("class"), element.get("itemprop"), element.get("id"))
    if name_words(" ".join(filter(None, names))) & class_words("updated"):
        return "published" not in (element.get("class") or "")
    if (text := text_of(element)) and not publication_in(text):
        return True
    parent = element.getparent()
    if parent is None:
        return False
    previous = element.getprevious()
    before = parent.text if previous is None else (previous.tail or "").strip() or previous.text
    named = name_words(parent.get("class") or "") & class_words("updated")
    return bool(named and len(parent) == 1) or ends_with_change_label(before or "")


def _lines(evidence: Evidence, language: str | None) -> Iterator[tuple[HtmlElement, Claim]]:
    """Lines near the headline that date the story, and where they stand."""
    for block in evidence.around_headline:
        if not holds_date(block.text, language):
            continue
        text = publication_in(block.text)
        if dates_the_story(text, language) and not _is_of_something_else(block.element):
            yield block.element, Claim(text, SOURCE)


def _labelled(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Lines anywhere on the page that say that it was published then.

    ```html
    <dt>Mise en ligne</dt><dd>23 mai 2019</dd>
    ```
    """
    label = ""
    for block in evidence.document.blocks:
        before, label = label, ""
        is_note = len(block.text) <= _MAX_NOTE_CHARS and speaks_of_itself(block.text)
        if not is_note and len(block.text) > _MAX_LABELLED_CHARS:
            continue
        text = publication_in(block.text)
        if tells_publication(text):
            label = text
        elif not tells_publication(before):
            continue
        if dates_the_story(text, language) and not evidence.beside(block.element):
            yield Claim(text[:_MAX_DATE_CHARS], SOURCE)
