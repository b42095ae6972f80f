"""What is said of a sentence: its zones, its translation, and how sure that is, in terms that the header declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from align.export.overlay.captions import number
from align.export.tei.tags import Markup
from align.export.tei.xml_ids import by_program
from align.export.tei.zones import SentenceZone
from align.model import Bead, Link

Pointer = Callable[[str], str | None]
"""The pointer to a sentence (id), in this file or another; None where it stands in no file."""

_DECIDED = "decided"
# The terms of the taxonomy, each with what it says: states, reasons why a state is no better, and what an editor did.
_TERMS = (
    ("linked", "The zones of @facs show the sentence: right in at least 9 of 10 such cases."),
    ("doubtful", "The sentence has zones, but they are less sure than that."),
    ("partial", "Under 90 % of the letters of the sentence have a zone."),
    ("unlinked", "The sentence has no zone."),
    ("apart", "The sentence rightly has no zone: a note or a commentary that is on no page."),
    ("not-scanned", "The page that shows it was not scanned."),
    ("page-failed", "The page that shows it could not be read."),
    ("not-on-page", "It was not found on the pages where it should stand."),
    ("no-counterpart", "Nothing in the transcription says the same."),
    ("weak", "What was found is weak."),
    ("copy", "Another document with the same text has the place."),
    (_DECIDED, "An editor looked at the link and decided."),
)


def sentence_attributes(
    link: Link, name: str, zones: Sequence[SentenceZone], pointer: Pointer, *, stem: str = ""
) -> dict[str, str | None]:
    """The attributes of a sentence with this xml:id; `stem` begins the ids of the taxonomy."""
    terms = [link.status, *([link.reason] if link.reason else []), *([_DECIDED] if link.decided else [])]
    translated = [found for other in link.counterparts if (found := pointer(other)) is not None]
    return {
        "xml:id": name,
        "n": number(link),
        "facs": " ".join(f"#{zone.id}" for zone in zones) or None,
        "corresp": " ".join(translated) or None,
        "ana": " ".join(f"#{stem}align.{term}" for term in terms),
        "cert": f"{link.score:.4g}" if link.areas else None,
        "resp": by_program(stem),
    }


def taxonomy(stem: str, markup: Markup) -> Iterator[str]:
    """The terms of @ana, declared, line by line."""
    yield f"{markup.start('taxonomy', {'xml:id': f'{stem}align.links'})}\n"
    yield f"{markup.element('desc', 'How sure the link of a sentence to its zones is.')}\n"
    for name, says in _TERMS:
        inner = markup.element("catDesc", says)
        yield f"{markup.around('category', [inner], {'xml:id': f'{stem}align.{name}'})}\n"
    yield f"{markup.end('taxonomy')}\n"


def pairs_of_sentences(
    beads: Iterable[Bead], left: Sequence[str], right: Sequence[str], pointer: Pointer, *, markup: Markup
) -> Iterator[str]:
    """A link for each bead, with its score; `left` and `right` are the sentences (ids) of the two texts."""
    written = []
    for bead in beads:
        ends = [pointer(left[n]) for n in bead.left], [pointer(right[n]) for n in bead.right]
        if all(ends) and all(pointed for side in ends for pointed in side):
            targets = " ".join(pointed for side in ends for pointed in side if pointed)
            written.append(f"{markup.empty('link', {'target': targets, 'cert': f'{bead.score:.4g}'})}\n")
    if written:
        yield f"{markup.start('linkGrp', {'type': 'translation'})}\n"
        yield from written
        yield f"{markup.end('linkGrp')}\n"
