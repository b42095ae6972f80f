"""A run over a collection: read the pages, link the volumes, write the results, return the outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from align.batch.assembly import assemble
from align.batch.digests import UNKNOWN, inputs_digest
from align.batch.lexicons import Lexicons
from align.batch.loose_findings import loose_findings
from align.batch.overlays import write_overlays
from align.batch.rereading import Rereader, link_best
from align.batch.run_file import last_volumes, write_run
from align.batch.scans import Failed, ScanResult, failures_by_cause, merged_failures
from align.batch.scheduling import PageReader
from align.batch.selection import Options, as_named, chosen_volumes, volume_scans
from align.batch.texts import read_texts
from align.batch.volume_states import VolumeState, VolumeStates
from align.errors import ExitCode, InputError
from align.files.collection.names import meant
from align.files.collection.opening import Collection
from align.files.collection.settings import DocumentSettings
from align.files.collection.volumes import Volume
from align.files.store.readings import KeptReadings
from align.files.store.result_store import ResultStore
from align.files.store.results import read_volume, write_loose, write_volume
from align.linking import link_volume
from align.linking.findings.stated_facts import StatedFacts
from align.model import Finding, Severity, SourceText, VolumeResult
from align.ocr import Engine, NoEngine
from align.records.counts import Counts, DocumentCount, counted, documents_counted, summed
from align.records.renewal import renewed
from align.workers.calls import Pool
from align.workers.progress import Progress

STAGE_LINK = "Linking volumes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run; `counts` are those of the whole collection, as in run.json."""

    counts: Counts
    documents: tuple[DocumentCount, ...]
    failures: tuple[Failed, ...]
    pages_read: int
    pages_kept: int
    volumes_kept: int
    seconds: Mapping[str, float]
    pages_existing: int = 0
    pages_reread: int = 0

    def __repr__(self) -> str:
        return f"<Outcome: {self.pages_read} scans read, {self.counts.linked} sentences linked>"

    def exit_code(self, fail_on: Severity | None) -> ExitCode:
        """The exit code of the command: failed pages count first, then findings at or above the severity `fail_on`."""
        if self.failures:
            return ExitCode.PAGES_FAILED
        at_or_above: dict[str, tuple[Severity, ...]] = {"error": ("error",), "warning": ("error", "warning")}
        if fail_on is not None and any(self.counts.findings[severity] for severity in at_or_above.get(fail_on, ())):
            return ExitCode.FINDINGS
        return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class Prepared:
    """A volume before it is linked: the readings of its scans, its texts, and the state of its last results."""

    volume: Volume
    scans: Sequence[ScanResult]
    texts: tuple[SourceText, ...]
    settings: Mapping[str, DocumentSettings]
    digest: str
    before: VolumeState | None


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
    _about_texts: list[Finding] = field(default_factory=list)
    _reread: int = 0

    def execute(self) -> Outcome:
        """Do the whole run. If it is interrupted, all finished work is on disk."""
        self.options = as_named(self.collection, self.options)
        chosen = chosen_volumes(self.collection, self.options)
        states = VolumeStates(self.store)
        reader = PageReader(
            self.collection.root, self.engine, self.pool, self.readings, self.progress, retry=self.options.retry
        )
        fresh = existing = readable = kept = 0
        by_name = {volume.name: volume for volume in chosen}
        done: dict[str, VolumeState] = {}
        start = perf_counter()
        self.progress.begin(STAGE_LINK, len(chosen))
        with closing(reader.read([volume_scans(volume) for volume in chosen])) as volumes:
            for name, scans in volumes:
                fresh += sum(scan.fresh for scan in scans)
                existing += sum(scan.existing for scan in scans)
                readable += sum(scan.failure is None for scan in scans)
                prepared = self._prepare(by_name[name], scans, states)
                if prepared.before is not None and self._is_current(prepared, prepared.before):
                    kept += 1
                    done[name] = prepared.before
                else:
                    done[name] = self._write(prepared, self._link(prepared, reader), states)
                self.progress.advance(STAGE_LINK)
        self._seconds["wall"] = perf_counter() - start
        self._seconds.update(reader.seconds)
        counts = self._finish(chosen, done, states)
        return Outcome(
            counts=counts,
            documents=tuple(count for state in done.values() for count in state.documents),
            failures=merged_failures(failed for volume in chosen for failed in done[volume.name].failures),
            pages_read=fresh,
            pages_kept=readable - fresh - existing,
            volumes_kept=kept,
            seconds=dict(self._seconds),
            pages_existing=existing,
            pages_reread=self._reread,
        )

    def _prepare(self, volume: Volume, scans: Sequence[ScanResult], states: VolumeStates) -> Prepared:
        """The volume with its texts read; findings about the texts are kept for the end of the run."""
        read, doubts = read_texts(self.collection.root, volume.texts, self.collection.page_marker)
        self._about_texts += doubts
        texts = tuple(entry.text for entry in read)
        return Prepared(
            volume,
            scans,
            texts,
            {text.document: self.collection.document(volume.name, text.document) for text in texts},
            inputs_digest(self._settings(), self.collection, volume, scans, texts),
            states.get(volume.name),
        )

    def _is_current(self, prepared: Prepared, before: VolumeState) -> bool:
        """Whether the last results of the volume were made from the same inputs, so that they may stay."""
        return before.inputs_digest == prepared.digest and not self.options.retry

    def _link(self, prepared: Prepared, reader: PageReader) -> VolumeResult:
        """The linked volume, made from the readings of its pages that fit its texts best."""
        start = perf_counter()
        volume, texts = prepared.volume, prepared.texts
        pages, failures = assemble(volume.name, prepared.scans)
        link = partial(
            link_volume,
            volume.name,
            texts=texts,
            assigned_labels=[volume.labels.of(page.order) for page in pages],
            transcription_paths={
                document: path
                for document, settings in prepared.settings.items()
                if (path := _named(settings.transcription, document, texts))
            },
            failures=failures,
            details={document: settings.details for document, settings in prepared.settings.items()},
            stated=_stated(prepared),
            lexicon_of=self.lexicons.between,
        )
        rereader = Rereader(reader, prepared.scans, anew=prepared.before is None)
        result = link_best(link, pages, texts, rereader.read)
        self._seconds["rereading"] += rereader.seconds
        self._seconds["linking"] += perf_counter() - start - rereader.seconds
        self._reread += rereader.pages
        return result

    def _write(self, prepared: Prepared, fresh: VolumeResult, states: VolumeStates) -> VolumeState:
        """Write the results of the volume, all of them or those of one document; the state of the volume."""
        start = perf_counter()
        before = prepared.before
        result = self._renewed(fresh, self.options.document) if before and self.options.document else None
        states.withdraw(fresh.volume)
        if before is not None and result is not None:
            # The overlays stay. Other documents may be older than their texts, so the next run links all again.
            digest = UNKNOWN
            written = set(before.files) | write_volume(self.store, result)
        else:
            digest, result = prepared.digest, fresh
            written = write_volume(self.store, fresh)
            root, overlays = self.collection.root, self.options.overlays
            written |= write_overlays(self.store, root, fresh, overlays, self.progress)
            self.store.remove_stale(fresh.volume, written)
        state = VolumeState(
            fresh.volume,
            digest,
            counted(result),
            documents_counted(fresh.volume, result.links),
            tuple(sorted(written)),
            failures_by_cause(prepared.scans),
        )
        states.put(state)
        self._seconds["writing"] += perf_counter() - start
        return state

    def _renewed(self, fresh: VolumeResult, document: str) -> VolumeResult | None:
        """The volume with all other documents as they were; None where their pages have changed."""
        try:
            result = renewed(read_volume(self.store, fresh.volume), fresh, document)
        except InputError:
            result = None
        if result is None:
            self.progress.say(
                f"The scans of volume {fresh.volume} have changed: all of its documents are linked again."
            )
        return result

    def _finish(self, chosen: Sequence[Volume], done: Mapping[str, VolumeState], states: VolumeStates) -> Counts:
        """Write the findings that belong to no volume, and run.json last of all; the counts of all volumes."""
        loose = loose_findings(self.store, self.collection, chosen, self.options, self._about_texts)
        write_loose(self.store, loose)
        if self.options.volume is None and self.options.document is None:
            self._remove_vanished(states)
        # A volume that this run did not touch has the state of an earlier run.
        known = [
            state for v in self.collection.volumes if (state := done.get(v.name) or states.get(v.name)) is not None
        ]
        counts = summed([state.counts for state in known]).with_findings(loose)
        engine = None if isinstance(self.engine, NoEngine) else self.engine.name
        write_run(self.store, known, counts, engine=engine, settings=self._settings(), seconds=self._seconds)
        return counts

    def _remove_vanished(self, states: VolumeStates) -> None:
        """Remove the results of volumes that the last run knew and that no longer exist."""
        names = {volume.name for volume in self.collection.volumes}
        for name in last_volumes(self.store):
            if name not in names and states.get(name) is not None:
                states.withdraw(name)
                self.store.remove_stale(name, ())

    def _settings(self) -> dict[str, object]:
        """The settings that results depend on."""
        marker = self.collection.page_marker
        return {
            "overlays": self.options.overlays,
            "page_marker": marker and marker.pattern,
            "dictionary": self.lexicons.dictionary,
        }


def _stated(prepared: Prepared) -> StatedFacts:
    """What the editor states of the volume, to be compared with its pages."""
    pages = {document: settings.pages for document, settings in prepared.settings.items() if settings.pages}
    return StatedFacts(prepared.volume.labels.listed, pages)


def _named(wanted: str | None, document: str, texts: Sequence[SourceText]) -> str | None:
    """The path of the text that an editor named as the transcription, by language or by file name."""
    own = {text.path: text for text in texts if text.document == document}
    for path, text in own.items():
        if wanted and meant(wanted, (text.language, path.rsplit("/", 1)[-1])):
            return path
    return None
