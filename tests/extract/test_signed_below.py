"""Who wrote a story is found below it, where nobody signs above; what is no name signs nothing."""

import pytest

from pipelines.extract import extract_article
from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES

BOX = '<div class="author-box"><img alt=""><h4>{0}</h4><p>{0} covers the coast.</p></div>'
CARD = '<div class="card"><span>Written by</span><h4>{0}</h4><p>{0} covers the coast.</p></div>'
GERMAN = '<div class="autorenbox"><h3>Über uns</h3><p class="name">{0}</p></div>'
PROFILE = '<div class="about-author"><h3>About the author</h3><p class="name">{0}</p></div>'


def read(below: str = "", byline: str = "", lang: str = "en") -> tuple[tuple[str, ...], bool]:
    """The authors of a story, and whether its text is its paragraphs alone."""
    told = [LANGUAGES[lang].paragraph(n) for n in range(5)]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in told)
    story = f"<article><h1>The quay</h1>{byline}<div>{text}{below}</div></article>"
    sample = Sample("story", document("The quay", chrome(story), "", lang), "article")
    article = extract_article(sample.page())
    return article.authors, article.text == "\n\n".join(told)


@pytest.mark.parametrize("name", ["Lila Maro", "Jörg van der Berg", "Мария Петрова"])
@pytest.mark.parametrize("box", [BOX, CARD, GERMAN, PROFILE])
def test_box_about_the_author_signs(box: str, name: str) -> None:
    assert read(box.format(name))[0] == (name,)


@pytest.mark.parametrize("box", [BOX, CARD, GERMAN, PROFILE])
def test_box_about_no_person_signs_nothing(box: str) -> None:
    assert read(box.format("More stories"))[0] == ()


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Lila Maro is a reporter in Eastquay."),
        ("en", "Lila Maro, a freelance writer, has lived on the coast for ten years."),
        ("de", "Lila Maro ist Redakteurin in Osthafen."),
        ("es", "Lila Maro es periodista y vive en la costa."),
    ],
)
def test_last_line_in_italics_about_somebodys_work_signs_and_leaves(lang: str, line: str) -> None:
    assert read(f"<p><em>{line}</em></p>", lang=lang) == (("Lila Maro",), True)


def test_line_about_somebody_of_the_story_signs_nothing() -> None:
    told = "<p>The quay belongs to Lila Maro, who bought it in 1999 and sold no plank.</p>"
    assert read(f"{told}<p><em>Lila Maro is a writer of letters.</em></p>")[0] == ()
    assert read("<p><em>Lila Maro is seventy years old today.</em></p>")[0] == ()


@pytest.mark.parametrize(
    "line",
    [
        "Contact Lila Maro at lmaro@{0}.",
        "Reach reporter Lila Maro at lila.maro@{0} or 555-0101.",
        "Email Lila Maro: maro@news.{0}",
    ],
)
def test_address_made_of_a_name_signs_and_leaves(line: str) -> None:
    assert read(f"<p>{line.format('unknown.example')}</p>") == (("Lila Maro",), True)


@pytest.mark.parametrize("address", ["tips@unknown.example", "lmaro@port-authority.example"])
def test_other_address_signs_nothing(address: str) -> None:
    assert read(f"<p>Contact Lila Maro at {address}.</p>")[0] == ()


def test_byline_that_goes_on_in_the_next_line_names_both() -> None:
    assert read(byline="<p>By Lila Maro<br>and Bo Ek</p>")[0] == ("Lila Maro", "Bo Ek")


def test_place_that_touches_a_name_is_none_of_it() -> None:
    byline = '<div class="byline"><span>Lila Maro</span><span>Eastquay</span></div>'
    assert read(byline=byline)[0] == ("Lila Maro",)


def test_reviewer_beside_the_writer_does_not_sign() -> None:
    lines = "<p>Written by Lila Maro</p><p>Medically reviewed by Bo Ek, MD</p>"
    assert read(byline=lines)[0] == ("Lila Maro",)
