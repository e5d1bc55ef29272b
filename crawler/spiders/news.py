"""Any news site, from the URLs of its sections: scrapy crawl news -a url=<section>[,<section>…]"""

from crawler.arguments import section_urls
from crawler.base import NewsSpider, sites_of
from pipelines.errors import ConfigError


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
