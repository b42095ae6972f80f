"""A run over a collection: read the pages, link the volumes, write the results, say what came of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import version
from time import perf_counter

from align.batch.assembly import STAGE_WRITE, assemble, overlay_files, result_rows
from align.batch.counts import DocumentCount, counted, documents_counted, findings_counted, summed
from align.batch.lexicons import Lexicons
from align.batch.linking_digest import linking_digest
from align.batch.reading_cache import KeptReadings
from align.batch.rereading import Rereader, link_best
from align.batch.rows import Row, kept_rows, read_rows, spliced_findings
from align.batch.scans import Failed, ScanResult, failures_by_cause, merged_failures, scan_parts
from align.batch.scheduling import PageReader
from align.batch.selection import Options, chosen_volumes, volume_scans
from align.batch.texts import read_texts
from align.batch.volume_records import Records, VolumeRecord
from align.errors import ExitCode
from align.export import SCHEMA_VERSION, finding_rows, json_document, json_lines
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.files.store.result_store import ResultStore
from align.linking import Draft, link_volume, numbered
from align.model import Severity, SourceText, key
from align.ocr import Engine, NoEngine
from align.work.progress import Progress
from align.work.workers import Pool

STAGE_LINK = "Linking volumes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run; `counts` as in run.json."""

    counts: Mapping[str, object]
    documents: tuple[DocumentCount, ...]
    failures: tuple[Failed, ...]
    findings: Mapping[Severity, int]
    pages_read: int
    pages_kept: int
    volumes_kept: int
    seconds: Mapping[str, float]
    pages_existing: int = 0
    pages_reread: int = 0

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
    lexicons: Lexicons = field(default_factory=Lexicons)
    _seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _records: dict[str, VolumeRecord] = field(default_factory=dict)
    _documents: list[DocumentCount] = field(default_factory=list)
    _loose: list[Draft] = field(default_factory=list)
    _reread: int = 0

    def execute(self) -> Outcome:
        """Do all of it; what is done is on disk whenever this is interrupted."""
        chosen = chosen_volumes(self.collection, self.options)
        records = Records(self.store)
        reader = PageReader(
            self.collection.root, self.engine, self.pool, self.readings, self.progress, retry=self.options.retry
        )
        fresh = existing = readable = kept = 0
        by_name = {volume.name: volume for volume in chosen}
        start = perf_counter()
        self.progress.begin(STAGE_LINK, len(chosen))
        with closing(reader.read([volume_scans(volume) for volume in chosen])) as volumes:
            for name, scans in volumes:
                fresh += sum(scan.fresh for scan in scans)
                existing += sum(scan.existing for scan in scans)
                readable += sum(scan.failure is None for scan in scans)
                kept += self._volume(by_name[name], scans, records, reader)
                self.progress.advance(STAGE_LINK)
        self._seconds["wall"] = perf_counter() - start
        self._seconds.update(reader.seconds)
        counts, findings = self._finish(chosen, records)
        return Outcome(
            counts={**counts, "findings": findings},
            documents=tuple(self._documents),
            failures=merged_failures(f for volume in chosen for f in self._records[volume.name].failures),
            findings=findings,
            pages_read=fresh,
            pages_kept=readable - fresh - existing,
            volumes_kept=kept,
            seconds=dict(self._seconds),
            pages_existing=existing,
            pages_reread=self._reread,
        )

    def _volume(self, volume: Volume, scans: Sequence[ScanResult], records: Records, reader: PageReader) -> bool:
        """Link one volume and write its results; True where nothing had changed since they were written."""
        texts, drafts = read_texts(self.collection.root, volume.texts, self.collection.page_marker)
        self._loose += drafts
        sources = [read.text for read in texts]
        digest = self._inputs_digest(volume, scans, sources)
        before = records.get(volume.name)
        if before is not None and before.inputs_digest == digest and not self.options.retry:
            self._records[volume.name] = before
            links = read_rows(self.store.read_bytes(f"{volume.name}/links.jsonl")) or []
            self._documents += documents_counted(volume.name, links)
            return True
        start = perf_counter()
        pages, failures = assemble(volume.name, scans)
        settings = {text.document: self.collection.document(volume.name, text.document) for text in sources}
        link = partial(
            link_volume,
            volume.name,
            texts=sources,
            assigned_labels=[volume.labels.of(page.order) for page in pages],
            transcription_paths={
                document: path
                for document, own in settings.items()
                if (path := _named(own.transcription, document, sources))
            },
            failures=failures,
            lexicon_of=self.lexicons.between,
        )
        rereader = Rereader(reader, scans, anew=before is None)
        linked = link_best(link, pages, sources, rereader.read)
        self._seconds["rereading"] += rereader.seconds
        self._seconds["linking"] += perf_counter() - start - rereader.seconds
        self._reread += rereader.pages
        rows = result_rows(linked, sources, {document: own.details for document, own in settings.items()})
        start = perf_counter()
        renewed = None
        if self.options.document is not None and before is not None:
            renewed = self._renewed(volume.name, rows, sources, self.options.document)
        records.withdraw(volume.name)
        if renewed is not None and before is not None:
            rows = renewed
            written = set(before.files) | self._write_rows(volume.name, rows, sources, self.options.document)
        else:
            written = self._write_rows(volume.name, rows, sources, None)
            self.progress.begin(STAGE_WRITE, len(pages))
            overlays = overlay_files(
                self.collection.root, self.store.out, volume.name, linked, self.options.overlays, self.progress
            )
            for name, picture in overlays:
                self._write(name, picture)
                written.add(name)
            self.store.remove_stale(volume.name, written)
        record = VolumeRecord(
            volume.name,
            # After a run for one document the others may be behind their texts: the next run links all anew.
            digest if renewed is None else UNKNOWN,
            counted(rows),
            tuple(sorted(written)),
            failures_by_cause(scans),
        )
        records.put(record)
        self._records[volume.name] = record
        self._documents += documents_counted(volume.name, rows["links"])
        self._seconds["writing"] += perf_counter() - start
        return False

    def _renewed(
        self, volume: str, rows: Mapping[str, Sequence[Row]], texts: Sequence[SourceText], document: str
    ) -> dict[str, list[Row]] | None:
        """The rows with those of other documents as they were; None where these belong to other pages."""
        old = {name: read_rows(self.store.read_bytes(f"{volume}/{name}.jsonl")) for name in rows}
        renewed = kept_rows(rows, old, document, {text.path for text in texts if text.document == document})
        if renewed is None:
            self.progress.say(f"The scans of volume {volume} have changed: all of its documents are linked anew.")
        return renewed

    def _write_rows(
        self, volume: str, rows: Mapping[str, Sequence[Row]], texts: Sequence[SourceText], only: str | None
    ) -> set[str]:
        """Write the files of a volume, its texts too (one document's, or all), and say which they are."""
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

    def _finish(self, chosen: Sequence[Volume], records: Records) -> tuple[dict[str, object], dict[Severity, int]]:
        """Write what belongs to no volume, and run.json last of all; the counts and findings of all volumes."""
        loose = self._loose_rows(chosen)
        self.store.write_text("findings.jsonl", json_lines(loose))
        if self.options.volume is None and self.options.document is None:
            self._remove_vanished(records)
        # Volumes that this run left alone are as the last one left them.
        for volume in self.collection.volumes:
            record = self._records.get(volume.name) or records.get(volume.name)
            if record is not None:
                self._records[volume.name] = record
        known = [self._records[v.name] for v in self.collection.volumes if v.name in self._records]
        counts = summed([record.counts for record in known])
        findings = findings_counted(counts, loose)
        self.store.write_text(
            "run.json",
            json_document(
                {
                    "schema_version": SCHEMA_VERSION,
                    "tool": "facsimile-align",
                    "tool_version": version("facsimile-align"),
                    "engine": None if isinstance(self.engine, NoEngine) else self.engine.name,
                    "settings": self._settings(),
                    "settings_digest": self._settings_digest(),
                    "counts": {**counts, "findings": findings},
                    "failures": [asdict(failed) for failed in merged_failures(f for r in known for f in r.failures)],
                    "seconds": {stage: round(seconds, 2) for stage, seconds in self._seconds.items()},
                    "volumes": {r.volume: {"inputs_digest": r.inputs_digest, **r.counts} for r in known},
                }
            ),
        )
        return counts, findings

    def _remove_vanished(self, records: Records) -> None:
        """Remove the results of volumes that the last run knew and that are no longer there."""
        last = read_rows(self.store.read_bytes("run.json"), whole=True)
        volumes = last[0].get("volumes") if last else None
        names = {volume.name for volume in self.collection.volumes}
        for name in volumes if isinstance(volumes, dict) else ():
            if name not in names and records.get(name) is not None:
                records.withdraw(name)
                self.store.remove_stale(name, ())

    def _loose_rows(self, chosen: Sequence[Volume]) -> list[Row]:
        """The findings that belong to no volume; where the run is about a part, the others as they were."""
        problems = [Draft(p.code, "warning", p.message, (key(p.path),), text=None) for p in self.collection.problems]
        fresh = list(finding_rows(numbered("_", [*problems, *self._loose]), ()))
        old = read_rows(self.store.read_bytes("findings.jsonl"))
        only = self.options.document
        if old is None or (only is None and self.options.volume is None):
            return fresh
        if only is not None:
            return spliced_findings(fresh, old, lambda row: row["document"] == only)
        others = {text.path for volume in self.collection.volumes if volume not in chosen for text in volume.texts}
        return spliced_findings(fresh, old, lambda row: row["text"] not in others)

    def _settings(self) -> dict[str, object]:
        """The settings that results depend on."""
        marker = self.collection.page_marker
        own = {"overlays": self.options.overlays, "page_marker": marker and marker.pattern}
        return {**own, "dictionary": self.lexicons.dictionary}

    def _settings_digest(self) -> str:
        return key(json.dumps(self._settings(), sort_keys=True), version("facsimile-align"), str(SCHEMA_VERSION))

    def _inputs_digest(self, volume: Volume, scans: Sequence[ScanResult], texts: Sequence[SourceText]) -> str:
        """A digest over all that the results of a volume depend on."""
        settings = [self.collection.document(volume.name, text.document) for text in texts]
        return key(
            self._settings_digest(),
            linking_digest(),
            *(part for scan in scans for part in scan_parts(scan)),
            *(part for text in texts for part in (text.path, text.content, repr(text.markers), repr(text.details))),
            repr(settings),
            repr(volume.labels),
        )


# In place of a digest where results are made from inputs of several times.
UNKNOWN = "0" * 16


def _named(wanted: str | None, document: str, texts: Sequence[SourceText]) -> str | None:
    """The path of the text that an editor named as the transcription, by language or by file name."""
    for text in texts:
        if wanted and text.document == document and wanted in (text.language, text.path.rsplit("/", 1)[-1]):
            return text.path
    return None
