"""The lines at both ends of a story that sign it, date it or tell how it was made."""

import re
from itertools import takewhile

from pipelines.extract.blocks import Block
from pipelines.extract.closing import MAX_NOTE, begins_with, is_close, is_labelled_note, is_note
from pipelines.extract.measured import Measured
from pipelines.extract.prose import HEADINGS
from pipelines.extract.signatures import MAX_CHARS, is_contact, is_signature

_MAX_SIGNATURE_LINES = 4
"""Lines at each end of a story that may sign it: name, office, agency, date."""
_SET_APART = 0.9
"""Share of a paragraph in italics or bold letters from which it is set apart."""
_MIN_LINES_ABOVE = 2
"""Lines of a story of which the last may be about its author."""
_FOOTNOTE = re.compile(r"[\[(]?1[\])]?[.:)\s]\s*\S")
"""The first of the notes to which the text refers: they are a part of it."""
_BESIDE_NOTE = 4
"""How many times the weight of a correction, or of what follows the end of a release, a story has
at least, where that is none of the text."""


class Ends:
    """The ends of a story of which these blocks are kept so far."""

    def __init__(self, page: Measured, kept: list[Block]) -> None:
        self.page = page
        self.metadata = page.metadata
        self.closed = self._closed(kept)
        self.kept = kept[: len(kept) - len(self.closed)]

    @property
    def lines(self) -> list[Block]:
        """The lines at both ends that sign or date the story, and what is below the last one.

        One address at the end leads to who wrote the story; several are a list.
        """
        heads = self.kept[:_MAX_SIGNATURE_LINES]
        above = list(takewhile(lambda b: self._is_signature(b) or self._is_labelled(b), heads))
        ending = self.kept[: -_MAX_SIGNATURE_LINES - 1 : -1]
        contacts = [block for block in ending if is_contact(block.text, self.metadata)]
        notes = {block for block in ending if self._is_note(block) or self._is_about_author(block)}
        if len(contacts) == 1:
            notes.update(contacts)
        below = list(takewhile(lambda b: b in notes or self._is_short_line(b), ending))
        closing = [n for n, b in enumerate(below, 1) if b in notes or self._is_signature(b)]
        return above + below[: max(closing, default=0)] + self.closed

    def _closed(self, kept: list[Block]) -> list[Block]:
        """A mark that ends a press release ("ENDS"), and what follows, the smaller part."""
        marks = (n for n, block in enumerate(kept) if n > 1 and is_close(block.text))
        rest = kept[next(marks, len(kept)) :]
        if len(rest) > 1 and _FOOTNOTE.match(rest[1].text):
            return []
        return rest if self._is_beside(self.page.weight_of(rest), kept) else []

    def _is_beside(self, size: int, kept: list[Block]) -> bool:
        """True for the weight of lines that are the lesser part of these."""
        return _BESIDE_NOTE * size < self.page.weight_of(kept)

    def _is_labelled(self, block: Block) -> bool:
        """True for a correction and the like; in a brief it is a part of what is told."""
        size = self.page.weights[block]
        is_note = size <= MAX_NOTE and is_labelled_note(block.text)
        return is_note and self._is_beside(size, self.kept)

    def _is_note(self, block: Block) -> bool:
        """True for a paragraph at the end that says who helped, or what was corrected."""
        if self.page.weights[block] > MAX_NOTE or block.tag in HEADINGS:
            return False
        if is_close(block.text) and block is not self.kept[-1]:
            return False
        return is_note(block.text, self.metadata.authors) or self._is_labelled(block)

    def _is_about_author(self, block: Block) -> bool:
        """True for a last paragraph that begins with its author's name, whom no other one names.

        Where it is set apart, in italics or bold letters, the story may name its author.
        """
        is_last = block is self.kept[-1] and len(self.kept) > _MIN_LINES_ABOVE
        if not is_last or self.page.weights[block] > MAX_NOTE:
            return False
        names = self.metadata.authors
        name = next((name for name in names if begins_with(name, block.text)), None)
        if name is None or block.bold_share > _SET_APART:
            return name is not None
        family = name.split()[-1]
        others = (other for other in self.kept[:-1] if other in self.page.prose)
        return family != name and not any(family in other.text for other in others)

    def _is_signature(self, block: Block) -> bool:
        return self._is_short_line(block) and is_signature(block.text, self.metadata)

    def _is_short_line(self, block: Block) -> bool:
        """True for a line that is neither prose, alone or with its neighbours, nor a heading."""
        return (
            block not in self.page.prose
            and self.page.weights[block] <= MAX_CHARS
            and block.tag not in HEADINGS
        )
