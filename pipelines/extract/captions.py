"""Captions that stand as paragraphs below a picture.

    <p><img src="quay.jpg"></p>
    <p>The quay on Tuesday. Photo: Bo Ek</p>

A picture alone proves nothing: paragraphs stand below pictures too. The line must credit somebody
with the picture.
"""

import re
from collections.abc import Collection, Mapping

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block
from pipelines.extract.prose import HEADINGS, weight
from pipelines.extract.vocabulary import is_picture_word, picture_endings

_MAX_SHARE = 0.25
"""Share of a story up to which captions stand beside it."""
_MAX_CAPTION = 300
"""Weight of a caption with its credit."""
_MAX_CREDIT = 70
"""Weight of what credits a picture: "(Photo by Bo Ek/Harbour Times)"."""
_CREDIT_START = 3
"""Words of a credit among which that for the picture stands: "Herald photo by Bud Lacey"."""
_PARTS = re.compile(r"(?<=\w{4}[.!?…])\s+|(?<=[가-힣]\.)\s+|(?<=[。！？])|[()（）|/]")
"""Where the parts of a caption end, of which the credit is the last; abbreviations end none."""
_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"^(?:\w+ ){0,2}\w+ ?[:：=]")
"""A word or three with a colon: "Photo: Bo Ek."."""
_PICTURES = frozenset(("img", "picture", "amp-img"))


def captions_of(story: Collection[Block], weights: Mapping[Block, int]) -> set[Block]:
    """The captions amid a story; none where they are much of it: pictures tell that story."""
    captions = {block for block in story if _is_caption(block)}
    most = _MAX_SHARE * sum(weights[block] for block in story)
    return captions if sum(weights[block] for block in captions) <= most else set()


def _is_caption(block: Block) -> bool:
    """True for a line right below a picture that credits somebody with it.

    >>> from lxml import html
    >>> from pipelines.extract.blocks import page_blocks
    >>> page = "<p><img></p><p>The quay. Photo: Bo Ek</p><p>The quay. Photo: Bo Ek</p>"
    >>> [_is_caption(block) for block in page_blocks(html.document_fromstring(page))]
    [True, False]
    """
    return (
        block.tag not in HEADINGS
        and weight(block.text) <= _MAX_CAPTION
        and _is_below_picture(block.element)
        and credits_picture(block.text)
    )


def credits_picture(line: str) -> bool:
    """True for a line whose last part is the credit of a picture.

    >>> credits_picture("Ледокол у мола. Фото: Ирина Сомова"), credits_picture("获奖者（王申 摄）")
    (True, True)
    >>> credits_picture("Readers knew the quay at once. The photo went round the world.")
    False
    """
    parts = [part.strip() for part in _PARTS.split(line) if any(map(str.isalnum, part))]
    if not parts:
        return False
    # Whom it names may stand behind a stroke: "Photo: Bo Ek / Reuters".
    return parts[-1].endswith(picture_endings()) or any(map(_is_credit, parts[-2:]))


def _is_credit(part: str) -> bool:
    """True for a few words with a label: "Herald photo: Bud Lacey"."""
    words = _WORD.findall(part)
    named = [n for n, word in enumerate(words[:_CREDIT_START]) if is_picture_word(word)]
    if not named or len(words) < 2 or weight(part) > _MAX_CREDIT:
        return False
    if any(map(str.isdigit, part)):  # nobody's name: the number of a picture, a date
        return False
    return _LABEL.search(part) is not None


def _is_below_picture(element: HtmlElement) -> bool:
    """True where a picture without text stands right above an element, or what it opens."""
    for each in (element, *element.iterancestors()):
        above = next(each.itersiblings("*", preceding=True), None)
        if above is not None:
            return _is_picture(above)
        around = each.getparent()
        if around is None or (around.text or "").strip():
            return False
    return False


def _is_picture(element: HtmlElement) -> bool:
    if "".join(element.itertext()).strip() or (element.tail or "").strip():
        return False
    return next(element.iter(*_PICTURES), None) is not None
