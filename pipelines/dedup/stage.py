"""Stage 200: a story that is stored already becomes a named reject; a related one is tied to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from pipelines.dedup.fingerprint import fingerprint
from pipelines.dedup.judge import Match, compare
from pipelines.items import Article
from pipelines.ledger import RECHECK, Ledger, StoredStory, Story
from pipelines.rejects import Duplicate, ExactDuplicate, NearDuplicate, SameStory
from pipelines.session import ledger_of
from pipelines.urls import is_same_site

_AS_RESTORED = 0.8
"""Similarity from which a page shows a restored story again, some lines of boilerplate apart."""


class Unchanged(DropItem):
    """A stored story was fetched again and is as it was: no new row, and no reject either."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"{article_id} has not changed", log_level="DEBUG")
        self.article_id = article_id


class DedupPipeline:
    """Compares each article with what the ledger remembers.

    Synchronous on purpose: Scrapy runs synchronous stages one after another without
    going back to the event loop, so no other item comes between this look and the
    ledger's `accept` in the next stage.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        drop_similarity: float,
        cluster_similarity: float,
        window: timedelta,
    ) -> None:
        self._ledger = ledger
        self._drop_similarity = drop_similarity
        self._cluster_similarity = cluster_similarity
        self._window = window

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read DEDUP_DROP_SIMILARITY, DEDUP_CLUSTER_SIMILARITY and DEDUP_WINDOW_DAYS."""
        settings = crawler.settings
        return cls(
            ledger_of(crawler),
            drop_similarity=settings.getfloat("DEDUP_DROP_SIMILARITY"),
            cluster_similarity=settings.getfloat("DEDUP_CLUSTER_SIMILARITY"),
            window=timedelta(days=settings.getfloat("DEDUP_WINDOW_DAYS")),
        )

    def open_spider(self) -> None:
        """Let go of what is too old to be compared with."""
        self._ledger.forget_bands(datetime.now(UTC) - self._window)

    def process_item(self, item: Any) -> Any:
        """An article with its fingerprint and cluster. Raises a Duplicate."""
        if not isinstance(item, Article):
            return item
        stored = self._ledger.stored(item.article_id)
        if stored is not None and self._is_seen_again(item):
            return self._revision(item, stored)
        self._refuse_known_story(item)
        if not self._is_on:
            return item
        if self._drop_similarity:
            self._refuse_same_text(item)
        return self._compare_with_similar(item)

    def _is_seen_again(self, article: Article) -> bool:
        """Whether its URL was asked for again on purpose: a recheck, or after `scrapy forget`.

        Another way to the same story (a short link, a print version) is no revision of it.
        """
        is_forgotten = self._ledger.story_at(article.site, [article.url_key]) is None
        return article.discovered_via == RECHECK or is_forgotten

    def _revision(self, article: Article, stored: StoredStory) -> Article:
        """The article as the next revision of its story; it is no copy of itself.

        Raises Unchanged when its words are the same.
        """
        if _is_unchanged(article, stored):
            self._ledger.confirm(article)
            raise Unchanged(article.article_id)
        return replace(
            article,
            revision=stored.revision + 1,
            first_seen_at=stored.first_seen_at,
            cluster_id=stored.cluster_id,
            fingerprint=fingerprint(article.text) if self._is_on else None,
        )

    @property
    def _is_on(self) -> bool:
        return bool(self._drop_similarity or self._cluster_similarity)

    def _refuse_known_story(self, article: Article) -> None:
        keys = (article.url_key, *article.aliases)
        if stored := self._ledger.story_at(article.site, keys):
            raise SameStory(
                f"{article.url_key} is stored as story {stored}",
                **_copy(article, stored, 1.0),
            )

    def _refuse_same_text(self, article: Article) -> None:
        stories = self._ledger.stories_with_content(article.content_hash)
        if stories and not _is_their_original(article, stories):
            story = stories[0]
            raise ExactDuplicate(
                f"the same words as story {story.article_id} of {story.site}",
                **_copy(article, story.article_id, 1.0),
            )

    def _compare_with_similar(self, article: Article) -> Article:
        mark = fingerprint(article.text)
        article = replace(article, fingerprint=mark)
        since = article.fetched_at - self._window
        found = [
            (story, compare(mark, story.fingerprint, **self._thresholds))
            for story in self._ledger.similar_stories(mark, since)
            if story.fingerprint
        ]
        copies = [pair for pair in found if pair[1].is_copy]
        if copies and not _is_their_original(article, [story for story, _ in copies]):
            raise _near_duplicate(article, *max(copies, key=_original_first))
        if related := [pair for pair in found if pair[1].is_related]:
            closest, _ = max(related, key=lambda pair: pair[1].similarity)
            return replace(article, cluster_id=closest.cluster_id)
        return article

    @property
    def _thresholds(self) -> dict[str, float]:
        return {
            "drop_similarity": self._drop_similarity,
            "cluster_similarity": self._cluster_similarity,
        }


def _is_unchanged(article: Article, stored: StoredStory) -> bool:
    """Whether the words are the same: as stored, or as the page alone gives them.

    The page's own text stays the same where the site has taught more since. Of a story that
    was restored from the dataset only the stored text is known: it must be nearly that.
    """
    if article.content_hash == stored.content_hash or article.page_hash == stored.page_hash:
        return True
    if stored.page_hash is not None or stored.fingerprint is None:
        return False
    found = compare(fingerprint(article.text), stored.fingerprint)
    return found.similarity >= _AS_RESTORED


def _is_their_original(article: Article, copies: list[Story]) -> bool:
    """Whether all these are declared copies, and one names this article, or its site, as original.

    A date is no such declaration: sites state the day on which they took a story over.
    """
    origins = [copy.declared_original for copy in copies if copy.declared_original]
    return len(origins) == len(copies) and any(
        origin == article.article_id or is_same_site(origin, article.url) for origin in origins
    )


def _original_first(pair: tuple[Story, Match]) -> tuple[bool, float]:
    """Orders what an article copies: what is no declared copy itself, then what is most like it."""
    story, match = pair
    return story.declared_original is None, match.similarity


def _near_duplicate(article: Article, story: Story, match: Match) -> Duplicate:
    return NearDuplicate(
        f"{match.similarity:.0%} like story {story.article_id} of {story.site}",
        **_copy(article, story.article_id, match.similarity),
    )


def _copy(article: Article, stored: str, similarity: float) -> dict[str, Any]:
    return {
        "page_type": article.page_type,
        "title": article.title,
        "text": article.text,
        "duplicate_of": stored,
        "similarity": similarity,
    }
