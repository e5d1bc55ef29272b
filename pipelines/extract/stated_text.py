"""The paragraphs of a text that structured data states, plain or as markup."""

from html import unescape

from lxml import etree, html

from pipelines.extract.evidence import fold

_PARTS = ("p", "br", "li", "div", "h2", "h3", "h4", "blockquote", "tr")
"""Elements behind which a new paragraph begins."""


def paragraphs_of(value: object) -> list[str]:
    r"""The paragraphs of a text, white space folded; none of what is no text.

    >>> paragraphs_of("It rained.\n\nThen it stopped."), paragraphs_of("&lt;p>Rain&lt;p>Wind")
    (['It rained.', 'Then it stopped.'], ['Rain', 'Wind'])
    >>> paragraphs_of(None)
    []
    """
    text = value if isinstance(value, str) else ""
    if "&lt;" in text:
        text = unescape(text)
    if "<" in text:
        try:
            root = html.fragment_fromstring(text, create_parent="div")
        except etree.LxmlError:
            return []
        etree.strip_elements(root, "script", "style", with_tail=False)
        for element in root.iter(*_PARTS):
            element.tail = "\n" + (element.tail or "")
        text = "".join(root.itertext())
    return [line for line in map(fold, text.splitlines()) if line]
