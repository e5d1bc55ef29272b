"""Small listing pages, written for these tests."""

SITE = "https://www.example.com"
SECTION = f"{SITE}/world/"


def page(body: str, head: str = "", lang: str = "en") -> bytes:
    """A whole HTML page."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>World</title>'
        f"{head}</head><body>{body}</body></html>"
    ).encode()


def card(url: str, headline: str, extra: str = "") -> str:
    """One story as most sites show it: image, headline, "read more"."""
    return (
        f'<article class="card"><a href="{url}"><img src="/i.jpg" alt=""></a>'
        f'<h2><a href="{url}">{headline}</a></h2><p>The first lines.</p>{extra}'
        f'<a href="{url}">Read more</a></article>'
    )


HEADLINES = {
    "/world/flood-hits-old-town": "Flood hits old town",
    "/world/minister-quits-over-letter": "Minister quits over letter",
    "/world/ferry-workers-win-better-pay": "Ferry workers win better pay",
    "/world/lighthouse-opens-to-visitors": "Lighthouse opens to visitors",
    "/world/council-votes-for-new-bridge": "Council votes for new bridge",
}
CARDS = "".join(card(url, headline) for url, headline in HEADLINES.items())
NAVIGATION = (
    '<nav><a href="/">Home</a><a href="/world/">World</a><a href="/sport/">Sport</a>'
    '<a href="/culture/">Culture</a></nav>'
)
FOOTER = (
    '<footer><a href="/about-us">About us</a><a href="/privacy-policy">Privacy policy</a>'
    '<a href="/terms-of-use">Terms of use</a><a href="/login?next=/">Log in</a></footer>'
)


def section(main: str = CARDS, *, beside: str = "", head: str = "", lang: str = "en") -> bytes:
    """A section page with navigation, main content, sidebar and footer."""
    aside = f"<aside>{beside}</aside>" if beside else ""
    return page(f"{NAVIGATION}<main>{main}</main>{aside}{FOOTER}", head, lang)
