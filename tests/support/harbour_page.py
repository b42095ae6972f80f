"""A drawn page whose words have known places, and OCR of it as programs leave it when something went wrong."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, ImageDraw

from align.model import Box, Line, Polygon, Word
from support.existing_samples import alto, corners, hocr, page_line, page_xml

SIZE = (900, 560)
_ROWS = (
    ("The harbour was quiet when we", (60, 115, 125, 243, 252, 307, 317, 393, 402, 480, 489, 529), (65, 90)),
    ("came down the hill. Nobody had lit",
     (60, 137, 147, 224, 234, 281, 291, 349, 359, 470, 480, 534, 544, 576), (117, 142)),
    ("the lamps, and the ferry lay dark",
     (60, 107, 117, 213, 223, 277, 287, 334, 344, 415, 425, 468, 478, 546), (169, 194)),
    ("beside the stone pier. My brother", (60, 154, 164, 211, 221, 300, 310, 375, 385, 430, 440, 551), (221, 246)),
    ("carried both bags and said nothing.", (60, 165, 175, 242, 252, 320, 330, 384, 394, 454, 464, 587), (273, 298)),
    ("At nine the bell rang twice. We went",
     (59, 92, 102, 166, 176, 223, 233, 288, 298, 366, 376, 462, 471, 516, 525, 596), (325, 350)),
    ("aboard and found a bench by the rail.",
     (60, 161, 171, 225, 235, 320, 330, 347, 357, 445, 455, 489, 499, 546, 556, 615), (377, 402)),
)  # fmt: skip
TEXT = " ".join(text for text, _, _ in _ROWS)
_DIARY = (
    ("12 May Rain. Walked to the mill.", (40, 76, 84, 146, 250, 327, 559, 666, 674, 703, 711, 758, 766, 832), (66, 85)),
    (
        "13 May Fog. Wrote to my sister.",
        (40, 76, 84, 146, 250, 312, 559, 648, 656, 685, 693, 737, 745, 833),
        (126, 145),
    ),
    (
        "14 May Clear. Boat came at noon.",
        (40, 76, 84, 146, 250, 334, 560, 628, 636, 713, 721, 750, 758, 840),
        (186, 205),
    ),
)
DIARY_TEXT = "\n\n".join(re.sub(r"May ", "May. ", text) for text, _, _ in _DIARY)


def _lines(rows: tuple[tuple[str, tuple[int, ...], tuple[int, int]], ...]) -> tuple[Line, ...]:
    made = []
    for text, ends, (top, bottom) in rows:
        boxes = [Box(left, top, right, bottom) for left, right in zip(ends[::2], ends[1::2], strict=True)]
        words = tuple(Word(w, b, Polygon(b.corners), 0.9) for w, b in zip(text.split(), boxes, strict=True))
        made.append(Line(words, Polygon(Box.union(boxes).corners)))
    return tuple(made)


LINES = _lines(_ROWS)
DIARY = _lines(_DIARY)


def _region(number: int, box: str, *lines: str, text: str = "") -> str:
    own = f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>" if text else ""
    custom = f'custom="readingOrder {{index:{number};}}"'
    return f'<TextRegion id="r{number}" {custom}><Coords points="{box}"/>{"".join(lines)}{own}</TextRegion>'


_WHOLE = "40,40 860,40 860,520 40,520"


def _page(*lines: str) -> bytes:
    return page_xml(_region(0, _WHOLE, *lines), SIZE, version="2013-07-15")


def _misread(text: str) -> str:
    return re.sub(r"<Word>.*?</Word>", lambda m: m[0].replace("e<", "c<").replace("ar", "or"), text)


def _lowered(line: Line, by: int) -> str:
    stated = page_line(line)
    for word in line.words:
        box = word.box
        below = corners(Box(box.left, box.top + by, box.right, box.bottom + by))
        stated = stated.replace(f'<Word><Coords points="{corners(box)}"', f'<Word><Coords points="{below}"')
    return stated


def _half_read(line: Line) -> str:
    parts = page_line(line).split("<Word>")
    kept = [*parts[:3], *(re.sub(r"<TextEquiv.*?</TextEquiv>(?=</Word>)", "", part) for part in parts[3:])]
    return "<Word>".join(kept)


def _over_all(data: bytes) -> bytes:
    for n, k in ((1, 2), (2, 3), (4, 1)):
        box = LINES[n].words[k].box
        data = data.replace(f"bbox {box.left} {box.top} {box.right} {box.bottom}; x".encode(), b"bbox 0 0 900 560; x")
    return data


_SHUFFLED = (3, 0, 5, 1, 6, 2, 4)
# The OCR file of each case, by the name of the case.
CASES = {
    "alto_one_string_without_place.xml": alto(DIARY, (900, 300)).replace(
        b"</TextLine>", b'<SP/><String CONTENT="*"/></TextLine>'
    ),
    "hocr_fullpage_word_box.hocr": _over_all(hocr(LINES, size=SIZE)),
    "page_words_outside_line.xml": _page(
        *(_lowered(line, 300 if n in (1, 2) else 0) for n, line in enumerate(LINES))
    ),
    "page_first_textequiv_empty.xml": _page(
        *(
            page_line(line, words=False).replace("<TextEquiv>", "<TextEquiv><Unicode></Unicode></TextEquiv><TextEquiv>")
            for line in LINES
        )
    ),
    "page_some_words_without_text.xml": _page(*map(_half_read, LINES)),
    "page_line_corrected_words_stale.xml": _page(*(_misread(page_line(line)) for line in LINES)),
    "page_region_text_beside_lines.xml": page_xml(
        _region(0, "40,40 860,40 860,270 40,270", *map(page_line, LINES[:4]))
        + _region(1, "40,270 860,270 860,430 40,430", text="\n".join(line.text for line in LINES[4:])),
        SIZE,
    ),
    "page_custom_reading_order.xml": _page(
        *(
            page_line(LINES[n], words=False).replace("<TextLine>", f'<TextLine custom="readingOrder {{index:{n};}}">')
            for n in _SHUFFLED
        )
    ),
}  # fmt: skip


def make_cases(root: Path) -> Path:
    """A collection with a volume for each case: the drawn page, its OCR, and its text."""
    for name, data in CASES.items():
        volume = name.partition(".")[0]
        diary = volume.startswith("alto")
        for folder in ("images", "ocr", "transcripts"):
            (root / folder / volume).mkdir(parents=True)
        image = Image.new("L", (900, 300) if diary else SIZE, 245)
        for line in DIARY if diary else LINES:
            for word in line.words:
                box = word.box
                ImageDraw.Draw(image).rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=60)
        image.save(root / "images" / volume / "0001.png")
        (root / "ocr" / volume / name.replace(volume, "0001")).write_bytes(data)
        (root / "transcripts" / volume / "d.en.txt").write_text(DIARY_TEXT if diary else TEXT, encoding="utf-8")
    return root
