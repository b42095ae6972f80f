"""A volume of any size with its readings already kept, so that a run over it reads nothing: what `bench scale` links.

Words come from the program's own lexicon, as often as they stand in the novels it was learnt from, with endings and
invented names: about 29,000 forms in Russian, most of them rare, each with its word in English. Documents of 1 to 20
pages have a transcription and a translation; one in three begins where another ends, in the middle of a page. The
readings have the letters of the transcription, about 3 of 100 of them wrong.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count, islice
from pathlib import Path

from align.bitext import shipped_lexicon
from align.files.scans.images import list_scans
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.model import Box, Frame, Line, Polygon, Reading, ScanInfo, Word
from align.ocr import NoEngine
from align.reading.key import reading_key

VOLUME = "diary"
LINES, LETTERS = 21, 54  # of a page: about 1,750 bytes of Russian, with the number of the page on top
LETTER, HEIGHT, PITCH, LEFT, TOP = 20, 40, 70, 120, 260
SIZE = (1400, 2000)
LANGUAGES = ("ru", "en")
ENDINGS = ("а", "ом", "ого", "у", "ы", "ами")
CONFUSED = dict(zip("аоеисцшщьынтпвгл", "оаеиеншшъиипнкгд", strict=True))
WRONG, LOST = 0.035, 0.003  # shares of letters; not every letter has another that looks like it
NAMES = 2_500
SYLLABLES = [
    ("ба", "ba"), ("ве", "ve"), ("гор", "gor"), ("до", "do"), ("зи", "zi"), ("кал", "kal"), ("лу", "lu"),
    ("мен", "men"), ("ни", "ni"), ("пар", "par"), ("ру", "ru"), ("сто", "sto"), ("тал", "tal"), ("фо", "fo"),
]  # fmt: skip
TAILS = [("в", "v"), ("нов", "nov"), ("ский", "sky"), ("ин", "in"), ("енко", "enko")]


@dataclass(slots=True)
class Language:
    """Words in Russian and English, the likelier oftener, and sentences made of them."""

    rng: random.Random
    words: list[tuple[str, str]] = field(default_factory=list)
    _sums: list[float] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    _of_names: list[float] = field(default_factory=list)

    @classmethod
    def drawn(cls, rng: random.Random) -> Language:
        """The words of the lexicon with endings, and names."""
        lexicon = shipped_lexicon("ru", "en")
        assert lexicon is not None
        best: dict[int, tuple[float, int]] = {}
        pairs = zip(*(a.tolist() for a in (lexicon.pair_left, lexicon.pair_right)), strict=True)
        both = (lexicon.forward * lexicon.backward).tolist()
        for (left, right), strength in zip(pairs, both, strict=True):
            best[left] = max(best.get(left, (0.0, 0)), (strength, right))
        words, shares = [], []
        for left, (_, right) in best.items():
            stem, share = lexicon.left[left], float(lexicon.left_share[left])
            if not (stem + lexicon.right[right]).isalpha():
                continue
            endings = rng.sample(ENDINGS, 2) if len(stem) > 3 else [""]
            words += [(stem + ending, lexicon.right[right]) for ending in endings]
            shares += [share / len(endings)] * len(endings)
        names = [
            tuple(a + b + c for a, b, c in zip(*rng.choices(SYLLABLES, k=2), rng.choice(TAILS), strict=True))
            for _ in range(NAMES)
        ]
        russian_first = [(name[0].capitalize(), name[1].capitalize()) for name in names]
        of_names = accumulate(1 / rank for rank in range(1, NAMES + 1))
        return cls(rng, words, list(accumulate(shares)), russian_first, list(of_names))

    def sentence(self) -> tuple[str, str]:
        """A sentence in Russian and in English: 4 to 24 words, now and then with a name, a number, a comma."""
        count = 4 + min(20, int(self.rng.expovariate(1 / 8)))
        russian, english = [], []
        for left, right in self.rng.choices(self.words, cum_weights=self._sums, k=count):
            russian.append(left)
            english.append(right)
            chance = self.rng.random()
            if chance < 0.05:
                name = self.rng.choices(self.names, cum_weights=self._of_names)[0]
                russian.append(name[0])
                english.append(name[1])
            elif chance < 0.08:
                number = str(self.rng.randrange(2, 2000))
                russian.append(number)
                english.append(number)
            elif chance < 0.2 and len(russian) < count:
                russian[-1] += ","
                english[-1] += ","
        return _sentence(russian), _sentence(english)


def _sentence(words: list[str]) -> str:
    text = " ".join(words).rstrip(",")
    return text[0].upper() + text[1:] + "."


def grown_volume(root: Path, pages: int, *, longest: int = 20, seed: int = 1) -> int:
    """Write the collection with its kept readings, no document longer than `longest` pages; the bytes of its texts."""
    rng = random.Random(seed)
    store = ResultStore(root / "aligned", sync=lambda _: None)
    for folder in (f"images/{VOLUME}", f"transcripts/{VOLUME}"):
        (root / folder).mkdir(parents=True)
    with store.opened():
        readings = KeptReadings(ReadingStore(store))
        pages_of_texts = _pages(root / "transcripts" / VOLUME, Language.drawn(rng), longest)
        for order, rows in enumerate(islice(pages_of_texts, pages), start=1):
            key = reading_key(_scan(root, order), engine=NoEngine().name, languages=LANGUAGES)
            readings.put(key, (_reading(rows, order, rng),))
    return sum(path.stat().st_size for path in (root / "transcripts").rglob("*.txt"))


def edited(root: Path) -> str:
    """The name of the document in the middle of the volume, a word of whose transcription is now another."""
    paths = sorted((root / "transcripts" / VOLUME).glob("*.ru.txt"))
    path = paths[len(paths) // 2]
    heading, *paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    first, _, rest = paragraphs[0].partition(" ")
    paragraphs[0] = f"{first} неожиданно {rest.partition(' ')[2]}"
    path.write_text("\n\n".join([heading, *paragraphs]), encoding="utf-8")
    return path.name.split(".")[0]


def _pages(folder: Path, language: Language, longest: int) -> Iterator[list[str]]:
    """The lines of page after page, without end; each document is written before its last page comes."""
    rng, rows = language.rng, list[str]()
    for number in count(1):
        if rows and rng.random() < 0.67:  # this document begins on a page of its own
            yield rows
            rows = []
        until = len(rows) + rng.randint(1, longest) * LINES - rng.randrange(LINES)
        day, year = rng.randint(1, 28), 1900 + number % 60
        paragraphs = [(f"{day} марта {year} г.", f"{day} March {year}")]
        rows.append(paragraphs[0][0])
        while len(rows) < until:
            told = [language.sentence() for _ in range(rng.randint(2, 6))]
            paragraphs.append((" ".join(ru for ru, _ in told), " ".join(en for _, en in told)))
            rows += _wrapped(paragraphs[-1][0])
        for tag, content in zip(LANGUAGES, zip(*paragraphs, strict=True), strict=True):
            (folder / f"d{number:05d}.{tag}.txt").write_text("\n\n".join(content) + "\n", encoding="utf-8")
        while len(rows) >= LINES:
            yield rows[:LINES]
            rows = rows[LINES:]


def _wrapped(text: str) -> list[str]:
    """The text in lines, broken between words, and within some long words with a hyphen."""
    lines = [""]
    for word in text.split():
        room = LETTERS - len(lines[-1]) - 1
        if len(word) <= room:
            lines[-1] += f" {word}" if lines[-1] else word
        elif room > 5 and len(word) > 9 and word.isalpha():
            half = len(word) // 2
            lines[-1] += f" {word[: min(half, room - 1)]}-"
            lines.append(word[min(half, room - 1) :])
        else:
            lines.append(word)
    return lines


def _scan(root: Path, order: int) -> ScanInfo:
    """A white page of a few hundred bytes that is unlike every other by a comment in it."""
    path = root / f"images/{VOLUME}/{order:05d}.png"
    width, height = SIZE
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"tEXt", b"Comment\0" + str(order).encode()),
        (b"IDAT", zlib.compress((b"\0" + b"\xff" * (width // 8)) * height)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    (scan,) = list_scans(root, path.relative_to(root).as_posix())
    return scan


def _reading(rows: list[str], order: int, rng: random.Random) -> Reading:
    """The page as an engine reads it: a running head with its number, then these rows."""
    placed = [(f"Дневник {order}", LEFT + 20 * LETTER, TOP - 2 * PITCH)]
    placed += [(row, LEFT, TOP + n * PITCH) for n, row in enumerate(rows)]
    lines = tuple(_line(_misread(row, rng) if n else row, left, top) for n, (row, left, top) in enumerate(placed))
    return Reading(Frame(Box(0, 0, *SIZE)), "ok", "ru", lines, "usual", NoEngine().name)


def _misread(row: str, rng: random.Random) -> str:
    letters = (CONFUSED.get(c, c) if rng.random() < WRONG else c for c in row)
    return "".join(c for c in letters if rng.random() >= LOST)


def _line(text: str, left: int, top: int) -> Line:
    words, at = [], 0
    for part in text.split():
        at = text.index(part, at)
        box = Box(left + at * LETTER, top, left + (at + len(part)) * LETTER, top + HEIGHT)
        words.append(Word(part, box, Polygon(box.corners), 0.9))
        at += len(part)
    return Line(tuple(words), Polygon(Box.union(word.box for word in words).corners))
