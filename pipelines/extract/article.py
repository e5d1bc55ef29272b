"""One page to one article: the columns of `articles/` that a page can give."""

import hashlib
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urlsplit

from pipelines import text as texts
from pipelines import urls
from pipelines.boilerplate import SiteLessons, drop_boilerplate
from pipelines.extract import body as bodies
from pipelines.extract import document as documents
from pipelines.extract.body import Body, read_body
from pipelines.extract.document import Document
from pipelines.extract.language import identify
from pipelines.extract.liveblog import SOURCE as LIVE_BLOG
from pipelines.extract.liveblog import read_live_blog
from pipelines.extract.metadata import Metadata, read_metadata
from pipelines.extract.originals import original_in_head, original_in_note
from pipelines.extract.pagetype import check_is_article, page_type
from pipelines.extract.prose import weight
from pipelines.items import Article, Page
from pipelines.rejects import ExtractionCrash, HttpError, RedirectLoop, Reject, TextTooShort

MIN_CHARS = 200
"""Characters of body under which a page is no article, unless the caller says otherwise; a
character of Chinese counts as three (`prose.weight`)."""


def _program_version() -> str:
    try:
        return version("broadsheet")
    except PackageNotFoundError:
        return "unknown"


EXTRACTOR = f"broadsheet {_program_version()} {bodies.VERSION}"


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article and what was left out of it."""

    article: Article
    dropped: tuple[tuple[str, str], ...]
    """Lines that seemed to be text and are not, each with the reason."""


def extract_article(
    page: Page, *, min_chars: int = MIN_CHARS, lessons: SiteLessons | None = None
) -> Article:
    """The article that a page holds.

    Raises a `Reject` that names what the page is instead; nothing else, whatever the bytes.
    """
    return extract(page, min_chars=min_chars, lessons=lessons).article


def extract(
    page: Page, *, min_chars: int = MIN_CHARS, lessons: SiteLessons | None = None
) -> Extraction:
    """The article that a page holds, and the lines that were dropped.

    `lessons` is what other pages of the site have taught. Raises as `extract_article` does.
    """
    try:
        return _extract(page, min_chars, lessons or SiteLessons())
    except Reject:
        raise
    except Exception as error:
        raise ExtractionCrash(f"{type(error).__name__}: {error}") from error


def _extract(page: Page, min_chars: int, lessons: SiteLessons) -> Extraction:
    if page.fault:
        raise RedirectLoop(page.fault)
    if page.status >= 400:
        raise HttpError(f"the server answered {page.status}")
    document = documents.parse(page)
    metadata = read_metadata(document)
    body = read_body(document.tree, document.blocks, metadata)
    body = read_live_blog(document, metadata, body)
    try:
        check_is_article(document, metadata, body)
        # The times of a live blog recur without being boilerplate.
        lines = () if body.source == LIVE_BLOG else body.lines
        kept, dropped = drop_boilerplate(lines or body.lines, lessons if lines else SiteLessons())
        text = "\n\n".join(line.text for line in kept)
        _check_length(text, min_chars)
    except Reject as reject:
        reject.title = metadata.title
        reject.text = body.text[:500]
        raise
    article = _article(document, metadata, replace(body, text=text))
    page_hash = texts.content_hash(body.text) if dropped else article.content_hash
    article = replace(article, lines=lines, page_hash=page_hash)
    return Extraction(article, (*body.dropped, *dropped))


def _check_length(text: str, min_chars: int) -> None:
    size = weight(text)
    if size < min_chars:
        raise TextTooShort(f"{size} characters of body; at least {min_chars} are asked for")


def _article(document: Document, metadata: Metadata, body: Body) -> Article:
    page = document.page
    site = page.site or urls.site_of(page.url)
    identity = _identity(page, metadata.canonical_url)
    key = urls.url_key(identity)
    article_id = story_id(site, key)
    language = identify(body.text, metadata.language)
    found_words = texts.words(body.text)
    sources = dict(metadata.field_sources)
    standfirst = _standfirst(metadata.standfirst or body.standfirst, body.text)
    sources.pop("standfirst", None)
    if standfirst:
        sources["standfirst"] = "html"
    if language and language != metadata.language:
        sources["language"] = "text"
    return Article(
        article_id=article_id,
        site=site,
        url=page.url,
        canonical_url=metadata.canonical_url,
        url_key=key,
        title=metadata.title,
        standfirst=standfirst,
        description=metadata.description,
        section=metadata.section,
        text=body.text,
        authors=tuple(metadata.authors),
        tags=tuple(metadata.tags),
        language=language,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        published_precision=metadata.published_precision,
        published_raw=metadata.published_raw,
        published_source=metadata.published_source,
        image_url=metadata.image_url,
        word_count=len(found_words),
        page_type=page_type(page.url, metadata, body),
        is_free=metadata.is_free,
        body_source=body.source,
        field_sources=sources,
        conflicts=metadata.conflicts,
        extractor=EXTRACTOR,
        discovered_via=page.discovered_via,
        listing_url=page.listing_url,
        listing_rank=page.listing_rank,
        content_hash=texts.hash_of_words(found_words),
        cluster_id=article_id,
        opt_out=tuple(metadata.opt_out),
        status=page.status,
        first_seen_at=page.fetched_at,
        fetched_at=page.fetched_at,
        html_bytes=len(page.body),
        run_id=page.run_id,
        aliases=_aliases(page, metadata.canonical_url, key),
        **_original(document),
    )


def _original(document: Document) -> dict[str, Any]:
    """What a page that declares itself a copy says of its original."""
    if url := original_in_head(document):
        original = story_id(urls.site_of(url), urls.url_key(url))
        return {"declared_original": url, "duplicate_of": original}
    note = original_in_note(document)
    return {"declared_original": note} if note else {}


def _standfirst(stated: str | None, text: str) -> str | None:
    """The standfirst, unless it is the first paragraph of the text.

    >>> _standfirst("It rained.", "It rained.\\n\\nThen it stopped.") is None
    True
    """
    first = text.partition("\n\n")[0]
    return None if stated is None or texts.text_key(stated) == texts.text_key(first) else stated


def story_id(site: str, url_key: str) -> str:
    """The stable id of a story on its site: 32 hexadecimal digits.

    >>> story_id("example.com", "https://example.com/a")
    '0ccf6d0dfa398ce22ca21e959441c866'
    """
    return hashlib.blake2b(f"{site}\n{url_key}".encode(), digest_size=16).hexdigest()


def _identity(page: Page, canonical: str | None) -> str:
    """The URL that names the story: the canonical one, where it can be believed."""
    return canonical if canonical and names_same_story(page.url, canonical) else page.url


def names_same_story(url: str, canonical: str) -> bool:
    """True where `canonical` may stand for `url`: same site, and no poorer in path.

    Sites often declare their home or section page on every article by mistake.

    >>> names_same_story("https://m.example.com/a/b?x=1", "https://example.com/a/b")
    True
    >>> names_same_story("https://example.com/world/a-story-1", "https://example.com/")
    False
    """
    if urls.site_of(url) != urls.site_of(canonical):
        return False
    own, declared = urlsplit(url), urlsplit(canonical)
    if declared.path.strip("/") or declared.query:
        return not own.path.rstrip("/").startswith(declared.path.rstrip("/") + "/") or bool(
            declared.query
        )
    return not (own.path.strip("/") or own.query)


def _aliases(page: Page, canonical: str | None, key: str) -> tuple[str, ...]:
    """The other keys under which the same story may be met."""
    known = [page.url, page.requested_url]
    if canonical and names_same_story(page.url, canonical):
        known.append(canonical)
    keys = dict.fromkeys(urls.url_key(url) for url in known if url)
    return tuple(other for other in keys if other != key)
