"""Author lists: people and agencies, one each, from bylines in many languages.

A byline is taken apart from the outside in: the words that open it ("By", "Von"), its parts
("and", commas, bars), and for each part whether it is a name, a job, an agency or noise. A
name is known by its shape, not from a list. The words stand in `vocabulary`.
"""

from collections.abc import Iterator
from enum import Enum
from functools import cache

import regex

from pipelines.extract.dates import without_dates
from pipelines.extract.evidence import fold
from pipelines.extract.vocabulary import (
    CJK_NAME,
    LEGAL_FORM,
    Vocabulary,
    find_label,
    is_agency,
    is_cjk_medium,
    is_picture_word,
    is_territory,
    media_words,
    names_source,
    opens_with_label,
    other_credit_at,
    particles,
    surnames,
    vocabulary,
)
from pipelines.extract.wordfiles import lines_of, words_of

MAX_BYLINE_CHARS = 200
"""A longer text is prose about an author, not a byline."""
MAX_FIELD_CHARS = 600
"""A longer field of structured data is no list of names."""
MAX_AUTHORS = 20
_MAX_NAME_WORDS = 6
_MAX_ORGANIZATION_CHARS = 80
_MAX_DENSE_CHARS = 5
"""Characters of a person's name in a script without blanks; what is longer is mostly a medium."""

_BREAK = regex.compile(r"<br\s*/?>|</(?:p|li|div)>", regex.IGNORECASE)
_MARKUP = regex.compile(r"</?[a-z][^<>]*>", regex.IGNORECASE)
_NOISE = regex.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\b[\w-]+\.(?:com|org|net|co\.uk|de|fr|ca|info)\b/\S*|[©®™]"
)
_BRACKETS = regex.compile(r"[(\[{（【〔].*?[)\]}）】〕]")
_AROUND_TEXT = regex.compile(r"[()\[\]{}（）【】〔〕]")
_HARD_SPLIT = regex.compile(
    r"\s*[|•;؛\n\t/／‖︱]\s*|\s*(?<!\p{Han})·(?!\p{Han})\s*|\s+[–—―-]\s+|\s*[―—]\s*|\s{3,}"
)
_JOINING = ("", "/", "／", ";", "؛")
_AROUND_PARTS = " -–—,:："
_SOFT_SPLIT = regex.compile(r"\s*[,，、;،]\s*|(?<=\p{Hangul})\s*[·ㆍ]\s*(?=\p{Hangul})")
_NOT_IN_NAMES = regex.compile(r"[\d@#=<>{}\\?!]|://")
_SUFFIX = regex.compile(
    r"(?:jr|sr|ii|iii|iv|j\.?d|ph\.?\s?d|m\.?d|esq|mba|phd|md)\.?", regex.IGNORECASE
)
_NAME_WORD = regex.compile(
    r"[\p{Lu}\p{Lt}\p{Lo}\p{Georgian}][\p{L}\p{M}\p{N}.'’‘`\-‐\u200c\u200d]*"
    r"|[ldLD]['’]\p{Lu}[\p{L}\-]+"
)
_LOWER_NAME = regex.compile(r"\p{Ll}[\p{Ll}'’\-]+(?: \p{Ll}[\p{Ll}'’\-]+){1,2}")
_LOGIN = regex.compile(r"\p{Ll}[\p{Ll}\d_.\-]{2,30}")
_LEFT_OVER = regex.compile(r"(?<=\S \S+)(?: \p{Ll}{1,4})+$")
"""The prepositions of the date behind a name: "Ann Lee op", "Ann Lee, am"."""
_LABEL = regex.compile(r"[\s.,;|]\s*(\p{Lu}\p{L}{2,20}(?=:\s)|[\p{Lo}\p{M}]{1,12}(?=\s?[:：]))")
_INITIAL = regex.compile(r"\p{Lu}\.?")
_INITIALS = regex.compile(r"(?:\p{Lu}\.\s?-?){2,3}")
_ACRONYM = regex.compile(r"(?!(?:II|III|IV|JR|SR|MD|PHD)$)\p{Lu}{2,}")
_CJK_TEXT = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\s:：]+")
_CJK_REPORTER = regex.compile(r"^.*?(?:記者|记者)\s*[:：]?\s*(?=\p{Han}{2,4}(?!\p{Han}))")
_CJK_DATELINE = regex.compile(r"\p{Han}(?:報導|报道|报导|報道)$")
_DENSE_PLACE = regex.compile(
    r"^[\p{Han}\p{Hangul}\p{Katakana}ー]{1,10}\s?[=＝]\s?(?=[\p{Han}\p{Hangul}]{2})"
)
"""The place before a reporter: `서울=홍길동 기자`."""
_STAFF_WORDS = ("staff", "reporter", "writer", "writers")
_NEVER_FIRST = frozenset(("of", "and", "for", "und", "des", "y", "e", "i", "et", "the"))
_STAFF = ("staff", "staff reporter", "staff writer", "staff writers")
_ARABIC_AND = regex.compile(
    r"(?<=\p{Arabic}{2,} \p{Arabic}{2,}) و(?=\p{Arabic}{2,} \p{Arabic}{2,})"
)
"""The "and" of Arabic, which is written as the first letter of the next word."""
_MC = regex.compile(r"\b(Mc|O['’]|D['’])(\p{Ll})")


_LEGAL_FORM = regex.compile(LEGAL_FORM)
"""What stands behind a comma within the name of a company: "Harbour Cycles, Inc."."""


class Kind(Enum):
    """What a text that names authors is."""

    LINE = "line"
    """A line that readers see, in which a preposition ends the name ("Ann Lee in Paris")."""
    FIELD = "field"
    """A field of structured data, in which it belongs to the name ("Center for Policy")."""
    PERSON = "person"
    """The name of one person, in structured data."""
    ORGANIZATION = "organization"
    """The name of one organization, in structured data."""


def opens_byline(text: str, language: str | None) -> bool:
    """True when a text begins with the words that open a byline ("By …", "Von …")."""
    return bool(vocabulary(language).opening(text))


def opens_with_conjunction(text: str, language: str | None) -> bool:
    """True for a text that goes on with another name: "and Bo Ek", "und Bo Ek"."""
    return vocabulary(language).conjunction(text) is not None


def opens_byline_behind_date(text: str, language: str | None) -> bool:
    """True for a line in which a byline opens behind a date.

    >>> opens_byline_behind_date("Posted on May 3, 2019 by Ann Lee", "en")
    True
    """
    if not any(map(str.isdigit, text)):
        return False
    undated = without_dates(text, language)
    parts = (part for part, _ in _parts(undated)) if undated != text else ()
    return any(opens_byline(part, language) for part in parts)


def is_login(text: str, language: str | None) -> bool:
    """True for a user name by which somebody signs: one word in lower case, no office.

    >>> is_login("annlee", "en"), is_login("hbadmin", "en"), is_login("more stories", "en")
    (True, False, False)
    """
    known = vocabulary(language)
    is_word = _LOGIN.fullmatch(text) is not None and not text.endswith("admin")
    return is_word and not (text in known.not_names or known.is_office(text))


def split_byline(
    text: str, language: str | None = None, *, kind: Kind = Kind.LINE
) -> tuple[str, ...]:
    """The authors that a byline names, in its order.

    >>> split_byline("By ANN LEE and Bo Ek, Staff Writers | May 3, 2019", "en")
    ('Ann Lee', 'Bo Ek')
    >>> split_byline("Von Ute Groß, Berlin", "de")
    ('Ute Groß',)
    """
    if not text or len(text) > (MAX_BYLINE_CHARS if kind is Kind.LINE else MAX_FIELD_CHARS):
        return ()
    known = vocabulary(language)
    text = _MARKUP.sub("", _BREAK.sub("; ", text))
    text = _unbracketed(_NOISE.sub(" | ", without_dates(fold(text), language)))
    text = text[: other_credit_at(text) or None]
    text = _without_other_credits(text, known) if kind is Kind.LINE else text
    text = _without_help(text) if kind in (Kind.LINE, Kind.PERSON) else text
    found: list[str] = []
    before = ""
    for part, separator in _from_opening(list(_parts(text)), known):
        if found and not _goes_on(before, separator, part, known):
            break  # what follows a bar is the employer or the place of those before it
        before = part
        name = _without_opening(_without_conjunction(part, known), known, language)
        names = _names(name, known, language, kind)
        is_spaced = separator != separator.strip()
        found += [n for n in names if not (found and _is_employer(n, known, is_spaced=is_spaced))]
    return tuple(dict.fromkeys(found))[:MAX_AUTHORS]


def organization(text: str, language: str | None = None) -> tuple[str, ...]:
    """The authors that the name of an organization stands for: itself, or its agencies too.

    >>> organization("Centers for Rain and Wind"), organization("Harbour Times with AFP")
    (('Centers for Rain and Wind',), ('Harbour Times', 'AFP'))
    """
    known = vocabulary(language)
    text = fold(_MARKUP.sub("", text))
    parts = split_byline(text, language, kind=Kind.FIELD)
    if any(map(is_agency, parts)):
        return parts
    opening = known.opening(text)
    name = text[opening.end() :] if opening else text
    found = [part for part in _SOFT_SPLIT.split(name) if 1 < len(part) <= _MAX_ORGANIZATION_CHARS]
    names = [name] if any(map(_LEGAL_FORM.fullmatch, found)) else found
    return tuple(n for n in names if not (_is_desk(n, known) or _NOISE.search(n)))


def _is_desk(name: str, known: Vocabulary) -> bool:
    """True for what is no name, alone ("Redaktion", "Politics"), and for a Chinese medium."""
    word = name.lower()
    return word in known.not_names or known.is_office(word) or is_cjk_medium(name)


def _goes_on(before: str, separator: str, part: str, known: Vocabulary) -> bool:
    """True for a part of a byline that names another author.

    `Ann Lee/Bo Ek`; `By Ann Lee | and Bo Ek`; `Ann Lee, Reporter | Bo Ek, Editor`
    """
    if any(map(is_picture_word, (*before.split()[-1:], *part.split()))):
        return False  # "文/张三 图/李四"
    have_offices = all(_has_office(text, known) for text in (before, part))
    is_joined = part != _without_conjunction(part, known)
    return separator.strip() in _JOINING or is_joined or have_offices


def _without_conjunction(part: str, known: Vocabulary) -> str:
    conjunction = known.conjunction(part)
    return part[conjunction.end() - 1 :] if conjunction else part


def _has_office(part: str, known: Vocabulary) -> bool:
    """True where a name of two words stands before a job title."""
    return any(word.lower().strip(",.") in known.roles for word in part.split()[2:])


def _unbracketed(text: str) -> str:
    """The text without what stands in brackets; without the brackets where that is all."""
    outside = _BRACKETS.sub(_bracketed_credit, text)
    return outside if outside.strip(_AROUND_PARTS + "|") else _AROUND_TEXT.sub(" ", text)


def _bracketed_credit(bracket: regex.Match[str]) -> str:
    """What is left of a bracket: " (photos)" says what the one before it did."""
    inner = bracket[0][1:-1].strip()
    return f" {inner} " if inner and is_picture_word(inner) and " " not in inner else " "


def _without_other_credits(text: str, known: Vocabulary) -> str:
    """A byline up to the label of another credit ("Words: Ann Lee. Pictures: Bo Ek")."""
    opening = known.byline.match(text)
    labels = _LABEL.finditer(text, opening.end()) if opening else iter(())
    label = next((m for m in labels if not opens_with_label(text, m.start(1))), None)
    return text[: label.start()] if label else text


def with_agency(text: str) -> tuple[str, str] | None:
    """Who signs with an agency, and the agency.

    >>> with_agency("Harbour Times with AFP"), with_agency("Ann Lee with Bo Ek")
    (('Harbour Times', 'AFP'), None)
    """
    helped = _help().fullmatch(text)
    is_one = helped and is_agency(helped[2]) and not is_agency(helped[1])
    return (helped[1].strip(), helped[2].strip()) if helped and is_one else None


@cache
def _help() -> regex.Pattern[str]:
    return regex.compile(rf"(.+?)\s+(?:{'|'.join(lines_of('names/helped_by.txt'))})\s+(.+)")


def _without_help(text: str) -> str:
    """A byline without the agency whose report a writer used ("Ann Lee with Reuters")."""
    helped = with_agency(text)
    is_person = helped and (" " in helped[0] or _INITIALS.fullmatch(helped[0]))
    return helped[0] if helped and is_person else text


def _from_opening(parts: list[tuple[str, str]], known: Vocabulary) -> list[tuple[str, str]]:
    """The parts from the one that opens the byline on ("Mon | World | by Ann Lee")."""
    opened = (n for n, (part, _) in enumerate(parts) if known.opening(part) or find_label(part))
    return parts[next(opened, 0) :]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts between hard separators, and the separator before each."""
    start, before = 0, ""
    for separator in _HARD_SPLIT.finditer(text):
        if "·" in separator[0] and _between_hangul(text, separator):
            continue
        yield text[start : separator.start()].strip(_AROUND_PARTS), before
        start, before = separator.end(), separator[0]
    yield text[start:].strip(_AROUND_PARTS), before


def _between_hangul(text: str, dot: regex.Match[str]) -> bool:
    """True for the dot that parts two Korean names."""
    around = text[max(0, dot.start() - 1) : dot.start()] + text[dot.end() : dot.end() + 1]
    return regex.fullmatch(r"\p{Hangul}{2}", around) is not None


def _without_opening(text: str, known: Vocabulary, language: str | None) -> str:
    """What a byline says behind its first words ("By", "Stand: … Von:", "来源：… 作者：")."""
    if text.lower() in known.not_names:
        return ""
    is_source = names_source(text)
    while text and (match := known.opening(text)):
        text = text[match.end() :]
    match = find_label(text)
    if match and (is_source or not clean_name(text[: match.start()], language)):
        text = text[match.end() :]
    if _ends_open(text, known):
        return ""  # "Column by", with the name in the next part
    return _DENSE_PLACE.sub("", _CJK_REPORTER.sub("", text.strip()))


def _ends_open(text: str, known: Vocabulary) -> bool:
    """True for a text whose last word opens a byline, and is no office ("writer")."""
    last = (text.split() or [""])[-1]
    is_office = last.lower() in known.roles or CJK_NAME.search(last)
    return bool(last and not is_office and known.is_opening(last))


def _names(part: str, known: Vocabulary, language: str | None, kind: Kind) -> list[str]:
    """The names in one part of a byline; behind a person, no desks and no places."""
    if kind is not Kind.LINE and (name := _uninverted(part, known)):
        return [name]
    found: list[str] = []
    is_behind_office = False
    part = _ARABIC_AND.sub("، ", part)
    pieces = [p for text in known.conjunctions.split(part) for p in _pieces(text, language)]
    for piece in _without_pictures(pieces):
        if found and _SUFFIX.fullmatch(piece):
            found[-1] += f", {piece}"
            continue
        name = clean_name(piece, language, kind=kind)
        is_behind_office |= piece.lower() in known.not_names  # "Our Correspondent, Seaview"
        is_behind_name = is_behind_office or any(map(is_person, found))
        if name and not (is_behind_name and _is_affiliation(name, known, kind)):
            found.append(name)
    return found


def _without_pictures(pieces: list[str]) -> list[str]:
    """The pieces without those who made the pictures, where anyone else is left.

    >>> _without_pictures(["Ann Lee", "Bo Ek fotografia"]), _without_pictures(["Bo Ek photo"])
    (['Ann Lee'], ['Bo Ek photo'])
    >>> _without_pictures(["홍길동", "기자", "사진", "김철수"])
    ['홍길동', '기자']
    """
    dense = (at for at, piece in enumerate(pieces) if at and _CJK_TEXT.fullmatch(piece))
    pieces = pieces[: next((at for at in dense if is_picture_word(pieces[at])), None)]
    written = [p for p in pieces if not any(map(is_picture_word, p.split()[1:]))]
    return written or pieces


def _uninverted(text: str, known: Vocabulary) -> str | None:
    """`Ann Lee` for `Lee, Ann`: two words, neither of them an agency or an office."""
    last, comma, first = text.partition(", ")
    words = (first, last)
    is_name = all(_NAME_WORD.fullmatch(word) and word != word.upper() for word in words)
    is_other = any(
        w.lower() in known.not_names or _is_title(w, known) or is_agency(w) for w in words
    )
    return f"{first} {last}" if comma and is_name and not is_other else None


def _is_affiliation(name: str, known: Vocabulary, kind: Kind) -> bool:
    """True for what behind a person is a place or an employer ("Ann Lee, Berlin")."""
    tokens = regex.split(r"[\s\-]+", name)
    has_role = tokens[0].lower() in known.beats or any(_is_title(t, known) for t in tokens)
    if is_agency(name):
        return False
    has_medium = any(token.lower() in media_words() for token in tokens) or _has_acronym(name)
    return (
        has_role
        or tokens[0] == "The"
        or not is_person(name)
        or (kind is not Kind.FIELD and has_medium)
    )


def _has_acronym(name: str) -> bool:
    """True for a name with an acronym among its words ("NBC News", "HuffPost US")."""
    tokens = regex.split(r"[\s\-]+", name)
    acronyms = [bool(_ACRONYM.fullmatch(token)) for token in tokens]
    return not name.isupper() and (any(acronyms[1:]) or (acronyms[0] and len(tokens[0]) > 2))


def _is_employer(name: str, known: Vocabulary, *, is_spaced: bool) -> bool:
    """True for what behind a person and a slash is no author.

    `Ann Lee / ISTANBUL`, `Ann Lee / Associated Press`; `Ann Lee/dpa` are two authors.
    """
    if CJK_NAME.fullmatch(name):
        return False
    return _is_affiliation(name, known, Kind.LINE) or (is_spaced and is_agency(name))


def _pieces(text: str, language: str | None) -> Iterator[str]:
    """What stands between commas; in scripts without spaces, also between spaces.

    Japanese puts a space between family name and given name.
    """
    splits_at_space = not (language or "").startswith("ja")
    for piece in filter(None, _SOFT_SPLIT.split(text)):
        yield from piece.split() if splits_at_space and _CJK_TEXT.fullmatch(piece) else [piece]


def is_person(name: str) -> bool:
    """True for two words and more (a place or an acronym is mostly one), and for CJK names."""
    return not is_agency(name) and (" " in name or bool(CJK_NAME.fullmatch(name)))


def is_full_name(name: str) -> bool:
    """True for a given name and a family name, in letters that have capitals.

    >>> is_full_name("Ann Lee"), is_full_name("alee"), is_full_name("NBC News")
    (True, False, False)
    """
    return " " in name and name.lower() != name.upper() and not _has_acronym(name)


def may_be_full_name(name: str) -> bool:
    """True for a full name, and for what looks like one in letters that have no capitals.

    >>> may_be_full_name("Ann Lee"), may_be_full_name("홍길동"), may_be_full_name("سلمى الحداد")
    (True, True, True)
    >>> may_be_full_name("Harbour"), may_be_full_name("한국정책신문브리핑"), may_be_full_name("م ع")
    (False, False, False)
    """
    if name.lower() != name.upper():
        return is_full_name(name)
    is_short = len(name) <= _MAX_DENSE_CHARS or not CJK_NAME.fullmatch(name)
    are_initials = all(len(word) == 1 for word in name.split())
    return is_short and not are_initials and is_person(name)


def clean_name(text: str, language: str | None = None, *, kind: Kind = Kind.LINE) -> str | None:
    """A name as it should stand in a list, or None for what has not the shape of one.

    >>> clean_name("BURGESS EVERETT"), clean_name("2 min read"), clean_name("Staff Writer")
    ('Burgess Everett', None, None)
    """
    known = vocabulary(language)
    text = _trimmed(text)
    if is_agency(text) or _CJK_DATELINE.search(text):
        return text if is_agency(text) else None
    stated = text
    text = _trimmed(_without_agency(_cut_at_role(text, known, kind)))
    if kind is Kind.LINE:
        text = _LEFT_OVER.sub("", text)
    elif text != stated and media_words().intersection(stated.lower().split()):
        return None  # "Harbour Online Report"
    if is_cjk_medium(text) or _is_place(text, known, language):
        return None
    if not text or text.lower() in known.not_names or _NOT_IN_NAMES.search(text):
        return None
    if _signs_as_staff(text, known):
        return text
    if _is_job(text, known, kind):
        return None
    if kind is not Kind.LINE and _LOWER_NAME.fullmatch(text):
        words = text.split()
        return None if any(w in media_words() or known.is_office(w) for w in words) else text
    return _cased(text) if _has_shape_of_name(text) else None


def _is_place(text: str, known: Vocabulary, language: str | None) -> bool:
    """True for a country, and for a place behind its preposition ("Aus Leipzig")."""
    first, _, rest = text.partition(" ")
    is_preposition = first.lower() in known.place_words - particles()
    return bool(rest) and (is_territory(text, language) or (is_preposition and " " not in rest))


def _is_job(text: str, known: Vocabulary, kind: Kind) -> bool:
    """True for a job title: in prose one such word of two, elsewhere all of them."""
    words = text.split()
    if all(known.is_office(word.lower()) for word in words):
        return True
    is_short = kind is Kind.LINE and len(words) < 3
    return is_short and (any(_is_title(w, known) for w in words) or _is_label(words, known))


def _is_label(words: list[str], known: Vocabulary) -> bool:
    """True for an acronym before a word of the page: "BBC Last" (updated)."""
    return _has_acronym(" ".join(words)) and words[-1].lower() in known.page_words


def _is_title(word: str, known: Vocabulary) -> bool:
    """True for a word of a job title or of the page that is no family name ("Senior", "Read")."""
    folded = word.lower()
    return (folded in known.roles or folded in known.page_words) and not _is_surname(word)


def _is_surname(word: str) -> bool:
    return word.lower() in surnames() and not word.islower()


def _trimmed(text: str) -> str:
    """The text without punctuation around it; the full stop of an abbreviation stays."""
    text = text.strip().strip(" \"“”'‘’*:,;-–—_|")
    last = text.split(" ")[-1]
    return (
        text if (text.endswith(".") and len(last) <= 3) or last.count(".") > 1 else text.rstrip(".")
    )


def _signs_as_staff(text: str, known: Vocabulary) -> bool:
    """True for a desk that signs by a name ("CHQ Staff", "Harbour staff")."""
    first, *rest = text.split()
    is_name = first[0].isupper() and first.lower() not in known.roles
    return is_name and " ".join(rest).lower() in _STAFF


def _without_agency(text: str) -> str:
    """The person before the agency or station that employs them ("ANN LEE Associated Press")."""
    tokens = text.split()
    for at in range(2, min(len(tokens), 4)):
        rest = " ".join(tokens[at:])
        is_employer = is_agency(rest) or (not text.isupper() and _is_station(tokens[at:]))
        if is_employer and (len(tokens) - at > 1 or not text.isupper()):
            return " ".join(tokens[:at])
    return text


def _is_station(words: list[str]) -> bool:
    """True for an acronym before words of media: "BBC News", "NDR Radio"."""
    behind = [word.lower() in media_words() for word in words[1:]]
    return bool(behind) and all(behind) and bool(_ACRONYM.fullmatch(words[0]))


def _cut_at_role(text: str, known: Vocabulary, kind: Kind) -> str:
    """The text before a job title or a preposition of place ("Ann Lee in Paris")."""
    tokens = text.split()
    least = 1 if CJK_NAME.fullmatch(tokens[0] if tokens else "") else 2
    before_employer = words_of("names/employed_by.txt")
    for at, token in enumerate(tokens[least:], start=least):
        word = token.lower().strip(".,:")
        is_last = at == len(tokens) - 1
        is_place_word = word in known.place_words and (token.islower() or text.isupper())
        is_place_word |= word in before_employer and not is_last
        if kind is Kind.LINE and not is_last and is_picture_word(word):
            return " ".join(tokens[:at])  # "Ann Lee Photography Bo Ek"
        if kind in (Kind.LINE, Kind.PERSON) and (is_place_word or word.isdigit()):
            return " ".join(tokens[:at])
        if is_place_word and not is_last and word not in particles() | before_employer:
            return " ".join(tokens[:at])  # in a field "for" may belong to a name
        if _ends_name(tokens, at, known, kind):
            return " ".join(tokens[: _start_of_title(tokens, at, least, known)])
    return _without_cjk_role(text, known)


def _ends_name(tokens: list[str], at: int, known: Vocabulary, kind: Kind) -> bool:
    """True for a word behind a name that is a job title, or a word of the page.

    A family name ends none where it is the last word, and a word of the page with a capital none
    in structured data. "Harbour Times Staff", "Daily Harbour Reporter" sign as a whole.
    """
    token, before = tokens[at].strip(".,:"), tokens[:at]
    is_last = at == len(tokens) - 1
    if _is_surname(token) and (is_last or _INITIAL.fullmatch(before[-1])):
        return False
    word = token.lower()
    if word in known.page_words:
        return kind is Kind.LINE or token.islower()
    is_staff = is_last and word in _STAFF_WORDS and (word == "staff" or _is_desk_of(before, known))
    return word in known.roles and not is_staff


def _is_desk_of(words: list[str], known: Vocabulary) -> bool:
    """True for what names a medium or a beat before "Reporter" ("Daily Harbour", "Bay Crime")."""
    is_medium = words[0] == "The" or any(word.lower() in media_words() for word in words)
    last = words[-1].lower()
    is_beat = len(words) == 2 and (last in known.beats or last in _STAFF_WORDS)
    return is_medium or is_beat or is_agency(" ".join(words))


def _start_of_title(tokens: list[str], at: int, least: int, known: Vocabulary) -> int:
    """Where the job title begins of which a word is known ("Senior Crime Reporter")."""
    while at > least and _opens_title(tokens[at - 1], known):
        at -= 1
    return at


def _opens_title(token: str, known: Vocabulary) -> bool:
    return token.islower() or token.lower() in known.beats or is_territory(token, "en")


def _without_cjk_role(text: str, known: Vocabulary) -> str:
    """`山田太郎` for `山田太郎記者`: such scripts write the office without a space."""
    if CJK_NAME.fullmatch(text):
        words = known.roles | known.page_words
        roles = (role for role in words if CJK_NAME.fullmatch(role))
        role = max((r for r in roles if text.endswith(r)), key=len, default="")
        if len(text) - len(role) > 1:
            return text.removesuffix(role)
    return text


def _has_shape_of_name(text: str) -> bool:
    """One to six words, each with a capital, initials and particles allowed."""
    if CJK_NAME.fullmatch(text):
        return True
    tokens = text.split()
    if not 1 <= len(tokens) <= _MAX_NAME_WORDS or len(text) < 3:
        return False
    capital = [bool(_NAME_WORD.fullmatch(token) or _INITIAL.fullmatch(token)) for token in tokens]
    allowed = all(
        ok or token.lower() in particles() for ok, token in zip(capital, tokens, strict=True)
    )
    return allowed and any(capital) and capital[-1] and tokens[0] not in _NEVER_FIRST


def _cased(name: str) -> str:
    """The name in title case where it is all capitals: `JOHN MCDONALD` is `John McDonald`."""
    tokens = name.split()
    if not name.isupper() or len(tokens) < 2:
        return name
    return " ".join(map(_capitalize, tokens))


def _capitalize(token: str) -> str:
    if "." in token or token in ("II", "III", "IV"):
        return token
    lower = "-".join(part.capitalize() for part in token.split("-"))
    return _MC.sub(lambda match: match[1] + match[2].upper(), lower)
