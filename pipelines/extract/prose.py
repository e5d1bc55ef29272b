"""What reads as prose: the measures of text on which all judgements rest.

No measure assumes Latin letters or blanks between words.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.text import text_key

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NO_PROSE = HEADINGS | {"tr"}
_WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…。！？;:؟।۔։።။៖។][\s'\"”’“‘»«›‹」』》）)\]\u200e\u200f]*$")
"""The marks of all scripts, quotation marks and brackets that may close behind them included."""
_LONG = 100
"""Weight from which a block is prose whatever it ends with."""
_SENTENCE = 45
"""Weight from which a block that ends as sentences do is prose."""
_MAX_LINKS = 0.4
"""Share of links above which a block is a list of links."""
_LINE = 25
"""Mean weight of the lines of a paragraph that line breaks cut."""

Place = tuple[str, str, str]


def weight(text: str) -> int:
    """The length of a text in Latin letters: one character of Chinese counts as three.

    >>> weight("news"), weight("新闻")
    (4, 6)
    """
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def is_prose(block: Block) -> bool:
    """True for a block that reads as one sentence at least, and is no list of links."""
    if block.link_share > _MAX_LINKS or block.tag in _NO_PROSE:
        return False
    size = weight(block.text)
    return size >= _LONG or (size >= _SENTENCE and ends_as_sentence(block.text))


def ends_as_sentence(text: str) -> bool:
    """True for a text that ends with a mark that ends sentences.

    >>> ends_as_sentence("“It rains.”"), ends_as_sentence("Rain")
    (True, False)
    """
    return _SENTENCE_END.search(text) is not None


def prose_of(blocks: list[Block]) -> set[Block]:
    """The blocks that are prose, alone or as lines of a paragraph that line breaks cut."""
    prose = {block for block in blocks if is_prose(block)}
    for paragraph in _broken_paragraphs(blocks):
        text = " ".join(block.text for block in paragraph)
        links = sum(block.link_share * len(block.text) for block in paragraph) / len(text)
        size = weight(text)
        if links < 0.2 and size > 60 * len(paragraph) ** 0.5 and size > _LINE * len(paragraph):
            prose.update(block for block in paragraph if block.link_share < 0.5)
    return prose


def _broken_paragraphs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Runs of two and more lines of one element that only single line breaks part."""
    run: list[Block] = []
    for block in blocks:
        if not (run and block.joined and block.element is run[-1].element):
            if len(run) > 1:
                yield run
            run = []
        run.append(block)
    if len(run) > 1:
        yield run


def place(block: Block) -> Place:
    """Where a block stands: its tag, its parent's tag and classes, its grandparent's.

    Paragraphs of one story share their place, even where containers part them.
    """
    parent = block.element.getparent()
    above = parent.getparent() if parent is not None else None
    return (block.tag, name_of(parent), name_of(above))


def name_of(element: HtmlElement | None) -> str:
    """The tag of an element and its classes: `p.story-text`."""
    return "" if element is None else f"{element.tag}.{element.get('class', '')}"


def stands_by_image(block: Block) -> bool:
    """True for a line that shares its container with a picture, and with little else.

    ```html
    <div><img src="quay.jpg"><p>The northern quay on Tuesday.</p></div>
    ```
    """
    for element in (block.element, block.element.getparent()):
        if element is not None and element.find(".//img") is not None:
            return len(text_key(element.text_content())) < 1.5 * len(block.key)
    return False
