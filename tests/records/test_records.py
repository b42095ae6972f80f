"""The files of a volume: golden files, schemas, references, and the law that what is written is what is read."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.golden_files import compare_with_golden
from support.results_check import VOLUME_FILES, check_results, read_rows, schema_faults, validator
from support.sample_volume import files, run_row, sample, write_results

from align.model import (
    Area,
    Bead,
    Box,
    Document,
    Finding,
    Frame,
    Line,
    Link,
    Match,
    Page,
    PairedTexts,
    PlainText,
    Polygon,
    ScanInfo,
    VolumeResult,
    Word,
    Wording,
    documents_of,
)
from align.records import (
    RECORDS,
    DamagedRecord,
    decoded,
    decoded_findings,
    encoded,
    encoded_findings,
    json_document,
    json_lines,
)
from align.records.jsonl import rows_of

VOLUME = sample()


@pytest.mark.parametrize("name", sorted(f"{n}.jsonl" for n in (*VOLUME_FILES, "findings.ru")))
def test_rows_are_the_golden_rows(name, golden):
    """Every file of the sample volume is byte for byte what was read and agreed on."""
    golden(f"export/{name}", files(VOLUME)[name])


def test_run_json_keeps_its_schema():
    """run.json as batch writes it keeps the schema, and a missing or foreign field breaks it."""
    assert schema_faults("run", json.loads(json_document(run_row()))) == []
    assert schema_faults("run", {k: v for k, v in run_row().items() if k != "volumes"})
    assert schema_faults("run", {**run_row(), "time": "now"})


def test_a_whole_folder_keeps_the_contract(tmp_path):
    """A folder written from the model passes every rule of the results check."""
    write_results(VOLUME, tmp_path)
    assert check_results(tmp_path) == []


def test_the_same_rows_twice_are_the_same_bytes():
    """Rows hold no time, no memory address and no order of a set."""
    assert files(sample()) == files(sample())


BREAKS = {
    "label": ("links", 0, lambda r: r["areas"][0].update(label="54"), "is not the page's"),
    "line": ("links", 0, lambda r: r["areas"][0].update(lines=["v.p0009.l001"]), "is not on page"),
    "box": ("links", 0, lambda r: r["areas"][0]["boxes"][0].__setitem__(2, 5000), "is not on the scan"),
    "polygons": ("links", 0, lambda r: r["areas"][0]["polygons"].append([[0, 0], [1, 0], [1, 1]]), "one polygon"),
    "content": ("links", 1, lambda r: r.update(content="Сегодня не был у Петрова."), "is not the text's"),
    "span": ("links", 1, lambda r: r.update(spans=[[11, 1999]]), "reach over the end"),
    "counterpart": ("links", 0, lambda r: r.update(counterparts=["v.x.ru.s0001"]), "no sentence"),
    "foreign key": ("links", 0, lambda r: r.update(note=""), "note"),
    "missing key": ("links", 0, lambda r: r.pop("via"), "via"),
    "status": ("links", 0, lambda r: r.update(status="unlinked"), "expected to be empty"),
    "score": ("links", 0, lambda r: r.update(score=1.5), "maximum"),
    "key": ("pages", 0, lambda r: r.update(key="XYZ"), "does not match"),
    "frame": ("pages", 0, lambda r: r.update(frame=[0, 0, 1001, 700]), "is not on the scan"),
    "label source": ("pages", 0, lambda r: r.update(label_source=None), "label_source"),
    "same id": ("lines", 0, lambda r: r.update(line="v.p0001.l002"), "stands 2 times"),
    "words": ("lines", 0, lambda r: r.update(text="Дневники"), "not its words"),
    "match": ("lines", 2, lambda r: r["matches"][0].update(text="transcripts/v/none.ru.txt"), "no text"),
    "path": ("lines", 2, lambda r: r["matches"][0].update(text="transcripts/../x.txt"), "does not match"),
    "bead side": ("beads", 0, lambda r: r.update(texts=r["texts"][::-1]), "is not of"),
    "empty bead": ("beads", 3, lambda r: r.update(transcription=[]), "not valid under any"),
    "finding's page": ("findings", 0, lambda r: r.update(pages=[7]), "no such page"),
    "document's area": ("documents", 0, lambda r: r["areas"][0].update(box=[0, 0, 9, 9]), "not what its links cover"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_the_results_check_sees_each_fault(case, tmp_path):
    """A folder with one fault planted in it does not pass, and the fault is named."""
    name, index, spoil, words = BREAKS[case]
    write_results(VOLUME, tmp_path)
    path = tmp_path / "v" / f"{name}.jsonl"
    rows = read_rows(path)
    spoil(rows[index])
    path.write_text(json_lines(rows), encoding="utf-8")
    assert any(words in fault for fault in check_results(tmp_path)), check_results(tmp_path)


def rows(volume: VolumeResult, name: str) -> list[dict[str, object]]:
    """The rows of this file of the volume."""
    return [json.loads(line) for line in encoded(volume)[f"{name}.jsonl"].splitlines()]


def read_back(volume: VolumeResult) -> VolumeResult:
    return decoded(volume.volume, {name: text.encode("utf-8") for name, text in encoded(volume).items()})


def rounded(volume: VolumeResult) -> VolumeResult:
    """What of a volume its files hold: shares to four decimals, points to a tenth of a pixel, words by their boxes."""

    def share(value: float) -> float:
        return round(value, 4)

    def outline(polygon: Polygon) -> Polygon:
        return Polygon(tuple((round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in polygon.points))

    def area(own: Area) -> Area:
        return replace(own, polygons=tuple(outline(polygon) for polygon in own.polygons))

    def line(own: Line) -> Line:
        words = (Word(w.text, w.box, Polygon(w.box.corners), share(w.confidence)) for w in own.words)
        drawn = tuple(outline(polygon) for polygon in own.drawn)
        return Line(
            tuple(words), outline(own.polygon), 0, own.role, None if drawn == (outline(own.polygon),) else drawn
        )

    def page(own: Page) -> Page:
        scan = replace(own.scan, dpi=None if own.scan.dpi is None else round(own.scan.dpi, 2))
        return replace(own, scan=scan, lines=tuple(line(each) for each in own.lines))

    return VolumeResult(
        volume=volume.volume,
        pages=tuple(page(own) for own in volume.pages),
        matches=tuple(
            {n: tuple(replace(m, similarity=share(m.similarity)) for m in found) for n, found in by_line.items()}
            for by_line in volume.matches
        ),
        documents=volume.documents,
        links=tuple(
            replace(link, score=share(link.score), areas=tuple(area(own) for own in link.areas))
            for link in volume.links
        ),
        pairs=tuple(
            replace(pair, beads=tuple(Bead(b.left, b.right, share(b.score)) for b in pair.beads))
            for pair in volume.pairs
            if pair.beads
        ),
        findings=tuple(
            replace(
                own,
                score=share(own.score),
                areas=tuple(area(each) for each in own.areas),
                translations={name: words for name, words in own.translations.items() if words != own.wording("en")},
            )
            for own in volume.findings
        ),
    )


SHARES = st.floats(0, 1)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
WORDS = TEXTS.filter(bool)
NUMBERS = st.integers(0, 5000)
BOXES = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), NUMBERS, NUMBERS, *[st.integers(1, 900)] * 2)
POINTS = st.tuples(st.floats(-2, 5000), st.floats(-2, 5000))
POLYGONS = st.lists(POINTS, min_size=3, max_size=4).map(lambda points: Polygon(tuple(points)))
SPANS = st.lists(st.builds(lambda a, n: (a, a + n), NUMBERS, st.integers(1, 9)), max_size=2).map(tuple)
MAYBE = st.none() | TEXTS
TRANSLATIONS = st.dictionaries(st.just("ru"), st.builds(Wording, TEXTS, MAYBE))


@st.composite
def pages(draw: st.DrawFn, order: int) -> Page:
    scan = ScanInfo(
        "images/v/1.png", draw(st.none() | NUMBERS), 9000, 9000, draw(st.none() | st.floats(1, 2400)), draw(TEXTS)
    )
    label = draw(MAYBE)
    status = draw(st.sampled_from(("ok", "blank", "failed")))
    words = st.builds(Word, WORDS, BOXES, POLYGONS, SHARES)
    lines = st.builds(
        Line, st.lists(words, min_size=1, max_size=3).map(tuple), POLYGONS, st.integers(0, 3),
        st.sampled_from(("body", "note", "stamp")),
    )  # fmt: skip
    return Page(
        order, f"v.p{order:04d}", draw(TEXTS), scan,
        None if status == "failed" else Frame(draw(BOXES), draw(st.sampled_from((0, 90, 180, 270)))), status,
        tuple(draw(st.lists(lines, max_size=3))), draw(MAYBE), label, label if label is None else "printed",
        draw(st.none() | st.integers(1, 9)),
    )  # fmt: skip


@st.composite
def areas(draw: st.DrawFn, volume_pages: tuple[Page, ...]) -> tuple[Area, ...]:
    """Areas on pages that have lines."""
    usable = [page for page in volume_pages if page.lines]
    found = []
    for page in draw(st.lists(st.sampled_from(usable), max_size=2)) if usable else ():
        count = draw(st.integers(1, 2))
        boxes, outlines, numbers = (
            tuple(draw(values) for _ in range(count))
            for values in (BOXES, POLYGONS, st.integers(0, len(page.lines) - 1))
        )
        found.append(Area(page.order, boxes, outlines, numbers, draw(st.none() | SPANS)))
    return tuple(found)


@st.composite
def volumes(draw: st.DrawFn) -> VolumeResult:
    """Any volume: what it says need not make sense, but each part refers only to what is there."""
    made = tuple(draw(pages(n + 1)) for n in range(draw(st.integers(0, 3))))
    paths = {"ru": "transcripts/v/d.ru.txt", "en": "transcripts/v/d.en.txt"}
    match = st.builds(Match, st.sampled_from(list(paths.values())), st.tuples(NUMBERS, NUMBERS), SHARES)
    matches = st.lists(match, min_size=1, max_size=2).map(tuple)
    links, counts = [], {}
    for language, path in paths.items():
        counts[language] = draw(st.integers(0, 2))
        for n in range(counts[language]):
            placed = draw(areas(made))
            links.append(
                Link(
                    f"v.d.{language}.s{n}", draw(TEXTS), "d", path,
                    "transcription" if language == "ru" else "translation", language, "body", draw(SPANS), draw(TEXTS),
                    "linked" if placed else "unlinked", draw(SHARES), draw(st.none() | st.just("weak")),
                    draw(st.none() | st.just("ocr")), draw(st.lists(TEXTS, max_size=2).map(tuple)), placed,
                )
            )  # fmt: skip
    beads = [Bead((n,), (), draw(SHARES), (0.5,)) for n in range(counts["ru"])]
    beads += [Bead((), (n,), draw(SHARES)) for n in range(counts["en"])]
    names = TEXTS, WORDS, st.sampled_from(("error", "note")), TEXTS, MAYBE, MAYBE
    findings = [
        Finding(
            f"v.f{n}", *(draw(values) for values in names), draw(st.lists(NUMBERS, max_size=2).map(tuple)),
            draw(st.lists(TEXTS, max_size=2).map(tuple)), draw(st.lists(TEXTS, max_size=2).map(tuple)), draw(SPANS),
            draw(areas(made)), draw(SHARES), draw(MAYBE), draw(MAYBE), draw(MAYBE), translations=draw(TRANSLATIONS),
        )
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    details = draw(st.dictionaries(TEXTS, TEXTS, max_size=2))
    boxes = tuple((page.order, draw(BOXES)) for page in made)
    return VolumeResult(
        "v",
        made,
        tuple({n: draw(matches) for n in range(len(page.lines)) if draw(st.booleans())} for page in made),
        (Document("d", draw(MAYBE), draw(MAYBE), draw(MAYBE), details, tuple(paths.values()), boxes),),
        tuple(links),
        (PairedTexts(paths["ru"], paths["en"], tuple(beads)),),
        tuple(findings),
        (PlainText(paths["en"], "d", "en", ""),),
    )


@given(volumes())
def test_what_is_written_is_what_is_read(volume):
    """Any volume comes back from its files, but for what they round and what they do not hold."""
    assert read_back(volume) == rounded(volume)


@given(volumes())
def test_what_was_read_is_written_as_it_was(volume):
    """Files that are read and written again are the same; only a line's confidence is reckoned from rounded words."""
    for name, text in encoded(read_back(volume)).items():
        ours, theirs = (rows_of(own.encode("utf-8")) for own in (text, encoded(volume)[name]))
        for row in (*ours, *theirs) if name == "lines.jsonl" else ():
            row.pop("confidence")
        assert ours == theirs


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_each_record_is_what_its_schema_says(record):
    """Table and schemas agree: a schema a record, the same keys in the same order, rows that pass."""
    names = ["pages", "lines", "documents", "links", "beads", "findings", "findings.ru"]
    assert [own.name for own in RECORDS] == names
    written = rows(VOLUME.result, record.name)
    assert written
    for row in written:
        assert list(row) == list(validator(record.name).schema["properties"])
        assert schema_faults(record.name, row) == []


@pytest.mark.parametrize("data", [b"{", b"[1]\n", b"\xff\n", b'{"a": 1}\n[]\n', b"[" * 100_000])
def test_damaged_rows_are_named(data):
    """What is not JSON lines, or no record of ours, is one kind of error that names the file."""
    with pytest.raises(DamagedRecord) as caught:
        decoded("v", dict.fromkeys(encoded(VOLUME.result), b"") | {"findings.jsonl": data})
    assert caught.value.file == "findings.jsonl"


def test_a_row_that_is_no_record_is_damage():
    """A row that lacks a field is refused, of a volume as of the findings that belong to none."""
    for file in ("findings.jsonl", "findings.ru.jsonl"):
        with pytest.raises(DamagedRecord):
            decoded_findings({"findings.jsonl": b"", file: b'{"finding": 1}\n'})


def test_findings_of_no_volume_come_back():
    """Findings of no volume are written to two files, and come back from them with their words in both languages."""
    (finding, *_) = VOLUME.findings
    loose = replace(finding, areas=(), translations={"ru": Wording("Строки нет в тексте.", None)})
    written = encoded_findings([loose])
    assert list(written) == ["findings.jsonl", "findings.ru.jsonl"]
    assert decoded_findings({name: text.encode("utf-8") for name, text in written.items()}) == (loose,)


def test_results_of_an_older_run_are_read_without_russian():
    """Where findings.ru.jsonl is missing, findings have English words alone; written again, both files have them."""
    whole = {name: text.encode("utf-8") for name, text in encoded(VOLUME.result).items()}
    del whole["findings.ru.jsonl"]
    read = decoded("v", whole)
    assert [finding.translations for finding in read.findings] == [{}] * len(VOLUME.findings)
    assert [row["message"] for row in rows(read, "findings.ru")] == [own.message for own in VOLUME.findings]
    assert read_back(read).findings == read.findings


def test_words_are_of_the_finding_with_the_same_id_and_key():
    """A row of findings.ru.jsonl that belongs to another finding gives no words."""
    files = {name: text.encode("utf-8") for name, text in encoded_findings(VOLUME.findings[1:]).items()}
    rows = rows_of(files["findings.ru.jsonl"])
    strange = json_lines({**row, "key": "0" * 16} for row in rows).encode("utf-8")
    (finding,) = decoded_findings({**files, "findings.ru.jsonl": strange})
    assert finding.translations == {}


def test_a_damaged_file_of_a_volume_is_named():
    """A file that is no JSON lines is named; where rows do not fit together, no single file is at fault."""
    whole = {name: text.encode("utf-8") for name, text in files(VOLUME).items()}
    for name, data, named in (("beads.jsonl", b"{", "beads.jsonl"), ("lines.jsonl", b"", None)):
        with pytest.raises(DamagedRecord) as caught:
            decoded("v", {**whole, name: data})
        assert caught.value.file == named


def test_rows_are_read_back():
    """Rows come back as they were written, blank lines left out; no rows are no damage."""
    assert rows_of(b'{"a": 1}\n\n{"b": null}\n') == [{"a": 1}, {"b": None}]
    assert rows_of(b"") == []


def test_a_scan_that_could_not_be_opened_has_size_nought():
    """A failed page without a size is published with width 0, height 0 and the frame [0, 0, 0, 0]."""
    row = rows(VOLUME.result, "pages")[3]
    assert (row["width"], row["height"], row["frame"], row["status"]) == (0, 0, [0, 0, 0, 0], "failed")


def test_bead_ids_are_names_for_any_document():
    """A document whose name XML would refuse still gives beads with NCName ids."""
    links = tuple(replace(link, document="a:b/c") for link in VOLUME.links[:8])
    row = rows(replace(VOLUME.result, volume="1 том", links=links), "beads")[0]
    assert schema_faults("beads", row) == []
    assert row["bead"].startswith("_1_x0020_том.a_x003A_b")


def test_a_text_without_a_sentence_has_beads():
    """Where a translation holds nothing, the sentences of the transcription are left alone in beads of their own."""
    ru, en, _ = VOLUME.texts
    volume = replace(
        VOLUME.result, links=VOLUME.links[:4], pairs=(PairedTexts(ru.path, en.path, (Bead((0,), (), 0.0),)),)
    )
    for own in (volume, replace(volume, texts=())):
        assert [row["bead"] for row in rows(own, "beads")] == ["v.1934-12-18.ru-en.b0001"]


def test_what_the_collection_says_of_a_document_wins():
    """A title from collection.toml stands before that of the texts, whose first that knows stands before the others."""
    found = documents_of(VOLUME.texts, [], details={"1934-12-18": {"title": "Tuesday"}})
    assert [(d.title, d.author, d.areas) for d in found] == [("Tuesday", "В. Н.", ()), (None, None, ())]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_one_line_of_utf8(text):
    """Whatever a text holds, its row is one line for every reader, can be encoded, and reads back."""
    line = json_lines([{"text": text}])
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1
    # JSON cannot tell two halves of a pair that stand side by side from the character that they make.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    back = json.loads(line)["text"]
    assert back.encode("utf-16-le", "surrogatepass") == whole.encode("utf-16-le", "surrogatepass")


def test_a_number_that_is_none_is_refused():
    """Not-a-number never reaches a file, where it would not be JSON."""
    with pytest.raises(ValueError, match="JSON compliant"):
        json_lines([{"score": math.nan}])


def test_every_schema_is_closed():
    """No object of any schema lets a key pass that the contract does not name, but for free settings and details."""
    for name in (*VOLUME_FILES, "findings.ru", "run"):
        todo = [validator(name).schema]
        while todo:
            part = todo.pop()
            if isinstance(part, dict):
                if part.get("type") == "object" and "properties" in part:
                    assert part["additionalProperties"] is False
                    assert part["required"] == list(part["properties"])
                todo += part.values()
            elif isinstance(part, list):
                todo += part


def test_update_golden_rewrites_and_fails(tmp_path):
    """With the flag a changed file is rewritten and the test fails once; without it nothing is written."""
    path = tmp_path / "deep" / "x.txt"
    with pytest.raises(pytest.fail.Exception, match="no golden file"):
        compare_with_golden(path, "a\n", update=False)
    assert not path.exists()
    with pytest.raises(pytest.fail.Exception, match="rewrote"):
        compare_with_golden(path, "a\n", update=True)
    compare_with_golden(path, "a\n", update=True)
    with pytest.raises(AssertionError):
        compare_with_golden(path, "b\n", update=False)
    with pytest.raises(pytest.fail.Exception, match="line ends"):
        compare_with_golden(path, "a\r\n", update=False)
    assert path.read_text() == "a\n"
