"""A run over a collection: read the pages, link the volumes, write the results, return the outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from align.batch.again.rereading import Rereader, link_best
from align.batch.again.second_looks import SecondLooks
from align.batch.deciding import StandingEvents, VolumeDecisions, loose_with_decisions, no_decisions, told_unobeyed
from align.batch.digests import UNKNOWN, inputs_digest
from align.batch.keeping.as_decided import as_decided
from align.batch.keeping.kept_beads import KeptBeads, beads_basis
from align.batch.keeping.left import Left, left_by_files, left_by_folders, left_by_images, nothing_done
from align.batch.keeping.loose_findings import loose_findings
from align.batch.keeping.outcome import Outcome
from align.batch.keeping.run_file import put_outside, write_run
from align.batch.keeping.vanished import known_volumes, remove_results, remove_stray_records, vanished
from align.batch.keeping.volume_states import VolumeState, VolumeStates
from align.batch.lexicons import Lexicons
from align.batch.overlays import OverlayDrawing
from align.batch.page_job import Loader
from align.batch.prepared import Prepared, assigned_labels, shown_sources, stated_facts, transcription_paths
from align.batch.scans import failures_by_cause, merged_failures
from align.batch.scheduling import PageReader
from align.batch.selection import Options, as_named, chosen_volumes, volume_scans
from align.batch.volume_reading import ReadVolume
from align.decisions.calibration import NO_CALIBRATIONS, Calibrations
from align.decisions.unobeyed import Unobeyed
from align.errors import InputError
from align.files.collection.opening import Collection
from align.files.collection.volumes import Volume
from align.files.scans.images import load_scan
from align.files.store.readings import KeptReadings
from align.files.store.result_store import ResultStore
from align.files.store.results import read_volume, write_loose, write_volume
from align.linking import link_volume
from align.linking.findings.weights import likelihood
from align.model import Finding, VolumeResult
from align.model.decision import Event, Subject
from align.ocr import Engine, NoEngine
from align.records.counts import Counts, counted, documents_counted, summed
from align.records.renewal import renewed
from align.workers.calls import Pool
from align.workers.progress import Progress

STAGE_LINK = "Linking volumes"


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
    standing: StandingEvents = no_decisions
    _standing: Mapping[Subject, Event] = field(default_factory=dict)
    _calibrations: Calibrations = NO_CALIBRATIONS
    _seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _about_texts: list[Finding] = field(default_factory=list)
    _unobeyed: dict[str, tuple[Unobeyed, ...]] = field(default_factory=dict)
    _left: list[Left] = field(default_factory=list)
    _reread: int = 0

    def execute(self) -> Outcome:
        """Do the whole run. If it is interrupted, all finished work is on disk."""
        self.options = as_named(self.collection, self.options, known_volumes(self.store))
        self._standing = self.standing()
        self._calibrations = Calibrations.learned(self._standing, likelihood)
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
                    done[name] = as_decided(self.store, states, prepared.before, prepared.decisions)
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
            earlier_decisions=sum(state.earlier for state in done.values()),
            unobeyed=told_unobeyed(self._unobeyed, self.collection.folders),
        )

    def _readable(self, chosen: Sequence[Volume], states: VolumeStates) -> list[Volume]:
        """The chosen volumes whose folders can all be read; the others are left as they were."""
        of_all = self.options.volume is None and self.options.document is None
        left = list(left_by_images(self.collection, states)) if of_all else []
        readable = []
        for volume in chosen:
            reason = left_by_folders(self.collection, volume, states)
            if reason is None:
                readable.append(volume)
            else:
                left.append(reason)
        if left and not readable:
            raise nothing_done(left)
        self._leave(*left)
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
        decisions = VolumeDecisions.of(self._standing, volume.name, self.collection.folders, self._calibrations)
        pages = decisions.assembled(volume.name, read.scans)
        decided = decisions.decided(pages, texts)
        self._unobeyed[volume.name] = decisions.unobeyed(volume.name, pages, texts)
        return Prepared(
            volume,
            read.scans,
            pages,
            texts,
            {text.document: self.collection.document(volume.name, text.document) for text in texts},
            inputs_digest(self._settings(), self.collection, volume, read.scans, texts, pages, decided),
            decisions,
            decided,
            before,
            states.damaged(before) if before is not None else (),
        )

    def _is_current(self, prepared: Prepared, before: VolumeState) -> bool:
        """Whether the last results of the volume are whole and made from the same inputs, so that they may stay."""
        return before.inputs_digest == prepared.digest and not prepared.damaged and not self.options.retry

    def _link(self, prepared: Prepared, reader: PageReader) -> VolumeResult:
        """The linked volume, made from the readings of its pages that fit its texts best."""
        start = perf_counter()
        pages = prepared.pages
        link = partial(
            link_volume,
            prepared.volume.name,
            texts=prepared.texts,
            assigned_labels=assigned_labels(prepared),
            transcription_paths=transcription_paths(prepared),
            failures=pages.failures,
            details={document: settings.details for document, settings in prepared.settings.items()},
            stated=stated_facts(prepared),
            decided=prepared.decided,
            lexicon_of=self.lexicons.between,
        )
        beads = KeptBeads(self.readings.store, prepared.volume.name, beads_basis(self.lexicons.dictionary))
        rereader = Rereader(reader, pages.sides, anew=prepared.before is None or bool(prepared.damaged))
        looks = SecondLooks(reader, pages.sides)
        link = partial(link, look_again=looks.read, keeping=beads.keeping)
        result = link_best(link, pages.pages, prepared.texts, rereader.read)
        beads.put()
        seconds = rereader.seconds + looks.seconds
        self._seconds["rereading"] += seconds
        self._seconds["linking"] += perf_counter() - start - seconds
        self._reread += rereader.pages
        return result

    def _write(self, prepared: Prepared, fresh: VolumeResult, reader: PageReader, states: VolumeStates) -> VolumeState:
        """Write the results of the volume, all of them or those of one document; the state of the volume."""
        start = perf_counter()
        before = prepared.before
        part = self._renewed(prepared, fresh, self.options.document) if before and self.options.document else None
        of_result = prepared.decisions.applied(part or fresh)
        result = of_result.result
        states.withdraw(fresh.volume)
        if before is not None and part is not None:
            # The overlays stay. Other documents may be older than their texts, so the next run links all again.
            digest = UNKNOWN
            written = {**before.files, **write_volume(self.store, result)}
        else:
            digest = prepared.digest
            written = write_volume(self.store, result)
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
            prepared.decisions.digest,
            of_result.fates.get("changed", 0),
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
        found = loose_findings(self.store, self.collection, linked, self.options, self._about_texts, self.pool)
        loose = loose_with_decisions(found, self._standing, self._calibrations)
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
