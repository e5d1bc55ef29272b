"""Texts to points in time: zones, precisions, languages, and what is no date."""

from datetime import UTC, datetime

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.datelines import dateline_of
from pipelines.extract.dates import is_plausible, parse_moment, without_dates


def at(text: str, language: str | None = None, country: str | None = None) -> str | None:
    moment = parse_moment(text, language, country)
    return f"{moment.at:%Y-%m-%d %H:%M:%S} {moment.precision}" if moment else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-05-22T17:36:26-08:00", "2019-05-23 01:36:26 second"),
        ("2019-05-22T17:36:26.123Z", "2019-05-22 17:36:26 second"),
        ("2018-02-27T04:17-0500", "2018-02-27 09:17:00 minute"),
        ("2019-06-11 19:13:06 +0200", "2019-06-11 17:13:06 second"),
        ("Wed, 20 Dec 2018 10:00:00 GMT", "2018-12-20 10:00:00 second"),
        ("1545336711", "2018-12-20 20:11:51 second"),
        ("1545336711000", "2018-12-20 20:11:51 second"),
        ("20181220", "2018-12-20 00:00:00 day"),
        ("20181220T101500Z", "2018-12-20 10:15:00 second"),
        ("/Date(1545336711000)/", "2018-12-20 20:11:51 second"),
        ("2018-12-20T10:15:00 Europe/Berlin", "2018-12-20 09:15:00 second"),
        ("2018-12-20 02:00 PM ET", "2018-12-20 19:00:00 minute"),
        ("Thu Dec 20 2018 10:15:00 GMT+0100 (CET)", "2018-12-20 09:15:00 second"),
    ],
)
def test_machine_readable_times_are_read_with_their_zone(text: str, expected: str) -> None:
    assert at(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("May 22, 2019 5:36 p.m. EDT", "en", "2019-05-22 21:36:00 minute"),
        ("Published 8:57 AM ET Thu, Dec. 20, 2018", "en", "2018-12-20 13:57:00 minute"),
        ("22 July 2018, 12:05 am BST", "en-GB", "2018-07-21 23:05:00 minute"),
        ("22. Mai 2019, 17:36 Uhr MESZ", "de", "2019-05-22 15:36:00 minute"),
        ("3 июня 2011 г., 14:05 МСК", "ru", "2011-06-03 11:05:00 minute"),
        ("11 Nov 2020 06:15 (UTC+8)", "en", "2020-11-10 22:15:00 minute"),
    ],
)
def test_zone_names_and_offsets_in_prose_are_obeyed(
    text: str, language: str, expected: str
) -> None:
    assert at(text, language) == expected


@pytest.mark.parametrize(
    ("country", "expected"),
    [(None, "2012-01-10 18:00:00 minute"), ("CN", "2012-01-10 04:00:00 minute")],
)
def test_country_decides_between_zones_of_one_name(country: str | None, expected: str) -> None:
    assert at("Jan 10, 2012 12:00 CST", "en", country) == expected


@pytest.mark.parametrize(
    "text", ["2019-05-22 17:36:26", "May 22, 2019 5:36 pm", "22.05.2019 17:36"]
)
def test_time_without_zone_gives_the_day_alone(text: str) -> None:
    assert at(text, "en") == "2019-05-22 00:00:00 day"


def test_midnight_to_the_second_is_a_day() -> None:
    assert at("2007-12-11T00:00:00-05:00") == "2007-12-11 00:00:00 day"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 de junio de 2011", "es"),
        ("3 juin 2011 à 14h30", "fr"),
        ("Freitag, 3. Juni 2011", "de"),
        ("3 giugno 2011", "it"),
        ("3 de junho de 2011 às 10:15", "pt"),
        ("3 czerwca 2011", "pl"),
        ("3 июня 2011 года", "ru"),
        ("Παρασκευή 3 Ιουνίου 2011", "el"),
        ("2011年6月3日 14:20", "zh"),
        ("2011년 6월 3일", "ko"),
        ("Pią, 2011-06-03 14:20", "pl"),
        ("03.06.11, 12:30", "de"),
        ("June 3rd, 2011", "en"),
        ("3 Jun '11", "en"),
        ("2011. június 3. 10:00", "hu"),
        ("2011 m. birželio 3 d.", "lt"),
        ("3 มิถุนายน 2554", "th"),
        ("٣ يونيو ٢٠١١", "ar"),
        ("3 ביוני 2011", "he"),
        ("3 يونيه 2011", "ar"),
        ("الجمعة 03 جوان 2011", "ar"),
        ("3 حزيران 2011", "ar"),
        ("ngày 3 tháng 6 năm 2011", "vi"),
        ("3 Tháng Sáu, 2011", "vi"),
    ],
)
def test_days_are_read_in_many_languages(text: str, language: str) -> None:
    assert at(text, language) == "2011-06-03 00:00:00 day"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en-US", "2011-03-06"), ("en-GB", "2011-06-03"), ("fr", "2011-06-03")],
)
def test_order_of_day_and_month_follows_the_locale(language: str, expected: str) -> None:
    assert (at("3/6/2011", language) or "").startswith(expected)


def test_impossible_month_turns_the_order() -> None:
    assert at("13/6/2011", "en-US") == at("6/13/2011", "en-GB") == "2011-06-13 00:00:00 day"


@pytest.mark.parametrize(
    "text", ["", "April 2019", "yesterday", "5 min read", "31.02.2019", "v2.10.2019.4", "x" * 500]
)
def test_what_is_no_complete_date_gives_none(text: str) -> None:
    assert at(text, "en") is None


@pytest.mark.parametrize(
    ("text", "plausible"),
    [
        ("2026-05-01T12:00:00Z", True),
        ("2026-05-02T11:00:00Z", True),
        ("2026-05-03", False),
        ("1970-01-01", False),
        ("0001-01-01T00:00:00Z", False),
    ],
)
def test_future_and_prehistory_are_not_plausible(text: str, plausible: bool) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert is_plausible(moment, datetime(2026, 5, 1, 12, tzinfo=UTC)) is plausible


def test_dates_are_cut_out_of_bylines() -> None:
    assert without_dates("Ann Lee, Mon May 3, 2019 at 10:15 am", "en").count("2019") == 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Sunday Adeyemi", "Sunday Adeyemi"),
        ("Thu Tran, May 3, 2019", "Thu Tran, |"),
        ("Ann Lee and Friday Okon", "Ann Lee and Friday Okon"),
        ("Published Monday By Ann Lee", "Published | By Ann Lee"),
        ("Monday By Ann Lee", "| By Ann Lee"),
        ("Monday May 3", "| May 3"),
    ],
)
def test_name_of_a_weekday_is_cut_unless_somebody_bears_it(text: str, left: str) -> None:
    assert without_dates(text, "en") == left


def test_zone_behind_a_time_is_cut_with_it_and_a_place_is_not() -> None:
    assert without_dates("31 July 2024, 00:12 IST | Ann Lee", "en") == "|, | | Ann Lee"
    assert without_dates("31 July 2024, 00:12 PARIS", "en") == "|, | PARIS"


@pytest.mark.parametrize(
    ("text", "language", "month"),
    [("5. Jänner 2024", "de", 1), ("5 Agt 2024", "id", 8), ("5 Μαϊου 2024", "el", 5)],
)
def test_other_spellings_of_months_are_known(text: str, language: str, month: int) -> None:
    assert at(text, language) == f"2024-{month:02}-05 00:00:00 day"


@pytest.mark.parametrize("language", ["tr", "az", "de", "pl", "ru"])
def test_months_in_capitals_are_known_with_either_capital_i(language: str) -> None:
    for month, name in Locale.parse(language).months["format"]["wide"].items():
        dotted, dotless = name.upper().replace("I", "İ"), name.upper().replace("İ", "I")
        for shown in (name.upper(), dotted, dotless, name):
            assert at(f"12 {shown} 2024", language) == f"2024-{month:02}-12 00:00:00 day", shown


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    moment = parse_moment(text, "en")
    assert moment is None or moment.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("language", "dateline"),
    [
        ("en", "PORT HAVEN, May 3, 2019 (AP) —"),
        ("en", "PORT HAVEN, Ore., Friday, May 3, 2019 (Harbour Wire) --"),
        ("en", "Port Haven (AP), May 3, 2019 —"),
        ("en", "PORT HAVEN, Ore.--(BUSINESS WIRE)--May 3, 2019--"),
        ("en", "LONDON, 3 May 2019 /PRNewswire/ --"),
        ("en", "PORT HAVEN, May 3, 2019 —"),
        ("de", "Frankfurt am Main, 3. Mai 2019 (dpa/lhe) –"),
        ("de", "Berlin (dpa) - 3. Mai 2019 -"),
        ("de", "WIEN, 03.05.2019 –"),
        ("fr", "PARIS, 3 mai 2019 (AFP) -"),
        ("es", "Río de Janeiro, 3 de mayo de 2019 (EFE).-"),
        ("it", "(ANSA) - ROMA, 03 MAG 2019 -"),
        ("pt", "Lisboa, 03 mai 2019 (Lusa) –"),
        ("nl", "Amsterdam, 3 mei 2019 (ANP) -"),
        ("sv", "Stockholm, 3 maj 2019 (TT) –"),
        ("pl", "Warszawa, 03.05.2019 (PAP) -"),
        ("cs", "Praha 3. května 2019 (ČTK) -"),
        ("ru", "МОСКВА, 3 мая 2019 г. (РИА Новости) —"),
        ("tr", "ANKARA, 3 Mayıs 2019 (AA) -"),
        ("id", "Jakarta, 3 Mei 2019 (ANTARA) -"),
        ("ar", "القاهرة 3 مايو 2019 (رويترز) -"),
    ],
)
def test_dateline_gives_the_day(language: str, dateline: str) -> None:
    found = dateline_of(f"{dateline} The harbour wall fell on 1 May 2018 - at last.", language)
    assert at(found, language) == "2019-05-03 00:00:00 day"


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "On May 3, 2019 the wall fell — and nobody saw it."),
        ("en", "PORT HAVEN (AP) — On May 3, 2019 — a Friday — the wall fell."),
        ("en", "PORT HAVEN (AP) — On Friday, May 3, 2019 - as told - the wall fell."),
        ("en", "The wall fell in Port Haven, May 3, 2019, and — so they say — nobody saw it."),
        ("en", "New York, September 11, 2001 – The towers stood in the sun."),
        ("fr", "Springfield (Illinois), 3 mai 2019 – Le soleil se levait."),
        ("en", "The Harbour Act of May 3, 2019 (HA) — a law — has ended."),
        ("de", "Der Vertrag vom 3. Mai 2019 (VHS) – so heißt er – gilt."),
        ("de", "Am 3. Mai 2019 – einem Freitag – fiel die Mauer."),
        ("en", "UPDATED, May 3, 2019 — This story has a new headline."),
        ("en", "PARIS, NOVEMBER 13, 2015 — A NIGHT"),
        ("en", "PORT HAVEN (AP) — Ann Lee (born May 3, 1999) — a pilot — has landed."),
    ],
)
def test_day_of_an_event_in_an_opening_is_no_dateline(language: str, opening: str) -> None:
    assert dateline_of(opening, language) == ""
