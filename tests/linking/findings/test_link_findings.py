"""Findings about links: those whose words are all there are quiet, and asides are notes."""

from __future__ import annotations

import pytest
from support.linked_volumes import make_text

from align.linking.findings.link_findings import aside_findings, link_findings, note_findings
from align.linking.findings.numbering import numbered
from align.model import Area, Box, Link, Polygon, Role, Status


def link(number: int, content: str, status: Status, *, role: Role = "body", kind: str = "transcription") -> Link:
    return Link(
        sentence=f"v.d.ru.s{number:04d}",
        key=f"{number:016x}",
        document="d",
        text="transcripts/v/d.ru.txt",
        kind=kind,  # type: ignore[arg-type]
        language="ru",
        role=role,
        spans=((100 * number, 100 * number + len(content)),),
        content=content,
        status=status,
        score=0.0 if status == "unlinked" else 0.6,
        reason="not-on-page" if status == "unlinked" else None,
        areas=() if status == "unlinked" else (Area(1, (BOX,), (Polygon(BOX.corners),), (0,), None),),
    )


BOX = Box(100, 100, 700, 140)


LONG = "Потом они ещё долго пили чай."


def told(own: Link, *, already: tuple[str, ...] = (), wrong: float = 20.0) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in link_findings([own], already, {own.sentence: wrong})]


def test_a_badly_read_sentence_is_told_once():
    """A doubtful link is a warning, but for a sentence of which another finding tells."""
    own = link(1, LONG, "doubtful")
    assert told(own) == [("link-doubtful", "warning")]
    assert told(own, already=(own.sentence,)) == []


def test_a_sentence_whose_words_are_there_is_quiet():
    """However doubtful its link, of a sentence whose words agree with the page there is nothing to say."""
    assert told(link(1, LONG, "doubtful"), wrong=2.0) == []
    assert link_findings([link(1, LONG, "doubtful")], (), {}) == []


def test_a_heading_of_few_letters_is_a_note():
    """A short heading that reads badly is worth a note only."""
    assert told(link(1, "Май", "doubtful"), wrong=3.0) == [("link-doubtful", "note")]


@pytest.mark.parametrize("role", ["note", "commentary"])
def test_missing_asides_are_one_note_for_a_run(role):
    """Notes that are on no scan are one note with all their ranges; marks between them end no run."""
    own = [link(n, text, "unlinked", role=role) for n, text in enumerate(["Первое.", "* * *", "Второе."])]
    (note,) = numbered("v", aside_findings(own))
    assert (note.severity, note.sentences) == ("note", (own[0].sentence, own[2].sentence))
    assert role in note.message
    assert aside_findings([link(3, "Текст", "unlinked")]) == []


def test_a_translation_s_asides_are_its_own_affair():
    """Of translations nothing is said here."""
    assert aside_findings([link(1, LONG, "unlinked", role="note", kind="translation")]) == []


def test_a_note_in_a_sentence_is_told_with_both():
    """A note that stands between the halves of a sentence is a note that quotes it and names the sentence."""
    text = make_text("Он вошёл в комнату и\n[Примечание: в комнату на втором этаже.]\nсел за стол у самого окна.")
    found = numbered("v", note_findings([text]))
    for note in found:
        assert note.severity == "note"
        assert "второ" in note.message
    plain = make_text("Он вошёл в комнату и сел за стол у самого окна.")
    assert note_findings([plain]) == []
