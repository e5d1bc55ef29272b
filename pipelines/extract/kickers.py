"""The label by the headline that tells readers what they are about to read: "Opinion".

Menus, buttons and advert boxes bear the same words. A label of the story is a whole element in
a line or two right above or below the headline, where hardly any other link stands; a word that
advert boxes bear too counts right above the headline alone, and where no box is.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, pairwise

import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.evidence import Evidence, line_of, text_of
from pipelines.extract.kickerwords import (
    KINDS,
    MAX_LABEL_CHARS,
    ORNAMENTS,
    kind_before_title,
    kind_in_brackets,
    kind_of_label,
    kind_of_text,
    label_key,
    slot_labels,
    text_kind,
)
from pipelines.extract.kinds import kind_of_names
from pipelines.extract.layout import class_words, element_words
from pipelines.extract.sections import crumbs, stated_sections
from pipelines.extract.titleparts import cuts
from pipelines.extract.zones import zone_of
from pipelines.text import words

_IS_OPINION = ("article:opinion", "og:article:opinion")
_LEVELS = 3
"""Elements around one another, the headline the innermost, whose neighbours are read."""
_LINES = 3
"""Lines on either side of each of them."""
_SHARED = 0.5
"""Share of the words of one heading of several that the head must repeat."""
_MAX_LINE_CHARS = 120
"""Characters of a line beside the headline; a longer one is text."""
_MAX_LINKS = 3
"""Links in a line; with more it is a menu."""
_BOUNDS = frozenset(("article", "main", "body", "html"))
"""Elements whose neighbours belong to the page, not to the story."""
_SLOTS = frozenset(("script", "ins", "iframe", "object", "embed"))
"""Elements that fill an advert box."""
_EMPTY = etree.XPath("boolean(descendant-or-self::*[self::div or self::p][not(node())])")
_EMPHASIS = frozenset(("b", "em", "i", "mark", "q", "strong", "u"))
_MAX_PARTS = 6
"""Elements of a headline among which a label stands."""
_BARS = regex.compile(r"\s*[|/·•›»>;]\s*|\s+[–—-]\s+")
_BRACKETED = regex.compile(r"\s*[\[【（〈《]([^\]】）〉》]{1,30})[\]】）〉》]\s*\S")
_COLON = regex.compile(r"\s*[:：]\s*")


def kind_of_kicker(evidence: Evidence) -> str | None:
    """The kind of article that a label by the headline, or a part of the title, names.

    ```html
    <p class="label">Sponsored by Halden Pumps</p> <h1>Rain</h1> <p>It rained all day …
    ```
    """
    said = chain(_kinds_stated(evidence), _kinds_of_titles(evidence), _kinds_seen(evidence))
    named = {kind for kind in said if kind}
    return next((kind for kind in KINDS if kind in named), None)


def _kinds_stated(evidence: Evidence) -> Iterator[str | None]:
    """What the head says: the story's genre, any of its sections, the parts of its breadcrumb.

    ```html
    <meta property="article:opinion" content="true">
    ```
    """
    if any(claim.text.lower() == "true" for claim in evidence.meta(_IS_OPINION)):
        yield "opinion"
    genres = [claim.text for claim in evidence.json_ld_texts("genre")]
    for name in (*genres, *stated_sections(evidence), *crumbs(evidence)):
        if not evidence.is_site_name(name):
            yield text_kind(kind_of_names([name])) or kind_before_title(name)


def _kinds_of_titles(evidence: Evidence) -> Iterator[str | None]:
    """What titles say before a bar or a colon, between two bars, in brackets at their start.

    `Opinion: Rain`, `Opinion | Rain`, `Rain | Opinion | Harbour Times`, `【社説】雨`; what
    follows the last bar is the medium's name.
    """
    stated = [claim.text for claim in evidence.meta(("og:title", "twitter:title"))]
    heading = _own_heading(evidence)
    seen = [] if heading is None else [text_of(heading)]
    for title in dict.fromkeys((evidence.title, *stated, *seen)):
        if bracketed := _BRACKETED.match(title):
            yield kind_in_brackets(bracketed[1])
        prefix, *rest = _COLON.split(title, maxsplit=1)
        if rest:
            yield text_kind(kind_of_names([prefix])) or kind_of_text(prefix)
        found = cuts(title[: _MAX_LINE_CHARS * 2])
        if found and not evidence.is_site_name(found[0][0]):
            yield kind_before_title(found[0][0])
        for (before, _), (longer, _) in pairwise(found):
            part = longer[len(before) :].strip(ORNAMENTS + "_")
            yield None if evidence.is_site_name(part) else kind_of_text(part)


def _own_heading(evidence: Evidence) -> HtmlElement | None:
    """The story's headline: the only h1, or the one of several whose words the head repeats.

    Another may be that of a story beside it, with a label of its own.
    """
    heading = evidence.headline_element
    if heading is None or (heading.tag == "h1" and len(evidence.h1s) == 1):
        return heading
    own = Counter(words(text_of(heading)))
    stated = [evidence.title, *(c.text for c in evidence.meta(("og:title", "twitter:title")))]
    shared = max((own & Counter(words(title))).total() for title in stated)
    return heading if shared >= _SHARED * own.total() else None


def _kinds_seen(evidence: Evidence) -> Iterator[str | None]:
    heading = _own_heading(evidence)
    if heading is None:
        return
    yield from _kinds_within(heading)
    around: HtmlElement | None = heading
    for _ in range(_LEVELS):
        if around is None or around.tag in _BOUNDS:
            return
        yield from _kinds_above(around, evidence)
        yield from _kinds_below(around, evidence)
        around = around.getparent()


def _kinds_within(heading: HtmlElement) -> Iterator[str | None]:
    """`<h1><span>Opinion</span> Rain</h1>`, but not `<h1><em>Opinion</em> turns</h1>`."""
    whole = text_of(heading)
    for element in islice(heading.iterdescendants(etree.Element), _MAX_PARTS):
        text = text_of(element)
        if element.tag not in _EMPHASIS and text != whole and whole.startswith(text):
            yield kind_before_title(text)


def _kinds_above(element: HtmlElement, evidence: Evidence) -> Iterator[str | None]:
    lines = list(_lines(element, evidence, is_above=True))
    if len(lines) > _LINES and all(map(_is_link, lines)):
        return  # the entries of a menu
    for line in lines[:_LINES]:
        yield from (kind_of_label(text, is_above=True) for text in _texts(line))
    if lines and _is_label_of_slots(lines[0], evidence) and _stands_right_above(lines[0], element):
        yield "advertisement"


def _kinds_below(element: HtmlElement, evidence: Evidence) -> Iterator[str | None]:
    for line in islice(_lines(element, evidence, is_above=False), _LINES):
        for text in _texts(line):
            # A line below the headline that says "Video" stands above one.
            yield text_kind(kind_of_label(text))


def _lines(element: HtmlElement, evidence: Evidence, *, is_above: bool) -> Iterator[HtmlElement]:
    """The short lines before or after an element, from the nearest to the first text or menu."""
    for sibling in element.itersiblings(etree.Element, preceding=is_above):
        if sibling.tag in _SLOTS:
            continue
        if not _is_short(sibling):
            return
        if not text_of(sibling):
            continue
        is_menu = len(list(sibling.iter("a"))) > _MAX_LINKS or evidence.beside(sibling)
        if is_menu or _holds_slot(sibling):
            return
        yield sibling


def _is_short(element: HtmlElement) -> bool:
    """True for an element with the text of a line; of a story's body not all is read."""
    chars = 0
    for text in element.itertext():
        chars += len(text.strip())
        if chars > _MAX_LINE_CHARS:
            return False
    return True


def _texts(line: HtmlElement) -> Iterator[str]:
    """A line, its parts between bars, and the elements within, without names and buttons."""
    elements = [line, *line.iterdescendants(etree.Element)]
    if not any(map(_is_button, elements)):
        text = line_of(line)
        # Who signs as "Editorial" is the newsroom; the "Editorial Board" is of an opinion.
        if " " in text or not _signs(line, line):
            yield text
        parts = _BARS.split(text)
        yield from parts if 1 < len(parts) <= _MAX_LINKS else ()
    for element in elements[1:]:
        if len(element) == 0 and not _is_button(element) and not _signs(element, line):
            yield text_of(element)


def _is_button(element: HtmlElement) -> bool:
    """True for what leads to another place of the page: "Comment", "Letters"."""
    href = element.get("href") or ""
    return element.tag == "button" or element.get("role") == "button" or "#" in href


def _signs(element: HtmlElement, line: HtmlElement) -> bool:
    """True for the name in a byline: some stories are signed "Editorial"."""
    for around in (element, *element.iterancestors()):
        if around.get("rel") == "author" or element_words(around) & class_words("byline"):
            return True
        if around is line:
            break
    return False


def _is_link(line: HtmlElement) -> bool:
    return line.tag == "a" or any(text_of(link) == text_of(line) for link in line.iter("a"))


def _holds_slot(line: HtmlElement) -> bool:
    return next(line.iter(*_SLOTS), None) is not None


def _is_label_of_slots(line: HtmlElement, evidence: Evidence) -> bool:
    """True for a line named as a kicker that says "Advertisement" once on the page.

    Without such a name it may be left of a box whose advert did not come.
    """
    key = label_key(text_of(line))
    if key not in slot_labels() or not class_words("category") & element_words(line):
        return False
    if zone_of(line) == "advert" or _EMPTY(line):
        return False
    short = (b.text for b in evidence.document.blocks if len(b.text) <= MAX_LABEL_CHARS)
    return sum(label_key(text) == key for text in short) == 1


def _stands_right_above(line: HtmlElement, element: HtmlElement) -> bool:
    """True where nothing stands between both, not even an empty box that a script fills."""
    return element.getprevious() is line and zone_of(element) != "advert"
