"""The quality of findings on volumes with faults put in: recall by kind of fault, and false alarms by code.

Each volume is read once; a fault is then a change of its text, or of the order of its scans, and costs no reading. A
fault counts as found when a warning or an error of a fitting code covers it; how much must be covered, see `found`.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evaluation import misprints, translation_faults
from evaluation.faults import MAKERS, Case, Damaged, Fault, markers_right
from evaluation.tallies import WORDS, Tally, report
from evaluation.true_misprints import is_true
from evaluation.volumes import Source, Volume, draw, opened, real
from rapidfuzz import fuzz

from align.linking.findings.catalogue.page_entries import (
    LABEL_DISAGREES,
    LINE_NOT_IN_TEXT,
    MARKER_MISPLACED,
    PAGE_DOUBLED,
    PAGE_OUT_OF_ORDER,
    WORDS_NOT_IN_TEXT,
)
from align.linking.findings.catalogue.sentence_entries import (
    LIKELY_MISPRINT,
    SENTENCE_NOT_ON_SCAN,
    SENTENCE_NOT_SCANNED,
    TEXT_OUT_OF_ORDER,
    WORDS_NOT_ON_SCAN,
)
from align.model import Finding, VolumeResult
from align.text.fold import fold

SOURCES = (
    Source("typescript_ru", "FathersAndSons", "ru", "typescript"),
    Source("typescript_en", "DeadSouls", "en", "typescript"),
    Source("typescript_ru2", "TheBrothersKaramazov", "ru", "typescript"),
    Source("typescript_en2", "Demons", "en", "typescript"),
    Source("clean_ru", "NotesFromUnderground", "ru", "clean"),
    Source("clean_en", "CrimeAndPunishment", "en", "clean"),
    Source("clean_ru2", "DeadSouls", "ru", "clean"),
    Source("clean_en2", "FathersAndSons", "en", "clean"),
    Source("ehri_typescript_en", real="ehri_typescript_en"),
    Source("oldbooks_en", real="oldbooks_en"),
)
# Scores of links are judged where truth has lines, on bad pages too.
SCORED = (
    *(source for source in SOURCES if source.name != "oldbooks_en"),
    Source("hard_ru", "CrimeAndPunishment", "ru", "hard"),
    Source("hard_en", "NotesFromUnderground", "en", "hard"),
    Source("ru18_print", real="ru18_print"),
)
# Invented words come from another book of the language.
FOREIGN = {"ru": ("CrimeAndPunishment", "DeadSouls"), "en": ("NotesFromUnderground", "DeadSouls")}
OMITTED = (LINE_NOT_IN_TEXT.code, WORDS_NOT_IN_TEXT.code)
ABSENT = (SENTENCE_NOT_ON_SCAN.code, WORDS_NOT_ON_SCAN.code, SENTENCE_NOT_SCANNED.code)
MARKED = (LABEL_DISAGREES.code, MARKER_MISPLACED.code)
CODES: dict[str, tuple[str, ...]] = {
    "sentence removed": OMITTED,
    "paragraph removed": OMITTED,
    "sentence invented": ABSENT,
    "paragraph invented": ABSENT,
    "paragraphs swapped": (TEXT_OUT_OF_ORDER.code,),
    "word changed": (LIKELY_MISPRINT.code,),
    "name changed": (LIKELY_MISPRINT.code,),
    "number changed": (LIKELY_MISPRINT.code,),
    "marker wrong": (LABEL_DISAGREES.code,),
    "marker moved": MARKED,
    "markers drifted": (LABEL_DISAGREES.code,),
    "page dropped": (SENTENCE_NOT_SCANNED.code, SENTENCE_NOT_ON_SCAN.code),
    "page doubled": (PAGE_DOUBLED.code,),
    "pages swapped": (PAGE_OUT_OF_ORDER.code,),
}
MARKERS = ("marker wrong", "marker moved", "markers drifted")
# How often each fault of markers is put into a volume, one fault at a time.
TIMES = 4


def volumes(
    sources: Iterable[Source], seeds: Sequence[int], pages: int, work: Path, shared: Path, *, unstated: bool = False
) -> Iterator[tuple[int, Volume]]:
    """The volumes of these sources with their seeds; real ones come once a seed, with other faults.

    `unstated`: as existing OCR that states no confidence of words.
    """
    for source in sources:
        for seed in seeds:
            if source.real:
                folder = real(source, work / source.real, shared)
            else:
                folder = draw(source, work / f"findings-{source.name}-{seed}", shared, seed=seed, pages=pages)
            for volume in opened(source, folder):
                yield seed, volume.unstated() if unstated else volume


def foreign_text(volume: Volume, shared: Path) -> str:
    """Another book in the language of the volume."""
    others = [name for name in FOREIGN[volume.language] if name != volume.source.text]
    return (shared / "parallel" / f"{others[0]}.{volume.language}.txt").read_text("utf-8")


def loud(linked: VolumeResult) -> list[Finding]:
    """The findings that an editor is asked to look at."""
    return [finding for finding in linked.findings if finding.severity != "note"]


def found(fault: Fault, findings: Sequence[Finding], volume: Volume) -> list[Finding]:
    """The findings that report the fault; none where they cover too little of it."""
    of_kind = [f for f in findings if f.code in CODES[fault.kind]]
    if fault.kind in ("sentence removed", "paragraph removed"):
        return _quoting(fault, of_kind, volume)
    if fault.kind == "page doubled":
        return [f for f in of_kind if set(f.pages) == {index + 1 for index in fault.scans}]
    if fault.kind == "pages swapped":
        orders = {index + 1 for index in fault.scans}
        return [f for f in of_kind if orders & set(f.pages)]
    if fault.kind == "marker wrong":
        of_kind = [f for f in of_kind if [index + 1 for index in fault.scans] == list(f.pages)]
    about = [f for f in of_kind if f.text and f.text.rsplit("/", 1)[-1].startswith(fault.document)]
    meeting = [f for f in about if any(a < fault.span[1] and fault.span[0] < b for a, b in f.spans)]
    if fault.kind == "markers drifted":
        return meeting if len(meeting) == 1 else []
    if fault.kind in (*WORDS, "marker wrong", "marker moved", "paragraphs swapped"):
        return meeting
    covered = {at for f in meeting for a, b in f.spans for at in range(max(a, fault.span[0]), min(b, fault.span[1]))}
    letters = [at for at in range(*fault.span) if at in covered]
    enough = {"page dropped": 0.8}.get(fault.kind, 0.6)
    return meeting if len(letters) >= enough * (fault.span[1] - fault.span[0]) else []


def _quoting(fault: Fault, findings: Sequence[Finding], volume: Volume) -> list[Finding]:
    """The findings on the pages of what was removed that together quote seven tenths of it as read."""
    wanted = fold(fault.before).letters().text
    names = [Path(scan.scan.path).name for scan in volume.scans]
    orders = {
        names.index(name) + 1
        for name, start, end, _ in volume.shown(fault.document)
        if start < fault.was[1] and fault.was[0] < end
    }
    # A scan may hold two pages, so that orders run ahead of scans.
    near = [f for f in findings if not orders or any(min(orders) <= page <= 2 * max(orders) for page in f.pages)]
    quoted = [(f, fold(f.scan_text or "").letters().text) for f in near]
    meeting, covered = [], 0.0
    for finding, text in quoted:
        if not text:
            continue
        shared = min(len(text), len(wanted))
        likeness = fuzz.partial_ratio(text, wanted)
        if likeness >= (70 if shared >= 8 else 100):
            meeting.append(finding)
            covered += shared * likeness / 100
    return meeting if covered >= 0.7 * len(wanted) else []


def evaluate(
    seeds: Sequence[int], pages: int, only: Sequence[str], kinds: Sequence[str], work: Path, shared: Path,
    *, show: bool = False, fit: bool = False, unstated: bool = False,
) -> dict[str, float]:  # fmt: skip
    """Print recall by kind of fault and false alarms by code; the figures by name."""
    sources = [source for source in SOURCES if not only or source.name.startswith(tuple(only))]
    if fit:
        misprints.fit_and_print(volumes(sources, seeds, pages, work, shared), lambda v: foreign_text(v, shared))
        return {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    alarms: dict[str, Counter[str]] = defaultdict(Counter)
    sentences: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for seed, volume in volumes(sources, seeds, pages, work, shared, unstated=unstated):
        family = volume.source.name.split("_")[0] if not volume.source.real else volume.source.real
        foreign = foreign_text(volume, shared)
        linked = volume.linked()
        marked = [
            markers_right(Case(volume, d, random.Random(seed), foreign)) for d in volume.texts if not volume.source.real
        ]
        for each in (linked, *(volume.linked(m.texts) for m in marked)):
            sentences[family] += len(each.links)
            for finding in loud(each):
                alarms[family][finding.code] += 1
                right[family] += is_true(volume.name, finding)
                if show:
                    print(f"  alarm {volume.name} {volume.source.name}-{seed} {finding.code}: {finding.message}")
        usual = {(f.code, f.key) for f in loud(linked)}
        for document in volume.texts:
            for kind, maker in MAKERS.items():
                if (kinds and kind not in kinds) or skipped(kind, volume):
                    continue
                name = f"{volume.source.name}-{seed}"
                # The first has the same page in each volume; of what is put in once a volume, others have others.
                chances = [f"{seed} {kind} {document}"]
                if kind in MARKERS:
                    chances += [f"{seed} {kind} {document} {name} {time}" for time in range(1, TIMES)]
                for chance in chances:
                    damaged = maker(Case(volume, document, random.Random(chance), foreign))
                    tally(tallies[kind], damaged, volume, usual, show=show, name=name)
    if not only or TRANSLATIONS.startswith(tuple(only)):
        of_translations(tallies, alarms, sentences, kinds, translation_faults.evaluate(work, seeds, shared), show=show)
    return report(tallies, alarms, sentences, right)


# What the texts with translations are called, as a family of volumes.
TRANSLATIONS = "translations"


def of_translations(
    tallies: dict[str, Tally], alarms: dict[str, Counter[str]], sentences: Counter[str], kinds: Sequence[str],
    outcomes: Iterable[translation_faults.Outcome | translation_faults.Calm], *, show: bool,
) -> None:  # fmt: skip
    """Add what was found of the faults of translations."""
    for outcome in outcomes:
        if isinstance(outcome, translation_faults.Calm):
            sentences[TRANSLATIONS] += outcome.sentences
            alarms[TRANSLATIONS][translation_faults.CODE] += len(outcome.alarms)
            for message in outcome.alarms if show else ():
                print(f"  alarm {TRANSLATIONS} {message}")
        elif not kinds or outcome.kind in kinds:
            tallies[outcome.kind].faults += 1
            tallies[outcome.kind].found += outcome.right
            if show and not outcome.right:
                print("  missed", outcome.described)


def skipped(kind: str, volume: Volume) -> bool:
    """Whether the volume does not lend itself to this kind of fault: truth of real ones says nothing of labels."""
    if volume.source.real and kind in ("marker wrong", "marker moved", "markers drifted"):
        return True
    if kind == "number changed" and volume.source.real == "oldbooks_en":
        return True  # the numbers in these texts are those of their pages
    return len(volume.scans) < 4 and kind.startswith(("page", "marker"))


def tally(into: Tally, damaged: Damaged, volume: Volume, usual: set[tuple[str, str]], *, show: bool, name: str) -> None:
    """Link the damaged volume, and count the faults that were found and the other findings."""
    linked = volume.linked(damaged.texts, damaged.scans)
    findings = loud(linked)
    reporting: set[str] = set()
    for fault in damaged.faults:
        about_fault = found(fault, findings, volume)
        reporting.update(f.key for f in about_fault)
        into.faults += 1
        into.found += bool(about_fault)
        if not about_fault:
            into.misses.append(f"{name} {fault.document} {fault.kind}: {fault.before[:90]!r} > {fault.now[:90]!r}")
            if show:
                print("  missed", into.misses[-1], fault.span, fault.scans)
    for finding in findings:
        if finding.key in reporting:
            into.right[finding.code] += 1
            continue
        into.true_misprints += is_true(volume.name, finding)
        if (finding.code, finding.key) in usual:
            into.usual[finding.code] += 1
        else:
            into.extra[finding.code] += 1
            if show:
                print(f"  extra {name} {finding.code} {finding.score:.2f}: {finding.message}")
