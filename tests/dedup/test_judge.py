"""Which of two texts are copies, which are related, and which are neither."""

from dataclasses import replace

import pytest

from pipelines.dedup.fingerprint import fingerprint
from pipelines.dedup.judge import Match, compare
from tests.dedup.texts import CHINESE, OTHER, STORY, weather, with_words_changed


def judged(new: str, old: str, **thresholds: float) -> Match:
    return compare(fingerprint(new), fingerprint(old), **thresholds)


def share_a_band(new: str, old: str) -> bool:
    return bool(set(fingerprint(new).bands) & set(fingerprint(old).bands))


@pytest.mark.parametrize("every", [20, 10])
def test_copy_with_a_few_words_changed_is_a_copy(every: int) -> None:
    edited = with_words_changed(STORY, every)
    assert share_a_band(edited, STORY)
    assert judged(edited, STORY).is_copy


@pytest.mark.parametrize("share", [0.5, 0.3])
def test_shortened_version_is_related_but_no_copy(share: float) -> None:
    short = STORY[: int(len(STORY) * share)]
    assert share_a_band(short, STORY)
    match = judged(short, STORY)
    assert match.containment > 0.8
    assert (match.is_copy, match.is_related) == (False, True)


def test_text_mixed_with_another_is_related_to_both() -> None:
    mixed = f"{STORY}\n{OTHER}"
    for source in (STORY, OTHER):
        match = judged(mixed, source)
        assert match.is_related
        assert not match.is_copy


def test_edited_chinese_copy_is_a_copy() -> None:
    edited = CHINESE.replace("居民意见不一", "市民看法不同")
    assert share_a_band(edited, CHINESE)
    assert judged(edited, CHINESE).is_copy


def test_two_weather_reports_of_one_template_are_strangers() -> None:
    monday = weather("Bergen", "Monday", 21, 9, 30, 55, 40, 65, 12)
    friday = weather("Bergen", "Friday", 17, 4, 22, 48, 70, 85, 25)
    match = judged(monday, friday)
    assert match.similarity > 0.5
    assert (match.is_copy, match.is_related) == (False, False)


def test_one_corrected_number_leaves_a_copy() -> None:
    match = judged(STORY.replace("47 cracks", "49 cracks"), STORY)
    assert match.is_copy


def test_unrelated_texts_are_strangers() -> None:
    match = judged(OTHER, STORY)
    assert (match.is_copy, match.is_related) == (False, False)
    assert not share_a_band(OTHER, STORY)


def test_judgement_is_the_same_from_both_sides() -> None:
    short = STORY[: len(STORY) // 2]
    assert judged(short, STORY) == judged(STORY, short)


def test_threshold_of_zero_switches_a_judgement_off() -> None:
    match = judged(STORY, STORY, drop_similarity=0)
    assert (match.is_copy, match.is_related) == (False, True)
    match = judged(STORY, STORY, cluster_similarity=0)
    assert (match.is_copy, match.is_related) == (True, False)


def test_threshold_above_the_similarity_keeps_the_copy() -> None:
    edited = with_words_changed(STORY, 10)
    assert not judged(edited, STORY, drop_similarity=0.95).is_copy


def test_other_algorithm_and_empty_text_have_nothing_in_common() -> None:
    mark, empty = fingerprint(STORY), fingerprint("")
    for other in (replace(mark, algorithm="older"), empty):
        assert compare(mark, other).similarity == 0
    assert not compare(empty, empty).is_copy
