"""Copies that are found, tied and dropped, and stories that are wrongly so.

    python -m benchmarks.near_duplicates [--corpora ../shared/corpora] [--texts 150]

Takes texts of four corpora, edits each in six ways, adds stories of templates, and asks the
fingerprints about every pair that shares a band. Pairs of originals that truly share text
(a wire story on two sites, an updated version) carry no label and do not count: found on
the exact shingles of all pairs, never on the fingerprints. The seed is fixed.

Edits: `same` (case and punctuation), `twentieth`, `tenth` (of the words, each replaced by a
word of the corpus), `half`, `third` (the first 50 and 30 % of the words), `mixed` (blocks of
25 words alternating with those of another text).
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.near_duplicate_templates import TEMPLATES, stories
from pipelines.dedup.fingerprint import SHINGLE_WORDS, fingerprint, shingles
from pipelines.dedup.judge import Match, compare
from pipelines.items import Fingerprint
from pipelines.text import content_hash, words

CORPORA = ("misinfo", "cleanportaleval", "daniel", "l3s_gn1")
DEFAULT_CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SEED = 20261123
LEAST_WORDS = 80
SHARED_UNLABELLED = 0.1
"""Containment on exact shingles from which a pair of originals carries no label."""
STORIES_PER_TEMPLATE = 40
BLOCK_WORDS = 25

Edit = Callable[[list[str], list[str], random.Random], list[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the labelled set."""

    text: str
    kind: str
    """original, the name of an edit, or of a template."""
    sources: tuple[int, ...]
    """The originals that it was made of; for a template story, itself."""


def main() -> int:
    """Run the benchmark; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.near_duplicates")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--texts", type=int, default=150, help="texts of each corpus")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f"skipped: {options.corpora} is not there")
        return 0
    chance = random.Random(options.seed)
    originals = list(_originals(options.corpora, options.texts, chance))
    texts = _labelled_set(originals, chance)
    _print(texts, originals)
    return 0


def _originals(corpora: Path, most: int, chance: random.Random) -> Iterator[Text]:
    seen: set[str] = set()
    number = 0
    for name in CORPORA:
        lines = (corpora / name / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        found = [json.loads(line).get("text") or "" for line in lines]
        fresh = [text for text in found if len(words(text)) >= LEAST_WORDS]
        for text in chance.sample(fresh, min(most, len(fresh))):
            if content_hash(text) not in seen:
                seen.add(content_hash(text))
                yield Text(text, "original", (number,))
                number += 1


def _labelled_set(originals: list[Text], chance: random.Random) -> list[Text]:
    texts = list(originals)
    for original in originals:
        near = _neighbour(original, originals)
        for kind, edit in EDITS.items():
            other = near.sources if kind == "mixed" else ()
            made = edit(_tokens(original.text), _tokens(near.text), chance)
            joint = "" if _is_unspaced(original.text) else " "
            texts.append(Text(joint.join(made), kind, original.sources + other))
    for kind in TEMPLATES:
        for story in stories(kind, STORIES_PER_TEMPLATE, chance):
            texts.append(Text(story, kind, (len(texts),)))
    return texts


def _neighbour(original: Text, originals: list[Text]) -> Text:
    """The next text that is written in the same way, with or without spaces."""
    here = original.sources[0]
    others = originals[here + 1 :] + originals[:here]
    alike = _is_unspaced(original.text)
    return next((text for text in others if _is_unspaced(text.text) == alike), others[0])


def _is_unspaced(text: str) -> bool:
    return len(text.split()) * 12 < len(text)


def _tokens(text: str) -> list[str]:
    """Words with their punctuation; pairs of characters where there are no spaces."""
    if _is_unspaced(text):
        return [text[start : start + 2] for start in range(0, len(text), 2)]
    return text.split()


def _same(mine: list[str], _: list[str], __: random.Random) -> list[str]:
    return [
        token.rstrip(".,") + "!" if token[-1:] in ".," else token.strip("\"'") for token in mine
    ]


def _replaced(share: float) -> Edit:
    def edit(mine: list[str], other: list[str], chance: random.Random) -> list[str]:
        changed = set(chance.sample(range(len(mine)), round(share * len(mine))))
        return [
            chance.choice(other) if place in changed else token for place, token in enumerate(mine)
        ]

    return edit


def _cut(share: float) -> Edit:
    return lambda mine, _, __: mine[: int(len(mine) * share)]


def _mixed(mine: list[str], other: list[str], _: random.Random) -> list[str]:
    tokens: list[str] = []
    for start in range(0, len(mine), BLOCK_WORDS):
        tokens += mine[start : start + BLOCK_WORDS] + other[start : start + BLOCK_WORDS]
    return tokens


EDITS: dict[str, Edit] = {
    "same": _same,
    "twentieth": _replaced(0.05),
    "tenth": _replaced(0.1),
    "half": _cut(0.5),
    "third": _cut(0.3),
    "mixed": _mixed,
}


def _unlabelled(originals: list[Text]) -> set[tuple[int, int]]:
    """Pairs of originals that truly share text."""
    sets = [shingles(words(text.text), SHINGLE_WORDS + 1) for text in originals]
    return {
        (a, b)
        for a, b in combinations(range(len(sets)), 2)
        if len(sets[a] & sets[b]) >= SHARED_UNLABELLED * min(len(sets[a]), len(sets[b]))
    }


def _candidates(marks: list[Fingerprint]) -> set[tuple[int, int]]:
    places = defaultdict(list)
    for place, mark in enumerate(marks):
        for band in mark.bands:
            places[band].append(place)
    return {pair for found in places.values() for pair in combinations(found, 2)}


def _print(texts: list[Text], originals: list[Text]) -> None:
    started = time.perf_counter()
    marks = [fingerprint(text.text) for text in texts]
    per_text = (time.perf_counter() - started) / len(texts)
    candidates = _candidates(marks)
    started = time.perf_counter()
    judged = {(a, b): compare(marks[b], marks[a]) for a, b in sorted(candidates)}
    per_pair = (time.perf_counter() - started) / max(1, len(judged))
    console = Console()
    console.print(_table_of_copies(texts, judged))
    console.print(_table_of_strangers(texts, judged, _unlabelled(originals)))
    size = sum(len(mark.signature) for mark in marks) / len(marks)
    console.print(
        f"{len(texts)} texts, {len(judged)} candidate pairs; "
        f"{per_text * 1e6:.0f} µs per fingerprint, {per_pair * 1e6:.0f} µs per comparison, "
        f"{size:.0f} bytes per signature (mean)"
    )


def _table_of_copies(texts: list[Text], judged: dict[tuple[int, int], Match]) -> Table:
    table = Table("edit", "texts", "found", "clustered", "dropped", title="copies")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place, text in enumerate(texts):
        if text.kind not in EDITS:
            continue
        match = judged.get((text.sources[0], place))
        for name in _rows_of(text):
            counts[name].update(
                texts=1,
                found=match is not None,
                clustered=bool(match and (match.is_related or match.is_copy)),
                dropped=bool(match and match.is_copy),
            )
    for kind, count in sorted(counts.items()):
        shares = (f"{count[key] / count['texts']:.1%}" for key in ("found", "clustered", "dropped"))
        table.add_row(kind, str(count["texts"]), *shares)
    return table


def _rows_of(text: Text) -> list[str]:
    """The rows in which a copy counts; texts without spaces have their own too."""
    names = [text.kind, "all edits"]
    return [*names, f"{text.kind}, no spaces"] if _is_unspaced(text.text) else names


def _table_of_strangers(
    texts: list[Text], judged: dict[tuple[int, int], Match], unlabelled: set[tuple[int, int]]
) -> Table:
    """Pairs without a common source, by kind; precision of what is dropped in the title."""
    table = Table("strangers", "pairs", "candidates", "per million", "clustered", "dropped")
    kinds = Counter(text.kind if text.kind in TEMPLATES else "real" for text in texts)
    pairs = {kind: count * (count - 1) // 2 for kind, count in kinds.items()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    right = wrong = 0
    for (a, b), match in judged.items():
        if set(texts[a].sources) & set(texts[b].sources):
            right += match.is_copy
            continue
        if any((min(p, q), max(p, q)) in unlabelled for p in texts[a].sources
               for q in texts[b].sources):  # fmt: skip
            continue
        wrong += match.is_copy
        kind = next((t.kind for t in (texts[b], texts[a]) if t.kind in TEMPLATES), "real")
        counts[kind].update(candidates=1, clustered=match.is_related, dropped=match.is_copy)
    for kind, total in pairs.items():
        count = counts[kind]
        million = f"{count['candidates'] / total * 1e6:.0f}"
        table.add_row(kind, str(total), str(count["candidates"]), million,
                      str(count["clustered"]), str(count["dropped"]))  # fmt: skip
    table.title = f"precision of what is dropped: {right / max(1, right + wrong):.4f}"
    return table


if __name__ == "__main__":
    raise SystemExit(main())
