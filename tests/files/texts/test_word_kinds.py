"""Word documents as word processors leave them: values of properties, tracked changes, boxes, fields, columns."""

from __future__ import annotations

import pytest
from support.text_cases import paragraph, renamed, run, sentences_of, table, word

from align.files.texts.corrected.putting import Replacement, corrected_text
from align.files.texts.loading import read_source
from align.model import RawText

ENGLISH = "The harbour was quiet when we came down the hill, and nobody had lit the lamps."
RUSSIAN = "В гавани было тихо, когда мы спустились с холма, и никто не зажёг фонарей."


def read(data: bytes, name: str = "d.en.docx") -> RawText:
    return read_source(data, path=f"v/{name}", volume="v", document="d", language=name.split(".")[1])


def said(body: str, **parts: str) -> str:
    """The sentences of a document, each with the first letter of its role unless it is body."""
    return " / ".join(
        sentence.content if sentence.role == "body" else f"{sentence.role[0]}: {sentence.content}"
        for sentence in sentences_of(word(body, **parts), "d.en.docx")
    )


def page_starts(body: str, **parts: str) -> list[str]:
    raw = read(word(body, **parts))
    return [raw.content[mark.start : mark.start + 4] for mark in raw.marks if mark.kind == "page"]


def style(name: str, inside: str, *, based: str = "", kind: str = "paragraph", called: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called or name}"/>{base}{inside}</w:style>'


def styled(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def box(*paragraphs: str) -> str:
    return f"<w:r><w:pict><v:textbox><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></v:textbox></w:pict></w:r>"


@pytest.mark.parametrize(
    ("properties", "is_read"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="1"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="false"/>', True),
        ('<w:vanish w:val="off"/>', True),
        ("<w:webHidden/>", True),
        ('<w:rStyle w:val="Hidden"/>', False),
        ('<w:rStyle w:val="Heir"/>', False),
        ('<w:rStyle w:val="Heir"/><w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="Shown"/>', True),
    ],
)
def test_hidden_text_is_hidden_by_value(properties: str, is_read: bool) -> None:
    """What a property says is its value, its own or that of a style on which its style is based."""
    hides = "<w:rPr><w:vanish/></w:rPr>"
    styles = style("Hidden", hides, kind="character") + style("Heir", "", based="Hidden", kind="character")
    styles += style("Shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>', based="Hidden", kind="character")
    assert said(paragraph(run("So "), run("late", properties)), styles=styles) == ("So late" if is_read else "So")


def test_page_breaks_before_paragraphs() -> None:
    """A page begins where a paragraph or its style says so by value, but not before the first words."""
    breaks = "<w:pPr><w:pageBreakBefore/></w:pPr>"
    styles = (
        style("A", breaks) + style("B", "", based="A") + style("C", breaks.replace("/>", ' w:val="0"/>'), based="A")
    )
    off = [f'<w:pageBreakBefore w:val="{value}"/>' for value in ("0", "false", "off")]
    named = ["Zero", "Once", "Twice", "Thre", "Four", "Five", "Sixx", "Seve"]
    given = [styled("A"), styled("B"), styled("C"), *off, styled("B", off[0]), "<w:pageBreakBefore/>"]
    body = "".join(paragraph(run(f"{name}."), properties=own) for name, own in zip(named, given, strict=True))
    assert page_starts(body, styles=styles) == ["Once", "Seve"]


def test_pages_of_sections_and_breaks() -> None:
    """A section says at its own end how it begins; pages that Word drew for itself are none."""
    ends = [f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>' for kind in ("continuous", "nextPage", "continuous")]
    body = paragraph(run("One."), properties=ends[0]) + paragraph(run("Two."), properties=ends[1])
    broken = "<w:r><w:lastRenderedPageBreak/><w:t>bro-</w:t><w:br w:type='page'/><w:t>ther.</w:t></w:r>"
    assert page_starts(body + paragraph(broken) + ends[2]) == ["Two.", "ther"]
    assert said(body + paragraph(broken) + ends[2]) == "One. / Two. / brother."
    assert page_starts(paragraph(run("One."), box(paragraph(run("Two."), "<w:r><w:br w:type='page'/></w:r>")))) == []


@pytest.mark.parametrize(
    ("properties", "role"),
    [
        (styled("Body1"), "body"),
        (styled("Part"), "heading"),
        (styled("Part", '<w:outlineLvl w:val="9"/>'), "body"),
        ('<w:outlineLvl w:val="2"/>', "heading"),
        (styled("Under"), "body"),
        (styled("Heading1"), "heading"),
        (styled("Quote"), "heading"),
        (styled("Title"), "body"),
        (styled("Titre1"), "heading"),
    ],
)
def test_outline_levels(properties: str, role: str) -> None:
    """Levels under 9 are headings and 9 is body text, of the paragraph itself before its styles and their names."""
    levels = [f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' for level in (9, 0)]
    styles = style("Body1", levels[0]) + style("Part", levels[1]) + style("Under", levels[0], based="Part")
    styles += style("Heading1", "", called="heading 1") + style("Quote", "", based="Heading1")
    styles += style("Title", levels[0], called="Title") + style("Titre1", "", called="Titre 1")
    data = word(paragraph(run(ENGLISH), properties=properties), styles=styles)
    assert [sentence.role for sentence in sentences_of(data, "d.en.docx")] == [role]


@pytest.mark.parametrize("mark", ["<w:rPr><w:del w:id='1'/></w:rPr>", "<w:rPr><w:moveFrom w:id='1'/></w:rPr>",
                                  "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"])  # fmt: skip
def test_a_paragraph_whose_mark_is_gone_goes_on(mark: str) -> None:
    """A paragraph whose mark is struck out, moved away or hidden is one with the next; an inserted mark ends one."""
    body = paragraph(run("My brother"), properties=mark) + '<w:moveToRangeEnd w:id="4"/>' + paragraph(run(" went."))
    kept = "<w:rPr><w:ins w:id='2'/></w:rPr>"
    assert (
        said(body + paragraph(run("One."), properties=kept) + paragraph(run("Two.")))
        == "My brother went. / One. / Two."
    )


def test_struck_rows_moved_text_and_prompts() -> None:
    """Changes are read as accepted, also of whole rows and cells; a field that asks for words holds none."""
    struck = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph(run('Gone.'))}</w:tc></w:tr>"
    cell = f"<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr>{paragraph(run('Gone.'))}</w:tc>"
    struck += struck.replace("w:del w:id='1'", "w:hidden")
    rows = f"<w:tbl>{struck}<w:tr><w:tc>{paragraph(run('One.'))}</w:tc>{cell}</w:tr></w:tbl>"
    moved = paragraph("<w:moveFrom>" + run("Gone.") + "</w:moveFrom><w:moveTo>" + run("Two.") + "</w:moveTo>")
    asks = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph(run('Click.'))}</w:sdtContent></w:sdt>"
    )
    given = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('Three.'))}</w:sdtContent></w:sdt>"
    assert said(rows + moved + asks + given) == "One. / Two. / Three."


def test_fields_show_their_result() -> None:
    """The code of a field is no text, fields in it neither; one that never ends takes nothing away."""
    inner = field("begin") + code("PAGE") + field("separate") + run("7") + field("end")
    shown = paragraph(field("begin"), code("IF"), inner, field("separate"), run("Shown."), field("end"))
    entry = paragraph(run("One"), field("begin"), code("XE"), run("x"), field("end"), run(" two."))
    assert said(shown + entry + paragraph(field("begin"), run("Left open."))) == "Shown. / One two. / Left open."


def test_a_table_of_contents_is_commentary() -> None:
    """What a word processor lists of a document is no text of it, and what comes after it is."""
    entry = [field("begin"), code(" PAGEREF x "), field("separate"), run("1"), field("end")]
    contents = paragraph(field("begin"), code("TOC"), field("separate"), run("The pier "), *entry)
    contents += paragraph(run("The hill "), *entry) + paragraph(field("end"), run("We came home."))
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph(run('Contents'))}</w:sdtContent></w:sdt>"
    assert said(control + paragraph(run("We left."))) == "c: Contents / We left."
    assert said(contents + paragraph(run("We left."))) == "c: The pier 1 / c: The hill 1 / We came home. / We left."


def test_boxes_stand_after_their_paragraph() -> None:
    """A box among words is a note behind the paragraph, once for all its renderings; a box alone is text."""
    drawn = f"<mc:Choice Requires='wps'>{box(paragraph(run('Legend.')))}</mc:Choice>"
    again = f"<mc:Fallback>{box(paragraph(run('Legend.')))}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{drawn}{again}</mc:AlternateContent></w:r>"
    body = paragraph(run("We went "), both, run("home.")) + paragraph(
        box(paragraph(run("Alone.")), paragraph(run("Two.")))
    )
    assert said(body + paragraph(run("Last."))) == "We went home. / n: Legend. / Alone. / Two. / Last."


def test_the_rendering_with_text_counts() -> None:
    """Of two renderings the first with text is read."""
    other = (
        f"<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>{run('home.')}</mc:Fallback></mc:AlternateContent>"
    )
    assert said(paragraph(run("We went "), other)) == "We went home."


def test_letters_by_name() -> None:
    """Symbols, fixed and soft hyphens, formulas, tags and drop capitals are the letters that a reader sees."""
    signs = "<w:r><w:sym w:font='Symbol' w:char='F061'/><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>"
    more = "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Any' w:char='00E9'/><w:sym w:char='x'/></w:r>"
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    tagged = f"<w:smartTag>{run('T')}</w:smartTag>"
    capital = paragraph(tagged, properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert said(capital + paragraph(run("he "), signs, more, formula)) == "The α\u2011bc✓éx"


def test_white_space_of_the_markup() -> None:
    """White space that lays out the markup is no text, where the file does not say that it is kept."""
    laid_out = "<w:r><w:t>\n   One\n  </w:t></w:r><w:r><w:t> two</w:t></w:r>"
    assert said(paragraph(laid_out)) == "One two"


def test_two_columns_are_two_texts() -> None:
    """Of a table in two scripts each text has its own column; what stands outside belongs to the file's language."""
    data = word(
        paragraph(run("Letter")) + table(("Day", "День"), (ENGLISH, RUSSIAN)) + paragraph(run("The end of it."))
    )
    english, russian = read(data), read(data, "d.ru.docx")
    assert (english.beside, english.content) == (True, f"Letter\n\nDay\n\n{ENGLISH}\n\nThe end of it.")
    assert russian.content == f"Letter\n\nДень\n\n{RUSSIAN}\n\nThe end of it."
    other = read_source(data, path="v/d.en.docx#d.ru.docx", volume="v", document="d", language="ru")
    assert (other.beside, other.content) == (False, f"День\n\n{RUSSIAN}")
    assert read(word(table(("1", "Day", "День"), ("2", ENGLISH, RUSSIAN)))).content == f"Day\n\n{ENGLISH}"


@pytest.mark.parametrize(
    "rows",
    [
        ((ENGLISH, ENGLISH),),
        (("Иван", "Ivan"), ("Анна", "Anna")),
        ((f"{ENGLISH} {RUSSIAN}", RUSSIAN),),
    ],
)
def test_other_tables_are_one_text(rows: tuple[tuple[str, ...], ...]) -> None:
    """Columns in one language, lists of names and columns in both are read row by row."""
    raw = read(word(table(*rows)))
    assert (raw.beside, raw.content) == (False, "\n\n".join(cell for row in rows for cell in row))


def test_parts_have_the_names_that_the_archive_says() -> None:
    """Running text, notes and styles are found by their relations; a document that is inserted is named."""
    body = paragraph(
        run("Home."), run("We came", "<w:rStyle w:val='H'/>"), "<w:r><w:footnoteReference w:id='2'/></w:r>"
    )
    note = f"<w:footnote w:id='2'>{paragraph(run('So they say.'))}</w:footnote>"
    data = renamed(word(body, footnotes=note, styles=style("H", "<w:rPr><w:vanish/></w:rPr>", kind="character")), 22)
    raw = read(data)
    assert (raw.content, raw.elsewhere) == ("Home.\n\nSo they say.", ("old.mht",))
    corrected = corrected_text(data, [Replacement(0, 4, "Town")], path="v/d.en.docx")
    assert (corrected.content, corrected.refused) == ("Town.\n\nSo they say.", {})


@pytest.mark.slow
def test_many_renderings_and_boxes_cost_no_more_than_many_words() -> None:
    """Thousands of renderings, boxes and runs in one paragraph are read in time that grows with their number."""
    renderings = f"<mc:AlternateContent>{'<mc:Choice/>' * 20_000}</mc:AlternateContent>"
    boxes = box(paragraph()) * 5_000
    assert said(paragraph(renderings, boxes, run("x") * 5_000)) == "x" * 5_000
