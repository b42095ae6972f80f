"""A run for one document: its rows are fresh, all others are as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.batch.rows import kept_rows, read_rows

DOCUMENTS = ("a", "b", "c")
Rows = dict[str, list[dict[str, Any]]]


def text_of(document: str) -> str:
    return f"transcripts/v/{document}.ru.txt"


@st.composite
def volumes(draw: st.DrawFn, tag: str) -> Rows:
    """The rows of a volume with two pages of three lines; what they say carries the tag."""
    documents = draw(st.lists(st.sampled_from(DOCUMENTS), unique=True))
    links, findings, beads = [], [], []
    for document in documents:
        for number in range(draw(st.integers(0, 3))):
            area = {"page": draw(st.integers(1, 2)), "label": f"{tag}-label", "boxes": []}
            areas = [area] * draw(st.integers(0, 1))
            links.append({"sentence": f"v.{document}.s{number}", "document": document, "areas": areas, "said": tag})
        beads += [{"bead": f"v.{document}.b{n}", "texts": [text_of(document)]} for n in range(draw(st.integers(0, 2)))]
    for number, document in enumerate(draw(st.lists(st.sampled_from((*DOCUMENTS, None)))), start=1):
        findings.append({"finding": f"v.f{number:04d}", "document": document, "areas": [], "said": tag})
    lines = []
    for page in (1, 2):
        for number in range(3):
            matches = [
                {"text": text_of(document), "span": [0, draw(st.integers(1, 9))]}
                for document in draw(st.lists(st.sampled_from(DOCUMENTS), unique=True))
            ]
            lines.append(
                {"line": f"v.p{page}.l{number}", "page": page, "box": [0, 0, 1, 1], "text": "x", "matches": matches}
            )
    return {
        "pages": [{"page": n, "id": f"v.p{n}", "key": "k", "status": "ok", "label": f"{tag}-label"} for n in (1, 2)],
        "lines": lines,
        "documents": [{"document": document, "said": tag} for document in documents],
        "links": links,
        "beads": beads,
        "findings": findings,
    }


def others(rows: Rows, document: str) -> dict[str, list[object]]:
    """The rows, in order, that do not belong to the document; of lines, what does not."""
    return {
        "pages": list(rows["pages"]),
        "lines": [[m for m in row["matches"] if m["text"] != text_of(document)] for row in rows["lines"]],
        "beads": [row for row in rows["beads"] if row["texts"] != [text_of(document)]],
        **{n: [r for r in rows[n] if r["document"] != document] for n in ("documents", "links", "findings")},
    }


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_rows_of_other_documents_stay_as_they_were(old, new, document):
    """Whatever the old and the fresh rows are, those of other documents are the old ones, each byte of them."""
    kept = kept_rows(new, old, document, [text_of(document)])
    assert kept is not None
    assert others(kept, document) == others(old, document)


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_rows_of_the_document_are_the_fresh_ones(old, new, document):
    """The document has exactly its fresh rows, with the labels that pages keep; no finding's id is there twice."""
    kept = kept_rows(new, old, document, [text_of(document)])
    assert kept is not None
    for name in ("links", "documents"):
        assert [{**r, "areas": []} for r in kept[name] if r["document"] == document] == [
            {**r, "areas": []} for r in new[name] if r["document"] == document
        ]
    assert {a["label"] for r in kept["links"] for a in r["areas"]} <= {"old-label"}
    for mine, fresh in zip(kept["lines"], new["lines"], strict=True):
        own = [m for m in mine["matches"] if m["text"] == text_of(document)]
        assert own == [m for m in fresh["matches"] if m["text"] == text_of(document)]
    assert [r["texts"] for r in kept["beads"] if r["texts"] == [text_of(document)]] == [
        r["texts"] for r in new["beads"] if r["texts"] == [text_of(document)]
    ]
    ids = [row["finding"] for row in kept["findings"]]
    assert len(set(ids)) == len(ids)
    assert sum(r["document"] == document for r in kept["findings"]) == sum(
        r["document"] == document for r in new["findings"]
    )


@given(volumes("old"), volumes("new"), st.sampled_from(("pages", "lines", "links")))
def test_rows_of_other_pages_are_not_mixed(old, new, name):
    """Where rows are missing, or pages or lines are others, there is no way to renew one document alone."""
    assert kept_rows(new, {**old, name: None}, "a", [text_of("a")]) is None
    moved = {**old, "lines": [{**row, "box": [1, 1, 1, 1]} for row in old["lines"]]}
    assert kept_rows(new, moved, "a", [text_of("a")]) is None
    assert kept_rows(new, {**old, "pages": old["pages"][:1]}, "a", [text_of("a")]) is None


@pytest.mark.parametrize("data", [None, b"{", b"[1]\n", b"\xff\n", b'{"a": 1}\n[]\n', b"[" * 100_000])
def test_damaged_rows_are_no_rows(data):
    """What is not there, not JSON or not rows is None and no exception."""
    assert read_rows(data) is None


def test_rows_are_read_back():
    """Rows come back as they were written, blank lines left out; no rows are no damage."""
    assert read_rows(b'{"a": 1}\n\n{"b": null}\n') == [{"a": 1}, {"b": None}]
    assert read_rows(b"") == []
