"""Bylines to lists of names."""

import pytest

from pipelines.extract.authors import is_agency, split_byline


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("By Ann Lee and Bo Ek", "en", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Bo Ek, and Cy Dunn", "en", ["Ann Lee", "Bo Ek", "Cy Dunn"]),
        (
            "Von Eva van der Berg, Max Blau und Ute Groß",
            "de",
            ["Eva van der Berg", "Max Blau", "Ute Groß"],
        ),
        ("Ann Lee/Bo Ek", "en", ["Ann Lee", "Bo Ek"]),
        ("Par Jean-Luc d'Arc", "fr", ["Jean-Luc d'Arc"]),
        ("Por Juan Pérez y Ana Ruiz", "es", ["Juan Pérez", "Ana Ruiz"]),
        ("Di Maria Rossi e Paolo Bianchi", "it", ["Maria Rossi", "Paolo Bianchi"]),
        ("Autor: Jan Kowalski", "pl", ["Jan Kowalski"]),
        ("Автор: Иван Петров", "ru", ["Иван Петров"]),
        ("Γράφει ο Γιάννης Παπάς", "el", ["Γιάννης Παπάς"]),
        ("作者：张三 编辑：李四", "zh", ["张三"]),
        ("本报记者 李雷", "zh", ["李雷"]),
    ],
)
def test_bylines_are_split_in_many_languages(text: str, language: str, expected: list[str]) -> None:
    assert list(split_byline(text, language)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Lee, Staff Writer",
        "By Ann Lee | Associated Press",
        "Ann Lee - Example News",
        "Ann Lee, Berlin",
        "Ann Lee in Paris",
        "By Ann Lee (ann@example.com) @annlee",
        "Mon, 6/3/2019 - by Ann Lee",
        "Written by Ann Lee on May 31, 2019 at 10:15 am",
        "Ann Lee 3 hours ago",
        "ANN LEE",
        "By Ann Lee https://example.com/ann",
    ],
)
def test_jobs_places_dates_and_addresses_are_no_part_of_a_name(text: str) -> None:
    assert split_byline(text, "en") == ("Ann Lee",)


@pytest.mark.parametrize(
    "text",
    [
        "admin",
        "by Admin",
        "Staff",
        "Staff Writer",
        "https://www.facebook.com/ann",
        "@annlee",
        "ann@example.com",
        "May 3, 2019",
        "2 min read",
        "",
        "By",
        "Follow us on Twitter!",
    ],
)
def test_what_is_no_name_gives_no_author(text: str) -> None:
    assert split_byline(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Associated Press", ("The Associated Press",)),
        ("dpa", ("dpa",)),
        ("By Ann Lee and Reuters", ("Ann Lee", "Reuters")),
        ("CHQ Staff", ("CHQ Staff",)),
        ("Harbour Newsroom", ("Harbour Newsroom",)),
    ],
)
def test_agencies_and_named_desks_sign(text: str, expected: tuple[str, ...]) -> None:
    assert split_byline(text, "en") == expected


def test_capitals_become_title_case() -> None:
    found = split_byline("By SEAN O'BRIEN, JEAN MCDONALD and T.R. GOLDMAN-FOX III", "en")
    assert found == ("Sean O'Brien", "Jean McDonald", "T.R. Goldman-Fox III")


def test_titles_behind_a_name_belong_to_it() -> None:
    assert split_byline("Frank Gray, Jr.", "en") == ("Frank Gray, Jr.",)


def test_preposition_ends_a_name_in_prose_only() -> None:
    assert split_byline("Center Institute for Policy", "en", prose=False) == (
        "Center Institute for Policy",
    )


def test_prose_is_no_byline() -> None:
    assert split_byline("By Ann Lee " * 40, "en") == ()


def test_agency_is_known_whatever_its_case() -> None:
    assert is_agency("the ASSOCIATED press")
