"""Stories of which only the beginning is shown, above an offer."""

from collections.abc import Iterator

from tests.extract.web import Sample, chrome, document
from tests.extract.web.languages import LANGUAGES, Words

_CLOSED = (
    '<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",'
    ' "headline": "{}", "datePublished": "2026-10-30T08:00:00Z", "isAccessibleForFree": {},'
    ' "hasPart": {{"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector":'
    ' ".paywalled"}}}}</script>'
)


def samples() -> Iterator[Sample]:
    """Stubs in every language, marked and unmarked, and the ways of some vendors."""
    for lang, words in LANGUAGES.items():
        yield Sample(f"paywall/{lang}/declared", _declared(lang, words), "PaywallStub")
        yield Sample(f"paywall/{lang}/unmarked", _unmarked(lang, words), "PaywallStub")
        yield Sample(f"paywall/{lang}/cut", _cut(lang, words), "PaywallStub")
    for name, html in _vendors(LANGUAGES["en"]).items():
        yield Sample(f"paywall/{name}", html, "PaywallStub")


def _declared(lang: str, words: Words) -> str:
    """The markup that search engines ask for, and an offer within the story's element."""
    head = _CLOSED.format(words.headline, "false")
    return document(words.headline, chrome(_story(words, 2, _offer(words))), head, lang)


def _unmarked(lang: str, words: Words) -> str:
    """An offer under two paragraphs, and no word in the head."""
    main = _story(words, 1 if lang in ("zh", "ja") else 2) + _offer(words)
    return document(f"{words.headline} - Quay", chrome(main), lang=lang)


def _cut(lang: str, words: Words) -> str:
    """Text that fades out in the middle of a sentence, with a meta tag."""
    text = words.paragraph(2)
    shown = f"<p>{words.paragraph(0)}</p><p>{text[: len(text) // 2]}…</p>"
    head = '<meta property="og:type" content="article">'
    head += '<meta property="article:content_tier" content="locked">'
    main = f"<article><h1>{words.headline}</h1><div class='body'>{shown}</div></article>"
    return document(words.headline, chrome(main + _offer(words)), head, lang)


def _story(words: Words, count: int, inner: str = "") -> str:
    shown = "".join(f"<p>{words.paragraph(n)}</p>" for n in range(count))
    return f"<article><h1>{words.headline}</h1><div class='body'>{shown}{inner}</div></article>"


def _offer(words: Words) -> str:
    first, *more = words.offer
    lines = "".join(f"<p>{line}</p>" for line in more)
    return f"<div class='offer-box'><h2>{first}</h2>{lines}<button>OK</button></div>"


def _vendors(words: Words) -> dict[str, str]:
    def page(main: str, head: str = "") -> str:
        return document(words.headline, chrome(main), head)

    closed = _CLOSED.format(words.headline, "false")
    return {
        "piano": page(
            _story(words, 1) + "<div class='tp-container-inner'><h2>Keep reading with a"
            " subscription</h2><p>You have read your 3 free articles this month.</p></div>", closed
        ),
        "piano_empty_offer": page(
            _story(words, 2) + "<div class='piano-offer'></div>"
            "<div class='paywalled'></div>", closed
        ),
        "metered": page(
            _story(words, 1) + "<div><h2>You’ve reached your limit of free articles</h2><p>Create a"
            " free account or subscribe to read the full story.</p></div>"
        ),
        "registration": page(
            _story(words, 1) + "<div class='regwall'><h2>Register to continue reading</h2><p>It’s"
            " free and takes less than a minute. Already registered? Sign in.</p></div>"
        ),
        "subscribers_only": page(
            f"<article><h1>{words.headline}</h1><p>{words.sentences[0]}</p><p>This content is for"
            " members only. Please join to get full access.</p></article>"
        ),
        "word_count": page(
            _story(words, 1),
            closed.replace('"hasPart"', '"wordCount": 1240, "hasPart"'),
        ),
    }  # fmt: skip
