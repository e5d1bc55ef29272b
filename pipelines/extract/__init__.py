"""One page in, at most one article out: pure functions over bytes.

document   decodes and parses the page, once
metadata   title, dates, authors, tags … with the source of each
blocks     the page as a list of text blocks with their places
body       which of them are the story's text (trafilatura is the engine)
pagetype   what kind of page it is, and what is no article
article    puts these together
"""

from pipelines.extract.article import Extraction, extract, extract_article

__all__ = ["Extraction", "extract", "extract_article"]
