"""A program against the public names, as a user types it; mypy reads it, nothing runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_type

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import align
from align import AlignError, Box, Engine, Line, Polygon, TesseractEngine, Word


class OneWord:
    """An engine of one's own, without a base class."""

    name = "one word 1"

    def read(self, image: NDArray[np.uint8], *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        box = Box(0, 0, image.shape[1], image.shape[0])
        outline = Polygon(box.corners)
        return (Line((Word("word", box, outline, 1.0),), outline),)


def one_page(picture: Image.Image, pixels: NDArray[np.uint8]) -> None:
    engine: Engine = OneWord()
    page = align.read_page(picture, languages=["ru"], engine=engine)
    assert_type(page, align.PageReading)
    align.read_page(pixels, engine="tesserocr")
    assert_type(align.read_pages("page.jpg", engine=TesseractEngine.installed()), tuple[align.PageReading, ...])
    volume = align.link_page(page, "Текст.", translation="Text.", translation_language="en")
    assert_type(volume.show(findings=True), Image.Image)
    reading: align.Reading = page
    assert_type(reading.lines[0].words[0].confidence, float | None)


def texts() -> None:
    assert_type(align.split_sentences("Он ушёл."), list[tuple[int, int]])
    assert_type(align.locate_lines(["a"], "a"), list[tuple[int, int] | None])
    assert_type(align.fold("a").text, str)
    for bead in align.align_sentences(["a"], ["b"], left_language="ru", right_language="en"):
        assert_type(bead.left, tuple[int, ...])


def collection() -> None:
    def told(step: align.ProgressStep) -> None:
        print(step.stage, step.done / step.total)

    outcome = align.run(align.open_collection("mydiary"), jobs=2, engine=OneWord(), on_progress=told)
    align.run("mydiary", on_progress=print)
    assert_type(outcome, align.Outcome)
    try:
        results = align.open_results("mydiary")
    except AlignError as error:
        print(error.message, error.cause)
        return
    mapping: Mapping[str, align.Volume] = results
    print(len(mapping))
    volume = results["diary"]
    assert_type(volume.page("53").sentence_at(1, 2), align.LinkedSentence | None)
    assert_type(volume.document("1934").transcription[12].translation, tuple[align.LinkedSentence, ...])
    assert_type(volume.sentence("v.s0001").areas[0].crop(), Image.Image)
    assert_type(volume.findings.where(code="likely-misprint", severity="warning"), align.Findings)
    assert_type(volume.findings[0], align.VolumeFinding)
    assert_type(volume.findings[:3], align.Findings)
    sequence: Sequence[align.VolumeFinding] = volume.findings
    print(len(sequence), results.frame("links"))
    results.to_parquet("links.parquet", "areas")
