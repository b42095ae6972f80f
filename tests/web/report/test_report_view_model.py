"""What the report shows: findings in their rank, pages with their state, documents with their counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.report_collection import finding, report_volume, write_collection

from align.files.store.results import Results
from align.web.report import gathered
from align.web.report.messages import english
from align.web.report.page import described, page_names, segments
from align.web.report.view_model import loose_findings, ranked, ranked_by_score, shown_volume


@pytest.fixture
def volume(tmp_path):
    """The report's sample volume as it is shown."""
    write_collection(tmp_path, report_volume())
    return shown_volume(Results.opened(tmp_path / "aligned").volume("v"))


def own(volume, code):
    return next(f for f in volume.findings if f.finding.code == code)


def test_the_gravest_and_surest_first():
    """Errors come before warnings before notes, the surer before the less sure, then as pages come; gone ones last."""
    rows = [
        finding(1, "a", "note", score=1.0),
        finding(2, "b", "warning", score=0.5, pages=(1,)),
        finding(3, "c", "warning", score=0.9, pages=(9,)),
        finding(4, "d", "warning", score=0.9, pages=(2,)),
        finding(5, "e", "error", score=0.1),
    ]
    found = list(loose_findings(rows))
    found.append(replace(found[4], change="gone"))
    assert [f.finding.code for f in ranked(found, ["v"])] == ["e", "d", "c", "b", "a", "e"]


def test_what_costs_most_to_pass_over_comes_first():
    """Of equally grave findings a missing sentence comes before a misprint; decisions go before scores."""
    rows = [
        finding(1, "likely-misprint", "warning", score=0.9),
        finding(2, "likely-misprint", "warning", score=0.95, calibrated=0.2),
        finding(3, "sentence-not-on-scan", "warning", score=0.5),
    ]
    found = loose_findings(rows)
    assert [f.finding for f in ranked(found, ["v"])] == [rows[2], rows[0], rows[1]]
    assert [f.finding for f in ranked_by_score(found, ["v"])] == [rows[1], rows[0], rows[2]]


def test_the_state_of_pages(volume):
    """A page's state is what is worst on it; blank pages and failed ones are told apart."""
    assert [page.state for page in volume.pages] == ["warning", "warning", "warning", "failed", "warning"]
    assert [page.findings for page in volume.pages] == [4, 1, 1, 1, 2]
    assert described(english(), volume.pages[0]) == "page 53 (стр. 1#a.jpg): with warnings (4)"
    assert described(english(), volume.pages[1]) == (
        "unnumbered page, no. 2 in the volume (0002.tif, image 4): with warnings (1)"
    )


def test_a_blank_page_with_a_note_is_blank(tmp_path):
    """The note that says that a page is blank does not hide that it is."""
    volume = report_volume()
    only = replace(volume, findings=tuple(f for f in volume.findings if f.severity == "note"))
    write_collection(tmp_path, only)
    shown = shown_volume(Results.opened(tmp_path / "aligned").volume("v"))
    assert [page.state for page in shown.pages] == ["ok", "ok", "ok", "failed", "blank"]


def test_documents_have_their_sentences_and_findings(volume):
    """Each document has its title, if only as a heading, its pages, its sentences by status, its findings."""
    diary, letter = volume.documents
    assert diary.sentences == {"linked": 4, "partial": 1, "doubtful": 2, "unlinked": 1, "apart": 0}
    assert (letter.sentences["apart"], letter.sentences["unlinked"]) == (1, 0)
    assert (diary.title, letter.title) == ("18 декабря", None)
    assert (diary.pages, letter.pages) == ((1,), (3,))
    assert letter.findings == {"error": 0, "warning": 1, "note": 1}
    assert page_names(diary, {1: "53", 3: "12об"}) == "53"
    bar = list(segments(diary))
    assert [part.status for part in bar] == ["linked", "partial", "doubtful", "unlinked"]
    assert sum(part.width for part in bar) == pytest.approx(200, abs=0.1)


@pytest.mark.parametrize(
    ("code", "pages", "marks"),
    [
        ("line-not-in-text", [1], ["lines"]),
        ("sentence-not-on-scan", [1], ["around", "around", "gap"]),
        ("link-doubtful", [1], ["lines"]),
        ("label-disagrees", [1], ["lines"]),
        ("link-partial", [3], ["lines", "lines"]),
        ("page-doubled", [2, 5], []),
        ("page-unreadable", [], []),
        ("no-translation", [], []),
    ],
)
def test_each_finding_has_its_place(volume, code, pages, marks):
    """A finding is shown at its lines, at the gap between its neighbours, at the page's number, or on its pages."""
    views = own(volume, code).views
    assert [view.page for view in views] == pages
    assert [outline.mark for view in views for outline in view.outlines] == marks
    assert [view.whole for view in views] == [not marks] * len(pages)


def test_absent_words_are_not_framed_as_if_they_were_there(tmp_path):
    """What a scan has around words that it lacks is framed as such; of a whole sentence the gap is shown."""
    volume = report_volume()
    *_, doubtful = volume.links[:4]
    part = finding(60, "words-not-on-scan", sentences=(doubtful.sentence,), pages=(1,), areas=doubtful.areas)
    whole = finding(61, "sentence-not-on-scan", sentences=(volume.links[2].sentence,), pages=(1,), areas=doubtful.areas)
    write_collection(tmp_path, replace(volume, findings=(part, whole)))
    one, two = shown_volume(Results.opened(tmp_path / "aligned").volume("v")).findings
    assert [o.mark for view in one.views for o in view.outlines] == ["around"]
    assert [o.mark for view in two.views for o in view.outlines] == ["around", "around", "gap"]


def test_findings_of_no_volume_are_there(tmp_path):
    """Findings that belong to no volume are ranked among the others."""
    loose = (finding(90, "unknown-type", text="transcripts/x.odt"),)
    write_collection(tmp_path, report_volume(), loose=loose)
    report = gathered(Results.opened(tmp_path / "aligned"), title="t", against=None, against_name=None)
    assert sum(f.finding.code == "unknown-type" for f in report.findings) == 1
    assert report.counts == {"error": 2, "warning": 7, "note": 2}


def test_a_run_against_another(tmp_path):
    """Beside an earlier run each finding says what became of it, and those that are gone are there too."""
    volume = report_volume()
    write_collection(tmp_path / "then", replace(volume, findings=volume.findings[:6]))
    write_collection(tmp_path / "now", replace(volume, findings=volume.findings[3:]))
    then, now = (Results.opened(tmp_path / name / "aligned") for name in ("then", "now"))
    report = gathered(now, title="t", against=then, against_name="then")
    changes = {f.finding.id: f.change for f in report.findings}
    assert sorted(i for i, change in changes.items() if change == "gone") == ["v.f0001", "v.f0002", "v.f0003"]
    assert sorted(i for i, change in changes.items() if change == "same") == ["v.f0004", "v.f0005", "v.f0006"]
    assert sum(change == "new" for change in changes.values()) == 4
    assert report.counts == {"error": 2, "warning": 3, "note": 2}  # the gone ones do not count
