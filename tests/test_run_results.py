"""A run from end to end over small drawn collections: results that keep the contract, made anew only where needed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.results_check import check_results, read_rows
from support.small_collection import (
    ENGLISH,
    LINES,
    RUSSIAN,
    FailingEngine,
    PageEngine,
    ToldProgress,
    drawn_page,
    files_of,
    make_collection,
    results_of,
    run_collection,
    transcription,
)

from align.errors import ExitCode, UsageError

pytestmark = pytest.mark.slow  # whole runs over a collection


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection")


@pytest.fixture
def russian(tmp_path: Path) -> Path:
    """The collection without translations, which is linked in half the time."""
    return make_collection(tmp_path / "collection", english=False)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection after a run; tests only read it."""
    root = make_collection(tmp_path_factory.mktemp("ran") / "collection")
    run_collection(root, PageEngine())
    return root


@pytest.fixture
def done(ran: Path, tmp_path: Path) -> Path:
    """A copy of the collection after a run."""
    return shutil.copytree(ran, tmp_path / "collection")


def links(root: Path, volume: str = "diary") -> list[dict]:
    return read_rows(root / "aligned" / volume / "links.jsonl")


def run_json(root: Path) -> dict:
    return json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))


def edit(root: Path, document: str = "1934-12-19", language: str = "ru") -> None:
    """Takes the last sentence of a text away."""
    path = root / f"transcripts/diary/{document}.{language}.txt"
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(text[: text[:-1].rindex(".") + 1] + "\n", encoding="utf-8")


def test_results_keep_the_contract(root):
    """A plain collection gives results that schemas, ids, references, places and spans all agree on."""
    outcome = run_collection(root, PageEngine())
    assert check_results(root / "aligned") == []
    assert outcome.exit_code("error") is ExitCode.DONE
    assert (outcome.pages_read, outcome.pages_kept, outcome.volumes_kept) == (3, 0, 0)


def test_sentences_stand_on_their_pages(done):
    """Every sentence of a transcription is linked to the pages that show it, the one over a page break to both."""
    found = {
        row["content"]: sorted({area["page"] for area in row["areas"]})
        for row in links(done)
        if row["language"] == "ru"
    }
    assert found["Ночью стучал ветер, и я плохо спал до самого рассвета."] == [2]
    assert found["Утром приехал Петров из Ленинграда и привёз три письма от старых друзей."] == [1]
    assert found["Кот поймал мышь и положил её на мою рукопись."] == [3]
    assert all(pages for pages in found.values())


def test_run_json_says_what_the_files_hold(root):
    """The counts of run.json are those of the rows, for each volume and for all of them."""
    make_collection(root / "other")
    (root / "other/images/diary").rename(root / "images/letters")
    (root / "other/transcripts/diary").rename(root / "transcripts/letters")
    run_collection(root, PageEngine())
    run = run_json(root)
    for volume in ("diary", "letters"):
        rows = links(root, volume)
        assert run["volumes"][volume]["sentences"] == len(rows)
        for status in ("linked", "partial", "doubtful", "unlinked", "apart"):
            assert run["volumes"][volume][status] == sum(row["status"] == status for row in rows)
    assert run["counts"]["sentences"] == sum(own["sentences"] for own in run["volumes"].values())
    assert run["engine"] == "drawn 1"
    assert check_results(root / "aligned") == []


def test_a_second_run_touches_nothing(root):
    """Where nothing has changed no page is read, no volume linked and no result written again."""
    run_collection(root, PageEngine())
    before = {path: path.stat().st_mtime_ns for path in (root / "aligned/diary").rglob("*") if path.is_file()}
    engine = PageEngine()
    outcome = run_collection(root, engine)
    assert (engine.calls, outcome.volumes_kept) == ([], 1)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert check_results(root / "aligned") == []


def test_a_kept_volume_is_counted_like_a_fresh_one(root):
    """What a run says at its end does not depend on whether the volume had to be linked."""
    first = run_collection(root, PageEngine())
    second = run_collection(root, PageEngine())
    assert (second.counts, second.documents) == (first.counts, first.documents)


def test_editing_a_text_links_anew_without_reading(done):
    """An edited text changes its own rows, and no page goes to the engine."""
    before = len(links(done))
    edit(done)
    engine = PageEngine()
    outcome = run_collection(done, engine)
    assert (engine.calls, outcome.volumes_kept) == ([], 0)
    assert len(links(done)) == before - 1
    assert check_results(done / "aligned") == []


def test_a_text_in_another_language_reads_no_page_again(root):
    """A translation that comes later changes nothing about how pages were read."""
    for path in (root / "transcripts/diary").glob("*.en.txt"):
        path.unlink()
    run_collection(root, PageEngine())
    for document, text in ENGLISH.items():
        (root / f"transcripts/diary/{document}.en.txt").write_text(text, encoding="utf-8")
    engine = PageEngine()
    run_collection(root, engine)
    assert engine.calls == []
    assert {row["language"] for row in links(root)} == {"ru", "en"}
    assert check_results(root / "aligned") == []


def test_a_reverted_edit_gives_the_first_results_again(done):
    """Results are a function of the inputs: an edit and its reversal leave what was there."""
    first = results_of(done)
    text = done / "transcripts/diary/1934-12-19.ru.txt"
    held = text.read_bytes()
    edit(done)
    run_collection(done, PageEngine())
    assert results_of(done) != first
    text.write_bytes(held)
    run_collection(done, PageEngine())
    assert results_of(done) == first


def test_a_result_that_was_deleted_is_made_again(done):
    """A missing overlay or text brings the volume's results back, whole."""
    first = results_of(done)
    for name in ("overlays/p0002.svg", "texts/1934-12-19.ru.txt", "links.jsonl"):
        (done / "aligned/diary" / name).unlink()
        run_collection(done, PageEngine())
        assert results_of(done) == first


def test_results_of_what_is_gone_go_too(done):
    """When a document is removed, its text among the results is as well, and files of the user's own stay."""
    (done / "aligned/diary/texts/notes.md").write_text("mine")
    (done / "aligned/diary/my.csv").write_text("mine")
    for path in (done / "transcripts/diary").glob("1934-12-21.*"):
        path.unlink()
    run_collection(done, PageEngine())
    names = sorted(path.name for path in (done / "aligned/diary/texts").iterdir())
    assert names == [
        "1934-12-18.en.txt", "1934-12-18.ru.txt", "1934-12-19.en.txt", "1934-12-19.ru.txt", "notes.md",
    ]  # fmt: skip
    assert (done / "aligned/diary/my.csv").exists()
    assert check_results(done / "aligned") == []


def test_a_volume_that_is_gone_leaves_no_rows(russian):
    """Results of a volume that is no longer in the collection are removed by the next full run."""
    make_collection(russian, volume="old", english=False)
    run_collection(russian, PageEngine())
    for folder in ("images/old", "transcripts/old"):
        (russian / folder).rename(russian / folder.replace("/", "-"))
    run_collection(russian, PageEngine())
    assert not list((russian / "aligned/old").rglob("*.jsonl"))
    assert check_results(russian / "aligned") == []


def test_one_volume_alone(russian):
    """A run for one volume writes that one, and what is known of the others stays in run.json."""
    make_collection(russian, volume="letters", english=False)
    run_collection(russian, PageEngine())
    before = run_json(russian)
    edit(russian)
    engine = FailingEngine(name="drawn 2")
    outcome = run_collection(russian, engine, volume="letters", overlays="none")
    assert outcome.exit_code(None) is ExitCode.PAGES_FAILED
    after = run_json(russian)
    assert after["volumes"]["diary"] == before["volumes"]["diary"]
    assert after["volumes"]["letters"]["failed"] == 1
    assert after["counts"]["failed"] == 1
    assert check_results(russian / "aligned") == []
    again = run_collection(russian, PageEngine(), volume="diary")
    assert again.exit_code(None) is ExitCode.DONE
    assert [failure["files"] for failure in run_json(russian)["failures"]] == [["images/letters/0002.png"]]


def test_one_document_alone(done):
    """With --document the rows of other documents stay as they are, whatever happened to their texts."""
    before = {name: read_rows(done / f"aligned/diary/{name}.jsonl") for name in ("links", "findings", "documents")}
    edit(done, "1934-12-18")
    edit(done, "1934-12-19")
    engine = PageEngine()
    run_collection(done, engine, document="1934-12-19")
    assert engine.calls == []
    after = {name: read_rows(done / f"aligned/diary/{name}.jsonl") for name in before}
    for name in before:
        own = [[row for row in rows[name] if row["document"] == "1934-12-19"] for rows in (before, after)]
        rest = [[row for row in rows[name] if row["document"] != "1934-12-19"] for rows in (before, after)]
        assert rest[0] == rest[1]
        assert name != "links" or len(own[1]) == len(own[0]) - 1
    assert (done / "aligned/diary/findings.ru.jsonl").exists()
    assert (done / "aligned/findings.ru.jsonl").exists()
    assert check_results(done / "aligned") == []


def test_after_one_document_alone_the_next_run_brings_the_others_up_to_date(done):
    """A run for one document does not make the rest pass for up to date."""
    edit(done, "1934-12-18")
    edit(done, "1934-12-19")
    run_collection(done, PageEngine(), document="1934-12-19")
    run_collection(done, PageEngine())
    partly = results_of(done)
    run_collection(done, PageEngine(), retry=True)
    assert results_of(done) == partly


def test_one_document_of_a_fresh_collection(root):
    """Where there are no results yet, a run for one document gives whole ones."""
    run_collection(root, PageEngine(), document="1934-12-19")
    assert check_results(root / "aligned") == []


def test_one_document_after_the_scans_have_changed(done):
    """Rows of other documents cannot stay as they are over other pages: all are linked anew, and the user is told."""
    drawn_page(LINES[2], seed=5).save(done / "images/diary/0000.png")
    progress = ToldProgress()
    run_collection(done, PageEngine(), document="1934-12-19", progress=progress)
    assert progress.said == ["The scans of volume diary have changed: all of its documents are linked again."]
    assert check_results(done / "aligned") == []


@pytest.mark.parametrize("overlays", ["svg", "png", "none"])
def test_overlays_of_one_kind(russian, overlays):
    """Each page has one picture of the kind that was asked for last, and none of another."""
    run_collection(russian, PageEngine(), overlays="svg")
    run_collection(russian, PageEngine(), overlays=overlays)
    folder = russian / "aligned/diary/overlays"
    pictures = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    assert pictures == ([] if overlays == "none" else [f"p000{n}.{overlays}" for n in (1, 2, 3)])


def test_a_failed_page_is_in_all_reports(russian):
    """A page that could not be read is failed in pages.jsonl, counted by cause in run.json, and a finding."""
    outcome = run_collection(russian, FailingEngine())
    assert outcome.exit_code("error") is ExitCode.PAGES_FAILED
    assert [row["status"] for row in read_rows(russian / "aligned/diary/pages.jsonl")] == ["ok", "failed", "ok"]
    (failure,) = run_json(russian)["failures"]
    assert (failure["cause"], failure["files"]) == ("drawn-failure", ["images/diary/0002.png"])
    findings = read_rows(russian / "aligned/diary/findings.jsonl")
    assert [row["pages"] for row in findings if row["code"] == "page-unreadable"] == [[2]]
    assert check_results(russian / "aligned") == []


def test_sentences_of_a_failed_page_say_why(russian):
    """A sentence whose page failed is unlinked, and for that reason."""
    run_collection(russian, FailingEngine())
    lost = [
        r for r in links(russian) if r["document"] == "1934-12-19" and r["language"] == "ru" and r["role"] == "body"
    ]
    assert {row["status"] for row in lost} == {"unlinked"}
    assert {row["reason"] for row in lost} <= {"page-failed", "not-on-page"}


def test_a_volume_of_failed_pages_alone(russian):
    """A volume of which nothing could be read has all of its sentences, unlinked."""
    for path in (russian / "images/diary").iterdir():
        path.write_bytes(b"")
    outcome = run_collection(russian, PageEngine())
    assert outcome.exit_code(None) is ExitCode.PAGES_FAILED
    assert {row["status"] for row in links(russian)} == {"unlinked"}
    assert check_results(russian / "aligned") == []


def test_a_volume_without_texts(root):
    """Scans alone are read, and there is nothing to link."""
    for path in (root / "transcripts/diary").iterdir():
        path.unlink()
    outcome = run_collection(root, PageEngine())
    assert outcome.counts.sentences == 0
    assert outcome.counts.lines == sum(LINES)
    assert check_results(root / "aligned") == []


def test_findings_about_texts_belong_to_no_volume(russian):
    """A text that cannot be read, or whose volume is not there, is a finding of the collection, no more."""
    (russian / "transcripts/diary/1934-12-20.ru.txt").write_bytes(bytes(range(256)) * 40)
    (russian / "transcripts/nowhere").mkdir()
    (russian / "transcripts/nowhere/letter.ru.txt").write_text("Письмо без снимков.", encoding="utf-8")
    outcome = run_collection(russian, PageEngine())
    loose = read_rows(russian / "aligned/findings.jsonl")
    unreadable = [row for row in loose if row["code"] == "text-unreadable"]
    assert [(row["text"], row["severity"]) for row in unreadable] == [("transcripts/diary/1934-12-20.ru.txt", "error")]
    assert any("nowhere" in row["message"] for row in loose)
    assert outcome.exit_code(None) is ExitCode.DONE
    assert outcome.exit_code("error") is ExitCode.FINDINGS
    assert {row["document"] for row in links(russian)} == set(RUSSIAN)
    assert check_results(russian / "aligned") == []


def test_findings_about_texts_outlive_a_run_for_another_part(russian):
    """A run for one volume renews the findings about its own texts and leaves those about others."""
    make_collection(russian, volume="letters", english=False)
    for volume in ("diary", "letters"):
        (russian / f"transcripts/{volume}/bad.ru.txt").write_bytes(bytes(range(256)) * 40)
    run_collection(russian, PageEngine())
    (russian / "transcripts/letters/bad.ru.txt").unlink()
    run_collection(russian, PageEngine(), volume="letters")
    loose = read_rows(russian / "aligned/findings.jsonl")
    assert [row["text"] for row in loose if row["code"] == "text-unreadable"] == ["transcripts/diary/bad.ru.txt"]
    assert run_json(russian)["counts"]["findings"]["error"] == 1
    assert check_results(russian / "aligned") == []


def test_failed_pages_come_before_findings(russian):
    """Of several reasons the exit code is that of failed pages, then that of findings."""
    (russian / "transcripts/diary/bad.ru.txt").write_bytes(bytes(range(256)) * 40)
    assert run_collection(russian, FailingEngine()).exit_code("warning") is ExitCode.PAGES_FAILED
    outcome = run_collection(russian, PageEngine())
    assert [outcome.exit_code(x) for x in (None, "error", "warning")] == [
        ExitCode.DONE,
        ExitCode.FINDINGS,
        ExitCode.FINDINGS,
    ]


def test_inputs_are_never_touched(russian):
    """A run changes nothing but the folder of results."""
    before = {n: d for n, d in files_of(russian, hidden=True).items() if not n.startswith("aligned/")}
    run_collection(russian, PageEngine())
    after = {n: d for n, d in files_of(russian, hidden=True).items() if not n.startswith("aligned/")}
    assert after == before


@pytest.mark.parametrize("wanted", [{"volume": "nothing"}, {"document": "1999-01-01"}])
def test_what_is_not_there_cannot_be_asked_for(root, wanted):
    """A volume or document that the collection does not have is a wrong use that names what to give."""
    with pytest.raises(UsageError) as caught:
        run_collection(root, PageEngine(), **wanted)
    assert next(iter(wanted.values())) in caught.value.message
    assert "give" in caught.value.message


def test_results_do_not_depend_on_the_folder(tmp_path):
    """The same collection under another path has the same results, byte for byte."""
    first = make_collection(tmp_path / "one")
    second = make_collection(tmp_path / "другая папка")
    run_collection(first, PageEngine())
    run_collection(second, PageEngine())
    assert results_of(first) == results_of(second)


def test_a_text_that_was_edited_is_found_in_the_results(done):
    """The plain texts among the results are the texts that spans count in."""
    path = done / "transcripts/diary/1934-12-21.ru.txt"
    path.write_bytes("\ufeff".encode() + transcription("1934-12-21").replace("\n", "\r\n").encode())
    run_collection(done, PageEngine())
    written = (done / "aligned/diary/texts/1934-12-21.ru.txt").read_bytes()
    assert written == transcription("1934-12-21").replace("\n", "\r\n").encode()
    assert check_results(done / "aligned") == []
