"""Volumes with truth for the evaluation of findings: drawn from a part of a text, or real, each read once."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from align.batch.again.rereading import Rereader, link_best
from align.batch.again.second_looks import SecondLooks
from align.batch.assembly import assemble, sides_of
from align.batch.scans import ScanResult
from align.batch.scheduling import PageReader
from align.batch.selection import volume_scans
from align.files.collection.opening import open_collection
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.linking import link_volume
from align.model import RawText, Reading, SourceText, VolumeResult
from align.ocr import TesseractEngine
from align.text.source import structure
from align.workers.pools import ProcessPool
from align.workers.progress import NullProgress

# As render.py names the languages.
LANGUAGES = {"ru": "rus", "en": "eng"}


@dataclass(frozen=True)
class Source:
    """What a volume is made of: a novel drawn in a preset of render.py, or a collection of real scans."""

    name: str
    text: str = ""
    language: str = ""
    preset: str = ""
    real: str = ""


@dataclass(frozen=True)
class Volume:
    """A volume as read: its scans in order, its transcriptions by document, and the collection it comes from."""

    name: str
    source: Source
    folder: Path
    language: str
    scans: tuple[ScanResult, ...]
    texts: dict[str, str]
    reader: PageReader

    def linked(
        self,
        texts: dict[str, str] | None = None,
        scans: Sequence[ScanResult] | None = None,
        *,
        translation: str = "",
        options: Mapping[str, object] | None = None,
    ) -> VolumeResult:
        """The links of the volume with other texts or scans.

        `translation` is into English; `options` are further arguments of link_volume.
        """
        chosen = tuple(self.scans if scans is None else scans)
        sources = [self.structured(d, content) for d, content in (self.texts if texts is None else texts).items()]
        if translation:
            sources.append(self.structured(sources[0].document, translation, "en"))
        pages, failures = assemble(self.name, chosen)
        rereader = Rereader(self.reader, sides_of(chosen), anew=False)
        looks = SecondLooks(self.reader, sides_of(chosen))
        arguments = {"look_again": looks.read} | dict(options or {})
        link = partial(link_volume, self.name, texts=sources, failures=failures, **arguments)
        return link_best(link, pages, sources, rereader.read)

    def unstated(self) -> Volume:
        """The volume as existing OCR that states no confidence of words; it is not read again."""
        return replace(
            self,
            scans=tuple(
                replace(scan, readings=tuple(_without_confidence(reading) for reading in scan.readings), existing=True)
                for scan in self.scans
            ),
        )

    def structured(self, document: str, content: str, language: str = "") -> SourceText:
        """A text of the volume in sentences."""
        tag = language or self.language
        return structure(RawText(f"transcripts/{document}.{tag}.txt", self.name, document, tag, content, "utf-8"))

    def page_starts(self, document: str) -> list[tuple[int, int]]:
        """For each scan that shows some of the document: its index, and the offset that it begins with."""
        names = [Path(scan.scan.path).name for scan in self.scans]
        starts: dict[int, int] = {}
        for name, start, _, _ in self.shown(document):
            index = names.index(name)
            starts[index] = min(start, starts.get(index, start))
        return sorted(starts.items())

    def shown(self, document: str) -> list[tuple[str, int, int, list[int] | None]]:
        """What truth says of the document: scan, range of the text, and its box where truth has boxes of words."""
        rows = []
        path = self.folder / "truth" / f"{document}.jsonl"
        if not path.is_file():
            path = self.folder / "truth" / f"{document}.pages.jsonl"
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if "lines" in row:
                rows += [
                    (Path(row["image"]).name, word["char_start"], word["char_end"], word["box"])
                    for line in row["lines"]
                    for word in line["words"]
                    if word["char_start"] is not None
                ]
            elif row.get("start") is not None:
                rows.append((row["page"], row["start"], row["end"], None))
        return rows


def _without_confidence(reading: Reading) -> Reading:
    lines = (
        replace(line, words=tuple(replace(word, confidence=None) for word in line.words)) for line in reading.lines
    )
    return replace(reading, lines=tuple(lines))


def real(source: Source, folder: Path, shared: Path) -> Path:
    """The collection of a real source, copied where it is not there yet: readings are kept beside it."""
    for part in ("images", "truth", "transcripts"):
        if not (folder / part).is_dir():
            shutil.copytree(shared / "real" / source.real / part, folder / part)
    return folder


def opened(source: Source, folder: Path) -> Iterator[Volume]:
    """The volumes of a collection, read; kept readings are used."""
    found = open_collection(folder)
    by_name = {volume.name: volume for volume in found.volumes}
    store = ResultStore(folder / "aligned", collection=folder)
    with store.opened():
        kept = KeptReadings(ReadingStore(store))
        reader = PageReader(found.root, TesseractEngine.installed(), ProcessPool(2), kept, NullProgress())
        for read in reader.read([volume_scans(volume, found.root, found.page_marker) for volume in found.volumes]):
            name, scans = read.name, read.scans
            texts = {
                text.document: (folder / text.path).read_bytes().decode("utf-8-sig") for text in by_name[name].texts
            }
            language = by_name[name].texts[0].language
            yield Volume(name, source, folder, language, tuple(scans), texts, reader)


# More paragraphs than any preset puts on a page.
PARAGRAPHS_A_PAGE = 40
# Novels have few numbers; archives have many. Every third paragraph is followed by such a one.
ENTRIES = {
    "ru": ("Получено {day} {month} {year} г. по счету № {few} всего {many} руб. {few2} коп.",
           "Письмо № {many} от {day} {month} {year} г., л. {few}.",
           "На складе {many} ящиков и {few} мешков, по описи {few2}."),
    "en": ("Received on {day} {month} {year}, on account No. {few}, {many} roubles in all.",
           "Letter No. {many} of {day} {month} {year}, folio {few}.",
           "In store {many} crates and {few} sacks, against {few2} on the list."),
}  # fmt: skip
MONTHS = {"ru": ("января", "марта", "июня", "сентября"), "en": ("January", "March", "June", "September")}


def with_numbers(paragraphs: Sequence[str], language: str, seed: int) -> list[str]:
    """The paragraphs with entries full of numbers between them."""
    rng = random.Random(f"numbers {seed}")
    result = []
    for index, paragraph in enumerate(paragraphs):
        result.append(paragraph)
        if index % 3 == 1:
            result.append(
                rng.choice(ENTRIES[language]).format(
                    day=rng.randint(1, 28), month=rng.choice(MONTHS[language]), year=rng.randint(1901, 1959),
                    few=rng.randint(3, 98), few2=rng.randint(11, 199), many=rng.randint(100, 9999),
                )
            )  # fmt: skip
    return result


def draw(source: Source, folder: Path, shared: Path, *, seed: int, pages: int) -> Path:
    """The collection of a drawn source, made where it is not there: a part of the text that the seed chooses."""
    if (folder / "truth").is_dir():
        return folder
    whole = (shared / "parallel" / f"{source.text}.{source.language}.txt").read_text("utf-8")
    paragraphs = [p for p in re.split(r"\n\s*\n", whole) if p.strip()]
    # The last tenth is left over so that every part is long enough.
    start = random.Random(f"{source.name} {seed}").randrange(len(paragraphs) * 9 // 10)
    # Drawn beside its place and moved there whole: one that was interrupted is drawn anew.
    made = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    part = made / "part.txt"
    chosen = paragraphs[start : start + PARAGRAPHS_A_PAGE * pages]
    part.write_text("\n\n".join(with_numbers(chosen, source.language, seed)), "utf-8")
    command = [sys.executable, str(shared / "bench/render.py"), str(part), "--lang", LANGUAGES[source.language]]
    command += ["--out", str(made), "--seed", str(seed), "--preset", source.preset, "--pages", str(pages)]
    subprocess.run([*command, "--doc", "d"], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)
    return folder
