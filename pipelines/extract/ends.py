"""The lines at both ends of a story that sign it, date it or tell how it was made."""

from collections.abc import Sequence
from itertools import takewhile

from pipelines.extract.blocks import Block
from pipelines.extract.closing import MAX_NOTE, is_close, is_labelled_note, is_note
from pipelines.extract.measured import Measured
from pipelines.extract.prose import HEADINGS
from pipelines.extract.signatures import MAX_CHARS, is_contact, is_signature

_MAX_SIGNATURE_LINES = 4
"""Lines at each end of a story that may sign it: name, office, agency, date."""
_SET_APART = 0.9
"""Share of a paragraph in italics or bold letters from which it is set apart."""
_MIN_LINES_ABOVE = 2
"""Lines of a story of which the last may be about its author."""
_BESIDE_NOTE = 4
"""How many times the weight of a correction a story has at least, where it is none of the text."""


class Ends:
    """The ends of a story of which these blocks are kept so far."""

    def __init__(self, page: Measured, kept: list[Block]) -> None:
        self.kept = kept
        self.weights = page.weights
        self.prose = page.prose
        self.metadata = page.metadata

    @property
    def lines(self) -> list[Block]:
        """The lines at both ends that sign or date the story, and what is below the last one.

        One address at the end leads to who wrote the story; several are a list.
        """
        closed = self._closed()
        kept = self.kept[: len(self.kept) - len(closed)]
        heads = kept[:_MAX_SIGNATURE_LINES]
        above = list(
            takewhile(lambda b: self._is_signature(b) or self._is_labelled(b, kept), heads)
        )
        ending = kept[: -_MAX_SIGNATURE_LINES - 1 : -1]
        contacts = [block for block in ending if is_contact(block.text, self.metadata)]
        notes = {b for b in ending if self._is_note(b, kept) or self._is_about_author(b, kept)}
        if len(contacts) == 1:
            notes.update(contacts)
        below = list(takewhile(lambda b: b in notes or self._is_short_line(b), ending))
        closing = [n for n, b in enumerate(below, 1) if b in notes or self._is_signature(b)]
        return above + below[: max(closing, default=0)] + closed

    def _closed(self) -> list[Block]:
        """A mark that ends a press release ("ENDS"), and what follows, the smaller part."""
        marks = (n for n, block in enumerate(self.kept) if n > 1 and is_close(block.text))
        rest = self.kept[next(marks, len(self.kept)) :]
        return rest if 4 * self._weight_of(rest) < self._weight_of(self.kept) else []

    def _is_labelled(self, block: Block, kept: list[Block]) -> bool:
        """True for a correction and the like; in a brief it is a part of what is told."""
        size = self.weights[block]
        return (
            size <= MAX_NOTE
            and is_labelled_note(block.text)
            and _BESIDE_NOTE * size < self._weight_of(kept)
        )

    def _is_note(self, block: Block, kept: list[Block]) -> bool:
        """True for a paragraph at the end that says who helped, or what was corrected."""
        if self.weights[block] > MAX_NOTE or block.tag in HEADINGS:
            return False
        return is_note(block.text, self.metadata.authors) or self._is_labelled(block, kept)

    def _is_about_author(self, block: Block, kept: list[Block]) -> bool:
        """True for a last paragraph that begins with its author's name, whom no other one names.

        Where it is set apart, in italics or bold letters, the story may name its author.
        """
        is_last = block is kept[-1] and len(kept) > _MIN_LINES_ABOVE
        if not is_last or self.weights[block] > MAX_NOTE:
            return False
        name = next((name for name in self.metadata.authors if block.text.startswith(name)), None)
        if name is None or block.bold_share > _SET_APART:
            return name is not None
        family = name.split()[-1]
        return family != name and not any(family in b.text for b in kept[:-1] if b in self.prose)

    def _is_signature(self, block: Block) -> bool:
        return self._is_short_line(block) and is_signature(block.text, self.metadata)

    def _is_short_line(self, block: Block) -> bool:
        """True for a line that is neither prose, alone or with its neighbours, nor a heading."""
        return (
            block not in self.prose
            and self.weights[block] <= MAX_CHARS
            and block.tag not in HEADINGS
        )

    def _weight_of(self, blocks: Sequence[Block]) -> int:
        return sum(self.weights[block] for block in blocks)
