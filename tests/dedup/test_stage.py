"""The dedup stage with a real ledger: what is refused, what is stored, in which cluster."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.dataset.publisher import Publisher
from pipelines.dataset.rebuild import rebuild_ledger
from pipelines.dedup.stage import DedupPipeline
from pipelines.items import Article
from pipelines.ledger import Ledger
from pipelines.rejects import Duplicate, ExactDuplicate, NearDuplicate
from pipelines.session import ledger_path
from pipelines.text import content_hash
from tests.dataset.samples import article
from tests.dedup.texts import STORY, with_words_changed

EDITED = with_words_changed(STORY, 20)
TIDE = "https://www.tide.example/2026/pier"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(ledger_path(tmp_path)) as opened:
        yield opened


def _story(site: str, text: str = STORY, number: int = 1, **changes: object) -> Article:
    url = f"https://{site}/{number}"
    return article(
        1, article_id=f"{site}-{number}", cluster_id=f"{site}-{number}", site=site, url=url,
        url_key=url, text=text, content_hash=content_hash(text), **changes,
    )  # fmt: skip


def _offer(ledger: Ledger, new: Article) -> Article:
    """Send an article through the stage and, when it passes, into the ledger."""
    stage = DedupPipeline(
        ledger, drop_similarity=0.45, cluster_similarity=0.45, window=timedelta(days=30)
    )
    kept: Article = stage.process_item(new)
    ledger.accept(kept)
    return kept


@pytest.mark.parametrize("text", [STORY, EDITED], ids=["the same text", "an edited text"])
def test_original_that_comes_after_its_declared_copy_is_stored(ledger: Ledger, text: str) -> None:
    copy = _offer(ledger, _story("copy.example", text, declared_original=TIDE))
    original = _offer(ledger, _story("tide.example"))
    assert original.cluster_id == copy.cluster_id
    with pytest.raises(Duplicate) as refused:
        _offer(ledger, _story("third.example"))
    assert refused.value.duplicate_of == original.article_id, "the original, not the copy"


def test_declared_copy_that_comes_second_is_refused(ledger: Ledger) -> None:
    original = _offer(ledger, _story("tide.example"))
    with pytest.raises(NearDuplicate) as refused:
        _offer(ledger, _story("copy.example", EDITED, declared_original=TIDE))
    assert refused.value.duplicate_of == original.article_id


def test_another_site_than_the_declared_one_has_no_original(ledger: Ledger) -> None:
    _offer(ledger, _story("copy.example", declared_original=TIDE))
    with pytest.raises(ExactDuplicate):
        _offer(ledger, _story("third.example"))
    with pytest.raises(NearDuplicate):
        _offer(ledger, _story("third.example", EDITED))


def test_original_is_stored_once_whatever_its_site_repeats(ledger: Ledger) -> None:
    _offer(ledger, _story("copy.example", declared_original=TIDE))
    _offer(ledger, _story("tide.example"))
    for text in (STORY, EDITED):
        with pytest.raises(Duplicate):
            _offer(ledger, _story("tide.example", text, number=2))


def test_original_of_a_copy_may_declare_an_original_itself(ledger: Ledger) -> None:
    first = _offer(ledger, _story("copy.example", declared_original=TIDE))
    wire = "https://wire.example/1"
    second = _offer(ledger, _story("tide.example", EDITED, declared_original=wire))
    third = _offer(ledger, _story("wire.example", with_words_changed(STORY, 25)))
    assert {first.cluster_id, second.cluster_id, third.cluster_id} == {first.cluster_id}


def test_rebuilt_ledger_knows_the_copies_that_their_heads_declare(
    ledger: Ledger, tmp_path: Path
) -> None:
    copy = _story("copy.example", declared_original=TIDE, duplicate_of="tide.example-1")
    _offer(ledger, copy)
    Publisher(ledger, tmp_path).publish("copy.example")
    ledger.close()
    rebuild_ledger(tmp_path, stamp="then")
    with Ledger.open(ledger_path(tmp_path)) as rebuilt:
        original = _offer(rebuilt, _story("tide.example"))
    assert original.cluster_id == copy.article_id
