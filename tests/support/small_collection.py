"""A small collection that needs no Tesseract: drawn pages, their texts, and engines that read such pages or fail.

A drawn page is told by how many lines stand on it, which no preparation changes: page n has `LINES[n - 1]`.
An engine here finds the rows of ink in the image that it is given, and says what is typed in them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from align.batch.deciding import StandingEvents, no_decisions
from align.batch.keeping.outcome import Outcome
from align.batch.run import Run
from align.batch.selection import Options
from align.errors import EngineError, MissingDependencyError
from align.files.collection.opening import open_collection
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.model import Box, Line, Polygon, Word
from align.ocr import Engine
from align.workers.calls import Pool
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress, Progress

PAPER, INK = 236, 40
WIDTH, HEIGHT = 620, 800

# What the pages show, line by line; a document may end and another begin on one page.
PAGES = (
    (
        "18 декабря 1934 года.",
        "Утром приехал Петров из Ленинграда и привёз",
        "три письма от старых друзей. Мы долго говорили",
        "о книгах и о новой школе за рекой. После обеда",
        "выпал первый снег, и дети побежали на улицу.",
        "Вечером собака нашла под лестницей мою шапку.",
        "Доктор советует больше гулять и меньше курить.",
        "Записал расходы за неделю: дрова, хлеб, керосин.",
    ),
    (
        "Ночью стучал ветер, и я плохо спал до самого",
        "рассвета. Почтальон принёс газету с опозданием.",
        "19 декабря 1934 года.",
        "Сегодня чинили крышу над северной верандой.",
        "Плотник Кузьма забыл пилу и ходил за ней домой.",
        "Учительница прислала записку о вечернем концерте.",
        "Я обещал сыграть на скрипке две короткие пьесы.",
        "Репетиция была в клубе, рояль совсем расстроен.",
        "Мельник подарил нам мешок гречневой муки.",
        "Луна стояла над лесом, как медное блюдо.",
    ),
    (
        "21 декабря 1934 года.",
        "Самый короткий день, лампу зажгли уже в четыре.",
        "Брат пишет из Одессы, что море не замёрзло.",
        "Библиотекарь просит вернуть атлас и словарь.",
        "Соседка варит варенье из мороженой рябины.",
        "Кот поймал мышь и положил её на мою рукопись.",
        "К ночи мороз усилился, окна покрылись узором.",
    ),
)
LINES = tuple(len(page) for page in PAGES)

RUSSIAN = {
    "1934-12-18": " ".join((*PAGES[0][1:], *PAGES[1][:2])),
    "1934-12-19": " ".join(PAGES[1][3:]),
    "1934-12-21": " ".join(PAGES[2][1:]),
}
HEADINGS = {"1934-12-18": PAGES[0][0], "1934-12-19": PAGES[1][2], "1934-12-21": PAGES[2][0]}
ENGLISH = {
    "1934-12-18": "18 December 1934.\n\n"
    "Petrov arrived from Leningrad in the morning and brought three letters from old "
    "friends. We talked for a long time about books and the new school across the river. After dinner the first snow "
    "fell, and the children ran outside. In the evening the dog found my cap under the stairs. The doctor advises me "
    "to walk more and smoke less. Wrote down the week's expenses: firewood, bread, kerosene. The wind knocked at "
    "night, and I slept badly until dawn. The postman brought the newspaper late.\n",
    "1934-12-19": "19 December 1934.\n\n"
    "Today the roof over the northern veranda was mended. Kuzma the carpenter forgot "
    "his saw and went home for it. The schoolmistress sent a note about the evening concert. I promised to play two "
    "short pieces on the violin. The rehearsal was in the club, the piano is quite out of tune. The miller gave us a "
    "sack of buckwheat flour. The moon stood over the forest like a copper dish.\n",
}


def transcription(document: str) -> str:
    """The Russian text of a document of the sample."""
    return f"{HEADINGS[document]}\n\n{RUSSIAN[document]}\n"


def drawn_page(lines: int, *, seed: int = 0) -> Image.Image:
    """A page with so many lines of letter-like marks."""
    page = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    rng = np.random.default_rng(seed)
    for row in range(lines):
        top, x = 70 + row * 44, 60
        while x < WIDTH - 130:
            for _ in range(int(rng.integers(3, 8))):
                draw.rectangle((x, top, x + 8, top + 15), outline=INK, width=3)
                x += 12
            x += 9
    return page


def make_collection(root: Path, *, volume: str = "diary", english: bool = True) -> Path:
    """The sample collection, written under the folder."""
    images, texts = root / "images" / volume, root / "transcripts" / volume
    images.mkdir(parents=True)
    texts.mkdir(parents=True)
    for number, lines in enumerate(LINES, start=1):
        drawn_page(lines, seed=number).save(images / f"{number:04d}.png")
    for document in RUSSIAN:
        (texts / f"{document}.ru.txt").write_text(transcription(document), encoding="utf-8")
    for document, text in ENGLISH.items() if english else ():
        (texts / f"{document}.en.txt").write_text(text, encoding="utf-8")
    return root


def ink_rows(image: np.ndarray) -> list[Box]:
    """The boxes of the lines of ink in an image, top to bottom."""
    gray = image if image.ndim == 2 else image.min(axis=2)
    dark = gray < (PAPER + INK) // 2
    inked = np.concatenate(([False], dark.sum(axis=1) > 3, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    boxes = []
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        columns = np.flatnonzero(dark[top:bottom].any(axis=0))
        if bottom - top > 5:
            boxes.append(Box(int(columns[0]), top, int(columns[-1]) + 1, bottom))
    return boxes


def typed_line(text: str, box: Box, confidence: float) -> Line:
    """The line whose words share its box by their letters."""
    words, start = [], 0
    for word in text.split(" "):
        left = box.left + box.width * start // len(text)
        right = box.left + box.width * (start + len(word)) // len(text)
        place = Box(left, box.top, max(right, left + 1), box.bottom)
        words.append(Word(word, place, Polygon(place.corners), confidence))
        start += len(word) + 1
    return Line(tuple(words), Polygon(box.corners))


def lines_of(number: int) -> list[Line]:
    """The lines of a page of the small collection, at their places."""
    rows = ink_rows(np.asarray(drawn_page(len(PAGES[number]), seed=number + 1)))
    return [typed_line(text, row, 0.93) for text, row in zip(PAGES[number], rows, strict=True)]


@dataclass
class PageEngine:
    """Reads the sample's pages and is sure of itself only in their language; keeps what it was called for.

    On parts of pages and on pages of other lengths it reads a line that stands in no text.
    """

    name: str = "drawn 1"
    language: str = "ru"
    pages: dict[int, Sequence[str]] = field(default_factory=lambda: {len(page): page for page in PAGES})
    calls: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        rows = ink_rows(image)
        self.calls.append((len(rows), languages))
        self.before(len(rows))
        if self.language not in languages:
            return tuple(typed_line("xx yy zz", row, 0.2) for row in rows)
        page = self.pages.get(len(rows), ["слово за словом на строке"] * len(rows))
        return tuple(typed_line(text, row, 0.93) for text, row in zip(page, rows, strict=True))

    def before(self, rows: int) -> None:
        """What happens before the page with so many lines is read: nothing."""


@dataclass
class FailingEngine(PageEngine):
    """Cannot read the page with so many lines."""

    fails_on: int = LINES[1]

    def before(self, rows: int) -> None:
        if rows == self.fails_on:
            raise EngineError("Tesseract could not read the page (it said so); check that scan.", cause="drawn-failure")


@dataclass
class FaultyEngine(FailingEngine):
    """Has a bug that shows on the page with so many lines."""

    def before(self, rows: int) -> None:
        if rows == self.fails_on:
            raise ZeroDivisionError("a planted bug")


@dataclass
class DyingEngine(FailingEngine):
    """Ends its process, as the kernel does when memory runs out, on the page with so many lines."""

    def before(self, rows: int) -> None:
        if rows == self.fails_on:
            os._exit(9)


@dataclass
class UninstalledEngine(PageEngine):
    """Is not there when it is called."""

    def before(self, rows: int) -> None:
        raise MissingDependencyError(
            "Tesseract's language data is missing; install it with: sudo apt-get install tesseract-ocr-rus",
            cause="language",
        )


class ToldProgress(NullProgress):
    """Keeps what a run said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        self.said.append(message)


def run_collection(
    root: Path,
    engine: Engine,
    *,
    pool: Pool | None = None,
    progress: Progress | None = None,
    store: ResultStore | None = None,
    standing: StandingEvents = no_decisions,
    **options: object,
) -> Outcome:
    """What comes of a run over the collection, with this engine and these options, in this process."""
    collection = open_collection(root)
    chosen = store or ResultStore(root / "aligned", collection=root)
    with chosen.opened():
        return Run(
            collection=collection,
            store=chosen,
            readings=KeptReadings(ReadingStore(chosen)),
            engine=engine,
            pool=pool or SerialPool(),
            progress=progress or NullProgress(),
            options=Options(**options),
            standing=standing,
        ).execute()


def files_of(root: Path, *, hidden: bool = False) -> dict[str, bytes]:
    """The files under the folder by relative path; those of the tool's own keeping only if `hidden`."""

    def wanted() -> Iterator[tuple[str, Path]]:
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and (hidden or not any(part.startswith(".") for part in name.split("/"))):
                yield name, path

    return {name: path.read_bytes() for name, path in wanted()}


def results_of(root: Path, *, but: Iterable[str] = ("run.json",)) -> dict[str, bytes]:
    """The results of a collection but those that hold times."""
    return {name: data for name, data in files_of(root / "aligned").items() if name not in but}
