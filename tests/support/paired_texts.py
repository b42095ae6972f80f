"""Two short texts that say the same, links of their sentences, and an aligner that pairs them as they come."""

from __future__ import annotations

from collections.abc import Sequence

from align.model import Area, Bead, Box, Link, Polygon, SourceText
from support.linked_volumes import make_text

RU = make_text("Утро было серое. Шёл дождь. Никто не вышел. Вечером приехал Карпов.")
EN = make_text("The morning was grey. It rained and nobody came out. Karpov came.", language="en")


def one_to_one(left: Sequence[str], right: Sequence[str], **_: object) -> list[Bead]:
    """An aligner that pairs sentences as they come."""
    both = min(len(left), len(right))
    return [
        *(Bead((n,), (n,), 0.9) for n in range(both)),
        *(Bead((n,), (), 0.5) for n in range(both, len(left))),
        *(Bead((), (n,), 0.5) for n in range(both, len(right))),
    ]


def area(page: int, line: int = 0) -> Area:
    box = Box(10, 10 + 50 * line, 110, 50 + 50 * line)
    return Area(page, (box,), (Polygon(box.corners),), (line,), ((0, 5),))


def link(text: SourceText, index: int, *areas: Area, status: str = "linked", score: float = 1.0) -> Link:
    s = text.sentences[index]
    reasons = {"linked": None, "partial": "not-on-page", "doubtful": "weak", "unlinked": "not-scanned", "apart": None}
    return Link(
        sentence=s.id,
        key=s.key,
        document=text.document,
        text=text.path,
        kind="transcription",
        language=text.language,
        role=s.role,
        spans=s.spans,
        content=s.content,
        status=status,
        score=score if areas else 0.0,
        reason=reasons[status],
        via="ocr" if areas else None,
        areas=areas,
    )
