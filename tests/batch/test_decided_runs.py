"""Runs over a collection in which editors decided something."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from support.decided import event
from support.results_check import check_results
from support.small_collection import PAGES, PageEngine, make_collection, results_of, run_collection

from align.api.decisions_read import standing_events
from align.batch.keeping.outcome import Outcome
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened
from align.database.tables import EVENTS
from align.decisions.subjects import SubjectAt, subjects_of
from align.errors import ExitCode
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.model import VolumeResult
from align.model.decision import Event, Json, Subject

Rows = list[dict[str, Any]]


class Desk:
    """A collection with its results, and what is decided of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.standing: dict[Subject, Event] = {}
        self.engine = PageEngine()

    def run(self, **options: object) -> Outcome:
        return run_collection(self.root, self.engine, standing=lambda: self.standing, **options)

    def volume(self, name: str = "diary") -> VolumeResult:
        return Results.opened(self.root / "aligned").volume(name)

    def rows(self, file: str) -> Rows:
        return [json.loads(line) for line in (self.root / "aligned/diary" / file).read_text("utf-8").splitlines()]

    def subject(self, kind: str, fits: Callable[[SubjectAt], bool] = lambda at: True) -> SubjectAt:
        return next(at for at in subjects_of(self.volume()) if at.subject.kind == kind and fits(at))

    def decide(self, at: SubjectAt, decision: str | None, value: Mapping[str, Json] | None = None) -> Event:
        event = Event(
            f"{len(self.standing) + 1:032x}", "2026-11-28T08:00:00.000Z", "Anna", at.subject, decision, value,
            texts=at.texts, content=at.content, where=at.where,
        )  # fmt: skip
        self.standing[at.subject] = event
        return event


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A collection with a misprint, run once."""
    root = make_collection(tmp_path)
    text = root / "transcripts/diary/1934-12-19.ru.txt"
    text.write_text(text.read_text("utf-8").replace("Кузьма", "Фёдор"), "utf-8")
    desk = Desk(root)
    desk.run()
    yield desk
    assert check_results(root / "aligned") == []


def test_without_decisions_nothing_is_written_again(desk: Desk) -> None:
    """A second run without decisions keeps all results, and a store with none is as good as no store."""
    before = results_of(desk.root)
    outcome = desk.run()
    assert (outcome.volumes_kept, outcome.earlier_decisions) == (1, 0)
    assert results_of(desk.root) == before


def test_a_decided_finding_stays_and_counts_no_more(desk: Desk) -> None:
    """A false alarm stays in the file with its decision, is counted apart, and no volume is linked again for it."""
    before = results_of(desk.root)
    warned = desk.run()
    assert warned.exit_code("warning") == ExitCode.FINDINGS
    for at in list(subjects_of(desk.volume())):
        if at.subject.kind == "finding":
            desk.decide(at, "false-alarm")
    outcome = desk.run()
    assert (outcome.volumes_kept, outcome.pages_read) == (1, 0)
    assert outcome.counts.decided == len(desk.rows("findings.jsonl")) > 0
    assert set(outcome.counts.findings.values()) == {0}
    assert outcome.exit_code("warning") == ExitCode.DONE
    assert {row["decision"]["decision"] for row in desk.rows("findings.jsonl")} == {"false-alarm"}
    changed = {name for name, data in results_of(desk.root).items() if before[name] != data}
    assert changed == {"diary/findings.jsonl"}
    desk.standing.clear()
    desk.run()
    assert results_of(desk.root) == before


def test_a_comment_alone_decides_nothing(desk: Desk) -> None:
    """A finding with a comment and a flag still counts."""
    at = desk.subject("finding")
    event = desk.decide(at, None)
    desk.standing[at.subject] = replace(event, comment="siehe S. 53", flag=True)
    outcome = desk.run()
    assert outcome.counts.decided == 0
    assert desk.rows("findings.jsonl")[0]["decision"]["comment"] == "siehe S. 53"


def test_a_decision_on_an_earlier_text_is_told(desk: Desk) -> None:
    """After the sentence was edited its finding counts again, and the row shows the earlier decision."""
    at = desk.subject("finding", lambda at: "Фёдор" in at.content)
    event = desk.decide(at, "leave")
    assert desk.run().counts.decided == 1
    text = desk.root / "transcripts/diary/1934-12-19.ru.txt"
    text.write_text(text.read_text("utf-8").replace("Плотник Фёдор забыл", "Плотник Фёдор позабыл"), "utf-8")
    outcome = desk.run()
    assert (outcome.counts.decided, outcome.earlier_decisions) == (0, 1)
    told = [row["decision"] for row in desk.rows("findings.jsonl") if row["decision"]]
    assert [(decision["event"], decision["standing"]) for decision in told] == [(event.event, "changed")]


def test_the_state_of_a_document_is_in_its_row(desk: Desk) -> None:
    """Contents and report can say how far an editor is, and who said so when."""
    desk.decide(desk.subject("document"), "done")
    assert desk.run().volumes_kept == 1
    states = [row["state"] for row in desk.rows("documents.jsonl")]
    assert states == [{"state": "done", "by": "Anna", "time": "2026-11-28T08:00:00.000Z"}, None, None]


def test_a_placed_link_is_linked_again_and_stays(desk: Desk) -> None:
    """A link has the editor's boxes after the next run, and after the one that has nothing new."""
    page = desk.volume().pages[2].key
    at = desk.subject("link", lambda at: at.words.startswith("Кот поймал"))
    desk.decide(at, "placed", {"areas": [{"page": page, "boxes": [[60, 70, 200, 16], [60, 400, 300, 20]]}]})
    assert desk.run().volumes_kept == 0
    (row,) = (row for row in desk.rows("links.jsonl") if row["key"] == at.subject.key)
    assert (row["status"], row["score"], row["via"], row["decided"]) == ("linked", 1.0, "editor", "placed")
    assert [(area["page"], area["boxes"]) for area in row["areas"]] == [(3, [[60, 70, 200, 16], [60, 400, 300, 20]])]
    assert row["areas"][0]["lines"] == [desk.volume().pages[2].line_id(0), None]
    before = results_of(desk.root)
    assert desk.run().volumes_kept == 1
    assert results_of(desk.root) == before
    assert desk.run(document="1934-12-21").counts.sentences == len(desk.rows("links.jsonl"))


def test_boxes_beyond_the_scan_are_not_published(desk: Desk) -> None:
    """A box over the edge is cut there; a link with all boxes beyond it stays where the run puts it."""
    page = desk.volume().pages[2]
    at = desk.subject("link", lambda at: at.words.startswith("Кот поймал"))
    desk.decide(at, "placed", {"areas": [{"page": page.key, "boxes": [[60, 70, 900_000, 16], [900_000, 1, 5, 5]]}]})
    desk.run()
    (row,) = (row for row in desk.rows("links.jsonl") if row["key"] == at.subject.key)
    assert [area["boxes"] for area in row["areas"]] == [[[60, 70, page.scan.width - 60, 16]]]
    desk.decide(at, "placed", {"areas": [{"page": page.key, "boxes": [[900_000, 900_000, 5, 5]]}]})
    desk.run()
    (row,) = (row for row in desk.rows("links.jsonl") if row["key"] == at.subject.key)
    assert (row["decided"], row["via"]) == (None, "ocr")


def test_boxes_on_two_pages_are_one_link(desk: Desk) -> None:
    """A sentence whose boxes an editor drew on two pages has both, in the order of the pages."""
    pages = desk.volume().pages
    at = desk.subject("link", lambda at: at.words.startswith("Кот поймал"))
    boxes = [[60, 400, 300, 20], [60, 40, 200, 16]]
    areas = [{"page": page.key, "boxes": [box]} for page, box in zip(pages[1:], boxes, strict=True)]
    desk.decide(at, "placed", {"areas": areas})
    assert desk.run().unobeyed == ()
    (row,) = (row for row in desk.rows("links.jsonl") if row["key"] == at.subject.key)
    assert [(area["page"], area["boxes"]) for area in row["areas"]] == [(2, boxes[:1]), (3, boxes[1:])]
    assert (row["status"], row["decided"]) == ("linked", "placed")


REASONS = (
    "page [1] cannot come after a page that is itself to come after it",
    "page [2] cannot come after a page that is itself to come after it",
    "page [3] cannot come after a page that is not there, and page [3] cannot be a copy of a page that is not there",
    "a box of “Кот поймал мышь и положил её на мою рукопись.” lies beyond the edge of its page: "
    "what lies on the page was taken",
    "the sentence “Этого предложения больше нет нигде.” is in no text any more",
    "the page that it is about is there no more (it was page [1])",
    "a sentence of the pair “Пары” is in no text any more",
)


def test_what_could_not_be_obeyed_is_named(desk: Desk) -> None:
    """Decisions on what is gone or cannot be done are named with their reason, by each run; all others are obeyed."""
    pages = [at for at in subjects_of(desk.volume()) if at.subject.kind == "page"]
    keys = [at.subject.key for at in pages]
    cat, other = (desk.subject("link", lambda at, n=n: at.words.startswith(n)) for n in ("Кот поймал", "Плотник"))
    desk.decide(pages[0], "stated", {"after": keys[1], "label": "iv"})
    desk.decide(pages[1], "stated", {"after": keys[0]})
    desk.decide(pages[2], "stated", {"after": "0" * 16, "copy_of": "1" * 16})
    desk.decide(cat, "placed", {"areas": [{"page": keys[2], "boxes": [[60, 70, 900_000, 16]]}]})
    gone = Subject("link", "2" * 16), Subject("page", "3" * 16), Subject("pair", "4" * 16)
    desk.decide(replace(other, subject=gone[0], content="Этого предложения больше нет нигде."), "right")
    desk.decide(replace(pages[0], subject=gone[1]), "stated", {"blank": True})
    keys_gone = json.dumps({"transcription": ["5" * 16], "translation": []})
    desk.decide(replace(other, subject=gone[2], content=f"Пары\n\n@ {keys_gone}"), "right")
    desk.decide(desk.subject("finding"), "leave")
    for _ in range(2):
        outcome = desk.run()
        said = [each.message for each in outcome.unobeyed]
        assert said == [f"Anna, 2026-11-28: {reason}." for reason in REASONS]
        assert outcome.counts.decided == 1


def test_copies_in_a_circle_are_none(desk: Desk) -> None:
    """Pages that another program wrote to be copies of each other keep their lines and links."""
    before = results_of(desk.root)
    subjects = [at for at in subjects_of(desk.volume()) if at.subject.kind == "page"]
    for n, at in enumerate(subjects):
        desk.decide(at, "stated", {"copy_of": subjects[n - 1].subject.key})
    desk.run()
    assert results_of(desk.root) == before


def test_pages_stand_as_decided(desk: Desk) -> None:
    """Pages that were put in another order are renumbered, with their labels, and back again after an undo."""
    before = results_of(desk.root)
    pages = desk.volume().pages
    first = desk.subject("page", lambda at: at.where.page == 1)
    desk.decide(first, "stated", {"after": pages[2].key, "label": "iv"})
    desk.run()
    after = desk.volume().pages
    assert [page.key for page in after] == [pages[1].key, pages[2].key, pages[0].key]
    assert [(page.order, page.id) for page in after] == [(n, f"diary.p{n:04d}") for n in (1, 2, 3)]
    assert (after[2].label, after[2].label_source) == ("iv", "assigned")
    desk.standing.clear()
    desk.run()
    assert results_of(desk.root) == before


def test_a_page_that_is_blank_has_no_lines(desk: Desk) -> None:
    """What was read on a page that an editor found blank is no line, and is in no finding."""
    desk.decide(desk.subject("page", lambda at: at.where.page == 2), "stated", {"blank": True})
    desk.run()
    page = desk.volume().pages[1]
    assert (page.status, page.lines) == ("blank", ())
    assert not any(area["page"] == 2 for row in desk.rows("links.jsonl") for area in row["areas"])


def test_decisions_of_a_store_are_obeyed_and_not_written(desk: Desk) -> None:
    """A run reads the store in review/ and leaves it as it is; where there is none, it makes none."""
    read = standing_events(desk.root, None, pytest.fail)
    assert read() == {}
    assert not (desk.root / "review").exists()
    database = opened(address_of(desk.root))
    DecisionStore(database).record(desk.decide(desk.subject("finding"), "cannot-tell"))
    database.close()
    before = (desk.root / "review/decisions.sqlite").read_bytes()
    assert run_collection(desk.root, desk.engine, standing=read).counts.decided == 1
    assert (desk.root / "review/decisions.sqlite").read_bytes() == before


def test_rows_that_are_no_decisions_are_told(tmp_path: Path) -> None:
    """A row of the store that is no decision is told in a sentence, of many the first ten alone; the others stand."""
    said: list[str] = []
    database = opened(address_of(tmp_path))
    DecisionStore(database).record_all([event(n, "leave", of=n) for n in range(1, 15)])
    with database.writing() as connection:
        connection.execute(update(EVENTS).where(EVENTS.c.number > 2).values(more="{"))
    database.close()
    assert len(standing_events(tmp_path, None, said.append)()) == 2
    assert (len(said), said[-1][:11]) == (11, "and 2 more ")
    assert all(sentence.startswith("Decision ") for sentence in said[:10])


def test_findings_of_no_volume_are_decided_too(tmp_path: Path) -> None:
    """A text that cannot be read is told by a finding of no volume, which can be decided."""
    root = make_collection(tmp_path)
    (root / "transcripts/diary/1934-12-22.ru.txt").write_text("   \n", "utf-8")
    desk = Desk(root)
    desk.run()
    loose = Results.opened(root / "aligned").loose
    at = next(iter(subjects_of(VolumeResult("", findings=loose))))
    desk.decide(at, "leave")
    assert desk.run().counts.decided == 1
    assert Results.opened(ResultStore(root / "aligned").out).loose[0].decided
    assert check_results(root / "aligned") == []
    assert len(PAGES) == 3
