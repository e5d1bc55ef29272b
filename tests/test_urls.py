"""URL keys: the variants of one story share one, two stories never do."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from pipelines.urls import (
    is_same_site,
    is_web_url,
    registered_domain,
    require_web_url,
    site_of,
    url_key,
)

STORY = "https://example.com/world/flood-hits-town"


@pytest.mark.parametrize(
    "variant",
    [
        "http://example.com/world/flood-hits-town",
        "https://EXAMPLE.com:443/world/flood-hits-town/",
        "http://example.com:80/world/flood-hits-town",
        "https://example.com/world/flood-hits-town#comments",
        "https://example.com/world/flood-hits-town?utm_source=rss&utm_medium=feed",
        "https://example.com/world/flood-hits-town?fbclid=abc&gclid=1",
        "https://example.com/world/flood-hits-town?ref=home",
        "https://example.com/world/flood-hits-town?PHPSESSID=0123456789abcdef",
        "https://example.com/world/flood-hits-town;jsessionid=4F2A.node1",
        "https://example.com/(S(lit3py55t21z5v55vlm25s55))/world/flood-hits-town",
        "https://example.com/world/flood-hits-town/index.html",
        "https://example.com/world/flood-hits-town/amp/",
        "https://example.com/world/flood-hits-town/amp",
        "https://example.com/amp/world/flood-hits-town",
        "https://example.com/world/flood-hits-town?amp",
        "https://example.com/world/flood-hits-town?amp=1",
        "https://example.com/world/flood-hits-town?outputType=amp",
        "https://example.com/world/flood-hits-town?print=1",
        "https://example.com/world/flood-hits-town?view=print",
        "https://example.com/world/flood-hits-town/print/",
        "https://example.com/print/world/flood-hits-town",
        "https://example.com/world/./flood-hits-town",
        "https://example.com/world/flood%2Dhits%2dtown",
        " https://example.com/world/flood-hits-town ",
    ],
)
def test_variant_of_a_story_has_the_key_of_the_story(variant: str) -> None:
    assert url_key(variant) == STORY


def test_amp_file_has_the_key_of_the_plain_file() -> None:
    assert url_key("https://example.com/a-b.amp.html") == url_key("https://example.com/a-b.html")


def test_order_of_the_query_does_not_matter() -> None:
    one, other = "https://example.com/a?id=7&lang=el", "https://example.com/a?lang=el&id=7"
    assert url_key(one) == url_key(other) == "https://example.com/a?id=7&lang=el"


def test_non_ascii_and_its_percent_encoding_are_one() -> None:
    assert url_key("https://example.com/είδηση?q=ü") == url_key(
        "https://example.com/%CE%B5%CE%AF%CE%B4%CE%B7%CF%83%CE%B7?q=%c3%bc"
    )


def test_unusual_port_stays_with_its_scheme() -> None:
    assert url_key("http://example.com:8103/a/") == "http://example.com:8103/a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/amp", "/print"),
        ("/story?sid=12", "/story?sid=13"),
        ("/story?s=12", "/story?s=13"),
        ("/story?cid=1", "/story?cid=2"),
        ("/story?eid=1", "/story?eid=2"),
        ("/story?uid=1", "/story?uid=2"),
        ("/story?ref=1234", "/story?ref=1235"),
        ("/story?source=4411", "/story?source=4412"),
        ("/view?type=1", "/view?type=2"),
        ("/story?id=", "/story"),
        ("/Story", "/story"),
        ("/tag/amplifier", "/tag/lifier"),
        ("/story/1.amplitude.html", "/story/1.html"),
    ],
)
def test_urls_that_may_be_two_stories_keep_two_keys(one: str, other: str) -> None:
    assert url_key(f"https://example.com{one}") != url_key(f"https://example.com{other}")


# Text that stands for nothing: no word that names a variant, no index file.
SLUG = st.text("bcdfghjkloquvwxyz0123456789-", min_size=1, max_size=12)
ID_NAME = st.sampled_from(
    ["id", "p", "aid", "cid", "nid", "sid", "newsid", "article", "story", "a", "idxno", "code"]
)
HOST = st.sampled_from(["example.com", "www.example.co.uk", "news.example.gr", "127.0.0.1"])
ANY_PATH = st.text(max_size=30).map(lambda text: "/" + text.replace("\\", "/"))
ANY_URL = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}{path}" + (f"?{query}" if query else ""),
    st.sampled_from(["http", "https", "HTTPS"]),
    HOST,
    ANY_PATH,
    st.text(max_size=20),
)
VARIED_URL = st.builds(
    lambda host, parts, tail: f"https://{host}/" + "/".join(parts) + tail,
    HOST,
    st.lists(
        st.sampled_from(["amp", "print", "index.html", "a", "b.amp.html", "", "."]), max_size=5
    ),
    st.sampled_from(["", "/", "?amp=1", "?b=2&a=1", "?a", ";jsessionid=1"]),
)


@given(ANY_URL | VARIED_URL)
def test_key_of_a_key_is_the_key(url: str) -> None:
    assert url_key(url_key(url)) == url_key(url)


@given(ANY_URL | VARIED_URL)
def test_key_never_changes_the_host(url: str) -> None:
    assert urlsplit(url_key(url)).hostname == urlsplit(url).hostname


@given(HOST, st.lists(SLUG, min_size=1, max_size=4), st.lists(SLUG, min_size=1, max_size=4))
def test_two_paths_have_two_keys(host: str, one: list[str], other: list[str]) -> None:
    keys = {url_key(f"https://{host}/{'/'.join(path)}") for path in (one, other)}
    assert len(keys) == (1 if one == other else 2)


@given(HOST, SLUG, ID_NAME, st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_ids_have_two_keys(host: str, path: str, name: str, one: int, other: int) -> None:
    keys = {url_key(f"https://{host}/{path}?{name}={number}&utm_id=1") for number in (one, other)}
    assert len(keys) == (1 if one == other else 2)


@given(
    HOST,
    st.from_regex(r"(/[a-z0-9_~,.-]{1,8}){0,4}/?(\?[a-z]{1,4}=[a-z0-9._~-]{0,6})?", fullmatch=True),
)
def test_short_way_for_plain_urls_agrees_with_canonicalisation(host: str, rest: str) -> None:
    assert url_key(f"https://{host}{rest}") == url_key(canonicalize_url(f"https://{host}{rest}"))
    assert url_key(f"https://{host}{rest}") == url_key(f"https://{host}:443{rest}")


def test_registered_domain_follows_the_public_suffix_list() -> None:
    assert registered_domain("www.news.example.co.uk") == "example.co.uk"
    assert registered_domain("localhost") == "localhost"


def test_subdomain_belongs_to_the_site_and_a_neighbour_does_not() -> None:
    assert is_same_site("https://m.example.com/a", "http://example.com/")
    assert not is_same_site("https://example.com.evil.net/", "https://example.com/")
    assert not is_same_site("mailto:a@example.com", "mailto:b@example.com")
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "example.com",
        "ftp://example.com/",
        "https://",
        "http://[",
        "https://a b/",
        "http://x:99999/",
    ],
)
def test_what_is_no_web_address_is_named_in_the_error(value: str) -> None:
    assert not is_web_url(value)
    with pytest.raises(ValueError, match="is no web address") as error:
        require_web_url(value)
    assert repr(value) in str(error.value)
