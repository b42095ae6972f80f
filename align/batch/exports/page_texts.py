"""What the texts say on each page of a part, page by page: texts are read when a page shows them, and then let go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from align.batch.exports.parts import Part
from align.export import Side
from align.linking.findings.catalogue import word_doubts
from align.linking.words.line_texts import Said, line_texts
from align.model import Page, PlainText, VolumeResult


@dataclass(slots=True)
class PageTexts:
    """The pages of a part with what their lines say; the texts of the last page are kept for the next one."""

    part: Part
    _kept: dict[str, PlainText] = field(default_factory=dict)

    def side(self, page: Page) -> Side:
        """The page with its lines, and what they say."""
        own = self.part.pieces.of_page(page.order)
        (shown,), (matches,) = own.pages, own.matches
        said = Said(self._texts({match.text for found in matches.values() for match in found}, own), own.links)
        lines = line_texts(shown, matches, replace(said, findings=word_doubts(own.findings)))
        return Side(shown, lines, {link.sentence: link.counterparts for link in own.links})

    def _texts(self, paths: set[str], page: VolumeResult) -> Mapping[str, PlainText]:
        """The texts at these paths, in the order of the documents."""
        pieces = self.part.pieces
        documents = tuple(stated for stated in pieces.documents if not paths.isdisjoint(stated.texts))
        missing = paths - self._kept.keys()
        if missing:
            links = {link.text: link for link in page.links if link.text in missing}
            for document in documents:
                # A page that repeats another has no links: those of the whole document say the language of its text.
                if missing.intersection(document.texts) - links.keys():
                    links |= {link.text: link for link in pieces.links_of(document.document) if link.text in missing}
            named = replace(page, documents=documents, links=tuple(links.values()))
            self._kept |= {text.path: text for text in self.part.results.texts_of(named)}
        ordered = [path for document in documents for path in document.texts if path in paths and path in self._kept]
        self._kept = {path: self._kept[path] for path in ordered}
        return self._kept
