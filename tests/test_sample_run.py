"""The sample collection from end to end with a real Tesseract: the contract, the shares that are right, runs again."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support.results_check import check_results
from support.sample_cases import english, only
from support.sample_run import COLLECTION, results_under
from support.sample_truth import GROUPS, TRUTH, VOLUME, Results

from align.batch.keeping.outcome import Outcome
from align.batch.run import Run
from align.errors import EngineError
from align.files.collection.opening import open_collection
from align.files.store.readings import KeptReadings, ReadingStore
from align.files.store.result_store import ResultStore
from align.model import Line
from align.ocr import TesseractEngine
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress

pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return results_under(tmp_path_factory)


# The whole


def test_results_keep_the_contract(results: Results) -> None:
    """Schemas, ids, references, places and spans of all files of the results agree."""
    assert check_results(results.out) == []


@pytest.mark.parametrize("document", TRUTH)
def test_transcriptions_are_on_their_pages_and_lines(results: Results, document: str) -> None:
    """Every sentence is on all the pages that truth gives it and on no other, 99 % of its letters on their lines."""
    found = results.agreement(document)
    assert found.off_page == []
    assert found.line >= 0.99, found.off_line
    assert found.page_precision == 1.0, found.wrong
    assert found.nowhere == []


def test_claims_are_right(results: Results) -> None:
    """Of the boxes of all transcriptions 99 % mark a line on which their sentence stands."""
    found = [results.agreement(document) for document in TRUTH]
    wrong = [name for one in found for name in one.wrong]
    assert len(wrong) <= 0.01 * sum(one.boxes for one in found), wrong


@pytest.mark.parametrize("document", TRUTH)
def test_what_is_on_the_scans_is_linked(results: Results, document: str) -> None:
    """No sentence of a transcription that stands on the scans is unlinked, and few are called doubtful."""
    text = results.text(document, "ru")
    placed = [
        link for link in results.of(document, "ru") if any(line.place(text, link["spans"]) for line in TRUTH[document])
    ]
    status = Counter(link["status"] for link in placed)
    assert status["unlinked"] == 0, [link["content"] for link in placed if link["status"] == "unlinked"]
    assert status["linked"] >= 0.9 * len(placed), status


def test_translations_are_on_their_pages_and_lines(results: Results) -> None:
    """Of the English sentences 98 % are on their pages and 95 % on their lines, and they claim as little else."""
    found = english(results, [group for group in GROUPS if group["areas"]])
    assert found.page >= 0.98, found.off_page
    assert found.line >= 0.95, found.off_line
    assert found.page_precision >= 0.98, found.wrong
    assert found.line_precision >= 0.95, found.wrong
    assert found.nowhere == []


def test_no_sentence_of_a_translation_is_left_out(results: Results) -> None:
    """Every English sentence whose counterpart stands on the scans has a place, but for elisions."""
    groups = [group for group in GROUPS if group["areas"]]
    assert [
        link["content"]
        for group in groups
        for span in group["en"]
        for link in results.over(group["document"], "en", span)
        if not link["areas"]
    ] == []


# Runs that follow


class Unread:
    """Tesseract by name, in whose place any call to read is a failed page."""

    def __init__(self) -> None:
        self.name = TesseractEngine.installed().name

    def read(self, image: NDArray[np.uint8], *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        raise EngineError("A page was to be read that had been read before.", cause="read-again")


def run_again(root: Path, out: Path) -> Outcome:
    """A run over results that are there, in which nothing can be read."""
    store = ResultStore(out, collection=root)
    with store.opened():
        return Run(
            collection=open_collection(root),
            store=store,
            readings=KeptReadings(ReadingStore(store)),
            engine=Unread(),
            pool=SerialPool(),
            progress=NullProgress(),
        ).execute()


def files_and_times(out: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in sorted((out / VOLUME).rglob("*")) if path.is_file()}


def test_a_second_run_reads_and_writes_nothing(results: Results, tmp_path: Path) -> None:
    """Where nothing has changed, no page goes to the engine and no file of the volume is written again."""
    out = tmp_path / "aligned"
    shutil.copytree(results.out, out)
    before = files_and_times(out)
    outcome = run_again(COLLECTION, out)
    assert (outcome.pages_read, outcome.pages_kept, outcome.volumes_kept) == (0, 13, 1)
    assert outcome.failures == ()
    assert files_and_times(out) == before


def test_a_changed_word_links_anew_without_reading(results: Results, tmp_path: Path) -> None:
    """One word changed in a transcription changes its links, reads no page, and leaves other texts' links alone."""
    root = tmp_path / "copy"
    for folder in ("images", "transcripts"):
        shutil.copytree(COLLECTION / folder, root / folder)
    shutil.copy(COLLECTION / "collection.toml", root)
    shutil.copytree(results.out, root / "aligned")
    path = root / "transcripts" / VOLUME / "1933-10-11.ru.txt"
    text = path.read_bytes().decode("utf-8")
    assert text.count("Вечером") == 1
    path.write_bytes(text.replace("Вечером", "Вечерком").encode("utf-8"))
    outcome = run_again(root, root / "aligned")
    assert (outcome.pages_read, outcome.volumes_kept, outcome.failures) == (0, 0, ())
    edited = Results(root / "aligned")
    assert check_results(edited.out) == []
    link = only([row for row in edited.of("1933-10-11", "ru") if "Вечерком" in row["content"]])
    assert link["status"] == "linked"
    assert [row for row in edited.links if row["document"] != "1933-10-11"] == [
        row for row in results.links if row["document"] != "1933-10-11"
    ]
