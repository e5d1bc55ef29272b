"""What a line says of the dates in it: published then, changed then, or something happened then.

```
Updated 21 November 2026 10:00 GMT. First published 19 November 2026 08:00 GMT
[----------- change -------------]  [------------ publication ---------------]
```
"""

from functools import cache, lru_cache

import regex

from pipelines.extract.dates import holds_date, without_dates
from pipelines.extract.prose import ends_as_sentence
from pipelines.extract.vocabulary import all_openings, is_agency
from pipelines.extract.wordfiles import lines_of

_MAX_LINK_CHARS = 6
"""Characters between the label and the time: "updated on", "mis à jour le"."""
_MAX_BESIDE_DATE = 60
"""Characters beside the date in a line that gives the date of the story: a byline, a place."""
_SENTENCE_WORDS = 3
"""Words beside the date from which on a line with a full stop is a sentence: "It fell on …"."""
_COMMON_WORDS = 2
"""Words without a capital, beside the date, from which on a line is a headline or a sentence."""
_COLUMN = regex.compile(r"[|·•‧∙—–]|\s[-/]\s|\n")
"""What parts the columns of a line, such as the date from the time that reading takes."""
_WORD = regex.compile(r"\p{L}[\p{L}'’]*")
_COMMON_WORD = regex.compile(r"(?<![\p{L}\d@.])\p{Ll}{3,}(?![\p{L}@])")
_NO_WORD = regex.compile(r"\S*[/@]\S+|[:：]\s?\p{Ll}+")
"""Addresses, and what follows a label: a name in small letters."""
_DATELINE_CHARS = 110
"""Characters of a paragraph within which its dateline ends."""
_DASH = regex.compile(r"--+|[–—―]|[\s.]-\s")
"""What parts the dateline from the text."""
_SIGNED = regex.compile(r"[(\[][^()\[\]]{2,40}[)\]]|/[^()\[\]/]{2,40}/")
"""An agency in a dateline: (dpa), (dpa/lsw), /PRNewswire/."""
_AROUND_NAME = "()[]/|,. "
_MAX_PLACE_WORDS = 6
_PARTICLE = 3
"""Letters of the words without a capital in the name of a place: "am", "de"."""
_WITHOUT_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
_AFTER_TIME = regex.compile(r"[\d日号일時时分시분](?:\s?[a-z]{2,4})?[\s).]*$")
"""The end of a date or of a time with its zone, in lower case."""


def publication_in(text: str) -> str:
    """The part of a line that states the publication: all that tells no change.

    >>> publication_in("Updated 21 May 2026 10:00 GMT. First published 19 May 2026")
    'First published 19 May 2026'
    >>> publication_in("3 May 2026 (updated 5 May 2026)"), publication_in("Last updated 3 May 2026")
    ('3 May 2026 (', '')
    """
    spans = _changes(text)
    if not spans:
        return text
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    kept = (text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
    return " | ".join(filter(None, kept))


def change_in(text: str) -> str:
    """The part of a line that states a change; "" where none does.

    >>> change_in("Veröffentlicht: 3. Mai 2026 | Aktualisiert: 5. Mai 2026")
    'Aktualisiert: 5. Mai 2026'
    >>> change_in("2026年5月1日公開 2026年5月2日更新"), change_in("Published 3 May 2026")
    ('2026年5月2日更新', '')
    """
    spans = _changes(text)
    return text[slice(*spans[-1])].strip() if spans else ""


def ends_with_change_label(text: str) -> bool:
    """True for what stands before the time of a change.

    >>> ends_with_change_label("Last updated on"), ends_with_change_label("Updated. Published")
    (True, False)
    """
    folded = text.lower().rstrip(" :：-–.")
    labels = list(_labels("updated").finditer(folded))
    return (
        bool(labels)
        and len(folded) - labels[-1].end() <= _MAX_LINK_CHARS
        and not publication_in(text)
    )


def dates_the_story(text: str, language: str | None) -> bool:
    """True for a line that gives the date of its story, False for a sentence that holds a date.

    >>> dates_the_story("Schengen, 3. Juli 2018", "de")
    True
    >>> dates_the_story("This entry was posted on 3 May 2019 and is filed under Arts.", "en")
    True
    >>> dates_the_story("The ceremony is on 14 March 2026 at the quay.", "en")
    False
    """
    if speaks_of_itself(text):
        return True
    column = next((part for part in _COLUMN.split(text) if holds_date(part, language)), text)
    rest = without_dates(column, language)
    if rest == column or len(without_dates(text, language)) > _MAX_BESIDE_DATE:
        return False
    return not is_sentence(column, rest)


def is_sentence(text: str, rest: str) -> bool:
    """True where the words beside a date (`rest`) make a sentence of it, or a headline.

    >>> is_sentence("On 3 May 2019 the wall fell.", "On | the wall fell.")
    True
    >>> is_sentence("Published on 3 May 2019 by Ann Lee.", "Published on | by Ann Lee.")
    False
    """
    opening = text.lstrip(" -–—|•·»([").lower()
    if any(_labels(kind).match(opening) for kind in ("published", "updated")):
        return False
    if ends_as_sentence(text) and len(_WORD.findall(rest)) >= _SENTENCE_WORDS:
        return True
    common = set(_COMMON_WORD.findall(_NO_WORD.sub(" ", rest))) - _known_words()
    return len(common) >= _COMMON_WORDS


def dateline_of(text: str, language: str | None) -> str:
    """The place, the day and the agency with which the first paragraph of a story opens, else "".

    A place and a day alone may open a tale of that day: without an agency, the place is in
    capitals, as newspapers write datelines.

    >>> dateline_of("PORT HAVEN, May 3, 2019 (AP) — The wall fell on Friday.", "en")
    'PORT HAVEN, May 3, 2019 (AP)'
    >>> dateline_of("Berlin, 3. Mai 2019 (dpa) – Die Mauer fiel am Freitag.", "de")
    'Berlin, 3. Mai 2019 (dpa)'
    >>> dateline_of("In Port Haven the wall fell on May 3, 2019 — for ever.", "en")
    ''
    """
    opening = text[:_DATELINE_CHARS]
    heads = (opening[: dash.start()].strip(" .,:") for dash in _DASH.finditer(opening))
    head = next((head for head in heads if holds_date(head, language)), "")
    return head if head and not change_in(head) and _is_dateline(head, language) else ""


def _is_dateline(head: str, language: str | None) -> bool:
    """True for the day of a place that an agency signs, or that stands in capitals."""
    undated = without_dates(head, language)
    before, _, behind = _SIGNED.sub(" ", undated).partition("|")
    names, rest = _WORD.findall(before), _WORD.findall(behind)
    if not names:  # the day comes first
        names, rest = rest, []
    if not _is_place(names) or any(len(word) > _PARTICLE for word in rest):
        return False
    is_apart = _DASH.split(before)[-1].strip()[-1:] in ("", ",", ".")
    marks = _SIGNED.finditer(undated)
    signed = [(mark[0].strip(_AROUND_NAME), mark.end() == len(undated)) for mark in marks]
    if any(is_agency(name.partition("/")[0]) for name, _ in signed):
        return is_apart or (_DASH.search(before) is None and not names[-1][0].islower())
    if any(name and is_last and not name[0].islower() for name, is_last in signed):
        return is_apart
    return is_apart and before.isupper() and not head.removeprefix(before).isupper()


def _is_place(names: list[str]) -> bool:
    """True for the words of a place: `Frankfurt am Main`, `Rio de Janeiro`."""
    if not 0 < len(names) <= _MAX_PLACE_WORDS or names[0][0].islower():
        return False
    return all(not name[0].islower() or len(name) <= _PARTICLE for name in names)


def speaks_of_itself(text: str) -> bool:
    """True for a line that speaks of the story as a whole.

    >>> speaks_of_itself("This entry was posted on 3 May"), speaks_of_itself("The entry is free")
    (True, False)
    """
    return _own_story().match(text) is not None


def tells_publication(text: str) -> bool:
    """True for a line with a word for its publication ("Mise en ligne", "posted on").

    >>> tells_publication("Mise en ligne : 23 mai 2019"), tells_publication("23 mai 2019")
    (True, False)
    """
    return _labels("published").search(text.lower()) is not None


@lru_cache(maxsize=2048)  # asked several times about the lines of one page
def _changes(text: str) -> list[tuple[int, int]]:
    """Where the statements of a change begin and end.

    A label stands before its time; behind it where it follows a date and no time follows it.
    """
    folded = text.lower()
    if len(folded) != len(text):  # İ has a lower case of two characters
        folded = text
    labels = list(_labels("updated").finditer(folded))
    if not labels:
        return []
    others = list(_labels("published").finditer(folded))
    every = sorted((*labels, *others), key=lambda label: label.start())
    if _follow_their_times(folded, every):
        ends = [0, *(label.end() for label in every)]
        return [(max(e for e in ends if e <= lb.start()), lb.end()) for lb in labels]
    spans: list[tuple[int, int]] = []
    for label in labels:
        starts = (other.start() for other in others if other.start() >= label.end())
        if not spans or label.start() >= spans[-1][1]:
            spans.append((label.start(), min(starts, default=len(text))))
    return spans


def _follow_their_times(text: str, labels: list[regex.Match[str]]) -> bool:
    """True for "2026年5月2日 10:00 更新", False for "3 May 2026, updated 10:15"."""
    behind = text[labels[-1].end() :]
    is_last = not any(char.isdigit() for char in behind)
    return is_last and _AFTER_TIME.search(text[: labels[0].start()]) is not None


@cache
def _labels(kind: str) -> regex.Pattern[str]:
    """A pattern for the labels of one kind, in lower case, whatever ending they take."""
    lines = sorted(lines_of(f"names/{kind}.txt"), key=len, reverse=True)
    is_dense = {line: bool(regex.match(rf"[{_WITHOUT_SPACES}]", line)) for line in lines}
    whole = [regex.escape(line) for line in lines if is_dense[line]]
    bound = [regex.escape(line) for line in lines if not is_dense[line]]
    return regex.compile(
        rf"{'|'.join(whole)}|(?<!\p{{L}})(?:{'|'.join(bound)})\p{{L}}{{0,3}}(?!\p{{L}}| by\b)"
    )


@cache
def _own_story() -> regex.Pattern[str]:
    phrases = "|".join(map(regex.escape, lines_of("names/this_story.txt")))
    return regex.compile(rf"\W*(?:{phrases})", regex.IGNORECASE)


@cache
def _known_words() -> frozenset[str]:
    """Words without a capital that bylines and lines of dates hold, in any language."""
    lists = ("names/published.txt", "names/updated.txt", "names/date_words.txt")
    return frozenset(word for name in lists for line in lines_of(name) for word in line.split()) | {
        word for phrase in all_openings() for word in phrase.split()
    }
