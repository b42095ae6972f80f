"""Links put into a TEI file: its sentences marked, its page breaks pointing to the scans, what they point to added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from align.errors import TextError
from align.files.texts.linked.breaks import Break, breaks_put
from align.files.texts.linked.carriers import Carrier, Carriers, by_sentence, letters_of_sentences
from align.files.texts.linked.insertions import (
    XML_ID,
    Attributes,
    Insertion,
    added_attributes,
    end_tag,
    prefix_of,
    tag,
    with_insertions,
)
from align.files.texts.loading import read_source
from align.files.texts.markup import name_of
from align.files.texts.source_map import SourceMap, SourcePart, source_map
from align.model import Span


@dataclass(frozen=True, slots=True)
class Added:
    """Elements put into the header, and behind it; both are made for a prefix such as "tei:"."""

    header: Callable[[str], str]
    behind: Callable[[str], str]


class LinkedSource:
    """A TEI file into which links are put. All that it holds stays as it is written."""

    def __init__(
        self, source: SourceMap, spans: Sequence[Sequence[Span]], header: etree._Element, *, path: str
    ) -> None:
        """Find where the sentences with these spans stand; `header` is the file's. Use `of`."""
        self._path, self._map, self._header = path, source, header
        self._part: SourcePart = source.parts[""]
        letters = letters_of_sentences(source, spans)
        finder, own = Carriers(self._part, letters), by_sentence(letters)
        self._carriers: list[list[Carrier]] = [finder.of(own.get(n, ())) for n in range(len(spans))]

    @classmethod
    def of(cls, data: bytes, spans: Sequence[Sequence[Span]], *, path: str) -> LinkedSource | None:
        """The file whose sentences have these spans; None where it is no TEI P5 with a header, which has room for all.

        TextError: those of `source_map`.
        """
        source = source_map(data, path=path)
        root = next(iter(source.parts[""].elements))
        header = next((child for child in root if name_of(child) == "teiHeader"), None)
        if header is None or name_of(root) != "TEI" or all(name_of(child) != "fileDesc" for child in header):
            return None
        if all(name_of(child) != "text" for child in root):
            return None
        return cls(source, spans, header, path=path)

    @property
    def ids(self) -> frozenset[str]:
        """The ids that the file has."""
        return frozenset(found for element in self._part.elements if (found := element.get(XML_ID)))

    @property
    def has_lines(self) -> bool:
        """Whether the file says where lines begin."""
        return any(name_of(element) == "lb" for element in self._part.elements)

    @property
    def unmarked(self) -> frozenset[int]:
        """The sentences, by index, that nothing can mark: those that stand within a word of the markup (w)."""
        return frozenset(n for n, carriers in enumerate(self._carriers) if not carriers)

    def own_names(self) -> dict[int, str]:
        """The ids of those sentences, by index, that the file marks itself."""
        return {
            n: name
            for n, carriers in enumerate(self._carriers)
            for carrier in carriers[:1]
            if carrier.own is not None and (name := carrier.own.get(XML_ID))
        }

    def written(self, sentences: Sequence[Attributes], breaks: Iterable[Break], added: Added) -> bytes:
        """The file with its sentences marked with these attributes, with these breaks, and with what is added.

        TextError ("not-traced") where the new file would not be read as the old one is.
        """
        insertions = [
            one
            for attributes, carriers in zip(sentences, self._carriers, strict=True)
            for one in self._marks(attributes, carriers)
        ]
        insertions += breaks_put(self._map, breaks)
        insertions += self._added(added)
        data = with_insertions(self._part, insertions)
        read = read_source(data, path=self._path, volume="", document="", language="und")
        if read.content != self._map.content:
            raise TextError(f"{self._path} would be read otherwise with links in it", cause="not-traced")
        return data

    def _marks(self, attributes: Attributes, carriers: Sequence[Carrier]) -> Iterator[Insertion]:
        first = next((c.own.get(XML_ID) for c in carriers[:1] if c.own is not None), None) or attributes["xml:id"]
        own_ids = [None if c.own is None else c.own.get(XML_ID) for c in carriers]
        names = [own_ids[n] or (first if n == 0 else f"{first}.{n + 1}") for n in range(len(carriers))]
        for n, carrier in enumerate(carriers):
            about: dict[str, str | None] = {**attributes} if n == 0 else {"resp": attributes.get("resp")}
            about["xml:id"] = names[n]
            if len(carriers) > 1:
                about["next"] = f"#{names[n + 1]}" if n + 1 < len(carriers) else None
                about["prev"] = f"#{names[n - 1]}" if n else None
                about["part"] = "I" if n == 0 else "F" if n + 1 == len(carriers) else "M"
            yield from self._marked(carrier, about)

    def _marked(self, carrier: Carrier, about: dict[str, str | None]) -> Iterator[Insertion]:
        if carrier.own is not None:
            # What of these an s had before, a later export could not tell from what this one adds.
            about = {name: value for name, value in about.items() if name not in ("n", "cert", "resp")}
            yield from added_attributes(carrier.own, self._part, about)
            return
        around = {name_of(carrier.parent), *(name_of(element) for element in carrier.parent.iterancestors())}
        # Readers part an s from words before it, also where no white space does.
        touches = carrier.offset > 0 and not self._map.content[carrier.offset - 1].isspace()
        name = "seg" if touches or "s" in around else "s"
        start = tag(name, carrier.parent, self._part, about)
        yield Insertion(carrier.start, "start", start, carrier.opens_quoted)
        yield Insertion(carrier.end, "end", end_tag(name, carrier.parent), carrier.closes_quoted)

    def _added(self, added: Added) -> Iterator[Insertion]:
        described = next(child for child in self._header if name_of(child) == "fileDesc")
        prefix = prefix_of(self._header)
        for element, make in ((described, added.header), (self._header, added.behind)):
            yield Insertion(self._part.elements[element].end_tag[1], "empty", f"\n{make(prefix)}".rstrip("\n"))
