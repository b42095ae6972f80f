"""The lexicons of the sentence aligner: the program's own lexicon, joined with a dictionary where one is installed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from align.bitext import Lexicon, shipped_lexicon
from align.bitext.lexicon.dictionaries import with_dictionary
from align.files.texts.dictionary import INSTALLED, installed_dictionary, word_pairs
from align.model import key
from align.model.language import primary


@dataclass(slots=True)
class Lexicons:
    """The lexicons of a run. `dictionary` is the name and digest of the dictionary in use, on which links depend."""

    dictionary: str | None = None
    _files: tuple[bytes, bytes] | None = None
    _joined: Lexicon | None = field(default=None, repr=False)

    @classmethod
    def installed(cls, path: Path = INSTALLED) -> Lexicons:
        """The program's own lexicons, with the dictionary of this machine if there is one."""
        files = installed_dictionary(path)
        return cls(f"{path.name} {key(*(file.hex() for file in files))}", files) if files else cls()

    def between(self, left: str, right: str) -> Lexicon | None:
        """The lexicon of two BCP 47 languages; None where there is none. A dictionary is read when first asked for."""
        languages = primary(left), primary(right)
        if self._files is None or set(languages) != {"ru", "en"}:
            return shipped_lexicon(*languages)
        if self._joined is None:
            entries = ((pair.russian, pair.english, pair.weight) for pair in word_pairs(*self._files))
            shipped = shipped_lexicon("ru", "en")
            self._joined = with_dictionary(shipped, entries, left_language="ru", right_language="en")
        return self._joined if languages == ("ru", "en") else self._joined.reversed()
