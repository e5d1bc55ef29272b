"""The page itself: a template, everything escaped, nothing fetched."""

from datetime import datetime
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from crawler.durations import short
from crawler.report.data import Report


def render(report: Report) -> str:
    """One self-contained HTML document."""
    # Titles and evidence come from the web: everything is escaped.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["ago"] = lambda time: _ago(time, report.made_at)
    environment.filters["words"] = lambda name: name.replace("_", " ")
    text = files("crawler.report").joinpath("page.html.jinja").read_text("utf-8")
    return environment.from_string(text).render(report=report)


def _ago(time: datetime | None, now: datetime) -> str:
    """How long ago, for a person."""
    return "never" if time is None else f"{short(now - time)} ago"
