"""IIIF: the schema accepts it, it keeps our own rules, and what was written is what links.jsonl says."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.iiif_rules import faults, outlines, schema_faults, things, xywh
from support.sample_volume import files, sample

from align.batch.exports.addresses import checked_base_url
from align.errors import UsageError
from align.export import Addresses, iiif_files, image_kind
from align.export.documents import titles, told_apart
from align.export.iiif.canvas import CanvasGrid, selectors
from align.export.iiif.ranges import nav_date
from align.model import Box, Document, Frame, Link, Page, Polygon, ScanInfo

BASE = "https://archive.example/iiif"
VOLUME = sample()
ROWS = {name: [json.loads(row) for row in text.splitlines()] for name, text in files(VOLUME).items()}


def documents() -> list[Document]:
    return list(VOLUME.result.documents)


def pages_of(link: Link) -> set[int]:
    """The orders of the pages that show a sentence."""
    return {area.page for area in link.areas}


def exported(
    volume=VOLUME, *, own=None, name="v", title="Том 1", lines=False, flat=False, images=None
) -> dict[str, str]:
    """The files of the sample volume as IIIF."""
    shown = {page.order: "jpeg" for page in volume.pages if page.frame} if images is None else images
    return dict(
        iiif_files(
            Addresses(BASE, name),
            title,
            pages=[(page, [link for link in volume.links if page.order in pages_of(link)]) for page in volume.pages],
            documents=documents() if own is None else own,
            headings=[link for link in volume.links if link.role == "heading"],
            images=shown,
            lines=lines,
            flat=flat,
        )
    )


def parsed(written: dict[str, str], name: str = "v"):
    """The manifest, and the annotation pages by their URLs."""
    pages = {f"{BASE}/{name}/{path}": json.loads(text) for path, text in written.items() if path != "manifest.json"}
    return json.loads(written["manifest.json"]), pages


@pytest.mark.parametrize("lines", [False, True])
def test_schema_and_rules(lines):
    """The schema of Presentation 3 accepts the manifest and every annotation page, and our own rules find no fault."""
    manifest, pages = parsed(exported(lines=lines, images={1: "tiles", 2: "jpeg", 3: "jpeg"}))
    assert [found for resource in (manifest, *pages.values()) for found in schema_faults(resource)] == []
    assert faults(manifest, pages) == []
    assert len(pages) == (5 if lines else 3)


def test_manifest_and_annotations_equal_the_golden_files(golden):
    """The files of the sample volume are as they were."""
    for path, text in exported(lines=True, images={1: "jpeg", 2: "jpeg", 3: "tiles"}).items():
        golden(f"export/iiif/{path}", text)


# What was written is what links.jsonl says


def on_canvas(point, page):
    """A point of the scan on its upright canvas, worked out for each way that a page can lie."""
    x, y = point
    left, top, width, height = page["frame"]
    dx, dy = x - left, y - top
    return {
        0: (dx, dy),
        90: (height - dy, dx),
        180: (width - dx, height - dy),
        270: (dy, width - dx),
    }[page["rotation"]]


def around(boxes, page):
    """The rectangle around boxes of the scan, on the canvas."""
    corners = [on_canvas((x + a * w, y + b * h), page) for x, y, w, h in boxes for a in (0, 1) for b in (0, 1)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_annotations_read_back_are_the_links(rotation):
    """Every sentence has one annotation on each page where it has an area, with its text and exactly this place."""
    turned = [
        replace(page, frame=Frame(page.frame.box, (page.frame.rotation + rotation) % 360)) if page.frame else page
        for page in VOLUME.pages
    ]
    volume = replace(VOLUME, pages=tuple(turned))
    rows = {name: [json.loads(row) for row in text.splitlines()] for name, text in files(volume).items()}
    by_order = {row["page"]: row for row in rows["pages.jsonl"]}
    manifest, pages = parsed(exported(volume))
    assert faults(manifest, pages) == []
    read = {
        (annotation["body"]["id"].partition("#")[2], annotation["target"]["source"]["id"].rpartition("/")[2]): (
            annotation,
            page,
        )
        for page in pages.values()
        for annotation in page["items"]
    }
    stated = {
        (row["sentence"], by_order[area["page"]]["key"]): (row, area)
        for row in rows["links.jsonl"]
        for area in row["areas"]
    }
    assert read.keys() == stated.keys()
    for name, (row, area) in stated.items():
        annotation, page = read[name]
        own = by_order[area["page"]]
        assert (annotation["body"]["value"], annotation["body"]["language"]) == (row["content"], row["language"])
        assert page["id"].endswith(f"/{own['key']}.{row['kind']}.json")
        rectangle, svg = annotation["target"]["selector"]
        assert xywh(rectangle) == around(area["boxes"], own)
        expected = [[on_canvas(point, own) for point in polygon] for polygon in area["polygons"]]
        assert [[(round(x, 1), round(y, 1)) for x, y in o] for o in expected] == outlines(svg)
    sizes = {c["id"].rpartition("/")[2]: (c["width"], c["height"]) for c in manifest["items"]}
    for row in rows["pages.jsonl"]:
        if row["status"] != "failed":
            _, _, width, height = row["frame"]
            assert sizes[row["key"]] == ((height, width) if row["rotation"] in (90, 270) else (width, height))
    assert sizes.keys() == {row["key"] for row in rows["pages.jsonl"] if row["status"] != "failed"}


def test_annotations_stand_in_text_order():
    """The sentences of a page stand in the order of links.jsonl, transcriptions and translations apart."""
    manifest, pages = parsed(exported())
    for page in pages.values():
        numbers = [annotation["body"]["id"] for annotation in page["items"]]
        order = [f"{BASE}/v/manifest.json#{row['sentence']}" for row in ROWS["links.jsonl"]]
        assert numbers == [sentence for sentence in order if sentence in set(numbers)]
    first = manifest["items"][0]["annotations"]
    assert [page["label"]["en"] for page in first] == [["Transcription"], ["Translation"]]


def test_a_sentence_over_two_pages_has_one_body():
    """A sentence with areas on two pages has an annotation on each, with the same body under the same id."""
    first, _, third, *_ = VOLUME.pages
    link = VOLUME.links[1]
    area = next(a for other in VOLUME.links for a in other.areas if a.page == third.order)
    long = replace(link, areas=(*link.areas, area))
    volume = replace(VOLUME, links=tuple(long if own is link else own for own in VOLUME.links))
    manifest, pages = parsed(exported(volume))
    assert faults(manifest, pages) == []
    found = [a for page in pages.values() for a in page["items"] if a["body"]["value"] == link.content]
    assert [a["target"]["source"]["id"].rpartition("/")[2] for a in found] == [first.key, third.key]
    assert found[0]["body"] == found[1]["body"]


def test_lines_read_back():
    """The lines of a page stand in their own file, in reading order, each with its words and its place."""
    _, pages = parsed(exported(lines=True))
    page = VOLUME.pages[0]
    own = pages[f"{BASE}/v/annotations/{page.key}.lines.json"]["items"]
    assert [a["body"]["value"] for a in own] == [line.text for line in page.lines]
    assert [xywh(a["target"]["selector"][0]) for a in own] == [line.box.xywh for line in page.lines]
    assert all("textGranularity" not in a for url, p in pages.items() if "lines" not in url for a in p["items"])


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.lists(
        st.tuples(st.integers(-20, 130), st.integers(-20, 130), st.integers(1, 60), st.integers(1, 60)), min_size=1
    ),
)
def test_places_never_lie_beyond_the_canvas(rotation, boxes):
    """What reaches over the edge of the page is cut off there, and what lies beyond it has no place."""
    frame = Frame(Box(7, 11, 107, 91), rotation)
    page = Page(1, "v.p0001", "k", ScanInfo("a.jpg", None, 200, 200, None, ""), frame, "ok")
    grid = CanvasGrid.of(page)
    own = [Box.from_xywh(box) for box in boxes]
    inside = [box.intersection(frame.box) for box in own if box.intersection(frame.box)]
    found = selectors(grid, own, [Polygon(box.corners) for box in own])
    assert (found is None) == (not inside)
    if found:
        row = {"frame": frame.box.xywh, "rotation": rotation}
        assert xywh(found[0]) == around([box.xywh for box in inside], row)
        for outline, box in zip(outlines(found[1]), inside, strict=True):
            corners = {on_canvas(corner, row) for corner in box.corners}
            assert set(outline) == corners


# Canvases, contents, details


def test_pages_without_a_size_have_no_canvas_and_those_without_image_an_empty_one():
    """A scan that could not be opened is left out; one that cannot be opened now has its canvas and its annotations."""
    manifest, pages = parsed(exported(images={2: "jpeg"}))
    assert [canvas["id"].rpartition("/")[2] for canvas in manifest["items"]] == [
        page.key for page in VOLUME.pages if page.frame
    ]
    first, second, *_ = manifest["items"]
    assert first["items"] == []
    assert "thumbnail" not in first
    assert len(first["annotations"]) == 2
    assert len(second["items"]) == 1
    assert "annotations" not in second
    assert faults(manifest, pages) == []
    assert [found for resource in (manifest, *pages.values()) for found in schema_faults(resource)] == []


def test_labels_of_pages():
    """A page is called by its label, in both languages of the interface; without one by its order, in brackets."""
    manifest, _ = parsed(exported())
    assert [canvas["label"]["en"][0] for canvas in manifest["items"]] == [
        "Page 53",
        "Page [2]",
        "Page 12об",
        "Page [5]",
    ]
    assert manifest["items"][0]["label"]["ru"] == ["Страница 53"]


def test_contents_point_to_shared_pages_by_region():
    """A document has its whole page where it is alone there, and its own part of it where it is not."""
    own = documents()
    box = Box(600, 0, 700, 100)
    shared = [own[0], replace(own[1], areas=((1, box), *own[1].areas))]
    manifest, pages = parsed(exported(own=shared))
    assert faults(manifest, pages) == []
    (contents,) = manifest["structures"]
    keys = {page.order: page.key for page in VOLUME.pages}
    found = {
        r["id"].rpartition("/")[2]: [item["id"].rpartition("/")[2] for item in r["items"]] for r in contents["items"]
    }
    around_first = ",".join(str(v) for v in own[0].areas[0][1].xywh)
    assert found == {
        "1934-12-18": [f"{keys[1]}#xywh={around_first}"],
        "letter": [f"{keys[1]}#xywh=600,0,100,100", keys[3]],
    }


def test_contents_are_in_the_order_of_the_pages():
    """Documents stand in the contents as they stand on the pages, and those without a place are not in them."""
    first, second = documents()
    nowhere = replace(first, document="nowhere", areas=())
    manifest, _ = parsed(exported(own=[second, nowhere, first]))
    assert [r["id"].rpartition("/")[2] for r in manifest["structures"][0]["items"]] == ["1934-12-18", "letter"]


def test_unknown_details_are_left_out():
    """What is not known of a document has no row, and a date of the year alone is a full dateTime all the same."""
    manifest, _ = parsed(exported())
    diary, letter = manifest["structures"][0]["items"]
    rows = {row["label"]["en"][0]: row["value"]["none"] for row in diary["metadata"]}
    assert rows == {"Author": ["В. Н."], "Repository": ["ЦГА"]}
    assert "navDate" not in diary
    assert letter["navDate"] == manifest["navDate"] == "1935-01-01T00:00:00Z"
    assert "rendering" not in manifest
    assert "seeAlso" not in manifest


def test_what_is_said_of_a_volume():
    """A volume has the authors and places of its documents, and recipients and dates where all of them have some."""

    def said(*own):
        rows = json.loads(exported(own=list(own))["manifest.json"]).get("metadata", ())
        return {row["label"]["en"][0]: row["value"]["none"] for row in rows}

    a = Document("a", None, "1934-12-18", "N. N.", {"recipient": "X", "identifier": "1"}, (), ())
    b = Document("b", None, "1935", "N. N.", {"repository": "Z", "description": "<i>torn</i>"}, (), ())
    assert said(a, b) == {"Author": ["N. N."], "Date": ["1934-12-18 – 1935"], "Repository": ["Z"]}
    assert said(a, replace(b, date="?", details={"recipient": "Y"})) == {"Author": ["N. N."], "Recipient": ["X", "Y"]}
    assert said(b) == {"Author": ["N. N."], "Date": ["1935"], "Repository": ["Z"], "Description": ["<i>torn</i> "]}
    assert said() == {}


def document(name: str, title: str | None, date: str | None = None) -> Document:
    return Document(name, title, date, None, {}, (), ())


def test_titles_are_told_apart():
    """Titles that lack their year or repeat get the date, and what is the same even then the document's name."""
    own = [
        document("a", "29 июля", "1933-07-29"),
        document("b", "29 июля", "1934-07-29"),
        document("c", "2 августа 1933 г.", "1933-08-02"),
        document("d", "Письмо"),
        document("e", "Письмо"),
        document("f", None),
        document("g", "Записка 1934 г.", "1934-01-01"),
        document("h", "Записка 1934 г.", "1934-02-01"),
    ]
    assert told_apart(titles(own, ())) == {
        "a": "29 июля (1933-07-29)",
        "b": "29 июля (1934-07-29)",
        "c": "2 августа 1933 г.",
        "d": "Письмо [d]",
        "e": "Письмо [e]",
        "f": "f",
        "g": "Записка 1934 г. (1934-01-01)",
        "h": "Записка 1934 г. (1934-02-01)",
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from([None, "a", "a [a]", "a [b]", "x (1934)"]),
            st.sampled_from([None, "1934", "1935"]),
        ),
        unique_by=lambda row: row[0],
    )
)
def test_no_two_titles_are_the_same(rows):
    """Whatever the titles and dates are, no two documents of a volume end with the same title."""
    found = told_apart(titles([document(*row) for row in rows], ()))
    assert len(set(found.values())) == len(rows)


@pytest.mark.parametrize(
    "stated", [None, "", "1935?", "18.12.1934", "1934-13", "0000", "1934-1-1", "19341218", "1934-12-18T00"]
)
def test_dates_that_are_none(stated):
    """What is not a date of year, month and day, or the front of one, is no navDate."""
    assert nav_date(stated) is None


# Hostile input


HOSTILE = '<script>alert("x")</script>\u2028\u202e\x07=1+1 ]]>'


def test_hostile_texts_and_names():
    """Markup, control characters and turned text stay data: rules and schema hold, the text comes back unchanged."""
    own = [
        replace(
            documents()[0],
            document='a"#?/..\u202e',
            title=f"{HOSTILE}>",
            author=HOSTILE.strip(),
            details={"x<y>": "<b>bold</b>"},
        )
    ]
    links = tuple(replace(link, content=HOSTILE, document=own[0].document) for link in VOLUME.links)
    name = "том #1%2e?"
    written = exported(replace(VOLUME, links=links), own=own, name=name, title=HOSTILE)
    url = "%D1%82%D0%BE%D0%BC%20%231%252e%3F"
    manifest, pages = parsed(written, url)
    assert faults(manifest, pages) == []
    assert [found for resource in (manifest, *pages.values()) for found in schema_faults(resource)] == []
    assert {a["body"]["value"] for page in pages.values() for a in page["items"]} == {HOSTILE}
    assert all("\u2028" not in text for text in written.values())
    assert manifest["id"] == f"{BASE}/{url}/manifest.json"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:8000/iiif", "http://127.0.0.1:8000/iiif"),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/x%20y/", "https://a.example/x%20y"),
        ("http://[::1]:8000/i i", "http://[::1]:8000/i%20i"),
    ],
)
def test_base_urls(text, url):
    """A base URL loses the slash at its end, and its path is percent-encoded once."""
    assert checked_base_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "", "iiif", "//a.example", "ftp://a.example", "file:///tmp", "javascript:alert(1)", "http://", "http:///iiif",
        "https://a.example/?x=1", "https://a.example/#x", "https://a.example/?", "https://u:p@a.example", "http://a:99999/",
        "http://a b/", "https://a.example/\nx", "http://архив.example", "http://[::1", "https://a.example\\@b",
    ],
)  # fmt: skip
def test_base_urls_that_no_id_can_begin_with(text):
    """What is not an http address of a folder is refused in one sentence that shows one."""
    with pytest.raises(UsageError, match=r"give one such as https://archive\.example/iiif"):
        checked_base_url(text)


@pytest.mark.parametrize(("size", "kind"), [((4000, 6000), "jpeg"), ((4000, 6001), "tiles"), ((100, 100), "jpeg")])
def test_large_images_come_in_tiles(size, kind):
    """Images above 24 megapixels come in tiles, and all do where tiles are asked for."""
    assert image_kind(*size, tiles=False) == kind
    assert image_kind(*size, tiles=True) == "tiles"


# The rules can fail


def first(pages, kind="transcription"):
    return next(page for url, page in pages.items() if kind in url)["items"][0]


BREAKS = {
    "no target, or more than one": lambda m, p: first(p).pop("target"),
    "no target, or more than one ": lambda m, p: first(p).update(target=[first(p)["target"]] * 2),
    "annotation of another motivation": lambda m, p: first(p).pop("motivation"),
    "annotation of another motivation ": lambda m, p: first(p).update(motivation="painting"),
    "navDate without a time": lambda m, p: m.update(navDate="1934-12-18"),
    "canvas that is not there": lambda m, p: first(p)["target"]["source"].update(id=f"{BASE}/v/canvas/none"),
    "canvas that is not there ": lambda m, p: m["structures"][0]["items"][0]["items"][0].update(id=f"{BASE}/none"),
    "target on another canvas": lambda m, p: first(p)["target"]["source"].update(id=m["items"][1]["id"]),
    "canvas that is part of nothing": lambda m, p: first(p)["target"]["source"].pop("partOf"),
    "id that repeats": lambda m, p: first(p).update(id=first(p, "translation")["id"]),
    "id that repeats ": lambda m, p: m["items"][0].update(id=m["items"][1]["id"]),
    "id that is no http URL": lambda m, p: first(p).update(id="urn:x"),
    "two texts of one id": lambda m, p: first(p)["body"].update(id=first(p, "translation")["body"]["id"]),
    "rectangle beyond its canvas": lambda m, p: first(p)["target"]["selector"][0].update(value="xywh=0,0,5000,10"),
    "outline beyond its canvas": lambda m, p: m["items"][0].update(height=100),
    "outline outside its rectangle": lambda m, p: first(p)["target"]["selector"][0].update(value="xywh=0,0,5,5"),
    "other selectors": lambda m, p: first(p)["target"]["selector"].reverse(),
    "image that is not painted on its canvas": lambda m, p: m["items"][0]["items"][0]["items"][0].update(target="x"),
    "image of another size than its canvas": lambda m, p: m["items"][0].update(width=1001),
    "annotation page that is not there": lambda m, p: p.pop(next(iter(p))),
    "annotation page with two labels": lambda m, p: next(iter(p.values())).pop("label"),
    "annotation pages that no canvas names, or two do": lambda m, p: m["items"][0].pop("annotations"),
    "annotation page without its context": lambda m, p: next(iter(p.values())).pop("@context"),
    "annotation page without its context ": lambda m, p: first(p).update(textGranularity="sentence"),
    "granularity of another kind than line": lambda m, p: first(p).update(textGranularity="sentence"),
    "manifest without its context": lambda m, p: m.pop("@context"),
    "context below the top": lambda m, p: m["items"][0].update({"@context": "x"}),
    "no label": lambda m, p: m["items"][0].pop("label"),
    "label or value that is no language map": lambda m, p: m.update(label="Том 1"),
    "value that is HTML": lambda m, p: m["metadata"][0]["value"].update(none=["<b>x</b>"]),
    "annotation without a plain text": lambda m, p: first(p)["body"].update(format="text/html"),
    "text without a language": lambda m, p: first(p)["body"].update(language=["ru"]),
    "two ranges of one title": lambda m, p: [r.update(label={"none": ["x"]}) for r in m["structures"][0]["items"]],
    "empty range": lambda m, p: m["structures"][0]["items"][0].update(items=[]),
    "region beyond its canvas": lambda m, p: m["structures"][0]["items"][0]["items"][0].update(
        id=m["items"][0]["id"] + "#xywh=0,0,9999,1"
    ),
    "canvas without a size": lambda m, p: m["items"][0].update(width=0),
}


@pytest.mark.parametrize("words", BREAKS)
def test_every_rule_can_fail(words):
    """Each of our own rules finds the fault that it is for."""
    manifest, pages = deepcopy(parsed(exported()))
    BREAKS[words](manifest, pages)
    assert words.strip() in faults(manifest, pages)


def test_the_schema_can_fail():
    """The schema is at work: a manifest without its label, and an annotation without target, are refused."""
    manifest, pages = parsed(exported())
    manifest["items"][0]["items"][0]["items"][0].pop("target")
    assert schema_faults(manifest)
    page = next(iter(pages.values()))
    page["items"][0].pop("target")
    assert schema_faults(page)
    assert not schema_faults(parsed(exported())[0])


@settings(max_examples=20)
@given(st.permutations(range(5)))
def test_addresses_do_not_move_with_the_order(order):
    """A page keeps the addresses of its canvas and its image wherever it stands in the volume."""
    moved = [replace(VOLUME.pages[n], order=at) for at, n in enumerate(order, 1)]
    manifest, _ = parsed(exported(replace(VOLUME, pages=tuple(moved), links=()), own=[]))
    before, _ = parsed(exported(replace(VOLUME, links=()), own=[]))

    def images(found):
        bodies = [thing for thing in things(found["items"]) if thing.get("motivation") == "painting"]
        return {thing["target"]: thing["body"]["id"] for thing in bodies}

    assert images(manifest) == images(before)
