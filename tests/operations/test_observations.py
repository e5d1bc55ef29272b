"""What is seen of a section that cannot be read."""

import asyncio

from scrapy.http import Response, TextResponse

from crawler.extensions.observations import rejects_of
from pipelines.rejects import ConsentWall, ExtractionTimeout

_WALL = """<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We and our 743 partners store and access information on your device, such as cookies.</p>
<p>You can accept all cookies, reject them or manage your choices at any time.</p>
<button>Accept all</button> <button>Reject all</button></body></html>"""
# Costs the extractor twenty seconds.
_ENDLESS = "<html><body><article><h1>F</h1>" + "<p><a href=x>b" * 30_000


def test_section_that_takes_its_reader_too_long_costs_no_other_one() -> None:
    pages = {"https://a.example/1": _ENDLESS, "https://a.example/2": _WALL}
    answers: dict[str, Response] = {
        url: TextResponse(url, body=page.encode(), encoding="utf-8") for url, page in pages.items()
    }
    answers["https://a.example/3"] = Response("https://a.example/3", status=403)
    found = asyncio.run(rejects_of(answers, seconds=4))
    kinds = {url[-1]: type(reject) for url, reject in found.items()}
    assert kinds == {"1": ExtractionTimeout, "2": ConsentWall}, "a status of 403 says it all"
