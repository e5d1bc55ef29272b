"""Pages as the web serves them: what is no article is rejected by name, articles are kept."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import page_types
from pipelines.extract import extract_article
from pipelines.rejects import Reject
from tests.extract.web import Sample, consent, listings, paywalls, stories, walls

NO_ARTICLES = [
    sample for module in (consent, walls, paywalls, listings) for sample in module.samples()
]
STORIES = list(stories.samples())


@pytest.mark.parametrize("sample", NO_ARTICLES, ids=[sample.name for sample in NO_ARTICLES])
def test_page_that_is_no_article_is_rejected_by_name_with_evidence(sample: Sample) -> None:
    with pytest.raises(Reject) as caught:
        extract_article(sample.page(), min_chars=0)
    assert (caught.value.reason, bool(caught.value.evidence)) == (sample.expected, True)


@pytest.mark.parametrize("sample", STORIES, ids=[sample.name for sample in STORIES])
def test_story_that_looks_like_something_else_is_kept(sample: Sample) -> None:
    article = extract_article(sample.page(), min_chars=0)
    assert article.page_type == sample.expected
    assert len(article.text) > 200


def test_benchmark_names_articles_lost_and_other_pages_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = [("article", STORIES[0]), ("consent", NO_ARTICLES[0]), ("article", NO_ARTICLES[1])]
    rows = []
    for number, (kind, sample) in enumerate(chosen):
        (tmp_path / f"{number}.gz").write_bytes(gzip.compress(sample.html.encode()))
        rows.append(
            {"file": f"{number}.gz", "encoding": "utf-8", "kind": kind, "site": "a.example"}
        )
    (tmp_path / "truth.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert page_types.main([str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "50.00 %" in shown
    assert f"lost    {tmp_path.name}/2.gz  ConsentWall" in shown
