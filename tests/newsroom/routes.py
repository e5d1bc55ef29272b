"""Which page answers which path of the newsroom."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from tests.newsroom import article_pages, feeds
from tests.newsroom.desk import Trouble
from tests.newsroom.frame import Frame, Section, app_shell, document, link_list, simple_page
from tests.newsroom.section_pages import section_page
from tests.newsroom.server import Reply
from tests.newsroom.stories import Story, slug_of

ROBOTS = {"allow": 200, "missing": 404, "too_many": 429, "server_error": 503, "dropped": 0}
"""What robots.txt answers; 0 drops the connection."""

STATES = ("open", "consent_wall", "busy", "refused", "empty", "no_text", "hang")
"""What the whole site does: answers as ever, asks for consent, answers 429 with a Retry-After of
an hour, answers 403, lists no stories, serves stories without their text, never answers."""

_HANG_S = 600.0
_CONSENT = (
    (
        "We and our 743 partners store and access information on your device, such as cookies, "
        "to show personalised advertising and content and to measure both."
    ),
    (
        "You can accept all cookies, reject them or manage your choices. You may withdraw your "
        "consent at any time in the privacy settings."
    ),
    "Accept all · Reject all · Manage preferences",
)
_PIXEL = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)
_BUSY_S = 3600
_LEGAL = (
    "This site is run by a small publishing house in Eastmere. The editors answer letters.",
    "We store as little about our readers as the law allows, and delete it after thirty days.",
)


class Site(Protocol):
    """What the routes read from the newsroom."""

    sections: list[Section]
    page_size: int
    robots: str
    crawl_delay_s: float | None
    disallow: tuple[str, ...]
    elsewhere: str
    layout_is_broken: bool
    state: str
    listed: dict[str, list[Story]]
    by_path: dict[str, Story]
    troubles: dict[str, Trouble]

    @property
    def base_url(self) -> str: ...
    @property
    def articles(self) -> list[Story]: ...
    def frame(self, section: Section) -> Frame: ...


class Routes:
    """Answers requests from the state of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._visits: Counter[str] = Counter()

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        """The reply to GET `path`; header names in lower case."""
        parts = urlsplit(path)
        path = unquote(parts.path)
        self._visits[path] += 1
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        reply = self._in_state(path) or self._find(path, query) or self._not_found()
        return unless_unchanged(reply, headers)

    def _in_state(self, path: str) -> Reply | None:
        """What the site answers instead, while it is in another state than open."""
        if path == "/robots.txt":
            return None
        match self._site.state:
            case "consent_wall":
                return self._simple("Before you continue", _CONSENT)
            case "busy":
                return Reply(b"busy", status=429, headers={"Retry-After": str(_BUSY_S)})
            case "refused":
                return Reply(b"no", status=403)
            case "hang":
                return Reply(delay_s=_HANG_S)
            case "empty" if any(path.startswith(s.prefix) for s in self._site.sections):
                return self._simple("Nothing here", ["There are no stories in this section."])
            case "no_text" if path in self._site.by_path:
                return self._simple(
                    self._site.by_path[path].title, ["The story is on another page."]
                )
        return None

    def _find(self, path: str, query: Mapping[str, str]) -> Reply | None:
        return (
            self._trouble(path)
            or self._fixed(path)
            or self._section(path, query)
            or self._story(path, query)
            or self._list_page(path)
        )

    def _trouble(self, path: str) -> Reply | None:
        trouble = self._site.troubles.get(path)
        if trouble is None or trouble.answer is None:
            return None
        return trouble.answer(self._visits[path])

    def _fixed(self, path: str) -> Reply | None:
        """Paths that are there whatever the arguments of the newsroom."""
        if path.startswith("/media/"):
            return Reply(_PIXEL, media_type="image/gif")
        if path.startswith("/calendar/"):
            return self._calendar(path)
        if path in ("/about/", "/contact/", "/privacy/", "/terms/", "/account/login/"):
            return self._simple(path.strip("/").title(), _LEGAL)
        match path:
            case "/":
                return self._simple("Today", [s.teaser for s in self._site.articles[:5]])
            case "/robots.txt":
                return self._robots_txt()
            case "/sitemap-news.xml.gz":
                body = feeds.news_sitemap(self._site.base_url, self._ordinary())
                return Reply(body, media_type="application/gzip")
            case "/live/":
                return self._live_page()
            case "/data/":
                return Reply(b'{"stories": []}', media_type="application/json")
            case "/failing/":
                return self._simple("Internal error", [], status=500)
            case "/busy/":
                return Reply(b"busy", status=429, headers={"Retry-After": str(_BUSY_S)})
            case "/hang-up/":
                return Reply(status=0)
            case "/empty/":
                return Reply(b"")
            case "/go/private/":
                return Reply(status=302, headers={"Location": "http://10.0.0.1/"})
            case "/go/elsewhere/":
                return Reply(status=302, headers={"Location": self._site.elsewhere})
        return None

    def _robots_txt(self) -> Reply:
        site, status = self._site, ROBOTS[self._site.robots]
        lines = ["User-agent: *", "Disallow: /private/"]
        lines += [f"Disallow: {path}" for path in site.disallow]
        if site.crawl_delay_s is not None:
            lines.append(f"Crawl-delay: {site.crawl_delay_s:g}")
        lines += ["", f"Sitemap: {site.base_url}/sitemap-news.xml.gz", ""]
        return Reply("\n".join(lines).encode(), status=status, media_type="text/plain")

    def _section(self, path: str, query: Mapping[str, str]) -> Reply | None:
        for section in self._site.sections:
            if path == section.prefix:
                number = int(query.get("page", "1")) if section.paging == "query" else 1
                return self._section_page(section, number)
            if path == f"{section.prefix}feed/":
                return self._feed(section)
            match = re.fullmatch(rf"{section.prefix}page/(\d+)/", path)
            if match and section.paging == "path":
                return self._section_page(section, int(match[1]))
        return None

    def _section_page(self, section: Section, number: int) -> Reply | None:
        site = self._site
        listed, size = site.listed[section.key], site.page_size
        last = -(-len(listed) // size)
        if not 1 <= number <= last:
            return None
        if site.layout_is_broken:
            return Reply(app_shell().encode())
        shown = listed[(number - 1) * size : number * size]
        html = section_page(site.frame(section), shown, number, last)
        return _dated(Reply(html.encode()), _newest(listed))

    def _live_page(self) -> Reply | None:
        """The first section's page as old sites serve it: it reloads itself every minute."""
        page = self._section_page(self._site.sections[0], 1)
        head = b'<head>\n<meta http-equiv="refresh" content="60">'
        return page and replace(page, body=page.body.replace(b"<head>", head, 1))

    def _feed(self, section: Section) -> Reply:
        write = feeds.rss if section.feed == "rss" else feeds.atom
        stories = [s for s in self._site.listed[section.key] if s.fate == "stored"]
        body = write(self._site.base_url, section, stories)
        return _dated(Reply(body, media_type=f"application/{section.feed}+xml"), _newest(stories))

    def _story(self, path: str, query: Mapping[str, str]) -> Reply | None:
        site = self._site
        story = site.by_path.get(path.removesuffix("amp/"))
        if story is None:
            return None
        frame = site.frame(next(s for s in site.sections if s.name == story.section))
        if site.layout_is_broken:
            html = app_shell()
        elif path.endswith("/amp/"):
            html = article_pages.amp_page(frame, story)
        elif "print" in query:
            html = article_pages.print_page(frame, story)
        else:
            html = article_pages.article_page(frame, story)
        return _dated(Reply(html.encode()), story.modified_at or story.published_at)

    def _list_page(self, path: str) -> Reply | None:
        """The pages of authors and tags."""
        match = re.fullmatch(r"/(author|tag)/([^/]+)/", path)
        if not match:
            return None
        kind, slug = match.groups()
        stories = [
            story
            for story in self._ordinary()
            if slug in map(slug_of, story.authors if kind == "author" else story.tags)
        ]
        frame = self._site.frame(self._site.sections[0])
        title = slug.replace("-", " ").title()
        body = f"<main><h1>{title}</h1><ul>{link_list(stories)}</ul></main>"
        return Reply(document(frame, title, body).encode())

    def _calendar(self, path: str) -> Reply | None:
        """A month that links to the next one, for ever."""
        match = re.fullmatch(r"/calendar/(\d{4})/(\d\d)/", path)
        if not match:
            return None
        year, month = int(match[1]), int(match[2])
        later = f"/calendar/{year + month // 12}/{month % 12 + 1:02}/"
        frame = self._site.frame(self._site.sections[0])
        body = f'<main><h1>{month}/{year}</h1><a rel="next" href="{later}">Next month</a></main>'
        return Reply(document(frame, f"Calendar {month}/{year}", body).encode())

    def _ordinary(self) -> list[Story]:
        return [story for story in self._site.articles if story.kind == "article"]

    def _not_found(self) -> Reply:
        return self._simple("Not found", ["There is nothing here."], status=404)

    def _simple(self, title: str, paragraphs: Sequence[str], status: int = 200) -> Reply:
        frame = self._site.frame(self._site.sections[0])
        return Reply(simple_page(frame, title, paragraphs).encode(), status=status)


def unless_unchanged(reply: Reply, headers: Mapping[str, str]) -> Reply:
    """The reply with an ETag, or 304 when the client has it already (RFC 9110, 13.2.2)."""
    if reply.status != 200:
        return reply
    etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
    marks = {**reply.headers, "ETag": etag}
    if _is_known(etag, marks.get("Last-Modified"), headers):
        return Reply(status=304, headers=marks)
    return replace(reply, headers=marks)


def _is_known(etag: str, modified: str | None, headers: Mapping[str, str]) -> bool:
    if "if-none-match" in headers:
        return etag in headers["if-none-match"]
    since = headers.get("if-modified-since")
    if not (since and modified):
        return False
    return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)


def _dated(reply: Reply, at: datetime) -> Reply:
    return replace(reply, headers={"Last-Modified": format_datetime(at, usegmt=True)})


def _newest(stories: Sequence[Story]) -> datetime:
    return max(story.modified_at or story.published_at for story in stories)
