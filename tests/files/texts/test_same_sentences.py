"""The same text as .txt, .docx and .xml gives the same sentences."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from support.text_cases import paragraph, run, sentences_of, tei, word

PROSE = (
    "The harbour was quiet when we",
    "came down the hill. Nobody had com-",
    "menced to light the lamps, and the",
    "ferry lay dark beside the pier.",
    "My brother carried both bags & said",
    "nothing. At nine the bell rang. We",
    "went aboard and found a bench.",
)
VERSE = (
    "When Winter closed the river road,",
    "And all the ferry men went home,",
    "We kept a candle in the hall,",
    "For anyone who came. The snow",
    "Would cover up the lane by nine,",
    "And no one ever came at all.",
)
PARAGRAPHS = (
    "The harbour was quiet when we came down the hill. Nobody had lit the lamps, said Mr. Lukin.",
    "“Why not?” I asked. We went aboard and found a bench by the rail, and my brother carried both of the bags.",
)


def contents(data: bytes, name: str) -> list[tuple[str, str]]:
    return [(sentence.role, sentence.content) for sentence in sentences_of(data, name)]


def lines_in_tei(lines: tuple[str, ...]) -> bytes:
    return tei("<p>\n  <lb/>" + "\n  <lb/>".join(map(escape, lines)) + "\n</p>")


@pytest.mark.parametrize("lines", [PROSE, VERSE], ids=["prose", "verse"])
def test_lines_as_on_the_page(lines: tuple[str, ...]) -> None:
    """Lines as plain text, typed as paragraphs or with line ends in Word, and with line ends or as verse in TEI."""
    plain = contents("\n".join(lines).encode(), "d.en.txt")
    typed = "".join(paragraph(run(escape(line))) for line in lines)
    broken = paragraph("<w:r><w:br/></w:r>".join(run(escape(line)) for line in lines))
    verse = "<lg>" + "".join(f"\n <l>{escape(line)}</l>" for line in lines) + "</lg>"
    assert contents(word(broken), "d.en.docx") == plain
    assert contents(lines_in_tei(lines), "d.en.xml") == plain
    assert contents(tei(verse), "d.en.xml") == plain
    assert contents(word(typed), "d.en.docx") == plain


def test_paragraphs_and_pages() -> None:
    """Paragraphs with a page that begins inside one are the same however the file says so."""
    first, second = PARAGRAPHS
    cut = second.index("and my")
    plain = contents(f"{first}\n\n{second[:cut]}\n\nPage 54\n\n{second[cut:]}".encode(), "d.en.txt")
    broken = paragraph(run(second[:cut]), "<w:r><w:br w:type='page'/></w:r>", run(second[cut:]))
    marked = f"<p>{first}</p><p>{second[:cut]}<pb n='54'/>{second[cut:]}</p>"
    parted = f"<p>{first}</p><p>{second[:cut]}</p><milestone unit='page' n='54'/><p>{second[cut:]}</p>"
    assert len(plain) == 4
    assert contents(word(paragraph(run(first)) + broken), "d.en.docx") == plain
    assert contents(tei(marked), "d.en.xml") == plain
    assert contents(tei(parted), "d.en.xml") == plain


def test_numbers_of_lines_and_shapes_of_words() -> None:
    """Numbers behind a tab, numbers between dates and hyphens of old prints are the same in a file of any kind."""
    lines = [f"{line}\t{number}" if number in (1, 5) else line for number, line in enumerate(PROSE, start=1)]
    tab = "<w:r><w:tab/></w:r>"
    typed = "".join(paragraph(tab.join(run(escape(part)) for part in line.split("\t"))) for line in lines)
    plain = contents("\n".join(PROSE).encode(), "d.en.txt")
    assert contents("\n".join(lines).encode(), "d.en.txt") == contents(word(typed), "d.en.docx") == plain
    old = tuple(line.replace("com-", "com=").replace("nine", "1917-") for line in PROSE)
    assert contents(lines_in_tei(old), "d.en.xml") == contents("\n".join(old).encode(), "d.en.txt")
