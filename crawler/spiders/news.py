"""Any news site, from the URLs of its sections: scrapy crawl news -a url=<section>[,<section>…]"""

from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import HtmlResponse, Response

from crawler.arguments import section_urls
from crawler.base import NewsSpider, sites_of
from crawler.trail import Found, Trail
from pipelines.errors import ConfigError
from pipelines.extract.stage import ExtractPipeline
from pipelines.extract.view import SURE_SOURCES
from pipelines.items import Article, Listing
from pipelines.urls import url_key


class News(NewsSpider):
    """Sections given on the command line."""

    name = "news"

    def __init__(self, *, url: str = "", **kwargs: str) -> None:
        self.refuse_unknown(kwargs)
        self.section_urls = section_urls(url)
        super().__init__(**kwargs)

    @classmethod
    def arguments(cls) -> tuple[str, ...]:
        """The names that `-a` takes."""
        return ("url", *super().arguments())

    def default_site(self) -> str:
        """The registered domain that all sections share. Raises ConfigError when there are two."""
        sites = sites_of(self.section_urls)
        if len(sites) > 1:
            raise ConfigError(
                f"-a url= names {len(sites)} sites ({', '.join(sites)}); run one crawl for each, "
                "or name them as one with -a site=<name>"
            )
        return sites[0]

    def _section_request(self, url: str, trail: Trail) -> Request:
        """As for a declared section, but what a person gave may be something else."""
        request = super()._section_request(url, trail)
        return request.replace(callback=self.parse_given) if trail.page_number == 1 else request

    async def parse_given(
        self, response: Response, trail: Trail
    ) -> AsyncIterator[Request | Listing]:
        """What a category page leads to; of an article's page, the article and nothing else."""
        if await self._is_article(response):
            self.logger.warning(
                "%s is an article: it alone is fetched. For more, give a category page",
                trail.section,
            )
            self._count_read(trail)
            key = url_key(response.url)
            yield self._article_request(Found(url=response.url, url_key=key, via="argument"))
            return
        for found in self.parse_section(response, trail):
            yield found

    async def _is_article(self, response: Response) -> bool:
        """True where extraction finds a story, and the page states when it was published.

        Either alone is not enough to leave the links of a category page aside.
        """
        extraction = self.crawler.get_item_pipeline(ExtractPipeline)
        if extraction is None or response.status != 200 or not isinstance(response, HtmlResponse):
            return False
        found = Found(url=response.url, url_key=url_key(response.url), via="argument")
        (page,) = self.parse_article(response, found)
        try:
            article = await extraction.process_item(page)
        except DropItem:  # a reject, or the run is being stopped
            return False
        return isinstance(article, Article) and article.published_source in SURE_SOURCES
