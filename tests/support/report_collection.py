"""A collection with results for the report: pages of every kind, findings of every kind, and texts that mean harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from align.files.store.result_store import ResultStore
from align.files.store.results import write_loose
from align.model import Finding, Severity, key
from align.records import json_document
from support.sample_volume import Volume, area, run_row, sample, with_digests, write_results

# Texts that break out of what they are put into, where that is made carelessly.
HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><b>bold</b>&amp;",
    "script": "</script><script>alert(2)</script>",
    "template": "{{ 7 * 7 }}{% raw %}${alert(3)}`",
    "quotes": '"\' onmouseover="alert(4)" x=\'',
    "separators": "one\u2028two\u2029three\u0085four",
    "turned": "\u202egnp.exe\u202c \u2067שלום\u2069 العربية",
    "hebrew": "שלום עולם (1934)",
    "controls": "a\x01b\x08c\x1bd",
    "formula": '=HYPERLINK("http://x";"y")',
    "plus": "+7 999",
    "at": "@SUM(A1)",
    "word": "щ" * 100_000,
}


def finding(number: int, code: str, severity: Severity = "warning", **fields: object) -> Finding:
    """A finding with a key of its own."""
    stated = {"message": f"Finding {number} of {code}.", **fields}
    return Finding(f"v.f{number:04d}", key("t", str(number)), code, severity, **stated)


def report_volume() -> Volume:
    """The sample volume with findings that show each kind of place."""
    volume = sample()
    first, _, third, _, fifth = volume.pages
    ru = volume.texts[0]
    # A sentence that is not on the page, between two that are.
    links = list(volume.links)
    links[2] = replace(links[2], status="unlinked", score=0.0, areas=(), reason="not-on-page")
    findings = (
        finding(1, "line-not-in-text", pages=(1,), lines=("v.p0001.l006",), score=0.9,
                areas=(area(first, [(5, 0, 3)], None),), scan_text="Эту строку пропустили",
                message="A line on page 53 is in no text: “Эту строку пропустили”", suggestion="Add these words."),
        finding(2, "sentence-not-on-scan", document=ru.document, text=ru.path, sentences=(ru.sentences[2].id,),
                spans=ru.sentences[2].spans, pages=(1,), source_text=ru.sentences[2].content),
        finding(3, "link-doubtful", document=ru.document, text=ru.path, sentences=(ru.sentences[3].id,),
                spans=ru.sentences[3].spans, pages=(1,), areas=volume.links[3].areas, score=0.5,
                scan_text="Вечером нисал.", source_text="Вечером писал."),
        finding(4, "label-disagrees", document=ru.document, text=ru.path, spans=((0, 10),), pages=(1,),
                scan_text="53", source_text="54"),
        finding(5, "link-partial", document="letter", pages=(3,), areas=(area(third, [(0, 0, 2), (1, 0, 3)], None),)),
        finding(6, "page-unreadable", "error", pages=(4,)),
        finding(7, "page-doubled", pages=(2, 5)),
        finding(8, "no-translation", "note", document="letter"),
        finding(9, "page-blank", "note", pages=(fifth.order,)),
        finding(10, "text-unreadable", "error", document="not there", text="transcripts/v/gone.ru.txt"),
    )  # fmt: skip
    return replace(volume, links=tuple(links), findings=findings)


def write_collection(root: Path, volume: Volume, *, loose: tuple[Finding, ...] = ()) -> None:
    """The collection with its scans, one of them no image any more, and its results."""
    scans = root / "images" / "v"
    scans.mkdir(parents=True)
    sheet = np.full((700, 1000), 235, np.uint8)
    for line in volume.pages[0].lines:
        sheet[line.box.top : line.box.bottom, line.box.left : line.box.right] = 90
    Image.fromarray(sheet).save(scans / "стр. 1#a.jpg")
    spread = [Image.fromarray(np.full((800, 1200), shade, np.uint8)) for shade in (230, 225, 220, 215)]
    spread[0].save(scans / "0002.tif", save_all=True, append_images=spread[1:])
    (scans / "0003.jpg").write_bytes(b"no image")
    (scans / "last.pdf").write_bytes(b"%PDF-1.4 but damaged")
    (root / "transcripts" / "v").mkdir(parents=True)
    for text in volume.texts:
        (root / text.path).write_text(text.content, encoding="utf-8", newline="")
    out = root / "aligned"
    volume = with_digests(root, volume)
    write_results(volume, out)
    counts = {s: sum(f.severity == s for f in (*volume.findings, *loose)) for s in ("error", "warning", "note")}
    row = run_row()
    (out / "run.json").write_text(
        json_document({**row, "counts": {**row["counts"], "findings": counts}}), encoding="utf-8"
    )
    write_loose(ResultStore(out), loose)


def hostile_volume() -> Volume:
    """The sample volume with a finding for each text that means harm, in every field that can hold it."""
    volume = report_volume()
    first = volume.pages[0]
    findings = tuple(
        finding(
            100 + n, "line-not-in-text", document=text[:200], pages=(1,), areas=(area(first, [(5, 0, 3)], None),),
            message=f"{name}: {text}", scan_text=text, source_text=f"{text} {name}", suggestion=text,
        )
        for n, (name, text) in enumerate(HOSTILE.items())
    )  # fmt: skip
    pages = (replace(first, label=HOSTILE["markup"]), *volume.pages[1:])
    ru, *texts = volume.texts
    ru = replace(ru, details={**ru.details, "title": HOSTILE["script"]})
    return replace(volume, pages=pages, texts=(ru, *texts), findings=findings)
