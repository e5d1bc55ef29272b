"""Which link of a listing leads to its next page, and which only looks like it."""

import pytest

from crawler.discovery import read_section
from tests.discovery.pages import CARDS, SITE, section


def next_page(links: str, url: str = "/world/", head: str = "") -> str | None:
    """Path of the next page of a section at `url` that shows `links` under its cards."""
    found = read_section(section(CARDS + links, head=head), SITE + url).next_page
    return None if found is None else found.removeprefix(SITE)


def pager(*links: tuple[str, str]) -> str:
    """A pagination bar of (text, address)."""
    return (
        '<div class="pagination">' + "".join(f'<a href="{u}">{t}</a>' for t, u in links) + "</div>"
    )


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("/world/", "/world/page/2/", "/world/page/3/"),
        ("/world/", "/world/2", "/world/3"),
        ("/world", "/world?page=2", "/world?page=3"),
        ("/world", "/world?p=2", "/world?p=3"),
        ("/world", "/world?lang=el&page=2", "/world?lang=el&page=3"),
        ("/world", "/world?start=20", "/world?start=40"),
        ("/world", "/world?offset=20", "/world?offset=40"),
        ("/world.html", "/world-p2.html", "/world-p3.html"),
        ("/world.html", "/world_2.html", "/world_3.html"),
        ("/world/index.html", "/world/index_2.html", "/world/index_3.html"),
        ("/world,1.html", "/world,2.html", "/world,3.html"),
        ("/kosmos", "/kosmos/selida/2", "/kosmos/selida/3"),
        ("/welt/", "/welt/seite-2/", "/welt/seite-3/"),
        ("/category/5", "/category/5/page/2", "/category/5/page/3"),
        ("/list.php?cat=5", "/list.php?cat=5&page=2", "/list.php?cat=5&page=3"),
    ],
)
def test_numbers_are_followed_to_the_last_page(first: str, second: str, third: str) -> None:
    bar = pager(("1", first), ("2", second), ("3", third))
    if "lang=" in second:
        first += "?lang=el"
    assert next_page(bar, first) == second
    assert next_page(bar, second) == third
    assert next_page(bar, third) is None


@pytest.mark.parametrize(
    "text",
    [
        "Next",
        "Next »",
        "»",
        "›",
        "Older posts",
        "← Older posts",
        "weiter",
        "Nächste Seite",
        "Ältere Beiträge",
        "下一页",
        "次へ",
        "다음",
        "следующая",
        "Дальше",
        "επόμενη",
        "Παλαιότερα",
        "następna",
        "další",
        "siguiente",
        "Suivant",
        "Próxima página",
        "Successivi",
        "volgende",
        "Nästa",
        "Sonraki",
        "التالي",
        "अगला",
        "ถัดไป",
        "következő",
        "Următoarea",
        "Berikutnya",
        "הבא",
        "Trang sau",
    ],
)
def test_next_is_understood_in_many_languages(text: str) -> None:
    assert (
        next_page(f'<a href="/world/more?after=b64token">{text}</a>')
        == "/world/more?after=b64token"
    )
    assert next_page(f'<a href="/world/?page=2">{text}</a>') == "/world/?page=2"


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="next" href="/world/x?cursor=9">…</a>',
        '<a class="next" href="/world/x?cursor=9"></a>',
        '<a aria-label="Next page" href="/world/x?cursor=9"><svg></svg></a>',
        '<a title="Nächste Seite" href="/world/x?cursor=9"><i></i></a>',
    ],
)
def test_next_is_understood_from_attributes(link: str) -> None:
    assert next_page(link) == "/world/x?cursor=9"


def test_link_element_names_the_next_page() -> None:
    assert next_page("", head='<link rel="next" href="/world/page/2/">') == "/world/page/2/"


def test_load_more_with_a_plain_address_is_followed() -> None:
    assert next_page('<a class="button" href="/world/?page=2">Load more</a>') == "/world/?page=2"


def test_numbers_that_count_from_zero_are_understood() -> None:
    bar = pager(("1", "/world"), ("2", "/world?page=1"), ("3", "/world?page=2"))
    assert next_page(bar, "/world") == "/world?page=1"
    assert next_page(bar, "/world?page=1") == "/world?page=2"
    assert next_page('<a href="/world?page=1">next ›</a>', "/world") == "/world?page=1"


def test_first_page_linked_with_its_own_number_is_not_the_next() -> None:
    bar = pager(("1", "/world?page=1"), ("2", "/world?page=2"), ("", "/world?page=2"))
    assert next_page(bar, "/world") == "/world?page=2"


def test_older_is_forward_whatever_it_is_called_by_class() -> None:
    links = (
        '<div class="nav-previous"><a href="/world/page/5/">← Older posts</a></div>'
        '<div class="nav-next"><a href="/world/page/3/">Newer posts →</a></div>'
    )
    assert next_page(links, "/world/page/4/") == "/world/page/5/"


def test_gap_in_the_numbers_is_not_jumped() -> None:
    bar = pager(
        ("1", "/world"), ("2", "/world/page/2"), ("…", "/world/page/8"), ("9", "/world/page/9")
    )
    assert next_page(bar, "/world/page/2") is None


@pytest.mark.parametrize(
    "links",
    [
        '<a href="/sport/page/2/">2</a><a href="/sport/page/3/">Next</a>',
        '<a href="/2026/10/">« Oct</a><a class="next" href="/2026/12/">Next</a>',
        '<a class="next" href="/world/2026/12/">Dec »</a><a href="/world/2026/11/2">2</a>',
        '<div class="carousel"><a class="next" href="/world/flood-hits-old-town">Next</a></div>',
        '<a href="/world/flood-hits-old-town?page=2">2</a>',
        '<a href="/world/?sort=oldest">Oldest</a><a href="/world/?region=2">Asia (2)</a>',
        '<a href="https://other.example.org/world/page/2">Next</a>',
        '<a href="/world/">Next</a><a href="#2">2</a><a href="javascript:more()">More</a>',
        '<a href="/world/page/2">Ferries to the islands are cancelled again</a>',
        '<a href="/world/archive-of-the-year">Previous</a>',
    ],
)
def test_what_only_looks_like_the_next_page_is_none(links: str) -> None:
    assert next_page(links) is None


def test_neighbouring_section_with_a_number_is_not_the_next_page() -> None:
    assert next_page('<nav><a href="/category/6">Sport</a></nav>', "/category/5") is None


def test_pattern_for_articles_does_not_hide_the_next_page() -> None:
    body = section(CARDS + pager(("2", "/world/page/2")))
    found = read_section(body, f"{SITE}/world", article_url_pattern="/world/")
    assert found.next_page == f"{SITE}/world/page/2"
