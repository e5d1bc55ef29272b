"""What "Continue reading" unfolds is part of the story; its own words are none."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

WORDS = LANGUAGES["en"]
TOLD = [WORDS.paragraph(n) for n in range(7)]
LABELS = (
    "Continue reading",
    "Weiterlesen",
    "Lire la suite",
    "Seguir leyendo",
    "Continua a leggere",
    "Continuar lendo",
    "Lees verder",
    "Fortsätt läsa",
    "Læs videre",
    "Les hele saken",
    "Jatka lukemista",
    "Czytaj dalej",
    "Celý článek",
    "Olvasás folytatása",
    "Devamını oku",
    "Citește mai departe",
    "Читать полностью",
    "Розгорнути",
    "Συνέχεια ανάγνωσης",
    "전체 기사 보기",
    "أكمل القراءة",
    "ادامه مطلب",
    "המשך קריאה",
    "आगे पढ़ें",
    "Baca selengkapnya",
    "Đọc tiếp",
    "続きを読む",
    "展开全文",
)
HIDDEN = ("<div hidden>{}</div>", "<div style='display:none'>{}</div>")


def text_of(inner: str) -> list[str]:
    body = chrome(f"<article><h1>{WORDS.headline}</h1>{inner}</article>")
    page = Sample("story", document(WORDS.headline, body), "article").page()
    return extract_article(page).text.split("\n\n")


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("label", LABELS)
def test_rest_of_a_story_behind_a_button_is_text_and_the_button_is_none(label: str) -> None:
    for button in (f"<button>{label}</button>", f"<p>{label}</p>", f"<p><a href='#r'>{label}</a>"):
        for hidden in HIDDEN:
            rest = hidden.format(paragraphs(TOLD[3:]))
            assert text_of(paragraphs(TOLD[:3]) + button + rest) == TOLD


@pytest.mark.parametrize("label", ["Show comments", "Transcript", "Subscribe"])
def test_what_other_buttons_show_stays_hidden(label: str) -> None:
    rest = HIDDEN[0].format(
        paragraphs(["I saw the quay last year, and I did not like it at all."] * 3)
    )
    assert text_of(f"{paragraphs(TOLD)}<button>{label}</button>{rest}") == TOLD


def test_hidden_box_by_a_link_that_follows_no_paragraph_stays_hidden() -> None:
    card = f"<div><a href='/other'>Read more</a>{HIDDEN[0].format(paragraphs(TOLD[5:]))}</div>"
    assert text_of(paragraphs(TOLD[:5]) + card) == TOLD[:5]
