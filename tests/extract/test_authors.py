"""Bylines to lists of names."""

import pytest

from pipelines.extract.authors import Kind, organization, split_byline
from pipelines.extract.vocabulary import is_agency


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
        ("By Ann Lee and Bo Ek, Port Ledger", "en", ["Ann Lee", "Bo Ek"]),
        ("Par Jean-Luc d'Arc", "fr", ["Jean-Luc d'Arc"]),
        ("Por Juan Pérez y Ana Ruiz", "es", ["Juan Pérez", "Ana Ruiz"]),
        ("Di Maria Rossi e Paolo Bianchi", "it", ["Maria Rossi", "Paolo Bianchi"]),
        ("Autor: Jan Kowalski", "pl", ["Jan Kowalski"]),
        ("Автор: Иван Петров", "ru", ["Иван Петров"]),
        ("Γράφει ο Γιάννης Παπάς", "el", ["Γιάννης Παπάς"]),
        ("作者：张三 编辑：李四", "zh", ["张三"]),
        ("本报记者 李雷", "zh", ["李雷"]),
        ("記者張三／台北報導", "zh-Hant-TW", ["張三"]),
        ("作者：约翰·史密斯", "zh", ["约翰·史密斯"]),
        ("홍길동·김철수 기자 hong@example.co.kr", "ko", ["홍길동", "김철수"]),
        ("서울=홍길동 기자", "ko", ["홍길동"]),
        ("홍길동 경제부 기자", "ko", ["홍길동"]),
        ("글·그림 홍길동", "ko", ["홍길동"]),
        ("特约撰稿 张三", "zh", ["张三"]),
        ("Von Ute Groß, Illustrationen von Bo Ek", "de", ["Ute Groß"]),
        ("取材・文／山田 太郎", "ja", ["山田 太郎"]),
        ("山田太郎記者", "ja", ["山田太郎"]),
        ("بقلم: أحمد محمد، سارة علي", "ar", ["أحمد محمد", "سارة علي"]),
        ("द्वारा राम शर्मा", "hi", ["राम शर्मा"]),
        ("Teksti: Matti Virtanen", "fi", ["Matti Virtanen"]),
        ("Skrevet af Lars Jensen", "da", ["Lars Jensen"]),
        ("Av: Kari Nordmann, Ola Nordmann", "nb-NO", ["Kari Nordmann", "Ola Nordmann"]),
        ("Autor: Jan Novák, ČTK", "cs", ["Jan Novák", "ČTK"]),
        ("Penulis: Budi Santoso Editor: Ani Wijaya", "id", ["Budi Santoso"]),
        ("Por Ann Lee e Bo Ek, Jornal da Costa — Rio", "pt", ["Ann Lee", "Bo Ek"]),
        ("Von Ann Lee, ARD-Studio Rom", "de", ["Ann Lee"]),
        ("Stand: 01.05.2026, 10:30 Uhr Von: Ann Lee", "de", ["Ann Lee"]),
        ("Ahmet Yılmaz / İSTANBUL", "tr", ["Ahmet Yılmaz"]),
        ("მარი ბერიძე", "ka", ["მარი ბერიძე"]),
        ("Door Ann de Wit op zondag 3 mei 2026 om 09u00", "nl", ["Ann de Wit"]),
        ("Text: Ana Lupu. Ilustrație: Dan Pop", "ro", ["Ana Lupu"]),
        ("Text und Fotos: Ute Groß", "de", ["Ute Groß"]),
        ("Publicado em 03/05/2026 - 09:20 Por Ana Ruiz - Repórter", "pt", ["Ana Ruiz"]),
        ("Anna Rossi, Regno Unito", "it", ["Anna Rossi"]),
        ("撰文：海灣郵報", "zh", []),
        ("Regno Unito", "it", []),
        ("Aus Leipzig", "de", []),
        ("Our Correspondent, Seaview", "en", []),
        ("Last updated : 3 May 2026, 00:12 IST", "en", []),
        ("Sevda Kaya; Son Yazısı / Tüm Yazıları", "tr", ["Sevda Kaya"]),
        ("文/李若溪 图/陈一帆", "zh", ["李若溪"]),
        ("取材・文＝高梨陽介", "ja", ["高梨陽介"]),
        ("文：高梨陽介 写真：山田太郎", "ja", ["高梨陽介"]),
        ("글 정다운 기자 사진 김한결 기자", "ko", ["정다운"]),
        ("เรื่อง: สมชาย ใจดี ภาพ: วิชัย สุขใจ", "th", ["สมชาย ใจดี"]),
        ("Teksti Aino Räihä Kuvat Esko Oja", "fi", ["Aino Räihä"]),
        ("Words Ann Lee Photography Bo Ek", "en", ["Ann Lee"]),
        ("By Ann Lee Additional reporting by Bo Ek", "en", ["Ann Lee"]),
        ("Ann Lee, as told to Bo Ek", "en", ["Ann Lee"]),
        ("As told to Bo Ek", "en", []),
        ("By Ann Lee Translated from the Spanish by Bo Ek", "en", ["Ann Lee"]),
        ("Aufgezeichnet von Ute Groß", "de", ["Ute Groß"]),
        ("Das Gespräch führte Ute Groß", "de", ["Ute Groß"]),
        ("Chronique de Jeanne Roux", "fr", ["Jeanne Roux"]),
        ("Ana Ruiz Enviada especial", "es", ["Ana Ruiz"]),
        ("Door onze verslaggever Jan Smit", "nl", ["Jan Smit"]),
        ("Krönika av Eva Berg", "sv", ["Eva Berg"]),
        ("Розмовляла Оксана Лис", "uk", ["Оксана Лис"]),
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
        "By Ann Lee, Harbour News",
        "By Ann Lee, HBR",
        "By Ann Lee / Associated Press",
        "By ANN LEE Associated Press",
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
        "Latest News",
        "责任编辑：张三",
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
    assert split_byline("Center Institute for Policy", "en", kind=Kind.FIELD) == (
        "Center Institute for Policy",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lee, Ann", ["Ann Lee"]),
        ("Reuters, AFP", ["Reuters", "AFP"]),
        ("<a href='/ann'>Ann Lee</a><br/>Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("ann lee", ["ann lee"]),
        ("news service reports", []),
        ("Harbour Online Report", []),
        ("Harbour Times Staff", ["Harbour Times Staff"]),
    ],
)
def test_fields_of_structured_data_hold_names_in_odd_forms(text: str, expected: list[str]) -> None:
    assert list(split_byline(text, "en", kind=Kind.FIELD)) == expected


@pytest.mark.parametrize("language", ["en", None, "xx"])
def test_opening_word_with_a_colon_is_known_whatever_the_page_declares(
    language: str | None,
) -> None:
    assert split_byline("Автор: Иван Петров", language) == ("Иван Петров",)


def test_name_of_an_organization_is_not_taken_apart() -> None:
    assert organization("Centers for Rain and Wind", "en") == ("Centers for Rain and Wind",)
    assert organization("Redaktion", "de") == ()
    assert organization("北海新聞社", "ja") == ()
    assert organization("新华社", "zh") == ("新华社",)


def test_prose_is_no_byline() -> None:
    assert split_byline("By Ann Lee " * 40, "en") == ()


def test_agency_is_known_whatever_its_case() -> None:
    assert is_agency("the ASSOCIATED press")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("By Ann Lee For Harbour Online", "en", ("Ann Lee",)),
        ("by Ann Lee with Reuters", "en", ("Ann Lee",)),
        ("Jan Novák s Reuters", "cs", ("Jan Novák",)),
        ("Par Ann Lee avec AFP", "fr", ("Ann Lee",)),
        ("كتب: منى عبد الحميد وكريم فؤاد", "ar", ("منى عبد الحميد", "كريم فؤاد")),
        ("Nguyễn Thu Hạnh", "vi", ("Nguyễn Thu Hạnh",)),
        ("Von Jonas Freitag", "de", ("Jonas Freitag",)),
        ("by Ann Lee, and Bo Ek, The Prairie Beacon", "en", ("Ann Lee", "Bo Ek")),
        ("Goh Rui Min", "en", ("Goh Rui Min",)),
        ("Ann Lee 2 min read", "en", ("Ann Lee",)),
        ("نویسنده, شیرین فرهمند", "fa", ("شیرین فرهمند",)),
        ("Published Monday By Ann Lee", "en", ("Ann Lee",)),
    ],
)
def test_names_are_told_from_employers_conjunctions_and_weekdays(
    text: str, language: str, expected: tuple[str, ...]
) -> None:
    assert split_byline(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jonathan Last", "Jonathan Last"),
        ("By Nick Read", "Nick Read"),
        ("By NICK READ", "Nick Read"),
        ("By Christopher Guest", "Christopher Guest"),
        ("By Jennifer Senior", "Jennifer Senior"),
        ("Jonathan V. Last Senior Editor", "Jonathan V. Last"),
        ("Ann Lee Follow", "Ann Lee"),
        ("Ann Lee Last updated 3 May 2026", "Ann Lee"),
        ("Ann Lee 3 min Read", "Ann Lee"),
        ("By Jane Holloway Crime reporter", "Jane Holloway"),
        ("By Jane Holloway Senior Crime Reporter", "Jane Holloway"),
        ("Jane Holloway Transport correspondent", "Jane Holloway"),
        ("Jane Holloway China Correspondent", "Jane Holloway"),
        ("Jane Holloway maritime reporter", "Jane Holloway"),
        ("By Jane Holloway Reporter", "Jane Holloway"),
        ("By Jane Holloway BBC News", "Jane Holloway"),
        ("Ann Lee, Local Democracy Reporter", "Ann Lee"),
        ("By TARA PENN Associated Press Writer", "Tara Penn"),
        ("The Harbour Post Reporter", "The Harbour Post Reporter"),
        ("Daily Harbour Reporter", "Daily Harbour Reporter"),
    ],
)
def test_family_names_are_told_from_job_titles_and_words_of_the_page(
    text: str, expected: str
) -> None:
    assert split_byline(text, "en") == (expected,)


@pytest.mark.parametrize("text", ["Long Read", "BBC Last", "Read More", "Crime Reporter"])
def test_labels_with_such_words_are_nobody(text: str) -> None:
    assert split_byline(text, "en") == ()


@pytest.mark.parametrize("name", ["Jonathan V. Last", "Ann Share", "Cora View", "Bo Min"])
def test_name_of_a_person_in_structured_data_keeps_its_words(name: str) -> None:
    assert split_byline(name, "en", kind=Kind.PERSON) == (name,)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Ann Lee in Paris", "en"), ("Ann Lee à Paris", "fr"), ("Ann Lee aus Ostrum", "de")],
)
def test_place_ends_a_name_in_fields_too(text: str, language: str) -> None:
    assert split_byline(text, language, kind=Kind.FIELD) == ("Ann Lee",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Guest contributor: Ann Lee", "en"),
        ("Interview: Ann Lee", "de"),
        ("Aus Ostrum berichtet Ann Lee", "de"),
        ("Von unserer Korrespondentin Ann Lee", "de"),
        ("De notre correspondante Ann Lee", "fr"),
        ("De notre correspondant à Ostrum, Ann Lee", "fr"),
        ("Dal nostro inviato Ann Lee", "it"),
        ("Dalla nostra corrispondente Ann Lee", "it"),
        ("De nuestro corresponsal Ann Lee", "es"),
        ("Da nossa correspondente Ann Lee", "pt"),
        ("Van onze correspondent Ann Lee", "nl"),
        ("Från vår korrespondent Ann Lee", "sv"),
        ("От нашего корреспондента Ann Lee", "ru"),
    ],
)
def test_correspondents_are_named_in_many_words(text: str, language: str) -> None:
    assert split_byline(text, language) == ("Ann Lee",)
