"""The results of a volume whose one scan, a spread, has a block of ink for each sentence: places can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from align.batch.assembly import page_key
from align.files.scans.images import list_scans
from align.files.store.result_store import ResultStore
from align.files.store.results import write_loose, write_volume
from align.model import Area, Box, Frame, Line, Link, Page, Polygon, VolumeResult, Word
from align.records import SCHEMA_VERSION, json_document

PAPER, INK = 240, 20


@dataclass(frozen=True)
class Drawn:
    """A sentence and its place on the scan."""

    language: str
    content: str
    page: int
    box: Box


# On each page a sentence of each language, at places of its own: a translation has its part where it was divided.
SENTENCES = (
    Drawn("ru", "Сегодня был у Петрова.", 1, Box(120, 160, 300, 190)),
    Drawn("en", "He <b>was</b> unwell & asleep.", 1, Box(30, 500, 90, 700)),
    Drawn("ru", "Вечером писал.", 2, Box(520, 330, 560, 380)),
    Drawn("en", "Wrote in the evening.", 2, Box(640, 640, 760, 700)),
)


def drawn_volume(root: Path, *, rotation: int, name: str = "v") -> None:
    """Write the collection and its results: two pages, each half of the scan, both to be turned so."""
    (root / "images" / name).mkdir(parents=True)
    scan = np.full((800, 1000), PAPER, np.uint8)
    for sentence in SENTENCES:
        box = sentence.box
        scan[box.top : box.bottom, box.left : box.right] = INK
    path = f"images/{name}/1.png"
    Image.fromarray(scan).save(root / path)
    (info,) = list_scans(root, path)
    frames = [Frame(Box(0, 0, 500, 800), rotation), Frame(Box(500, 0, 1000, 800), rotation)]
    dot = Box(0, 0, 1, 1)
    line = Line((Word("x", dot, Polygon(dot.corners), 1.0),), Polygon(((0, 0), (1, 0), (1, 1))))
    pages = tuple(
        Page(n, f"{name}.p{n:04d}", page_key(info, frame, 1), info, frame, "ok", (line,), language="ru")
        for n, frame in enumerate(frames, 1)
    )
    links = tuple(_link(sentence, f"{name}.d.{sentence.language}.s{n:04d}") for n, sentence in enumerate(SENTENCES, 1))
    store = ResultStore(root / "aligned")
    write_volume(store, VolumeResult(volume=name, pages=pages, matches=({}, {}), links=links))
    write_loose(store, ())
    run = {"schema_version": SCHEMA_VERSION, "volumes": {name: {}}}
    (root / "aligned/run.json").write_text(json_document(run), encoding="utf-8")


def _link(sentence: Drawn, name: str) -> Link:
    return Link(
        name,
        name,
        "d",
        f"d.{sentence.language}.txt",
        "transcription" if sentence.language == "ru" else "translation",
        sentence.language,
        "body",
        ((0, 1),),
        sentence.content,
        "linked",
        1.0,
        areas=(Area(sentence.page, (sentence.box,), (Polygon(sentence.box.corners),), (0,), None),),
    )
