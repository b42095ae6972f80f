"""Markers held against the pages, documents against their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import cut_text, make_page, make_text, prose, wrapped

from align.linking import link_volume
from align.linking.findings.document_findings import same_label
from align.linking.links.rising import longest_rising
from align.model import Finding, Page, VolumeResult

LINES = wrapped(" ".join(prose("ru")), 60)
BODIES = [LINES[8 * n : 8 * n + 8] for n in range(len(LINES) // 8)]


def scans(labels: list[str | None]) -> list[Page]:
    """Pages of eight lines of prose, each with its number printed at its head."""
    return [
        make_page([*([f"- {label} -"] if label else []), *BODIES[n]], order=n + 1) for n, label in enumerate(labels)
    ]


def typed(markers: list[str | None], *, bodies: list[list[str]] = BODIES) -> str:
    """The same words as a text, each page after its marker."""
    return "\n".join(
        "\n".join([*([f"\nPage {marker}\n"] if marker else []), *bodies[n]]) for n, marker in enumerate(markers)
    )


def about_markers(linked: VolumeResult) -> list[Finding]:
    return [f for f in linked.findings if f.code in ("label-disagrees", "marker-misplaced")]


def linked(pages: list[Page], content: str) -> VolumeResult:
    return link_volume("v", pages, [make_text(content)])


def test_right_markers_are_no_finding():
    """Markers that name the pages on which their words stand are left alone, leading zeros and case forgiven."""
    assert about_markers(linked(scans(["53", "54", "55", "56"]), typed(["53", "54", "055", "56"]))) == []
    assert same_label("012R", "12r")
    assert same_label("[53]", " 53.")
    assert not same_label("53", "54")


def test_a_wrong_marker_is_one_finding():
    """A marker with another label than its page is one finding with page, span and both labels."""
    found = about_markers(linked(scans(["53", "54", "55", "56"]), typed(["53", "45", "55", "56"])))
    assert [(f.code, f.pages, f.scan_text, f.source_text, f.severity) for f in found] == [
        ("label-disagrees", (2,), "54", "45", "warning")
    ]
    text = typed(["53", "45", "55", "56"])
    assert [text[a:b] for a, b in found[0].spans] == ["Page 45"]
    assert "54" in found[0].suggestion


def test_a_wrong_marker_beyond_the_known_numbers_is_told():
    """Where no number can be read on the last or the first pages the numbers known are counted on, if the text is."""
    last = linked(scans(["53", "54", "55", None, None]), typed(["53", "54", "55", "56", "67"]))
    assert [(f.code, f.pages, f.scan_text, f.source_text) for f in about_markers(last)] == [
        ("label-disagrees", (5,), "57", "67")
    ]
    assert [p.label for p in last.pages] == ["53", "54", "55", "56", None]
    first = linked(scans([None, None, "55", "56"]), typed(["53", "52", "55", "56"]))
    assert [(f.pages, f.scan_text, f.source_text) for f in about_markers(first)] == [((2,), "54", "52")]


def test_beyond_the_known_numbers_a_page_may_be_missing():
    """Where words of the text stand on no scan, nobody knows which number the pages behind them bear."""
    pages = scans(["53", "54", "55", "56", None])
    pages = [replace(p, order=n + 1, id=f"v.p{n + 1:04d}") for n, p in enumerate([*pages[:3], pages[4]])]
    result = linked(pages, typed(["53", "54", "55", "56", "57"]))
    assert about_markers(result) == []
    assert [(p.label, p.label_source) for p in result.pages][-1] == ("57", "marker")


def test_where_no_page_bears_a_number_markers_are_held_against_each_other():
    """One marker that the markers of the pages around outvote is told; two runs of numbers are both believed."""
    unnumbered = scans([None] * 6)
    for at in (1, 3, 5):
        claimed = [str(53 + n) if n != at else "98" for n in range(6)]
        result = linked(unnumbered, typed(claimed))
        assert [(f.pages, f.scan_text, f.source_text) for f in about_markers(result)] == [
            ((at + 1,), str(53 + at), "98")
        ]
        assert result.pages[at].label is None
    assert about_markers(linked(unnumbered, typed(["53", "54", "55", "1", "2", "3"]))) == []


def test_a_drift_is_one_finding():
    """Markers that are all off by two from some page on are one finding with all their pages."""
    found = about_markers(linked(scans(["53", "54", "55", "56", "57"]), typed(["53", "56", "57", "58", "59"])))
    assert [(f.code, f.pages) for f in found] == [("label-disagrees", (2, 3, 4, 5))]


def test_a_drift_goes_on_over_a_page_that_is_missing():
    """A page that was not scanned does not make two findings of one drift."""
    pages = scans(["53", "54", "55", "56", "57"])
    pages = [replace(p, order=n + 1, id=f"v.p{n + 1:04d}") for n, p in enumerate([*pages[:2], *pages[3:]])]
    found = about_markers(linked(pages, typed(["63", "64", "65", "66", "67"])))
    assert [f.code for f in found] == ["label-disagrees"]


def test_a_missing_page_is_no_false_alarm():
    """A marker whose page was not scanned says nothing against the next page, though the missing page was short."""
    pages = scans(["53", "54", "55", "56"])
    pages = [replace(p, order=n + 1, id=f"v.p{n + 1:04d}") for n, p in enumerate([pages[0], pages[2], pages[3]])]
    for lost in (BODIES[1], BODIES[1][:3]):
        bodies = [BODIES[0], lost, *BODIES[2:]]
        assert about_markers(linked(pages, typed(["53", "54", "55", "56"], bodies=bodies))) == []


def test_a_marker_in_the_middle_of_a_page_is_misplaced():
    """A marker between words of one page is a finding on that page and gives no label."""
    pages = scans([None, None])
    content = "\n".join([*BODIES[0][:4], "\nPage 99\n", *BODIES[0][4:], "\nPage 2\n", *BODIES[1]])
    result = linked(pages, content)
    assert [(f.code, f.pages, f.source_text) for f in about_markers(result)] == [("marker-misplaced", (1,), "99")]
    assert [(p.label, p.label_source) for p in result.pages] == [(None, None), ("2", "marker")]


def test_a_form_feed_claims_a_break_and_no_label():
    """A form feed at a page break is right and gives no label; in the middle of a page it is misplaced."""
    pages = scans([None, None])
    right = linked(pages, "\n".join(BODIES[0]) + "\f" + "\n".join(BODIES[1]))
    assert about_markers(right) == []
    assert [p.label for p in right.pages] == [None, None]
    wrong = linked(pages, "\n".join([*BODIES[0][:4], "\f" + BODIES[0][4], *BODIES[0][5:], *BODIES[1]]))
    assert [(f.code, f.pages) for f in about_markers(wrong)] == [("marker-misplaced", (1,))]
    assert "page break" in about_markers(wrong)[0].message


def test_markers_give_labels_where_none_is_printed():
    """Pages without numbers bear the labels that the markers before their words claim."""
    result = linked(scans([None, None, None]), typed(["53", "54", "55"]))
    assert [(p.label, p.label_source) for p in result.pages] == [(x, "marker") for x in ("53", "54", "55")]
    assert about_markers(result) == []


def test_a_marker_in_a_sentence_is_looked_up_on_both_sides():
    """A marker inside a sentence that runs over the page break is right."""
    pages = [make_page(["- 53 -", *LINES[:8]]), make_page(["- 54 -", *LINES[8:16]], order=2)]
    content = f"Page 53\n{' '.join(LINES[:8])} [p. 54] {' '.join(LINES[8:16])}"
    assert about_markers(linked(pages, content)) == []


def test_a_note_behind_a_marker_says_nothing_of_it():
    """A note of the page before, dropped behind the marker, does not make the marker wrong."""
    note = "* Так звали извозчика в этом городе, а также его лошадь."
    content = "Page 53\n" + "\n".join(BODIES[0]) + f"\n\nPage 54\n{note}\n" + "\n".join(BODIES[1]) + "\n"
    first, marker, second = content.index(BODIES[0][0]), content.index("\n\nPage 54"), content.index(BODIES[1][0])
    text = cut_text(
        content,
        [
            ("body", [(first, marker)]),
            ("note", [(content.index("*"), content.index("*") + len(note))]),
            ("body", [(second, len(content) - 1)]),
        ],
    )
    text = replace(text, markers=make_text(content).markers)
    assert [m.label for m in text.markers] == ["53", "54"]
    pages = [make_page(["- 53 -", *BODIES[0], note]), make_page(["- 54 -", *BODIES[1]], order=2)]
    result = link_volume("v", pages, [text])
    assert result.pages[0].lines[-1].role == "note"
    assert about_markers(result) == []


def test_hostile_labels_are_borne():
    """Labels of the user's own pattern may hold anything."""
    text = make_text(typed(["53", "54"]))
    for label in ("", "\x00", "²", "٣", "12" * 20, "…", "\u202e53"):
        markers = tuple(replace(m, label=label) for m in text.markers)
        assert link_volume("v", scans(["53", "54"]), [replace(text, markers=markers)]).findings is not None


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=9))
def test_the_fewest_documents_are_out_of_order(places):
    """What is kept rises, and no rising choice keeps more; brute force over all choices."""
    triples = [(p, n, 0) for n, p in enumerate(places)]
    kept = sorted(longest_rising(triples))
    chosen = [triples[k] for k in kept]
    assert all(a < b for a, b in pairwise(chosen))
    best = 0
    for mask in range(1 << len(triples)):
        own = [t for k, t in enumerate(triples) if mask >> k & 1]
        if all(a < b for a, b in pairwise(own)):
            best = max(best, len(own))
    assert len(kept) == best
