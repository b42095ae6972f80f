"""The texts beside a finding: what was read, what the text says with what stands around it, the other language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.report_collection import finding, report_volume, write_collection

from align.files.store.results import Results
from align.linking import numbered
from align.model import Finding, PageName
from align.web.report.quotations import VolumeTexts, loose_quotations, quotations, reason, reasons


@pytest.fixture
def texts(tmp_path):
    """The report's sample volume, read back."""
    write_collection(tmp_path, report_volume())
    return VolumeTexts(Results.opened(tmp_path / "aligned").volume("v"))


def own(texts, code):
    return next(f for f in texts.results.findings if f.code == code)


def said(quotation):
    return quotation.kind, quotation.before, "".join(piece.text for piece in quotation.pieces), quotation.after


def test_a_sentence_stands_amid_its_neighbours_and_beside_its_translation(texts):
    """A sentence that is not on the scans is marked whole, between its neighbours, and its translation follows."""
    one, two = quotations(own(texts, "sentence-not-on-scan"), texts)
    assert said(one) == (
        "transcription", "Сегодня был у Петрова.", "Он — «не здоров», говорит жена & дети.", "Вечером писал."
    )  # fmt: skip
    assert all(piece.differs for piece in one.pieces)
    assert (one.language, one.file) == ("ru", "transcripts/v/1934-12-18.ru.txt")
    assert said(two) == ("translation", "", "He is “unwell”, say his wife & children.", "")


def test_words_within_a_sentence_are_marked_in_it(texts):
    """Of a word that reads otherwise, told with a few words around, the whole sentence is shown, that word marked."""
    sentence = texts.links[own(texts, "sentence-not-on-scan").sentences[0]]
    misread = finding(
        50, "likely-misprint", document=sentence.document, text=sentence.text, sentences=(sentence.sentence,),
        spans=((45, 50),), pages=(1,), scan_text="здоров», говорит Женя & дети.", source_text="здоров», говорит жена &",
    )  # fmt: skip
    scan, text, other = quotations(misread, texts)
    assert [p.text for p in scan.pieces if p.differs] == ["Женя", "дети."]
    assert [p.text for p in text.pieces if p.differs] == ["жена"]
    assert (text.before, text.after) == ("Сегодня был у Петрова. Он — «не", "дети. Вечером писал.")
    assert text.text == sentence.content
    assert other.kind == "translation"


def test_words_that_are_not_there_are_marked_alone(texts):
    """Where the scan's words are those around the place, the words of the text are marked and the scan's are not."""
    sentence = texts.links[own(texts, "sentence-not-on-scan").sentences[0]]
    absent = finding(
        51, "words-not-on-scan", document=sentence.document, text=sentence.text, sentences=(sentence.sentence,),
        pages=(1,), scan_text="был у Петрова. Вечером дети", source_text="говорит жена & дети.",
    )  # fmt: skip
    scan, text, _ = quotations(absent, texts)
    assert scan.kind == "scan-around"
    assert [piece.differs for piece in scan.pieces] == [False]
    assert [(piece.text, piece.differs) for piece in text.pieces] == [("говорит жена & дети.", True)]
    assert text.before.endswith("«не здоров»,")


def test_words_of_two_sentences_are_shown_in_both(texts):
    """Words around the place that reach into the next sentence are shown amid both."""
    sentence = own(texts, "link-doubtful")
    earlier = texts.neighbour(texts.links[sentence.sentences[0]], -1)
    (_, text, *_) = quotations(
        replace(sentence, sentences=(earlier.sentence,), source_text="жена & дети. Вечером писал."), texts
    )
    assert text.before.endswith("Он — «не здоров», говорит")
    assert text.after == ""


def test_words_that_do_not_stand_in_the_sentence_are_shown_alone(texts):
    """Evidence that is not verbatim in the sentence is not set amid what does not belong to it."""
    sentence = own(texts, "link-doubtful")
    (_, text, *_) = quotations(replace(sentence, source_text="Вечером читал."), texts)
    assert (text.before, text.after) == ("…", "…")
    assert text.text == "Вечером писал."


def test_differing_words_are_marked_on_both_sides(texts):
    """Of what was read and what the text says, the words that differ are marked."""
    scan, text, *_ = quotations(own(texts, "link-doubtful"), texts)
    assert [p.text for p in scan.pieces if p.differs] == ["нисал."]
    assert [p.text for p in text.pieces if p.differs] == ["писал."]
    assert (scan.kind, scan.language) == ("scan", "ru")


def test_what_was_read_is_found_in_the_finding_s_area(texts):
    """A doubtful sentence without evidence has the words in its boxes set beside it, and no others of their lines."""
    bare = replace(own(texts, "link-doubtful"), scan_text=None)
    assert said(quotations(bare, texts)[0])[2] == "Вечером писал."


def test_a_line_outside_the_text_shows_where_it_would_stand(texts):
    """Beside a line that no text holds stands the transcription, cut where the line before it ends."""
    scan, text = quotations(own(texts, "line-not-in-text"), texts)
    assert said(scan)[2] == "Эту строку пропустили"
    assert text.pieces == ()
    assert text.before.endswith("жена & дети. Вечером писал.")
    assert text.after == ""


def test_a_line_before_all_text_is_cut_at_its_beginning(texts):
    """Where no line before it is in a text, the cut is where the line after it begins."""
    page = texts.results.pages[0]
    assert texts.cut(page.order, 0, 1) == ("transcripts/v/1934-12-18.ru.txt", 0)
    assert texts.cut(2, 0, 0) is None
    assert texts.cut(99, 0, 0) is None


def test_a_marker_is_shown_in_its_text(texts):
    """A finding about a place in a text, such as a page marker, shows the text around it with that place marked."""
    scan, text = quotations(own(texts, "label-disagrees"), texts)
    assert said(scan)[2] == "53"
    assert said(text)[1:3] == ("", "18 декабря")
    assert text.after.startswith("Сегодня был")
    assert text.pieces[0].differs


def test_findings_without_texts(texts):
    """A finding about a file or a page has no text beside it; one of no volume shows what it says."""
    assert quotations(own(texts, "page-unreadable"), texts) == ()
    one, two = loose_quotations(finding(1, "x", scan_text="а б", source_text="а в", text="t.txt"))
    assert [p.text for p in (*one.pieces, *two.pieces) if p.differs] == ["б", "в"]
    assert loose_quotations(finding(1, "x")) == ()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("A line is in no text: “Эту строку”", "A line is in no text."),
        ("A line is in no text: “Эту … року”", "A line is in no text."),
        ("A line is in no text: “другая”", "A line is in no text: “другая”"),
        ("“Эту строку” is odd.", "“Эту строку” is odd."),
        ("Plain.", "Plain."),
        ("Is it the translation: “Эту” and “строку”", "Is it the translation: “Эту” and “строку”"),
    ],
)
def test_a_reason_does_not_repeat_the_texts(message, expected):
    """A quotation at a message's end is left out when the text it quotes stands under it, and only then."""
    assert reason(finding(1, "x", message=message, scan_text="Эту строку")) == expected


def test_reasons_are_in_both_languages():
    """A reason loses the quotation at its end in each language, and has no Russian where a finding has none."""
    (own,) = numbered(
        "v",
        [
            Finding(
                code="line-not-in-text",
                values={"count": 1, "pages": (PageName("53", 1, "0001.jpg"),), "text": "Эту «строку»: «пропустили»"},
                scan_text="Эту «строку»: «пропустили»",
            )
        ],
    )
    assert reasons(own) == {
        "en": "A line on page 53 (0001.jpg) is in no text.",
        "ru": "На странице 53 (0001.jpg) есть строка, которой нет ни в одном тексте.",
    }
    assert reasons(finding(1, "x", message="Nothing.")) == {"en": "Nothing."}
