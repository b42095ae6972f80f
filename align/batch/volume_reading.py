"""Which scan of a volume is read when: some pages are read first, to learn the volume's language."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from align.batch.scans import ScanResult
from align.batch.texts import ReadText, TextJob
from align.files.collection.volumes import OcrFile, ScanFile
from align.model import ScanInfo


@dataclass(frozen=True, slots=True)
class VolumeScans:
    """The scans of a volume, and the languages that its pages may be in, the likelier first; the texts to read.

    `ocr`: the existing OCR of some of its files; `stated`: the languages that collection.toml names for the volume;
    `text_layers`: whether the text in PDFs is used where it is sound.
    """

    volume: str
    files: tuple[ScanFile, ...]
    languages: tuple[str, ...]
    ocr: tuple[OcrFile, ...] = ()
    stated: tuple[str, ...] = ()
    texts: tuple[TextJob, ...] = ()
    text_layers: bool = False


@dataclass(frozen=True, slots=True)
class ReadVolume:
    """A volume that was read: the results of its scans, and what came of its texts, in the order of the files."""

    name: str
    scans: list[ScanResult]
    texts: list[ReadText]


@dataclass(slots=True)
class VolumeReading:
    """A volume that is being read: its scans, the results so far, and the scans that may be read now.

    Where several languages are possible, a few scans (the `probes`) are read first and the others are `held` until the
    probes are done: the language of most probes is then tried first. Probes are chosen by their position in the volume
    alone, so that neither the number of workers nor an interruption changes what is read.
    """

    scans: VolumeScans
    listed: list[ScanInfo] = field(default_factory=list)
    results: dict[int, ScanResult] = field(default_factory=dict)
    waiting: deque[int] = field(default_factory=deque)
    probes: set[int] = field(default_factory=set)
    held: list[int] = field(default_factory=list)
    waiting_ocr: deque[OcrFile] = field(default_factory=deque)
    texts: list[Future[ReadText]] = field(default_factory=list)
    probe_languages: Counter[str] = field(default_factory=Counter)
    _indices: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def done(self) -> bool:
        """Whether every scan has its result."""
        return len(self.results) == len(self.listed)

    @property
    def in_order(self) -> list[ScanResult]:
        """The results of all scans, in the order of the scans."""
        return [self.results[index] for index in range(len(self.listed))]

    def choose_probes(self, readable: list[int], *, most: int) -> None:
        """Choose at most `most` of the readable scans as probes, evenly spaced; none where one language is possible."""
        if len(self.scans.languages) > 1:
            count = min(most, len(readable))
            self.probes = {readable[(2 * k + 1) * len(readable) // (2 * count)] for k in range(count)}

    def indices_of(self, file: OcrFile) -> list[int]:
        """The scans that existing OCR belongs to, as indices; all scans must be listed."""
        if not self._indices:
            for index, scan in enumerate(self.listed):
                self._indices[scan.path].append(index)
        return list(self._indices.get(file.scan, ()))

    def layers(self) -> list[OcrFile]:
        """The files with pages, PDFs among them, whose text may be used: those without OCR of their own."""
        if not self.scans.text_layers:
            return []
        own = {file.scan for file in self.scans.ocr}
        paths = dict.fromkeys(scan.path for scan in self.listed if scan.index is not None and scan.path not in own)
        return [OcrFile(path, path) for path in paths]

    def wait_for(self, unread: list[int]) -> None:
        """Let these scans be read too: the probes among them first, and the others when all probes have a result."""
        self.waiting.extend(index for index in unread if index in self.probes)
        self.held += [index for index in unread if index not in self.probes]
        self._release()

    def settle(self, index: int, result: ScanResult) -> None:
        """Note the result of one scan; the last probe lets the held scans be read."""
        self.results[index] = result
        if index in self.probes:
            self.probe_languages.update(reading.language for reading in result.readings if reading.language)
            self._release()

    def _release(self) -> None:
        """Let the held scans be read, if all probes have a result."""
        if self.held and self.probes <= self.results.keys():
            self.waiting.extend(self.held)
            self.held = []

    def languages_of(self, index: int) -> tuple[str, ...]:
        """The languages to try on one scan, the likelier first: after the probes, those of more probes come earlier."""
        if index in self.probes:
            return self.scans.languages
        return tuple(sorted(self.scans.languages, key=lambda tag: -self.probe_languages[tag]))
