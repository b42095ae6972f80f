"""Findings about words, on pages drawn in the test: omissions, absences, another order, misprints."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.linked_volumes import make_line, make_page, make_pages, make_text, paged, prose, wrapped

from align.linking import link_volume
from align.model import Finding, Page

# Sentences that any splitter leaves whole, in modern spelling.
PROSE = [s for s in prose("ru") if len(s) >= 16 and re.fullmatch(r"[А-ЯЁ][^.!?«»\"“”—()\dѣіA-Za-z]*[^ъ]\.", s)]
CONTENT = " ".join(PROSE)
PAGES = paged(CONTENT, width=60, lines=8)


def found(content: str, pages: list[Page] | None = None) -> list[Finding]:
    """The findings but for those that every one of these volumes has."""
    result = link_volume("v", pages or make_pages(PAGES), [make_text(content)])
    return [f for f in result.findings if f.code != "no-translation"]


def without(sentence: int) -> str:
    return " ".join(s for n, s in enumerate(PROSE) if n != sentence)


def test_the_text_itself_gives_no_finding():
    """Pages that show the text, all of it and in order, give none."""
    assert found(CONTENT) == []


@pytest.mark.parametrize("number", [1, 7, 20, 33, 40, 49])
def test_an_omitted_sentence_is_told_with_its_words(number):
    """A sentence that the text leaves out is one warning that quotes it, and marks its words and no others."""
    (finding,) = found(without(number))
    assert finding.code in ("line-not-in-text", "words-not-in-text")
    assert finding.severity == "warning"
    assert finding.scan_text.replace("- ", "") == PROSE[number]
    letters = sum(area.boxes[k].width for area in finding.areas for k in range(len(area.boxes))) / 20
    assert abs(letters - len(PROSE[number])) <= len(finding.lines)


@pytest.mark.parametrize("number", [1, 7, 20, 33, 40, 49])
def test_an_invented_sentence_is_told_as_such(number):
    """A sentence that no page shows is one warning with its range, however it falls into the lines."""
    invented = "Ничего подобного на странице никогда не стояло."
    content = " ".join([*PROSE[:number], invented, *PROSE[number:]])
    (finding,) = found(content)
    assert (finding.code, finding.severity, finding.source_text) == ("sentence-not-on-scan", "warning", invented)
    assert [content[a:b] for a, b in finding.spans] == [invented]


def test_a_short_invented_sentence_is_told():
    """One of two words is told too."""
    (finding,) = found(" ".join([*PROSE[:9], "Вовсе нет.", *PROSE[9:]]))
    assert (finding.code, finding.source_text) == ("sentence-not-on-scan", "Вовсе нет.")


def test_invented_words_of_a_sentence():
    """Words put into a sentence are told as words, with their range."""
    words = CONTENT.split()
    content = " ".join([*words[:50], "весьма", "торжественно", *words[50:]])
    (finding,) = found(content)
    assert (finding.code, finding.source_text) == ("words-not-on-scan", "весьма торжественно")


def test_sentences_in_a_row_are_one_finding():
    """Five invented sentences and the rest of a sixth are one row with its extent."""
    invented = "Ничего тут не стояло. И тут тоже нет. А здесь и подавно! Нигде этого нет. Совсем нигде."
    (finding,) = found(" ".join([*PROSE[:9], invented, *PROSE[9:]]))
    assert (finding.code, len(finding.sentences)) == ("sentence-not-on-scan", 5)
    assert finding.message.startswith("5 sentences are")


def test_words_under_a_stain_are_a_note():
    """Where the page has room for words that were not read nothing is known of them: a note."""
    lines = [list(page) for page in PAGES]
    words = lines[1][4].split()
    line = make_line(lines[1][4], 100, 100 + 60 * 4)
    gap = replace(line, words=line.words[:2] + line.words[4:])
    pages = make_pages([lines[0], [*lines[1][:4], gap, *lines[1][5:]], *lines[2:]])
    (finding,) = found(CONTENT, pages)
    assert (finding.code, finding.severity) == ("words-unread", "note")
    assert finding.source_text == " ".join(words[2:4])


@pytest.mark.parametrize(("one", "other"), [(5, 6), (10, 13), (20, 24)])
def test_exchanged_paragraphs_are_told_as_such(one, other):
    """Two paragraphs in each other's place are one finding, or one each where a line is all of each; nothing else."""
    paragraphs = [" ".join(PROSE[n : n + 2]) for n in range(0, len(PROSE), 2)]
    pages = make_pages(
        [[row for p in paragraphs[n : n + 5] for row in wrapped(p, 60)] for n in range(0, len(paragraphs), 5)]
    )
    exchanged = list(paragraphs)
    exchanged[one], exchanged[other] = exchanged[other], exchanged[one]
    own = found("\n\n".join(exchanged), pages)
    assert 1 <= len(own) <= 2
    for finding in own:
        assert (finding.code, finding.severity) == ("text-out-of-order", "warning")
        assert finding.areas


def test_a_page_moved_is_no_other_order_of_the_text():
    """Scans in another order than the text are told as pages, not as text."""
    pages = make_pages([PAGES[0], PAGES[2], PAGES[1], *PAGES[3:]])
    assert [f.code for f in found(CONTENT, pages)] == ["page-out-of-order"]


def misprints(content: str, pages: list[Page] | None = None) -> list[tuple[str, str, str]]:
    own = [f for f in found(content, pages) if f.code == "likely-misprint"]
    return [(f.source_text, f.scan_text, f.severity) for f in own]


def test_a_changed_word_is_told_at_the_word():
    """A word replaced in the text is told with its range, the word's own box, and both readings in context."""
    words = CONTENT.split()
    at = next(n for n in range(80, len(words)) if len(words[n]) >= 7 and words[n].isalpha())
    content = " ".join([*words[:at], "совершенно", *words[at + 1 :]])
    (finding,) = found(content)
    assert finding.code == "likely-misprint"
    assert [content[a:b] for a, b in finding.spans] == ["совершенно"]
    assert words[at] in finding.scan_text.split()
    assert "совершенно" in finding.source_text.split()
    (area,) = finding.areas
    assert sum(box.width for box in area.boxes) in (20 * len(words[at]), 20 * len(words[at]) + 20)
    assert 0.4 <= finding.score <= 1


def test_a_changed_number_is_told():
    """A number with two digits changed about is told as a number."""
    sentences = [*PROSE[:6], "Всего было отправлено 1470 ящиков по описи.", *PROSE[6:20]]
    pages = make_pages(paged(" ".join(sentences), width=60, lines=8))
    (finding,) = found(" ".join(sentences).replace("1470", "1740"), pages)
    assert (finding.code, "number" in finding.message) == ("likely-misprint", True)


def test_a_misread_word_is_no_misprint():
    """A word read with little confidence as one that is none is the engine's mistake, and not told."""
    lines = [list(page) for page in PAGES]
    line = make_line(lines[0][3], 100, 100 + 60 * 3)
    words = list(line.words)
    words[2] = replace(words[2], text=words[2].text[:-1] + "ъ", confidence=0.4)
    pages = make_pages([[*lines[0][:3], replace(line, words=tuple(words)), *lines[0][4:]], *lines[1:]])
    assert found(CONTENT, pages) == []


def test_old_spelling_is_no_misprint():
    """Spelling that folding forgives is no difference: ѣ, і, ъ at the end of words, ё without its dots."""
    old = [
        [row.replace("ет ", "етъ ").replace("и", "і").replace("ё", "е") if n % 2 else row for n, row in enumerate(page)]
        for page in PAGES
    ]
    assert [f for f in found(CONTENT, make_pages(old)) if f.severity != "note"] == []


def test_a_name_spelled_otherwise_throughout_is_one_note():
    """A name that the text always spells in its own way is one note with all places."""
    lines = [f"{s} Тогда Каржавин ушёл." for s in PROSE[:12]]
    pages = make_pages([[row for s in lines[n : n + 4] for row in wrapped(s, 60)] for n in range(0, 12, 4)])
    own = found(" ".join(lines).replace("Каржавин", "Коржавин"), pages)
    assert [(f.code, f.severity, len(f.spans)) for f in own] == [("spelling-differs", "note", 12)]


def test_a_doubled_page_repeats_no_finding():
    """A page that is scanned twice has its findings once."""
    pages = make_pages([PAGES[0], PAGES[1], PAGES[1], *PAGES[2:]])
    codes = [f.code for f in found(without(12), pages)]
    assert sorted(codes) == sorted(["page-doubled", codes[-1]])


def test_findings_of_a_long_volume_come_in_linear_time():
    """Ten times the pages are collated in steps whose number is about ten times that of one."""
    from align.linking.places.placed_texts import PlacedTexts
    from align.linking.words.passages import passages

    def steps(times: int) -> int:
        pages = (
            make_pages(PAGES)
            if times == 1
            else make_pages(
                [list(p) for p in paged(" ".join(f"{s} {n}" for n in range(times) for s in PROSE), width=60, lines=8)]
            )
        )
        content = CONTENT if times == 1 else " ".join(f"{s} {n}" for n in range(times) for s in PROSE)
        placed = PlacedTexts.of(pages, [make_text(content)])
        layer = placed.layers[0]
        return sum(len(p.steps) for p in passages(pages, layer.running_text, layer.placed, ()))

    assert steps(4) <= 6 * steps(1)


def test_a_footer_page_is_named():
    """Every finding about words names a page of the volume."""
    pages = [make_page(rows, order=n) for n, rows in enumerate(PAGES, start=1)]
    for finding in found(without(20), pages):
        assert finding.pages
        assert "000" in finding.message


def test_words_that_replace_others_are_told_however_their_letters_fall():
    """Unrelated words in the place of others are a warning, though some of them are paired by chance and some alone."""
    before, after = " ".join(PROSE[3:11]), " ".join(PROSE[11:20])
    frame = f"{before} Вечером был у миссис Тапли и говорил с нею долго {{}} после чего поехал домой. {after}"
    page = make_page(wrapped(frame.format("двинулись жил упадок был гора приведены")))
    (finding,) = found(frame.format("шла в были Среди тель"), [page])
    assert (finding.code, finding.severity) == ("words-not-on-scan", "warning")


def test_a_short_text_has_a_script_too():
    """A sentence that is not on the page is told as such in a text of a few lines as in a long one."""
    sentences = ["Вечером был у Тапли.", "Погода стояла холодная.", "Завтра поеду в город.", "Потом вернусь домой."]
    page = make_page(wrapped(" ".join(s for n, s in enumerate(sentences) if n != 1)))
    assert [f.code for f in found(" ".join(sentences), [page])] == ["sentence-not-on-scan"]


@pytest.mark.parametrize("at", [100, 1300])
def test_a_text_without_full_stops_is_searched_to_its_end(at):
    """In a sentence of a thousand words the words that the page lacks are told wherever they are."""
    words = [w.lower() for s in PROSE * 9 for w in re.findall("[А-Яа-яЁё]+", s)][:1400]
    pages = make_pages(paged(" ".join(words[:at] + words[at + 12 :]) + ".", width=60, lines=20))
    assert "words-not-on-scan" in {f.code for f in found(" ".join(words) + ".", pages)}


def test_nothing_is_told_of_the_words_of_a_document_that_was_not_found():
    """A formula that a document has in common with a page of another is no misprint of it."""
    one = " ".join(PROSE[3:14])
    other = "Многоуважаемый Пётр Багрицов!\n\n" + " ".join(PROSE[20:50])
    page = make_page([*wrapped(one), "Многоуважаемый Пётр Багрецов!"])
    texts = [make_text(one, document="a"), make_text(other, document="b")]
    told = [(f.code, f.document) for f in link_volume("v", [page], texts).findings if f.document == "b"]
    assert ("document-not-found", "b") in told
    assert "likely-misprint" not in {code for code, _ in told}


def test_a_name_spelled_otherwise_in_many_documents_is_one_note_of_none():
    """A spelling that runs through several documents is one note with the sentences of all, and booked on none."""
    texts, pages = [], []
    for n in range(6):
        own = PROSE[n * 4 : n * 4 + 4]
        content = " ".join([*own[:2], "Вчера приехал Каржавин из города.", *own[2:]])
        texts.append(make_text(content, document=f"d{n}"))
        pages.append(wrapped(content.replace("Каржавин", "Коржавин")))
    findings = link_volume("v", make_pages(pages), texts).findings
    (note,) = [f for f in findings if f.code == "spelling-differs"]
    assert (note.document, note.text, note.spans, len(note.sentences)) == (None, None, (), 6)
    assert note.pages == (1, 2, 3, 4, 5, 6)
