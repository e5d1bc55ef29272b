"""Whether a site is crawled as usual: a run and the runs before it, in; a named verdict, out.

Pure functions: no I/O, no Scrapy, no clock. Times are passed in.
"""

from crawler.health.due import next_due
from crawler.health.faults import Fault, Health, Level
from crawler.health.sections import fault_of_answer, section_fault
from crawler.health.standing import Standing, runs_that_tell, standing
from crawler.health.verdict import Thresholds, assess, is_news

__all__ = [
    "Fault",
    "Health",
    "Level",
    "Standing",
    "Thresholds",
    "assess",
    "fault_of_answer",
    "is_news",
    "next_due",
    "runs_that_tell",
    "section_fault",
    "standing",
]
