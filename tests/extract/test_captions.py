"""Captions that stand as paragraphs below a picture leave the text; paragraphs there stay."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

WORDS = LANGUAGES["en"]
PICTURE = '<p><a href="/large.jpg"><img src="quay.jpg"></a></p>'
CAPTIONS = (
    "Deputy Carl Noonan leads Duchess along the quay. Herald photo: Bud Lacey",
    "The quay on Tuesday (Photo: Bo Ek/Harbour Times)",
    "Der Kai am Dienstag. Foto: Bo Ek",
    "Ледокол у северного мола. Фото: Ирина Сомова.",
    "Ο μόλος την Τρίτη (φωτογραφία: Σ. Βλάχος)",
    "관장이 직접 깎은 반사거울을 닦고 있다. 사진=정다운 기자",
    "图为周福生正在更换伞骨。本报记者 陈一帆 摄",
)
PARAGRAPHS = (
    "Readers knew the quay at once. The photo went round the world.",
    "She kept a photo of the old quay.",
    "The quay was built in 1889 and widened in 1954 (and once more since).",
)


def added(lines: tuple[str, ...], above: str) -> list[str]:
    """Those of the lines that are read as text where each stands below `above` in a story."""
    between = [f"<p>{WORDS.paragraph(n)}</p>{above}<p>{line}</p>" for n, line in enumerate(lines)]
    body = f"<article><h1>Quay</h1>{''.join(between)}<p>{WORDS.paragraph(9)}</p></article>"
    page = Sample("story", document(WORDS.headline, chrome(body)), "article").page()
    return [line for line in extract_article(page).text.split("\n\n") if line in lines]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_caption_below_a_picture_is_no_text(caption: str) -> None:
    assert added((caption,), PICTURE) == []


def test_paragraph_below_a_picture_is_text() -> None:
    assert added(PARAGRAPHS, PICTURE) == list(PARAGRAPHS)


def test_sentence_with_the_words_of_a_credit_is_text_where_no_picture_is() -> None:
    line = "He signed each one in pencil on its back, always alike. Photo: Bo Ek, the quay."
    assert added((line,), "") == [line]


def test_captions_that_tell_the_story_are_its_text() -> None:
    lines = tuple(f"Ship {n} of the fleet leaves the quay at dawn. Photo: Bo Ek" for n in "ABCD")
    inner = "".join(f"{PICTURE}<p>{line}</p>" for line in lines)
    body = f"<article><h1>Quay</h1><p>{WORDS.paragraph(1)}</p>{inner}</article>"
    page = Sample("story", document(WORDS.headline, chrome(body)), "article").page()
    assert extract_article(page).text.split("\n\n")[1:] == list(lines)
