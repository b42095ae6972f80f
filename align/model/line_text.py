"""What stands on a line, word by word with its place: as the texts have it, and as it was read."""

from __future__ import annotations

from dataclasses import dataclass

from align.model.geometry import Box


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word on a line, in scan pixels, and the sentence (id) that it belongs to, None for no linked one.

    `confidence` is 0..1 where an engine states it. `whole` is the word of which this is a part at the end or the
    beginning of the line, as "folder" for "fol-" and "der".
    """

    text: str
    box: Box
    sentence: str | None = None
    confidence: float | None = None
    whole: str | None = None

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError(f"a word needs a text: {self}")


@dataclass(frozen=True, slots=True)
class LineText:
    """The words of a line in reading order, its language, and whether it is sure that the line shows these words."""

    words: tuple[TextWord, ...]
    language: str | None
    sure: bool = True

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class LineTexts:
    """A line as it was read, and as the texts have it: None where no text has it."""

    read: LineText
    written: LineText | None
