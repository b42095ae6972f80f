"""A diary that is drawn, read without a fault (ALTO beside its scans), and transcribed with hundreds of planted faults.

Nothing is read by an engine, so that a run takes seconds. The same seed makes the same collection.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from support.existing_samples import alto, typed
from support.invented_sentences import sentence

VOLUME = "diary"
DOCUMENTS, SENTENCES = 17, 28
LETTER, MARGIN, COLUMNS, ROWS = 12, 60, 46, 25
SIZE = (2 * MARGIN + COLUMNS * LETTER, 2 * MARGIN + ROWS * 2 * LETTER)
PARAGRAPH = 5  # sentences


@dataclass
class Sentence:
    """A sentence as the page has it, its translation, and whether the transcription begins a paragraph with it."""

    words: list[str]
    english: str | None
    begins: bool = False


@dataclass
class Diary:
    """The document with this name: its heading, its sentences, the same spoilt, and how many faults are in these."""

    name: str
    heading: str
    sentences: list[Sentence]
    faults: list[str] = field(default_factory=list)

    def russian(self) -> str:
        """The transcription as its file has it."""
        return f"{self.heading}\n\n{_paragraphs((s.begins, ' '.join(s.words)) for s in self.sentences)}\n"

    def english(self) -> str:
        """The translation as its file has it."""
        told = ((s.begins, s.english) for s in self.sentences if s.english is not None)
        return f"{self.name}.\n\n{_paragraphs(told)}\n"


def make_spoilt_collection(root: Path, *, seed: int = 14) -> list[Diary]:
    """The collection, written under this folder: scans, ALTO, spoilt texts; returns its documents."""
    rng = random.Random(seed)
    diaries = [_document(rng, number) for number in range(DOCUMENTS)]
    for folder in ("images", "ocr", "transcripts"):
        (root / folder / VOLUME).mkdir(parents=True)
    _write_pages(root, _pages(diaries))
    for diary in diaries:
        _spoil(rng, diary)
        _write_texts(root, diary)
    _write_odd_files(root)
    return diaries


def _write_odd_files(root: Path) -> None:
    """Scans and texts with which something is wrong as files."""
    scans, ocr, texts = (root / folder / VOLUME for folder in ("images", "ocr", "transcripts"))
    last = len(list(scans.iterdir()))
    for number, name in enumerate(("blank", "copied", "broken"), last + 1):
        original = scans / f"{3 + number % 2:04d}.png"
        scan = scans / f"{number:04d}.png"
        if name == "blank":
            Image.new("L", SIZE, 236).save(scan)
            (ocr / f"{number:04d}.xml").write_bytes(alto((), SIZE))
        else:
            scan.write_bytes(original.read_bytes())
            (ocr / f"{number:04d}.xml").write_bytes(
                (ocr / f"{original.stem}.xml").read_bytes() if name == "copied" else b"<alto>"
            )
    (ocr / "9999.xml").write_bytes(alto((), SIZE))
    (texts / "empty.ru.txt").write_text("\n", encoding="utf-8")
    (texts / "list.ru.rtf").write_text("{}", encoding="utf-8")
    (texts / "notes.txt").write_text("Без языка.\n", encoding="utf-8")


def _write_texts(root: Path, diary: Diary) -> None:
    folder = root / "transcripts" / VOLUME
    (folder / f"{diary.name}.ru.txt").write_text(diary.russian(), encoding="utf-8")
    (folder / f"{diary.name}.en.txt").write_text(diary.english(), encoding="utf-8")


def _paragraphs(told: Iterator[tuple[bool, str]]) -> str:
    parts = [("\n\n" if begins and number else " " if number else "") + words
             for number, (begins, words) in enumerate(told)]  # fmt: skip
    return "".join(parts)


def _document(rng: random.Random, number: int) -> Diary:
    day = number + 3
    name, heading = f"1935-01-{day:02d}", f"{day} января 1935 года."
    made = [sentence(rng) for _ in range(SENTENCES)]
    return Diary(name, heading, [
        Sentence(ru.split(" "), en, at % PARAGRAPH == 0) for at, (ru, en) in enumerate(made)
    ])  # fmt: skip


def _pages(diaries: list[Diary]) -> list[list[str]]:
    """The lines of each page. The word that begins a page gets a page marker before it in the transcription."""
    pages: list[list[str]] = []

    def put(line: str) -> bool:
        """Whether a page began with this line."""
        began = not pages or len(pages[-1]) == ROWS
        if began:
            pages.append([f"- {len(pages) + 1} -"])
        pages[-1].append(line)
        return began

    for diary in diaries:
        put(diary.heading)
        for first in range(0, SENTENCES, PARAGRAPH):
            paragraph = diary.sentences[first : first + PARAGRAPH]
            words = [(own, at) for own in paragraph for at in range(len(own.words))]
            begins: list[tuple[Sentence, int]] = []
            while words:
                line, took = "", 0
                while took < len(words) and len(line) + 1 + len(words[took][0].words[words[took][1]]) <= COLUMNS:
                    own, at = words[took]
                    line, took = f"{line} {own.words[at]}".strip(), took + 1
                if put(line):
                    begins.append(words[0])
                words = words[took:]
            for own, at in reversed(begins):
                own.words.insert(at, f"[с. {len(pages)}]")
    return pages


def _write_pages(root: Path, pages: list[list[str]]) -> None:
    font = ImageFont.truetype("DejaVuSansMono.ttf", round(LETTER / 0.602), layout_engine=ImageFont.Layout.BASIC)
    for number, lines in enumerate(pages, 1):
        scan = Image.new("L", SIZE, 236)
        draw = ImageDraw.Draw(scan)
        for row, line in enumerate(lines):
            draw.text((MARGIN, MARGIN + row * 2 * LETTER - 6), line, fill=40, font=font)
        scan.save(root / "images" / VOLUME / f"{number:04d}.png")
        read = typed(*lines, left=MARGIN, top=MARGIN, size=LETTER, confidence=0.96)
        (root / "ocr" / VOLUME / f"{number:04d}.xml").write_bytes(alto(read, SIZE))


# Faults in a sentence. Each returns the sentences that stand in its place, or None where the sentence is not fit.
Fault = Callable[[random.Random, Sentence], list[Sentence] | None]
LETTERS = "бвгдежзиклмнопрстуфхцчшы"


def letter_changed(rng: random.Random, own: Sentence) -> list[Sentence] | None:
    """One letter of a long word is another."""
    at = rng.choice([at for at, word in enumerate(own.words) if len(word) > 5 and not word.startswith("[")] or [-1])
    if at < 0:
        return None
    word, place = own.words[at], rng.randrange(1, 4)
    new = word[:place] + rng.choice([c for c in LETTERS if c != word[place]]) + word[place + 1 :]
    return [_with(own, [*own.words[:at], new, *own.words[at + 1 :]])]


def number_changed(rng: random.Random, own: Sentence) -> list[Sentence] | None:
    """A number is another."""
    for at, word in enumerate(own.words):
        if word.isdecimal():
            return [_with(own, [*own.words[:at], str(int(word) + rng.choice((7, 30, 100))), *own.words[at + 1 :]])]
    return None


def words_left_out(rng: random.Random, own: Sentence) -> list[Sentence] | None:
    """Three words within the sentence are left out."""
    at = rng.randrange(2, max(3, len(own.words) - 3))
    if len(own.words) < 8 or any("[" in word for word in own.words):
        return None
    return [_with(own, own.words[:at] + own.words[at + 3 :])]


def words_added(rng: random.Random, own: Sentence) -> list[Sentence] | None:
    """Words that the page does not have stand within the sentence."""
    more = rng.sample(
        ["весьма", "неохотно", "однажды", "разумеется", "впрочем", "наверное", "торжественно", "украдкой"], 4
    )
    return [_with(own, [*own.words[:2], *more, *own.words[2:]])]


def left_out(_: random.Random, own: Sentence) -> list[Sentence] | None:
    """The whole sentence is left out, in both languages."""
    return None if any("[" in word for word in own.words) or own.begins else []


def added(rng: random.Random, own: Sentence) -> list[Sentence]:
    """After it stands a sentence that the page does not have."""
    ru, en = sentence(rng)
    return [own, Sentence(ru.split(" "), en)]


def untranslated(_: random.Random, own: Sentence) -> list[Sentence]:
    """Its translation is left out."""
    return [Sentence(own.words, None, own.begins)]


def overtranslated(rng: random.Random, own: Sentence) -> list[Sentence]:
    """After its translation stands a sentence that the transcription does not have."""
    return [Sentence(own.words, f"{own.english} {sentence(rng)[1]}", own.begins)]


def commented(rng: random.Random, own: Sentence) -> list[Sentence]:
    """The editors' remark stands in it."""
    return [_with(own, [*own.words[:3], "[так в тексте]", *own.words[3:]])]


def marker_wrong(rng: random.Random, own: Sentence) -> list[Sentence] | None:
    """The marker of a page names another page."""
    if not any(word.startswith("[с.") for word in own.words):
        return None
    return [_with(own, ["[с. 90]" if word.startswith("[с.") else word for word in own.words])]


FAULTS: tuple[tuple[Fault, int], ...] = (
    (letter_changed, 9), (number_changed, 7), (words_left_out, 6), (words_added, 5), (left_out, 3), (added, 4),
    (untranslated, 3), (overtranslated, 2), (commented, 1), (marker_wrong, 2),
)  # fmt: skip
SPOILT_SHARE = 0.8


def _with(own: Sentence, words: list[str]) -> Sentence:
    return Sentence(words, own.english, own.begins)


def _spoil(rng: random.Random, diary: Diary) -> None:
    """Put faults into about half of the sentences of a document."""
    found: list[Sentence] = []
    for own in diary.sentences:
        fault = rng.choices([fault for fault, _ in FAULTS], [weight for _, weight in FAULTS])[0]
        if any(word.startswith("[с.") for word in own.words) and rng.random() < 0.3:
            fault = marker_wrong
        spoilt = fault(rng, own) if rng.random() < SPOILT_SHARE else None
        found += [own] if spoilt is None else spoilt
        diary.faults += [] if spoilt is None else [fault.__name__]
    diary.sentences = found


def edit_texts(root: Path, rng: random.Random) -> None:
    """Edit four transcriptions: in each a word is put in, a sentence is taken out, and another is written."""
    texts = sorted((root / "transcripts" / VOLUME).glob("*.ru.txt"))
    for path in rng.sample([path for path in texts if path.name[0].isdigit()], 4):
        paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
        at = rng.randrange(1, len(paragraphs))
        sentences = paragraphs[at].split(". ")
        sentences[0] = sentences[0].replace(" ", " отнюдь ", 1)
        sentences[1:2] = []
        sentences.insert(2, sentence(rng)[0].rstrip("."))
        paragraphs[at] = ". ".join(sentences)
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def shuffle_scans(root: Path, rng: random.Random) -> None:
    """Exchange the names of six scans, each with its OCR."""
    names = [path.stem for path in sorted((root / "images" / VOLUME).glob("*.png"))]
    chosen = rng.sample(names, 6)
    for folder, suffix in (("images", ".png"), ("ocr", ".xml")):
        files = [root / folder / VOLUME / f"{name}{suffix}" for name in chosen]
        contents = [path.read_bytes() for path in files]
        for path, content in zip(files[1:] + files[:1], contents, strict=True):
            path.write_bytes(content)
