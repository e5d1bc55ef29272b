"""Keeps the crawl away from private networks, where a page or redirect may send it.

A news page could link or redirect to http://169.254.169.254/, to a router or to a service on
the crawling machine itself (server-side request forgery, OWASP SSRF).
"""

import ipaddress
import socket
from asyncio import Future, get_running_loop
from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector
from twisted.internet.interfaces import IHostResolution

from crawler.middlewares.refusals import PrivateAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as an IPv6-only network shows them (RFC 6052, 2.1)."""

_PORTS = {"http": 80, "https": 443}


class PrivateAddressMiddleware:
    """Refuses requests to addresses that are not public, by number or by name.

    The host and port of a given section are allowed whatever their address: who crawls an
    intranet says so by naming it. Another port or host of it is a section of its own.

    A name is looked up through the resolver that the connection uses next, which with
    Scrapy's default caches the answer: what is checked is what is connected to. Where no
    cache makes that sure (a resolver of one's own, DNSCACHE_ENABLED off, a name that changes
    between the two look-ups), the address that really answered is checked before the
    response goes further. Behind a proxy only numbers can be checked: the proxy looks names
    up.

    Counter: `private_address/refused`.
    """

    def __init__(self, *, stats: StatsCollector, section_urls: Iterable[str]) -> None:
        self._stats = stats
        self._allowed = frozenset(map(host_and_port, section_urls))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Reads PRIVATE_ADDRESSES_REFUSED, and `section_urls` of the spider."""
        if not crawler.settings.getbool("PRIVATE_ADDRESSES_REFUSED", True):
            raise NotConfigured
        assert crawler.stats is not None
        return cls(
            stats=crawler.stats, section_urls=getattr(crawler.spider, "section_urls", None) or ()
        )

    async def process_request(self, request: Request) -> None:
        """Raises `PrivateAddress` before a connection is made."""
        host, port = host_and_port(request.url)
        if not host or (host, port) in self._allowed:
            return
        address = parse_address(host)
        addresses = [address] if address else await self._look_up(host, port)
        if host.endswith(".localhost") or not all(map(is_public, addresses)):
            self._refuse(request, ", ".join(map(str, addresses)) or host)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises `PrivateAddress` when the answer came from such an address after all."""
        address = response.ip_address
        if address is None or request.meta.get("proxy") or is_public(address):
            return response
        if host_and_port(request.url) not in self._allowed:
            self._refuse(request, str(address))
        return response

    def _refuse(self, request: Request, address: str) -> None:
        self._stats.inc_value("private_address/refused")
        raise PrivateAddress(
            f"{request.url} leads to {address}, which is no public address; "
            "name it as a section to crawl it"
        )

    async def _look_up(self, host: str, port: int) -> list[Address]:
        """The addresses of a host name; none where the look-up fails, as the request will."""
        from twisted.internet import reactor  # only now is it the one that Scrapy installed

        found: Future[list[Address]] = get_running_loop().create_future()
        reactor.nameResolver.resolveHostName(_Addresses(found), host, port)
        return await found


class _Addresses:
    """Collects what a resolver finds (twisted's IResolutionReceiver)."""

    def __init__(self, found: "Future[list[Address]]") -> None:
        self._found = found
        self._addresses: list[Address] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        """Nothing to do: the look-up is never cancelled."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Notes one address (twisted's IPv4Address or IPv6Address)."""
        self._addresses.append(ipaddress.ip_address(address.host.partition("%")[0]))

    def resolutionComplete(self) -> None:  # noqa: N802
        """Hands the addresses over."""
        if not self._found.done():
            self._found.set_result(self._addresses)


def is_public(address: Address) -> bool:
    """Whether the address belongs to a host on the Internet (IANA special registries).

    >>> [is_public(ipaddress.ip_address(a)) for a in ("9.9.9.9", "10.0.0.1", "::ffff:10.0.0.1")]
    [True, False, False]
    """
    address = _embedded(address) or address
    return address.is_global and not (address.is_multicast or address.is_reserved)


def parse_address(host: str) -> Address | None:
    """The address that `host` writes as a number in any form that a resolver reads.

    >>> parse_address("2130706433"), parse_address("0x7f.1"), parse_address("[::1]")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), IPv6Address('::1'))
    >>> parse_address("example.com")
    """
    host = host.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None


def host_and_port(url: str) -> tuple[str, int]:
    """Host, in lower case and without a dot at its end, and port.

    >>> host_and_port("https://LocalHost./a"), host_and_port("http://127.0.0.1:8000/")
    (('localhost', 443), ('127.0.0.1', 8000))
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return host, parts.port or _PORTS.get(parts.scheme, 0)


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour
