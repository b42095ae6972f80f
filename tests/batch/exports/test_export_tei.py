"""`align export --format tei`: valid by its schema, with the places and words of the links, there and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from support.linked_collection import exported, write_linked
from support.linked_volumes import make_line, make_page, make_pages, paged
from support.tei_files import TEI, XML_ID, faults, places, words
from support.text_cases import paragraph, run, table, word

from align.model import Box, Frame, Page, VolumeResult

RUSSIAN = (
    "Утром приехал Петров из Ленинграда и привёз три письма от старых друзей. Мы долго говорили о книгах и о новой "
    "школе за рекой. После обеда выпал первый снег, и дети побежали на улицу. Вечером собака нашла под лестницей мою "
    "шапку. Доктор советует больше гулять и меньше курить. Записал расходы за неделю: дрова, хлеб, керосин."
)
ENGLISH = (
    "Petrov arrived from Leningrad in the morning and brought three letters from old friends. We talked for a "
    "long time about books and the new school across the river. After dinner the first snow fell, and the children ran "
    "outside. In the evening the dog found my cap under the stairs. The doctor advises me to walk more and smoke less. "
    "Wrote down the week's expenses: firewood, bread, kerosene."
)
HEADING = "18 декабря 1934 года"
TEXTS = {
    "1934-12-18.ru.txt": f"{HEADING}\n\n{RUSSIAN}\n".encode(),
    "1934-12-18.en.txt": f"18 December 1934\n\n{ENGLISH}\n".encode(),
}
SETTINGS = """
publisher = "Архив & сын"
licence = "https://example.org/by/4.0/"
title = "Дневник & прочее"
[document."1934-12-18"]
title = "18 декабря <1934>"
author = "Стрешин"
date = "1934-12-18"
repository = "Архив"
identifier = "оп. 3, л. 47"
recipient = "Багрецов"
"""


def pages_of(text: str, lines: int = 5) -> list[Page]:
    """The pages that show this text under its heading, labelled from 53."""
    rows = [[HEADING, *page] if n == 0 else page for n, page in enumerate(paged(text, lines=lines))]
    return [replace(page, label=str(53 + n), label_source="printed") for n, page in enumerate(make_pages(rows))]


def stated(result: VolumeResult, language: str = "ru") -> dict[str, list[tuple[str, list[tuple[int, ...]]]]]:
    """Where the results say that each sentence stands, by its key."""
    names = {page.order: page.id for page in result.pages}
    return {
        link.key: [(names[area.page], [(b.left, b.top, b.right, b.bottom) for b in area.boxes]) for area in link.areas]
        for link in result.links
        if link.language == language
    }


def same_links(before: VolumeResult, after: VolumeResult) -> bool:
    """Whether all sentences have the same status, places and translations in both."""
    told = []
    for result in (before, after):
        keys = {link.sentence: link.key for link in result.links}
        told.append(
            {
                link.key: (link.role, link.status, link.content, link.areas and stated(result, link.language)[link.key],
                           [keys[other] for other in link.counterparts])
                for link in result.links
            }
        )  # fmt: skip
    return told[0] == told[1]


def test_places_words_and_translations_are_those_of_the_links(tmp_path):
    """Schema and rules hold; every sentence has its words, its boxes to the pixel, and its translation."""
    result = write_linked(tmp_path, pages_of(RUSSIAN), TEXTS, settings=SETTINGS)
    done, files = exported(tmp_path, "tei")
    assert done.exit_code == 0
    assert list(files) == ["1934-12-18.en.xml", "1934-12-18.ru.xml"]
    assert faults(files) == []
    for language in ("ru", "en"):
        data = files[f"1934-12-18.{language}.xml"]
        assert words(data) == {link.key: link.content for link in result.links if link.language == language}
        assert places(data) == stated(result, language)
    assert len({page for zones in places(data).values() for page, _ in zones}) == 2
    by_id = {link.sentence: link for link in result.links}
    for sentence in etree.fromstring(files["1934-12-18.ru.xml"]).iter(f"{TEI}s"):
        link = next(link for link in result.links if link.key == sentence.get(XML_ID)[2:])
        assert sentence.get("corresp").split() == [f"1934-12-18.en.xml#s.{by_id[n].key}" for n in link.counterparts]
        assert sentence.get("ana") == f"#align.{link.status}"
        assert float(sentence.get("cert")) == pytest.approx(link.score, abs=1e-4)


def test_put_back_as_texts_the_files_give_the_same_links(tmp_path):
    """Exported files in the place of the texts give the same sentences, the same places and the same pairs."""
    pages = pages_of(RUSSIAN)
    before = write_linked(tmp_path / "a", pages, TEXTS)
    _, files = exported(tmp_path / "a", "tei", lines=True)
    after = write_linked(tmp_path / "b", pages, files)
    assert same_links(before, after)
    _, again = exported(tmp_path / "b", "tei", lines=True)
    assert faults(again) == []
    for name, data in again.items():
        assert data.replace(b"\n", b"") == files[name].replace(b"\n", b"")


@pytest.mark.parametrize("name", ["d.ru.txt", "d.ru.xml"])
def test_a_page_that_begins_between_paragraphs_does_not_join_them(tmp_path, name):
    """Paragraphs of which the second goes on with a small letter are two, put back too, if a page begins there."""
    first, second = RUSSIAN.split(". После обеда")[0] + "—", "после обеда" + RUSSIAN.split(". После обеда")[1]
    text = f"{first}\n\n{second}\n"
    if name.endswith("xml"):
        text = MARKED.format("UTF-8").partition("<head>")[0] + f"<p>{first}</p><p>{second}</p></body></text></TEI>"
    pages = make_pages([paged(first, lines=99)[0], paged(second, lines=99)[0]])
    before = write_linked(tmp_path / "a", pages, {name: text.encode()})
    _, files = exported(tmp_path / "a", "tei")
    assert files["d.ru.xml"].index(b"</p>") < files["d.ru.xml"].index(b"v.p0002.pb")
    assert same_links(before, write_linked(tmp_path / "b", pages, files))


def test_the_header_says_what_is_known_and_is_read_back(tmp_path):
    """Title, author, date, archive and recipient stand where the TEI has them: our reader finds each of them there."""
    pages = pages_of(RUSSIAN)
    before = write_linked(tmp_path / "a", pages, TEXTS, settings=SETTINGS)
    _, files = exported(tmp_path / "a", "tei")
    root = etree.fromstring(files["1934-12-18.en.xml"])
    series = [title.text for title in root.iterfind(f".//{TEI}seriesStmt/{TEI}title")]
    assert series == ["v", "Дневник & прочее"]
    assert root.findtext(f".//{TEI}publisher") == "Архив & сын"
    assert root.find(f".//{TEI}licence").get("target") == "https://example.org/by/4.0/"
    after = write_linked(tmp_path / "b", pages, files)
    assert replace(after.documents[0], texts=before.documents[0].texts) == before.documents[0]


def test_a_page_begins_where_the_image_says_so_also_within_a_word(tmp_path):
    """The break stands in its sentence before the first word of the page; in a word that goes on, it says so."""
    text = RUSSIAN.replace("первый снег", "первый снего-\nпад")
    rows = paged(RUSSIAN.replace("первый снег", "первый снего- пад"), lines=99)[0]
    at = next(n for n, row in enumerate(rows) if "снего-" in row)
    rows[at : at + 1] = [rows[at].partition("- ")[0] + "-", rows[at].partition("- ")[2]]
    pages = make_pages([[HEADING, *rows[: at + 1]], rows[at + 1 :]])
    write_linked(tmp_path, pages, {"d.ru.txt": f"{HEADING}\n\n{text}\n".encode()})
    _, files = exported(tmp_path, "tei")
    assert faults(files) == []
    breaks = list(etree.fromstring(files["d.ru.xml"]).iter(f"{TEI}pb"))
    assert [one.get("facs") for one in breaks] == ["#v.p0001", "#v.p0002"]
    assert breaks[1].get("break") == "no"
    assert breaks[1].getparent().tag == f"{TEI}s"
    assert breaks[1].tail.startswith("пад")
    assert "снегопад" in " ".join(words(files["d.ru.xml"]).values())


def test_a_note_in_a_sentence_stays_in_it(tmp_path):
    """A footnote that interrupts a sentence becomes a note inside that sentence, with sentences of its own."""
    note = "*) Так в рукописи, без числа."
    text = RUSSIAN.replace("и дети побежали", f"и дети*)\n\n{note}\n\nпобежали")
    write_linked(tmp_path, pages_of(RUSSIAN), {"d.ru.txt": f"{HEADING}\n\n{text}\n".encode()})
    _, files = exported(tmp_path, "tei", lines=True)
    assert faults(files) == []
    notes = list(etree.fromstring(files["d.ru.xml"]).iter(f"{TEI}note"))
    assert [(one.get("type"), one.getparent().tag) for one in notes] == [("note", f"{TEI}s")]
    assert "".join(notes[0].itertext()) == note
    assert "первый снег, и дети*) побежали на улицу." in " ".join(words(files["d.ru.xml"]).values())


def halves(rows: Sequence[str]) -> list[Page]:
    """Two pages on one scan, beside each other."""
    half = len(rows) // 2
    left, right = (make_page(own) for own in (rows[:half], rows[half:]))
    shifted = tuple(make_line(line.text, 1500, line.box.top) for line in right.lines)
    scan = replace(left.scan, width=2800)
    return [
        replace(left, scan=scan),
        replace(right, scan=scan, order=2, id="v.p0002", key="2", frame=Frame(Box(1400, 0, 2800, 2000)), lines=shifted),
    ]


def test_a_page_that_is_half_of_a_scan_has_the_pixels_of_the_scan(tmp_path):
    """Its surface covers its half; the graphic stands in a zone as large as the scan; boxes are those of the links."""
    result = write_linked(tmp_path, halves(paged(RUSSIAN, lines=99)[0]), {"d.ru.txt": RUSSIAN.encode()})
    _, files = exported(tmp_path, "tei")
    assert faults(files) == []
    assert places(files["d.ru.xml"]) == stated(result)
    surface = etree.fromstring(files["d.ru.xml"]).findall(f".//{TEI}surface")[1]
    assert [surface.get(edge) for edge in ("ulx", "lrx")] == ["1400", "2800"]
    assert surface[0].get("lrx") == "2800"
    assert surface[0][0].get("width") == "2800px"


def test_a_sentence_in_two_columns_has_a_zone_in_each(tmp_path):
    """Parts that begin above the one before them are another column, and @facs points to both."""
    rows = paged(RUSSIAN, width=30, lines=99)[0]
    half = len(rows) // 2
    lines = [make_line(row, 100, 100 + 60 * n) for n, row in enumerate(rows[:half])]
    lines += [make_line(row, 760, 100 + 60 * n) for n, row in enumerate(rows[half:])]
    write_linked(tmp_path, [make_page(lines)], {"d.ru.txt": RUSSIAN.encode()})
    _, files = exported(tmp_path, "tei")
    assert faults(files) == []
    zones = places(files["d.ru.xml"]).values()
    assert max(len(own) for own in zones) == 2
    for own in zones:
        for _, boxes in own:
            assert max(box[0] for box in boxes) - min(box[0] for box in boxes) < 660


MARKED = f"""<?xml version="1.0" encoding="{{}}"?>
<!-- their file --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<head>{HEADING}</head><pb n='53'/><p>{RUSSIAN.replace("от старых друзей. Мы", "от <hi>старых друзей. Мы</hi>")}</p>
</body></text></TEI>"""


def test_a_text_that_is_tei_keeps_its_markup(tmp_path):
    """All its bytes are in the new file in their order, which is valid and has the places and words of the links."""
    data = MARKED.format("UTF-8").encode()
    texts = {"1934-12-18.en.txt": TEXTS["1934-12-18.en.txt"], "1934-12-18.ru.xml": data}
    result = write_linked(tmp_path / "a", pages_of(RUSSIAN), texts)
    done, files = exported(tmp_path / "a", "tei")
    assert done.failures == ()
    assert faults(files) == []
    new = files["1934-12-18.ru.xml"]
    rest = iter(new)
    assert all(byte in rest for byte in data)
    assert places(new) == stated(result)
    assert words(new) == {link.key: link.content for link in result.links if link.language == "ru"}
    after = write_linked(tmp_path / "b", pages_of(RUSSIAN), files)
    assert same_links(result, after)
    assert exported(tmp_path / "b", "tei")[1]["1934-12-18.ru.xml"] == new


def test_a_file_that_cannot_be_written_again_is_told_and_written_anew(tmp_path):
    """In an encoding that gives other bytes its markup cannot stay: the message says so, and all links are there."""
    data = MARKED.format("ISO-2022-JP").encode("iso2022_jp").replace(b"</p>", b"\x1b(B</p>")
    result = write_linked(tmp_path, pages_of(RUSSIAN), {"d.ru.xml": data})
    done, files = exported(tmp_path, "tei")
    assert len(done.failures) == 1
    assert "a new file is written, without its markup" in done.failures[0]
    assert faults(files) == []
    assert places(files["d.ru.xml"]) == stated(result)


def test_the_program_of_the_guide_prints_each_sentence_with_its_scan(tmp_path, monkeypatch, capsys):
    """It runs as it stands and names the scan of each sentence."""
    write_linked(tmp_path / "mydiary", pages_of(RUSSIAN), TEXTS)
    exported(tmp_path / "mydiary", "tei")
    monkeypatch.chdir(tmp_path)
    guide = (Path(__file__).parents[3] / "docs/exports.md").read_text(encoding="utf-8")
    program = next(found for found in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "lxml" in found)
    exec(program.replace("tei/diary", "tei/v"), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"{HEADING} ../../../images/v/0001.jpg ['100', '100', '500', '140']"
    assert len(printed) == 8


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_lies_on_its_side_has_the_pixels_of_its_scan(tmp_path, rotation):
    """Boxes are those of the links, a sentence in one column has one zone, and the graphic says how to turn it."""
    rows = paged(RUSSIAN, lines=99)[0]
    result = write_linked(tmp_path, [make_page(rows, rotation=rotation)], {"d.ru.txt": RUSSIAN.encode()})
    _, files = exported(tmp_path, "tei")
    assert faults(files) == []
    assert places(files["d.ru.xml"]) == stated(result)
    assert etree.fromstring(files["d.ru.xml"]).find(f".//{TEI}graphic").get("rend") == f"rotate({rotation})"


HOSTILE = "1. <b>&amp; ]]> =1+1 @cmd"


def test_hostile_names_and_texts_are_text(tmp_path):
    """Names with quotes, spaces and signs, and texts with markup and direction marks, break nothing."""
    settings = f"title = '{HOSTILE}'\n[document.\"a'b &<c\"]\ntitle = '{HOSTILE} \u202e'\nauthor = \"\\u0001\\\"x\"\n"
    text = f"{RUSSIAN} {HOSTILE} \u202eсправа\u0007 налево."
    name = "a'b &<c"
    result = write_linked(tmp_path, pages_of(text), {f"{name}.ru.txt": text.encode()}, settings=settings)
    done, files = exported(tmp_path, "tei")
    assert done.failures == ()
    assert faults(files) == []
    assert words(files[f"{name}.ru.xml"]) == {link.key: link.content for link in result.links}


def test_both_columns_of_a_word_table_are_written(tmp_path):
    """A text that stands in the second column of another's file has its own TEI file, with its words and places."""
    rows = zip(RUSSIAN.split(". "), ENGLISH.split(". "), strict=True)
    cells = [tuple(f"{cell.rstrip('.')}." for cell in row) for row in rows]
    data = word(paragraph(run(HEADING)) + table(*cells))
    result = write_linked(tmp_path, pages_of(RUSSIAN), {"1934-12-18.ru.docx": data})
    done, files = exported(tmp_path, "tei")
    assert (done.failures, list(files)) == ((), ["1934-12-18.en.xml", "1934-12-18.ru.xml"])
    assert faults(files) == []
    assert words(files["1934-12-18.en.xml"]) == {
        link.key: link.content
        for link in result.links
        if link.text == "transcripts/v/1934-12-18.ru.docx#1934-12-18.en.docx"
    }
    assert places(files["1934-12-18.en.xml"]) == stated(result, "en")
    (tmp_path / "transcripts/v/1934-12-18.ru.docx").unlink()
    done, _ = exported(tmp_path, "tei")
    gone = "transcripts/v/1934-12-18.ru.docx is no longer in the collection: run align run, then align export again."
    assert done.failures == (gone,)


def test_a_text_that_changed_since_the_run_is_told_and_the_others_are_written(tmp_path):
    """The message names the text and what to do; a sentence of the others that points to it points nowhere."""
    write_linked(tmp_path, pages_of(RUSSIAN), TEXTS)
    (tmp_path / "transcripts/v/1934-12-18.en.txt").write_text("Something else.", encoding="utf-8")
    done, files = exported(tmp_path, "tei")
    assert done.failures == (
        "transcripts/v/1934-12-18.en.txt has changed since it was linked: run align run, then align export again.",
    )
    assert list(files) == ["1934-12-18.ru.xml"]
    assert faults(files) == []
