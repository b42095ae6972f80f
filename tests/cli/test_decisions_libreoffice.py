"""findings.xlsx through LibreOffice and back: the same decisions as recorded directly."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support.front_end import needs_front_end
from support.libreoffice import FORMS, converted, filled_in, needs_libreoffice
from support.report_collection import finding, report_volume, write_collection

from align.cli.main import main
from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.web.report.table import COLUMNS

pytestmark = pytest.mark.slow  # LibreOffice starts

HEADINGS = [column.name for column in COLUMNS]
# What an editor types into the first four cells, and what that is.
FILLED = (
    (("to be mended", "см. с. 5; «да»", "1470", "yes"), ("mend", {"reading": "1470"}, "см. с. 5; «да»", True)),
    (("ложная тревога", "two\nlines", "", ""), ("false-alarm", None, "two\nlines", False)),
    (("Leave as it is", "=1+1", "", ""), ("leave", None, "=1+1", False)),
    (("cannot tell", "", "", "x"), ("cannot-tell", None, "", True)),
    (("", "'tis only a comment", "", ""), (None, None, "'tis only a comment", False)),
    (("to be mended", "", "+7 999", ""), ("mend", {"reading": "+7 999"}, "", False)),
)


def standing(root: Path) -> dict[str, tuple[object, ...]]:
    with closing(opened(root / "review" / "decisions.sqlite")) as database:
        events = DecisionStore(database).standing().values()
        return {own.subject.key: (own.decision, own.value, own.comment, own.flag) for own in events}


@pytest.fixture(scope="module")
def trip(tmp_path_factory) -> tuple[Path, dict[str, Path], dict[str, tuple[object, ...]]]:
    """A collection with a report, the table as LibreOffice saved it, and what was decided in it."""
    needs_libreoffice()
    needs_front_end("report.js")
    folder = tmp_path_factory.mktemp("libreoffice")
    volume = report_volume()
    found = tuple(own for own in volume.findings if 5 not in own.pages)
    digits = finding(91, "unknown-type")
    loose = (replace(digits, key="1234567890123456"), replace(digits, key="12e4567890123456", id="f2"))
    write_collection(folder / "diary", replace(volume, findings=found), loose=loose)
    assert main(["report", str(folder / "diary")]) == 0
    keys = [*(own.key for own in loose), *(own.key for own in found)]
    rows = {key: cells for key, (cells, _) in zip(keys, FILLED, strict=False)}
    files = filled_in(
        folder / "diary/aligned/report/findings.xlsx", folder, rows, list(FORMS),
        key_column=HEADINGS.index("key"), by=HEADINGS.index("message"),
    )  # fmt: skip
    files["ods, then xlsx"] = converted(files.pop("ods"), folder)
    return folder / "diary", files, {key: what for key, (_, what) in zip(keys, FILLED, strict=False)}


@pytest.mark.parametrize("form", [*(form for form in FORMS if form != "ods"), "ods, then xlsx"])
def test_the_same_decisions_as_recorded_directly(trip, tmp_path, form):
    """A table that was sorted, filled in and saved by LibreOffice brings the decisions that were typed into it."""
    root, files, wanted = trip
    store = tmp_path / "store.sqlite"
    assert main(["decisions", "import", str(root), str(files[form]), "--by", "Anna", "--decisions", str(store)]) == 0
    with closing(opened(store)) as database:
        events = DecisionStore(database).standing().values()
        found = {own.subject.key: (own.decision, own.value, own.comment, own.flag) for own in events}
        assert all(own.where.code for own in events)
    assert found == wanted
