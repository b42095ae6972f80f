"""A run put together: the engine, the workers, the store and the settings that a command or a program asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Literal, get_args

from align.api.decisions_read import standing_events
from align.api.guarded import pixels_of
from align.batch.deciding import StandingEvents, no_decisions
from align.batch.keeping.outcome import Outcome
from align.batch.keeping.run_file import last_volumes
from align.batch.keeping.vanished import known_volumes
from align.batch.lexicons import Lexicons
from align.batch.overlays import Overlays
from align.batch.own_engine import OwnEnginePool
from align.batch.run import Run
from align.batch.selection import LANGUAGES, Options, chosen_volumes
from align.errors import MissingDependencyError, UsageError
from align.files.collection.opening import Collection, open_collection
from align.files.collection.volumes import Volume
from align.files.scans.images import load_scan
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.files.store.versions import results_version
from align.files.store.written import refuse_other_collection
from align.ocr import Engine, NoEngine, TesseractEngine, TesserocrEngine, tesseract_name
from align.web.freshness import mark_newest, pages_there
from align.workers.calls import Pool
from align.workers.limits import USUAL_SECONDS, Limits, chosen_limits
from align.workers.pools import ProcessPool, usable_cores
from align.workers.progress import NullProgress, Progress

EngineName = Literal["tesseract", "tesserocr"]

# What every worker needs is loaded once, before the workers are made.
PAGE_CALLS = "align.batch.scheduling"


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """How far a stage of a run is, or a message of the run; printed, it is one line.

    >>> print(ProgressStep("Reading pages", 3, 14))
    Reading pages: 3 of 14
    """

    stage: str
    done: int = 0
    total: int = 0
    message: str | None = None

    def __str__(self) -> str:
        return self.message if self.message is not None else f"{self.stage}: {self.done} of {self.total}"


@dataclass(slots=True)
class CalledProgress:
    """Progress as calls of a function, one for each step that is done."""

    call: Callable[[ProgressStep], object]
    _done: dict[str, int] = field(default_factory=dict)
    _total: dict[str, int] = field(default_factory=dict)
    _stage: str = ""

    def begin(self, stage: str, total: int) -> None:
        """Begin to count a stage; nothing is called before its first step."""
        self._done[stage], self._total[stage], self._stage = 0, total, stage

    def advance(self, stage: str, steps: int = 1) -> None:
        """Count the steps, and call the function."""
        self._done[stage] += steps
        self.call(ProgressStep(stage, self._done[stage], self._total[stage]))

    def say(self, message: str) -> None:
        """Call the function with the message."""
        self.call(ProgressStep(self._stage, message=message))


def run(
    collection: Collection | str | PathLike[str],
    *,
    jobs: int | None = 1,
    engine: Engine | EngineName = "tesseract",
    out: str | PathLike[str] | None = None,
    volume: str | None = None,
    document: str | None = None,
    overlays: Overlays = "svg",
    retry: bool = False,
    decisions: str | None = None,
    on_progress: Callable[[ProgressStep], object] | None = None,
) -> Outcome:
    """The outcome of a run over a collection, whose results are now in its folder `aligned` (or in `out`).

    This is `align run`: a second run reads only what is new. `volume` and `document` make the run about one of them;
    `retry` reads all pages again. What editors decided is read from `review/` in the collection and obeyed, or from the
    database at the address `decisions`. `jobs` pages are read at once, each in a process of its own; None means one
    process for each core. An engine that you made yourself reads in this process if `jobs` is 1 or None. If it is more,
    the processes load your script again, so the call must be under `if __name__ == "__main__":`. `on_progress` is
    called for each step that is done. AlignError if the run cannot go on; what was done is kept.

    >>> run("mydiary", jobs=1)
    <Outcome: 3 scans read, 41 sentences linked>
    >>> steps = []
    >>> run("mydiary", jobs=1, on_progress=steps.append).pages_read
    0
    >>> print(steps[-1])
    Linking volumes: 1 of 1
    """
    opened = collection if isinstance(collection, Collection) else open_collection(collection)
    options = Options(volume=volume, document=document, overlays=overlays, retry=retry)
    limits = chosen_limits()
    progress = NullProgress() if on_progress is None else CalledProgress(on_progress)
    results = result_store(opened, out)
    chosen_engine = engine_for(chosen_volumes(opened, options, known_volumes(results)), engine, limits)
    with results.opened() as store:
        return execute(
            opened, store, engine=chosen_engine, jobs=jobs, options=options, progress=progress, limits=limits,
            standing=standing_events(opened.root, decisions, progress.say),
        )  # fmt: skip


def result_store(collection: Collection, out: str | PathLike[str] | None) -> ResultStore:
    """The store of a collection's results, in this folder or in the collection's own; nothing is written yet.

    OutputError where the folder holds the results of another collection.
    """
    store = ResultStore(collection.root / "aligned" if out is None else Path(out), collection=collection.root)
    refuse_other_collection(store, collection.root)
    return store


def execute(
    collection: Collection,
    store: ResultStore,
    *,
    engine: Engine,
    jobs: int | None,
    options: Options,
    progress: Progress,
    limits: Limits,
    standing: StandingEvents = no_decisions,
) -> Outcome:
    """The outcome of a run that writes to this store, which must be open; `standing` reads what editors decided.

    A report and a viewer that are there are told which results are the newest.
    """
    pool = _pool(engine, jobs, limits)
    outcome = Run(
        collection=collection,
        store=store,
        readings=KeptReadings(ReadingStore(store)),
        engine=engine,
        pool=pool,
        progress=progress,
        options=options,
        lexicons=Lexicons.installed(),
        load=pixels_of if isinstance(pool, OwnEnginePool) else load_scan,
        standing=standing,
    ).execute()
    if pages_there(store):
        mark_newest(store, results_version(store, last_volumes(store)).digest)
    return outcome


def _pool(engine: Engine, jobs: int | None, limits: Limits) -> Pool:
    """The workers for this engine. One is enough to end a scan that hangs, so there is always one.

    An engine of the caller's own stays in this process unless several workers are asked for.
    """
    if isinstance(engine, TesseractEngine | TesserocrEngine | NoEngine):
        return ProcessPool(jobs or usable_cores(), preload=PAGE_CALLS, limits=limits)
    if jobs is None or jobs == 1:
        return OwnEnginePool(ProcessPool(1, preload=PAGE_CALLS, limits=limits))
    return ProcessPool(jobs, preload=PAGE_CALLS, limits=limits, loads_script=True)


def engine_for(volumes: Sequence[Volume], engine: Engine | EngineName, limits: Limits) -> Engine:
    """The engine of this name with all languages that these volumes need, or the engine that was given.

    Where every scan has existing OCR, no engine need be installed.
    """
    if not isinstance(engine, str):
        return engine
    unread = [volume for volume in volumes if {s.path for s in volume.scans} - {file.scan for file in volume.ocr}]
    if not unread:
        return NoEngine()
    languages = tuple(dict.fromkeys(tag for volume in unread for tag in volume.languages or LANGUAGES))
    return installed_engine(engine, languages, seconds=limits.seconds)


def installed_engine(name: EngineName, languages: tuple[str, ...], *, seconds: float = USUAL_SECONDS) -> Engine:
    """The engine of this name; MissingDependencyError where it, or one of these languages, is not installed."""
    if name not in get_args(EngineName):
        raise UsageError(f"There is no engine {name!r}: give one of {', '.join(get_args(EngineName))}, or an engine.")
    kind = TesseractEngine if name == "tesseract" else TesserocrEngine
    engine: TesseractEngine | TesserocrEngine = kind.installed(timeout_s=seconds)
    missing = engine.missing_languages(languages)
    if missing:
        packages = " ".join(f"tesseract-ocr-{tesseract_name(tag).replace('_', '-')}" for tag in missing)
        raise MissingDependencyError(
            f"Tesseract has no data for {', '.join(missing)}; on Debian: sudo apt-get install {packages}",
            cause="no-language",
        )
    return engine
