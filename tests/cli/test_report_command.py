"""`align report` as a user runs it: what it prints, what it writes, how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from support.front_end import needs_front_end
from support.report_collection import HOSTILE, finding, hostile_volume, report_volume, write_collection

from align.cli import command
from align.cli.findings_table import LISTED, findings_table
from align.cli.main import main
from align.decisions.calibration import Alarms
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.model import FindingDecision
from align.web.report import gathered


@pytest.fixture
def root(tmp_path):
    """A collection with results."""
    needs_front_end("report.js")
    write_collection(tmp_path / "mydiary", report_volume(), loose=(finding(90, "unknown-type"),))
    return tmp_path / "mydiary"


def run(*words):
    return CliRunner().invoke(command, ["report", *map(str, words)], standalone_mode=False)


def table(root, *, width=100, against=None, alarms=()):
    other = Results.opened(against / "aligned") if against else None
    report = gathered(
        Results.opened(root / "aligned"), title="t", against=other, against_name="then" if against else None
    )
    return list(findings_table(report, width, alarms))


def test_the_table_of_a_usual_report(root, golden):
    """The words of the table are those that were read and agreed on."""
    golden("cli/findings.txt", "\n".join(table(root)) + "\n")


def test_the_table_against_an_earlier_run(root, tmp_path, golden):
    """What is new, gone and moved is counted and named under the table."""
    volume = report_volume()
    older = (*volume.findings[:2], finding(77, "link-doubtful", message="An old matter.", source_text="старое"))
    write_collection(tmp_path / "then", replace(volume, findings=older))
    golden("cli/findings_against.txt", "\n".join(table(root, against=tmp_path / "then")) + "\n")


def test_requested_data_alone_on_standard_output(root):
    """The table goes to standard output, which file to open to standard error; results are where they belong."""
    done = run(root)
    assert done.exception is None
    assert done.stdout.splitlines()[-1].split() == ["1", "note", "page-blank"]
    assert "mydiary/aligned/report/index.html" in done.stderr
    assert "Not shown: images/v/last.pdf" in done.stderr
    assert (root / "aligned" / "report" / "index.html").is_file()


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_lines_fit(tmp_path, width):
    """No line is wider than the terminal (or 80 columns), and none holds what a terminal would obey, or turns."""
    write_collection(tmp_path, hostile_volume())
    lines = table(tmp_path, width=width)
    assert len(lines) > len(HOSTILE)
    for line in lines:
        assert cell_len(line) <= max(width, 80)
        assert not set(line) & set("\x1b\x08\u202e\u2067\u2028\t\r\n")


def test_a_long_list_is_cut(tmp_path):
    """Of many findings a screen's worth is listed; all are counted."""
    volume = report_volume()
    many = tuple(replace(volume.findings[0], id=f"v.f{n}", key=f"{n:016x}") for n in range(500))
    write_collection(tmp_path, replace(volume, findings=many))
    lines = table(tmp_path)
    assert f"… and {500 - LISTED} more." in lines
    assert len(lines) < LISTED + 10
    assert "   500  warning  line-not-in-text" in lines


def test_decided_findings_are_counted_and_not_listed(tmp_path):
    """What an editor decided is in the table by its number alone, and does not count for --fail-on."""
    volume = report_volume()
    said = FindingDecision("false-alarm", None, "", False, "Anna", "2026-11-28T08:00:00.000Z", "0" * 32)
    findings = tuple(replace(own, decision=said) for own in volume.findings if 5 not in own.pages)
    write_collection(tmp_path, replace(volume, findings=findings))
    assert table(tmp_path) == [f"Findings: 0 errors, 0 warnings, 0 notes; {len(findings)} more are decided."]
    done = run(tmp_path, "--fail-on", "warning")
    assert (done.exception, done.return_value) == (None, 0)


def test_the_table_tells_how_often_a_kind_was_a_false_alarm(root):
    """Below the findings each kind that was decided on has its share of false alarms, also of findings gone since."""
    assert table(root, alarms=(Alarms("likely-misprint", 40, 10), Alarms("words-unread", 3, 0)))[-3:] == [
        "False alarms among the findings that were decided here:",
        "    10 of 40    likely-misprint, 25 %",
        "     0 of 3     words-unread, 0 %",
    ]


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        ({"error", "warning", "note"}, None, 0),
        ({"error", "warning", "note"}, "error", 6),
        ({"warning", "note"}, "error", 0),
        ({"warning", "note"}, "warning", 6),
        ({"error"}, "warning", 6),
        ({"note"}, "warning", 0),
    ],
)
def test_fail_on(tmp_path, severities, fail_on, code):
    """The command ends with 6 where there are findings at or above --fail-on, as a run does."""
    volume = report_volume()
    # The scan of page 5 cannot be opened, which comes first in the exit code.
    findings = tuple(f for f in volume.findings if f.severity in severities and 5 not in f.pages)
    write_collection(tmp_path, replace(volume, findings=findings))
    done = run(tmp_path, *(["--fail-on", fail_on] if fail_on else []))
    assert (done.exception, done.return_value) == (None, code)


def test_a_scan_without_a_picture_is_in_the_exit_code(root, capfd):
    """Scans that changed since the run are named and not shown, the report is written, and the exit code is 5."""
    scan = root / "images/v/0002.tif"
    scan.write_bytes(scan.read_bytes()[:-9])
    assert main(["report", str(root), "--fail-on", "error"]) == 5
    said = capfd.readouterr().err
    assert said.count("Not shown: images/v/0002.tif has changed since the run: run align run again.") == 1
    assert len(list((root / "aligned/report/crops").iterdir())) == 1
    assert "has changed since the run" in (root / "aligned/report/index.html").read_text(encoding="utf-8")


def test_without_results(root, capsys):
    """Before any run the command says in one sentence that align run comes first, and ends with 3."""
    assert main(["report", str(root), "--out", str(root / "nothing")]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "run align run first" in said.err
    assert not (root / "nothing").exists()


def test_against_something_without_results(root, tmp_path, capsys):
    """An --against that holds no results is one sentence that says what to name."""
    (tmp_path / "empty").mkdir()
    assert main(["report", str(root), "--against", str(tmp_path / "empty")]) == 3
    assert "--against" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["", "aligned"])
def test_against_a_collection_or_its_results(root, tmp_path, part):
    """--against takes a collection, or a folder of results."""
    write_collection(tmp_path / "then", report_volume())
    done = run(root, "--against", tmp_path / "then" / part)
    assert done.exception is None
    assert "1 new, 0 gone, 0 moved, 10 same" in done.stdout


def test_two_reports_at_once(root):
    """While another process writes into the folder, a report says so and writes nothing."""
    with ResultStore(root / "aligned").opened():
        assert main(["report", str(root)]) == 3
    assert not (root / "aligned" / "report").exists()
