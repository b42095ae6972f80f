"""W3C Web Annotations: by the rules of the model, in scan pixels, with both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from support.annotation_rules import annotation_faults
from support.bilingual import bilingual
from support.iiif_rules import outlines, xywh
from support.sample_volume import sample

from align.export.web_annotations import annotation_collection
from align.model import VolumeResult

BASE = "https://archive.example/diary"


def collection(volume: VolumeResult, path: str = "annotations/v.json") -> dict:
    """The collection of a volume, read back."""
    pages = [
        (page, [link for link in volume.links if page.order in {area.page for area in link.areas}])
        for page in volume.pages
    ]
    return json.loads(b"".join(annotation_collection(BASE, path, "Дневник", pages)))


def test_the_sample_keeps_the_rules_and_says_what_links_say():
    """Every sentence with a place is the body of an annotation on each of its scans, with its words and language."""
    volume = sample().result
    made = collection(volume)
    assert annotation_faults(made) == []
    read = sorted(
        (body["id"].partition("#")[2], body["value"], body["language"], annotation["target"]["source"])
        for annotation in made["first"]["items"]
        for body in annotation["body"]
        if "purpose" not in body
    )
    scans = {page.order: page.scan for page in volume.pages}
    stated = []
    for link in volume.links:
        for order in {area.page for area in link.areas}:
            part = "" if scans[order].index is None else f"#page={scans[order].index + 1}"
            stated.append((link.sentence, link.content, link.language, f"{BASE}/{scans[order].path}{part}"))
    assert [row[:3] for row in read] == [row[:3] for row in sorted(stated)]
    assert len({row[3] for row in read}) == len({row[3] for row in stated})


def test_places_are_those_of_the_scan():
    """The rectangle is around the boxes of the sentence in pixels of the scan; the outlines are its own, each once."""
    made = collection(bilingual())
    first = made["first"]["items"][0]["target"]
    rectangle, drawn = first["selector"]
    assert first["source"] == f"{BASE}/images/v/0001.jpg"
    assert xywh(rectangle) == (100, 100, 800, 65)
    assert outlines(drawn) == [
        [(100, 100), (900, 100), (900, 130), (100, 130)],
        [(100, 137), (500, 135), (500, 163), (100, 165)],
    ]


def test_what_is_unsure_is_a_tag():
    """A doubtful place is tagged, and one that is sure is not."""
    volume = bilingual()
    unsure = replace(volume, links=(replace(volume.links[0], status="doubtful"), *volume.links[1:]))
    made = collection(unsure)
    assert annotation_faults(made) == []
    tags = [[body["value"] for body in item["body"] if "purpose" in body] for item in made["first"]["items"]]
    assert tags[0] == ["doubtful"]
    assert not any(tags[1:])


@pytest.mark.parametrize("words", ["\x00\x0b", "\ud800", '"}]', "</script>", "\u2028", "\u202e"])
def test_any_text_is_valid_json(words):
    """Whatever a sentence or a name holds, the file is JSON and keeps the rules."""
    made = collection(bilingual([words], [words], (), document="a b#?"), "annotations/1 & 2#.json")
    assert annotation_faults(made) == []
    assert made["first"]["items"][0]["body"][0]["value"] in (words, "\ufffd")


def test_nothing_to_annotate_is_an_empty_collection():
    """A volume without places is a collection of no annotations."""
    made = collection(replace(bilingual(), links=()))
    assert annotation_faults(made) == []
    assert made["total"] == 0
