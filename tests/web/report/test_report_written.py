"""The report's folder: whole, self-contained, nothing made twice, nothing left over, bad scans apart."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from PIL import Image
from support.csv_cells import armed
from support.front_end import needs_front_end
from support.losing_pool import LosingPool
from support.report_collection import HOSTILE, finding, hostile_volume, report_volume, write_collection
from support.sample_volume import with_digests
from support.small_collection import files_of

from align.decisions.table import choices
from align.decisions.taking import NOTHING_DECIDED, Decided
from align.files.scans.fingerprints import RunScans
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.model.decision import Event, Subject
from align.web.report import gathered, write_report
from align.web.report.crops import picture_name
from align.web.report.payload import CHUNK, script
from align.web.report.table import COLUMNS
from align.workers.pools import ProcessPool, SerialPool
from align.workers.progress import NullProgress

pytestmark = pytest.mark.slow  # whole reports are written


def written(root: Path, *, pool=None, against: Path | None = None, decided=NOTHING_DECIDED) -> tuple[str, ...]:
    """Write the report of a collection; what could not be shown."""
    needs_front_end("report.js")
    store = ResultStore(root / "aligned", collection=root)
    other = Results.opened(against / "aligned") if against else None
    report = gathered(
        Results.opened(store.out), title="Дневник", against=other, against_name=str(against) if against else None
    )
    with store.opened():
        return write_report(
            report,
            scans=RunScans(root),
            store=store,
            pool=pool or SerialPool(),
            progress=NullProgress(),
            decided=decided,
        )


@pytest.fixture
def root(tmp_path):
    """A collection with results."""
    write_collection(tmp_path, report_volume(), loose=(finding(90, "unknown-type"),))
    return tmp_path


def undated(name: str) -> str:
    """The name of a script without the digest of its content."""
    return re.sub(r"-[0-9a-f]{10}\.js$", ".js", name)


def data_of(text: str) -> object:
    return json.loads(re.fullmatch(r"alignReport\.\w+(?:\(\d+\)\.add)?\((.*)\);\n", text, re.DOTALL)[1])


def test_the_folder_is_whole(root):
    """The page, its style and script, data, pictures of the pages shown, and both tables are there, and no more."""
    problems = written(root)
    files = sorted(files_of(root / "aligned" / "report"))
    assert [undated(name) for name in files if not name.startswith("crops/")] == [
        "data/00000.js", "data/index.js", "findings.csv", "findings.xlsx", "index.html", "report.css", "report.js",
        "theme.css",
    ]  # fmt: skip
    assert len([name for name in files if name.startswith("crops/")]) == 3
    assert len(problems) == 1
    assert "last.pdf" in problems[0]


def test_nothing_in_the_folder_names_another_place(root):
    """No file of the report loads anything from outside its folder: every address in it leads to a file in it."""
    written(root)
    folder = root / "aligned" / "report"
    page = (folder / "index.html").read_text(encoding="utf-8")
    for target in re.findall(r'(?:href|src)="([^"#][^"]*)"', page):
        assert target == "data:," or (folder / target.partition("?")[0]).is_file(), target
    for name in ("index.html", "report.js", "report.css", "theme.css"):
        text = (folder / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|url\((?!\"data:)|@import|fetch\(|XMLHttp|import\(", text), name


def test_every_finding_is_in_the_data_in_its_rank(root):
    """The list and the details name the same findings in the same order, each with its severity, code and pages."""
    written(root)
    files = {undated(name): data for name, data in files_of(root / "aligned" / "report").items()}
    index, details = (data_of(files[f"data/{n}.js"].decode()) for n in ("index", "00000"))
    assert len(index["rows"]) == len(details) == 11
    assert [index["severities"][row[0]] for row in index["rows"]][:3] == ["error", "error", "warning"]
    assert {own["id"] for own in details} >= {f.id for f in report_volume().findings}
    for row, own in zip(index["rows"], details, strict=True):
        assert {view["page"] for view in own["views"]} <= set(row[3])
        assert index["codes"][row[1]]


def test_a_second_report_makes_no_picture_anew(root):
    """Pictures that are there are not made again, also when texts have changed; all other files are the same bytes."""
    written(root)
    before = files_of(root / "aligned" / "report")
    stamps = {path: path.stat().st_mtime_ns for path in (root / "aligned" / "report").rglob("*") if path.is_file()}
    for scan in (root / "images" / "v").iterdir():
        if scan.suffix != ".pdf":
            scan.unlink()
    assert [problem.split(" ")[0] for problem in written(root)] == ["images/v/last.pdf"]
    assert files_of(root / "aligned" / "report") == before
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_what_is_no_longer_shown_is_removed(root):
    """Pictures and data of findings that are gone leave the folder; what somebody else put there stays."""
    written(root)
    folder = root / "aligned" / "report"
    (folder / "data" / "00007.js").write_text("old", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    volume = report_volume()
    results = root / "aligned" / "v" / "findings.jsonl"
    results.write_bytes(b"".join(results.read_bytes().splitlines(keepends=True)[-3:-1]))
    assert volume.findings[-3].code == "no-translation"
    written(root)
    assert sorted(undated(path.name) for path in (folder / "data").iterdir()) == ["00000.js", "index.js"]
    assert list((folder / "crops").iterdir()) == []
    assert (folder / "notes.txt").exists()


def test_pictures_are_upright_and_of_their_frame_alone(root):
    """The picture of half a spread has that half's size, and comes from the image of the file that holds it."""
    written(root)
    pictures = {}
    for path in (root / "aligned" / "report" / "crops").iterdir():
        with Image.open(path) as image:
            pictures[path.name] = (image.size, image.getpixel((5, 5)))
    _, second, third, _, _ = with_digests(root, report_volume()).pages
    assert {size for size, _ in pictures.values()} == {(1000, 700), (600, 800)}
    for page in (second, third):
        size, shade = pictures[picture_name(page)]
        assert size == (600, 800)
        assert abs(shade - 215) < 3


def test_workers_make_the_same_pictures(root, tmp_path):
    """Pictures that worker processes made are those that one process makes."""
    written(root)
    before = files_of(root / "aligned" / "report" / "crops")
    for path in (root / "aligned" / "report" / "crops").iterdir():
        path.unlink()
    assert len(written(root, pool=ProcessPool(2))) == 1
    assert files_of(root / "aligned" / "report" / "crops") == before


@pytest.mark.parametrize("lost", [0, 1])
def test_a_worker_that_dies_takes_one_page_along(root, lost):
    """A page whose picture killed its worker is not shown; all others are."""
    problems = written(root, pool=LosingPool(lost))
    assert len([p for p in problems if "ended the process" in p]) == lost
    assert len(list((root / "aligned" / "report" / "crops").iterdir())) == 3 - lost


def test_a_thousand_findings_are_in_scripts_of_a_hundred(tmp_path):
    """The details of many findings are cut into scripts of CHUNK findings, none left out."""
    volume = report_volume()
    many = tuple(replace(volume.findings[0], id=f"v.f{n}", key=f"{n:016x}") for n in range(10 * CHUNK + 1))
    write_collection(tmp_path, replace(volume, findings=many))
    written(tmp_path)
    names = sorted(path.name for path in (tmp_path / "aligned" / "report" / "data").iterdir())
    assert [undated(name) for name in names] == [f"{n:05d}.js" for n in range(11)] + ["index.js"]
    sizes = [len(data_of((tmp_path / "aligned/report/data" / n).read_text(encoding="utf-8"))) for n in names[:-1]]
    assert sizes == [CHUNK] * 10 + [1]


def test_scripts_hold_texts_of_all_kinds():
    """No text in a script is markup, a line end, or half a surrogate pair; read as JSON it is that text."""
    for text in (*HOSTILE.values(), "\ud800"):
        made = script("f", [text])
        assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", made)
        assert made.count("\n") == 1
        assert json.loads(made[2:-3]) == [text]


def csv_rows(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of findings.csv by key."""
    rows = csv.DictReader(io.StringIO((folder / "findings.csv").read_text(encoding="utf-8-sig"), newline=""))
    return {row["key"]: row for row in rows}


def test_tables_come_back_by_key(root):
    """Both tables have a row for each finding, told by its key, with its texts, and an empty decision to choose."""
    written(root)
    folder = root / "aligned" / "report"
    by_key = csv_rows(folder)
    line, sentence, *_ = report_volume().findings
    assert list(by_key[line.key]) == [column.name for column in COLUMNS if not column.pictured]
    assert list(by_key[line.key])[:2] == ["decision", "comment"]
    assert by_key[line.key]["scan text"] == "Эту строку пропустили"
    assert by_key[line.key]["page"] == "53"
    assert by_key[line.key]["box"] == ",".join(str(v) for v in line.areas[0].boxes[0].xywh)
    assert by_key[sentence.key]["translation"] == "He is “unwell”, say his wife & children."
    assert {row["decision"] for row in by_key.values()} == {""}
    sheet = openpyxl.load_workbook(folder / "findings.xlsx").active
    at = [column.name for column in COLUMNS].index("key")
    assert {row[at].value for row in sheet.iter_rows(min_row=2)} == set(by_key)
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(len(by_key) + 1, len(COLUMNS)).coordinate}"
    lists = {str(own.sqref).partition(":")[0]: own.formula1 for own in sheet.data_validations.dataValidation}
    assert lists["A2"] == f'"{",".join(choices("finding"))}"'


def test_rows_have_a_picture_and_lead_to_report_and_viewer(root):
    """Each finding with a place has a small picture in its row, and links to the report's list and the viewer."""
    written(root)
    sheet = openpyxl.load_workbook(root / "aligned/report/findings.xlsx").active
    line, sentence, *_ = report_volume().findings
    row_of = {row[7].value: row for row in sheet.iter_rows(min_row=2)}
    pictured = {image.anchor._from.row + 1 for image in sheet._images}
    assert row_of[line.key][0].row in pictured
    assert len(pictured) >= 4
    assert all(image.anchor.editAs in (None, "twoCell") for image in sheet._images)
    links = [cell.hyperlink for cell in row_of[sentence.key][5:7]]
    assert [f"{link.target}#{link.location}" for link in links] == [
        f"index.html#severity=error+warning+note&q={sentence.key}",
        f"../viewer/index.html#/v/d/{quote(sentence.document)}/s/{report_volume().links[2].key}",
    ]


def test_decisions_that_stand_are_filled_in(root):
    """A finding that is decided has its decision, comment, reading and flag in its row, and who decided when."""
    finding = report_volume().findings[0]
    event = Event(
        "a" * 32, "2026-11-28T08:00:00.000Z", "=Anna", Subject("finding", finding.key), "mend",
        {"reading": "+1470"}, "=see p. 5", True, content="Эту строку пропустили",
    )  # fmt: skip
    written(root, decided=Decided({event.subject: event}, {event.event: event}.get))
    row = csv_rows(root / "aligned/report")[finding.key]
    names = ("decision", "comment", "reading", "second reader", "decided by", "decided before")
    assert [row[name] for name in names] == [
        "to be mended", "'=see p. 5", "'+1470", "yes", "'=Anna, 2026-11-28", "a" * 32,
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(root / "aligned/report/findings.xlsx").active
    cells = next(row for row in sheet.iter_rows(min_row=2) if row[7].value == finding.key)
    assert [cell.value for cell in cells[:4]] == ["to be mended", "=see p. 5", "+1470", "yes"]
    assert {cell.data_type for cell in cells[:4]} == {"s"}


def test_hostile_texts_are_texts_in_the_tables(tmp_path):
    """Formulas, markup and turned texts stand in the tables as they are, and none of them can be computed."""
    write_collection(tmp_path, hostile_volume())
    written(tmp_path)
    folder = tmp_path / "aligned" / "report"
    head, *rows = csv.reader(io.StringIO((folder / "findings.csv").read_bytes().decode("utf-8-sig"), newline=""))
    at = head.index("scan text")
    assert {armed(row[at]) for row in rows} == set(HOSTILE.values())
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    sheet = openpyxl.load_workbook(folder / "findings.xlsx").active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_hostile_texts_are_texts_in_the_page(tmp_path):
    """Titles and labels that are markup stand in the page escaped."""
    write_collection(tmp_path, hostile_volume())
    written(tmp_path)
    page = (tmp_path / "aligned" / "report" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(2)" in page


def test_a_report_with_no_finding(tmp_path):
    """A collection in which all fits has a report that says so."""
    write_collection(tmp_path, replace(report_volume(), findings=()))
    assert written(tmp_path) == ()
    assert "0 errors" in (tmp_path / "aligned" / "report" / "index.html").read_text(encoding="utf-8")
    assert [undated(path.name) for path in (tmp_path / "aligned" / "report" / "data").iterdir()] == ["index.js"]
