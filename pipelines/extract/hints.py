"""What a page says of itself beside its story: its kind, its price, its reservations."""

from urllib.parse import urlsplit

from pipelines.extract.evidence import Evidence
from pipelines.extract.kinds import kind_of_names
from pipelines.extract.structured import types_of

_TEXT_TYPES = {
    "LiveBlogPosting": "live_blog",
    "OpinionNewsArticle": "opinion",
    "AdvertiserContentArticle": "advertisement",
}
_MEDIA_TYPES = {
    "VideoObject": "video",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
    "AudioObject": "audio",
    "PodcastEpisode": "audio",
}
_LIST_TYPES = {
    "CollectionPage": "section",
    "SearchResultsPage": "section",
    "ProfilePage": "section",
}
"""Types of schema.org that say what kind of page it is."""
_OG_TYPES = {"article": "article", "video": "video", "profile": "section", "blog": "section"}
_RESERVATIONS = ("noai", "noimageai", "noml", "noarchive", "nosnippet")
"""Values of robots tags that reserve the use of the text."""
_ROBOTS_NAMES = ("robots", "googlebot", "googlebot-news")
_TIERS = {"free": True, "metered": False, "locked": False}
"""Facebook's article:content_tier."""


def page_type_hint(evidence: Evidence) -> str | None:
    """The kind of page that it says it is; None where it says nothing.

    article, live_blog, opinion, press_release, advertisement, video, gallery, audio or section;
    from JSON-LD, the URL's folders, `og:type`.
    """
    types = [name for story in evidence.stories for name in types_of(story)]
    by_url = _url_type(evidence.page.url)
    is_text = any("Article" in name or name.endswith(("Posting", "Report")) for name in types)
    og_type = next(evidence.meta(("og:type",)), None)
    stated = _OG_TYPES.get(og_type.text.lower().split(".")[0].split(":")[0]) if og_type else None
    if is_text:
        return _first(types, _TEXT_TYPES) or by_url or "article"
    if not types:
        listed = [name for item in evidence.page_objects for name in types_of(item)]
        return _first(listed, _LIST_TYPES) or by_url or stated
    return by_url or (stated if stated == "article" else _first(types, _MEDIA_TYPES)) or stated


def _first(names: list[str], kinds: dict[str, str]) -> str | None:
    return next((kinds[name] for name in names if name in kinds), None)


def _url_type(url: str) -> str | None:
    """The kind that a folder of the URL names, the story's own name left aside.

    >>> _url_type("https://example.com/opinion/2026/rain-is-good.html")
    'opinion'
    """
    return kind_of_names(urlsplit(url).path.strip("/").split("/")[:-1])


def is_free(evidence: Evidence) -> bool | None:
    """Whether all may read the story; None where the page does not say."""
    for value in evidence.json_ld("isAccessibleForFree"):
        word = str(value).strip().lower().rsplit("/", 1)[-1]
        if word in ("true", "false"):
            return word == "true"
    tier = next(evidence.meta(("article:content_tier",)), None)
    return _TIERS.get(tier.text.lower()) if tier else None


def opt_out(evidence: Evidence) -> tuple[str, ...]:
    """The reservations that the site states in meta tags or headers, in lower case.

    ```html
    <meta name="robots" content="noai, noimageai">  <meta name="tdm-reservation" content="1">
    ```
    """
    headers = evidence.page.headers
    stated = [claim.text for claim in evidence.meta(_ROBOTS_NAMES)]
    stated.append(headers.get("x-robots-tag", "").replace(":", ","))
    tokens = {token.strip().lower() for text in stated for token in text.split(",")}
    found = [name for name in _RESERVATIONS if name in tokens]
    reserved = [*evidence.metas.get("tdm-reservation", ()), headers.get("tdm-reservation", "")]
    if any(value.strip() == "1" for value in reserved):
        found.append("tdm-reservation")
    return tuple(found)
