"""Pages that are no article are rejected by name; articles that look like them are kept."""

import json
from datetime import UTC, datetime

import pytest

from pipelines import rejects
from pipelines.extract import extract_article
from pipelines.items import Page
from tests.extract.test_article import PARAGRAPHS, WORDPRESS, plain

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MORE = tuple(
    f"Paragraph {number} tells of what the council of ward {number} had said about the plan, and "
    f"of what the {number} captains who spoke against it would rather see done with the money."
    for number in range(1, 9)
)


def page(html: str, url: str = "https://www.harbour.example/news/story-7.html") -> Page:
    return Page(url=url, body=html.encode(), fetched_at=NOW)


def notice(title: str, *lines: str, extra: str = "") -> str:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{text}{extra}"
        "</main></body></html>"
    )


def listing(cards: int, og_type: str = "website") -> str:
    shown = "".join(
        f'<article class="card"><h2><a href="/news/s{n}.html">Story number {n} of the day</a></h2>'
        f"<div><p>{MORE[n % 8]}</p></div></article>"
        for n in range(cards)
    )
    return (
        f'<html><head><title>News</title><meta property="og:type" content="{og_type}"></head>'
        f"<body><main><h1>News</h1>{shown}</main></body></html>"
    )


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (
            notice(
                "Before you continue",
                "We and our 812 partners store and access information on your device, such as"
                " cookies, for personalised advertising.",
                "You can accept all or reject all, and withdraw your consent at any time.",
            ),
            "ConsentWall",
        ),
        (
            notice("Just a moment...", "Checking your browser before you access the site."),
            "BotWall",
        ),
        (
            notice(
                "Zugriff verweigert",
                "Bitte bestätigen Sie, dass Sie kein Roboter sind, und lösen Sie das Captcha.",
            ),
            "BotWall",
        ),
        (
            notice(
                "Log in",
                "Please log in or create a free account. Forgotten your password?",
                extra="<form><input name=u><input type=password name=p></form>",
            ),
            "LoginPage",
        ),
        (
            notice("Page not found", "The page you are looking for has been moved or deleted."),
            "SoftNotFound",
        ),
        (
            notice("Страница не найдена", "Запрашиваемая страница не существует."),
            "SoftNotFound",
        ),
        (
            notice("Service unavailable", "We are experiencing technical trouble. Try again later"),
            "ErrorPage",
        ),
    ],
)
def test_wall_is_rejected_by_name_with_evidence(html: str, reason: str) -> None:
    with pytest.raises(rejects.NotAnArticle) as caught:
        extract_article(page(html), min_chars=0)
    assert caught.value.reason == reason
    assert len(caught.value.evidence) > 20


def test_paywall_stub_is_rejected_and_names_the_offer() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay closes",'
    head += ' "isAccessibleForFree": false}</script>'
    offer = "Subscribe to read the full story. Already a subscriber? Log in."
    with pytest.raises(rejects.PaywallStub, match="already a subscriber"):
        extract_article(page(plain((PARAGRAPHS[0], offer), head)), min_chars=0)


def test_full_text_that_is_declared_not_free_is_no_stub() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay closes",'
    head += ' "isAccessibleForFree": false}</script>'
    article = extract_article(page(plain(PARAGRAPHS + MORE, head)))
    assert article.is_free is False
    assert article.text.split("\n\n") == list(PARAGRAPHS + MORE)


def test_article_under_a_cookie_banner_is_kept() -> None:
    banner = (
        "<div id=banner><h2>We value your privacy</h2><p>We and our partners store and access"
        " information on your device. Accept all, reject all, manage preferences.</p></div>"
    )
    html = plain(PARAGRAPHS + MORE).replace("<nav>", banner + "<nav>")
    assert extract_article(page(html)).text.split("\n\n") == list(PARAGRAPHS + MORE)


def test_article_about_captchas_and_passwords_is_kept() -> None:
    about = (
        "Captcha pages ask you to verify you are human, and thousands forgot their password.",
        "“Please log in” is the sentence that most users hate, along with “page not found”.",
    )
    assert extract_article(page(plain(about + MORE))).text.startswith("Captcha pages")


@pytest.mark.parametrize("cards", [1, 2, 12])
def test_list_of_excerpts_is_a_category_page(cards: int) -> None:
    with pytest.raises(rejects.CategoryPage, match="headlines are links"):
        extract_article(page(listing(cards), "https://www.harbour.example/tags/quay/"))


def test_list_of_excerpts_that_calls_itself_an_article_is_a_category_page() -> None:
    with pytest.raises(rejects.CategoryPage):
        extract_article(page(listing(12, og_type="article")))


def test_home_page_is_a_category_page() -> None:
    with pytest.raises(rejects.CategoryPage, match="home page"):
        extract_article(page(listing(3), "https://www.harbour.example/"), min_chars=0)


def test_website_that_lists_its_stories_in_json_ld_is_a_category_page() -> None:
    entries = [{"@type": "ListItem", "position": n, "url": f"/news/s{n}.html"} for n in range(12)]
    data = json.dumps({"@type": "ItemList", "itemListElement": entries})
    head = f'<script type="application/ld+json">{data}</script>'
    site = plain(PARAGRAPHS).replace(
        "<head>", f'<head>{head}<meta property="og:type" content="website">'
    )
    with pytest.raises(rejects.CategoryPage, match="lists 12 entries"):
        extract_article(page(site, "https://www.harbour.example/global"))


def test_story_with_cards_of_other_stories_in_its_middle_is_kept() -> None:
    card = '<div class="x"><h3><a href="/news/o{0}.html">Another story, number {0}</a></h3></div>'
    texts = PARAGRAPHS + MORE
    parts = [f"<p>{t}</p>{card.format(n) if n % 2 else ''}" for n, t in enumerate(texts)]
    html = plain(("MARK",)).replace("<p>MARK</p>", "".join(parts))
    assert extract_article(page(html)).text.split("\n\n") == list(texts)


def test_imprint_is_another_document() -> None:
    with pytest.raises(rejects.OtherDocument, match="impressum"):
        extract_article(page(plain(MORE), "https://www.harbour.example/impressum/"))


def test_reject_carries_title_and_the_first_characters_of_text() -> None:
    with pytest.raises(rejects.CategoryPage) as caught:
        extract_article(page(listing(12)))
    assert caught.value.page_type == "category"
    assert caught.value.title == "News"
    assert caught.value.text
    assert len(caught.value.text) <= 500


def test_wordpress_page_is_no_category_page() -> None:
    assert extract_article(page(WORDPRESS.format(*MORE))).page_type == "article"


def test_dated_story_in_a_section_called_privacy_is_kept() -> None:
    head = '<meta property="article:published_time" content="2026-10-30T10:00:00Z">'
    html = plain(PARAGRAPHS + MORE, head).replace(
        "<title>Quay closes - Harbour Daily</title>",
        "<title>Quay closes | Privacy | Harbour Daily</title>",
    )
    assert "Privacy" in html
    assert extract_article(page(html)).page_type == "article"


BAR = """<div class="cookie-banner" role="dialog"><p>We use cookies to improve your experience.
<button>Accept all</button></p></div>"""
CARD = (
    '<h2><a href="/opinion/2026/open-the-quay.html">The quay must stay open for the boats</a></h2>'
)


def thin(main: str, bar: str = BAR) -> str:
    return (
        f"<html><head><title>Ferry leaves the quay - Harbour Times</title></head><body>{bar}<main>"
        f"<h1>Ferry leaves the quay</h1>{main}</main><footer>© Harbour Times</footer></body></html>"
    )


@pytest.mark.parametrize(
    ("main", "reason"),
    [
        ('<video src="a.mp4"></video><p>The ferry left on Friday.</p>', "OtherDocument"),
        ('<iframe src="https://video.example/embed/7"></iframe>', "OtherDocument"),
        (CARD, "TextTooShort"),
        ("<h2>Register for free to continue</h2><p>Create an account to read on.", "LoginPage"),
        ("<h2>Kostenlos registrieren</h2><p>Konto erstellen, um zu lesen.</p>", "LoginPage"),
        ("<p>The page you are looking for has been moved: error 404.</p>", "SoftNotFound"),
        ("", "ConsentWall"),
        ('<div class=most-read><a href="/a.html">Ferry fares rise once more</a>', "ConsentWall"),
    ],
)
def test_cookie_bar_is_a_wall_only_where_nothing_else_is_on_the_page(
    main: str, reason: str
) -> None:
    with pytest.raises(rejects.Reject) as caught:
        extract_article(page(thin(main)))
    assert caught.value.reason == reason
