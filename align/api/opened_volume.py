"""A volume with its pages, documents, sentences, pairs and findings, as objects that lead to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from PIL import Image

from align.api.html_table import html_table, shortened
from align.api.pictures import LONGEST_SIDE
from align.api.volume_findings import Findings, VolumeFinding
from align.api.volume_index import VolumeIndex
from align.api.volume_parts import LinkedSentence, VolumePage, sentences_table
from align.errors import UnknownNameError, UsageError
from align.files.collection.names import meant
from align.files.collection.settings import nearest
from align.model import Document, Status
from align.model.plurals import several


@dataclass(frozen=True, slots=True, repr=False)
class VolumeDocument:
    """One unit of text in a volume, an entry or a letter, with its transcription and its translations.

    >>> document = open_results("mydiary")["diary"].document("1934-12-18")
    >>> document
    <Document 1934-12-18 of diary: transcription in ru, translation in en, pages 1, 2>
    >>> document.transcription[1].translation[0].content
    'Petrov arrived from Leningrad in the morning and brought three letters from old friends.'
    """

    _index: VolumeIndex
    _document: Document

    @property
    def name(self) -> str:
        """The document's name: that of its texts without language and ending."""
        return self._document.document

    @property
    def title(self) -> str | None:
        """The document's title, where one is known."""
        return self._document.title

    @property
    def date(self) -> str | None:
        """The document's date, where one is known."""
        return self._document.date

    @property
    def author(self) -> str | None:
        """The document's author, where one is known."""
        return self._document.author

    @property
    def details(self) -> Mapping[str, str]:
        """What else is known of the document, by name."""
        return self._document.details

    @property
    def sentences(self) -> tuple[LinkedSentence, ...]:
        """The sentences of all its texts, in the order of the texts."""
        links = self._index.value.links
        return tuple(LinkedSentence(self._index, link) for link in links if link.document == self.name)

    @property
    def transcription(self) -> tuple[LinkedSentence, ...]:
        """The sentences of its transcription; empty where it has none."""
        return tuple(sentence for sentence in self.sentences if sentence.kind == "transcription")

    @property
    def translation(self) -> tuple[LinkedSentence, ...]:
        """The sentences of its first translation; empty where it has none."""
        return next(iter(self.translations.values()), ())

    @property
    def translations(self) -> Mapping[str, tuple[LinkedSentence, ...]]:
        """The sentences of each of its translations, by language."""
        translated = [sentence for sentence in self.sentences if sentence.kind == "translation"]
        languages = dict.fromkeys(sentence.language for sentence in translated)
        return {tag: tuple(sentence for sentence in translated if sentence.language == tag) for tag in languages}

    @property
    def pages(self) -> tuple[VolumePage, ...]:
        """The pages that show the document, in order."""
        return tuple(VolumePage(self._index, self._index.page(order)) for order, _ in self._document.areas)

    def __repr__(self) -> str:
        languages = sorted({(sentence.kind, sentence.language) for sentence in self.sentences})
        texts = [f"{kind} in {language}" for kind, language in languages]
        orders = ", ".join(str(order) for order, _ in self._document.areas)
        parts = [*texts, f"pages {orders}" if orders else "on no page"]
        return f"<Document {self.name} of {self._index.value.volume}: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        return sentences_table(self.name, self.sentences)


@dataclass(frozen=True, slots=True, repr=False)
class SentencePair:
    """Sentences of a transcription and of a translation that say the same; one side may be empty.

    >>> open_results("mydiary")["diary"].beads[1]
    <Pair 'Утром приехал Петров из Ленинграда и пр…' = 'Petrov arrived from Leningrad in the mo…', score 1.00>
    """

    transcription: tuple[LinkedSentence, ...]
    translation: tuple[LinkedSentence, ...]
    score: float

    def __repr__(self) -> str:
        sides = (" ".join(s.content for s in side) for side in (self.transcription, self.translation))
        left, right = (repr(shortened(side, 40)) if side else "nothing" for side in sides)
        return f"<Pair {left} = {right}, score {self.score:.2f}>"


class Volume:
    """One volume: what a run has written of it, or what `link_page` has made of one page.

    >>> volume = open_results("mydiary")["diary"]
    >>> volume
    <Volume diary: 3 pages, 41 sentences (41 linked), 1 finding>
    >>> volume.sentence_at(page=2, x=100, y=210).content
    'Сегодня чинили крышу над северной верандой.'
    """

    def __init__(self, index: VolumeIndex) -> None:
        """Take the volume's value, with what is looked up in it."""
        self._index = index

    @property
    def name(self) -> str:
        """The volume's name."""
        return self._index.value.volume

    @property
    def pages(self) -> tuple[VolumePage, ...]:
        """The pages in order."""
        return tuple(VolumePage(self._index, page) for page in self._index.value.pages)

    @property
    def documents(self) -> tuple[VolumeDocument, ...]:
        """The documents, in the order of their texts."""
        return tuple(VolumeDocument(self._index, document) for document in self._index.value.documents)

    @property
    def links(self) -> tuple[LinkedSentence, ...]:
        """Every sentence of every text with its places, in the order of the texts."""
        return tuple(LinkedSentence(self._index, link) for link in self._index.value.links)

    @property
    def beads(self) -> tuple[SentencePair, ...]:
        """Which sentences of a transcription and of a translation say the same, in order."""
        by_text: dict[str, list[LinkedSentence]] = {}
        for sentence in self.links:
            by_text.setdefault(sentence.text, []).append(sentence)
        return tuple(
            SentencePair(
                tuple(by_text[pair.transcription][i] for i in bead.left),
                tuple(by_text[pair.translation][i] for i in bead.right),
                bead.score,
            )
            for pair in self._index.value.pairs
            for bead in pair.beads
        )

    @property
    def findings(self) -> Findings:
        """What does not fit."""
        return Findings([VolumeFinding(self._index, finding) for finding in self._index.value.findings])

    def page(self, name: int | str) -> VolumePage:
        """The page with this order (a number), or with this label or scan file (a text).

        A label comes before a scan file's name; of several pages with one name it is the first. UnknownNameError where
        there is none.

        >>> volume = open_results("mydiary")["diary"]
        >>> volume.page(3).order, volume.page("0003.png").order, volume.page("0003").order
        (3, 3, 3)
        """
        return VolumePage(self._index, self._index.page(name))

    def document(self, name: str) -> VolumeDocument:
        """The document of this name; UnknownNameError where there is none."""
        documents = {document.document: document for document in self._index.value.documents}
        found = meant(name, documents)
        if found is not None:
            return VolumeDocument(self._index, documents[found])
        names = ", ".join(list(documents)[:5]) or "none"
        raise UnknownNameError(
            f"Volume {self.name} has no document {name!r}{nearest(name, documents)}: give one of {names}."
        )

    def sentence(self, sentence_id: str) -> LinkedSentence:
        """The sentence with this id; UnknownNameError where there is none."""
        return LinkedSentence(self._index, self._index.link(sentence_id))

    def sentence_at(self, *, page: int | str, x: float, y: float) -> LinkedSentence | None:
        """The sentence at this point of a page's scan, in pixels; None where there is none."""
        return self.page(page).sentence_at(x, y)

    def show(
        self, page: int | str | None = None, *, findings: bool = False, max_side: int = LONGEST_SIDE
    ) -> Image.Image:
        """The picture of a page (see VolumePage.show); a volume of one page needs no name of it."""
        if page is None and len(self._index.value.pages) != 1:
            count = several(len(self._index.value.pages), "page")
            raise UsageError(f"Volume {self.name} has {count}: name the one to show, as in show(1).")
        return self.page(1 if page is None else page).show(findings=findings, max_side=max_side)

    def __repr__(self) -> str:
        value = self._index.value
        linked = sum(link.status == "linked" for link in value.links)
        holds = (
            several(len(value.pages), "page"),
            f"{several(len(value.links), 'sentence')} ({linked} linked)",
            several(len(value.findings), "finding"),
        )
        return f"<Volume {self.name}: {', '.join(holds)}>"

    def _repr_html_(self) -> str:
        kinds: tuple[Status, ...] = get_args(Status)
        rows = []
        for document in self.documents:
            counts = Counter(sentence.status for sentence in document.sentences)
            pages = ", ".join(str(page.order) for page in document.pages)
            rows.append((document.name, document.title, pages, *(counts[kind] for kind in kinds)))
        return html_table(shortened(repr(self).strip("<>"), 120), ("document", "title", "pages", *kinds), rows)
