"""What a site file may declare: a slip of the pen is refused, what is the site's own is not."""

import re
from functools import cached_property
from typing import Any

import pytest

from crawler.base import NewsSpider
from pipelines.errors import ConfigError


@pytest.mark.parametrize(
    ("word", "value", "said"),
    [
        ("delay", 2.0, "did you mean delay_s?"),
        ("DELAY_S", 2.0, "a site declares name, section_urls, article_url_pattern"),
        ("article_url_patern", r"/\d+/", "did you mean article_url_pattern?"),
        ("article_pattern", re.compile(r"/\d+/"), "did you mean article_url_pattern?"),
        ("start_urls", ["https://example.com/"], "did you mean section_urls?"),
        ("custom_setings", {}, "did you mean custom_settings?"),
        ("paper", "Harbour Times", "a name of your own begins with an underscore: _paper"),
    ],
)
def test_word_that_nothing_reads_is_refused(word: str, value: Any, said: str) -> None:
    with pytest.raises(ConfigError, match=f"Site declares {word}, which nothing") as refused:
        type("Site", (NewsSpider,), {"name": "harbour", word: value})
    assert said in str(refused.value)


def test_what_is_read_and_what_is_the_sites_own_is_accepted() -> None:
    class Shared(NewsSpider):
        """Declarations that several sites have in common."""

        custom_settings = {"USER_AGENT": "Harbour/1"}  # noqa: RUF012  (as a user writes it)
        user_agent = "Harbour/1"
        allowed_domains = ("example.com",)
        _paper = "Harbour Times"

        class Place:
            """A class inside."""

        @property
        def paper(self) -> str:
            """The paper's name."""
            return self._paper

        @cached_property
        def paper_of_record(self) -> str:
            """The same."""
            return self._paper

        @staticmethod
        def weekday() -> int:
            """A method."""
            return 1

    class Site(Shared):
        """One of them."""

        name = "harbour"
        section_urls = ("https://example.com/world/",)
        language = "en"

    assert Site().paper_of_record == Site().paper == "Harbour Times"
