"""What real sites do to crawlers, one function per kind.

Each function takes the `Desk` and returns a `Trouble`: the truth about one document that a
section lists, and the answer to a request for it. The names of the functions are the kinds.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.newsroom import copies
from tests.newsroom.article_pages import json_ld
from tests.newsroom.desk import Desk, Trouble, notice_page, usual_page
from tests.newsroom.server import Reply
from tests.newsroom.stories import Editor

# Pages that are no article


def consent_wall(desk: Desk) -> Trouble:
    """Asks for consent to cookies instead of showing the text."""
    return notice_page(
        desk,
        "consent_wall",
        "Before you continue",
        "We and our 743 partners store and access information on your device, such as cookies, "
        "to show personalised advertising and content and to measure both.",
        "You can accept all cookies, reject them or manage your choices. You may withdraw your "
        "consent at any time in the privacy settings.",
        "Accept all · Reject all · Manage preferences",
    )


def bot_wall(desk: Desk) -> Trouble:
    """Asks for proof of being human."""
    return notice_page(
        desk,
        "bot_wall",
        "Just a moment...",
        "Checking your browser before you access the site.",
        "Please verify that you are a human by completing the captcha below. Please enable "
        "JavaScript and cookies to continue.",
        "Reference: 8f2b41c09d",
    )


def login(desk: Desk) -> Trouble:
    """Asks for an account."""
    return notice_page(
        desk,
        "login",
        "Log in to continue",
        "Please log in or create a free account to read this page.",
        "E-mail address · Password · Forgotten your password?",
        "New here? Register now.",
    )


def paywall_stub(desk: Desk) -> Trouble:
    """Two lines of the story, then an offer; the JSON-LD says that it is not free."""
    story = desk.new_story("paywall_stub")
    lines = story.paragraphs[0].split(". ")[0] + "."
    stub = replace(story, paragraphs=(lines,))

    def answer(visit: int) -> Reply:
        offer = (
            "Subscribe to read the full story. Already a subscriber? Log in. From 1 crown a week."
        )
        shown = replace(stub, paragraphs=(*stub.paragraphs, offer))
        return desk.page(shown, extra_head=json_ld(desk.frame(desk.section), stub, is_free=False))

    return Trouble(stub, answer)


def paywalled(desk: Desk) -> Trouble:
    """Not free, says the JSON-LD; the page carries the whole text all the same."""
    story = desk.new_story("paywalled")

    def answer(visit: int) -> Reply:
        return desk.page(story, extra_head=json_ld(desk.frame(desk.section), story, is_free=False))

    return Trouble(story, answer)


def soft_404(desk: Desk) -> Trouble:
    """Says "not found" with status 200."""
    return notice_page(
        desk,
        "soft_404",
        "Page not found",
        "Sorry, the page that you are looking for does not exist or has been moved.",
        "Error 404. Try our search, or go back to the home page.",
    )


def not_found(desk: Desk) -> Trouble:
    """Answers 404."""
    reply = desk.notice("Not found", "There is nothing here.", status=404)
    return Trouble(desk.new_story("not_found"), lambda visit: reply)


def empty(desk: Desk) -> Trouble:
    """Answers 200 with no body."""
    return Trouble(desk.new_story("empty"), lambda visit: Reply(b""))


def pdf_file(desk: Desk) -> Trouble:
    """A PDF behind a card."""
    story = desk.new_story("pdf_file")
    story = replace(story, path=story.path.rstrip("/") + ".pdf")
    body = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
    return Trouble(story, lambda visit: Reply(body, media_type="application/pdf"))


def json_file(desk: Desk) -> Trouble:
    """JSON behind a link that looks like an article's."""
    reply = Reply(b'{"items": [], "next": null}', media_type="application/json")
    return Trouble(desk.new_story("json_file"), lambda visit: reply)


def nofollow(desk: Desk) -> Trouble:
    """An ordinary page behind a link with rel=nofollow."""
    return usual_page(desk, desk.new_story("nofollow"))


def disallowed(desk: Desk) -> Trouble:
    """An ordinary page under /private/, which robots.txt always disallows."""
    story = desk.new_story("disallowed")
    return usual_page(desk, replace(story, path=f"/private{story.path}"))


# Pages that are hard to read


def latin_1(desk: Desk) -> Trouble:
    """Text in Windows-1252; neither the header nor the page says so."""
    german = Editor(
        section=desk.section.name,
        language="de",
        prefix=desk.section.prefix,
        newest=desk.editor.newest,
        seed=desk.editor.seed + 1,
    )
    story = replace(german.write(3900, desk.editor.newest - timedelta(days=2)), kind="latin_1")

    def answer(visit: int) -> Reply:
        html = desk.page(story).body.decode().replace('<meta charset="utf-8">', "")
        return Reply(html.encode("cp1252", "xmlcharrefreplace"), media_type="text/html")

    return Trouble(story, answer)


def broken_html(desk: Desk) -> Trouble:
    """Tags left open, closed twice and nested wrongly; a stray null byte."""
    story = desk.new_story("broken_html")

    def answer(visit: int) -> Reply:
        html = desk.page(story).body.decode()
        html = html.replace("</p>", "").replace("</li>", "</a></li></li>").replace("</body>", "")
        return Reply(html.replace("<main", "<b><i></b><main\x00", 1).encode())

    return Trouble(story, answer)


def huge(desk: Desk) -> Trouble:
    """An ordinary story with a script of some megabytes."""
    story = desk.new_story("huge")

    def answer(visit: int) -> Reply:
        padding = "var data = '" + "x" * desk.huge_bytes + "';"
        html = desk.page(story).body.decode()
        return Reply(html.replace("</body>", f"<script>{padding}</script></body>").encode())

    return Trouble(story, answer)


def slow(desk: Desk) -> Trouble:
    """Takes its time to answer."""
    story = desk.new_story("slow")
    return Trouble(story, lambda visit: replace(desk.page(story), delay_s=desk.slow_s))


def noai(desk: Desk) -> Trouble:
    """Opts out of use for machine learning, in the header and in the page."""
    story = desk.new_story("noai")

    def answer(visit: int) -> Reply:
        extra = json_ld(desk.frame(desk.section), story)
        extra += '<meta name="robots" content="noai, noimageai">'
        headers = {"X-Robots-Tag": "noai, noimageai", "tdm-reservation": "1"}
        return replace(desk.page(story, extra_head=extra), headers=headers)

    return Trouble(story, answer)


# Answers that ask for patience, and redirects


def flaky(desk: Desk) -> Trouble:
    """500 at the first visit, then the story."""
    story = desk.new_story("flaky")
    failure = desk.notice("Internal error", "Please try again.", status=500)
    return Trouble(story, lambda visit: failure if visit == 1 else desk.page(story))


def busy(desk: Desk) -> Trouble:
    """429 with Retry-After in seconds at the first visit, then the story."""
    return _busy(desk, "busy", lambda: str(desk.retry_after_s))


def busy_until(desk: Desk) -> Trouble:
    """503 with Retry-After as an HTTP date at the first visit, then the story."""

    def until() -> str:
        # HTTP dates have whole seconds: one more, so that the wait is never nothing.
        then = datetime.now(UTC) + timedelta(seconds=desk.retry_after_s + 1)
        return format_datetime(then, usegmt=True)

    return _busy(desk, "busy_until", until, status=503)


def moved(desk: Desk) -> Trouble:
    """Its old path redirects to the new one."""
    story = desk.new_story("moved")
    new_path = story.path.replace(story.slug, f"{story.slug}-updated")
    story = replace(story, landing_path=new_path)
    return Trouble(story, lambda visit: _redirect(new_path, 301))


def circle(desk: Desk) -> Trouble:
    """It redirects to itself, as a wall does that waits for a cookie."""
    story = desk.new_story("circle")
    return Trouble(story, lambda visit: _redirect(story.path))


def private_address(desk: Desk) -> Trouble:
    """Redirects to an address of a private network."""
    return _redirecting(desk, "private_address", lambda: "http://10.0.0.1/admin/")


def metadata_address(desk: Desk) -> Trouble:
    """Redirects to the link-local address where clouds keep credentials."""
    return _redirecting(desk, "metadata_address", lambda: "http://169.254.169.254/latest/")


def other_port(desk: Desk) -> Trouble:
    """Redirects to another port of loopback."""
    return _redirecting(desk, "other_port", desk.elsewhere)


def _busy(desk: Desk, kind: str, retry_after: Callable[[], str], status: int = 429) -> Trouble:
    story = desk.new_story(kind)

    def answer(visit: int) -> Reply:
        if visit > 1:
            return desk.page(story)
        return Reply(b"busy", status=status, headers={"Retry-After": retry_after()})

    return Trouble(story, answer)


def _redirect(url: str, status: int = 302) -> Reply:
    return Reply(b"", status=status, headers={"Location": url})


def _redirecting(desk: Desk, kind: str, target: Callable[[], str]) -> Trouble:
    return Trouble(desk.new_story(kind), lambda visit: _redirect(target()))


IN_OTHER_SECTION = {"exact_copy", "wire_copy", "shortened"}
"""Kinds that another section lists than the one of the story they repeat."""

MAKERS: dict[str, Callable[[Desk], Trouble]] = {
    maker.__name__: maker
    for maker in (
        *(copies.tracking, copies.amp, copies.print_view, copies.exact_copy),
        *(copies.wire_copy, copies.shortened, copies.template, copies.template_again),
        *(consent_wall, bot_wall, login, paywall_stub, paywalled, soft_404, not_found, empty),
        *(pdf_file, json_file, nofollow, disallowed, latin_1, broken_html, huge, slow, noai),
        *(flaky, busy, busy_until, moved, circle),
        *(private_address, metadata_address, other_port),
    )
}
"""Every kind of trouble by name."""
