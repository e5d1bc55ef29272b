"""The bylines that readers of a page see, wherever it signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines.extract.authors import (
    Kind,
    clean_name,
    is_person,
    opens_byline,
    opens_byline_behind_date,
    opens_with_conjunction,
    split_byline,
)
from pipelines.extract.bare_bylines import (
    bare_agencies,
    bare_names,
    dated_lines,
    reporters,
    reporters_below,
)
from pipelines.extract.blocks import Block
from pipelines.extract.dates import without_dates
from pipelines.extract.evidence import Claim, Evidence, line_of, reader_line, text_of
from pipelines.extract.layout import Mark, class_words, element_words
from pipelines.extract.signed_below import signed_below
from pipelines.extract.vocabulary import author_folders, ends_as_other_credit, is_agency
from pipelines.text import text_key

_SENTENCE = regex.compile("[。！？]")
"""Ends of sentences in Chinese and Japanese, where a byline has no blank to tell it from prose."""
_MIN_NAMES = 0.4
"""Share of a line without its date that its links to authors must fill: prose links people too."""
_NAME_WORDS = frozenset(("fn", "name", "names"))
"""Words in the class of an element that holds a name and nothing else."""
_WORD = regex.compile(r"\p{L}")
_MAX_MARKS = 40
"""Byline elements looked at: a page with more of them is a list."""


@dataclass(frozen=True, slots=True)
class SignedName(Claim):
    """The text of a link to an author's page: one name, and nothing else."""


Byline = list[Iterator[Claim]]
"""A byline: for each element that signs, its readings, the surest first."""


def visible_bylines(evidence: Evidence, language: str | None) -> Iterator[Byline]:
    """Bylines as readers see them, the surest first; of each kind those near the headline first.

    ```html
    <span itemprop="author">Ann Lee</span>  <p class="byline">By Ann Lee</p>  <p>By Ann Lee</p>
    ```
    """
    authors = evidence.properties.get("author", [])
    for group in _grouped([e for e in authors if not evidence.beside(e)]):
        yield [iter([_person_claim(element)]) for element in group]
    near, far = _byline_elements(evidence)
    for group in _grouped(near):
        yield [_byline_claims(element, language) for element in group]
    lines = list(_byline_lines(evidence, language))
    yield from (
        [_line_claims(line, evidence, language)]
        for line in lines
        if _names_person(line.text, language)
    )
    if links := _author_links(evidence, language):
        yield [iter([SignedName(name, "html")]) for name in links]
    dated = list(dated_lines(evidence, language))
    yield from ([iter([line])] for line in bare_names(dated, evidence, language))
    yield from ([iter([line])] for line in reporters(dated, evidence, language))
    yield from ([iter([line])] for line in reporters_below(evidence, language))
    for group in _grouped(far):
        yield [_byline_claims(element, language) for element in group]
    yield from (
        [_line_claims(b, evidence, language)] for b in lines if opens_byline(b.text, language)
    )
    if below := list(signed_below(evidence, language)):
        yield [iter([line]) for line in below]
    yield from ([iter([line])] for line in bare_agencies(dated, evidence, language))
    claims = {_person_claim(element) for element in authors}
    if len(claims) == 1:
        yield [iter(claims)]


def _byline_lines(evidence: Evidence, language: str | None) -> Iterator[Block]:
    """Lines near the headline that open as bylines do, and are no sentences of the body."""
    for block in evidence.around_headline:
        text = reader_line(block)
        is_byline = opens_byline(text, language) or opens_byline_behind_date(text, language)
        if is_byline and not _SENTENCE.search(text):
            yield block


def _line_claims(block: Block, evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """What a line says: the names that its element holds, else its text, and what goes on with it.

    `<p>By Ann Lee<br>and Bo Ek</p>`
    """
    if text_key(text_of(block.element)) == block.key:
        names = _names_within(block.element, language)
        if names:
            yield _joined(names)
    behind = evidence.document.blocks[evidence.document.blocks.index(block) + 1 :][:1]
    if behind and behind[0].joined and opens_with_conjunction(behind[0].text, language):
        yield Claim(f"{block.text} {behind[0].text}", "html")
    yield Claim(reader_line(block), "html")


def _names_person(text: str, language: str | None) -> bool:
    """True for a line with a name of two words and more: "Source: Harbour" names none."""
    names = split_byline(text, language)
    return any(" " in name or not name.isascii() for name in names if not is_agency(name))


def _byline_elements(evidence: Evidence) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The elements of the story that are named after bylines: near its headline, and elsewhere."""
    named = (mark for mark in evidence.marks if _is_byline(mark))
    own = [
        mark.element
        for mark in islice(named, _MAX_MARKS)
        if not evidence.beside(_outside_of_aside(mark))
    ]
    own = [element for element in own if not _holds_several(element, own)]
    near = [element for element in own if evidence.is_near(element)]
    return near, [element for element in own if element not in near]


def _holds_several(element: HtmlElement, named: list[HtmlElement]) -> bool:
    """True for a list around several bylines of one kind: each of them is read by itself."""
    kinds = [(e.tag, e.get("class")) for e in named if element in e.iterancestors()]
    return len(kinds) > len(set(kinds))


def _grouped(elements: list[HtmlElement]) -> list[list[HtmlElement]]:
    """The elements in groups of equals: what stands side by side under the same name.

    ```html
    <div><span class="author">Ann Lee</span> <span class="author">Bo Ek</span></div>
    <ul><li><b class="author">Ann Lee</b></li> <li><b class="author">Bo Ek</b></li></ul>
    ```
    """
    groups: list[list[HtmlElement]] = []
    for element in elements:
        equals = (group for group in groups if _are_side_by_side(group[-1], element))
        if group := next(equals, None):
            group.append(element)
        else:
            groups.append([element])
    return groups


def _are_side_by_side(one: HtmlElement, other: HtmlElement) -> bool:
    if (one.tag, one.get("class")) != (other.tag, other.get("class")):
        return False
    parent, around = one.getparent(), other.getparent()
    if parent is None or around is None or parent is around:
        return parent is around
    same_kind = (parent.tag, parent.get("class")) == (around.tag, around.get("class"))
    return same_kind and parent.getparent() is around.getparent()


def _author_links(evidence: Evidence, language: str | None) -> list[str]:
    """The names that link to pages of authors, in the lines around the headline.

    ```html
    <h1>Rain</h1> <div><a href="/authors/ann-lee">Ann Lee</a></div>
    ```
    """
    found: dict[str, None] = {}
    for block in evidence.around_headline:
        links = [link for link in block.element.iter("a") if _leads_to_author(link)]
        names = [clean_name(text_of(link), language, kind=Kind.FIELD) for link in links]
        people = [name for name in names if name and (is_person(name) or is_agency(name))]
        line = without_dates(reader_line(block), language) if people else ""
        if sum(map(len, people)) >= _MIN_NAMES * len(line):
            found |= dict.fromkeys(people)
    return list(found)


def _leads_to_author(link: HtmlElement) -> bool:
    """`<a rel="author">`, `<a href="/authors/ann-lee">`, `<a href="/@annlee">`, `mailto:` links."""
    href = link.get("href", "").lower().partition("?")[0].rstrip("/")
    folders = href.split("/")[:-1]
    is_named = "author" in (link.get("rel") or "").split()
    is_named |= href.startswith("mailto:") or href.rpartition("/")[2].startswith("@")
    return is_named or not author_folders().isdisjoint(folders)


def _person_claim(element: HtmlElement) -> Claim:
    """The `itemprop="name"` within an author element, else its text."""
    named = (e for e in element.iter("*") if "name" in e.get("itemprop", "").split())
    inner = next((e for e in named if e is not element), None)
    if content := (element if inner is None else inner).get("content"):
        return Claim(content, "microdata")
    return Claim(line_of(element), "html") if inner is None else SignedName(text_of(inner), "html")


def _byline_claims(element: HtmlElement, language: str | None) -> Iterator[Claim]:
    """What a byline says: its links to authors where they are all its names, else its line.

    ```html
    <p class="byline"><a rel="author">Ann Lee</a> <a rel="author">Bo Ek</a></p>
    <p class="byline">by <a rel="author">Institute for Rain</a></p>
    ```
    """
    links = [
        link
        for link in element.iter("a")
        if _leads_to_author(link) and not ends_as_other_credit(_text_before(link))
    ]
    names = links if len(links) > 1 else _names_within(element, language)
    line = line_of(element)
    if len(names) > 1:
        yield _joined(names)
    elif links and len(split_byline(line, language)) < 2:
        yield SignedName(text_of(links[0]), "html")
    yield Claim(_without_roles(element, line), "html")
    yield Claim(line, "html")


def _without_roles(element: HtmlElement, line: str) -> str:
    """The line of a byline with a bar in place of what its elements call a role.

    ```html
    <p class="byline"><b>Ann Lee</b> <span class="job">Shipping correspondent</span></p>
    ```
    """
    for inner in element.iterdescendants(etree.Element):
        if element_words(inner) & class_words("role") and (role := text_of(inner)):
            line = line.replace(role, " | ", 1)
    return line


def _joined(names: list[HtmlElement]) -> Claim:
    return Claim("; ".join(map(text_of, names)), "html")


def _names_within(element: HtmlElement, language: str | None) -> list[HtmlElement]:
    """The elements within a byline of which each is one name: those called so, else the links."""
    called = [e for e in element.iterdescendants() if element_words(e) & _NAME_WORDS]
    for found in (called, _links_in_a_row(element)):
        signing = [e for e in found if not ends_as_other_credit(_text_before(e))]
        texts = [clean_name(text_of(e), language) for e in signing]
        if len(signing) > 1 and all(text and " " in text for text in texts):
            return signing
    return []


def _links_in_a_row(element: HtmlElement) -> list[HtmlElement]:
    """The links of a byline that is nothing but links with commas or dashes between them."""
    links = list(element.iter("a"))
    is_row = len({link.getparent() for link in links}) == 1
    is_row = is_row and not any(_WORD.search(link.tail or "") for link in links[:-1])
    return links if is_row else []


def _text_before(element: HtmlElement) -> str:
    """The text that stands right before an element."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return (text or "").rstrip()


def _outside_of_aside(mark: Mark) -> HtmlElement:
    """The element whose place counts: an `aside` that is the byline itself is no margin.

    ```html
    <header><h1>Rain</h1> <aside class="post-author">by <a rel="author">Ann Lee</a></aside>
    ```
    """
    parent = mark.element.getparent()
    is_margin = mark.element.tag != "aside" or bool(mark.words & class_words("margin") - {"aside"})
    return mark.element if is_margin or parent is None else parent


def _is_byline(mark: Mark) -> bool:
    excluded = class_words("not_byline")
    if mark.element.tag == "a":  # class="author-link"
        excluded -= {"link", "links"}
    return bool(mark.words & class_words("byline")) and not mark.words & excluded
