"""Live blogs in the layouts that news sites use, each with its entries as they should be read."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.extract.web import Sample, chrome, document

ENTRIES = (
    ("14:32", "Board votes", ("The board has voted to close the quay, by seven votes to two.",
                              "The chair thanked the speakers and closed the session at once.")),
    ("14:05", "", ("Ruth Amsel takes the floor and asks for a short break.",)),
    ("13:40", "Fishermen arrive", ("Some sixty fishermen have come to watch from the gallery.",
                                   "“We will stay until it is over,” one of them says.")),
    ("13:02", "Session begins", ("The session has begun with a minute of silence for the pilots.",)),
)  # fmt: skip
TEXT = "\n\n".join(
    "\n\n".join((f"{time} {headline}".strip(), *paragraphs))
    for time, headline, paragraphs in ENTRIES
)
SUMMARY = "The harbour board decides today on the future of the northern quay; we report live."
_LIVE = {"@type": "LiveBlogPosting", "headline": "Quay vote live", "datePublished": "2026-10-30"}

Entry = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LiveSample:
    """A page and the text that it should give."""

    sample: Sample
    text: str


def _paragraphs(entry: Entry) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in entry[2])


def _article(entry: Entry) -> str:
    """The commonest: an article for each entry, the time in a time element."""
    time, headline, _ = entry
    title = f"<h2>{headline}</h2>" if headline else ""
    return (
        f"<article class='liveblog-entry' id='e{time}'><time datetime='2026-10-30T{time}:00Z'>{time}"
        f"</time>{title}<div class='body'>{_paragraphs(entry)}</div><div class='share'><a href='#'>"
        "Share</a></div></article>"
    )


def _headline_first(entry: Entry) -> str:
    time, headline, _ = entry
    title = f"<h3 class='t'>{headline}</h3>" if headline else ""
    return (
        f"<li class='post'><header>{title}<div class='meta'><span class='by'>Ida Bohm</span> <time"
        f" datetime='2026-10-30T{time}'>{time}</time></div></header>{_paragraphs(entry)}</li>"
    )


def _flat(entry: Entry) -> str:
    """Times, headlines and paragraphs side by side."""
    time, headline, _ = entry
    title = f"<h4>{headline}</h4>" if headline else ""
    return f"<p class='time'>{time}</p>{title}{_paragraphs(entry)}"


def _leading(entry: Entry) -> str:
    """The time opens the first paragraph, or the headline."""
    time, headline, paragraphs = entry
    if headline:
        return f"<h3>{time} – {headline}</h3>{_paragraphs(entry)}"
    first, *more = paragraphs
    rest = "".join(f"<p>{paragraph}</p>" for paragraph in more)
    return f"<p><strong>{time}:</strong> {first}</p>{rest}"


def _row(entry: Entry) -> str:
    time, headline, _ = entry
    title = f"<b>{headline}</b>" if headline else ""
    return f"<div class='row'><div class='c1'>{time}</div><div class='c2'>{title}{_paragraphs(entry)}</div></div>"


LAYOUTS: dict[str, Callable[[Entry], str]] = {
    "article": _article,
    "headline_first": _headline_first,
    "flat": _flat,
    "leading": _leading,
    "row": _row,
}


def _head(more: dict[str, object] | None = None) -> str:
    data = json.dumps(_LIVE | (more or {}))
    return f'<script type="application/ld+json">{data}</script>'


def page(entries: str, head: str = "", title: str = "Quay vote live") -> str:
    """A live blog: headline, summary, list of key moments, entries, other stories."""
    moments = "".join(
        f"<li><a href='#e{t}'><time>{t}</time> {h or 'More'}</a></li>" for t, h, _ in ENTRIES
    )
    others = "".join(
        f"<li><a href='/n/{n}'>Ferry number {n} runs again after storm</a></li>" for n in range(6)
    )
    main = (
        f"<article><h1>{title}</h1><p class='sum'>{SUMMARY}</p><ul class='key'>{moments}</ul>"
        f"<div class='live'>{entries}</div></article><aside><ul>{others}</ul></aside>"
    )
    return document(title, chrome(main), head)


def samples() -> Iterator[LiveSample]:
    """Every live blog."""
    text = f"{SUMMARY}\n\n{TEXT}"
    for name, layout in LAYOUTS.items():
        html = page("".join(map(layout, ENTRIES)), _head())
        yield LiveSample(Sample(f"live/{name}", html, "live_blog"), text)
    updates = [
        {"@type": "BlogPosting", "datePublished": f"2026-10-30T{time}:00+01:00",
         "headline": headline, "articleBody": "\n".join(paragraphs)}
        for time, headline, paragraphs in ENTRIES
    ]  # fmt: skip
    stated = text.removeprefix(f"{SUMMARY}\n\n")
    for time, _, _ in ENTRIES:
        stated = stated.replace(time, f"2026-10-30 {time}")
    html = page("<div id='app'></div>", _head({"liveBlogUpdate": updates}))
    yield LiveSample(Sample("live/json_ld", html, "live_blog"), stated)
    many = ENTRIES * 2
    html = page("".join(map(_article, many)), "", "Live: quay vote as it happened")
    yield LiveSample(Sample("live/undeclared", html, "live_blog"), f"{text}\n\n{TEXT}")
