"""Which links of a page are articles, and why."""

import gzip
import re

import pytest

from crawler.discovery import Link, PatternCounts, SectionPage, read_section, url_pattern
from crawler.discovery.score import ARTICLE_SCORE
from tests.discovery.pages import CARDS, HEADLINES, SECTION, SITE, card, page, section


def paths(found: SectionPage) -> list[str]:
    """Paths of the article links, best rank first."""
    return [link.url.removeprefix(SITE) for link in found.article_links]


def link_to(found: SectionPage, path: str) -> Link:
    """The link of the page that leads to `path`."""
    return next(link for link in found.links if link.url.removeprefix(SITE) == path)


def test_cards_are_articles_in_page_order_and_all_else_is_not() -> None:
    found = read_section(section(), SECTION)
    assert paths(found) == list(HEADLINES)
    assert [link.rank for link in found.article_links] == [1, 2, 3, 4, 5]
    assert link_to(found, "/about-us").rank == 0


def test_anchors_of_one_story_are_one_link_with_the_headline_as_text() -> None:
    found = read_section(section(), SECTION)
    assert [link.anchor_text for link in found.article_links] == list(HEADLINES.values())
    assert len({link.url_key for link in found.links}) == len(found.links)


def test_every_link_carries_reasons_that_add_up_to_its_score() -> None:
    for link in read_section(section(), SECTION).links:
        weights = [
            float(match[0])
            for reason in link.reasons
            if (match := re.search(r"[-+][\d.]+$", reason))
        ]
        assert link.score == pytest.approx(sum(weights), abs=0.06 * len(weights))
        assert link.is_article <= (link.score >= ARTICLE_SCORE)


def test_plain_address_of_a_story_is_preferred_to_its_variants() -> None:
    story = "/world/flood-hits-old-town"
    variants = (f"{story}/amp/", f"{story}?utm_source=top", story, f"{story}?print=1")
    body = "".join(f'<h2><a href="{url}">Flood hits old town</a></h2>' for url in variants)
    assert paths(read_section(section(body), SECTION)) == [story]


@pytest.mark.parametrize("rel", ["tag", "category tag", "author", "sponsored nofollow"])
def test_rel_of_a_tag_an_author_or_an_advertisement_speaks_against_a_story(rel: str) -> None:
    body = CARDS + f'<a rel="{rel}" href="/x/the-word-of-the-day">The word of the day</a>'
    assert paths(read_section(section(body), SECTION)) == list(HEADLINES)


def test_headings_inside_the_anchor_name_the_story_not_its_kicker() -> None:
    body = '<a href="/world/flood-hits-old-town"><h5>World</h5><h3>Flood hits old town</h3>More</a>'
    assert (
        read_section(section(body), SECTION).article_links[0].anchor_text == "Flood hits old town"
    )


def test_text_of_scripts_is_no_anchor_text() -> None:
    body = '<a href="/2026/11/23/flood"><script>{"@type":"x"}</script><h3>Flood</h3></a>'
    assert read_section(section(body), SECTION).article_links[0].anchor_text == "Flood"


@pytest.mark.parametrize(
    "path",
    [
        "/tag/prime-minister-of-the-coast",
        "/category/news-from-the-coast",
        "/author/maria-of-the-long-name",
        "/thema/hochwasser-an-der-kueste",
        "/etiketa/plimmyres-stin-akti",
        "/privacy-policy",
        "/subscribe/give-a-year-of-news",
        "/2026/11/",
        "/2026/11/23/",
        "/share?url=https%3A%2F%2Fwww.example.com%2Fworld%2Fflood",
        "/files/the-annual-report-2026.pdf",
        "/",
        "/world/",
    ],
)
def test_page_that_is_no_story_is_none_even_under_a_headline(path: str) -> None:
    found = read_section(
        section(CARDS + f'<h2><a href="{path}">All about the flood</a></h2>'), SECTION
    )
    assert path not in paths(found)


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/23/flood",
        "/2026/nov/23/flood-hits-town",
        "/20261123/flood.html",
        "/26/1123/10/FJ1MPFN4000189FH.html",
        "/23/11/2026/6600f0c09a7947",
        "/articles_2_23/11/2026_456366",
        "/world/flood-hits-old-town-a-12345678.html",
        "/news/articles/c4gq1nn2p2vo",
        "/archives/2026/11/23/104501.php",
        "/story.php?newsid=13177",
        "/article/view?idxno=4411",
    ],
)
def test_url_shapes_of_stories_are_known_without_headings(path: str) -> None:
    body = f'<ul><li><a href="{path}">Flood hits the old town hard</a></li></ul>'
    assert paths(read_section(section(body), SECTION)) == [path]


@pytest.mark.parametrize(
    ("lang", "headline", "path"),
    [
        ("el", "Πλημμύρες έπληξαν την παλιά πόλη", "/kosmos/article/562950406/plimmyres"),
        ("ru", "Наводнение обрушилось на старый город", "/politika/20343211"),
        ("zh", "洪水袭击了这座古老的港口城市", "/n1/2026/1123/c1001-40203456.html"),
        ("ja", "古い港町を洪水が襲い、住民が避難した", "/articles/ASS3T3PG3S3TUHBI00JM.html"),
        ("ar", "الفيضانات تضرب المدينة القديمة على الساحل", "/news/2026/11/23/فيضانات"),
        ("th", "น้ำท่วมเมืองท่าเก่าแก่ริมชายฝั่ง", "/news/local/2456789"),
        ("hi", "तटीय शहर में बाढ़ से भारी तबाही", "/desh/बाढ़-से-भारी-तबाही-तट-पर"),
    ],
)
def test_stories_are_found_in_any_script(lang: str, headline: str, path: str) -> None:
    body = f'<div class="x"><h3><a href="{path}">{headline}</a></h3></div>'
    found = read_section(section(body, lang=lang), SECTION)
    assert [link.anchor_text for link in found.article_links] == [headline]
    assert found.language == lang


@pytest.mark.parametrize(
    ("page_path", "folder"),
    [
        ("/news/press/", "/news/press"),
        ("/news/", "/news/press"),
        ("/about/events/", "/about/events"),
        ("/about/events/page/2/", "/about/events"),
        ("/shop/", "/shop"),
    ],
)
def test_section_may_be_named_as_pages_of_the_house_are(page_path: str, folder: str) -> None:
    stories = [f"{folder}/flood", f"{folder}/pier", f"{folder}/new-bridge"]
    cards = "".join(card(url, "Old town speaks of its pier") for url in stories)
    rest = '<h3><a href="/about">About us</a></h3><h3><a href="/press">Press</a></h3>'
    found = read_section(section(cards + rest), f"{SITE}{page_path}")
    assert paths(found) == stories


@pytest.mark.parametrize("path", ["/events/flood", "/about/flood", "/news/shop/flood"])
def test_name_of_a_page_of_the_house_speaks_against_links_of_other_sections(path: str) -> None:
    body = CARDS + f'<h2><a href="{path}">All about the flood</a></h2>'
    assert path not in paths(read_section(section(body), SECTION))


def test_name_that_stands_on_every_card_is_no_story() -> None:
    author = '<a href="/x/maria-de-la-cruz-garcia">Maria de la Cruz</a>'
    body = "".join(card(url, headline, author) for url, headline in HEADLINES.items())
    assert paths(read_section(section(body), SECTION)) == list(HEADLINES)


def test_tag_cloud_of_hundreds_adds_no_article() -> None:
    tags = "".join(f'<a href="/tags/topic-number-{n}/">Topic {n} (3)</a>' for n in range(300))
    found = read_section(section(beside=f"<h4>Tags</h4>{tags}"), SECTION)
    assert paths(found) == list(HEADLINES)
    assert len(found.links) > 300


def test_recent_posts_of_the_sidebar_are_articles_ranked_last() -> None:
    recent = (
        '<ul><li><a href="/world/old-pier-burns-down-again">Old pier burns down again</a></li></ul>'
    )
    body = page(f"<aside>{recent}</aside><main>{CARDS}</main>")
    found = read_section(body, SECTION)
    assert paths(found) == [*HEADLINES, "/world/old-pier-burns-down-again"]
    assert found.links[0].url.endswith("/old-pier-burns-down-again")


def test_short_headline_is_carried_by_the_list_around_it() -> None:
    found = read_section(section(CARDS + card("/world/sneakers", "Sneakers")), SECTION)
    assert "/world/sneakers" in paths(found)
    assert any(
        reason.startswith(("list of", "cards of", "folder of"))
        for reason in link_to(found, "/world/sneakers").reasons
    )


def test_path_above_other_links_is_a_section() -> None:
    heading = '<h2><a href="/world/asia-and-the-pacific">Asia and the Pacific</a></h2>'
    below = "".join(
        card(f"/world/asia-and-the-pacific/{n}-boats-lost-at-sea", f"{n} boats lost at sea")
        for n in (2, 3, 4)
    )
    found = read_section(section(heading + below), SECTION)
    assert "/world/asia-and-the-pacific" not in paths(found)
    assert len(found.article_links) == 3


def test_links_in_running_text_and_to_other_sites_are_no_articles() -> None:
    text = "The mayor, who had promised a new dam after the last flood, "
    link = '<a href="https://example.net/read-what-the-mayor-said">said on Monday that</a>'
    found = read_section(section(f"{CARDS}<p>{text}{link}</p>"), SECTION)
    assert paths(found) == list(HEADLINES)
    assert any(link.is_offsite for link in found.links)


def test_story_of_another_site_shown_as_a_card_is_an_article_and_marked() -> None:
    url = "https://example.org/2026/11/23/harbour-team-wins-the-cup"
    found = read_section(section(CARDS + card(url, "Harbour team wins the cup")), SECTION)
    partner = next(link for link in found.article_links if link.url == url)
    assert partner.is_offsite
    assert not found.article_links[0].is_offsite


def test_subdomain_is_the_same_site() -> None:
    url = "https://sport.example.com/2026/11/23/harbour-team-wins-the-cup"
    assert (
        not read_section(section(card(url, "Harbour team wins the cup")), SECTION)
        .article_links[0]
        .is_offsite
    )


def test_social_networks_are_never_articles() -> None:
    url = "https://www.facebook.com/paper/posts/2026/11/23/flood-hits-old-town"
    found = read_section(section(card(url, "Flood hits old town")), SECTION)
    assert not found.article_links


def test_nofollow_is_told_unless_another_anchor_follows() -> None:
    body = '<h2><a rel="nofollow" href="/2026/11/23/one">One more flood hits</a></h2>' + card(
        "/2026/11/23/two", "Two ships lost at sea"
    ).replace('"><img', '" rel="nofollow"><img')
    found = read_section(section(body), SECTION)
    assert [link.is_nofollow for link in found.article_links] == [True, False]


def test_pattern_of_article_urls_decides_alone() -> None:
    found = read_section(section(), SECTION, article_url_pattern=r"/(about-us|sport)")
    assert set(paths(found)) == {"/sport/", "/about-us"}
    assert link_to(found, "/sport/").reasons == ("article_url_pattern matches",)


def test_what_urls_of_the_site_led_to_tips_the_scale() -> None:
    body = section('<p><a href="/k/4711">Notes</a></p>')
    pattern = url_pattern(f"{SITE}/k/4711")
    assert paths(read_section(body, SECTION)) == []
    always, never = PatternCounts({pattern: (60, 0)}), PatternCounts({pattern: (0, 60)})
    assert paths(read_section(body, SECTION, pattern_counts=always)) == ["/k/4711"]
    score = link_to(read_section(body, SECTION, pattern_counts=never), "/k/4711").score
    assert score < link_to(read_section(body, SECTION), "/k/4711").score


def test_base_element_resolves_relative_links() -> None:
    body = section(
        '<h2><a href="flood-hits-old-town">Flood hits old town</a></h2>',
        head='<base href="/deep/">',
    )
    assert paths(read_section(body, SECTION)) == ["/deep/flood-hits-old-town"]


def test_declared_encoding_is_used() -> None:
    body = '<h2><a href="/2026/11/23/grosse-flut">Große Flut trifft die Küste</a></h2>'.encode(
        "latin-1"
    )
    assert (
        read_section(body, SECTION, encoding="latin-1").article_links[0].anchor_text
        == "Große Flut trifft die Küste"
    )


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x00\x01\xff", b"%PDF-1.7", b"{}", gzip.compress(b"x", mtime=0)]
)
def test_bytes_that_are_no_page_give_no_links(body: bytes) -> None:
    found = read_section(body, SECTION)
    assert (found.links, found.next_page, found.feeds) == ((), None, ())


def test_broken_links_are_skipped() -> None:
    hrefs = ("http://[bad", "javascript:go()", "mailto:a@example.com", "", "#", "/" + "a" * 3000)
    broken = "<a>no href</a>" + "".join(f'<a href="{href}">Flood hits town</a>' for href in hrefs)
    assert paths(read_section(section(broken + CARDS), SECTION)) == list(HEADLINES)


def test_anchor_that_holds_the_page_is_read_in_bounds() -> None:
    body = section(f'<a href="/world/big"><i>{"word " * 3000}</i></a>')
    assert len(link_to(read_section(body, SECTION), "/world/big").anchor_text) == 500


def test_deep_nesting_is_read_to_its_end() -> None:
    deep = "<div>" * 2000 + CARDS + "</div>" * 2000
    assert len(read_section(section(deep), SECTION).article_links) == len(HEADLINES)


def test_feeds_that_the_page_declares_are_told_without_those_of_comments() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/world/feed/">'
        '<link rel="alternate" type="application/feed+json" href="/world/feed.json">'
        '<link rel="alternate" type="application/rss+xml" href="/world/comments/feed/">'
        '<link rel="alternate" hreflang="de" href="/de/">'
    )
    found = read_section(section(head=head), SECTION)
    assert found.feeds == (f"{SITE}/world/feed/", f"{SITE}/world/feed.json")


def test_linked_feed_is_told_where_none_is_declared() -> None:
    body = section(
        CARDS + '<a href="/world/rss.xml">RSS</a><a href="/rss-feeds">About our feeds</a>'
    )
    assert read_section(body, SECTION).feeds == (f"{SITE}/world/rss.xml",)
