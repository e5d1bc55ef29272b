"""Bylines outside any byline: known by where they stand, or told in the dateline.

```html
<h1>Rain</h1> <p>Ann Lee</p> <p>3 May 2024</p>      <h1>Rain</h1> <p>Ann Lee | 3 May 2024</p>
<p>… the last sentence.</p> <p>(dpa)</p>            <p>… the last sentence.</p> <p>— Ann Lee</p>
```
"""

from collections.abc import Iterator
from itertools import groupby, zip_longest

import regex

from pipelines.extract.authors import split_byline
from pipelines.extract.blocks import Block
from pipelines.extract.dates import holds_date, without_dates
from pipelines.extract.evidence import Claim, Evidence, reader_line, text_of
from pipelines.extract.house import house_of
from pipelines.extract.layout import class_words, element_words
from pipelines.extract.prose import ends_as_sentence, is_prose, place
from pipelines.extract.vocabulary import is_agency, is_picture_word, names_source, vocabulary
from pipelines.text import text_key, words

DatedLine = tuple[str, Block]
"""A line as readers see it, and its block."""

_AROUND_DATE = 2
"""Lines between a bare name and the date that stands with it."""
_MIN_NAMES = 0.85
"""Share of the letters of a bare byline that its names fill, its date apart."""
_MAX_NAME_WORDS = 4
_MAX_NAME_CHARS = 40
_MAX_PREPOSITION = 3
"""Letters of the words before a time: "at", "um", "kl"."""
_CASED = regex.compile(r"(?=.*\p{Ll})[\p{Latin}\p{Cyrillic}\p{Greek}\p{M}\p{P}\p{Zs}\p{Sk}]+")
"""A text in letters that have capitals: in others any two words look like a name."""
_PARTS = regex.compile(r"\s*[/|·•,;:()\[\]{}«»]\s*|\s+[-–—]\s+|^[-–—]+\s*|\s*[-–—]+$")
_REPORTERS = regex.compile(
    r"[（(](?:本[报報刊网網]|\p{Han}{2,4}社)?(?:实习)?[记記]者[:：\s]?(\p{Han}[\p{Han}\s、，,]{1,30})[)）]"
    r"|^[\[(（][^\])）]{1,20}[\])）]\s*(\p{Hangul}{2,4}) 기자\s*="
    r"|^[\[(（][^\])）]{1,20}[\s=](\p{Hangul}{2,4}) 기자[\])）]"
)
_LAST_BRACKET = regex.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]{2,30})[)）】〕\]]$")
_DENSE_LETTER = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]")
_DENSE = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\s、，,·・/／:：=]{2,30}")
_JAPANESE_NAME = regex.compile(r"\p{Han}{1,3}[\s　]?[\p{Han}\p{Hiragana}\p{Katakana}]{1,3}")
_EMAIL = regex.compile(r"\(?\S+@\S+")
_MAX_REPORTER_WORDS = 3
"""Words of a line that ends with the word for a reporter: a medium, a name, the office."""
_REPORTER_LINE = regex.compile(
    r"\p{Han}{2,8}[记記]者[:：\s]\s*(\p{Han}{2,4}(?:[\s、，,]\p{Han}{2,4})*)"
)
_REPORTER_AMID = regex.compile(
    r"(?<!\p{Han})(?:作者|[记記]者|撰文|文字)\s*[:：]\s*(\p{Han}{2,4}(?:[、，,]\p{Han}{2,4})*)"
    r"(?=\s*(?:$|[|丨]|\p{Han}{2,4}[:：]))"
)
"""The author between the source and the editor: `来源：… 作者：张三 责任编辑：李四`."""
_DATELINE_CHARS = 80
"""Characters of a story within which its dateline names who reported it."""
_TITLES = ("h1", "h2", "h3", "h4")
_LABELS = ("not_byline", "category", "place")
"""Kinds of elements that say what a line is when it names nobody."""
_MAX_PLACE_WORDS = 2
_NO_BYLINE = regex.compile(r"[,:：]\s*\|")
"""What stands between a place or a label and a date, not between a name and its date."""
_DASHES = "-–—―~ "
_LINKS = 0.5
"""Share of links from which the next line belongs to a list, and this one may head it."""
_SETTING_APART = ("b", "strong", "i", "em", "small", "span")
_BOLD = 0.9
"""Share of bold or italic letters from which a line is set apart."""


def bare_names(dated: list[DatedLine], evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Lines beside the date under the headline, and dashed ones under the text, that are names."""
    for line, block in dated:
        is_line = block.tag not in _TITLES
        if is_line and _is_name(line, evidence, language) and _is_free(block, evidence):
            yield Claim(line, "html")
    yield from _names_below(evidence, language)
    for block in _ends(evidence):
        name = _name_behind_text(block)
        if name and _is_name(name, evidence, language):
            yield Claim(name, "html")


def _names_below(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Names below the text: set apart from it, or alone in the paragraph that follows."""
    closing = evidence.closing
    for block, below in zip_longest(closing, closing[1:]):
        name = block.text.lstrip(_DASHES)
        is_signature = _is_set_apart(block) and not (below and below.link_share > _LINKS)
        is_name = is_signature and _is_name(name, evidence, language) and _is_free(block, evidence)
        if is_name and not _signs_one_of_several(block, evidence, language):
            yield Claim(name, "html")


def _signs_one_of_several(block: Block, evidence: Evidence, language: str | None) -> bool:
    """True for a name that stands as others above it do, each under a letter of its own."""
    blocks = evidence.document.blocks
    short = (b for b in blocks if len(b.text) <= _MAX_NAME_CHARS and b not in evidence.closing)
    alike = (b for b in short if b.tag == block.tag and place(b) == place(block))
    return any(_is_name(b.text, evidence, language) for b in alike)


def _ends(evidence: Evidence) -> list[Block]:
    """The last paragraph, and the line below it, which may be a short paragraph."""
    last = evidence.last_paragraph
    return [] if last is None else [last, *evidence.closing[:1]]


def _name_behind_text(last: Block) -> str | None:
    """What is set apart at the end of a paragraph, behind its last sentence.

    ```html
    <p>… the last sentence. <i>Ann Lee</i></p>
    ```
    """
    inner = last.element[-1] if len(last.element) else None
    if inner is None or inner.tag not in _SETTING_APART or (inner.tail or "").strip():
        return None
    name = text_of(inner)
    before = last.text.removesuffix(name).rstrip(_DASHES)
    return name.lstrip(_DASHES) if before != last.text and ends_as_sentence(before) else None


def reporters(dated: list[DatedLine], evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Who reported a story, as a line by the date or its first line says in China and Korea.

    `港报新闻记者 张三`; `홍길동 기자 hong@example.com 2026-05-01`;
    `本报北京9月14日电（记者张三 李四）…`, `(서울=연합뉴스) 홍길동 기자 = …`
    """
    for line, _ in dated:
        if not _DENSE_LETTER.search(line):
            continue
        parts = _EMAIL.sub("", without_dates(line, language)).split("|")
        if match := _REPORTER_LINE.fullmatch(line) or _REPORTER_AMID.search(line):
            yield Claim(match[1], "html")
        for signed in map(str.strip, parts):
            if _is_dense_signature(signed, language, is_bracketed=False):
                yield Claim(signed, "html")
    first = next((block.text for block in evidence.document.blocks if is_prose(block)), "")
    if match := _REPORTERS.search(first[:_DATELINE_CHARS]):
        yield Claim(next(filter(None, match.groups())), "html")


def reporters_below(evidence: Evidence, language: str | None) -> Iterator[Claim]:
    """Who reported a story, as its end says in China, Japan and Korea.

    `（记者 张三）`, `（山田太郎）`, `홍길동 기자 hong@example.com`
    """
    for block in _ends(evidence):
        bracket = _LAST_BRACKET.search(block.text)
        if bracket and _is_dense_signature(bracket[1], language, is_bracketed=True):
            yield Claim(bracket[1], "html")
    for block in evidence.closing:
        line = _EMAIL.sub("", block.text).strip()
        if _is_dense_signature(line, language, is_bracketed=False):
            yield Claim(line, "html")


def _is_dense_signature(text: str, language: str | None, *, is_bracketed: bool) -> bool:
    """True for a name in a script without blanks, with the word for a reporter.

    In brackets the Japanese name alone will do.
    """
    if not _DENSE.fullmatch(text) or names_source(text):
        return False
    if is_bracketed and _JAPANESE_NAME.fullmatch(text) and (language or "").startswith("ja"):
        return True
    known = vocabulary(language)
    is_role = text.split()[-1] in known.roles and len(text.split()) <= _MAX_REPORTER_WORDS
    return is_role or known.opening(text) is not None


def bare_agencies(
    dated: list[DatedLine], evidence: Evidence, language: str | None
) -> Iterator[Claim]:
    """The agencies that such lines name, alone or with a place."""
    lines = [without_dates(line, language) for line, _ in dated]
    for line in (*lines, *(block.text for block in evidence.closing)):
        if agency := _agency_in(line):
            yield Claim(agency, "html")


def dated_lines(evidence: Evidence, language: str | None) -> Iterator[DatedLine]:
    """The lines between the headline and the text that stand beside the date, or hold it."""
    for lines in _above_text(evidence):
        dated = [holds_date(block.text, language) for block in lines]
        for at, block in enumerate(lines):
            if any(dated[max(0, at - _AROUND_DATE) : at + _AROUND_DATE + 1]):
                yield reader_line(block), block


def _above_text(evidence: Evidence) -> Iterator[list[Block]]:
    """The short lines between the headline and the second paragraph: above the first, and below.

    The first paragraph may be a standfirst. Where it is the text, no date stands below it.
    """
    near = set(evidence.around_headline)
    blocks = [block for block in evidence.document.blocks if block.element in evidence.opening]
    for is_text, lines in groupby(blocks, key=is_prose):
        if not is_text:
            yield [block for block in lines if block in near]


def _is_set_apart(block: Block) -> bool:
    """True for a line behind a dash, in bold or italics, or at the right."""
    style = f"{block.element.get('style', '')} {block.element.get('align', '')}"
    return block.text[0] in _DASHES or block.bold_share > _BOLD or "right" in style


def _agency_in(line: str) -> str | None:
    """The agency in a line that says nothing but it and a place: "BERLIN (dpa)", "/ritzau/"."""
    parts = [part for part in _PARTS.split(line) if part.strip()]
    if len(parts) == 2 and names_source(f"{parts[0]}:"):
        parts = [parts[1].partition(" ")[0]]  # "Source: dpa Nordrhein-Westfalen"
    agencies = [part for part in parts if is_agency(part)]
    others = [part.split() for part in parts if part not in agencies]
    is_alone = len(agencies) == 1 and len(others) < 2
    is_place = all(len(o) <= _MAX_PLACE_WORDS and not is_picture_word(o[0]) for o in others)
    return agencies[0] if is_alone and is_place else None


def _is_free(block: Block, evidence: Evidence) -> bool:
    """True for a line that is no label ("section", "place"), no link, and not the medium's name."""
    if block.text in house_of(evidence):
        return False
    is_label = any(class_words(kind) & element_words(block.element) for kind in _LABELS)
    links = evidence.tree.iter("a")
    return not is_label and not any(text_key(text_of(link)) == block.key for link in links)


def _is_name(line: str, evidence: Evidence, language: str | None) -> bool:
    """True for a line that holds names of two words and more and, behind a bar, its date."""
    known = vocabulary(language)
    undated = without_dates(line, language)
    if _NO_BYLINE.search(undated):
        return False
    names = split_byline(line, language)
    people = [name for name in names if not is_agency(name)]
    lengths = [len(name.split()) for name in people]
    told = _without_words_of_dates(undated, language)
    name, *others = told.split(",")
    told = ",".join([name, *(o for o in others if not known.roles.issuperset(words(o)))])
    letters = text_key(told)
    is_full = len(text_key("".join(names))) >= _MIN_NAMES * len(letters)
    is_person = all(1 < length <= _MAX_NAME_WORDS for length in lengths)
    is_cased = bool(_CASED.fullmatch(told.strip(" |")))
    if not (people and is_full and is_person and is_cased):
        return False
    if any(word in evidence.common_words for name in people for word in name.lower().split()):
        return False
    return not any(_is_told_of(name, evidence) for name in people)


def _without_words_of_dates(undated: str, language: str | None) -> str:
    """A line without the parts that say what its date is: `Ann Lee | Published | at |`."""
    page_words = vocabulary(language).page_words
    parts = undated.split("|")
    return "|".join(p for p in parts if not all(_is_of_date(w, page_words) for w in p.split()))


def _is_of_date(word: str, page_words: frozenset[str]) -> bool:
    is_preposition = word.islower() and len(word) <= _MAX_PREPOSITION
    return is_preposition or word.lower().strip(":.,") in page_words


def _is_told_of(name: str, evidence: Evidence) -> bool:
    """True for what the story speaks of: a place, a subject; about an author a line begins so."""
    prose = (block.text for block in evidence.document.blocks if is_prose(block))
    told = (text.removesuffix(name) for text in (evidence.title, *prose))
    return any(name in text and not text.startswith(name) for text in told)
