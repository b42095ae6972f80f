"""Findings as such: ids, keys, quotations, runs of lines and sentences."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_page, make_text

from align.linking import link_volume
from align.linking.findings.catalogue.wording import QUOTE_LETTERS, filled, opening, quoted
from align.linking.findings.numbering import numbered
from align.linking.findings.page_findings import page_findings
from align.linking.links.score import evidence, score, status
from align.model import Finding, LinkEvidence, PageName, ncname

PAGE = PageName(None, 1, "a.jpg")
UNNUMBERED = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(["page-blank", "line-not-in-text"]),
        severity=st.just("note"),
        values=st.builds(
            lambda text: {"page": PAGE, "pages": (PAGE,), "count": 1, "text": text},
            st.text(max_size=5),
        ),
        subjects=st.lists(st.sampled_from(["a", "b", "ab", ""]), max_size=2).map(tuple),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(UNNUMBERED, st.text(min_size=1, max_size=8))
def test_ids_come_from_position_and_keys_from_subjects(findings, volume):
    """Ids and keys are unique, ids are names, and the key of a finding does not know what else was found."""
    found = numbered(volume, findings)
    assert [f.id for f in found] == [f"{ncname(volume)}.f{n:04d}" for n in range(1, len(findings) + 1)]
    assert len({f.key for f in found}) == len(found)
    for n, finding in enumerate(findings):
        others = [d for d in findings if (d.code, d.subjects) != (finding.code, finding.subjects)]
        earlier = [d for d in findings[:n] if (d.code, d.subjects) == (finding.code, finding.subjects)]
        assert numbered("w", [*others, *earlier, finding])[-1].key == found[n].key


@given(st.text(max_size=400))
def test_quotations_are_short(text):
    """A quotation is the text or its beginning and end, never much longer than QUOTE_LETTERS."""
    found = quoted(text)
    assert found == text if len(text) <= QUOTE_LETTERS else len(found) <= QUOTE_LETTERS + 3
    assert found[:20].rstrip() == text[: len(found[:20].rstrip())]


@given(st.lists(st.text("абв", min_size=1, max_size=20), min_size=1, max_size=60).map(" ".join))
def test_words_of_quotations_are_whole(text):
    """What is quoted of a text, from its beginning or on both sides of what is left out, is words of it, none cut."""
    words = text.split()
    short = [w for w in quoted(text).split() if w != "…"]
    first = next((n for n, w in enumerate(quoted(text).split()) if w == "…"), len(short))
    assert short == words[:first] + words[len(words) - (len(short) - first) :]
    begun = [w for w in opening(text).split() if w != "…"]
    assert begun == words[: len(begun)]
    assert (opening(text)[-1] == "…") is (len(text) > QUOTE_LETTERS // 2)


def test_pages_are_named_by_label_and_file():
    """A message names a page by its label if it has one, else by its place, always with its file."""
    page = make_page(["Утро"], file="images/v/Scan 7.TIF")
    assert filled("{page}", {"page": PageName.of(page)}, "en") == "page 1 in order (Scan 7.TIF)"
    labelled = replace(page, label="iv", label_source="printed", scan=replace(page.scan, index=2))
    assert filled("{page}", {"page": PageName.of(labelled)}, "en") == "page iv (Scan 7.TIF, image 3)"
    failed = make_page([], order=2, status="failed")
    (found,) = numbered("v", page_findings([failed], {2: "the file is empty"}))
    assert (found.code, found.severity, found.pages) == ("page-unreadable", "error", (2,))
    assert "the file is empty" in found.message


def test_marks_between_missing_sentences_do_not_part_their_finding():
    """Rows of stars between sentences that are on no scan are left out and end no run."""
    present = "Четвертый день идет дождь, и полисмен на углу стоит в нем по колено."
    text = make_text(f"{present}\n\nЭтих слов тут нет.\n\n* * *\n\nИ этих слов тоже нет.\n")
    result = link_volume("v", [make_page([present[:35], present[36:]])], [text])
    found = [f for f in result.findings if f.sentences]
    assert [f.sentences for f in found] == [(text.sentences[1].id, text.sentences[3].id)]


@given(
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 300),
    st.floats(0, 400, allow_nan=False),
    st.floats(0, 1),
)
def test_a_score_is_a_probability(letters, placed, same, read, steady):
    """Whatever was seen, score, similarity and coverage are in 0..1, and the status says what section 6 says."""
    seen = LinkEvidence(letters, placed, min(same, placed), read, steady)
    probability = score(seen)
    assert 0 <= probability <= 1
    assert 0 <= seen.similarity <= 1
    assert 0 <= seen.coverage <= 1
    state, reason = status(seen, probability)
    assert (state == "linked") == (probability >= 0.9 and seen.coverage >= 0.9) == (reason is None)
    assert (state == "doubtful") == (probability < 0.9)


def test_nothing_placed_has_no_score():
    """A sentence that no line shows has the score 0."""
    assert score(evidence(20, (), 0.0)) == 0.0
