"""A run over a collection: read the pages, link the volumes, write the results, say what came of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from time import perf_counter

from align.batch.kept import KeptReadings
from align.batch.pages import PageReader, Pool, VolumeScans
from align.batch.progress import Progress
from align.batch.rows import Row, kept_rows, read_rows
from align.batch.scans import ScanResult, failures_by_cause
from align.batch.texts import read_texts
from align.batch.volume import (
    STAGE_WRITE,
    DocumentCount,
    Overlays,
    assemble,
    counted,
    documents_counted,
    overlay_files,
    result_rows,
)
from align.errors import ExitCode, UsageError
from align.export import SCHEMA_VERSION, finding_rows, json_document, json_lines
from align.files.collection import Collection
from align.files.store import ResultStore
from align.files.volumes import Volume
from align.linking import Draft, link_volume, numbered
from align.model import Finding, Severity, SourceText, key
from align.ocr import Engine

STAGE_LINK = "Linking volumes"
# Pages are looked for in these languages where collection.toml names none for the volume.
LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for: one volume or document only, which overlays, and whether to read kept pages anew."""

    volume: str | None = None
    document: str | None = None
    overlays: Overlays = "svg"
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run; `counts` as in run.json."""

    counts: Mapping[str, object]
    documents: tuple[DocumentCount, ...]
    failures: tuple[tuple[str, list[str], str], ...]
    findings: Mapping[Severity, int]
    pages_read: int
    pages_kept: int
    volumes_kept: int
    seconds: Mapping[str, float]

    def exit_code(self, fail_on: Severity | None) -> ExitCode:
        """How the command ends: failed pages before findings at or above the given severity."""
        if self.failures:
            return ExitCode.PAGES_FAILED
        at_or_above: dict[str, tuple[Severity, ...]] = {"error": ("error",), "warning": ("error", "warning")}
        if fail_on is not None and any(self.findings.get(severity) for severity in at_or_above.get(fail_on, ())):
            return ExitCode.FINDINGS
        return ExitCode.DONE


@dataclass(slots=True)
class Run:
    """One run, with its collaborators passed in."""

    collection: Collection
    store: ResultStore
    readings: KeptReadings
    engine: Engine
    pool: Pool
    progress: Progress
    options: Options = field(default_factory=Options)
    _seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _volumes: dict[str, dict[str, object]] = field(default_factory=dict)
    _documents: list[DocumentCount] = field(default_factory=list)
    _loose: list[Draft] = field(default_factory=list)

    def execute(self) -> Outcome:
        """Do all of it; what is done is on disk whenever this is interrupted."""
        chosen = chosen_volumes(self.collection, self.options)
        before = self._before()
        reader = PageReader(
            self.collection.root, self.engine, self.pool, self.readings, self.progress, retry=self.options.retry
        )
        results: dict[str, list[ScanResult]] = {}
        kept = 0
        by_name = {volume.name: volume for volume in chosen}
        start = perf_counter()
        self.progress.begin(STAGE_LINK, len(chosen))
        for name, scans in reader.read([_scans(volume) for volume in chosen]):
            results[name] = [_without_lines(scan) for scan in scans]
            kept += self._volume(by_name[name], scans, before.get(name))
            self.progress.advance(STAGE_LINK)
        self._seconds["wall"] = perf_counter() - start
        self._seconds.update(reader.seconds)
        return self._finish(results, before, kept)

    def _before(self) -> dict[str, dict[str, object]]:
        """What the last run said of each volume, where its results can be kept."""
        last = read_rows(self.store.read_bytes("run.json"), whole=True)
        if not last or last[0].get("settings_digest") != self._settings_digest():
            return {}
        volumes = last[0].get("volumes")
        return (
            {name: own for name, own in volumes.items() if isinstance(own, dict)} if isinstance(volumes, dict) else {}
        )

    def _volume(self, volume: Volume, scans: Sequence[ScanResult], before: Mapping[str, object] | None) -> bool:
        """Link one volume and write its results; True where nothing had changed since the last run."""
        start = perf_counter()
        texts, drafts = read_texts(self.collection.root, volume.texts, self.collection.page_marker)
        self._loose += drafts
        sources = [read.text for read in texts]
        digest = self._inputs_digest(volume, scans, sources)
        if before is not None and before.get("inputs_digest") == digest and self._complete(volume.name):
            self._volumes[volume.name] = dict(before)
            self._documents += documents_counted(
                volume.name, read_rows(self.store.read_bytes(f"{volume.name}/links.jsonl")) or []
            )
            return True
        pages, failures = assemble(volume.name, scans)
        settings = {text.document: self.collection.document(volume.name, text.document) for text in sources}
        linked = link_volume(
            volume.name,
            pages,
            sources,
            assigned_labels=[volume.labels.of(page.order) for page in pages],
            transcription_paths={
                document: path
                for document, own in settings.items()
                if (path := _named(own.transcription, document, sources))
            },
            failures=failures,
        )
        self._seconds["linking"] += perf_counter() - start
        rows = result_rows(linked, sources, {document: own.details for document, own in settings.items()})
        start = perf_counter()
        only = self.options.document
        if only is not None:
            old = {name: read_rows(self.store.read_bytes(f"{volume.name}/{name}.jsonl")) for name in rows}
            rows = kept_rows(rows, old, only, {text.path for text in sources if text.document == only})
        written = self._write_rows(volume.name, rows, sources)
        if only is None:
            self.progress.begin(STAGE_WRITE, len(pages))
            overlays = overlay_files(self.collection.root, self.store.out, volume.name, linked, self.options.overlays)
            for name, picture in overlays:
                self._write(name, picture)
                written.add(name)
                self.progress.advance(STAGE_WRITE)
            self.store.remove_stale(volume.name, written)
        # After a run for one document the others may be behind their texts: no digest, so the next run links anew.
        self._volumes[volume.name] = {"inputs_digest": digest if only is None else "0" * 16, **counted(rows)}
        self._documents += documents_counted(volume.name, rows["links"])
        self._seconds["writing"] += perf_counter() - start
        return False

    def _write_rows(self, volume: str, rows: Mapping[str, Sequence[Row]], texts: Sequence[SourceText]) -> set[str]:
        """Write the files of a volume, its texts too, and say which they are."""
        only = self.options.document
        files = {f"{volume}/{name}.jsonl": json_lines(own) for name, own in rows.items()}
        for text in texts:
            if only is None or text.document == only:
                files[f"{volume}/texts/{text.document}.{text.language}.txt"] = text.content
        for name, content in files.items():
            self._write(name, content)
        return set(files)

    def _write(self, name: str, content: str | bytes) -> None:
        if isinstance(content, bytes):
            self.store.write_bytes(name, content)
        else:
            self.store.write_text(name, content)

    def _complete(self, volume: str) -> bool:
        """Whether the results of a volume are all there."""
        names = ("pages", "lines", "documents", "links", "beads", "findings")
        return all(self.store.read_bytes(f"{volume}/{name}.jsonl") is not None for name in names)

    def _finish(
        self, results: Mapping[str, Sequence[ScanResult]], before: Mapping[str, dict[str, object]], kept: int
    ) -> Outcome:
        """Write what belongs to no volume, and run.json last of all."""
        loose = numbered(
            "_",
            [
                *(Draft(p.code, "warning", p.message, (key(p.path),), text=None) for p in self.collection.problems),
                *self._loose,
            ],
        )
        if self.options.volume is None and self.options.document is None:
            self.store.write_text("findings.jsonl", json_lines(finding_rows(loose, ())))
        # Volumes that this run left alone keep what the last one said of them.
        names = [volume.name for volume in self.collection.volumes]
        volumes = {name: self._volumes.get(name, before.get(name)) for name in names}
        counts = _summed([own for own in volumes.values() if own is not None])
        findings = _findings(counts, loose)
        failures = tuple(failures_by_cause(results))
        self.store.write_text(
            "run.json",
            json_document(
                {
                    "schema_version": SCHEMA_VERSION,
                    "tool": "facsimile-align",
                    "tool_version": version("facsimile-align"),
                    "engine": self.engine.name,
                    "settings": self._settings(),
                    "settings_digest": self._settings_digest(),
                    "counts": {**counts, "findings": findings},
                    "failures": [{"cause": c, "files": files, "message": message} for c, files, message in failures],
                    "seconds": {stage: round(seconds, 2) for stage, seconds in self._seconds.items()},
                    "volumes": {name: own for name, own in volumes.items() if own is not None},
                }
            ),
        )
        scans = [scan for own in results.values() for scan in own]
        return Outcome(
            counts={**counts, "findings": findings},
            documents=tuple(self._documents),
            failures=failures,
            findings=findings,
            pages_read=sum(scan.fresh for scan in scans),
            pages_kept=sum(not scan.fresh and scan.failure is None for scan in scans),
            volumes_kept=kept,
            seconds=dict(self._seconds),
        )

    def _settings(self) -> dict[str, object]:
        """The settings that results depend on."""
        marker = self.collection.page_marker
        return {"overlays": self.options.overlays, "page_marker": marker.pattern if marker else None}

    def _settings_digest(self) -> str:
        return key(json.dumps(self._settings(), sort_keys=True), version("facsimile-align"), str(SCHEMA_VERSION))

    def _inputs_digest(self, volume: Volume, scans: Sequence[ScanResult], texts: Sequence[SourceText]) -> str:
        """A digest over all that the results of a volume depend on."""
        settings = [self.collection.document(volume.name, text.document) for text in texts]
        return key(
            *(f"{s.scan.path} {s.scan.digest} {s.scan.index} {s.failure} {len(s.readings)}" for s in scans),
            *(part for text in texts for part in (text.path, text.content, repr(text.markers), repr(text.details))),
            repr(settings),
            repr(volume.labels),
            self.engine.name,
            str(self.options.retry),
        )


COUNTS = (
    "pages", "pages_ok", "blank", "failed", "documents", "sentences", "linked", "partial", "doubtful", "unlinked",
    "lines", "lines_matched",
)  # fmt: skip


def chosen_volumes(collection: Collection, options: Options) -> list[Volume]:
    """The volumes that a run is about; UsageError where there is no such volume or document."""
    volumes = list(collection.volumes)
    if options.volume is not None:
        volumes = [volume for volume in volumes if volume.name == options.volume]
        if not volumes:
            names = ", ".join(volume.name for volume in collection.volumes[:10])
            raise UsageError(f"There is no volume “{options.volume}” in this collection: give one of {names}.")
    if options.document is not None:
        volumes = [volume for volume in volumes if any(text.document == options.document for text in volume.texts)]
        if not volumes:
            raise UsageError(
                f"There is no document “{options.document}”: give the name of a text without its language and ending, "
                "such as 1934-12-18 for 1934-12-18.ru.txt."
            )
    return volumes


def _scans(volume: Volume) -> VolumeScans:
    return VolumeScans(volume.name, volume.scans, volume.languages or _by_texts(volume))


def _by_texts(volume: Volume) -> tuple[str, ...]:
    """The languages that pages may be in, those of the volume's texts first."""
    own = Counter(_primary(text.language) for text in volume.texts)
    return tuple(sorted(LANGUAGES, key=lambda language: (-own[language], LANGUAGES.index(language))))


def _primary(language: str) -> str:
    return language.split("-", 1)[0].lower()


def _named(wanted: str | None, document: str, texts: Sequence[SourceText]) -> str | None:
    """The path of the text that an editor named as the transcription, by language or by file name."""
    for text in texts:
        if wanted and text.document == document and wanted in (text.language, text.path.rsplit("/", 1)[-1]):
            return text.path
    return None


def _without_lines(scan: ScanResult) -> ScanResult:
    """What the end of the run needs of a scan: a large collection's lines are not held in memory."""
    return replace(scan, readings=())


def _summed(volumes: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The counts of all volumes together."""
    sums: dict[str, object] = {name: sum(_int(own[name]) for own in volumes) for name in COUNTS}
    sums["findings"] = {
        severity: sum(_int(own["findings"][severity]) for own in volumes if isinstance(own["findings"], dict))
        for severity in ("error", "warning", "note")
    }
    return sums


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _findings(counts: Mapping[str, object], loose: Sequence[Finding]) -> dict[Severity, int]:
    """The findings of all volumes and those that belong to none, by severity."""
    found = counts["findings"]
    own = Counter(finding.severity for finding in loose)
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    return {s: own[s] + (_int(found.get(s)) if isinstance(found, dict) else 0) for s in severities}
