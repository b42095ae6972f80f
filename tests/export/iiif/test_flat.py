"""The flat form of IIIF annotations: one list of both languages, with places that TIFY reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from support.bilingual import area, bilingual
from support.iiif_rules import schema_faults

from align.export import Addresses, iiif_files
from align.export.iiif.flat import flat_annotations, together
from align.model import Box, Frame, Link, VolumeResult

ADDRESSES = Addresses("https://archive.example/iiif", "v")
# What TIFY 0.35 takes for a place: the end of the target, a text.
PLACE = re.compile(r"xywh=(\d+),(\d+),(\d+),(\d+)$")


def paired(volume: VolumeResult) -> tuple[Link, ...]:
    """The links of the volume with the counterparts that its beads give them."""
    left, right = ([link for link in volume.links if link.kind == kind] for kind in ("transcription", "translation"))
    others: dict[str, tuple[str, ...]] = {}
    for bead in volume.pairs[0].beads:
        others |= {left[n].sentence: tuple(right[m].sentence for m in bead.right) for n in bead.left}
        others |= {right[m].sentence: tuple(left[n].sentence for n in bead.left) for m in bead.right}
    return tuple(replace(link, counterparts=others.get(link.sentence, ())) for link in volume.links)


def test_a_pair_is_one_annotation_with_both_languages():
    """Pairs of every shape are one annotation each, its sentences of the transcription first, each with its tag."""
    volume = bilingual()
    made = flat_annotations(ADDRESSES, volume.pages[0], paired(volume))
    read = [[(body["language"], body["value"]) for body in item["body"]] for item in made["items"]]
    assert read == [
        [("ru", "Раз."), ("en", "One.")],
        [("ru", "Два."), ("ru", "Три."), ("en", "Two and three.")],
        [("ru", "Четыре & <пять>."), ("en", "Four &"), ("en", "<five>.")],
        [("ru", "Один без пары.")],
        [("en", "Alone.")],
    ]
    assert schema_faults(made) == []


def test_a_place_is_a_text_that_ends_with_its_rectangle():
    """The target is the canvas with the rectangle around all lines of the pair, cut at the edge of the page."""
    volume = bilingual(frame=Frame(Box(50, 90, 850, 1390)))
    made = flat_annotations(ADDRESSES, volume.pages[0], paired(volume))
    targets = [item["target"] for item in made["items"]]
    canvas = ADDRESSES.canvas(volume.pages[0])
    assert all(target.startswith(f"{canvas}#xywh=") for target in targets)
    found = [tuple(map(int, PLACE.search(target).groups())) for target in targets]
    # Sentences 2 and 3 with translation 2: their boxes from 160 to 285 down the scan, the frame is 50, 90 to 850, 1390.
    assert found[1] == (50, 160 - 90, 850 - 100, 285 - 160)
    assert [item["id"].partition("#")[2] for item in made["items"]][:2] == [
        "v.1934-12-18.ru.s0001", "v.1934-12-18.ru.s0002",
    ]  # fmt: skip


def test_sentences_elsewhere_are_not_on_this_page():
    """A sentence without a place on the page is not in its list, and a page without any has none."""
    volume = bilingual()
    page = volume.pages[0]
    elsewhere = [replace(link, areas=(replace(area(0), page=2),)) for link in volume.links]
    assert flat_annotations(ADDRESSES, page, elsewhere) is None


def test_several_translations_are_in_one_group():
    """Sentences that say the same are together over any number of texts, each once, whatever their order."""
    first = bilingual().links[0]
    one, two, three = (
        replace(first, sentence=name, kind=kind, counterparts=counterparts)
        for name, kind, counterparts in (
            ("a", "translation", ("b",)), ("b", "transcription", ()), ("c", "translation", ("b", "x")),
        )
    )  # fmt: skip
    assert [[link.sentence for link in group] for group in together([one, two, three])] == [["b", "a", "c"]]
    assert together([]) == []


def test_the_manifest_names_one_list_a_page():
    """In the flat form a canvas has one annotation page, whose file is written; the manifest is valid."""
    volume = bilingual()
    written = dict(
        iiif_files(
            ADDRESSES, "V", pages=[(volume.pages[0], paired(volume))], documents=volume.documents, headings=(),
            images={1: "jpeg"}, flat=True,
        )
    )  # fmt: skip
    manifest = json.loads(written["manifest.json"])
    assert schema_faults(manifest) == []
    (reference,) = manifest["items"][0]["annotations"]
    path = reference["id"].removeprefix("https://archive.example/iiif/v/")
    assert json.loads(written[path])["label"] == reference["label"]
    assert set(written) == {"manifest.json", path}
