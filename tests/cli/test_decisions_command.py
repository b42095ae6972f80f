"""`align decisions` as an editor uses it: what is taken, what is not and why, and that nothing is half taken."""

from __future__ import annotations

import csv
import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from support.front_end import needs_front_end
from support.report_collection import finding, report_volume, write_collection

from align.cli.main import main
from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.model.decision import Event, Subject

NAME = "Anna Smirnova"


@pytest.fixture
def root(tmp_path):
    """A collection with results, without the scan that cannot be opened."""
    volume = report_volume()
    found = tuple(own for own in volume.findings if 5 not in own.pages)
    write_collection(tmp_path / "my diary", replace(volume, findings=found), loose=(finding(90, "unknown-type"),))
    return tmp_path / "my diary"


def keys() -> list[str]:
    return [own.key for own in report_volume().findings]


def store_of(root: Path) -> Path:
    return root / "review" / "decisions.sqlite"


def decided(root: Path) -> dict[str, tuple[object, ...]]:
    """What stands in the store, by key."""
    if not store_of(root).exists():
        return {}
    with closing(opened(store_of(root))) as database:
        return {
            subject.key: (own.decision, own.value, own.comment, own.flag, own.by)
            for subject, own in DecisionStore(database).standing().items()
        }


def record(root: Path, key: str, decision: str, number: int, *, by: str = "Boris", **fields: object) -> Event:
    own = Event(f"{number:032x}", "2026-11-28T08:00:00.000Z", by, Subject("finding", key), decision, **fields)
    with closing(opened(store_of(root))) as database:
        DecisionStore(database).record(own)
    return own


def table(path: Path, *rows: list[str], head=("decision", "comment", "key")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path


def take(root: Path, path: Path, *options: str) -> int:
    return main(["decisions", "import", str(root), str(path), "--by", NAME, *options])


def test_a_table_is_taken(root, tmp_path, capsys):
    """Rows become decisions by who is named, with what the editor saw; a second time they are there already."""
    one, two, *_ = keys()
    path = table(tmp_path / "t.csv", ["false alarm", "see p. 5", one], ["исправить", "", two], ["", "", keys()[2]])
    assert take(root, path) == 0
    assert capsys.readouterr().out == "2 decisions were taken.\n"
    assert decided(root) == {
        one: ("false-alarm", None, "see p. 5", False, NAME), two: ("mend", None, "", False, NAME),
    }  # fmt: skip
    with closing(opened(store_of(root))) as database:
        event = DecisionStore(database).standing_of(Subject("finding", one))
    assert event.content == "Эту строку пропустили"
    assert (event.where.volume, event.where.page, event.where.code) == ("v", 1, "line-not-in-text")
    assert take(root, path) == 0
    assert capsys.readouterr().out == "0 decisions were taken.\n2 decisions stood here already.\n"


def test_rows_that_cannot_be_taken_are_told_one_by_one(root, tmp_path, capsys):
    """Each such row is named with its number and the reason, the others are taken, and the exit code is 6."""
    one, two, three, *_ = keys()
    path = table(
        tmp_path / "t.csv", ["yes", "", one], ["false alarm", "", two], ["mend", "", "no key"], ["mend", "", "f" * 16],
        ["mend", "a", three], ["leave", "b", three], ["mend", "", ""],
    )  # fmt: skip
    assert take(root, path) == 6
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "1 decision was taken."
    assert [line.partition(" (")[0] for line in said[1:-1]] == [f"Not taken: row {n}" for n in (2, 4, 5, 6, 7, 8)]
    assert "'yes' is no decision" in "".join(said)
    assert "the results have no finding with this key now" in "".join(said)
    assert "row 7 has the same key and says something else" in "".join(said)
    assert said[-1] == "Decisions on what is gone are taken with --gone."
    assert list(decided(root)) == [two]


def test_what_is_gone_is_taken_when_asked(root, tmp_path, capsys):
    """With --gone a decision on a finding that is gone is kept, with what its row says of it."""
    head = ("decision", "key", "code", "volume", "source text", "scan text")
    path = table(tmp_path / "t.csv", ["mend", "f" * 16, "likely-misprint", "v", "1470", "1410"], head=head)
    assert take(root, path, "--gone") == 0
    with closing(opened(store_of(root))) as database:
        (event,) = DecisionStore(database).standing().values()
    assert (event.content, event.where.code) == ("1470\n1410", "likely-misprint")


def test_a_dry_run_records_nothing(root, tmp_path, capsys):
    """--dry-run says what would be done, and makes no store."""
    path = table(tmp_path / "t.csv", ["false alarm", "", keys()[0]], ["perhaps", "", keys()[1]])
    assert take(root, path, "--dry-run") == 6
    said = capsys.readouterr().out
    assert said.startswith("1 decision would be taken.\n")
    assert "'perhaps' is no decision" in said
    assert not (root / "review").exists()


def test_conflicts_are_listed_and_settled_when_asked(root, tmp_path, capsys):
    """A row that says otherwise than what stands changes nothing until --theirs; --ours keeps what stands."""
    one = keys()[0]
    record(root, one, "leave", 1, comment="the page says so")
    path = table(tmp_path / "t.csv", ["false alarm", "", one])
    assert take(root, path) == 6
    said = capsys.readouterr().out
    assert f"Conflict: row 2 ({one}): the table says false alarm" in said
    assert "what stands is leave as it is (Boris, 2026-11-28; the page says so)" in said
    assert take(root, path, "--ours") == 0
    assert decided(root)[one][0] == "leave"
    assert take(root, path, "--theirs") == 0
    assert decided(root)[one] == ("false-alarm", None, "the page says so", False, NAME)


@pytest.mark.slow
def test_the_report_does_not_overwrite_what_is_not_kept(root, capsys):
    """A table with new decisions stops align report before it writes anything; after the import it goes on."""
    needs_front_end("report.js")
    assert main(["report", str(root)]) == 0
    path = root / "aligned" / "report" / "findings.xlsx"
    before = path.read_bytes()
    book = openpyxl.load_workbook(path)
    head = [cell.value for cell in book.active[1]]
    row = next(row for row in book.active.iter_rows(min_row=2) if row[head.index("key")].value == keys()[0])
    row[0].value, row[1].value = "false alarm", "no such line"
    book.save(path)
    filled = path.read_bytes()
    path.with_name("index.html").write_bytes(b"old")
    capsys.readouterr()
    assert main(["report", str(root)]) == 3
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "findings.xlsx holds 1 decision that is not kept yet" in said
    assert f"`align decisions import '{root}' '{path}'`" in said
    assert path.read_bytes() == filled != before
    assert path.with_name("index.html").read_bytes() == b"old"
    assert take(root, path) == 0
    assert main(["report", str(root)]) == 0
    assert path.with_name("index.html").read_bytes() != b"old"
    sheet = openpyxl.load_workbook(path).active
    row = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("key")].value == keys()[0])
    assert [row[0].value, row[1].value] == ["false alarm", "no such line"]
    assert main(["report", str(root)]) == 0


@pytest.mark.slow
def test_a_table_that_cannot_be_read_is_not_overwritten(root, capsys):
    """Where nobody knows what a table holds, align report says so and writes nothing."""
    needs_front_end("report.js")
    assert main(["report", str(root)]) == 0
    path = root / "aligned" / "report" / "findings.csv"
    path.write_bytes(b"\xd0\xcf\x11\xe0 with a password")
    assert main(["report", str(root)]) == 3
    assert "findings.csv cannot be read" in capsys.readouterr().err
    assert path.read_bytes().endswith(b"password")


def test_a_table_that_was_written_before(root, tmp_path, capsys):
    """A row that says what stood when its table was written does not undo what another decided since."""
    one, two, *_ = keys()
    first, stood = record(root, one, "mend", 1), record(root, two, "mend", 2)
    record(root, one, "leave", 3, based_on=first.event)
    head = ("decision", "comment", "key", "decided before")
    path = table(
        tmp_path / "t.csv", ["to be mended", "", one, first.event], ["cannot tell", "", two, stood.event], head=head
    )
    assert take(root, path) == 0
    assert capsys.readouterr().out == "1 decision was taken.\n1 left as decided here.\n"
    assert {key: own[0] for key, own in decided(root).items()} == {one: "leave", two: "cannot-tell"}


def test_nothing_is_half_taken(root, tmp_path, monkeypatch):
    """Where recording fails, no row is in the store."""
    path = table(tmp_path / "t.csv", *(["mend", "", key] for key in keys()[:4]))

    real = DecisionStore.record_all
    monkeypatch.setattr(
        DecisionStore, "record_all", lambda self, events: real(self, [*events, replace(events[0], event="f" * 32)])
    )
    assert take(root, path) != 0
    assert decided(root) == {}


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_out_and_back_in(root, tmp_path, capsys, form):
    """What was exported is taken into an empty store, and stands there as it stood here; CSV by who takes it in."""
    one, two, three, *_ = keys()
    first = record(root, one, "mend", 1, value={"reading": "=1470"}, comment="a\nb; «c»", flag=True)
    record(root, two, "leave", 2)
    record(root, two, "false-alarm", 3, based_on=f"{2:032x}")
    record(root, three, "cannot-tell", 4)
    before = decided(root)
    assert main(["decisions", "export", str(root), str(tmp_path / "d"), "--format", form]) == 0
    shutil.rmtree(root / "review")
    capsys.readouterr()
    assert take(root, tmp_path / "d") == 0
    assert decided(root) == {key: (*own[:4], "Boris" if form == "jsonl" else NAME) for key, own in before.items()}
    assert take(root, tmp_path / "d") == 0
    assert first.comment in [own[2] for own in decided(root).values()]


def test_export_names_a_new_file(root, tmp_path, capsys):
    """An export does not overwrite a file, and without one goes to standard output."""
    record(root, keys()[0], "mend", 1)
    (tmp_path / "d").write_text("mine", encoding="utf-8")
    assert main(["decisions", "export", str(root), str(tmp_path / "d")]) == 3
    assert "is there already" in capsys.readouterr().err
    assert main(["decisions", "export", str(root)]) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == "mend"


def test_export_without_decisions(root, capsys):
    """A collection without a store gives nothing out, and no store is made."""
    assert main(["decisions", "export", str(root)]) == 0
    assert capsys.readouterr().out == ""
    assert not (root / "review").exists()


def test_damaged_lines_are_told_and_the_others_taken(root, tmp_path, capsys):
    """A line that is no event is named with its number; the events of the other lines are taken together."""
    record(root, keys()[0], "mend", 1)
    main(["decisions", "export", str(root), str(tmp_path / "d")])
    shutil.rmtree(root / "review")
    with (tmp_path / "d").open("ab") as stream:
        stream.write(b'{"event": 1}\n{"half')
    capsys.readouterr()
    assert take(root, tmp_path / "d") == 6
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "1 decision was taken."
    assert [line[:17] for line in said[1:]] == ["Not taken: Line 2", "Not taken: Line 3"]


def test_two_stores_are_joined(root, tmp_path, capsys):
    """What the other decided alone is taken, what both decided the same stays, what differs is listed with both."""
    one, two, three, four, *_ = keys()
    other = tmp_path / "other.sqlite"
    for number, (key, decision) in enumerate([(one, "mend"), (two, "mend"), (three, "leave")], start=1):
        record(root, key, decision, number)
    with closing(opened(other)) as database:
        for number, (key, decision) in enumerate([(two, "mend"), (three, "false-alarm"), (four, "leave")], start=11):
            own = Event(f"{number:032x}", "2026-11-28T09:00:00.000Z", "Vera", Subject("finding", key), decision)
            DecisionStore(database).record(own)
    assert main(["decisions", "join", str(root), str(other), "--dry-run"]) == 6
    assert list(decided(root)) == [one, two, three]
    assert main(["decisions", "join", str(root), str(other)]) == 6
    said = capsys.readouterr().out.splitlines()
    assert said[-4:] == [
        "1 decision was taken.",
        "1 decision stood here already.",
        f"Conflict: finding {three}: here leave as it is (Boris, 2026-11-28), there false alarm (Vera, 2026-11-28)",
        "Settle all conflicts: --theirs takes what comes in, --ours keeps what stands.",
    ]
    assert {key: own[0] for key, own in decided(root).items()} == {
        one: "mend",
        two: "mend",
        three: "leave",
        four: "leave",
    }
    assert main(["decisions", "join", str(root), str(other), "--ours"]) == 0
    assert decided(root)[three][0] == "leave"
    assert main(["decisions", "join", str(root), str(other), "--theirs"]) == 0
    assert decided(root)[three] == ("false-alarm", None, "", False, "Vera")
    assert main(["decisions", "join", str(root), str(other)]) == 0


def test_join_with_nothing(root, tmp_path, capsys):
    """Another store that is not there is one sentence, and none is made."""
    assert main(["decisions", "join", str(root), str(tmp_path)]) == 3
    assert "holds no decisions" in capsys.readouterr().err
    assert not (root / "review").exists()


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\u202eb", "x" * 201])
def test_names_of_editors(root, tmp_path, capsys, name):
    """A name that is empty, too long or hides something is refused."""
    path = table(tmp_path / "t.csv", ["false alarm", "", keys()[0]])
    assert main(["decisions", "import", str(root), str(path), "--by", name]) == 2
    assert not (root / "review").exists()


def test_decisions_kept_elsewhere(root, tmp_path):
    """--decisions names the store, and the collection stays as it is."""
    path = table(tmp_path / "t.csv", ["false alarm", "", keys()[0]])
    assert take(root, path, "--decisions", str(tmp_path / "d.sqlite")) == 0
    assert (tmp_path / "d.sqlite").exists()
    assert not (root / "review").exists()
