"""URLs as identities: one key per story, one name per site."""

from functools import lru_cache
from urllib.parse import urlsplit

import tldextract
from courlan.urlutils import clean_url
from w3lib.url import canonicalize_url

# The bundled Public Suffix List: no request is made for it.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """The domain under which `host` was registered; IP addresses and bare names unchanged.

    >>> registered_domain("www.news.example.co.uk"), registered_domain("127.0.0.1")
    ('example.co.uk', '127.0.0.1')
    """
    return _SUFFIXES(host).top_domain_under_public_suffix or host


def site_of(url: str) -> str:
    """The default name of a URL's site: its registered domain.

    >>> site_of("https://edition.example.com/world/")
    'example.com'
    """
    return registered_domain((urlsplit(url).hostname or "").lower())


def url_key(url: str) -> str:
    """The URL without what does not tell stories apart: tracking, fragment, order of query.

    >>> url_key("https://Example.com/a?utm_source=x&id=7#top")
    'https://example.com/a?id=7'
    """
    return str(canonicalize_url(clean_url(url) or url))
