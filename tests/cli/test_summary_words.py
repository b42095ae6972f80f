"""The closing summary: an editor's words."""

from __future__ import annotations

from support.decided import event

from align.batch.keeping.outcome import Outcome
from align.batch.scans import Failed
from align.cli.summary import NAMED_DECISIONS, NAMED_DOCUMENTS, summary, worst_documents
from align.decisions.unobeyed import Unobeyed
from align.records.counts import Counts, DocumentCount


def outcome(**changes: object) -> Outcome:
    """What came of a run over nothing, with these changes."""
    values: dict[str, object] = {
        "counts": Counts(),
        "documents": (),
        "failures": (),
        "pages_read": 0,
        "pages_kept": 0,
        "volumes_kept": 0,
        "seconds": {},
    }
    return Outcome(**{**values, **changes})


def test_the_summary_of_a_usual_run(golden):
    """The words of the summary are those that were read and agreed on."""
    usual = outcome(
        counts=Counts(
            pages=14, blank=1, failed=2, documents=17, sentences=400, linked=371, partial=12, doubtful=6, unlinked=9,
            apart=2,
            findings={"error": 2, "warning": 9, "note": 31},
        ),
        documents=(
            DocumentCount("diary", "1934-12-18", 40, 40),
            DocumentCount("diary", "1934-12-19", 30, 11),
            DocumentCount("letters", "to-anna", 12, 11),
        ),
        failures=(
            Failed("truncated", ["images/diary/0007.jpg", "images/diary/0009.jpg"],
                   "images/diary/0007.jpg is truncated, a part of the image is missing: copy it again."),
        ),
        pages_read=11,
        pages_kept=1,
        seconds={"wall": 754.0},
    )  # fmt: skip
    golden("cli/summary.txt", "\n".join(summary(usual, "mydiary/aligned", "svg", report="align report mydiary")) + "\n")


def test_the_summary_of_nothing(golden):
    """A run without a sentence or a page has a summary too."""
    golden(
        "cli/summary_of_nothing.txt", "\n".join(summary(outcome(), "aligned", "none", report="align report .")) + "\n"
    )


def test_pages_without_a_text_say_what_is_lacking():
    """A run over scans without texts says where to put texts, in place of rows of noughts."""
    lines = list(summary(outcome(counts=Counts(pages=3)), "aligned", "none", report="align report ."))
    assert lines[1].startswith("There is no text that could be used, so nothing is linked: put the texts into ")
    assert not any("linked to their place" in line for line in lines)


def test_the_first_decisions_that_were_not_obeyed_are_named():
    """Each of the first ten is a line with its reason, of the others only the number is said; nothing hides in them."""
    found = tuple(Unobeyed(event(n, "right", kind="link", of=n), f"reason\u202e {n}") for n in range(12))
    lines = list(summary(outcome(unobeyed=found), "aligned", "none", report="align report ."))
    at = lines.index("12 decisions could not be obeyed, or not wholly; none is lost:")
    assert lines[at + 1] == "  Anna, 2026-11-28: reason\\u202e 0."
    assert lines[at + NAMED_DECISIONS + 1] == "  and 2 more"


def test_one_is_not_many():
    """One of a thing is not told in the plural."""
    text = "\n".join(
        summary(
            outcome(
                counts=Counts(
                    pages=1, documents=1, sentences=1, linked=1, findings={"error": 1, "warning": 1, "note": 1}
                ),
                pages_read=1,
            ),
            "aligned",
            "none",
            report="align report .",
        )
    )
    assert "1 sentence in 1 document, on 1 page:" in text
    assert "1 error, 1 warning, 1 note." in text
    assert "1 scan read" in text


def test_the_worst_documents_first():
    """Documents are named by how many of their sentences are not linked; those that are whole are not named."""
    documents = [DocumentCount("v", f"d{n}", 10, n % 11) for n in range(12)]
    worst = worst_documents(documents)
    assert [own.document for own in worst] == ["d0", "d11", "d1", "d2", "d3"]
    assert len(worst) == NAMED_DOCUMENTS
    assert worst_documents([DocumentCount("v", "d", 3, 3), DocumentCount("v", "e", 0, 0)]) == []
