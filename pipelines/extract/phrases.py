"""What short lines say that are no sentence of a story: read more, comments, copyright.

The phrases are data, one file per language (words/README.txt).
"""

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from pipelines.extract.asides import is_aside
from pipelines.extract.wordfiles import choice_of, lines_of, listed

_EDGE = re.compile(r"^[\W_]+|[\W\d_]+$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s(c)©,]{0,6}(?:19|20)\d\d|(?:19|20)\d\d ?©")
_MAX_CHARS = 300
"""Characters above which no line is a prompt."""
_SENTENCES = re.compile(r"(?<=[.!?…。！？؟।])\s*")
_SPACE = re.compile(r"\s+")
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A letter of a script without blanks between words."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def is_end_marker(text: str) -> bool:
    """True for a line that stands above related links, boxes or other stories.

    >>> is_end_marker("Related stories:"), is_end_marker("Related stories were told.")
    (True, False)
    """
    return len(text) < 60 and _bare(text) in _phrases("ends")


def is_comments_marker(text: str) -> bool:
    """True for a line that stands above what readers wrote.

    >>> is_comments_marker("Comments (12)"), is_comments_marker("Comments on it were mixed.")
    (True, False)
    """
    return len(text) < 60 and _bare(text) in _phrases("comments")


def is_prompt(text: str) -> bool:
    """True for a line that is a prompt, or opens with one and a colon; for an aside of the page.

    >>> is_prompt("READ MORE: The harbour floods again"), is_prompt("Read more books!")
    (True, False)
    >>> is_prompt("Add the Harbour Times as a preferred source on Google")
    True
    >>> is_prompt("Have a news tip? Call the newsroom."), is_prompt("Have a tip, he said.")
    (True, False)
    """
    if len(text) > _MAX_CHARS:
        return False
    head, colon, _ = _fold(text).replace("：", ":").partition(":")
    known, whole = _phrases("prompts"), _bare(text)
    if whole in known or (bool(colon) and _bare(head) in known) or is_aside(whole, text):
        return True
    return not _phrases("appeals").isdisjoint(_bare(sentence) for sentence in _sentences(text))


def is_unfolding(text: str) -> bool:
    """True for what a button says that shows the rest of a story.

    >>> is_unfolding("Continue reading ▾"), is_unfolding("Continue")
    (True, False)
    """
    return _bare(text) in _phrases("unfolds")


def is_call(text: str) -> bool:
    """True for a text of which a sentence calls the reader to another channel.

    >>> is_call("Start the day well. Sign up for The Morning, our free newsletter.")
    True
    >>> is_call("Follow the Harbour Times on Facebook."), is_call("Follow the coast to the quay.")
    (True, False)
    >>> is_call("Following criticism on Facebook, the mayor resigned.")
    False
    >>> is_call("Bizi WhatsApp'tan takip edin!"), is_call("追蹤我們的Facebook粉絲團")
    (True, True)
    """
    if len(text) > _MAX_CHARS:
        return False
    return any(
        (_calls().match(sentence) or _bare(sentence).endswith(_closing_calls()))
        and _channels().search(sentence)
        for sentence in _sentences(text)
    )


def opens_with_prompt(text: str) -> bool:
    """True for a line whose first words are a prompt: proof of nothing by themselves.

    >>> opens_with_prompt("Follow us on Facebook for more"), opens_with_prompt("Moreover, he said")
    (True, False)
    """
    return _openings("prompts").match(_fold(text)) is not None


@lru_cache(maxsize=4096)  # asked several times about the blocks of one page
def holds_notice(text: str) -> bool:
    """True for a line that holds a notice of copyright, terms or moderation.

    >>> holds_notice("© 2026 Harbour Daily. All rights reserved.")
    True
    >>> holds_notice("Copyright 2008 by The Harbour Press"), holds_notice("A law on copyright")
    (True, False)
    """
    folded = _fold(text)
    return bool(_notices().find_matches_as_indexes(folded) or _COPYRIGHT.search(folded))


def opens_with_notice(text: str) -> bool:
    """True for a line whose first words are a notice, or that states a copyright.

    >>> opens_with_notice("All rights reserved."), opens_with_notice("It broke the terms of use.")
    (True, False)
    """
    folded = _fold(text)
    states = folded.startswith(("copyright", "(c)", "©")) or _COPYRIGHT.search(folded)
    return bool(states or _openings("notices").match(folded))


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    # The capital of the Turkish i becomes an i with a dot above.
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().lower().replace("i\u0307", "i")


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(_SENTENCES.split(_fold(text)))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Without punctuation at its edges and numbers at its end.

    >>> _bare("» Comments (12)")
    'comments'
    """
    return _EDGE.sub("", _fold(text))


@cache
def _phrases(kind: str) -> frozenset[str]:
    """The phrases of one kind, of all languages."""
    return frozenset(p if kind == "notices" else _bare(p) for p in listed(kind))


@cache
def _openings(kind: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{choice_of(_phrases(kind))})(?=\W|$)")


@cache
def _calls() -> re.Pattern[str]:
    opening = [call for call in lines_of("words/calls.txt") if not call.startswith("*")]
    unparted = [call for call in opening if _UNPARTED.search(call[-1])]
    parted = choice_of(set(opening) - set(unparted))
    return re.compile(rf"[\W_]*(?:(?:{parted})(?!\w)|(?:{choice_of(unparted)}))")


@cache
def _closing_calls() -> tuple[str, ...]:
    """Calls of languages whose sentences end with the verb."""
    calls = (call for call in lines_of("words/calls.txt") if call.startswith("*"))
    return tuple(_bare(call) for call in calls)


@cache
def _channels() -> re.Pattern[str]:
    names = choice_of(lines_of("words/channels.txt"))
    return re.compile(rf"(?:(?<!\w)|(?<={_UNPARTED.pattern}))(?:{names})")


@cache
def _notices() -> AhoCorasick:
    return AhoCorasick(sorted(_phrases("notices")))
