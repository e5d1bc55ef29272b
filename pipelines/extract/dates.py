"""Texts to points in time: ISO 8601, numbers, and words in any language of the CLDR.

A time counts only with its zone. A text without one gives the day alone, because a time
that may be off by half a day is worse than none: `2019-05-22 17:36` is 2019-05-22, precision
day. Month names and the order of day and month come from Babel (Unicode CLDR).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from unicodedata import digit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import regex
from babel import Locale, UnknownLocaleError

from pipelines.extract.wordfiles import table_of

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Newspapers are on the Web since 1994 and 1995; what claims to be older is the default of some
software (1970, 0001) or the day of an event. Archives put online later carry older dates in
their text, not in their pages' metadata; a site's own beginning is not known to a page."""
FUTURE_TOLERANCE = timedelta(days=1)
"""A date may lie ahead of the fetch by a day: zones, and clocks that are wrong."""
_BUDDHIST_ERA = 543
"""Years by which the calendar of Thailand is ahead."""
_FIRST_BUDDHIST_YEAR = 2500
_REGIONAL_MONTHS = {"ar": ("ar_MA", "ar_TN", "ar_LB"), "de": ("de_AT",), "sr": ("sr_Latn",)}
"""Locales of the CLDR that name the months in another way than the language's own: Jänner."""
_MAX_CHARS = 120
"""Longer texts are prose, in which a date means anything."""

_ISO = regex.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}|(?<!\d)(?:19|20)\d{6}(?!\d))"
    r"(?:[T ]\s?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    regex.IGNORECASE,
)
_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")
"""Decimal digits of other scripts: ٢٠٢٤ is 2024."""
_BASIC_ISO = regex.compile(r"((?:19|20)\d{6})T(\d{2})(\d{2})(\d{2})?(?=Z|[+-]|$)")
"""`20240501T100000Z`"""
_UNIX = regex.compile(r"(?:/Date\()?(\d{10})(?:\d{3})?(?:[+-]\d{4})?(?:\)/)?")
"""Seconds or milliseconds since 1970; `/Date(…)/` as ASP.NET writes it."""
_CJK = regex.compile(
    r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号]?"
)
_YEAR_FIRST = regex.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)([-/.])\s?(?P<m>\d\d?)\2\s?(?P<d>\d\d?)(?!\d)"
)
_YEAR_LAST = regex.compile(
    r"(?<![\d.])(?P<a>\d\d?)\s?([-/.|])\s?(?P<b>\d\d?)\s?\2\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d.]*\d)"
)
_TIME = regex.compile(
    r"(?<![\d:])(?P<h>\d{1,2})(?:\s*[:.hu]\s*(?P<min>\d{2})(?::(?P<s>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|\s*(?P<half2>[ap]\.?\s?m\b\.?))",
    regex.IGNORECASE,
)
_ENDS_IN_NAME = regex.compile(r"(?<!\p{L})\p{Lu}\p{Ll}+\s*$")
_SURNAME_ENDS = regex.compile(r"\s*(?:$|(?:und|and|y|et|e|en|i)\s)")
_NAME_BEGINS = regex.compile(
    r"(?:^|[,;|&]|\b(?:by|von|par|por|door|av|af|di|und|and|y|et|e|en|i))\s*$", regex.IGNORECASE
)
_NAME_GOES_ON = regex.compile(r"\s*\p{Lu}\p{Ll}")
_SURNAME_FOLLOWS = regex.compile(
    r"\s+(?!(?:By|Von|Par|Por|Door|Av|Af|Di|At|Um)\b)\p{Lu}\p{Ll}[\p{L}'’-]*(?!\p{L}|\.?\s*\d)"
)
"""In "Sunday Adeyemi", not in "Monday By Ann Lee" nor in "Monday May 3"."""
_ABBREVIATION = 3
"""Letters of the short names of weekdays, which are given names elsewhere ("Thu", "Sol")."""
_TIME_AND_ZONE = regex.compile(
    _TIME.pattern
    + r"(?:\s*Uhr\b|\s*(?:Eastern|Central|Mountain|Pacific)(?: Standard| Daylight)? Time\b)?"
    + r"(?:\s*\(?(?P<name>(?-i:\p{Lu}{2,5}))\b\)?)?",
    regex.IGNORECASE,
)
_HALF = regex.compile(r"\s*[ap]\.?\s?m\b", regex.IGNORECASE)
_OFFSET = regex.compile(
    r"\s*(?:\(?(?:GMT|UTC)\s*)?(?P<sign>[+\-−])\s*(?P<h>\d{1,2}):?(?P<min>\d{2})?\b"
)
_REGION = regex.compile(r"\s*[\[(]?(?P<name>\p{Lu}\p{Ll}+/\p{Lu}[\p{L}_/]+)")
"""`Europe/Berlin`"""
_ZONE_NAME = regex.compile(
    r"[\s(,]*(?:Uhr\s*)?(?P<name>\p{Lu}{1,5}|Eastern|Central|Mountain|Pacific)\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a page states it."""

    at: datetime
    """UTC. With the precision `day`: the start of the stated day."""
    precision: str
    """second, minute or day."""
    raw: str
    wall: datetime
    """What the text says, without zone; equal wall clocks tell that two texts are one date."""


def parse_moment(
    text: str, language: str | None = None, country: str | None = None
) -> Moment | None:
    """The first complete date in a short text, with its time where the zone is stated.

    `language` (BCP 47) gives month names and the order of `3/4/2019`; `country` (ISO 3166)
    decides between zones of the same name.

    >>> parse_moment("May 22, 2019 5:36 p.m. EDT", "en").at.isoformat()
    '2019-05-22T21:36:00+00:00'
    >>> parse_moment("22. Mai 2019 um 17:36 Uhr", "de").precision
    'day'
    """
    raw = " ".join(text.split())
    if not raw or len(raw) > _MAX_CHARS:
        return None
    text = with_latin_digits(raw)
    try:
        found = _parse_unix(text) or _parse_iso(text) or _parse_words(text, language, country)
    except (ValueError, OverflowError):
        return None
    return replace(found, raw=raw) if found else None


def with_latin_digits(text: str) -> str:
    """The text with digits of other scripts as Latin ones, each in its place.

    >>> with_latin_digits("٣٠ 10")
    '30 10'
    """
    if text.isascii():
        return text
    return _DIGIT.sub(lambda match: str(digit(match[0], match[0])), text)


def _parse_unix(text: str) -> Moment | None:
    if not (match := _UNIX.fullmatch(text)):
        return None
    at = datetime.fromtimestamp(int(match[1]), UTC)
    return Moment(at, "second", text, at.replace(tzinfo=None))


def _parse_iso(text: str) -> Moment | None:
    """ISO 8601, also with a blank before the zone and with one-digit hours."""
    match = _ISO.match(_BASIC_ISO.sub(_extended, text))
    if not match:
        return None
    day = datetime.fromisoformat(match["date"])
    if match["time"] and _HALF.match(text, match.end()):
        return None
    if not match["time"]:
        return None if _TIME.search(text, match.end()) else _day(day, text)
    hour, minute, *second = map(int, match["time"].split(":"))
    wall = day.replace(hour=hour, minute=minute, second=second[0] if second else 0)
    zone = _offset(match["zone"]) if match["zone"] else _zone(text[match.end() :], wall, None)
    return _moment(wall, zone, "second" if second else "minute", text)


def _extended(basic: regex.Match[str]) -> str:
    return f"{basic[1]}T{basic[2]}:{basic[3]}:{basic[4] or '00'}"


def _day(day: datetime, raw: str, wall: datetime | None = None) -> Moment:
    return Moment(day.replace(hour=0, minute=0, second=0, tzinfo=UTC), "day", raw, wall or day)


def _moment(wall: datetime, zone: tzinfo | None, precision: str, raw: str) -> Moment:
    # Midnight to the second is how software writes a day that has no time.
    if zone is None or wall.time() == time.min:
        return _day(wall, raw, wall)
    return Moment(wall.replace(tzinfo=zone).astimezone(UTC), precision, raw, wall)


def _offset(text: str) -> tzinfo:
    if text.upper() == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _parse_words(text: str, language: str | None, country: str | None) -> Moment | None:
    found = _find_day(text, language, country)
    if not found:
        return None
    day, start, end = found
    rest = f"{text[:start]} | {text[end:]}"
    clock = _TIME.search(rest, start) or _TIME.search(rest)
    if not clock:
        return _day(day, text)
    wall = _at_time(day, clock)
    zone = _zone(rest[clock.end() :], wall, country)
    return _moment(wall, zone, "second" if clock["s"] else "minute", text)


def _at_time(day: datetime, clock: regex.Match[str]) -> datetime:
    hour, half = int(clock["h"]), (clock["half"] or clock["half2"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return day.replace(hour=hour, minute=int(clock["min"] or 0), second=int(clock["s"] or 0))


def _zone(text: str, wall: datetime, country: str | None) -> tzinfo | None:
    """The zone that stands at the start of `text`, an offset or a name."""
    if offset := _OFFSET.match(text):
        minutes = int(offset["h"]) * 60 + int(offset["min"] or 0)
        return timezone(timedelta(minutes=minutes if offset["sign"] == "+" else -minutes))
    if region := _REGION.match(text):
        return _region_zone(region["name"])
    if not (named := _ZONE_NAME.match(text)):
        return None
    known = _zones().get(named["name"].upper())
    if isinstance(known, dict):
        known = known.get(country or "", known[""])
    if isinstance(known, str):
        return _region_zone(known)
    return None if known is None else timezone(timedelta(minutes=known))


def _region_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=1)
def _zones() -> dict[str, int | str | dict[str, int]]:
    """Zone names to minutes east of UTC, to regions, or to minutes by country."""
    zones: dict[str, int | str | dict[str, int]] = table_of("names/zones.json")
    return zones


def _find_day(
    text: str, language: str | None, country: str | None
) -> tuple[datetime, int, int] | None:
    """The first complete date of a text, and where it begins and ends."""
    for pattern in (_CJK, _YEAR_FIRST):
        if match := pattern.search(text):
            return _on(int(match["y"]), int(match["m"]), int(match["d"])), *match.span()
    if match := _YEAR_LAST.search(text):
        return _numeric_day(match, language, country), *match.span()
    return _named_day(text, language)


def _numeric_day(match: regex.Match[str], language: str | None, country: str | None) -> datetime:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if second > 12 or (first <= 12 and match[2] == "/" and _month_first(language, country)):
        first, second = second, first
    return _on(year, second, first)


@lru_cache(maxsize=256)
def _month_first(language: str | None, country: str | None) -> bool:
    """True where the short date of the CLDR has the month before the day."""
    locale = _locale(language, country)
    if locale is None:
        return False
    short = locale.date_formats["short"].pattern
    return bool(short.find("M") < short.find("d"))


@lru_cache(maxsize=256)
def _locale(language: str | None, country: str | None = None) -> Locale | None:
    name = (language or "en").replace("-", "_")
    tries = (f"{name}_{country}" if country and "_" not in name else name, name, name[:2])
    for attempt in tries:
        try:
            return Locale.parse(attempt)
        except (UnknownLocaleError, ValueError):
            continue
    return None


_YEAR = r"(?:19|20|25)\d\d"
_ANY_YEAR = regex.compile(rf"{_YEAR}|['’]\d\d")
"""What every date with a named month holds: looked for before the names of twelve months."""


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[regex.Pattern[str], dict[str, int]]:
    """A pattern for the month names of a language and of English, and their numbers."""
    numbers: dict[str, int] = {}
    names_of = ("en", language, *_REGIONAL_MONTHS.get(language, ()))
    for locale in filter(None, map(_locale, names_of)):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    numbers[name.lower().rstrip(".")] = number
                    if width == "wide" and len(name) > 4:
                        numbers.setdefault(name.lower()[:3], number)
    numbers |= {"sept": 9} | _other_spellings().get(language, {})
    numbers |= {_month_key(name): number for name, number in numbers.items()}
    names = sorted((n for n in numbers if not n.isdigit()), key=len, reverse=True)
    name = "|".join(map(regex.escape, names))
    pattern = regex.compile(
        rf"(?<![\p{{L}}])(?:(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|ème|º|ª|\.)?[\s\-/,.]*(?:of\s|de\s|d['’]\s?|del\s|ב)?(?P<m>{name})\b"
        rf"|(?P<m>{name})\b\.?[\s\-/,]*(?P<d>\d\d?)(?:st|nd|rd|th)?(?![\d:]))"
        rf"[\s\-/,.]*(?:de\s|del\s|năm\s)?(?P<y>{_YEAR}|['’]\d\d)(?!\d)"
        rf"|(?<!\d)(?P<y>{_YEAR})[\s.\-/]*(?:m\.|gada)?\s*"
        rf"(?:(?P<m>{name})\b\.?[\s\-/]*(?P<d>\d\d?)|(?P<d>\d\d?)\.?\s*(?P<m>{name})\b)(?![\d:])",
        regex.IGNORECASE,
    )
    return pattern, numbers


def _month_key(name: str) -> str:
    """The one form of all spellings that a pattern without case takes for the same name.

    To it the four letters i of Turkish are pairs: of `i`, `I`, `İ`, and of `ı`, `I`.

    >>> _month_key("ARALIK") == _month_key("Aralık"), _month_key("APRİL")
    (True, 'april')
    """
    return name.casefold().replace("\u0307", "").replace("ı", "i")


@lru_cache(maxsize=1)
def _other_spellings() -> dict[str, dict[str, int]]:
    """Language -> names of months that newspapers write and the CLDR does not hold."""
    spellings: dict[str, dict[str, int]] = table_of("names/months.json")
    return spellings


def _on(year: int, month: int, day: int) -> datetime:
    """A day on the page's own calendar, without zone."""
    return datetime.combine(date(year, month, day), time.min)


def _named_day(text: str, language: str | None) -> tuple[datetime, int, int] | None:
    """`22 May 2019`, `May 22nd, 2019`, `22 de mayo de 2019`, `2019. május 22.`, `22 พ.ค. 2562`."""
    if not _ANY_YEAR.search(text):
        return None
    pattern, numbers = _months((language or "en").split("-")[0].lower())
    if not (match := pattern.search(text)):
        return None
    year = int(match["y"].strip("'’"))
    if year < 100:
        year += 2000
    elif year >= _FIRST_BUDDHIST_YEAR:
        year -= _BUDDHIST_ERA
    return _on(year, numbers[_month_key(match["m"])], int(match["d"])), *match.span()


def without_dates(text: str, language: str | None) -> str:
    """The text with a bar in place of its dates and times.

    >>> without_dates("Ann Lee, May 3, 2019 at 10:15 am IST", "en")
    'Ann Lee, | at |'
    >>> without_dates("May 3, 2019 09:00 AM Eastern Standard Time", "en")
    '| |'
    """
    text = with_latin_digits(text)
    try:
        found = _find_day(text, language, None)
    except ValueError:
        found = None
    if found:
        text = f"{text[: found[1]]}|{text[found[2] :]}"
    text = _weekdays((language or "en").split("-")[0].lower()).sub(_bar_of_weekday, text)
    return _TIME_AND_ZONE.sub(_bar, text) if found else text


def _bar_of_weekday(day: regex.Match[str]) -> str:
    """A bar for the name of a weekday; in a name it is part of it ("Jonas Freitag")."""
    before, behind = day.string[: day.start()], day.string[day.end() :]
    if _SURNAME_FOLLOWS.match(behind) and _NAME_BEGINS.search(before):
        return day[0]
    is_short = len(day[0].strip()) <= _ABBREVIATION
    goes_on = (_NAME_GOES_ON if is_short else _SURNAME_ENDS).match(behind)
    return day[0] if goes_on and _ENDS_IN_NAME.search(before) else "|"


def _bar(clock: regex.Match[str]) -> str:
    """A bar for a time and the zone behind it; other words in capitals stay."""
    named = clock["name"] or ""
    return "|" if not named or named in _zones() else f"| {named}"


def holds_date(text: str, language: str | None) -> bool:
    """True for a text with a complete date; a weekday alone is none.

    >>> holds_date("Berlin, 22. Mai 2019", "de"), holds_date("Mon Dieu", "fr")
    (True, False)
    """
    try:
        return _find_day(with_latin_digits(text), language, None) is not None
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _weekdays(language: str) -> regex.Pattern[str]:
    names: set[str] = set()
    for locale in filter(None, (_locale("en"), _locale(language))):
        for width in ("wide", "abbreviated"):
            names.update(locale.days["format"][width].values())
    name = "|".join(sorted(map(regex.escape, names), key=len, reverse=True))
    return regex.compile(rf"\b(?:{name})\b\.?")


def is_plausible(moment: Moment, fetched_at: datetime) -> bool:
    """True for what lies between the beginnings of the Web and the fetch."""
    return EARLIEST <= moment.at <= fetched_at + FUTURE_TOLERANCE
