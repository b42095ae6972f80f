"""`align corrections`: the accepted readings of a collection as corrected copies."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from support.small_collection import PageEngine, make_collection, run_collection

from align.cli.main import main
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened
from align.decisions.subjects import SubjectAt, subjects_of
from align.errors import ExitCode
from align.files.store.results import Results
from align.model.decision import UNDONE, Event

DOCUMENT = "transcripts/diary/1934-12-19.ru"
MISSING = "Мельник подарил нам мешок гречневой муки."


class Desk:
    """A collection in which a name is misspelled and a line is missing, run once, and its decisions."""

    def __init__(self, root: Path, suffix: str = ".txt") -> None:
        self.root, self.text = root, root / f"{DOCUMENT}{suffix}"
        words = (root / f"{DOCUMENT}.txt").read_text("utf-8").replace("Кузьма", "Козьма").replace(f" {MISSING}", "")
        (root / f"{DOCUMENT}.txt").unlink()
        if suffix == ".xml":
            words = words.replace("клубе", "<hi>клубе</hi>").replace("\n\n", "</p>\n<p>")
            words = f"<TEI><text><body><p>{words}</p></body></text></TEI>"
        self.text.write_text(words, "utf-8")
        self.words = words
        self.out = root / "aligned/corrections"
        self.run()

    def run(self) -> None:
        run_collection(self.root, PageEngine())
        self.found = {
            finding.code: (finding, at)
            for volume in [Results.opened(self.root / "aligned").volume("diary")]
            for finding in volume.findings
            if finding.text in (None, self.text.relative_to(self.root).as_posix())
            for at in subjects_of(volume)
            if at.subject == ("finding", finding.key)
        }

    def decide(self, at: SubjectAt, decision: str = "mend", number: int = 1, **more: object) -> Event:
        event = Event(
            f"{number:032x}", "2026-11-28T08:00:00.000Z", "=Anna", at.subject, decision,
            content=at.content, where=at.where, texts=at.texts, **more,
        )  # fmt: skip
        database = opened(address_of(self.root))
        DecisionStore(database).record(event)
        database.close()
        return event

    def misprint(self, reading: str = "Кузьма") -> Event:
        return self.decide(self.found["likely-misprint"][1], value={"reading": reading})

    def missing(self) -> Event:
        finding, at = self.found["line-not-in-text"]
        return self.decide(at, number=2, value={"reading": finding.scan_text})

    def inputs(self) -> dict[str, str]:
        files = [p for f in ("images", "transcripts") for p in (self.root / f).rglob("*") if p.is_file()]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def copy(self) -> str:
        return (self.out / self.text.relative_to(self.root)).read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path)


@pytest.mark.parametrize("suffix", [".txt", ".xml"])
def test_copies_a_diff_and_a_list(root: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misprint is mended and a missing line put in its place; the copy, the diff and the list say so, inputs stay."""
    desk = Desk(root, suffix)
    desk.misprint()
    desk.missing()
    before = desk.inputs()
    assert main(["corrections", str(root)]) == ExitCode.DONE
    after = "расстроен."
    expected = desk.words.replace("Козьма", "Кузьма").replace(after, f"{after} {MISSING}")
    assert desk.copy() == expected
    assert desk.inputs() == before
    rows = list(csv.DictReader((desk.out / "corrections.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["old"], row["new"], row["who"]) for row in rows] == [
        ("Козьма", "Кузьма", "'=Anna"),
        ("", MISSING, "'=Anna"),
    ]
    assert {row["file"] for row in rows} == {f"{DOCUMENT}{suffix}"}
    said = capsys.readouterr()
    assert "“Козьма” → “Кузьма”" in said.out
    assert "2 readings put into 1 copy." in said.err
    if shutil.which("patch"):
        shutil.copytree(root / "transcripts", root / "patched/transcripts")
        subprocess.run(["patch", "-p1", "-i", str(desk.out / "corrections.diff")], cwd=root / "patched", check=True)
        assert (root / f"patched/{DOCUMENT}{suffix}").read_text("utf-8") == expected


def test_what_cannot_be_put_in_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that was edited after the run keeps its reading out, by name; what is elsewhere in it goes in."""
    desk = Desk(root)
    desk.misprint()
    desk.missing()
    desk.text.write_text(desk.words.replace("Козьма", "Иван К"), "utf-8")
    assert main(["corrections", str(root)]) == ExitCode.DONE
    assert desk.copy() == desk.words.replace("Козьма", "Иван К").replace("расстроен.", f"расстроен. {MISSING}")
    assert "“Кузьма” of =Anna is not put in, since “Козьма” is no longer at its place" in capsys.readouterr().err
    desk.run()
    assert main(["corrections", str(root)]) == ExitCode.DONE
    assert "“Кузьма” of =Anna is not put in, since" in capsys.readouterr().err


def test_an_undone_decision_takes_its_copy_away(root: Path) -> None:
    """After an undo the copy is gone, and what others put into the folder stays."""
    desk = Desk(root)
    event = desk.misprint()
    assert main(["corrections", str(root), "--out", str(root / "corrected")]) == ExitCode.DONE
    copy = root / f"corrected/{DOCUMENT}.txt"
    other = copy.with_name("mine.txt")
    other.write_text("mine", "utf-8")
    assert "Кузьма" in copy.read_text("utf-8")
    desk.decide(desk.found["likely-misprint"][1], UNDONE, number=9, based_on=event.event)
    assert main(["corrections", str(root), "--out", str(root / "corrected")]) == ExitCode.DONE
    assert (copy.exists(), other.exists()) == (False, True)


def test_a_collection_without_decisions(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is put in, no store is made, and a finding to be mended by hand is counted."""
    desk = Desk(root)
    assert main(["corrections", str(root)]) == ExitCode.DONE
    assert "0 readings put into 0 copies." in capsys.readouterr().err
    assert not (root / "review").exists()
    desk.decide(desk.found["likely-misprint"][1])
    assert main(["corrections", str(root)]) == ExitCode.DONE
    assert "1 finding to be mended by hand" in capsys.readouterr().err


def test_it_never_writes_where_the_inputs_are(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The collection itself is no folder for the copies."""
    Desk(root)
    assert main(["corrections", str(root), "--out", str(root)]) == ExitCode.UNUSABLE_INPUT
    assert "holds the collection itself" in capsys.readouterr().err
