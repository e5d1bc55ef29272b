"""Fingerprints of texts: what finds a near-duplicate, and what tells it from a namesake.

One fingerprint is about 1.2 kB:

    MinHash of the whole text     128 values   finds edited copies
    MinHash of its opening         64 values   finds shortened and extended versions
    counts of shingles                         turn similarity into containment
    sample of its numbers          48 hashes   \\ tell an edited copy from another story
    sample of its names            48 hashes   /  that fills the same template

Broder, "On the resemblance and containment of documents" (1997), gives the signatures, the
containment and the samples (the hashes that are least: the same ones in both texts).
"""

from __future__ import annotations  # array[int] has no meaning at run time before Python 3.12

import struct
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import regex
from rensa import RMinHash

from pipelines.items import Fingerprint
from pipelines.text import words

PERMUTATIONS = 126
OPENING_PERMUTATIONS = 63
ROWS = 3
"""Values per band: 42 bands of the whole text and 21 of its opening. 32 and 16 bands of 4
find 82 % of mixed texts where these find 95 %, both without a false candidate among
2.7 million pairs (benchmarks/near_duplicates.py)."""
SHINGLE_WORDS = 3
"""Runs of 5 words, as web corpora are built with, miss most copies with changed words."""
SHINGLE_CHARACTERS = 3
"""Where each character stands for a word (Chinese, Japanese, Thai)."""
OPENING_WORDS = 50
OPENING_CHARACTERS = 100
SAMPLE = 48
"""Numbers, and names, that are kept of a text: those of least hash."""
_SEED = 1

ALGORITHM = (
    f"rensa.RMinHash-{RMinHash.ALGORITHM_VERSION}"
    f" w{SHINGLE_WORDS} c{SHINGLE_CHARACTERS}"
    f" {PERMUTATIONS}+{OPENING_PERMUTATIONS}/{ROWS}"
    f" opening-{OPENING_WORDS}/{OPENING_CHARACTERS} facts-{SAMPLE} v1"
)

_HEADER = struct.Struct("<6I")
_COUNT_MAX = 2**32 - 1
_NUMBER = regex.compile(r"\p{Nd}+(?:[.,:/]\p{Nd}+)*|[〇零一二三四五六七八九十百千万亿]{2,}")
_FIGURE = regex.compile(rf"({_NUMBER.pattern})\W*([\p{{L}}\p{{M}}]*)")
# A capital inside a sentence. After a full stop any word has one, so it proves nothing there.
_NAME = regex.compile(r"(?<=[\p{L}\p{N},;]['’”\")]?\s)\p{Lu}[\p{L}\p{M}]+")
_LATIN = regex.compile(r"\p{Latin}{2,}")


@dataclass(frozen=True, slots=True)
class Sample:
    """The facts of one kind in a text: how many there are, and those of least hash."""

    total: int
    hashes: frozenset[int]

    @property
    def horizon(self) -> int:
        """The greatest hash up to which the sample is complete."""
        return max(self.hashes) if self.total > len(self.hashes) else _COUNT_MAX


@dataclass(frozen=True, slots=True)
class Sketch:
    """A fingerprint's signature, unpacked."""

    whole: array[int]
    opening: array[int]
    shingles: int
    """Distinct shingles in the whole text."""
    opening_shingles: int
    numbers: Sample
    names: Sample


def fingerprint(text: str, *, ignore: Collection[str] = ()) -> Fingerprint:
    """What finds the near-duplicates of `text`; the same in every process and on every machine.

    `ignore`: lines that the site repeats on its pages; they do not count. A text without
    words has an empty signature and no bands: it resembles nothing.

    >>> fingerprint("One two three four.") == fingerprint("one two, three: four")
    True
    >>> fingerprint("...").bands
    ()
    """
    if ignore:
        text = "\n".join(line for line in text.splitlines() if line.strip() not in ignore)
    tokens = words(text)
    if not tokens:
        return Fingerprint(algorithm=ALGORITHM, signature=b"", bands=())
    unspaced = is_unspaced(tokens)
    size = SHINGLE_CHARACTERS if unspaced else SHINGLE_WORDS
    start = OPENING_CHARACTERS if unspaced else OPENING_WORDS
    everything, beginning = shingles(tokens, size), shingles(tokens[:start], size)
    whole = _minhash(everything, PERMUTATIONS)
    opening = _minhash(beginning, OPENING_PERMUTATIONS)
    numbers, names = sample(figures(text)), sample(proper_names(text, unspaced=unspaced))
    sketch = Sketch(whole, opening, len(everything), len(beginning), numbers, names)
    return Fingerprint(
        algorithm=ALGORITHM, signature=_pack(sketch), bands=tuple(_bands(whole, opening))
    )


def is_unspaced(tokens: list[str]) -> bool:
    """Whether the script has no spaces: `words` gives single characters there.

    >>> is_unspaced(["新", "闻", "today"]), is_unspaced(["news", "today", "新"])
    (False, False)
    >>> is_unspaced(["新", "闻", "今", "天", "5G"])
    True
    """
    return sum(map(len, tokens)) < 2 * len(tokens)


def shingles(tokens: list[str], size: int) -> set[str]:
    """The distinct runs of `size` words; a shorter text is one run.

    >>> sorted(shingles(["a", "b", "c", "d"], 3)), shingles(["a"], 3)
    (['a b c', 'b c d'], {'a'})
    """
    if len(tokens) <= size:
        return {" ".join(tokens)}
    return set(map(" ".join, zip(*(tokens[start:] for start in range(size)), strict=False)))


def figures(text: str) -> set[str]:
    """The numbers of a text, each with the word after it: a bare 3 is in every story.

    >>> sorted(figures("Won 3:1 in 90 minutes, 90 fans"))
    ['3:1 in', '90 fans', '90 minutes']
    """
    return {f"{number} {word}".lower() for number, word in _FIGURE.findall(text)}


def proper_names(text: str, *, unspaced: bool = False) -> set[str]:
    """The words with a capital inside a sentence; the Latin words of a text without spaces.

    In lower case, so that a headline or a text in capitals has the same ones.

    >>> sorted(proper_names("The mayor of Oslo met Ms Berg. He left."))
    ['berg', 'ms', 'oslo']
    >>> proper_names("微软收购Nokia手机业务", unspaced=True)
    {'nokia'}
    """
    return {name.lower() for name in (_LATIN if unspaced else _NAME).findall(text)}


def sample(facts: Iterable[str]) -> Sample:
    """The facts of least hash, the same ones in any text that has them.

    >>> sample(["a", "b"]).total
    2
    """
    hashes = sorted({_hash32(fact) for fact in facts})
    return Sample(len(hashes), frozenset(hashes[:SAMPLE]))


@lru_cache(maxsize=4096)
def unpack(signature: bytes) -> Sketch:
    """The sketch in the signature of a fingerprint; cached, as one text meets many.

    Raises ValueError where the bytes are no signature of this algorithm.
    """
    values = array("I")
    try:
        counts = _HEADER.unpack_from(signature)
        values.frombytes(signature[_HEADER.size :])
    except (struct.error, ValueError) as error:
        raise ValueError(f"{len(signature)} bytes are no signature of {ALGORITHM}") from error
    total, opening_total, numbers, names, numbers_kept, names_kept = counts
    ends = (0, PERMUTATIONS, OPENING_PERMUTATIONS, numbers_kept, names_kept)
    if len(values) != sum(ends):
        raise ValueError(f"{len(signature)} bytes are no signature of {ALGORITHM}")
    cuts = [sum(ends[: place + 1]) for place in range(len(ends))]
    whole, opening, numbered, named = (values[start:end] for start, end in pairwise(cuts))
    return Sketch(
        whole,
        opening,
        total,
        opening_total,
        Sample(numbers, frozenset(numbered)),
        Sample(names, frozenset(named)),
    )


def _pack(sketch: Sketch) -> bytes:
    numbers, names = sorted(sketch.numbers.hashes), sorted(sketch.names.hashes)
    header = _HEADER.pack(
        sketch.shingles,
        sketch.opening_shingles,
        sketch.numbers.total,
        sketch.names.total,
        len(numbers),
        len(names),
    )
    values = sketch.whole + sketch.opening + array("I", numbers) + array("I", names)
    return header + values.tobytes()


def _minhash(items: set[str], permutations: int) -> array[int]:
    minhash = RMinHash(permutations, _SEED)
    minhash.update(list(items))
    return array("I", minhash.digest())


def _bands(whole: array[int], opening: array[int]) -> Iterator[int]:
    """One key for each band; its place is part of the key, so band 1 never meets band 2."""
    values = (whole + opening).tobytes()
    width = ROWS * whole.itemsize
    for place, start in enumerate(range(0, len(values), width)):
        digest = blake2b(
            values[start : start + width], digest_size=8, salt=place.to_bytes(2, "little")
        ).digest()
        yield int.from_bytes(digest, "little", signed=True)


def _hash32(fact: str) -> int:
    return int.from_bytes(blake2b(fact.encode(), digest_size=4).digest(), "little")
