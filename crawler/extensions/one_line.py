"""Errors as cron mails them: one line each, with the place in the code instead of a traceback."""

import logging
import traceback
from copy import copy
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.log import get_scrapy_root_handler

_HINT = "-L INFO shows the traceback"


class OneLineErrors:
    """Shortens what is logged to stderr; with -L INFO or DEBUG everything stays."""

    def __init__(self, log_format: str) -> None:
        self._log_format = log_format

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read LOG_LEVEL and LOG_FORMAT. Raises NotConfigured where tracebacks are wanted."""
        level = logging.getLevelName(str(crawler.settings.get("LOG_LEVEL")).upper())
        if not isinstance(level, int) or level < logging.WARNING:
            raise NotConfigured
        extension = cls(crawler.settings.get("LOG_FORMAT"))
        # Scrapy makes its handler anew between the extensions and the engine.
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        return extension

    def spider_opened(self) -> None:
        """Take the handler over."""
        if handler := get_scrapy_root_handler():
            handler.setFormatter(OneLine(self._log_format))


class OneLine(logging.Formatter):
    """Formats a record without its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The message; behind it what was raised, and where."""
        if not record.exc_info or record.exc_info[1] is None:
            return super().format(record)
        bare = copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        return f"{super().format(bare)}: {one_line(record.exc_info[1])}; {_HINT}"


def one_line(error: BaseException) -> str:
    """What was raised, and in which line of which file.

    >>> one_line(ValueError("no date"))
    'ValueError: no date'
    """
    if isinstance(error, SyntaxError):
        return f"SyntaxError in line {error.lineno}: {error.msg}"
    said = " ".join(f"{type(error).__name__}: {error}".split())
    frames = traceback.extract_tb(error.__traceback__)
    return f"{said} ({frames[-1].filename}, line {frames[-1].lineno})" if frames else said
