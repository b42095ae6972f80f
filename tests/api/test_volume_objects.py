"""Results as objects: pages, sentences, documents and findings that lead to each other, and their pictures."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from support.sample_volume import sample, with_digests, write_results

import align
from align.errors import InputError, ScanError, UnknownNameError, UsageError


@pytest.fixture
def volume(tmp_path: Path) -> align.Volume:
    """A volume with all kinds of pages, and the scans of its first and third page."""
    folder = tmp_path / "images/v"
    folder.mkdir(parents=True)
    first = Image.new("L", (1000, 700), 230)
    ImageDraw.Draw(first).rectangle((80, 211, 519, 259), fill=10)
    first.save(folder / "стр. 1#a.jpg")
    leaves = [Image.new("L", (1200, 800), 200 + n) for n in range(4)]
    ImageDraw.Draw(leaves[3]).rectangle((860, 560, 1100, 600), fill=10)
    leaves[0].save(folder / "0002.tif", save_all=True, append_images=leaves[1:])
    write_results(with_digests(tmp_path, sample()), tmp_path / "aligned")
    return align.open_results(tmp_path)["v"]


def test_a_page_is_found_by_its_names(volume):
    """A number is an order; a text is a label, then a scan file, its path or its stem; the first of several counts."""
    assert [volume.page(n).order for n in (1, 5)] == [1, 5]
    assert [volume.page(n).order for n in ("53", "12об", "last.pdf", "last", "images/v/0003.jpg", "0002")] == [
        1, 3, 5, 5, 4, 2,
    ]  # fmt: skip
    for name in (0, 6, "54", "", "jpg"):
        with pytest.raises(UnknownNameError, match="has no page"):
            volume.page(name)


def test_names_that_are_not_there_are_lookup_errors(volume, tmp_path):
    """An unknown page, document, sentence or volume is one sentence that says what there is, and a LookupError."""
    for ask in (
        lambda: volume.page("99"),
        lambda: volume.document("1935"),
        lambda: volume.sentence("v.nothing"),
        lambda: align.open_results(tmp_path)["w"],
    ):
        with pytest.raises(LookupError) as caught:
            ask()
        assert isinstance(caught.value, align.AlignError)
        assert "give" in str(caught.value) or "such as" in str(caught.value)
    assert align.open_results(tmp_path).get("w") is None


def test_sentences_lead_to_each_other(volume):
    """A sentence has its counterparts, its pages and the lines of its areas as objects."""
    sentence = volume.document("1934-12-18").transcription[2]
    assert sentence.content == "Он — «не здоров», говорит жена & дети."
    assert [own.content for own in sentence.translation] == ["He is “unwell”, say his wife & children."]
    assert sentence.translation[0].transcription == (sentence,)
    assert sentence.transcription == ()
    assert [page.label for page in sentence.pages] == ["53"]
    assert [line.text for line in sentence.areas[0].lines] == [
        "Сегодня был у Петрова. Он — «не здоров»,",
        "говорит жена & дети. Вечером писал.",
    ]
    assert sentence in volume.page("53").sentences
    assert volume.sentence(sentence.id) == sentence


def test_documents_have_texts_and_pages(volume):
    """A document has its details, its transcription, its translations by language, and its pages."""
    diary, letter = volume.documents
    assert (diary.title, diary.author, diary.details) == ("18 декабря", "В. Н.", {"repository": "ЦГА"})
    assert [len(diary.transcription), len(diary.translation), list(diary.translations)] == [4, 4, ["en"]]
    assert [page.order for page in diary.pages] == [1]
    assert letter.transcription == ()
    assert [sentence.status for sentence in letter.translation] == ["linked", "apart"]
    assert repr(letter.translation[1]).endswith("apart, rightly on no page, '[Kept in Moscow.]'>")


def test_what_is_under_a_point(volume):
    """At a point stands the transcription's sentence where there is one, else the translation's, else none."""
    assert volume.sentence_at(page=1, x=100, y=230).content == "Сегодня был у Петрова."
    assert volume.sentence_at(page="12об", x=1000, y=580).content == "Dear friend, all is well."
    assert volume.sentence_at(page=1, x=5, y=5) is None
    for sentence in volume.links:
        for area in sentence.areas:
            for box in area.boxes:
                seen = area.page.sentence_at(box.left, box.top)
                assert sentence in (seen, *seen.counterparts)


def test_pairs_hold_sentences(volume):
    """A pair has the sentences of both sides, or of one."""
    assert [(len(pair.transcription), len(pair.translation)) for pair in volume.beads] == [
        (1, 1), (1, 1), (1, 1), (1, 0), (0, 1),
    ]  # fmt: skip
    assert volume.beads[1].translation[0].content == "Today I called on Petrov."
    assert "nothing" in repr(volume.beads[3])


def test_findings_are_chosen_from(volume):
    """Findings are chosen by code, severity, document and page, together, and lead to their places."""
    findings = volume.findings
    assert repr(findings) == "<Findings: 1 error, 1 warning>"
    assert [own.code for own in findings.where(severity="error")] == ["page-failed"]
    assert [own.code for own in findings.where(page=1, code="line-without-text")] == ["line-without-text"]
    assert len(findings.where(code="line-without-text", severity="error")) == 0
    assert len(findings.where(document="letter")) == 0
    assert repr(findings[2:]) == "<Findings: none>"
    assert findings[0].areas[0].lines[0].text == "Эту строку пропустили"
    assert findings[0].pages == (volume.page(1),)


def test_pictures_show_areas_and_findings(volume):
    """A page's picture has tints where sentences stand, a red frame for a finding if asked, and no side too long."""
    page = volume.page(1)
    plain, framed = page.show(max_side=700), page.show(findings=True, max_side=700)
    assert plain.mode == "RGB"
    assert max(plain.size) <= 700
    red = [(np.asarray(own) == (194, 24, 43)).all(axis=2).sum() for own in (plain, framed)]
    assert red[0] == 0 < 100 < red[1]
    assert Image.open(io.BytesIO(page._repr_png_())).size == page.show().size


def test_pages_without_a_scan_have_a_picture(volume):
    """Where a scan cannot be opened, its page is shown on white paper, and cutting from it says why it cannot be."""
    for page in (volume.page(4), volume.page(5)):
        assert page.show().width > 1
        with pytest.raises(ScanError):
            page.image()


@pytest.mark.parametrize("page", [1, 3])
def test_a_changed_scan_is_refused(volume, tmp_path, page):
    """No picture is made of a scan that changed since the run, though another page of it is kept in memory."""
    own = volume.page(page)
    (tmp_path / own._page.scan.path).write_bytes((tmp_path / "images/v/стр. 1#a.jpg").read_bytes() + b"!")
    for picture in (own.show, own.image, own.sentences[0].areas[0].crop):
        with pytest.raises(ScanError, match=r"has changed since the run: run align run again\.") as error:
            picture()
        assert error.value.cause == "changed"


def test_a_scan_put_back_is_shown_again(volume, tmp_path):
    """A scan that changed is refused, and shown again once it is the one of the run."""
    scan = tmp_path / "images/v/стр. 1#a.jpg"
    right = scan.read_bytes()
    scan.write_bytes(right[:-2] + b"!!")
    with pytest.raises(ScanError):
        volume.page(1).image()
    scan.write_bytes(right)
    assert volume.page(1).image().size == (1000, 700)


def test_crops_are_cut_upright(volume):
    """A cut is the area's box with a margin kept inside the scan, turned as the page is read."""
    area = volume.sentence("v.1934-12-18.ru.s0002").areas[0]
    assert area.crop().size == (area.box.width, area.box.height)
    assert area.crop().getpixel((5, 20)) < 60
    assert area.crop(margin=10_000).size == (1000, 700)
    turned = volume.page(3).sentences[0].areas[0]
    assert turned.crop().size == (turned.box.width, turned.box.height)
    assert volume.page(3).image().size == (600, 800)


def test_a_volume_of_several_pages_asks_which_to_show(volume):
    """A picture of a volume with several pages needs the page's name."""
    with pytest.raises(UsageError, match="5 pages"):
        volume.show()
    assert volume.show("53").size == volume.page(1).show().size


def test_tables_for_notebooks_are_escaped(volume, tmp_path):
    """HTML of results, volumes, documents and findings holds texts escaped, and not more than twenty rows."""
    results = align.open_results(tmp_path)
    shown = [own._repr_html_() for own in (results, volume, volume.documents[0], volume.findings)]
    assert all(html.startswith("<table><caption>") for html in shown)
    assert "жена &amp; дети" in shown[2]
    assert "жена & дети" not in shown[2]


def test_results_are_a_mapping(volume, tmp_path):
    """Results are a mapping of volumes, each read once, opened by their folder or by the collection's."""
    results = align.open_results(tmp_path / "aligned")
    assert (list(results), len(results), "v" in results, "w" in results) == (["v"], 1, True, False)
    assert results["v"] is results["v"]
    assert results.run["engine"] == "tesseract 5.3.0"
    assert len(results.findings) == 0
    assert align.open_results(tmp_path / "aligned", collection=tmp_path / "elsewhere")["v"].page(1).show().width > 1
    with pytest.raises(InputError, match="no results"):
        align.open_results(tmp_path / "images")
    (tmp_path / "aligned/run.json").write_text('{"schema_version": 99, "volumes": {}}', encoding="utf-8")
    with pytest.raises(InputError, match="another version"):
        align.open_results(tmp_path)


def test_a_condition_that_cannot_hold_is_refused(volume):
    """A severity that there is not, and a page that is not an order, are one sentence and not "no findings"."""
    with pytest.raises(UsageError, match="one of error, warning, note"):
        volume.findings.where(severity="grave")
    with pytest.raises(UsageError, match="not an order"):
        volume.findings.where(page="48")
