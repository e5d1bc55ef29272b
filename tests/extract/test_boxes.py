"""Boxes amid a story leave its text; a story that is built of such parts keeps them."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

WORDS = LANGUAGES["en"]
PARAGRAPHS = [WORDS.paragraph(number) for number in range(6)]
FACTS = "<h3>The quay in brief</h3><p>Built in 1889, widened in 1954.</p>"


def added(*between: str) -> list[str]:
    """The lines read besides the paragraphs of a story, where each of `between` follows one."""
    parts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    for at, inner in enumerate(between, 1):
        parts[at] += inner
    page = document(WORDS.headline, chrome(f"<article><h1>Quay</h1>{''.join(parts)}</article>"))
    lines = extract_article(Sample("story", page, "article").page()).text.split("\n\n")
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    return [line for line in lines if line not in PARAGRAPHS]


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="w7">{FACTS}</div>',
        f'<section style="border: 1px solid">{FACTS}</section>',
        '<div class="w7"><h3>The quay</h3><ul><li>Built in 1889.</li><li>410 m.</li></ul></div>',
        '<div class="w7"><p><b>If the siren sounds</b></p><ul><li>Leave the quay.</li></ul></div>',
        '<div class="w7"><h4>See the pictures</h4><p>1 of 8</p><p>The quay at dawn.</p></div>',
        '<div><p class="fact-box">Built in 1889, widened in 1954, and 410 metres long.</p></div>',
    ],
)
def test_box_amid_the_paragraphs_is_none_of_the_story(box: str) -> None:
    assert added("", box) == []


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (["<div><h3>What next</h3></div>"], ["What next"]),
        (['<div class="w7"><h3>What next</h3></div>'], ["What next"]),
        (
            [f'<div class="w7"><h3>{name}</h3><p>It leaks badly.</p></div>' for name in "ABC"],
            ["A", "It leaks badly.", "B", "It leaks badly.", "C", "It leaks badly."],
        ),
        (
            [f'<div class="w{n}"><h3>{n}</h3><p>It leaks badly.</p></div>' for n in "12"],
            ["1", "It leaks badly.", "2", "It leaks badly."],
        ),
        (
            ['<blockquote class="w7"><p>“The sea owes us nothing,” she wrote.</p></blockquote>'],
            ["“The sea owes us nothing,” she wrote."],
        ),
        (["<p>Fishermen fear for the 7 jobs.</p>"], ["Fishermen fear for the 7 jobs."]),
    ],
)
def test_part_of_the_story_is_no_box(parts: list[str], kept: list[str]) -> None:
    assert added(*parts) == kept


def test_box_with_much_of_the_text_is_the_story() -> None:
    long = "".join(f"<p>In the war, {text}</p>" for text in PARAGRAPHS[:4])
    assert len(added("", f'<div class="w7"><h3>How it began</h3>{long}</div>')) == 5
