"""Documents that are neither stories nor lists of them: imprint, product, job, weather …

Told by what structured data describes, by the path and by the name of the page; where the
page says that it is one story, by none of these.
"""

from lxml import etree

from pipelines.extract.paths import path_name, path_words
from pipelines.extract.prose import weight
from pipelines.extract.story import story_points
from pipelines.extract.titleparts import with_parts
from pipelines.extract.view import PageView
from pipelines.extract.walls import check_notice, needs_scripts
from pipelines.extract.wallwords import lowered
from pipelines.extract.wordfiles import lines_of
from pipelines.rejects import EmptyPage, OtherDocument, TextTooShort

_HARDLY_TEXT = 60
"""Weight of text under which there is nothing to store."""
_LITTLE_TEXT = 500
"""Weight of text up to which a page that describes something else than a story is no story."""
_STORY = 1.0
"""Points of `story` from which a few lines are one whatever their address and forms say."""
_TYPES = frozenset(
    word
    for line in (
        "Product ProductGroup Offer AggregateOffer JobPosting Event SportsEvent Course Movie",
        "TVSeries TVEpisode MusicEvent MusicAlbum Book VideoGame Game SoftwareApplication",
        "WebApplication MobileApplication Restaurant LocalBusiness Hotel Place Dataset Service",
        "AboutPage ContactPage CheckoutPage FAQPage QAPage ProfilePage RealEstateListing",
        "FinancialProduct ExchangeRateSpecification WeatherForecast Quiz",
    )
    for word in line.split()
)
"""Types of schema.org that describe no story."""
_PAGE_TYPES = frozenset(("AboutPage", "ContactPage", "CheckoutPage", "JobPosting", "Product"))
"""Those that a page holds for nothing but itself."""
_OG_TYPES = ("product", "music.", "books.", "game", "restaurant", "profile", "place")
_EMAIL = etree.XPath("boolean(//main//input[@type='email'] | //body/form//input[@type='email'])")
_MAX_FIGURES = 0.25
"""Share of digits from which a page is a table of prices, scores or weather."""
_MIN_CHARS = 150
"""Characters of text from which that share means anything."""


def check_other_document(view: PageView) -> None:
    """Raise OtherDocument where the page is one, EmptyPage where scripts would fill it.

    Raises TextTooShort where it holds no text among other things.
    """
    is_empty = view.size < _HARDLY_TEXT
    if (is_empty or not view.is_declared_story) and (fact := _fact(view)):
        raise OtherDocument(f"{fact}; {view.size} characters of text", page_type="other")
    if is_empty or _is_script_notice(view):
        _raise_empty(view)
    check_notice(view)


def _is_script_notice(view: PageView) -> bool:
    """True where the text itself is the notice that scripts are needed."""
    return view.size < _LITTLE_TEXT and "javascript" in (needs_scripts(view, own=True) or "")


def _raise_empty(view: PageView) -> None:
    size = f"{view.size} characters of text"
    if view.plays_media:
        raise OtherDocument(f"it plays a video or a sound; {size}", page_type="video")
    if said := needs_scripts(view):
        raise EmptyPage(f"it says {said!r}; {size}", page_type="empty")
    whole = sum(weight(block.text) for block in view.document.blocks)
    if whole < _HARDLY_TEXT:
        raise EmptyPage(f"{size}, {whole} on the whole page", page_type="empty")
    raise TextTooShort(f"{size}, {whole} on the whole page")


def _fact(view: PageView) -> str | None:
    """What says that the page is another document."""
    name = path_name("/".join(view.segments))
    if len(view.segments) <= 2 and name in path_words("other_pages"):
        return f"the path of the URL ends in {name}"
    if view.is_dated:
        return None
    if title := next(
        (title for title in _names(view) if title in lines_of("words/other_titles.txt")), None
    ):
        return f"the page is called {title!r}"
    if not view.story_types and (found := sorted(_PAGE_TYPES & view.types)):
        return f"its structured data says {found[0]}"
    is_little = view.size < _LITTLE_TEXT and story_points(view) < _STORY
    return _fact_of_figures(view) or (_fact_of_little(view) if is_little else None)


def _fact_of_little(view: PageView) -> str | None:
    """What says so on a page with a few lines of text and no date."""
    if not view.story_types and (found := sorted(_TYPES & view.types)):
        return f"its structured data says {found[0]}"
    if view.og_type.startswith(_OG_TYPES):
        return f"og:type is {view.og_type}"
    folder = next((part for part in view.segments if part in path_words("other_folders")), None)
    if folder:
        return f"the path of the URL holds {folder}"
    if _EMAIL(view.document.tree):
        return "it asks for an e-mail address"
    return None


def _fact_of_figures(view: PageView) -> str | None:
    """What says that the page is a table of prices, scores or weather."""
    lines = (block.text for block in view.document.blocks if block.link_share < 0.5)
    text = "".join((view.body.text or " ".join(lines)).split())
    share = sum(map(str.isdecimal, text)) / max(1, len(text))
    if len(text) < _MIN_CHARS or share < _MAX_FIGURES:
        return None
    return f"{100 * share:.0f} % of its characters are figures"


def _names(view: PageView) -> list[str]:
    """What the page is called, in lower case: its titles and their first parts, its headline."""
    names = [part for title in view.titles for part in with_parts(title)[:2]]
    names += [block.text for block in view.document.blocks if block.tag == "h1"][:1]
    return [lowered(name) for name in names]
