"""The whole way of one page: bytes in, an Article or a named Reject out."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.extract import extract_article
from pipelines.items import Article, Page
from pipelines.rejects import EmptyPage, ExtractionCrash, HttpError, NotHtml, Reject, TextTooShort

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PARAGRAPHS = (
    "The harbour board voted on Tuesday to close the northern quay for two years.",
    "Ships will berth at the old coal pier, which was last used in 1987, said Ruth Amsel.",
    "“Nobody likes it, but the piles are rotten,” she told the council after the vote.",
    "The work is to cost 14 million crowns; the state pays a third of it.",
)


def page(html: str, **known: object) -> Page:
    fields: dict[str, object] = {
        "url": "https://www.harbour.example/news/quay-closes.html",
        "body": html.encode(),
        "fetched_at": NOW,
    }
    return Page(**(fields | known))  # type: ignore[arg-type]


def plain(paragraphs: tuple[str, ...] = PARAGRAPHS, head: str = "") -> str:
    body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html lang=en><head><title>Quay closes - Harbour Daily</title>{head}</head><body>"
        f"<nav><a href=/>Home</a> <a href=/news/>News</a></nav>"
        f"<article><h1>Quay closes</h1><div class=story>{body}</div></article>"
        f"<footer><p>© 2026 Harbour Daily. All rights reserved.</p></footer></body></html>"
    )


WORDPRESS = """<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8">
<title>Quay closes - Harbour Daily</title>
<meta property="og:type" content="article">
<meta property="og:title" content="Quay closes - Harbour Daily">
</head><body class="post-template-default single single-post has-sidebar">
<div id="page" class="site">
<header id="masthead"><p class="site-title"><a href="/">Harbour Daily</a></p></header>
<div class="breadcrumbs"><a href="/">Home</a> » <a href="/news/">News</a> » Quay closes</div>
<main id="main" class="site-main">
<article id="post-7" class="post-7 post type-post status-publish">
<header class="entry-header"><h1 class="entry-title">Quay closes</h1>
<div class="entry-meta"><span class="byline">by <a href="/author/admin/">admin</a></span>
<span class="posted-on">October 30, 2026</span></div></header>
<div class="entry-content">
<h2>Quay closes</h2>
<p>{0}</p>
<p><strong>See also:</strong> <a href="/news/piers.html">Five piers that time forgot</a></p>
<p>{1}</p>
<p>See also: <a href="/news/ferry.html">Ferry to run at night</a></p>
<p>{2}</p>
<p><em>See also</em> <a href="/news/dredging.html">Dredging begins in spring</a></p>
<p>{3}</p>
</div></article>
<div class="box"><h3>You may also like</h3>
<ul><li><a href="/news/a.html">Fog holds up the evening ferry again</a></li>
<li><a href="/news/b.html">New crane arrives from Gdansk by sea</a></li></ul></div>
<div id="comments" class="comments-area"><div id="respond">
<h3 id="reply-title">Leave a Comment <small><a href="#">Cancel reply</a></small></h3>
<form action="/wp-comments-post.php"><p>Your email address will not be published. Required fields
are marked *</p><textarea name="comment"></textarea></form></div>
<p class="akismet_comment_form_privacy_notice">This site uses Akismet to reduce spam.
<a href="/p">Learn how your comment data is processed.</a></p></div>
</main>
<div class="notice"><p>We use cookies to give you the best experience on our site. If you go on
to use this site we will assume that you are happy with it.</p><button>Ok</button></div>
</div></body></html>"""


def test_page_that_the_project_began_with_gives_its_paragraphs_and_nothing_else() -> None:
    article = extract_article(page(WORDPRESS.format(*PARAGRAPHS)))
    assert article.text.split("\n\n") == list(PARAGRAPHS)
    assert article.title == "Quay closes"


def test_article_carries_what_the_page_and_the_crawl_know() -> None:
    given_page = page(
        plain(head='<link rel=canonical href="https://harbour.example/news/quay-closes.html">'),
        requested_url="https://www.harbour.example/q?id=7",
        discovered_via="section",
        listing_url="https://www.harbour.example/news/",
        listing_rank=3,
        run_id="run-1",
    )
    article = extract_article(given_page)
    assert article.site == "harbour.example"
    assert article.url == given_page.url
    assert article.canonical_url == "https://harbour.example/news/quay-closes.html"
    assert len(article.aliases) >= 1
    assert article.url_key not in article.aliases
    assert (article.discovered_via, article.listing_rank, article.run_id) == ("section", 3, "run-1")
    assert article.first_seen_at == article.fetched_at == NOW
    assert article.cluster_id == article.article_id
    assert article.html_bytes == len(given_page.body)
    assert article.word_count > 50
    assert article.extractor.startswith("broadsheet ")
    assert " trafilatura " in article.extractor


def test_same_story_at_two_urls_with_one_canonical_url_has_one_id() -> None:
    head = '<link rel=canonical href="https://www.harbour.example/news/quay-closes.html">'
    first = extract_article(page(plain(head=head)))
    second = extract_article(
        page(plain(head=head), url="https://m.harbour.example/news/quay-closes-7.html")
    )
    assert first.article_id == second.article_id


@pytest.mark.parametrize(
    "canonical", ["https://www.harbour.example/", "https://other.example/news/quay-closes.html"]
)
def test_canonical_url_of_home_page_or_other_site_is_no_identity(canonical: str) -> None:
    article = extract_article(page(plain(head=f'<link rel=canonical href="{canonical}">')))
    assert article.url_key.endswith("/news/quay-closes.html")
    assert "harbour.example" in article.url_key


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("auteur", "fr", "Par Ann Lee (avec AFP)"),
        ("autor", "de", "Von Ann Lee"),
        ("muhabir", "tr", "Ann Lee"),
    ],
)
def test_byline_under_a_class_of_another_language_is_read_and_is_no_text(
    name: str, language: str, line: str
) -> None:
    standfirst = "<p class='chapo'>The quay at the harbour has been closed since Tuesday.</p>"
    byline = f"{standfirst}<p class='{name}'>{line}</p>"
    story = plain().replace("<div class=story>", f"<div class=story>{byline}")
    article = extract_article(page(story.replace("lang=en", f"lang={language}")), min_chars=0)
    assert article.authors == ("Ann Lee",)
    assert "Ann Lee" not in article.text


def test_status_400_and_above_is_an_http_error() -> None:
    with pytest.raises(HttpError, match="503"):
        extract_article(page(plain(), status=503))


def test_empty_body_is_an_empty_page() -> None:
    with pytest.raises(EmptyPage):
        extract_article(page(""))


def test_media_type_other_than_html_is_named() -> None:
    with pytest.raises(NotHtml, match="pdf"):
        extract_article(page("%PDF-1.4", headers={"content-type": "application/pdf"}))


def test_short_text_is_rejected_with_its_length_and_the_limit() -> None:
    with pytest.raises(TextTooShort, match="at least 5000") as caught:
        extract_article(page(plain()), min_chars=5000)
    assert caught.value.title == "Quay closes"
    assert caught.value.text
    assert caught.value.text.startswith("The harbour board")


def test_extraction_has_no_memory_of_earlier_pages() -> None:
    texts = {extract_article(page(plain())).text for _ in range(5)}
    assert len(texts) == 1


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<div>", "</div>", "<p>", "</p>", "<table><tr><td>", "</table>", "<li>", "<br>",
            "<article>", "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<svg>", "&#0;",
            "&bogus;", "<h1>", "<a href='http://[::1'>", "<time datetime='x'>", "<form>",
            "<meta property=og:type content=article>", "<base href='//['>", "text. " * 40,
            "<link rel=canonical href='http://[bad'>", "<script type='application/ld+json'>[{",
            "<html xmlns='x'>", "<p style='display:none'>", "\x00", "新闻。" * 30, "<iframe>",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), FRAGMENTS.map(str.encode)))
@example(b"<html><body>" + b"<div>" * 3000 + b"deep")
@example(b"\xff\xfe\x00<")
def test_any_bytes_give_an_article_or_a_reject(body: bytes) -> None:
    try:
        outcome: Article | Reject = extract_article(page("", body=body), min_chars=0)
    except Reject as reject:
        outcome = reject
    assert isinstance(outcome, Article) or outcome.evidence
    assert not isinstance(outcome, ExtractionCrash)
