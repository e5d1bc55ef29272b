"""What is seen of a section that cannot be read."""

import asyncio

from scrapy.http import Response, TextResponse

from crawler.extensions.observations import rejects_of
from pipelines.rejects import ConsentWall, EmptyPage, ExtractionTimeout

_WALL = """<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We and our 743 partners store and access information on your device, such as cookies.</p>
<p>You can accept all cookies, reject them or manage your choices at any time.</p>
<button>Accept all</button> <button>Reject all</button></body></html>"""


def test_sections_that_cannot_be_read_are_named_by_a_worker() -> None:
    pages = {"https://a.example/1": "<p>News", "https://a.example/2": _WALL}
    answers: dict[str, Response] = {
        url: TextResponse(url, body=page.encode(), encoding="utf-8") for url, page in pages.items()
    }
    answers["https://a.example/3"] = Response("https://a.example/3", status=403)
    found = asyncio.run(rejects_of(answers))
    kinds = {url[-1]: type(reject) for url, reject in found.items()}
    assert kinds == {"1": EmptyPage, "2": ConsentWall}, "a status of 403 says it all"


def test_look_at_sections_ends_with_its_time() -> None:
    answer = TextResponse("https://a.example/2", body=_WALL.encode(), encoding="utf-8")
    found = asyncio.run(rejects_of({answer.url: answer}, seconds=0.001))
    assert isinstance(found[answer.url], ExtractionTimeout)
