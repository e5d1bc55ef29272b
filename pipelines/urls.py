"""URLs as identities: one key per story, one name per site."""

import re
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import tldextract
from w3lib.url import canonicalize_url

# The bundled Public Suffix List: no request is made for it.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

# Host, path and query of a URL that canonicalisation would leave as it is but for the
# order of its query: most URLs, and this costs a tenth of taking them apart.
_PLAIN = re.compile(
    r"https?://([a-z0-9.-]*[a-z0-9])((?:/[\w~,-]+(?:\.[\w~,-]+)*)*/?)(?:\?([\w.~=&-]*))?",
    re.ASCII,
)
_DEFAULT_PORT = {"http": 80, "https": 443}


def _load_trackers() -> re.Pattern[str]:
    lines = files("pipelines").joinpath("tracking_parameters.txt").read_text("utf-8").split("\n")
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    exact = [re.escape(name) for name in names if not name.endswith("*")]
    prefixes = [re.escape(name[:-1]) + ".*" for name in names if name.endswith("*")]
    return re.compile("|".join(exact + prefixes), re.IGNORECASE)


_TRACKER = _load_trackers()
# These name the place of the link, unless they hold a number: then they may name a story.
_REFERRER = re.compile(r"ref|referer|referrer|source|src|from|cmp|campaign|medium|via", re.I)
_SESSION = re.compile(
    r"phpsessid|jsessionid|aspsessionid\w*|oscsid|cfid|cftoken|session_?id", re.IGNORECASE
)
# `sid` and `s` are story ids on some sites; as long hashes they are sessions.
_SESSION_IF_HASH = re.compile(r"(?:sid|s|zenid|session)=[0-9a-f]{24,}", re.IGNORECASE)
_VARIANT = re.compile(
    r"amp(?:=(?:1|true)?)?|(?:outputtype|output|view|format|mode|layout|type)=(?:amp|print)"
    r"|(?:print|printable|printer_?friendly|printview|print_view)=(?:1|true|yes|y|on)?"
    r"|print|printable|printer_?friendly",
    re.IGNORECASE,
)
_MAY_BE_VARIANT = re.compile(r"/$|amp|print|/index\.|/default\.|;|/\(s\(", re.IGNORECASE)
_VARIANTS_OF_PATH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r";(?:jsessionid|phpsessid|sid)=[^/;]*",  # session ids of Java and PHP
        r"/\(s\([a-z0-9]+\)\)",  # and of ASP.NET
        r"/(?:index|default)\.(?:[sx]?html?|php\d?|aspx?|jsp)$",
        r"\.(?:amp|print)(?=(?:\.[sx]?html?)?$)",  # flood.amp.html, flood.print
        r"(?<=[^/])/(?:amp|print)/?$",  # /world/flood/amp/
        r"^/(?:amp|print)(?=/[^/]+/?[^/])",  # /amp/world/flood
    )
)


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """The domain under which `host` was registered; IP addresses and bare names unchanged.

    >>> registered_domain("www.news.example.co.uk"), registered_domain("127.0.0.1")
    ('example.co.uk', '127.0.0.1')
    >>> registered_domain("www.harbour.test"), registered_domain("localhost")
    ('harbour.test', 'localhost')
    """
    found = _SUFFIXES(host)
    if found.top_domain_under_public_suffix:
        return found.top_domain_under_public_suffix
    if found.suffix or found.ipv4 or found.ipv6:
        return host
    return ".".join(host.split(".")[-2:])  # the list's rule for suffixes that it does not name


def host_of(url: str) -> str:
    """The host of a URL in lower case, without port; empty where there is none.

    >>> host_of("https://Example.com:8080/a"), host_of("mailto:a@b"), host_of("http://[")
    ('example.com', '', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """The default name of a URL's site: its registered domain.

    >>> site_of("https://edition.example.com/world/")
    'example.com'
    """
    return registered_domain(host_of(url))


def is_same_site(url: str, other: str) -> bool:
    """True where both URLs lie under one registered domain; subdomains count as the site.

    >>> is_same_site("https://m.example.co.uk/a", "https://www.example.co.uk/")
    True
    >>> is_same_site("https://one.co.uk/", "https://two.co.uk/")
    False
    """
    return site_of(url) == site_of(other) != ""


def is_web_url(url: str) -> bool:
    """True for an http or https URL with a host and without spaces.

    >>> [is_web_url(url) for url in ("https://example.com/a", "ftp://example.com", "http://")]
    [True, False, False]
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_web and not re.search(r"\s", url)


def require_web_url(url: str) -> str:
    """`url` itself, when it is an http or https URL with a host.

    Raises ValueError with a text for the command line that names the value and the way out.

    >>> require_web_url("https://example.com/world/")
    'https://example.com/world/'
    >>> require_web_url("example.com/world/")
    Traceback (most recent call last):
    ValueError: 'example.com/world/' is no web address; give a whole one: https://example.com/world/
    """
    if not is_web_url(url):
        raise ValueError(f"{url!r} is no web address; give a whole one: https://example.com/world/")
    return url


@lru_cache(maxsize=65536)
def url_key(url: str) -> str:
    """The URL without what does not tell stories apart.

    Gone: tracking parameters, fragment, order of the query, session ids, default port, a
    trailing slash, `index.html`, AMP and print variants, and the difference between http and
    https at their default ports. The host stays. A key is for comparing, not for fetching.

    >>> url_key("http://Example.com/a/?utm_source=x&id=7#top")
    'https://example.com/a?id=7'
    >>> url_key("https://example.com/2026/11/flood/amp/") == url_key("https://example.com/2026/11/flood")
    True
    """
    plain = _PLAIN.fullmatch(url)
    if plain:
        return _key("https", *plain.groups(""))
    try:
        parts = urlsplit(str(canonicalize_url(url.strip())))
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORT:
        return parts.geturl()
    if port is None:
        return _key("https", parts.netloc, parts.path, parts.query)
    if port == _DEFAULT_PORT[parts.scheme]:
        return _key("https", parts.netloc.rpartition(":")[0], parts.path, parts.query)
    return _key(parts.scheme, parts.netloc, parts.path, parts.query)


def _key(scheme: str, netloc: str, path: str, query: str) -> str:
    path = _story_path(path) if _MAY_BE_VARIANT.search(path) else path or "/"
    if query:
        pairs = (pair if "=" in pair else f"{pair}=" for pair in query.split("&") if pair)
        query = "&".join(sorted(filter(_tells_apart, pairs)))
    return f"{scheme}://{netloc}{path}?{query}" if query else f"{scheme}://{netloc}{path}"


def _story_path(path: str) -> str:
    """The path of the story that `path` is a variant of.

    >>> _story_path("/world/flood.amp.html"), _story_path("/world/index.html"), _story_path("/")
    ('/world/flood.html', '/world', '/')
    """
    while True:
        shorter = path
        for variant in _VARIANTS_OF_PATH:
            shorter = variant.sub("", shorter)
        shorter = shorter.rstrip("/") or "/"
        if shorter == path:
            return path
        path = shorter


def _tells_apart(pair: str) -> bool:
    """True where a `name=value` pair of a query can tell two stories apart.

    >>> _tells_apart("id=7"), _tells_apart("cid=7")
    (True, True)
    >>> _tells_apart("utm_term=x"), _tells_apart("ref=home"), _tells_apart("amp=1")
    (False, False, False)
    """
    name, _, value = pair.partition("=")
    if _TRACKER.fullmatch(name) or _SESSION.fullmatch(name) or _VARIANT.fullmatch(pair):
        return False
    if _REFERRER.fullmatch(name):
        return any(char.isdigit() for char in value)
    return not _SESSION_IF_HASH.fullmatch(pair)
