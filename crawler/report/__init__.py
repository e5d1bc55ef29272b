"""One HTML page about everything that was crawled: `scrapy report`."""

from crawler.report.data import Report, build_report
from crawler.report.page import render

__all__ = ["Report", "build_report", "render"]
