"""The viewer's data: documents with their titles, sentences with their counterparts, places turned upright."""

from __future__ import annotations

import pytest
from support.sample_volume import sample, write_results

from align.export.documents import titles
from align.export.overlay.scene import upright_transform
from align.files.store.results import Results
from align.web.viewer.data import Picture, document_payloads, volume_payload
from align.web.viewer.scripts import script

VOLUME = sample()


@pytest.fixture
def volume(tmp_path):
    """The invented volume of model objects, written and read back."""
    write_results(VOLUME, tmp_path)
    return Results.opened(tmp_path).volume("v")


def test_a_title_is_stated_or_a_heading_or_the_name(volume):
    """A title is the stated one, else the first heading, else the document's name; one without a year is unsure."""
    found = titles(volume.documents, volume.links)
    assert (found["1934-12-18"].text, found["1934-12-18"].translated) == ("18 декабря", "18 December")
    assert found["1934-12-18"].date == "1934-12-18"
    assert found["1934-12-18"].unsure
    assert (found["letter"].text, found["letter"].translated, found["letter"].date) == ("letter", None, "1935")


def test_a_volume(volume):
    """Pages come in order with label, upright size, image and status; documents with texts, transcription first."""
    digests = {document.document: f"{n:010x}" for n, document in enumerate(volume.documents)}
    payload = volume_payload(volume, title="T", pictures={1: Picture("k", 10, 7)}, digests=digests)
    pages = payload["pages"]
    assert [page.get("label") for page in pages] == ["53", None, "12об", None, None]
    assert [page["size"] for page in pages] == [[1000, 700], [600, 800], [600, 800], [0, 0], [780, 480]]
    assert pages[0]["image"] == "k"
    assert "image" not in pages[3]
    assert [page.get("status") for page in pages] == [None, None, None, "failed", "blank"]
    first, letter = payload["documents"]
    assert first["texts"] == [["transcription", "ru"], ["translation", "en"]]
    assert first["details"] == {"author": "В. Н.", "repository": "ЦГА"}
    assert letter["details"] == {"recipient": "N. & N."}


def test_sentences_know_their_counterparts(volume):
    """Counterparts are numbers within the document, mutual, and every sentence of every text has its own number."""
    payload = document_payloads(volume)["1934-12-18"]
    assert [text["first"] for text in payload["texts"]] == [0, 4]
    assert [sentence["others"] for sentence in payload["sentences"]] == [[4], [5], [6], [7], [0], [1], [2], [3]]
    assert [s.get("status") for s in payload["sentences"][:4]] == [None, None, "partial", "doubtful"]


def test_places_are_upright(volume):
    """Outlines are those of the links, on the page as it is read; boxes stay those of the scan."""
    (sentence, _) = document_payloads(volume)["letter"]["sentences"]
    (link,) = [link for link in volume.links if link.sentence == sentence["id"]]
    (page,) = [page for page in volume.pages if page.order == 3]
    way, paper = upright_transform(page.frame)
    for outline, polygon in zip(sentence["areas"][0]["outlines"], link.areas[0].polygons, strict=True):
        there = [(x - paper.left, y - paper.top) for x, y in way.points(polygon.points)]
        assert list(zip(outline[::2], outline[1::2], strict=True)) == [
            pytest.approx(point, abs=0.06) for point in there
        ]
        assert all(0 <= x <= 600 for x in outline[::2])
    assert sentence["areas"][0]["box"][0] >= 600


def test_a_sentence_without_a_place(volume):
    """Commentary that is rightly on no page says so and has no areas."""
    commentary = document_payloads(volume)["letter"]["sentences"][1]
    assert commentary["status"] == "apart"
    assert "reason" not in commentary
    assert commentary["role"] == "commentary"
    assert "areas" not in commentary


def test_a_script_of_data_ends_nowhere_within():
    """A script of data holds neither the end of a script nor half a surrogate pair."""
    data = script("a/b", {"x": "</script><!-- \u2028 \ud800"})
    assert data == b'align.add("a/b",{"x":"<\\/script><\\u0021-- \\u2028 ?"});\n'
