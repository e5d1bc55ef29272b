"""The one local news site that serves all crawl tests and the demo.

>>> with Newsroom(sections=["world"], stories_per_section=2) as newsroom:
...     [story.kind for story in newsroom.articles]
['article', 'article']
"""

from tests.newsroom.newsroom import SECTIONS, Newsroom
from tests.newsroom.stories import Story
from tests.newsroom.troubles import MAKERS

__all__ = ["MAKERS", "SECTIONS", "Newsroom", "Story"]
