"""What the segments of a URL's path say that a page is (words/urls/)."""

from functools import cache
from importlib.resources import files


def path_name(path: str) -> str:
    """The last segment of a path, in the form of words/urls/other_pages.txt.

    >>> path_name("/service/About_Us.html")
    'about-us'
    """
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].lower().replace("_", "-")


@cache
def path_words(name: str) -> frozenset[str]:
    """The words of one list of segments.

    >>> "imprint" in path_words("other_pages")
    True
    """
    text = files(__package__).joinpath(f"words/urls/{name}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())
