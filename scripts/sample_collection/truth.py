"""Truth of the sample: where each line, sentence and planted case really is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from sample_collection.entries import Bead, Entry
from sample_collection.machine import Rect, TypedRow
from sample_collection.scans import Scan, Way, corners
from sample_collection.texts import SourceText

Row = dict[str, Any]


@dataclass
class Truth:
    """All that is known of a build, ready to be written."""

    lines: dict[str, list[Row]] = field(default_factory=dict)
    pages: list[Row] = field(default_factory=list)
    beads: list[Row] = field(default_factory=list)
    sentences: list[Row] = field(default_factory=list)


def _box(points: list[tuple[float, float]]) -> list[int]:
    """The smallest box of whole pixels around the points, [x, y, width, height]."""
    left, top = math.floor(min(p[0] for p in points)), math.floor(min(p[1] for p in points))
    right, bottom = math.ceil(max(p[0] for p in points)), math.ceil(max(p[1] for p in points))
    return [left, top, right - left, bottom - top]


def _placed(glyphs: list[Rect], way: Way) -> list[int]:
    return _box([way(p) for g in glyphs for p in corners(g)])


def _offsets(values: list[tuple[int | None, int | None]]) -> dict[str, int | None]:
    known = [(s, e) for s, e in values if s is not None and e is not None and s < e]
    return {"start": known[0][0] if known else None, "end": known[-1][1] if known else None}


def line_row(row: TypedRow, way: Way, *, page: str, order: int, number: int) -> Row:
    """One line of truth; boxes are tight around the glyphs, offsets null where the transcription lacks them."""
    glyphs = [g for w in row.words for g in w.glyphs]
    flat = (min(g[0] for g in glyphs), min(g[1] for g in glyphs), max(g[2] for g in glyphs), max(g[3] for g in glyphs))
    words: list[Row] = [
        {"text": w.word.text, "box": _placed(w.glyphs, way), **_offsets([(a.start, a.end) for a in w.word.atoms])}
        for w in row.words
    ]
    return {
        "page": page,
        "order": order,
        "line": number,
        "box": _placed(glyphs, way),
        "polygon": [[round(v, 1) for v in way(p)] for p in corners(flat)],
        "text": row.text,
        "role": row.role,
        **_offsets([(w["start"], w["end"]) for w in words]),
        "upright": True,
        "hyphen": row.hyphen,
        "words": words,
    }


def gather(entries: list[Entry], scans: list[Scan], texts: dict[tuple[str, str], SourceText]) -> Truth:
    """The truth of the whole build."""
    truth = Truth(lines={e.document: [] for e in entries})
    places: dict[int, list[Row]] = {}
    order = 0
    for scan in scans:
        number = 0
        for side in scan.sides:
            order += 1
            loose = []
            for row, way in side.rows:
                number += 1
                line = line_row(row, way, page=scan.name, order=order, number=number)
                if row.document:
                    truth.lines[row.document].append(line)
                    _remember(places, row, way, line, side.label)
                else:
                    loose.append({k: line[k] for k in ("line", "box", "polygon", "text", "role")})
            loose += [
                {
                    "line": None,
                    "box": _box(p),
                    "polygon": [[round(v, 1) for v in q] for q in p],
                    "text": t,
                    "role": "stamp",
                }
                for t, p in side.stamp
            ]
            truth.pages.append({
                "order": order, "scan": scan.name, "width": scan.width, "height": scan.height, "frame": side.frame,
                "label": side.label, "rotation": scan.rotation, "skew_deg": scan.skew_deg, "blank": not side.rows,
                "documents": list(dict.fromkeys(r.document for r, _ in side.rows if r.document)), "other_lines": loose,
            })  # fmt: skip
    for entry in entries:
        for bead in entry.beads():
            pair = {"document": entry.document, "role": bead.role, "ru": bead.ru, "en": bead.en}
            if bead.ru or bead.en:
                truth.beads.append(pair)
            if bead.en:
                text = texts[entry.document, "en"]
                content = " ".join(text.plain[s:e] for s, e in bead.en)
                truth.sentences.append({**pair, "content": content, "areas": places.get(id(bead), [])})
    return truth


def _remember(places: dict[int, list[Row]], row: TypedRow, way: Way, line: Row, label: str | None) -> None:
    """Note which words of this line belong to each group of sentences."""
    by_bead: dict[int, list[Rect]] = {}
    beads: dict[int, Bead] = {}
    for typed in row.words:
        for atom, glyph in zip(_per_glyph(typed), typed.glyphs, strict=False):
            if atom is not None and atom.bead is not None:
                by_bead.setdefault(id(atom.bead), []).append(glyph)
                beads[id(atom.bead)] = atom.bead
    for key, glyphs in by_bead.items():
        areas = places.setdefault(key, [])
        if not areas or areas[-1]["order"] != line["order"]:
            areas.append({"scan": line["page"], "order": line["order"], "label": label, "lines": [], "boxes": []})
        areas[-1]["lines"].append(line["line"])
        areas[-1]["boxes"].append(_placed(glyphs, way))


def _per_glyph(typed: Any) -> list[Any]:
    """The atom of every glyph of a word; a hyphen at the line's end goes with the letter before it."""
    out = [a for a in typed.word.atoms for _ in a.page]
    return out + out[-1:] * (len(typed.glyphs) - len(out))
