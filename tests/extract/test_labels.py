"""What readers are told about a story: its section, its tags."""

import json
from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_article
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
