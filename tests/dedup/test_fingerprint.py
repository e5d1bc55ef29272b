"""What a fingerprint is: stable, small, and blind to what does not matter."""

import os
import subprocess
import sys

import pytest

from pipelines.dedup.fingerprint import (
    ALGORITHM,
    SAMPLE,
    figures,
    fingerprint,
    proper_names,
    sample,
    unpack,
)
from tests.dedup.texts import CHINESE, STORY


def test_fingerprint_is_the_same_in_another_process() -> None:
    code = f"from pipelines.dedup.fingerprint import fingerprint; print(fingerprint({STORY!r}))"
    for seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        assert printed.strip() == repr(fingerprint(STORY))


def test_case_punctuation_and_line_breaks_do_not_change_the_bands() -> None:
    assert fingerprint(STORY.upper().replace(". ", "!\n")).bands == fingerprint(STORY).bands


def test_bands_are_distinct_signed_64_bit_keys() -> None:
    bands = fingerprint(STORY).bands
    assert len(set(bands)) == len(bands) == 63
    assert all(-(2**63) <= band < 2**63 for band in bands)


def test_signature_of_a_long_text_stays_under_1500_bytes() -> None:
    long = " ".join(f"there were {n} people with Name{'abcdefgh'[n % 8] * n}" for n in range(500))
    assert len(fingerprint(long).signature) < 1500


def test_algorithm_names_library_version_shingle_and_permutations() -> None:
    assert ALGORITHM.startswith("rensa.RMinHash-2 w3 c3 126+63/3")
    assert fingerprint(STORY).algorithm == ALGORITHM


@pytest.mark.parametrize("text", ["", "  \n", "…—!"])
def test_text_without_words_has_no_bands(text: str) -> None:
    mark = fingerprint(text)
    assert (mark.signature, mark.bands) == (b"", ())


@pytest.mark.parametrize("text", ["Yes", "No comment", "新"])
def test_text_shorter_than_a_shingle_has_a_fingerprint(text: str) -> None:
    assert unpack(fingerprint(text).signature).shingles == 1


def test_ignored_lines_do_not_count() -> None:
    wrapped = f"Sign up for our letter\n{STORY}\nAll rights reserved"
    ignore = {"Sign up for our letter", "All rights reserved"}
    assert fingerprint(wrapped, ignore=ignore) == fingerprint(STORY)


def test_one_changed_character_in_chinese_leaves_most_of_the_signature() -> None:
    a, b = (unpack(fingerprint(text).signature).whole for text in (CHINESE, CHINESE[:-9] + "完。"))
    assert sum(x == y for x, y in zip(a, b, strict=True)) > 0.7 * len(a)


def test_sample_keeps_the_same_facts_of_a_larger_set() -> None:
    small, large = sample(map(str, range(100))), sample(map(str, range(1000)))
    assert (small.total, len(small.hashes)) == (100, SAMPLE)
    common = {fact for fact in small.hashes if fact <= large.horizon}
    assert common <= large.hashes


def test_numbers_keep_the_word_that_follows() -> None:
    assert figures("Rain of 12.5 mm from 14:30 on; 80% of it") == {"12.5 mm", "14:30 on", "80 of"}


def test_first_word_of_a_sentence_is_no_name() -> None:
    assert proper_names("Snow fell on Bergen. Roads closed. Then Ana Ruiz came") == {
        "bergen",
        "ana",
        "ruiz",
    }


@pytest.mark.parametrize("signature", [b"\0", b"\0" * 200, b"\0" * 201])
def test_damaged_signature_is_an_error_that_names_the_algorithm(signature: bytes) -> None:
    with pytest.raises(ValueError, match="no signature of rensa"):
        unpack(signature)
