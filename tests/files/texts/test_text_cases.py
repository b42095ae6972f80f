"""Texts as other programs write them, linked to a page: each sentence finds its lines, and nothing false is told.

The page shows the same prose in all volumes but those of verse and of a second page.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ocr.test_existing_run import UncalledEngine
from PIL import Image
from support.existing_samples import alto, typed
from support.results_check import check_results, read_rows
from support.small_collection import run_collection
from support.text_cases import paragraph, run, sentences_of, table, tei, word

PROSE = (
    "The harbour was quiet when we came",
    "down the hill. Nobody had lit the",
    "lamps, and the ferry lay dark beside",
    "the stone pier. My brother carried",
    "both bags and said nothing. At nine",
    "the bell rang twice. We went aboard",
    "and found a bench by the rail.",
)
SENTENCES = (
    "The harbour was quiet when we came down the hill.",
    "Nobody had lit the lamps, and the ferry lay dark beside the stone pier.",
    "My brother carried both bags and said nothing.",
    "At nine the bell rang twice.",
    "We went aboard and found a bench by the rail.",
)
WINTER = (
    "The lake froze in December and the",
    "boys skated there until the dark.",
    "Their mother called them from the",
    "gate, but they never heard her voice.",
)
ICE = (
    "The lake froze in December and the boys skated there until the dark.",
    "Their mother called them from the gate, but they never heard her voice.",
)
POEM = (
    "When winter closed the river road",
    "and all the ferry men went home,",
    "we kept a candle in the hall",
    "for anyone who came alone. The snow",
    "would cover up the lane by nine,",
    "and no one ever came at all.",
)
VERSES = (
    "When winter closed the river road and all the ferry men went home, we kept a candle in the hall for anyone who"
    " came alone.",
    "The snow would cover up the lane by nine, and no one ever came at all.",
)
RUSSIAN = (
    "В гавани было тихо, когда мы спустились с холма.",
    "Никто не зажёг фонарей, и паром темнел у каменного причала.",
    "Брат нёс оба мешка и молчал.",
    "В девять дважды ударил колокол.",
    "Мы поднялись на борт и нашли скамью у поручней.",
)
OFF = '<w:pageBreakBefore w:val="0"/>'
MARK = '<w:rPr><w:del w:id="1"/></w:rPr>'
LEVEL = '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
BODY_STYLE = f'<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Body 1"/>{LEVEL}</w:style>'
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph(run('Sketch of the pier'))}</w:txbxContent></w:pict></w:r>"

_APP = (
    " ".join(SENTENCES)
    .replace("dark", "<app><lem wit='#A'>dark</lem><rdg wit='#B'>black</rdg></app>")
    .replace("both bags", "<app><lem>both bags</lem><rdg>the two trunks</rdg></app>")
    .replace("twice", "<app><rdg wit='#A'>twice</rdg><rdg wit='#B'>once</rdg></app>")
)
_WORDS = [
    f"<w>{token.rstrip('.,')}</w>" + (f"\n<pc>{token[-1]}</pc>" if token[-1] in ".," else "")
    for token in " ".join(SENTENCES).split()
]
_LINES = "\n      <lb/>".join(PROSE).replace("carried", "car-\n      <lb/>ried").replace("stone", "st¬\n <lb/>one")
_NUMBERED = "\n".join(f"{n:>2}  {line}" if n in (1, 5) else f"    {line}" for n, line in enumerate(PROSE, start=1))
CASES: dict[str, tuple[str, bytes]] = {
    "tei_app_lem_rdg": ("d.en.xml", tei(f"<p>{_APP}</p>")),
    "tei_hyphen_newline_lb": ("d.en.xml", tei(f"<p>\n      <lb/>{_LINES}\n</p>")),
    "tei_tokens": ("d.en.xml", tei("<p>" + "\n ".join(_WORDS) + "\n</p>")),
    "tei_verse_lines": ("d.en.xml", tei("<lg>" + "".join(f"<l>{line}</l>" for line in POEM) + "</lg>")),
    "tei_milestone_page": (
        "d.en.xml",
        tei(
            f"<milestone unit='page' n='101'/><p>{' '.join(SENTENCES)}</p>"
            f"<milestone unit='page' n='103'/><p>{' '.join(ICE)}</p>"
        ),
    ),
    "docx_page_break_off": ("d.en.docx", word("".join(paragraph(run(own), properties=OFF) for own in SENTENCES))),
    "docx_outline_level_9": (
        "d.en.docx",
        word("".join(paragraph(run(own), properties='<w:pStyle w:val="B"/>') for own in SENTENCES), styles=BODY_STYLE),
    ),
    "docx_text_box_in_sentence": (
        "d.en.docx",
        word(
            paragraph(run(f"{SENTENCES[0]} Nobody had lit the lamps, and "), BOX, run(SENTENCES[1][30:]))
            + "".join(paragraph(run(own)) for own in SENTENCES[2:])
        ),
    ),
    "docx_paragraph_mark_deleted": (
        "d.en.docx",
        word(
            paragraph(run(" ".join(SENTENCES[:2])))
            + paragraph(run("My brother carried both"), properties=MARK)
            + "".join(paragraph(run(own)) for own in (" bags and said nothing.", *SENTENCES[3:]))
        ),
    ),
    "docx_two_columns": ("d.en.docx", word(table(*zip(SENTENCES, RUSSIAN, strict=True)))),
    "txt_line_numbers": ("d.en.txt", _NUMBERED.encode()),
}
EXPECTED = {"tei_verse_lines": VERSES, "tei_milestone_page": SENTENCES + ICE}
TOLD = {
    "txt_line_numbers": "line-numbers",
    "docx_two_columns": "text-columns",
    "docx_text_box_in_sentence": "commentary-not-on-scan",
    "tei_milestone_page": "label-disagrees",
}


@pytest.mark.parametrize("case", CASES)
def test_sentences_are_those_of_the_plain_text(case: str) -> None:
    """Each file gives the sentences that the same words have as plain text, and the box is no part of any."""
    name, data = CASES[case]
    found = [sentence.content for sentence in sentences_of(data, name) if sentence.role == "body"]
    assert found == list(EXPECTED.get(case, SENTENCES))


def test_choices_on_lines_of_their_own() -> None:
    """Markup on lines of its own, as programs lay it out, adds no blank before a mark."""
    words = "Утромъ былъ дождь и мы сидѣли дома (т. е. въ сѣняхъ). Потомъ пришелъ сосѣдъ, и съ нимъ двое."
    old = {"Утромъ": "Утром", "сидѣли": "сидели", "сѣняхъ": "сенях", "сосѣдъ": "сосед"}
    inside = words
    for orig, reg in old.items():
        choice = f"\n<choice>\n <reg>\n  {reg}\n </reg>\n <orig>\n  {orig}\n </orig>\n</choice>\n"
        inside = inside.replace(orig, choice)
    inside = inside.replace("т. е.", "т. е\n<hi>\n .\n</hi>\n")
    found = [sentence.content for sentence in sentences_of(tei(f"<p>{inside}</p>"), "d.ru.xml")]
    assert found == ["Утромъ былъ дождь и мы сидѣли дома (т. е. въ сѣняхъ).", "Потомъ пришелъ сосѣдъ, и съ нимъ двое."]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one run in which each case is a volume."""
    root = tmp_path_factory.mktemp("cases")
    (root / "collection.toml").write_text("[volume.tei_milestone_page]\nlabels = {first = 101}\n", encoding="utf-8")
    for case, (name, data) in CASES.items():
        shown = {"tei_verse_lines": [POEM], "tei_milestone_page": [PROSE, WINTER]}.get(case, [PROSE])
        for number, lines in enumerate(shown, start=1):
            write(root / f"ocr/{case}/000{number}.xml", alto(typed(*lines), (1000, 700)))
            write(root / f"images/{case}/000{number}.png", b"")
            Image.fromarray(np.full((700, 1000), 236 + number, np.uint8)).save(root / f"images/{case}/000{number}.png")
        write(root / f"transcripts/{case}/{name}", data)
    run_collection(root, UncalledEngine())
    assert check_results(root / "aligned") == []
    return root / "aligned"


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_is_linked(results: Path, case: str) -> None:
    """All sentences of the page are linked, each to the lines on which it stands, and only what is so is told."""
    links = [row for row in read_rows(results / case / "links.jsonl") if row["role"] == "body"]
    assert {row["status"] for row in links} == {"linked"}
    expected = EXPECTED.get(case, SENTENCES)
    lines = {row["line"]: row["text"] for row in read_rows(results / case / "lines.jsonl")}
    for row, sentence in zip([row for row in links if row["language"] == "en"], expected, strict=True):
        shown = " ".join(lines[line] for area in row["areas"] for line in area["lines"])
        assert sentence in shown
    findings = [*read_rows(results / case / "findings.jsonl"), *read_rows(results / "findings.jsonl")]
    codes = {row["code"] for row in findings if row["text"] is None or case in row["text"]} - {"no-translation"}
    assert codes == {TOLD[case]} if case in TOLD else not codes


@pytest.mark.slow
def test_the_label_of_a_milestone_is_checked(results: Path) -> None:
    """A page marked as 103 that is 102 is told, with the page."""
    (told,) = [
        row
        for row in read_rows(results / "tei_milestone_page/findings.jsonl")
        if row["code"] == TOLD["tei_milestone_page"]
    ]
    assert told["pages"] == [2]
    assert told["evidence"] == {"scan_text": "102", "source_text": "103"}


@pytest.mark.slow
def test_both_columns_are_linked(results: Path) -> None:
    """The translation beside the original in a table is a text of its own, linked sentence by sentence."""
    links = [row for row in read_rows(results / "docx_two_columns/links.jsonl") if row["language"] == "ru"]
    assert [row["content"] for row in links] == list(RUSSIAN)
    assert {row["text"] for row in links} == {"transcripts/docx_two_columns/d.en.docx#d.ru.docx"}
    assert all(row["areas"] for row in links)
