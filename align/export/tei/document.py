"""One text of a document as a TEI file of its own, from its header to its last sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from align.export.tei.body import Body, Milestone, written_body
from align.export.tei.facsimile import facsimile
from align.export.tei.header import About, header, language_of
from align.export.tei.sentence_links import Pointer, pairs_of_sentences, sentence_attributes
from align.export.tei.tags import NAMESPACE, Attributes, Markup
from align.export.tei.turns import page_turns
from align.export.tei.xml_ids import by_program
from align.export.tei.zones import SentenceZone, sentence_zones, zones_by_page
from align.model import ASIDE, Link, Match, Page, PairedTexts, ScanInfo, SourceText


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text with its links, as far as a file needs them.

    `links` are those of the text in order, `names` the xml:id that each sentence (id) gets, `pages` those of the volume
    by order. `pointer` gives what points to a sentence from this file, `href` the address of a scan. With `lines`, the
    matches of each page's lines in this text, line beginnings are marked too. All other ids begin with `stem`.
    `pairs` are its pairs with translations, `ids` the sentences of each text by its path.
    """

    path: str
    links: Sequence[Link]
    names: Mapping[str, str]
    pages: Mapping[int, Page]
    pointer: Pointer
    href: Callable[[ScanInfo], str]
    pairs: Sequence[PairedTexts[str]] = ()
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lines: Mapping[int, Mapping[int, Match]] = field(default_factory=dict)
    stem: str = ""

    def zones(self) -> dict[str, tuple[SentenceZone, ...]]:
        """The zones of each sentence, by its id."""
        return {link.sentence: sentence_zones(link, self.names[link.sentence], self.pages) for link in self.links}

    def sentences(self, zones: Mapping[str, Sequence[SentenceZone]]) -> dict[str, Attributes]:
        """The attributes of each sentence, by its id."""
        return {
            link.sentence: sentence_attributes(
                link, self.names[link.sentence], zones[link.sentence], self.pointer, stem=self.stem
            )
            for link in self.links
        }

    def milestones(self) -> list[Milestone]:
        """The beginnings of pages, and of lines if they are asked for, in order."""
        found = [
            Milestone(turn.offset, "pb", self._page(self.pages[turn.page], turn.sure))
            for turn in page_turns(self.links)
            if turn.page in self.pages
        ]
        for order, matches in self.lines.items():
            for index, match in matches.items():
                zone = f"{self.stem}{self.pages[order].line_id(index)}"
                found.append(Milestone(match.span[0], "lb", {"facs": f"#{zone}", "resp": by_program(self.stem)}))
        return sorted(found, key=lambda milestone: (milestone.offset, milestone.name != "pb"))

    def notes(self) -> dict[str, Attributes]:
        """Where on the page each note stands, by its sentences."""
        return {link.sentence: {"place": self._place(link)} for link in self.links if link.role in ASIDE}

    def facsimile(self, zones: Mapping[str, Sequence[SentenceZone]], markup: Markup) -> Iterator[str]:
        """The pages on which this text stands."""
        on_pages = zones_by_page(zone for own in zones.values() for zone in own)
        shown = [self.pages[order] for order in sorted({*on_pages, *(page for page, own in self.lines.items() if own)})]
        return facsimile(shown, on_pages, href=self.href, stem=self.stem, markup=markup)

    def stand_off(self, markup: Markup) -> str:
        """The pairs of sentences of this text and its translations; nothing for a translation."""
        groups = [
            line
            for pair in self.pairs
            if pair.transcription == self.path and pair.translation in self.ids
            for line in pairs_of_sentences(
                pair.beads, self.ids[pair.transcription], self.ids[pair.translation], self.pointer,
                markup=markup,
            )
        ]  # fmt: skip
        about = {"xml:id": f"{self.stem}align.standOff"}
        return markup.around("standOff", ["\n", *groups], about) + "\n" if groups else ""

    def _page(self, page: Page, sure: bool) -> Attributes:
        surface = f"{self.stem}{page.id}"
        facs = None if page.frame is None else f"#{surface}"
        resp = by_program(self.stem)
        return {
            "xml:id": f"{surface}.pb",
            "n": page.label,
            "facs": facs,
            "resp": resp,
            **({} if sure else {"cert": "low"}),
        }

    def _place(self, link: Link) -> str | None:
        """Where a note stands, if the lines that show it say so."""
        roles = Counter(
            self.pages[area.page].lines[line].role
            for area in link.areas
            if area.page in self.pages
            for line in area.lines
            if line is not None
        )
        most = next((role for role, _ in roles.most_common(1)), None)
        return {"note": "bottom", "margin": "margin"}.get(most or "")


def tei_document(about: About, text: SourceText, blocks: Sequence[int], linked: LinkedText) -> Iterator[str]:
    """The file of a text, part by part; `blocks` has for each sentence the number of its paragraph."""
    markup, zones = Markup(), linked.zones()
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{markup.start("TEI", {"xmlns": NAMESPACE})}\n'
    yield from header(about, markup)
    yield from linked.facsimile(zones, markup)
    yield linked.stand_off(markup)
    yield f"{markup.start('text', {'type': about.kind, 'xml:lang': language_of(about.language)})}\n"
    yield from written_body(Body(text, blocks, linked.sentences(zones), linked.notes(), linked.milestones(), markup))
    yield f"{markup.end('text')}\n{markup.end('TEI')}\n"
