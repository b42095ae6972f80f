"""A run over a collection: read the pages, link the volumes, write the results, return the outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from align.batch.assembly import assemble
from align.batch.digests import UNKNOWN, inputs_digest
from align.batch.keeping.left import Left, left_by_files, left_by_folders, left_by_images, nothing_done
from align.batch.keeping.loose_findings import loose_findings
from align.batch.keeping.run_file import put_outside, write_run
from align.batch.keeping.vanished import known_volumes, remove_results, remove_stray_records, vanished
from align.batch.keeping.volume_states import VolumeState, VolumeStates
from align.batch.lexicons import Lexicons
from align.batch.overlays import OverlayDrawing
from align.batch.page_job import Loader
from align.batch.prepared import Prepared, named_text, shown_sources
from align.batch.rereading import Rereader, link_best
from align.batch.scans import Failed, failures_by_cause, merged_failures
from align.batch.scheduling import PageReader
from align.batch.selection import Options, chosen_volumes, volume_scans
from align.batch.volume_reading import ReadVolume
from align.errors import ExitCode, InputError
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.files.scans.images import load_scan
from align.files.store.readings import KeptReadings
from align.files.store.result_store import ResultStore
from align.files.store.results import read_volume, write_loose, write_volume
from align.linking import link_volume
from align.model import Finding, Severity, VolumeResult
from align.ocr import Engine, NoEngine
from align.records.counts import Counts, DocumentCount, counted, documents_counted, summed
from align.records.renewal import renewed
from align.workers.calls import Pool
from align.workers.progress import Progress

STAGE_LINK = "Linking volumes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run; `counts` are those of the whole collection, as in run.json.

    `left` are the volumes that the run left as they were, because a part of their input could not be read.
    """

    counts: Counts
    documents: tuple[DocumentCount, ...]
    failures: tuple[Failed, ...]
    pages_read: int
    pages_kept: int
    volumes_kept: int
    seconds: Mapping[str, float]
    pages_existing: int = 0
    pages_reread: int = 0
    left: tuple[Left, ...] = ()

    def __repr__(self) -> str:
        return f"<Outcome: {self.pages_read} scans read, {self.counts.linked} sentences linked>"

    def exit_code(self, fail_on: Severity | None) -> ExitCode:
        """The exit code: failed pages and volumes left as they were count first, then findings from `fail_on` on."""
        if self.failures or self.left:
            return ExitCode.PAGES_FAILED
        at_or_above: dict[str, tuple[Severity, ...]] = {"error": ("error",), "warning": ("error", "warning")}
        if fail_on is not None and any(self.counts.findings[severity] for severity in at_or_above.get(fail_on, ())):
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
    load: Loader = load_scan
    _seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _about_texts: list[Finding] = field(default_factory=list)
    _left: list[Left] = field(default_factory=list)
    _reread: int = 0

    def execute(self) -> Outcome:
        """Do the whole run. If it is interrupted, all finished work is on disk."""
        states = VolumeStates(self.store)
        chosen = self._readable(chosen_volumes(self.collection, self.options, known_volumes(self.store)), states)
        reader = PageReader(
            self.collection.root,
            self.engine,
            self.pool,
            self.readings,
            self.progress,
            retry=self.options.retry,
            load=self.load,
        )
        fresh = existing = readable = kept = 0
        by_name = {volume.name: volume for volume in chosen}
        done: dict[str, VolumeState] = {}
        start = perf_counter()
        self.progress.begin(STAGE_LINK, len(chosen))
        root, marker = self.collection.root, self.collection.page_marker
        with closing(reader.read([volume_scans(volume, root, marker) for volume in chosen])) as volumes:
            for read in volumes:
                name, scans = read.name, read.scans
                fresh += sum(scan.fresh for scan in scans)
                existing += sum(scan.existing for scan in scans)
                readable += sum(scan.failure is None for scan in scans)
                prepared = self._prepare(by_name[name], read, states)
                if prepared is None:
                    pass  # left as it was
                elif prepared.before is not None and self._is_current(prepared, prepared.before):
                    kept += 1
                    done[name] = prepared.before
                else:
                    done[name] = self._write(prepared, self._link(prepared, reader), reader, states)
                self.progress.advance(STAGE_LINK)
        self._seconds["wall"] = perf_counter() - start
        self._seconds.update(reader.seconds)
        counts = self._finish([volume for volume in chosen if volume.name in done], done, states)
        return Outcome(
            counts=counts,
            documents=tuple(count for state in done.values() for count in state.documents),
            failures=merged_failures(failed for state in done.values() for failed in state.failures),
            pages_read=fresh,
            pages_kept=readable - fresh - existing,
            volumes_kept=kept,
            seconds=dict(self._seconds),
            pages_existing=existing,
            pages_reread=self._reread,
            left=tuple(self._left),
        )

    def _readable(self, chosen: Sequence[Volume], states: VolumeStates) -> list[Volume]:
        """The chosen volumes whose folders can all be read; the others are left as they were."""
        if self.options.volume is None and self.options.document is None:
            self._leave(*left_by_images(self.collection, states))
        readable = []
        for volume in chosen:
            left = left_by_folders(self.collection, volume, states)
            if left is None:
                readable.append(volume)
            else:
                self._leave(left)
        if self._left and not readable:
            raise nothing_done(self._left)
        return readable

    def _leave(self, *left: Left) -> None:
        """Note that these volumes are left as they were, and tell the user."""
        self._left += left
        for volume in left:
            self.progress.say(volume.message)

    def _prepare(self, volume: Volume, read: ReadVolume, states: VolumeStates) -> Prepared | None:
        """The volume before it is linked; None where it is left as it was, because a file of it cannot be read now.

        Findings about the texts are kept for the end of the run.
        """
        texts = tuple(entry.text for entry in read.texts if entry.text is not None)
        left = left_by_files(self.collection.root, volume, read.scans, {text.path for text in texts}, states)
        if left is not None:
            self._leave(left)
            return None
        self._about_texts += [finding for entry in read.texts for finding in entry.findings]
        before = states.get(volume.name)
        return Prepared(
            volume,
            read.scans,
            texts,
            {text.document: self.collection.document(volume.name, text.document) for text in texts},
            inputs_digest(self._settings(), self.collection, volume, read.scans, texts),
            before,
            states.damaged(before) if before is not None else (),
        )

    def _is_current(self, prepared: Prepared, before: VolumeState) -> bool:
        """Whether the last results of the volume are whole and made from the same inputs, so that they may stay."""
        return before.inputs_digest == prepared.digest and not prepared.damaged and not self.options.retry

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
                if (path := named_text(settings.transcription, document, texts))
            },
            failures=failures,
            details={document: settings.details for document, settings in prepared.settings.items()},
            lexicon_of=self.lexicons.between,
        )
        rereader = Rereader(reader, prepared.scans, anew=prepared.before is None or bool(prepared.damaged))
        result = link_best(link, pages, texts, rereader.read)
        self._seconds["rereading"] += rereader.seconds
        self._seconds["linking"] += perf_counter() - start - rereader.seconds
        self._reread += rereader.pages
        return result

    def _write(self, prepared: Prepared, fresh: VolumeResult, reader: PageReader, states: VolumeStates) -> VolumeState:
        """Write the results of the volume, all of them or those of one document; the state of the volume."""
        start = perf_counter()
        before = prepared.before
        result = self._renewed(prepared, fresh, self.options.document) if before and self.options.document else None
        states.withdraw(fresh.volume)
        if before is not None and result is not None:
            # The overlays stay. Other documents may be older than their texts, so the next run links all again.
            digest = UNKNOWN
            written = {**before.files, **write_volume(self.store, result)}
        else:
            digest, result = prepared.digest, fresh
            written = write_volume(self.store, fresh)
            drawing = OverlayDrawing(self.collection.root, self.options.overlays, reader.results, self.progress)
            written |= drawing.write(self.store, fresh)
            self.store.remove_stale(fresh.volume, written)
        state = VolumeState(
            fresh.volume,
            digest,
            counted(result),
            documents_counted(fresh.volume, result.links),
            written,
            failures_by_cause(prepared.scans),
            shown_sources(prepared, result),
        )
        states.put(state)
        self._seconds["writing"] += perf_counter() - start
        return state

    def _renewed(self, prepared: Prepared, fresh: VolumeResult, document: str) -> VolumeResult | None:
        """The volume with all other documents as they were; None where they are damaged or their pages have changed."""
        result, why = None, "The results"
        if not prepared.damaged:
            with suppress(InputError):
                result, why = renewed(read_volume(self.store, fresh.volume), fresh, document), "The scans"
        if result is None:
            what = "have changed" if why == "The scans" else "are damaged"
            self.progress.say(f"{why} of volume {fresh.volume} {what}: all of its documents are linked again.")
        return result

    def _finish(self, linked: Sequence[Volume], done: Mapping[str, VolumeState], states: VolumeStates) -> Counts:
        """Write the findings that belong to no volume, and run.json last of all; the counts of all volumes."""
        loose = loose_findings(self.store, self.collection, linked, self.options, self._about_texts, self.pool)
        self._remove_vanished()
        # A volume that this run did not touch has the state of an earlier run.
        known = [state for name in self.collection.folders if (state := done.get(name) or states.get(name)) is not None]
        counts = summed([state.counts for state in known]).with_findings(loose)
        run = write_run(
            self.store,
            known,
            counts,
            engine=None if isinstance(self.engine, NoEngine) else self.engine.name,
            settings=self._settings(),
            seconds=self._seconds,
            left=self._left,
        )
        put_outside(self.store, self.collection.root, write_loose(self.store, loose), run)
        return counts

    def _remove_vanished(self) -> None:
        """Remove the results of volumes that are gone from the collection: of all, or of the one that was named."""
        gone = vanished(self.collection, self.store)
        for name in gone:
            if self.options.document is None and self.options.volume in (None, name):
                self.progress.say(remove_results(self.store, name))
        if self.options.document is None and self.options.volume is None:
            remove_stray_records(self.store, set(self.collection.folders))

    def _settings(self) -> dict[str, object]:
        """The settings that results depend on."""
        marker = self.collection.page_marker
        return {
            "overlays": self.options.overlays,
            "page_marker": marker and marker.pattern,
            "dictionary": self.lexicons.dictionary,
        }
