"""True articles that look like what is none: short, amid cards, behind banners, without a word
about themselves."""

from collections.abc import Iterator

from tests.extract.web import Sample, chrome, document
from tests.extract.web.consent import PAGES
from tests.extract.web.languages import LANGUAGES, Words
from tests.extract.web.listings import CARDS

_OG = '<meta property="og:type" content="article">'
_SITE = '<meta property="og:type" content="website">'
_CLOSED = (
    '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{}",'
    ' "datePublished": "2026-10-30T08:00:00Z", "isAccessibleForFree": false, "hasPart": {{"@type":'
    ' "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".rest"}}}}</script>'
)


def samples() -> Iterator[Sample]:
    """Every story that is easily taken for something else."""
    for lang, words in LANGUAGES.items():
        yield from _in_language(lang, words)
    yield from _in_chrome(LANGUAGES["en"])
    yield from _by_subject(LANGUAGES["en"])


def text(words: Words, count: int, start: int = 0) -> str:
    """Paragraphs of a story."""
    return "".join(f"<p>{words.paragraph(start + n)}</p>" for n in range(count))


def story(words: Words, inner: str) -> str:
    """A story in its element."""
    return f"<article><h1>{words.headline}</h1><div class='body'>{inner}</div></article>"


def related(words: Words, kind: str, count: int) -> str:
    """A box of other stories."""
    cards = "".join(CARDS[kind](words, n) for n in range(20, 20 + count))
    cards = f"<ul>{cards}</ul>" if kind in ("div_headline", "bare_links") else cards
    return f"<section class='more'><h2>More</h2>{cards}</section>"


def _in_language(lang: str, words: Words) -> Iterator[Sample]:
    def sample(name: str, main: str, head: str = "") -> Sample:
        return Sample(f"story/{lang}/{name}", document(words.headline, main, head, lang), "article")

    yield sample("bare", story(words, text(words, 5)))
    yield sample("in_chrome", chrome(story(words, text(words, 5))))
    yield sample("short", chrome(story(words, text(words, 3))), _OG)
    boxes = related(words, "article_h2", 6) + related(words, "span_headline", 8)
    yield sample("with_boxes", chrome(story(words, text(words, 6)), boxes), _OG)
    closed = _CLOSED.format(words.headline)
    inner = text(words, 3) + f"<div class='rest'>{text(words, 6, 3)}</div>"
    yield sample("closed_and_whole", chrome(story(words, inner)), closed)
    if lang in ("en", "de", "fr"):
        banner = PAGES["onetrust" if lang == "en" else f"{_BANNER[lang]}"]
        banner = banner.partition("<body>")[2].partition("</body>")[0]
        yield sample("under_banner", banner + chrome(story(words, text(words, 6))))
        yield sample("banner_after", chrome(story(words, text(words, 6))) + banner, _SITE)


_BANNER = {"de": "usercentrics_de", "fr": "didomi_fr"}


def _in_chrome(words: Words) -> Iterator[Sample]:
    def sample(name: str, main: str, head: str = "", url: str | None = None) -> Sample:
        html = document(f"{words.headline} - Harbour Times", main, head)
        expected = "opinion" if "opinion" in name else "article"
        return (
            Sample(f"story/{name}", html, expected, url)
            if url
            else Sample(f"story/{name}", html, expected)
        )

    whole = story(words, text(words, 8))
    for kind in CARDS:
        if kind != "full_post":
            box = related(words, kind, 12)
            yield sample(f"before/{kind}", chrome(box + whole))
            yield sample(f"after/{kind}", chrome(whole + box), _SITE)
            amid = text(words, 4) + related(words, kind, 3) + text(words, 4, 4)
            yield sample(f"amid/{kind}", chrome(story(words, amid)), _OG)
            short = story(words, text(words, 2))
            yield sample(f"short_after/{kind}", chrome(short + box), _OG)
    yield sample("site", chrome(whole), _SITE)
    yield sample("under_tag", chrome(whole), _OG, "https://harbour.example/tag/quay/quay-closes")
    yield sample("under_category", chrome(whole), "", "https://harbour.example/category/news/1")
    yield sample("at_short_path", chrome(whole), "", "https://harbour.example/politics")
    yield sample("by_query", chrome(whole), _SITE, "https://harbour.example/?p=1204")
    yield sample("at_root_by_id", chrome(whole), "", "https://harbour.example/index.php?id=77")
    box = (
        "<div class='author-box'><img src='r.jpg'><a href='/author/ruth'>Ruth Amsel</a><p>Ruth Amsel"
        " writes a column about the harbour every Friday. Her books are about silt.</p></div>"
    )
    url = "https://harbour.example/opinion/quay-must-stay"
    yield sample("opinion", chrome(story(words, text(words, 7)) + box), _OG, url)
    items = "".join(
        f"<h2>{n}. The pier of ward {n}</h2><p>{words.paragraph(n)}</p>" for n in range(1, 11)
    )
    yield sample("list_article", chrome(story(words, items)))
    linked = "".join(
        f"<h2><a href='https://pier{n}.example/'>{n}. The pier of ward {n}</a></h2>"
        f"<p>{words.paragraph(n)}</p>"
        for n in range(1, 11)
    )
    yield sample("list_article_with_links", chrome(story(words, linked)), _OG)
    asked = "".join(
        f"<p><strong>What becomes of the {n} cranes?</strong></p><p>{words.paragraph(n)}</p>"
        for n in range(1, 9)
    )
    yield sample("interview", chrome(story(words, asked)))
    recipe = (
        "<p>My grandmother made this stew on the days on which the fleet came home, and on no other"
        " day of the year.</p><ul><li>2 onions</li><li>1 kg of mussels</li><li>Salt</li></ul><ol>"
        "<li>Chop the onions and fry them in butter until they are as soft as the fog.</li><li>Add"
        " the mussels, close the lid and wait for seven minutes. Serve with bread.</li></ol>"
    )
    data = '<script type="application/ld+json">{"@type": "Recipe", "name": "Fleet stew"}</script>'
    yield sample("recipe", chrome(story(words, recipe)), data)
    lines = words.paragraph(0) + "<br><br>" + words.paragraph(1) + "<br><br>" + words.paragraph(2)
    table = f"<table><tr><td><font><b>{words.headline}</b><br>{lines}</font></td></tr></table>"
    yield sample("in_table", table)
    commented = "".join(
        f"<div class='comment'><a href='/u/{n}'>reader{n}</a><p>{words.paragraph(n)}</p></div>"
        for n in range(12)
    )
    yield sample("commented", chrome(whole + f"<div id='comments'>{commented}</div>"), _OG)
    own = f"<h1><a href='/news/a-story-without-url.html'>{words.headline}</a></h1>"
    yield sample("headline_is_link", chrome(f"<article>{own}{text(words, 6)}</article>"))
    offer = (
        "<div class='offer'><h3>Subscribe now for full digital access</h3><p>Already a subscriber?"
        " Log in. Cancel anytime. Get unlimited access to the Harbour Times.</p></div>"
    )
    yield sample("offer_at_end", chrome(story(words, text(words, 6) + offer)), _OG)
    yield sample("short_with_offer", chrome(story(words, text(words, 3)), offer), _OG)
    login = "<form class='login'><input name=u><input type=password><a href='/pw'>Forgot your"
    login += " password?</a> <a href='/reg'>Register now</a> Remember me</form>"
    yield sample("login_form_beside", login + chrome(story(words, text(words, 3))), "")


_SUBJECTS = {
    "cookies": (
        "Why sites ask you to accept all cookies",
        (
            "“We value your privacy” is how most banners begin, and hardly anyone reads on.",
            "Four out of five readers click “accept all”, a study by the harbour college found.",
            "Regulators say that “reject all” must be as easy, and fined a site that hid it.",
            "Personalised advertising pays for the news, publishers reply, and cookies pay for it.",
        ),
    ),
    "captchas": (
        "Are you a robot? The odd history of the captcha",
        (
            "The captcha was invented to tell people and machines apart, and now machines win it.",
            "“Verify you are human”, it says, and shows nine pictures of buses and bridges.",
            "Cloudflare has replaced it with a check of the browser that takes a second or two.",
            "Blind readers were always locked out by it, says Ruth Amsel of the harbour college.",
        ),
    ),
    "not_found": (
        "How the 404 page became an art form",
        (
            "“Page not found” is the sentence that every site has, and few take any trouble over.",
            "The error 404 takes its number from a table that was drawn up in Geneva in 1992.",
            "A museum in Northport now shows the best ones, from 12 countries and 3 decades.",
            "“The page you are looking for has been moved” is the oldest text in the exhibition.",
        ),
    ),
    "paywalls": (
        "Newspapers lower their paywalls as readers flee",
        (
            "“Subscribe to continue reading” drives off nine readers in ten, a survey has found.",
            "The Harbour Times gave up its limit of five free articles in the spring of last year.",
            "“Already a subscriber? Log in” is seen 2 million times a day in this country alone.",
            "Premium content still pays where it is about money, the authors of the survey say.",
        ),
    ),
    "maintenance": (
        "Bank customers locked out after failed update",
        (
            "“Something went wrong, please try again later”, read the screens of 7,000 customers.",
            "The bank blamed scheduled maintenance that ran over by eleven hours on Sunday night.",
            "An error occurred in the login service, its spokeswoman said, and was seen too late.",
            "The regulator asked for a report by Friday and reserved the right to impose a fine.",
        ),
    ),
    "passwords": (
        "Forgot your password? You are not alone",
        (
            "The average adult now has to remember 168 passwords, and forgets one every week.",
            "“Please log in” and “create an account” are the two phrases that people hate most.",
            "Keys in the telephone are to replace them all by 2030, if the banks play along too.",
            "Until then, says Ruth Amsel, a sheet of paper in the drawer is safer than it sounds.",
        ),
    ),
}


def _by_subject(words: Words) -> Iterator[Sample]:
    for name, (headline, sentences) in _SUBJECTS.items():
        told = Words(words.section, headline, sentences, ())
        inner = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        inner += "".join(f"<p>{told.paragraph(n)}</p>" for n in range(4))
        for kind, head in (("bare", ""), ("declared", _OG)):
            html = document(f"{headline} - Harbour Times", chrome(story(told, inner)), head)
            yield Sample(f"story/about_{name}/{kind}", html, "article")
    gallery = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>{words.sentences[n % 4]} Photo {n} of 12."
        "</figcaption></figure>"
        for n in range(12)
    )
    data = '<script type="application/ld+json">{"@type": "ImageGallery", "name": "Quay"}</script>'
    inner = f"<p>{words.paragraph(0)}</p>{gallery}"
    html = document("Quay - Harbour Times", chrome(story(words, inner)), data)
    yield Sample("story/gallery", html, "gallery")
    video = f'<script type="application/ld+json">{{"@type": "VideoObject", "name": "{words.headline}"}}</script>'
    inner = f"<video src='v.mp4'></video><p>{words.paragraph(0)}</p>"
    html = document(words.headline, chrome(story(words, inner)), video)
    yield Sample("story/video", html, "video")
    wire = "<p>NORTHPORT, Oct. 30, 2026 /PRNewswire/ -- " + words.paragraph(0) + "</p>"
    inner = wire + text(words, 4) + "<p>SOURCE Harbour Board</p>"
    html = document(words.headline, chrome(story(words, inner)), _OG)
    yield Sample("story/press_release_wire", html, "press_release")
    wire = "<p>NORTHPORT--(BUSINESS WIRE)--" + words.paragraph(0) + "</p>"
    html = document(words.headline, chrome(story(words, wire + text(words, 4))), _OG)
    yield Sample("story/press_release_business_wire", html, "press_release")
    german = LANGUAGES["de"]
    wire = f"<p>Nordhafen (ots) - {german.paragraph(0)}</p>"
    inner = wire + text(german, 4) + "<p>Original-Content von: Hafenrat, übermittelt durch news"
    html = document(german.headline, chrome(story(german, inner + " aktuell</p>")), _OG, "de")
    yield Sample("story/press_release_ots", html, "press_release")
