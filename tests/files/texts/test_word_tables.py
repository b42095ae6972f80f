"""Tables of Word documents with an original and its translation side by side: which cells are which text."""

from __future__ import annotations

import pytest
from support.text_cases import paragraph, run, sentences_of, table, word

from align.files.texts.loading import read_source
from align.text.source import structure

ENGLISH = ("The harbour was quiet when we came down the hill.", "Nobody had lit the lamps.", "My brother said nothing.")
RUSSIAN = ("В гавани было тихо, когда мы спустились с холма.", "Никто не зажёг фонарей.", "Брат всю дорогу молчал.")
PAIRS = list(zip(RUSSIAN, ENGLISH, strict=True))


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def rows(*before: str, pairs: list[tuple[str, str]] = PAIRS, first: str = "") -> str:
    inside = [row(*([cell(first)] if first else []), cell(one), cell(other)) for one, other in pairs]
    return f"<w:tbl>{''.join((*before, *inside))}</w:tbl>"


def controlled(inside: str) -> str:
    return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def spanned(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def texts(body: str) -> tuple[str, str]:
    """The body sentences of the Russian text of a document and of the English one beside it."""
    data = word(body)
    own = sentences_of(data, "d.ru.docx")
    beside = read_source(data, path="v/d.ru.docx#d.en.docx", volume="v", document="d", language="en")
    return tuple(" / ".join(s.content for s in one if s.role == "body") for one in (own, structure(beside).sentences))


@pytest.mark.parametrize(
    "body",
    [
        rows(row(cell("Письмо", spanned(2)), cell("Letter")), first="1").replace("Письмо", "7").replace("Letter", ""),
        rows(row(cell("", spanned(2)), cell("")), first="1"),
        rows(row(cell("struck"), cell("out"), cell("long ago"), properties="<w:del/>")),
        "".join(rows(pairs=[pair]) + paragraph() for pair in PAIRS),
        rows(pairs=PAIRS[:1]).replace("</w:tbl>", controlled(row(*map(cell, PAIRS[1]))) + row(*map(cell, PAIRS[2])))
        + "</w:tbl>",
        f"<w:tbl>{''.join(row(controlled(cell(one)), cell(other)) for one, other in PAIRS)}</w:tbl>",
        rows(pairs=PAIRS[:2]).replace("</w:tbl>", row(cell(RUSSIAN[2]), properties='<w:gridAfter w:val="1"/>'))
        + row(cell(ENGLISH[2]), properties='<w:gridBefore w:val="1"/>')
        + "</w:tbl>",
        rows(row(cell("Оригинал"), cell("Перевод"))),
        rows(row(cell("No."), cell("Original"), cell("Translation")), first="1"),
        rows(row(cell("Петров"), cell("Petrov"), properties="<w:tblHeader/>")),
    ],
    ids=["merged", "merged-empty", "struck", "tables", "row-control", "cell-control", "gaps", "heads", "number", "top"],
)
def test_columns_are_told_however_the_table_is_built(body: str) -> None:
    """Merged and missing cells, controls around them, struck rows, small tables and a row of heads change nothing."""
    assert texts(body) == (" / ".join(RUSSIAN), " / ".join(ENGLISH))


def test_heads_are_the_editors_words() -> None:
    """A row that names the columns is commentary; a row of titles is text."""
    named = sentences_of(word(table(("Russian", "English"), *PAIRS)), "d.ru.docx")
    titled = sentences_of(word(table(("День первый", "The first day"), *PAIRS)), "d.ru.docx")
    assert [(one[0].role, one[0].content) for one in (named, titled)] == [
        ("commentary", "Russian"),
        ("heading", "День первый"),
    ]


def test_of_more_columns_the_longest_are_the_texts() -> None:
    """Of three columns of words the longest of each language is its text, and the third is commentary."""
    body = table(*((one, "Проверить это.", other) for one, other in PAIRS))
    raw = read_source(word(body), path="v/d.ru.docx", volume="v", document="d", language="ru")
    assert (raw.columns, raw.beside) == (3, True)
    assert texts(body) == (" / ".join(RUSSIAN), " / ".join(ENGLISH))
    remarks = [s for s in sentences_of(word(body), "d.ru.docx") if s.role == "commentary"]
    assert [remark.content for remark in remarks] == ["Проверить это."] * 3
