"""The Russian messages beside findings.jsonl: of this run for fresh rows, of the last run for kept ones."""

from __future__ import annotations

from align.batch.translations import translation_rows
from align.linking import numbered
from align.model import Finding, PageName

PAGES = [PageName("53", 1, "0001.jpg"), PageName(None, 2, "0002.jpg")]
FOUND = numbered(
    "v",
    [
        Finding(
            code="page-blank", severity="note", values={"page": page}, subjects=(page.scan_file,), document=document
        )
        for page, document in zip(PAGES, ("a", "b"), strict=True)
    ],
)
ROWS = [
    {"finding": f.id, "key": f.key, "document": f.document, "message": f.message, "suggestion": None} for f in FOUND
]


def test_fresh_rows_have_the_words_of_this_run():
    """Each row has its id, its key and its Russian words, in the order of findings.jsonl."""
    assert translation_rows(ROWS, FOUND, None, lambda _: True) == [
        {
            "finding": f"v.f{n:04d}",
            "key": FOUND[n - 1].key,
            "message": f"На {page} нет текста.",
            "suggestion": None,
        }
        for n, page in enumerate(["странице 53 (0001.jpg)", "2-й по порядку странице (0002.jpg)"], start=1)
    ]


def test_kept_rows_keep_their_words():
    """Of a run for one document, the others' rows have the words of the last run, under the ids that they have now."""
    old = [{"finding": "v.f0009", "key": own.key, "message": "было", "suggestion": "делать"} for own in FOUND]
    mine, kept = translation_rows(ROWS, FOUND, old, lambda row: row["document"] == "a")
    assert mine["message"] == "На странице 53 (0001.jpg) нет текста."
    assert kept == {"finding": "v.f0002", "key": FOUND[1].key, "message": "было", "suggestion": "делать"}


def test_rows_without_a_translation_are_english():
    """A row that an older program wrote, and whose finding is gone, keeps its English message."""
    (row,) = translation_rows(ROWS[:1], (), None, lambda _: False)
    assert row["message"] == "There is no text on page 53 (0001.jpg)."
