"""What a page says about its story, from its head to its lines."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.document import parse
from pipelines.extract.evidence import MAX_H1, evidence_of
from pipelines.extract.metadata import Metadata, read_metadata
from pipelines.items import Page
from tests.extract.web.languages import LANGUAGES

AT = datetime(2026, 5, 9, tzinfo=UTC)
URL = "https://www.example.com/news/2026/rain-over-the-coast.html"
HEADLINE = "Rain over the coast for a third day"
PARAGRAPHS = "<p>It rained all day, and it will rain tomorrow too, they say.</p>" * 3
SITE_NAME = "<meta property='og:site_name' content='The Example'>"


def read(head: str = "", body: str = "", **page: Any) -> Metadata:
    markup = f"<html lang='en'><head>{head}</head><body>{body}<p>It rained.</p></body></html>"
    known: dict[str, Any] = {"url": URL, "fetched_at": AT} | page
    return read_metadata(parse(Page(body=markup.encode(), **known)))


def ld(*objects: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(objects)}</script>'


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(["name", "@id", "@type", "url", "@value", "itemListElement", "item"])
    return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)


STORY = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "url": URL,
    "datePublished": "2026-05-01T08:30:00+02:00",
    "dateModified": "2026-05-02T08:30:00+02:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "BO EK"}],
    "articleSection": "Weather",
    "keywords": "Rain, Coast",
    "image": {"@type": "ImageObject", "url": "/img/rain.jpg"},
    "isAccessibleForFree": "False",
    "articleBody": "It rained.\n\nIt rained more.",
    "publisher": {"@type": "Organization", "name": "The Example"},
}


def test_json_ld_gives_every_field() -> None:
    found = read(ld(STORY))
    assert found.title == HEADLINE
    assert found.published_at == datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
    assert found.published_precision == "second"
    assert found.published_raw == "2026-05-01T08:30:00+02:00"
    assert found.published_source == "jsonld"
    assert found.modified_at == datetime(2026, 5, 2, 6, 30, tzinfo=UTC)
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.section == "Weather"
    assert found.tags == ("Rain", "Coast")
    assert found.image_url == "https://www.example.com/img/rain.jpg"
    assert found.is_free is False
    assert found.article_body == "It rained.\nIt rained more."
    assert found.page_type_hint == "article"
    assert set(found.field_sources.values()) == {"jsonld", "html"}


@pytest.mark.parametrize("rel", ["canonical", "Canonical", "canonical nofollow"])
def test_canonical_link_is_read_however_its_rel_is_spelt(rel: str) -> None:
    assert read(f'<link rel="{rel}" href=" /rain.html ">').canonical_url == (
        "https://www.example.com/rain.html"
    )


def test_sources_are_those_of_fields_alone() -> None:
    assert "site_name" not in read(ld(STORY) + SITE_NAME).field_sources


def test_page_of_thousands_of_headlines_costs_no_more_than_its_length() -> None:
    """Each compared with each would be millions of comparisons."""
    found = evidence_of(parse(Page(url=URL, body=b"<h1>Rain of today</h1>" * 3_000, fetched_at=AT)))
    assert len(found.headlines) == MAX_H1


def test_reference_to_a_person_of_the_graph_is_followed() -> None:
    story = {**STORY, "author": {"@id": "#ann"}}
    assert read(ld(story, {"@type": "Person", "@id": "#ann", "name": "Ann Lee"})).authors == (
        "Ann Lee",
    )


def test_story_of_a_side_box_is_not_this_story() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Snow in the mountains at last",
        "url": "https://www.example.com/news/2026/snow.html",
        "datePublished": "2020-01-01T08:00:00Z",
        "author": "Cy Dunn",
    }
    found = read(f"<title>{HEADLINE}</title>" + ld(other, STORY))
    assert (found.title, found.authors) == (HEADLINE, ("Ann Lee", "Bo Ek"))
    assert read(ld(other), f"<h1>{HEADLINE}</h1>").authors == ()


def test_meta_tags_give_what_json_ld_lacks() -> None:
    found = read(
        f"<meta property='og:title' content='{HEADLINE}'>"
        "<meta property='article:published_time' content='2026-05-01T08:30:00Z'>"
        "<meta name='author' content='Ann Lee'>"
        "<meta property='article:tag' content='Rain'><meta property='article:tag' content='Sea'>"
        "<meta name='description' content='It rained &amp;amp; rained.'>"
    )
    assert found.title == HEADLINE
    assert found.published_source == "meta"
    assert found.authors == ("Ann Lee",)
    assert found.tags == ("Rain", "Sea")
    assert found.description == "It rained & rained."
    assert found.field_sources["authors"] == "meta"


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='articleAuthor' content='Ann Lee'>",
        "<meta name='article-author' content='Ann Lee'>",
        "<meta name='byline' content='By Ann Lee'>",
        (
            "<meta name='twitter:label1' content='Verfasst von'>"
            "<meta name='twitter:data1' content='Ann Lee'>"
            "<meta name='twitter:label2' content='Reading time'>"
            "<meta name='twitter:data2' content='Two Minutes'>"
        ),
    ],
)
def test_author_is_read_from_tags_of_other_names(head: str) -> None:
    assert read(head, f"<h1>{HEADLINE}</h1>").authors == ("Ann Lee",)


def test_microdata_gives_date_and_author() -> None:
    found = read(
        body=f"<article><h1 itemprop='headline'>{HEADLINE}</h1>"
        "<span itemprop='author' itemscope><b itemprop='name'>Ann Lee</b></span>"
        "<meta itemprop='datePublished' content='2026-05-01T08:30:00Z'></article>"
    )
    assert found.authors == ("Ann Lee",)
    assert found.published_at == datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Example",
        f"{HEADLINE} - Weather - example.com",
        f"Example.com: {HEADLINE}",
        f"The Example » {HEADLINE}",
    ],
)
def test_site_name_is_no_part_of_the_title(title: str) -> None:
    found = read(f"<title>{title}</title>", f"<h1>{HEADLINE}</h1>")
    assert found.title == HEADLINE


def test_site_name_is_cut_without_a_second_witness() -> None:
    head = f"<title>{HEADLINE} - The Example</title>" + SITE_NAME
    assert read(head).title == HEADLINE


def test_h1_with_the_name_of_the_site_is_not_the_title() -> None:
    found = read(
        f"<title>{HEADLINE} - Good Morning Coast</title>",
        f"<h1>Good Morning Coast</h1><div class='big'>{HEADLINE}</div>",
    )
    assert found.title == HEADLINE


def test_kicker_within_the_h1_is_no_part_of_the_title() -> None:
    head = f"<meta property='og:title' content='{HEADLINE}'>" + ld(STORY)
    found = read(head, f"<h1><span>Weather</span> {HEADLINE}</h1>")
    assert found.title == HEADLINE


def test_chinese_title_is_cut_from_its_sections() -> None:
    found = read("<title>今天沿海地区下大雨-天气-新闻网</title>", "<div>今天沿海地区下大雨</div>")
    assert found.title == "今天沿海地区下大雨"


def test_visible_byline_and_date_are_found_by_class() -> None:
    found = read(
        body=f"<h1>{HEADLINE}</h1><div class='post-meta'>"
        "<span class='post-author'>By Ann Lee, Staff Writer</span>"
        "<span class='post-date'>May 1, 2026 8:30 am EDT</span></div>"
    )
    assert found.authors == ("Ann Lee",)
    assert found.published_at == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert found.published_source == "time_tag"


def test_visible_byline_and_date_are_found_without_classes() -> None:
    found = read(body=f"<h1>{HEADLINE}</h1><p>By Ann Lee and Bo Ek</p><p>1 May 2026</p>")
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert (found.published_at, found.published_precision) == (
        datetime(2026, 5, 1, tzinfo=UTC),
        "day",
    )


def test_name_beside_the_date_below_a_standfirst_signs() -> None:
    standfirst = "<p>It rained for a third day, and nobody on the coast has seen it end.</p>"
    text = f"<div>{PARAGRAPHS}</div>"
    for lines in ("<div>Ann Lee 3.5.2026 6:00</div>", "<div>Ann Lee</div><div>3.5.2026</div>"):
        assert read(body=f"<h1>{HEADLINE}</h1>{standfirst}{lines}{text}").authors == ("Ann Lee",)


@pytest.mark.parametrize("href", ["mailto:ann@example.com", "/staff/ann-lee", "/@annlee"])
def test_link_to_an_address_or_account_beside_the_date_signs(href: str) -> None:
    lines = f"<div><a href='{href}'>Ann Lee</a></div><div>3 May 2026</div>"
    assert read(body=f"<h1>{HEADLINE}</h1>{lines}{PARAGRAPHS}").authors == ("Ann Lee",)


def test_name_below_the_first_of_several_letters_is_not_the_author() -> None:
    letter = "<p>Sir, It has rained for three days on the coast, and nobody counts.{}</p><p>{}</p>"
    letters = letter.format(" It is wet." * 12, "Ann Lee") + letter.format("", "Bo Ek")
    assert read(body=f"<h1>{HEADLINE}</h1><div>3 May 2026</div>{letters}").authors == ()


def test_text_of_a_link_to_an_author_is_the_whole_name() -> None:
    link = "<a rel='author'>Institute for Rain</a>"
    found = read(body=f"<h1>{HEADLINE}</h1><p class='byline'>by {link}</p>")
    assert found.authors == ("Institute for Rain",)


def test_login_that_signs_is_an_author_and_admin_is_none() -> None:
    byline = "<h1>Rain</h1><p class='byline'>by <a rel='author'>{}</a></p>"
    assert read(body=byline.format("annlee")).authors == ("annlee",)
    assert read(body=byline.format("admin")).authors == ()


def test_aside_that_is_the_byline_is_no_margin() -> None:
    aside = "<aside class='post-author'>by <a rel='author'>A. Lee J.D.</a></aside>"
    assert read(body=f"<header><h1>{HEADLINE}</h1>{aside}</header>").authors == ("A. Lee J.D.",)


def test_employer_behind_the_name_is_no_author() -> None:
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee, The Example Coast</p>"
    assert read(SITE_NAME, body).authors == ("Ann Lee",)


def test_byline_that_names_more_than_the_head_wins() -> None:
    found = read(
        "<meta name='author' content='Ann Lee'>",
        f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee and Bo Ek</p>",
    )
    assert found.authors == ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    "body",
    [
        "<p>It rained all day, by all accounts.</p>",
        "<aside class='related'><p class='byline'>By Cy Dunn</p></aside>",
        "<div id='comments'><span class='author'>Cy Dunn</span></div>",
        "<div class='author-bio'>Cy Dunn writes about rain.</div>",
    ],
)
def test_page_that_nobody_signs_has_no_author(body: str) -> None:
    assert read(body=f"<h1>{HEADLINE}</h1>{body}").authors == ()


def test_site_name_in_the_head_is_no_author() -> None:
    head = SITE_NAME + "<meta name='author' content='The Example'>"
    assert read(head).authors == ()


def test_site_name_that_signs_visibly_is_the_author() -> None:
    head = SITE_NAME
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By The Example</p>"
    assert read(head, body).authors == ("The Example",)


@pytest.mark.parametrize("stated", ["2027-01-01T10:00:00Z", "1970-01-01T00:00:00Z", "soon"])
def test_impossible_date_is_not_taken(stated: str) -> None:
    found = read(f"<meta property='article:published_time' content='{stated}'>")
    assert (found.published_at, found.published_source) == (None, None)


def test_page_without_date_gets_none() -> None:
    assert read(body=f"<h1>{HEADLINE}</h1>", url="https://example.com/rain").published_at is None


def test_dateline_gives_the_day_where_nothing_else_does() -> None:
    deck = "<p>The rain that began in spring has reached the last of the villages.</p>"
    opening = f"<p>PORT HAVEN, May 3, 2019 (AP) — It rained. {'It rained all day long. ' * 9}</p>"
    plain = {"url": "https://www.example.com/rain"}
    found = read(body=f"<h1>{HEADLINE}</h1>{deck}{opening}{PARAGRAPHS}", **plain)
    assert (found.published_at, found.published_precision) == (
        datetime(2019, 5, 3, tzinfo=UTC),
        "day",
    )
    assert found.field_sources["published_at"] == "time_tag"
    assert found.published_raw == "PORT HAVEN, May 3, 2019 (AP)"
    line = "<p>4 May 2019</p>"
    body = f"<h1>{HEADLINE}</h1>{line}{opening}{PARAGRAPHS}"
    assert read(body=body, **plain).published_at == datetime(2019, 5, 4, tzinfo=UTC)
    for elsewhere in (f"<aside>{opening}</aside>{PARAGRAPHS}", f"{PARAGRAPHS}{opening}"):
        assert read(body=f"<h1>{HEADLINE}</h1>{elsewhere}", **plain).published_at is None


def test_url_gives_the_day() -> None:
    found = read(url="https://example.com/2026/05/01/rain")
    assert (found.published_source, found.published_precision) == ("url", "day")


def test_feed_date_fills_the_gap() -> None:
    listed = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    found = read(listed_at=listed, discovered_via="feed")
    assert (found.published_at, found.published_source) == (listed, "feed")


def test_news_sitemap_date_is_named_as_such() -> None:
    listed = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    found = read(listed_at=listed, discovered_via="news_sitemap")
    assert found.published_source == "news_sitemap"


def test_feed_date_gives_the_time_of_a_stated_day() -> None:
    listed = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    head = "<meta name='date' content='2026-05-01'>"
    found = read(head, listed_at=listed, discovered_via="feed")
    assert (found.published_at, found.published_precision) == (listed, "second")


def test_witness_settles_a_conflict() -> None:
    head = ld({**STORY, "datePublished": "2026-05-08T10:00:00Z", "dateModified": None})
    head += "<meta property='article:published_time' content='2026-05-01T08:30:00Z'>"
    listed = datetime(2026, 5, 1, 8, 31, tzinfo=UTC)
    found = read(head, listed_at=listed, discovered_via="feed")
    assert found.published_at == datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def test_same_clock_with_a_zone_completes_a_time_without() -> None:
    head = "<meta name='date' content='2026-05-01 22:30:15'>"
    body = "<time datetime='2026-05-01T22:30:15-05:00'>May 1</time>"
    found = read(head, body)
    assert found.published_at == datetime(2026, 5, 2, 3, 30, 15, tzinfo=UTC)


def test_change_before_publication_is_dropped() -> None:
    found = read(ld({**STORY, "dateModified": "2026-04-01T08:30:00Z"}))
    assert found.modified_at is None


def test_breadcrumb_beats_a_section_that_repeats_the_path() -> None:
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home"},
            {"@type": "ListItem", "position": 2, "item": {"@id": "/c/", "name": "Climate"}},
            {"@type": "ListItem", "position": 3, "name": HEADLINE},
        ],
    }
    head = "<meta property='article:section' content='news'>" + ld(crumbs)
    assert read(head, f"<h1>{HEADLINE}</h1>").section == "Climate"


@pytest.mark.parametrize(
    "link",
    [
        "<a rel='category tag' href='/climate/'>Climate</a>",
        "<div class='meta__item-categories'><a href='/categories/climate/'>Climate</a></div>",
    ],
)
def test_visible_category_beats_a_section_that_repeats_the_path(link: str) -> None:
    head = "<meta property='article:section' content='news'>"
    assert read(head, f"<h1>{HEADLINE}</h1>{link}").section == "Climate"


@pytest.mark.parametrize("name", ["article__standfirst", "manchet", "sapo", "detail-entradilla"])
def test_standfirst_is_the_deck_not_the_description(name: str) -> None:
    found = read(
        "<meta name='description' content='All about rain.'>",
        f"<h1>{HEADLINE}</h1><p class='{name}'>Rivers rise, roads close.</p>",
    )
    assert found.standfirst == "Rivers rise, roads close."
    assert found.description == "All about rain."


def test_standfirst_is_what_a_header_that_is_named_so_says_of_the_story() -> None:
    deck = "Rivers rise, roads close, and the ferries stay in port."
    header = (
        f"<div class='article-lead'><p>Climate</p><h1>{HEADLINE}</h1><p>Weather</p><p>{deck}</p>"
        "<figure><img src=a.jpg><figcaption>The quay in May.</figcaption></figure>"
        "<p>By Ann Lee</p><p>May 1, 2026</p><p class=byline>Ann Lee, Harbour Times</p></div>"
    )
    assert read(body=header).standfirst == deck


def test_caption_that_is_named_like_a_standfirst_is_none() -> None:
    caption = (
        "<figure><figcaption class='summary'>The quay on Tuesday morning.</figcaption></figure>"
    )
    box = f"<div class='lead'>{caption}</div>"
    assert read(body=f"<h1>{HEADLINE}</h1>{box}").standfirst is None


def test_summary_in_a_consent_banner_is_no_standfirst() -> None:
    banner = (
        "<div class='cmp'><p class='cmp-summary'>We and our partners store cookies here.</p></div>"
    )
    assert read(body=f"<h1>{HEADLINE}</h1>{banner}").standfirst is None


def test_page_without_deck_has_no_standfirst() -> None:
    assert read("<meta name='description' content='All about rain.'>").standfirst is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/rain", "https://www.example.com/news/rain"),
        ("https://m.example.com/news/rain", "https://m.example.com/news/rain"),
        ("https://other.org/news/rain", None),
        ("https://www.example.com/", None),
        ("javascript:void(0)", None),
    ],
)
def test_canonical_is_absolute_and_of_this_site(href: str, expected: str | None) -> None:
    assert read(f"<link rel='canonical' href='{href}'>").canonical_url == expected


def test_reservations_are_read_from_tags_and_headers() -> None:
    head = "<meta name='robots' content='index, noai, NoImageAI'>"
    head += "<meta name='tdm-reservation' content='1'>"
    found = read(head, headers={"x-robots-tag": "otherbot: noarchive"})
    assert found.opt_out == ("noai", "noimageai", "noarchive", "tdm-reservation")


def test_page_without_reservations_states_none() -> None:
    assert read("<meta name='robots' content='index,follow,max-image-preview:large'>").opt_out == ()


@pytest.mark.parametrize(
    ("head", "url", "hint"),
    [
        (ld({**STORY, "@type": "LiveBlogPosting"}), URL, "live_blog"),
        (ld({**STORY, "@type": "VideoObject", "name": HEADLINE}), URL, "video"),
        (ld(STORY), "https://www.example.com/opinion/rain-is-good.html", "opinion"),
        (ld({"@type": "CollectionPage", "name": "Weather", "url": "/w/"}), URL, "section"),
        ("<meta property='og:type' content='article'>", URL, "article"),
        ("", "https://www.example.com/press-releases/rain", "press_release"),
        ("", URL, None),
    ],
)
def test_kind_of_page_is_hinted_at(head: str, url: str, hint: str | None) -> None:
    assert read(f"<title>{HEADLINE}</title>" + head, url=url).page_type_hint == hint


def test_entities_and_odd_spaces_are_cleaned() -> None:
    found = read(
        "<meta property='og:title' content='Rain &amp;amp; wind\u00a0in\u00adside  today'>"
    )
    assert found.title == "Rain & wind inside today"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), _nested))
@settings(max_examples=150, deadline=None)
def test_structured_data_of_any_shape_raises_nothing(value: Any) -> None:
    names = [*STORY, "@id", "@graph", "mainEntityOfPage", "itemListElement", "inLanguage"]
    odd = {name: value for name in names if name != "@type"}
    found = read(ld({"@type": "NewsArticle", **odd}, {"@type": "BreadcrumbList", **odd}))
    assert isinstance(found.authors, tuple)


@pytest.mark.parametrize("href", ["x://[", "http://[::1", "https://exa[mple.com/a", "http://a:b/"])
def test_malformed_urls_are_ignored(href: str) -> None:
    head = f"<base href='{href}'><link rel='canonical' href='{href}'>"
    head += f"<meta property='og:url' content='{href}'><meta property='og:image' content='{href}'>"
    head += ld({**STORY, "url": href, "mainEntityOfPage": href})
    found = read(head, f"<h1><a href='{href}'>{HEADLINE}</a></h1>")
    assert (found.title, found.canonical_url) == (HEADLINE, None)


@pytest.mark.parametrize(
    "author",
    [
        "Ann Lee",
        ["Ann Lee"],
        [["Ann Lee"]],
        {"@type": "Person", "name": ["Ann Lee"]},
        {"@type": "Person", "name": "By Ann Lee, Senior Reporter"},
        {"@type": "Person", "name": "<a href='/ann'>Ann Lee</a>"},
        {"@type": "Person", "givenName": "Ann", "familyName": "Lee"},
        {"@type": "Role", "author": {"@type": "Person", "name": "Ann Lee"}},
        [{"@id": "#ann"}],
        [{"@type": "Organization", "name": "The Example"}, {"@type": "Person", "name": "Ann Lee"}],
        {"@list": [{"@id": "#ann"}]},
        [{"@id": "#story"}, {"@id": "#ann"}],
    ],
)
def test_author_of_json_ld_is_read_in_every_shape(author: Any) -> None:
    person = {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}
    story = {**STORY, "@id": "#story", "author": author}
    assert read(ld(story, person)).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "The Example"},
        {"@type": "Person", "name": "Example Online"},
        {"@type": "Organization", "name": "EX Newsroom", "url": "https://www.example.com/"},
        {"@type": "Organization", "name": "Example Media GmbH"},
        {"@type": "Person", "name": "https://www.facebook.com/annlee"},
        {"@type": "Person", "url": "https://www.example.com/author/ann-lee"},
        {"@type": "Person", "name": "admin"},
        {"@type": "Organization", "name": "EXNS"},
        {"@type": "Organization", "name": "Harbour Desk"},
        {"@type": "Organization", "name": "AFP / The Example"},
        {"@type": "Person", "name": "By The Example — Seaview"},
        {"@list": []},
        {"@list": None},
        {"@id": "#story"},
        {"@id": "#loop"},
    ],
)
def test_what_stands_for_the_site_is_no_author(author: Any) -> None:
    loop = {"@type": "Role", "@id": "#loop", "author": {"@id": "#loop"}}
    assert read(ld({**STORY, "@id": "#story", "author": author}, loop)).authors == ()


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        (f"{HEADLINE} | hrw - News", "HRW"),
        (f"{HEADLINE} - РИА Берег, 03.05.2026", "РИА Берег"),
        (f"{HEADLINE} - Latest - Coastwire.it", "Coastwire"),
    ],
)
def test_name_with_which_the_title_ends_is_no_author(title: str, stated: str) -> None:
    head = f"<title>{title}</title><meta property='article:author' content='{stated}'>"
    assert read(head, f"<h1>{HEADLINE}</h1>").authors == ()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://abc.example/rain", "Anna B. Cole"),
        ("https://annelindqvist.example/rain", "Anne Lindqvist"),
    ],
)
def test_writer_whom_only_the_domain_resembles_is_the_author(url: str, name: str) -> None:
    story = {**STORY, "url": url, "author": {"@type": "Person", "name": name}}
    assert read(ld(story), url=url).authors == (name,)
    byline = f"<h1>{HEADLINE}</h1><p class='byline'>By Bo Ek and {name}</p>"
    assert read(body=byline, url=url).authors == ("Bo Ek", name)
    site = f"<meta property='og:site_name' content='{name}'>"
    assert read(site + ld(story), url=url).authors == ()


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ann Lee | Published 18 November 2026 at 14:35 EST</p>",
        "<p class='byline'><b>Ann Lee</b> <i class='job'>Shipping correspondent</i></p>",
        "<p class='byline'>By Ann Lee The Example</p>",
        "<p class='muhabir'>Ann Lee</p>",
    ],
)
def test_date_office_and_medium_beside_a_writer_are_no_part_of_the_name(body: str) -> None:
    assert read(SITE_NAME, f"<h1>{HEADLINE}</h1>{body}{PARAGRAPHS}").authors == ("Ann Lee",)


@pytest.mark.parametrize("bar", [" | ", "｜", " - "])
def test_writer_with_whom_the_title_ends_is_the_author(bar: str) -> None:
    story = {**STORY, "author": {"@type": "Person", "name": "Ann Lee"}}
    head = f"<title>{HEADLINE}{bar}Ann Lee</title>{ld(story)}"
    assert read(head, f"<h1>{HEADLINE}</h1>").authors == ("Ann Lee",)


def test_desk_signs_with_the_name_of_the_site_and_not_without_one() -> None:
    body = f"<h1>{HEADLINE}</h1><p class='byline'>Example Newsroom</p>"
    assert read(SITE_NAME, body).authors == ("Example Newsroom",)
    assert read(SITE_NAME, body.replace("Example ", "")).authors == ()


def test_medium_behind_the_word_for_a_source_does_not_sign() -> None:
    body = f"<h1>{HEADLINE}</h1><p>Source: The Example and news agencies</p>"
    assert read(SITE_NAME, body).authors == ()
    assert read(SITE_NAME, body.replace("Source:", "By")).authors == ("The Example",)


def test_those_who_had_another_part_than_to_write_are_no_authors() -> None:
    links = "By <a href='/author/lee'>Ann Lee</a> Edited by <a href='/author/ek'>Bo Ek</a>"
    body = f"<h1>{HEADLINE}</h1><div class='author'><span>{links}</span></div>"
    assert read(body=body).authors == ("Ann Lee",)


def test_editor_in_a_part_of_its_own_is_no_author() -> None:
    line = "<span>By <a href='/author/lee'>Ann Lee</a></span><span>Edited By: Bo Ek</span>"
    assert read(body=f"<h1>{HEADLINE}</h1><div class='author'>{line}</div>").authors == ("Ann Lee",)


def test_writer_before_an_editor_is_not_lost() -> None:
    byline = "<p class='byline'>By Ann Lee. Edited by Bo Ek</p>"
    assert read(body=f"<h1>{HEADLINE}</h1>{byline}").authors == ("Ann Lee",)
    assert read(body=f"<h1>{HEADLINE}</h1><p>Photos by Bo Ek</p>").authors == ()


def test_topics_and_buttons_in_a_byline_are_no_authors() -> None:
    names = "By <b><a href='/1'>Ann Lee</a></b> and <b><a href='/2'>Bo Ek</a></b>"
    topic = "<a href='/rural'>HBC Quay</a><i>Topic: <a href='/pests'>Pest Management</a></i>"
    body = f"<h1>{HEADLINE}</h1><div class='byline'><p>{names}</p>{topic}</div>"
    assert read(ld(STORY), body).authors == ("Ann Lee", "Bo Ek")
    buttons = "<time>2 May 2026</time><div><button>Share</button><button>Save</button></div>"
    body = f"<h1>{HEADLINE}</h1><div class='byline'>{buttons}<i>Ann Lee</i></div>"
    assert read(ld({**STORY, "author": {"name": "Ann Lee"}}), body).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("dateline", "authors"),
    [
        ("新华社宁波9月14日电（记者陈澍 王珂）", ("陈澍", "王珂")),
        ("(서울=하버뉴스) 홍길동 기자 = ", ("홍길동",)),
        ("[강릉=홍길동 기자] ", ("홍길동",)),
        ("记者陈澍昨天获悉，", ()),
    ],
)
def test_reporter_in_the_dateline_is_the_author(dateline: str, authors: tuple[str, ...]) -> None:
    text = "停用十余年的三江口老码头14日以公园面貌重新开放，居民表示欢迎，专家表示谨慎。"
    assert read(body=f"<h1>{HEADLINE}</h1><p>{dateline}{text}</p>").authors == authors


@pytest.mark.parametrize(
    ("end", "language", "authors"),
    [
        (" <i>Ann Lee</i></p>", "en", ("Ann Lee",)),
        (
            (
                "</p><p><b>Bo Ek</b></p><p>It rained and rained, and nobody saw the sea at all.</p>"
                "<p><b>Ann Lee</b></p>"
            ),
            "en",
            (),
        ),
        ("</p><p>老码头重新开放了。（记者 陈澍）</p>", "zh", ("陈澍",)),
        ("</p><p>责任编辑：陈澍</p>", "zh", ()),
        ("</p><p>（高梨陽介）</p>", "ja", ("高梨陽介",)),
        ("</p><p>（敬称略）</p>", "ja", ()),
        ("</p><p>홍길동 기자 hong@example.com</p>", "ko", ("홍길동",)),
        ("</p><p>무단전재 및 재배포 금지</p>", "ko", ()),
    ],
)
def test_name_right_behind_the_text_signs(end: str, language: str, authors: tuple[str]) -> None:
    text = "<p>It rained all day, and it will rain tomorrow too, they say.</p>" * 2
    story = f"<div>{text}<p>Nobody on this coast has seen as much rain as this year.{end}</div>"
    markup = f"<html lang='{language}'><body><h1>{HEADLINE}</h1>{story}</body></html>"
    page = Page(body=markup.encode(), url=URL, fetched_at=AT)
    assert read_metadata(parse(page)).authors == authors


def test_reporter_beside_the_date_signs_in_chinese() -> None:
    lines = "<div>港湾新闻记者 沈一诺</div><div><span>2026-11-15 08:22</span> 来源:港湾新闻</div>"
    assert read(body=f"<h1>{HEADLINE}</h1>{lines}").authors == ("沈一诺",)


def test_photographer_whom_the_head_names_as_an_author_is_none() -> None:
    people = [{"@type": "Person", "name": name} for name in ("Ann Lee", "Bo Ek")]
    links = "<a rel='author' href='/a/1'>Ann Lee</a>", "<a rel='author' href='/a/2'>Bo Ek</a>"
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By {' and '.join(links)} (photos)</p>"
    head = ld({**STORY, "author": people})
    assert read(head, body).authors == ("Ann Lee",)
    assert read(head, body.replace("(photos)", "")).authors == ("Ann Lee", "Bo Ek")


def test_newsroom_with_the_name_of_the_medium_keeps_the_whole_of_it_where_it_signs() -> None:
    head = SITE_NAME + ld({**STORY, "author": {"name": "The Example Business Report"}})
    signed = f"<h1>{HEADLINE}</h1><p class='byline'>The Example Business Report</p>"
    assert read(head, signed).authors == ("The Example Business Report",)
    assert read(head, f"<h1>{HEADLINE}</h1>").authors != ("The Example Business Report",)


def test_medium_and_the_agency_behind_it_both_sign() -> None:
    byline = "<div class='byline'>{}</div>"
    for line, authors in (
        ("The Example with AFP", ("The Example", "AFP")),
        ("<b>Written by</b><div>The Example with AFP</div>", ("The Example", "AFP")),
        ("Ann Lee with AFP", ("Ann Lee",)),
        ("AFP with The Example", ()),
    ):
        assert read(SITE_NAME, f"<h1>{HEADLINE}</h1>{byline.format(line)}").authors == authors


def test_agency_that_is_named_as_the_source_signs_without_its_regional_service() -> None:
    lines = "<p><time>14 November 2026</time> <span>Quelle: dpa Nordrhein-Westfalen</span></p>"
    assert read(body=f"<h1>{HEADLINE}</h1>{lines}").authors == ("dpa",)


def test_company_with_whose_hidden_name_the_title_begins_is_no_author() -> None:
    data = "<div itemprop='author'><meta itemprop='name' content='Halden Pumps'></div>"
    dated = "<p>November 10, 2026 09:00 AM Eastern Standard Time</p>"
    body = f"<h1>Halden Pumps Opens Service Center</h1>{dated}{data}"
    assert read("<title>Halden Pumps Opens Service Center</title>", body).authors == ()


@pytest.mark.parametrize("name", ["Harbour Pumps Inc.", "hbadmin", "Guest Commentary"])
def test_companies_administrators_and_columns_for_guests_are_no_authors(name: str) -> None:
    link = f"<p class='byline'>By <a href='/author/x'>{name}</a></p>"
    assert read(body=f"<h1>{HEADLINE}</h1>{link}").authors == ()


def test_medium_with_a_number_in_its_name_signs_too() -> None:
    head = "<meta property='og:site_name' content='Harbour24'>"
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By Harbour24 Coast</p>"
    assert read(head, body).authors == ("Harbour24 Coast",)


def test_byline_in_a_list_of_the_most_read_is_not_the_story_s() -> None:
    others = "<div class='most-read'><h3>Latest</h3><p>By <b>Bo Ek</b></p></div>"
    assert read(body=f"<h1>{HEADLINE}</h1>{PARAGRAPHS}{others}").authors == ()


def test_programme_beside_a_byline_is_no_author() -> None:
    line = "<p>Heard on <a href='/programmes/morning'>Morning Dial</a></p>"
    links = f"{line}<p class='byline'><a rel='author'>Ann Lee</a></p>"
    body = f"<h1>{HEADLINE}</h1><div class='storybyline'><p>May 9, 2026</p>{links}</div>"
    assert read(ld({**STORY, "author": [{"name": "Ann Lee"}]}), body).authors == ("Ann Lee",)


def test_employer_within_the_name_of_a_person_is_no_author() -> None:
    people = [{"@type": "Person", "name": "Ann Lee, Harbour Monitor"}]
    assert read(ld({**STORY, "author": people})).authors == ("Ann Lee",)


def test_labels_that_touch_a_name_are_no_part_of_it() -> None:
    body = f"<h1>{HEADLINE}</h1><div><span>Source: <b>DHA</b></span><span>Created on 3 May</span>"
    assert read(body=f"{body}</div>").authors == ("DHA",)


def test_agency_with_a_credit_of_its_own_signs_only_where_no_writer_does() -> None:
    agency = {"@type": "Organization", "name": "Reuters"}
    writer = {"@type": "Person", "name": "Ann Lee"}
    body = f"<h1>{HEADLINE}</h1><p class='byline'>Ann Lee, Reuters</p>"
    assert read(ld({**STORY, "author": [writer, agency]}), body).authors == ("Ann Lee",)
    assert read(ld({**STORY, "author": [agency]})).authors == ("Reuters",)


def test_agency_that_only_a_tag_names_beside_the_site_is_no_author() -> None:
    story = {**STORY, "author": {"@type": "Organization", "name": "The Example"}}
    assert read(ld(story) + "<meta name='author' content='AFP'>").authors == ()


def test_names_within_a_byline_keep_their_order() -> None:
    byline = "<p class='byline'>by <span><a>Ann Lee</a></span>, Harbour Times</p>"
    assert read(body=f"<h1>{HEADLINE}</h1>{byline}").authors == ("Ann Lee",)


def test_agency_signs_and_a_writer_that_readers_see_stands_for_it() -> None:
    head = ld({**STORY, "author": {"@type": "Organization", "name": "Reuters"}})
    assert read(head).authors == ("Reuters",)
    byline = f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee</p>"
    assert read(head, byline).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "byline",
    [
        "<div><a href='/authors/ann'>Ann Lee</a>, <a href='/authors/bo'>Bo Ek</a></div>",
        "<p><span class='author'>Ann Lee</span><span class='author'>Bo Ek</span></p>",
        "<ul class='authors'><li class='author'>Ann Lee</li><li class='author'>Bo Ek</li></ul>",
        "<div data-testid='byline'>By Ann Lee and Bo Ek</div>",
        "<b itemprop='author'>Ann Lee</b> <b itemprop='author'>Bo Ek</b>",
        "<div class='byline'>Column by <i>Ann Lee</i>, <i>Bo Ek</i></div>",
        "<div class='byline'><b>Ann Lee</b><b>Bo Ek</b></div>",
        "<p>Posted on 3 May 2026 by Ann Lee and Bo Ek</p>",
        "<p><span class='reporter'>Ann Lee</span> <span class='reporter'>Bo Ek</span></p>",
    ],
)
def test_several_visible_authors_are_all_read(byline: str) -> None:
    assert read(body=f"<h1>{HEADLINE}</h1>{byline}").authors == ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    "opening",
    [
        "<p>Ann Lee</p><p>3 May 2026</p>",
        "<div class='meta'><span>Ann Lee</span> | Sunday 3 May 2026</div>",
        "<p>3 May 2026</p><p>Seaview</p><p>Ann Lee</p>",
    ],
)
def test_line_beside_the_date_that_is_a_name_is_the_byline(opening: str) -> None:
    assert read(body=f"<h1>{HEADLINE}</h1>{opening}{PARAGRAPHS}").authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "opening",
    [
        "<p>Upper Town, 3 May 2026</p>",
        "<p>Updated Forecast: 3 May 2026</p>",
        "<p>Ann Lee</p>",
        "<p>3 May 2026</p><p class='location'>Upper Town</p>",
        "<p>3 May 2026</p><p><a href='/weather'>Coast Weather</a></p>",
        "<p>3 May 2026</p><h2>Coast Weather</h2>",
        "<p>New York</p><p>3 May 2026</p><p>The rain reached New York on Sunday, they said.</p>",
        "<p>3 May 2026</p><p>Heavy Rain</p><p>There was heavy rain all day, and it goes on.</p>",
        "<p>3 May 2026</p><p>大雨 新闻</p>",
    ],
)
def test_places_labels_and_links_beside_the_date_are_no_byline(opening: str) -> None:
    assert read(body=f"<h1>{HEADLINE}</h1>{opening}{PARAGRAPHS}").authors == ()


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("<p>— Ann Lee</p>", ("Ann Lee",)),
        ("<p><b>Ann Lee</b></p>", ("Ann Lee",)),
        ("<p style='text-align: right'>Ann Lee</p>", ("Ann Lee",)),
        ("<p class='sig'>A.L.</p>", ("A.L.",)),
        ("<p>/ritzau/</p>", ("ritzau",)),
        ("<p>SEAVIEW (dpa)</p>", ("dpa",)),
        ("<p>Photo: Reuters</p>", ()),
        ("<p><b>Related Tides</b></p><ul><li><a href='/tides'>Tides rise</a></li></ul>", ()),
        ("<p>Harbour Lights</p>", ()),
    ],
)
def test_signature_below_the_text_is_the_byline(below: str, authors: tuple[str, ...]) -> None:
    body = f"<h1>{HEADLINE}</h1><article>{PARAGRAPHS}{below}</article>"
    assert read(body=f"{body}<footer>").authors == authors


def test_agency_beside_the_date_signs_where_no_writer_does() -> None:
    opening = f"<h1>{HEADLINE}</h1><ul><li>Seaview: Reuters</li><li>3 May 2026</li></ul>"
    writer = "<p class='byline'>Ann Lee</p>"
    assert read(body=opening + PARAGRAPHS).authors == ("Reuters",)
    assert read(body=opening + PARAGRAPHS + writer).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "byline",
    [
        "by <b class='name'>Ann Lee</b>, Harbour Report, and <b class='name'>Bo Ek</b>, The Quay",
        "<a>ANN LEE</a> - <a>BO EK</a>",
        "Ann Lee STAFF WRITER<br>Bo Ek CONTRIBUTOR",
        "By Ann Lee<br>and Bo Ek",
    ],
)
def test_names_that_the_markup_parts_are_each_an_author(byline: str) -> None:
    found = read(body=f"<h1>{HEADLINE}</h1><div class='byline'>{byline}</div>{PARAGRAPHS}")
    assert found.authors == ("Ann Lee", "Bo Ek")


def test_byline_that_names_more_than_microdata_is_taken() -> None:
    data = "<div itemprop='author'><meta itemprop='name' content='Ann Lee'></div>"
    body = f"<h1>{HEADLINE}</h1>{data}<p class='byline'>By Ann Lee and Bo Ek</p>"
    assert read(body=body).authors == ("Ann Lee", "Bo Ek")


def test_photographers_beside_a_writer_are_no_authors() -> None:
    byline = "<p class='byline'>{}</p>"
    for line in ("Ann Lee (text) and Bo Ek (photos)", "Ann Lee<br>Bo Ek Fotos"):
        assert read(body=f"<h1>{HEADLINE}</h1>{byline.format(line)}").authors == ("Ann Lee",)


def test_organization_in_the_head_is_an_author_only_where_it_signs() -> None:
    head = ld({**STORY, "author": {"@type": "Organization", "name": "Institute for Rain"}})
    assert read(head, f"<h1>{HEADLINE}</h1>").authors == ()
    issued = f"<h1>{HEADLINE}</h1><p class='customer'>Institute for Rain</p>"
    assert read(head, issued).authors == ()
    signed = f"<h1>{HEADLINE}</h1><p>By Institute for Rain</p>"
    assert read(head, signed).authors == ("Institute for Rain",)


def test_single_word_in_the_head_is_an_author_only_where_readers_see_it() -> None:
    head = "<meta name='author' content='Harbourite'>"
    assert read(head, f"<h1>{HEADLINE}</h1>").authors == ()
    assert read(head, f"<h1>{HEADLINE}</h1><p>Harbourite</p>").authors == ("Harbourite",)


def test_links_to_people_in_the_text_are_no_byline() -> None:
    text = "<p>The minister <a href='/profiles/cy-dunn'>Cy Dunn</a> said that it would rain on.</p>"
    assert read(body=f"<h1>{HEADLINE}</h1>{text}").authors == ()


def test_visible_byline_beats_a_tag_that_may_name_the_webmaster() -> None:
    head = "<meta name='author' content='Coast Web Agents'>"
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee</p>"
    assert read(head, body).authors == ("Ann Lee",)
    assert read(head).authors == ("Coast Web Agents",)


def test_heading_and_meta_tag_outvote_a_headline_for_search_engines() -> None:
    head = ld({**STORY, "headline": "Weather news: heavy rain"})
    head += f"<meta property='og:title' content='{HEADLINE}'>"
    assert read(head, f"<h1>{HEADLINE}</h1>").title == HEADLINE


def test_heading_that_readers_see_beats_another_headline_of_json_ld() -> None:
    head = ld({**STORY, "headline": "Rain over the coast: what we know"})
    assert read(head, f"<h1>{HEADLINE}</h1>").title == HEADLINE
    assert read(head, "<h1>Weather</h1>").title == "Rain over the coast: what we know"


@pytest.mark.parametrize("title", ["The Example", "The Example - Local"])
@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>{HEADLINE}</h1>",
        f"<h1>The Example</h1><h2>{HEADLINE}</h2>",
        f"<h2>{HEADLINE}</h2>",
        f"<td><font size='5'><b>{HEADLINE}</b></font></td>",
    ],
)
def test_heading_is_the_title_where_the_title_element_only_names_the_site(
    title: str, heading: str
) -> None:
    head = f"{SITE_NAME}<title>{title}</title>"
    assert read(head, f"<table><tr>{heading}</tr></table>{PARAGRAPHS}").title == HEADLINE


def test_headline_that_begins_with_the_name_of_the_site_is_kept() -> None:
    url = "https://www.harbourtimes.com/a"
    headline = "Harbour Times wins a prize for its weather page"
    assert read(f"<title>{headline}</title>", url=url).title == headline


def test_markup_in_the_heading_leaves_no_blanks_before_punctuation() -> None:
    assert read(body="<h1><em>Rain</em>, more rain</h1>").title == "Rain, more rain"


def test_seconds_since_1970_are_a_date() -> None:
    found = read(ld({**STORY, "datePublished": 1777624200, "dateModified": None}))
    assert found.published_at == datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity", "1e300", "9" * 400])
def test_number_that_is_no_time_is_no_date(number: str) -> None:
    stated = ld({**STORY, "datePublished": "N"}).replace('"N"', number)
    assert read(stated, url="https://example.com/rain").published_at is None


@pytest.mark.parametrize("name", ["홍길동", "سلمى الحداد"])
def test_name_in_letters_without_capitals_that_the_head_alone_states_signs(name: str) -> None:
    assert read(f'<meta name="author" content="{name}">').authors == (name,)


@pytest.mark.parametrize(
    ("lang", "line", "authors"),
    [
        ("cs", "2. 11. 2026 Jan Dvořák, ČTK", ("Jan Dvořák", "ČTK")),
        ("ru", "Иван Петров, корреспондент 02.11.2026", ("Иван Петров",)),
        ("ko", "입력 2026.11.02. 10:12 홍길동 기자", ("홍길동",)),
        ("zh", "2026-11-02 来源：港口社 作者：张三 责任编辑：李四", ("张三",)),
        ("en", "Filed under: Sports, November 2, 2026", ()),
    ],
)
def test_name_in_the_line_of_the_date_signs(lang: str, line: str, authors: tuple[str, ...]) -> None:
    told = LANGUAGES.get(lang, LANGUAGES["en"])
    text = "".join(f"<p>{told.paragraph(n)}</p>" for n in range(3))
    page = f"<html lang='{lang}'><h1>Rain</h1><div>{line}</div>{text}</html>"
    document = parse(Page(url="https://h.example/rain", body=page.encode(), fetched_at=AT))
    assert read_metadata(document).authors == authors


def test_reporter_beside_the_date_signs_in_korean() -> None:
    line = "<div>홍길동 기자 hong@news.example 2026-05-01 09:30</div>"
    page = f"<html lang='ko'><h1>비가 내리다</h1>{line}<p>{'비가 하루 종일 내렸다. ' * 9}</p>"
    assert read(body=page).authors == ("홍길동",)


NAMES = [f"Ann L{chr(97 + n // 26)}{chr(97 + n % 26)}e" for n in range(600)]


@pytest.mark.parametrize("kind", ["Person", "Organization"])
def test_field_of_thousands_of_words_names_nobody(kind: str) -> None:
    author = {"@type": kind, "name": ", ".join(NAMES)}
    assert read(ld({**STORY, "author": author})).authors == ()


def test_list_of_hundreds_of_authors_is_cut() -> None:
    authors = [{"@type": "Person", "name": name} for name in NAMES]
    assert read(ld({**STORY, "author": authors})).authors == tuple(NAMES[:20])


@pytest.mark.parametrize(
    "name", ["Thu Tran", "Sunday Adeyemi", "Friday Okon", "Sun Li", "Jonas Freitag"]
)
def test_writer_may_bear_the_name_of_a_weekday(name: str) -> None:
    assert read(ld({**STORY, "author": {"@type": "Person", "name": name}})).authors == (name,)
    assert read(body=f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee and {name}</p>").authors == (
        "Ann Lee",
        name,
    )


OTHERS = [
    {"@type": "NewsArticle", "headline": f"Snow {n}", "datePublished": "2026-02-03T08:30:00Z"}
    | {"url": f"https://www.example.com/news/2026/snow-{n}.html"}
    for n in range(2)
]


@pytest.mark.parametrize(
    "beside",
    [
        ld(OTHERS[0]),
        ld(*OTHERS),
        "<div class='related'><time datetime='2026-02-03'>-</time></div>",
        "<div class='comments'><div><time datetime='2026-02-03T10:00:00Z'>-</time></div></div>",
    ],
)
def test_date_of_something_else_is_not_that_of_the_story(beside: str) -> None:
    found = read(body=f"<h1>{HEADLINE}</h1>{PARAGRAPHS}{beside}", url="https://example.com/rain")
    assert (found.published_at, found.published_source) == (None, None)


@pytest.mark.parametrize(
    "passage",
    [
        "<p>The ceremony is on 14 March 2026 at the quay.</p>",
        "<p>The ceremony is on <time datetime='2026-03-14'>14 March</time> at the quay.</p>",
        "<p>The quay on 14 March 2026 after the storm had passed over the town</p>",
        "<figure><figcaption>14 March 2026. Photograph: Ole Brandt</figcaption></figure>",
        "<blockquote><p>Ann Lee (@ann) March 14, 2026</p></blockquote>",
        "<p>Das neue Stadion soll am 14. März 2026 eröffnet werden.</p>",
    ],
)
@pytest.mark.parametrize("place", ["{passage}{text}", "{text}{passage}"])
def test_date_in_a_sentence_or_a_caption_is_that_of_an_event(place: str, passage: str) -> None:
    article = place.format(passage=passage, text=PARAGRAPHS)
    found = read(body=f"<h1>{HEADLINE}</h1>{article}", url="https://example.com/rain")
    assert (found.published_at, found.published_source) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Schengen, 29 April 2026",
        "Rain | 29 April 2026 | 4 min read | 12 comments",
        "Published on 29 April 2026 by Ann Lee.",
        "<time datetime='2026-04-29'>29 April</time> – It began to rain in the night, they say.",
        "This entry was posted on Wednesday, 29 April 2026 at 9:10 and is filed under Weather.",
        "Dieser Beitrag wurde am 29. April 2026 veröffentlicht.",
    ],
)
def test_line_that_dates_the_story_is_believed(line: str) -> None:
    found = read(body=f"<h1>{HEADLINE}</h1><p>{line}</p>{PARAGRAPHS}", url="https://example.com/a")
    assert found.published_at == datetime(2026, 4, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "changed", "published"),
    [
        ("en", "Updated 3 May 2026 10:00 GMT", "First published 1 May 2026 08:00 GMT"),
        ("de", "Aktualisiert: 03.05.2026, 10:00 GMT", "Veröffentlicht: 01.05.2026, 08:00 GMT"),
        ("fr", "Mis à jour le 03/05/2026 à 10:00 GMT", "Publié le 01/05/2026 à 08:00 GMT"),
        ("es", "Actualizado el 3/5/2026 10:00 GMT", "Publicado el 1/5/2026 08:00 GMT"),
        ("it", "Aggiornato il 3 maggio 2026 10:00 GMT", "Pubblicato il 1 maggio 2026 08:00 GMT"),
        ("pt", "Atualizado em 03/05/2026 10:00 GMT", "Publicado em 01/05/2026 08:00 GMT"),
        ("nl", "Bijgewerkt op 3 mei 2026 10:00 GMT", "Gepubliceerd op 1 mei 2026 08:00 GMT"),
        ("pl", "Aktualizacja: 03.05.2026 10:00 GMT", "Opublikowano: 01.05.2026 08:00 GMT"),
        ("cs", "Aktualizováno 3. 5. 2026 10:00 GMT", "Publikováno 1. 5. 2026 08:00 GMT"),
        ("ru", "Обновлено 03.05.2026 10:00 GMT", "Опубликовано 01.05.2026 08:00 GMT"),
        ("uk", "Оновлено 03.05.2026 10:00 GMT", "Опубліковано 01.05.2026 08:00 GMT"),
        ("el", "Τελευταία ενημέρωση: 03/05/2026 10:00 GMT", "Δημοσίευση: 01/05/2026 08:00 GMT"),
        ("sv", "Uppdaterad 3 maj 2026 10:00 GMT", "Publicerad 1 maj 2026 08:00 GMT"),
        ("nb", "Oppdatert 3. mai 2026 10:00 GMT", "Publisert 1. mai 2026 08:00 GMT"),
        ("da", "Opdateret 3. maj 2026 10:00 GMT", "Publiceret 1. maj 2026 08:00 GMT"),
        ("fi", "Päivitetty 3.5.2026 10:00 GMT", "Julkaistu 1.5.2026 08:00 GMT"),
        ("hu", "Frissítve: 2026. 05. 03. 10:00 GMT", "Megjelent: 2026. 05. 01. 08:00 GMT"),
        ("ro", "Actualizat: 03.05.2026 10:00 GMT", "Publicat: 01.05.2026 08:00 GMT"),
        ("tr", "Son güncelleme: 03.05.2026 10:00 GMT", "Yayınlanma: 01.05.2026 08:00 GMT"),
        ("zh", "更新时间：2026年5月3日 10:00 GMT", "发布时间：2026年5月1日 08:00 GMT"),
        ("ja", "2026年5月3日 10:00 GMT 更新", "2026年5月1日 08:00 GMT 公開"),
        ("ko", "수정 2026.05.03 10:00 GMT", "입력 2026.05.01 08:00 GMT"),
        ("ar", "آخر تحديث: 3 مايو 2026 10:00 GMT", "تاريخ النشر: 1 مايو 2026 08:00 GMT"),
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        "<p class='date'>{changed}. {published}</p>",
        "<p>{published} | {changed}</p>",
        "<p>{changed}</p><p>{published}</p>",
        "<div><span class='date'>{changed}</span> <span class='date'>{published}</span></div>",
    ],
)
def test_change_and_publication_are_told_apart(
    markup: str, language: str, changed: str, published: str
) -> None:
    lines = markup.format(changed=changed, published=published)
    body = f"<h1>{HEADLINE}</h1>{lines}{PARAGRAPHS}"
    page = f"<html lang='{language}'><body>{body}</body></html>".encode()
    fetched_at = datetime(2026, 5, 9, tzinfo=UTC)
    found = read_metadata(
        parse(Page(url="https://example.com/a", body=page, fetched_at=fetched_at))
    )
    assert found.published_at == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert found.modified_at == datetime(2026, 5, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "beside", "day"),
    [
        ("https://example.com/2026/04/a", "", 3),
        ("https://example.com/2026/03/a", "", 4),
        ("https://example.com/a", "<p>Rain | 25/12/2025</p>", 3),
        ("https://example.com/a", "<p>Rain | 12/25/2025</p>", 4),
        ("https://example.co.uk/a", "", 3),
        ("https://example.com/a", "<meta property='og:locale' content='en_GB'>", 3),
        ("https://example.com/a", "<meta name='datemodified' content='2026-04-03T10:00Z'>", 3),
    ],
)
def test_order_of_day_and_month_is_that_of_the_page(url: str, beside: str, day: int) -> None:
    found = read(beside, f"<h1>{HEADLINE}</h1><p>Posted 03/04/2026</p>{PARAGRAPHS}", url=url)
    if beside.startswith("<p>"):
        body = f"<h1>{HEADLINE}</h1><p>Posted 03/04/2026</p>{PARAGRAPHS}{beside}"
        found = read(body=body, url=url)
    assert found.published_at == datetime(2026, 7 - day, day, tzinfo=UTC)
    assert found.conflicts == ()


def test_order_that_nothing_tells_is_named_as_a_doubt() -> None:
    body = f"<h1>{HEADLINE}</h1><p>Posted 03/04/2026</p>{PARAGRAPHS}"
    found = read(body=body, url="https://example.com/a")
    assert found.published_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert found.conflicts == ("published_at: time_tag may mean 2026-04-03",)


def test_page_that_states_only_its_change_has_no_date_of_publication() -> None:
    day = "<p class='date'>Saturday 9 May 2026 | 12°C</p>"
    line = "<p>Last updated on 3 May 2026 at 10:00 GMT</p>"
    found = read(body=f"{day}<h1>{HEADLINE}</h1>{line}{PARAGRAPHS}", url="https://example.com/a")
    assert found.published_at is None
    assert found.modified_at == datetime(2026, 5, 3, 10, tzinfo=UTC)


def test_date_of_a_change_is_not_that_of_publication() -> None:
    change = "<p>Updated: <time datetime='2026-05-03T08:30:00Z'>3 May</time></p>"
    first = "<p>Published <time datetime='2026-05-01T08:30:00Z'>1 May</time></p>"
    found = read(body=f"<h1>{HEADLINE}</h1>{change}{first}")
    assert found.published_at == datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
    only = read(ld({**STORY, "datePublished": None}))
    assert only.published_at is None
    assert only.modified_at is not None


def test_day_at_the_top_of_the_page_is_not_the_date_of_the_story() -> None:
    body = (
        f"<header><p class='date'>Saturday 9 May 2026</p></header><main><h1>{HEADLINE}</h1></main>"
    )
    assert read(body=body, url="https://example.com/rain").published_at is None


CARDS = "<h2>Other days</h2>" + "".join(
    f"<article class='Card'><h3>Snow {n}</h3><time datetime='2026-01-1{n}'>-</time></article>"
    for n in range(4)
)


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{HEADLINE}</h1><p>Wednesday, 29 April 2026</p>",
        f"<h1>{HEADLINE}</h1><p class='date'>29 April 2026</p>",
        f"<div><h2>{HEADLINE}</h2><small>added: 29 April 2026</small></div>",
    ],
)
def test_date_above_the_text_beats_the_dates_of_other_stories(above: str) -> None:
    found = read(body=f"{above}{PARAGRAPHS}{CARDS}")
    assert found.published_at == datetime(2026, 4, 29, tzinfo=UTC)


def test_time_element_behind_the_text_is_taken_where_no_other_date_is_seen() -> None:
    behind = "<footer class='meta'><time datetime='2026-04-29'>-</time></footer>"
    found = read(body=f"<article><h1>{HEADLINE}</h1>{PARAGRAPHS}{behind}</article>")
    assert found.published_at == datetime(2026, 4, 29, tzinfo=UTC)


def test_date_in_the_data_of_the_page_is_found() -> None:
    script = '<script>window.state = {"publishedAt": "2026-05-01T08:30:00Z"}</script>'
    found = read(script, url="https://example.com/rain")
    assert (found.published_source, found.published_precision) == ("script", "second")


def test_local_midnight_is_the_day_that_the_page_means() -> None:
    found = read(ld({**STORY, "datePublished": "2026-05-01T00:00:00+02:00"}))
    assert found.published_at == datetime(2026, 5, 1, tzinfo=UTC)
    assert found.published_precision == "day"


def test_contradictions_are_named() -> None:
    head = ld({**STORY, "author": "Ann Lee"})
    head += "<meta property='article:published_time' content='2026-04-21T08:30:00Z'>"
    head += "<meta property='og:title' content='Snow in all the mountains'>"
    body = f"<h1>{HEADLINE}</h1><p class='byline'>By Cy Dunn</p>"
    assert read(head, body).conflicts == (
        "title: meta says Snow in all the mountains",
        "authors: html says Cy Dunn",
        "published_at: meta says 2026-04-21T08:30:00Z",
    )


def test_another_wording_or_zone_is_no_contradiction() -> None:
    head = ld({**STORY, "author": "Ann Lee", "datePublished": "2026-05-01T23:30:00Z"})
    head += "<meta property='article:published_time' content='2026-05-02T01:30:00+02:00'>"
    head += "<meta property='og:title' content='Third day of rain over the coast'>"
    found = read(head, f"<h1>{HEADLINE}</h1><p class='byline'>By Ann Lee, PhD</p>")
    assert found.conflicts == ()


@pytest.mark.parametrize("path", ["/29-10-2021/rain", "/2021/10/29/rain"])
def test_day_in_the_address_is_a_witness(path: str) -> None:
    found = read(body=f"<h1>{HEADLINE}</h1>", url=f"https://example.com{path}")
    assert (found.published_at, found.published_source) == (
        datetime(2021, 10, 29, tzinfo=UTC),
        "url",
    )


def test_day_that_readers_see_decides_where_the_head_contradicts_itself() -> None:
    head = '<meta property="article:published_time" content="2024-03-02T08:00:00Z">'
    head += (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rain of today",'
    )
    head += ' "datePublished": "2024-03-09T08:00:00Z"}</script>'
    seen = f"<h1>{HEADLINE}</h1><p>2 March 2024</p><p>{'It rained all day. ' * 9}</p>"
    found = read(head, seen)
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == "2024-03-02"
    assert found.conflicts
