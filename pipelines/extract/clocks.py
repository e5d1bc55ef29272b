"""Times of day as the entries of live blogs show them, in any language and script.

    14:05   2.05pm   14h05   14.05 Uhr   下午2:05   14時05分   ١٤:٠٥   90'+3 (a minute of a match)

The words beside the digits are data: `clock` and `clock_at` in words/*.toml.
"""

from functools import cache

import regex

from pipelines.extract.dates import holds_date, with_latin_digits, without_dates
from pipelines.extract.wordfiles import choice_of, lines_of, listed
from pipelines.text import text_key

_HOUR = r"(?:[01]?\d|2[0-4])"
_DIGITS = (
    rf"(?:{_HOUR}\s?[:.h]\s?[0-5]\d(?:[:.][0-5]\d)?(?![\d%]|['’]\w)"
    rf"|{_HOUR}\s?[時时시]\s?(?:[0-5]?\d\s?[分분])?"
    rf"|{_HOUR}(?=\s?[ap]\.?m\b)"
    rf"|{_HOUR}\s?h(?=\s*(?:[-–—:|]|$)))"
)
"""Hours and minutes; hours alone where what follows leaves no doubt that they are some."""
_HALF = r"[ap]\.?m\b\.?(?:\s(?-i:ET|PT|CT|MT)\b)?"
_ZONE = r"(?-i:[A-Z]{2,4}T|UTC|MEZ|MESZ|MSK|WIB|WITA)\b"
_MINUTE_OF_A_MATCH = r"\d{1,3}\s?(?:\+\s?\d{1,2}\s?)?['’′](?:\s?\+\s?\d{1,2}['’′]?)?(?![\w'’′])"
_BEHIND = r"[\s\-–—:|·•.,：，、】\])]*"
"""What stands between a time and the text that it opens."""
MAX_STAMP = 60
"""Weight of a line that is nothing but a time, with its zone, date or "updated"."""
_MAX_BESIDE = 4
"""Letters beside a date and a time in a line that is nothing else: "at", "um"."""


def part_time(text: str, *, is_heading: bool = False) -> tuple[str, str]:
    """The time that opens a text, as the text shows it, and what follows; no time where none does.

    A sentence may begin with "At 16:40": a mark must part such a time from it, but in a heading.

    >>> part_time("16.40 Uhr: Der Rat tagt."), part_time("【下午4:40】董事會開會")
    (('16.40 Uhr', 'Der Rat tagt.'), ('下午4:40', '董事會開會'))
    >>> part_time("Kl. 16.40: Rådet møtes."), part_time("At 16:40 the board met.")
    (('Kl. 16.40', 'Rådet møtes.'), ('', 'At 16:40 the board met.'))
    """
    led = _leading(is_heading).match(with_latin_digits(text))
    return (text[slice(*led.span("time"))].strip(), text[led.end() :]) if led else ("", text)


def time_in(text: str) -> str:
    """The first time that a text holds; "" where it holds none.

    >>> time_in("Updated at 16:40 GMT")
    '16:40 GMT'
    """
    found = _clock().search(with_latin_digits(text))
    return text[slice(*found.span())].strip() if found else ""


def is_stamp(text: str) -> bool:
    """True for a time with its date, or with "updated" beside it, and nothing else.

    >>> is_stamp("30.10.2026, 16:40 Uhr"), is_stamp("Last updated at 4.40pm")
    (True, True)
    >>> is_stamp("Polls close at 16:00"), is_stamp("The board meets on 30.10.2026, 16:40")
    (False, False)
    """
    if len(text) > MAX_STAMP or not (time := time_in(text)):
        return False
    rest = text_key(without_dates(text.replace(time, ""), None))
    opened = [word for word in _date_words() if rest.startswith(word)]
    if not opened and not holds_date(text, None):
        return False
    return len(rest) - max(map(len, opened), default=0) <= _MAX_BESIDE


@cache
def _date_words() -> frozenset[str]:
    """What opens the time of a publication or a change, in letters alone."""
    lists = ("names/published.txt", "names/updated.txt")
    return frozenset(text_key(word) for name in lists for word in lines_of(name))


@cache
def _clock() -> regex.Pattern[str]:
    before, after = _words_beside()
    return regex.compile(
        rf"(?<![\d:.])(?:(?<!\w)(?:{before})\s?)?{_DIGITS}(?:\s?(?:{_HALF}|(?:{after})(?!\w)))?"
        rf"(?:\s{_ZONE})?",
        regex.IGNORECASE,
    )


@cache
def _leading(is_heading: bool) -> regex.Pattern[str]:
    at = rf"(?:{choice_of(listed('clock_at'))})\s{_clock().pattern}"
    parted = "" if is_heading else r"(?=\s*(?:[-–—:|·•：]|$))"
    return regex.compile(
        rf"^\W{{0,3}}(?P<time>{_clock().pattern}|{_MINUTE_OF_A_MATCH}|{at}{parted}){_BEHIND}",
        regex.IGNORECASE,
    )


def _words_beside() -> tuple[str, str]:
    """Patterns of the words that belong to a time: before it, and behind it."""
    parted = [phrase.partition("*") for phrase in listed("clock")]
    before, after = ({parts[at].strip() for parts in parted if parts[at].strip()} for at in (0, 2))
    return choice_of(before), choice_of(after)
