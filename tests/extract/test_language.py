"""Declared language, checked against the text."""

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_article
from pipelines.extract.document import parse
from pipelines.extract.language import declared_language, identify, normalize
from tests.extract.test_article import page, plain
from tests.extract.test_document import parsed

GERMAN = "Der Regen hält seit Tagen an, und die Flüsse steigen weiter über die Ufer. " * 3
ENGLISH = "The rain has not stopped for days and the rivers keep rising above their banks. " * 3
GREEK = "Η βροχή συνεχίζεται εδώ και μέρες και τα ποτάμια ξεχειλίζουν σε όλη τη χώρα. " * 3
CHINESE = "连日来大雨不断，河水继续上涨，沿岸居民已经撤离到安全的地方，学校停课。" * 3


def declared(markup: str) -> str | None:
    return declared_language(parsed(f"<html><body>{markup}<p>x</p></body></html>".encode()))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_us", "en-US"),
        ("DE", "de"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("x-default", None),
        ("", None),
    ],
)
def test_tags_are_normalised(tag: str, expected: str | None) -> None:
    assert normalize(tag) == expected


def test_html_lang_comes_before_the_meta_tags() -> None:
    document = parsed(b'<html lang="pl-PL"><meta property="og:locale" content="en_US"><p>x</p>')
    assert declared_language(document) == "pl-PL"


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="og:locale" content="fr_FR">',
        '<meta http-equiv="Content-Language" content="fr-FR">',
        '<script type="application/ld+json">{"@type": "X", "inLanguage": "fr-FR"}</script>',
    ],
)
def test_language_is_declared_in_many_places(markup: str) -> None:
    assert declared(markup) == "fr-FR"


def test_header_declares_too() -> None:
    document = parsed(b"<p>x</p>", **{"content-language": "es"})
    assert declared_language(parse(document.page)) == "es"


@pytest.mark.parametrize(
    ("text", "language"), [(GERMAN, "de"), (ENGLISH, "en"), (GREEK, "el"), (CHINESE, "zh")]
)
def test_undeclared_language_is_identified(text: str, language: str) -> None:
    assert identify(text, None) == language


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (GREEK, "el"), (CHINESE, "zh")])
def test_plain_contradiction_overrules_the_declaration(text: str, language: str) -> None:
    assert identify(text, "en-US") == language


def test_region_of_a_true_declaration_is_kept() -> None:
    assert identify(ENGLISH, "en_GB") == "en-GB"


def test_few_words_contradict_nothing() -> None:
    assert identify("Regen", "en") == "en"


def test_few_words_identify_nothing() -> None:
    assert identify("Regen", None) is None


def test_wrong_declaration_costs_neither_author_nor_date_nor_leaves_them_in_the_text() -> None:
    story = (
        "Der Hafenrat hat am Dienstag beschlossen, den nördlichen Kai für zwei Jahre zu sperren.",
        "Die Schiffe legen so lange am alten Kohlenkai an, der zuletzt 1987 benutzt worden war.",
        "„Niemand ist froh darüber, aber die Pfähle sind morsch“, sagte sie nach der Sitzung.",
    )
    line = "Von Ute Groß | 22. Dezember 2025, 17:36 Uhr MEZ"
    article = extract_article(page(plain((line, *story))))
    assert article.language == "de"
    assert article.authors == ("Ute Groß",)
    assert article.published_at == datetime(2025, 12, 22, 16, 36, tzinfo=UTC)
    assert article.text == "\n\n".join(story)
    assert article.field_sources["language"] == "text"
