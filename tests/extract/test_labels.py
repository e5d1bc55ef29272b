"""What readers are told about a story: what kind it is, its section, its tags."""

import json
from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_article
from pipelines.extract.kickerwords import kind_of_label
from pipelines.items import Article, Page

AT = datetime(2026, 11, 9, tzinfo=UTC)
URL = "https://www.harbour.example/news/2026/quay-reopens-to-boats"
TITLE = "Quay reopens to boats after a month"
PROSE = "".join(
    f"<p>The council of ward {n} had said that the quay would reopen to all boats in the autumn,"
    f" and the {n} captains who spoke of Seaview and of the fog were glad of it.</p>"
    for n in range(2, 7)
)
H1 = f"<h1>{TITLE}</h1>"
SITE = "<meta property='og:site_name' content='Harbour Times'>"
TEASER = "<a href='/s'>Sport</a>"
MENU = "".join(f"<div><a href='/{n}/'>{n}</a></div>" for n in ("News", "Opinion", "Sport", "Video"))


def read(body: str, head: str = SITE, title: str = TITLE, url: str = URL) -> Article:
    markup = (
        f"<html lang='en'><head><title>{title} | Harbour Times</title>{head}</head>"
        f"<body><main>{body}</main></body></html>"
    )
    return extract_article(Page(url=url, body=markup.encode(), fetched_at=AT))


def ld(**story: object) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "url": URL, **story}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<p class='x'>OPINIÓN</p>{H1}", "opinion"),
        (f"<header><a href='/k'>Kommentar</a>{H1}</header>", "opinion"),
        (f"<div>Мнение</div><div>{H1}</div>", "opinion"),
        (f"<div>ΑΠΟΨΗ</div>{H1}", "opinion"),
        (f"<h1><span>观点</span> {TITLE}</h1>", "opinion"),
        (f"{H1}<p>Ein Kommentar von Ann Lee</p>", "opinion"),
        (f"<div>Opinion | Harbours</div>{H1}", "opinion"),
        (
            f"<ul class='breadcrumb'><a href='/'>Home</a> <a href='/t'>Tribune</a></ul>{H1}",
            "opinion",
        ),
        (f"<div><b>Sponsored by Halden Pumps</b> <i>9 Nov</i></div>{H1}", "advertisement"),
        (f"{H1}<div><span>Publireportage</span></div>", "advertisement"),
        (f"<p class='kicker'>Anzeige</p>{H1}", "advertisement"),
        (f"<p>Advertorial</p><p>Opinion</p>{H1}", "advertisement"),
        (f"{H1}<p>На правах рекламы</p>", "advertisement"),
        (f"<p>Press release</p>{H1}", "press_release"),
    ],
)
def test_label_by_the_headline_names_the_kind(body: str, kind: str) -> None:
    assert read(body + PROSE).page_type == kind


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}{H1}",
        f"<p><a href='/n'>News</a> <a href='/o'>Opinion</a> {TEASER} {TEASER}</p>{H1}",
        f"<nav><a href='/opinion/'>Opinion</a></nav>{H1}",
        f"{H1}<p><a href='#talk'>Comment</a></p><p>Comment</p><p><a href='#l'>Opinion</a></p>",
        f"{H1}<p class='byline'><a rel='author' href='/a'>Editorial</a></p>",
        f"{H1}<p>Sponsored by the council, the quay reopens.</p>",
        f"<p>Advertisement</p>{H1}",
        f"<p class='kicker'>Advertisement</p><div id='slot-1'></div>{H1}",
        f"<div class='kicker'><p>Anzeige</p><div></div></div>{H1}",
        f"<div class='kicker'>Werbung<script></script></div>{H1}",
        f"<div class='ad kicker'>Anzeige</div>{H1}",
        f"<p class='kicker'>Anzeige</p>{H1}<p>A line.</p><p class='kicker'>Anzeige</p>",
        f"{H1}<p class='kicker'>Anzeige</p>",
        "<h1><em>Opinion</em> turns on the quay and its boats</h1>",
        f"<p>Video</p>{H1}",
        f"{H1}{PROSE}<h2>Opinion</h2><p>Sponsored content</p><a href='/b'>Open the quay, now</a>",
        f"<aside class='promo'>Sponsored content</aside>{H1}",
    ],
)
def test_menus_buttons_and_advert_boxes_name_no_kind(body: str) -> None:
    assert read(body + PROSE).page_type == "article"


@pytest.mark.parametrize(
    ("head", "title", "kind"),
    [
        (SITE, f"Opinion | {TITLE}", "opinion"),
        (SITE, f"{TITLE} | Editorial", "opinion"),
        (SITE, f"【社説】{TITLE}", "opinion"),
        (SITE, f"Gastkommentar: {TITLE}", "opinion"),
        (SITE, f"[PR] {TITLE}", "advertisement"),
        (SITE, f"PR - {TITLE}", "article"),
        (SITE, f"Anzeige | {TITLE}", "advertisement"),
        (SITE, f"{TITLE} - Anzeige", "article"),
        ("<meta property='og:site_name' content='Tribune'>", f"Tribune | {TITLE}", "article"),
        ("<meta property='article:opinion' content='true'>", TITLE, "opinion"),
        ("<meta property='article:section' content='Business, Sponsored Content'>", TITLE, "ad"),
        (ld(articleSection=["Politics", "Opinion"]), TITLE, "opinion"),
        (ld(genre="Press release"), TITLE, "press_release"),
        (ld(**{"@type": "OpinionNewsArticle"}), TITLE, "opinion"),
        (ld(**{"@type": "AdvertiserContentArticle"}), TITLE, "advertisement"),
    ],
)
def test_label_in_the_head_names_the_kind(head: str, title: str, kind: str) -> None:
    assert read(H1 + PROSE, head, title).page_type.startswith(kind)


def test_label_video_speaks_of_a_page_with_little_text_alone() -> None:
    brief = "<p>The quay reopened to boats on Monday, a month after the storm had closed it. </p>"
    assert read(f"<p>Video</p>{H1}{brief * 3}").page_type == "video"
    assert read(f"<p>En images</p>{H1}{brief * 3}").page_type == "gallery"
    assert read(f"<p>Video</p>{H1}{PROSE * 2}").page_type == "article"
    sections = ld(articleSection=["Politics", "Video"])
    assert read(f"{H1}{brief * 3}", sections).page_type == "article"


def test_label_of_another_story_above_names_no_kind() -> None:
    """The page holds its own headline as a plain line, and a teaser as its first heading."""
    other = "<h1><a href='/b'>{0}Boats of the north sail home</a></h1>" * 2
    for teaser in (other.format("Opinion: "), f"<p>Opinion</p>{other.format('')}"):
        assert read(f"{teaser}<p><b>{TITLE}</b></p>{PROSE}").page_type == "article"
    assert read(f"<p>Opinion</p>{H1}{PROSE}{other.format('')}").page_type == "opinion"


def test_what_is_paid_for_is_an_advertisement_among_opinions_too() -> None:
    url = URL.replace("news", "opinion")
    assert read(f"<p>Paid content</p>{H1}{PROSE}", url=url).page_type == "advertisement"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("L’ÉDITO", "opinion"),
        ("KÖŞE YAZISI", "opinion"),
        ("» Kolumne:", "opinion"),
        ("Contenu sponsorisé", "advertisement"),
        ("תוכן שיווקי", "advertisement"),
        ("보도자료", "press_release"),
        ("Sponsored by us.", None),
        ("Opinions differ", None),
        ("Annonse", None),
    ],
)
def test_label_is_read_in_any_case_and_with_or_without_accents(
    label: str, kind: str | None
) -> None:
    assert kind_of_label(label) == kind


@pytest.mark.parametrize(
    ("head", "body", "section"),
    [
        (ld(articleSection="News/World/Europe"), "", "World"),
        (ld(articleSection=["News", "Weather", "Coast"]), "", "Weather"),
        (ld(articleSection="Home > Politics"), "", "Politics"),
        (ld(articleSection="Film/TV"), "", "Film/TV"),
        (ld(articleSection="News"), "", "News"),
        (ld(articleSection="Harbour Times"), "", None),
        (
            ld(articleSection="Article"),
            "<div class='crumbs'><a href='/w/'>Coast</a></div>",
            "Coast",
        ),
        (ld(articleSection="News"), "<p class='kicker'><a href='/w/'>Coast</a></p>", "Coast"),
        ("", "<p class='kicker'><a href='/author/lee'>Ann Lee</a></p>", None),
        ("", "<p class='kicker'><a href='/mail'>a@b.example</a></p>", None),
        ("", "<article class='article-section'><a href='/w/'>Coast</a>", None),
        ("", "<p class='section'><a href='/w/quay-is-not-to-be-sold'>Quay not sold</a></p>", None),
        ("", "<p class='breadcrumbs'><a href='/'>Start</a> <a href='/n'>News</a></p>", "News"),
    ],
)
def test_section_is_one_that_says_something(head: str, body: str, section: str | None) -> None:
    assert read(body + H1 + PROSE, SITE + head).section == section


def test_path_of_sections_is_parted_where_the_address_is() -> None:
    head = ld(articleSection="World/Europe")
    assert read(H1 + PROSE, head).section == "World/Europe"
    assert read(H1 + PROSE, head, url=URL.replace("news/2026", "world/europe")).section == "World"


TAG = "<a href='/{0}'>{0}</a> "


@pytest.mark.parametrize(
    ("head", "body", "tags"),
    [
        (
            "",
            "<div class='article-tags'>" + TAG.format("Fog") + TAG.format("Seaview") + "</div>",
            2,
        ),
        ("", "<aside class='schlagworte'>" + TAG.format("Fog") + "</aside>", 1),
        ("", "<ul><li><a href='/topic/fog'>Fog</a><li><a href='/topic/s'>Seaview</a></ul>", 2),
        ("", "<p>See <a href='/topic/fog'>Fog</a> for what the captains had to say of it.</p>", 0),
        ("", "<div class='tag-cloud'>" + TAG.format("Fog") + "</div>", 0),
        ("", "<nav class='topics-menu'>" + TAG.format("Fog") + "</nav>", 0),
        ("", "<div class='tags'>" + TAG.format("author/lee").replace(">author", ">") + "</div>", 0),
        ("", 4 * ("<div class='tags'>" + TAG.format("Fog") + "</div>"), 0),
        ("", 3 * "<p><a href='/tag/fog'>Fog</a></p><h3>The boats of Seaview</h3>", 0),
        ("", "<div class='promo'><p class='tags'>" + TAG.format("Fog") + "</p></div>", 0),
        (f"<meta name='news_keywords' content='Harbour Times, {TITLE}'>", "", 0),
        (f"<meta name='news_keywords' content='Harbour Times, Fog, {TITLE}'>", "", 1),
        ("<meta name='keywords' content='Harbour Times, news, fog, golf, jobs'>", "", 1),
        ("<meta name='keywords' content='news, breaking news, latest'>", "", 0),
        ("<meta name='news_keywords' content='News, Latest'>", "", 0),
        ("<meta name='keywords' content='golf, jobs'>", "", 2),
    ],
)
def test_tags_are_those_of_the_story(head: str, body: str, tags: int) -> None:
    found = read(H1 + PROSE + body, SITE + head).tags
    assert len(found) == tags
    assert not {"Harbour Times", TITLE} & set(found)


def test_list_of_topics_above_the_headline_is_a_menu() -> None:
    topics = "<div class='topics'>" + TAG.format("Fog") + TAG.format("Seaview") + "</div>"
    assert read(topics + H1 + PROSE).tags == ()
    assert read(H1 + topics + PROSE).tags == ("Fog", "Seaview")
