"""Whole volumes, small and made up: statuses, reasons, counterparts, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.linked_volumes import make_line, make_page, make_pages, make_text, paged, prose, wrapped

from align.linking import link_volume
from align.model import Link, Page, SourceText, VolumeResult, Word

RUSSIAN = (
    "12 марта 1934 г.\n\nУтром приехал Карпов и привез 17 писем из Ленинграда. Одно письмо было от моей сестры Веры. "
    "Она пишет, что в городе холодно и что дров не хватает. Вечером мы обедали у посла. "
    "За столом говорили только о погоде и о ценах на хлеб. Посол спросил, когда я еду в Москву. "
    "Я ответил, что поеду 25 апреля. Он ничего не сказал. Ночью я долго не мог уснуть и читал Диккенса.\n"
)
ENGLISH = (
    "12 March 1934\n\nIn the morning Karpov arrived and brought 17 letters from Leningrad. One letter was from "
    "my sister Vera. She writes that it is cold in the city and that there is not enough firewood. In the evening "
    "we dined with the ambassador. At table they spoke only of the weather and of the price of bread. The ambassador "
    "asked when I was going to Moscow. I answered that I should go on 25 April. He said nothing. At night I could "
    "not sleep for a long time and read Dickens.\n"
)
GARNETT = (
    "12 March 1934\n\nKarpov came in the morning with 17 letters from Leningrad. One of the letters was from Vera, my "
    "sister. It is cold in town, she writes, and firewood is short. We dined at the ambassador's in the evening. Over "
    "dinner the talk was of nothing but the weather and bread prices. The ambassador inquired when I would leave for "
    "Moscow. On 25 April, I replied. He made no answer. For a long time that night I lay awake and read Dickens.\n"
)
STORY = prose("ru")
OTHERS = prose("en")


def rows(text: str, width: int = 48) -> list[str]:
    """The text as typed lines, its paragraphs apart."""
    return [line for paragraph in text.split("\n") for line in wrapped(paragraph, width)]


def by_text(result: VolumeResult, path: str) -> list[Link]:
    return [link for link in result.links if link.text == path]


def codes(result: VolumeResult) -> Counter[str]:
    return Counter(f.code for f in result.findings)


def assert_volume_holds(result: VolumeResult, texts: Sequence[SourceText]) -> None:
    """What holds of every volume."""
    assert [link.sentence for link in result.links] == [s.id for t in texts for s in t.sentences]
    lines = {page.order: len(page.lines) for page in result.pages}
    content = {t.path: t.content for t in texts}
    sentences = {s.id for t in texts for s in t.sentences}
    for link in result.links:
        assert (link.status in ("unlinked", "apart")) == (not link.areas) == (link.via is None)
        assert 0 <= link.score <= 1
        assert link.reason is not None or link.status in ("linked", "apart")
        assert set(link.counterparts) <= sentences
        assert [a.page for a in link.areas] == list(dict.fromkeys(a.page for a in link.areas))
        for area in link.areas:
            assert all(0 <= i < lines[area.page] for i in area.lines)
            for a, b in area.spans or ():
                assert any(s <= a < b <= e for s, e in link.spans)
                assert content[link.text][a:b].strip() == content[link.text][a:b]
    for page, own in zip(result.pages, result.matches, strict=True):
        for line, matches in own.items():
            assert 0 <= line < len(page.lines)
            assert matches
            for match in matches:
                assert content[match.text][slice(*match.span)].strip() == content[match.text][slice(*match.span)] != ""
                assert 0 <= match.similarity <= 1
    assert len({f.id for f in result.findings}) == len({f.key for f in result.findings}) == len(result.findings)
    line_ids = {page.line_id(i) for page in result.pages for i in range(len(page.lines))}
    for finding in result.findings:
        assert 0 <= finding.score <= 1
        assert set(finding.lines) <= line_ids
        assert set(finding.sentences) <= sentences
        assert set(finding.pages) <= set(lines)


def linked(pages: Sequence[Page], texts: Sequence[SourceText], **options: object) -> VolumeResult:
    result = link_volume("v", pages, texts, **options)
    assert_volume_holds(result, texts)
    assert link_volume("v", pages, texts, **options) == result
    return result


def test_a_page_read_rightly_links_every_sentence_of_both_texts():
    """Each sentence is linked, its counterparts name each other, and nothing is found amiss."""
    texts = [make_text(RUSSIAN), make_text(ENGLISH, language="en")]
    result = linked(make_pages([rows(RUSSIAN)]), texts)
    russian, english = (by_text(result, t.path) for t in texts)
    assert {(x.kind, x.status, x.via) for x in russian} == {("transcription", "linked", "ocr")}
    assert {(x.kind, x.via) for x in english} == {("translation", "transcription")}
    assert [x.counterparts for x in russian] == [(x.sentence,) for x in english]
    assert [x.areas[0].boxes for x in russian] == [x.areas[0].boxes for x in english]
    assert codes(result) == {}
    assert result.pages[0].lines[0].role == "heading"


def test_both_translations_of_one_language_are_linked():
    """Two texts in English, one marked by a private part of its tag, are each linked through the transcription."""
    texts = [make_text(RUSSIAN), make_text(ENGLISH, language="en"), make_text(GARNETT, language="en-x-garnett")]
    result = linked(make_pages([rows(RUSSIAN)]), texts)
    for text in texts[1:]:
        own = by_text(result, text.path)
        assert all(link.areas and link.counterparts for link in own)
    assert len(result.pairs) == 2
    assert len(by_text(result, texts[0].path)[1].counterparts) == 2


def test_two_transcriptions_of_one_language_are_each_linked():
    """Old and modern spelling of one page, in two texts, both stand where their words stand."""
    modern = RUSSIAN.replace("письмо", "письмецо")
    texts = [make_text(RUSSIAN), make_text(modern, language="ru-x-modern"), make_text(ENGLISH, language="en")]
    result = linked(make_pages([rows(RUSSIAN)]), texts)
    for text in texts[:2]:
        assert {(x.kind, bool(x.areas)) for x in by_text(result, text.path)} == {("transcription", True)}
    assert {m.text for m in result.matches[0][1]} == {texts[0].path, texts[1].path}
    assert codes(result)["line-not-in-text"] == 0


def test_a_document_without_a_transcription_is_linked_by_what_was_read():
    """Its translation is linked via "ocr-bead" without counterparts, and its lines are in no finding."""
    story = " ".join(STORY[:20])
    texts = [make_text(story, document="a"), make_text(ENGLISH, document="b", language="en")]
    result = linked(make_pages([rows(story), rows(RUSSIAN)]), texts)
    own = by_text(result, texts[1].path)
    placed = [link for link in own if link.areas]
    assert len(placed) >= 0.8 * len(own)
    assert {(x.kind, x.via, x.counterparts, tuple(a.page for a in x.areas)) for x in placed} == {
        ("translation", "ocr-bead", (), (2,))
    }
    assert codes(result)["line-not-in-text"] == 0
    assert codes(result)["no-transcription"] == 1


def test_pages_in_two_languages_find_their_own_text():
    """On Russian and English pages each document is transcribed by the text in the language that its pages show."""
    english = " ".join(OTHERS[:20])
    texts = [
        make_text(RUSSIAN, document="a"),
        make_text(ENGLISH, document="a", language="en"),
        make_text(english, document="b", language="en"),
    ]
    pages = [make_page(rows(RUSSIAN)), make_page(rows(english), order=2, language="en")]
    result = linked(pages, texts)
    kinds = {t.path: {x.kind for x in by_text(result, t.path)} for t in texts}
    assert list(kinds.values()) == [{"transcription"}, {"translation"}, {"transcription"}]
    assert {a.page for x in by_text(result, texts[2].path) for a in x.areas} == {2}
    assert {a.page for x in by_text(result, texts[1].path) for a in x.areas} == {1}


def test_pages_whose_language_nobody_could_tell_are_tried_with_every_text():
    """Where no page has a language, the texts that the pages show are found all the same."""
    texts = [make_text(RUSSIAN), make_text(ENGLISH, language="en")]
    result = linked(make_pages([rows(RUSSIAN)], language=None), texts)
    assert {x.kind for x in by_text(result, texts[0].path)} == {"transcription"}
    assert all(x.areas for x in result.links)


EMPTY: list[tuple[list[Page], list[SourceText]]] = [
    ([], []),
    ([], [make_text(RUSSIAN)]),
    (make_pages([rows(RUSSIAN)]), []),
    (make_pages([[], []]), [make_text(RUSSIAN), make_text(ENGLISH, language="en")]),
    ([make_page([], status="failed")], [make_text(RUSSIAN)]),
    (make_pages([rows(RUSSIAN)]), [make_text("")]),
    (make_pages([rows(RUSSIAN)]), [make_text("\f\n * \n[...]\n"), make_text("", language="en")]),
    (make_pages([["—", "."], ["*"]]), [make_text("Утро."), make_text("A.", language="en")]),
]


@pytest.mark.parametrize("case", range(len(EMPTY)))
def test_empty_volumes_are_borne(case):
    """No pages, no texts, no lines, no letters: nothing is linked and nothing breaks."""
    pages, texts = EMPTY[case]
    result = linked(pages, texts)
    assert {link.status for link in result.links} <= {"unlinked", "apart"}


def test_a_text_that_is_not_there_is_said_to_be_nowhere():
    """A document of other words is unlinked as not scanned and is one finding, an error."""
    texts = [make_text(" ".join(STORY[:20]), document="a"), make_text(" ".join(STORY[60:80]), document="b")]
    result = linked(make_pages([rows(texts[0].content)]), texts)
    assert {(x.status, x.reason) for x in by_text(result, texts[1].path)} == {("unlinked", "not-scanned")}
    assert [f.document for f in result.findings if f.code == "document-not-found"] == ["b"]


def five_pages() -> list[list[str]]:
    return paged(" ".join(STORY[:90]), lines=10)[:5]


def reasons(result: VolumeResult) -> list[tuple[str, str | None]]:
    return [(x.status, x.reason) for x in result.links]


def test_a_page_that_was_not_scanned_is_said_so():
    """Sentences of a page missing between two others are unlinked as not scanned, in one finding."""
    pages = five_pages()
    text = make_text(" ".join(line for page in pages for line in page))
    result = linked(make_pages([*pages[:2], *pages[3:]]), [text])
    lost = [x for x in result.links if not x.areas]
    assert lost
    assert {x.reason for x in lost} == {"not-scanned"}
    assert codes(result)["sentence-not-scanned"] == 1
    assert all(x.content in text.content for x in lost)


def test_a_page_that_failed_is_said_so():
    """Sentences that should stand on a page that could not be read have this as their reason."""
    pages = five_pages()
    text = make_text(" ".join(line for page in pages for line in page))
    made = make_pages(pages)
    made[2] = make_page([], order=3, status="failed")
    result = linked(made, [text], failures={3: "the file is empty"})
    lost = [x for x in result.links if not x.areas]
    assert lost
    assert {x.reason for x in lost} == {"page-failed"}
    unreadable = [f for f in result.findings if f.code == "page-unreadable"]
    assert len(unreadable) == 1
    assert "the file is empty" in unreadable[0].message


def test_a_sentence_left_out_of_a_page_is_not_on_it():
    """A sentence of the text that the page skips is unlinked as not on the page, and its neighbours are linked."""
    before, lost, after = (
        " ".join(STORY[:12]),
        "Этих слов на странице нет и никогда не было вовсе.",
        " ".join(STORY[12:24]),
    )
    result = linked(make_pages([rows(f"{before} {after}")]), [make_text(f"{before} {lost} {after}")])
    own = [x for x in result.links if not x.areas]
    assert [(x.content, x.reason) for x in own] == [(lost, "not-on-page")]
    assert codes(result)["sentence-not-on-scan"] == 1


def test_a_line_that_the_text_leaves_out_is_a_finding():
    """Words on the page that no text holds are one finding with their area, and no sentence claims them."""
    before, extra, after = (
        wrapped(" ".join(STORY[:12])),
        "Вписано от руки: проверить у Карпова завтра",
        wrapped(" ".join(STORY[12:24])),
    )
    result = linked(make_pages([[*before, extra, *after]]), [make_text(" ".join([*before, *after]))])
    found = [f for f in result.findings if f.code == "line-not-in-text"]
    assert [(f.scan_text, f.severity, f.areas[0].lines) for f in found] == [(extra, "warning", (len(before),))]
    assert all(len(before) not in area.lines for x in result.links for area in x.areas)


def test_a_sentence_of_which_half_is_missing_is_partial():
    """A long sentence whose second half is on no scan is partial or doubtful, with the half that is there."""
    pages = five_pages()
    long = (
        "Вечером приехал Карпов и привез много писем, " * 2
        + "и мы долго сидели у огня, читали их вслух, спорили и смеялись до утра."
    )
    text = make_text(" ".join([*pages[0], long, *pages[1]]))
    result = linked(make_pages([[*pages[0], *wrapped(long[:90])], pages[1]]), [text])
    (own,) = [x for x in result.links if x.content.startswith("Вечером приехал")]
    assert own.status in ("partial", "doubtful")
    assert own.reason in ("not-on-page", "weak")
    assert {a.page for a in own.areas} == {1}


def test_commentary_that_is_not_on_the_scan_is_a_note_at_most():
    """An editor's commentary after an entry is apart, without a reason and without a warning."""
    content = f"{RUSSIAN}\n[Карпов — служащий торгпредства. — Прим. ред.]\n"
    text = make_text(content)
    assert "commentary" in {s.role for s in text.sentences} or "note" in {s.role for s in text.sentences}
    result = linked(make_pages([rows(RUSSIAN)]), [text])
    aside = [x for x in result.links if x.role in ("note", "commentary")]
    assert {(x.status, x.reason) for x in aside} == {("apart", None)}
    assert {f.severity for f in result.findings} <= {"note"}


def test_a_note_is_found_at_the_foot_of_its_page():
    """A footnote typed inside a sentence is linked where the page has it, and the sentence stays whole."""
    note = "* Так в этом городе зовут ночного извозчика."
    lines = rows(" ".join(STORY[:14]))
    content = "\n".join([*lines[:4], note, *lines[4:]])
    text = make_text(content)
    assert [s.role for s in text.sentences].count("note") == 1
    result = linked(make_pages([[*lines, note]]), [text])
    assert {(x.status, x.role) for x in result.links} == {("linked", "body"), ("linked", "note")}
    assert result.pages[0].lines[-1].role == "note"


def test_the_same_note_on_two_pages_makes_no_copy():
    """Two pages that end in the same long note are two pages."""
    note = (
        "* Здесь и далее прописные буквы и знаки препинания приведены по рукописи, которая хранится в частном собрании."
    )
    pages = five_pages()[:2]
    text = make_text("\n".join([*pages[0], note, *pages[1]]))
    result = linked(make_pages([[*page, *wrapped(note)] for page in pages]), [text])
    assert [p.duplicate_of for p in result.pages] == [None, None]


def test_a_doubled_page_is_marked_and_claims_nothing():
    """The second scan of a page names the first, its lines match, and sentences stand on the first alone."""
    pages = five_pages()
    text = make_text(" ".join(line for page in pages for line in page))
    result = linked(make_pages([*pages[:3], pages[1], *pages[3:]]), [text])
    assert [p.duplicate_of for p in result.pages] == [None, None, None, 2, None, None]
    assert all(4 not in {a.page for a in x.areas} for x in result.links)
    assert len(result.matches[3]) == len(pages[1])
    assert {x.status for x in result.links} == {"linked"}
    assert codes(result) == {"page-doubled": 1, "no-translation": 1}


def test_pages_out_of_order_are_linked_as_they_stand():
    """Two swapped pages leave every sentence on the page that shows it."""
    pages = five_pages()
    text = make_text(" ".join(line for page in pages for line in page))
    result = linked(make_pages([pages[0], pages[2], pages[1], *pages[3:]]), [text])
    assert {x.status for x in result.links} <= {"linked", "partial", "doubtful"}
    spans = [(a.page, a.spans[0][0]) for x in result.links for a in x.areas]
    starts = {p: min(s for q, s in spans if q == p) for p in range(1, 6)}
    assert starts[1] < starts[3] < starts[2] < starts[4] < starts[5]


def test_many_documents_are_found_where_they_stand():
    """Entries that begin in mid-page, with one heading twice, each stand on their own lines; one displaced is named."""
    bodies = [" ".join(STORY[10 * n : 10 * n + 10]) for n in range(4)]
    heads = ["1 июля", "29 июля", "30 июля", "29 июля"]
    names = ["a", "c", "b", "d"]
    typed = [f"{head}\n\n{body}" for head, body in zip(heads, bodies, strict=True)]
    lines = [line for text in typed for line in rows(text)]
    texts = sorted((make_text(t, document=n) for t, n in zip(typed, names, strict=True)), key=lambda t: t.document)
    result = linked(make_pages([lines[n : n + 9] for n in range(0, len(lines), 9)]), texts)
    assert all(x.areas for x in result.links)
    flat = [(n // 9 + 1, n % 9) for n in range(len(lines))]
    for text, body in zip(typed, bodies, strict=True):
        document = names[bodies.index(body)]
        own = rows(text)
        at = next(n for n in range(len(lines)) if lines[n : n + len(own)] == own)
        places = {(a.page, i) for x in result.links if x.document == document for a in x.areas for i in a.lines}
        assert places == set(flat[at : at + len(own)])
    assert [f.document for f in result.findings if f.code == "document-out-of-order"] in (["b"], ["c"])


def test_findings_keep_their_keys_when_another_document_is_edited():
    """Ids shift, but the keys of a document's findings and sentences are those of before."""
    extra = "Вписано от руки: проверить у Карпова завтра"
    pages = make_pages([[*rows(" ".join(STORY[:20])), extra], rows(" ".join(STORY[30:50]))])
    kept = make_text(" ".join([*STORY[:5], *STORY[90:92], *STORY[5:20]]), document="b")
    first = linked(pages, [make_text("Нигде не найдется.", document="a"), kept])
    edited = "Совсем другие слова. И еще одна фраза о том же. " + " ".join(STORY[30:50])
    second = linked(pages, [make_text(edited, document="a"), kept])
    mine = [{f.key for f in r.findings if f.document == "b" or f.scan_text == extra} for r in (first, second)]
    assert mine[0] == mine[1]
    assert len(mine[0]) >= 3
    assert [x.key for x in by_text(first, kept.path)] == [x.key for x in by_text(second, kept.path)]


def test_an_editor_s_choice_of_transcription_counts():
    """The text that the editor named is the transcription, whatever language the pages have."""
    texts = [make_text(RUSSIAN), make_text(ENGLISH, language="en")]
    result = linked(make_pages([rows(ENGLISH)], language="en"), texts, transcription_paths={"d": texts[1].path})
    assert by_text(result, texts[1].path)[0].kind == "transcription"
    result = linked(make_pages([rows(ENGLISH)], language="ru"), texts, transcription_paths={"d": texts[1].path})
    assert all(x.areas for x in by_text(result, texts[1].path))


def test_a_message_names_a_file_as_it_is_spelled():
    """Messages keep the case of file names."""
    pages = five_pages()[:2]
    made = make_pages([pages[0], pages[1], pages[0]])
    made = [replace(p, scan=replace(p.scan, path=f"images/v/Scan_{p.order}.JPG")) for p in made]
    result = linked(made, [make_text(" ".join(line for page in pages for line in page))])
    (found,) = [f for f in result.findings if f.code == "page-doubled"]
    assert "Scan_3.JPG" in found.message
    assert "Scan_1.JPG" in found.message


HOSTILE = [
    "\x00",
    "\u202eслово",
    "\u0301",
    "a\u0300" * 40,
    "ﬁ",
    "𝔘",
    "²³",
    "٣٤",
    "\ufeff",
    "\ud800",
    "<b>&amp;",
    "x" * 3000,
    "—",
    "i\u0307",
]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*HOSTILE, *STORY[:6]]), max_size=5), max_size=3),
    st.lists(
        st.lists(st.sampled_from([*HOSTILE, "\f", "\nPage 5\n", "\n* ", "\r\n\r\n", *STORY[:8]]), max_size=8),
        max_size=3,
    ),
    st.sampled_from(["ru", "en", "und", "ru-x-a"]),
)
def test_hostile_strings_are_borne(lines, contents, language):
    """Whatever was read and typed, a volume keeps its rules and gives the same result twice."""
    pages = make_pages(lines)
    texts = [make_text(" ".join(c), document=f"d{n}", language=language) for n, c in enumerate(contents)]
    linked(pages, texts)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(20, 70), st.integers(3, 14), st.sets(st.integers(0, 5)), st.integers(0, 999))
def test_pages_read_with_noise_keep_the_rules(width, per_page, gone, seed):
    """One letter in twenty misread, some pages missing: no sentence is linked to a page that does not show it."""
    random = Random(seed)
    content = " ".join(STORY[:60])
    pages = paged(content, width=width, lines=per_page)
    kept = [n for n in range(len(pages)) if n not in gone] or [0]

    def noisy(line: str) -> str:
        return "".join(random.choice("онаетилж") if c.isalpha() and random.random() < 0.05 else c for c in line)

    made = make_pages([[noisy(line) for line in pages[n]] for n in kept])
    result = linked(made, [make_text(content)])
    at, where = 0, {}
    for n, page in enumerate(pages):
        for line in page:
            at = content.index(line, at)
            where.update(dict.fromkeys(range(at, at + len(line)), n))
            at += len(line)
    right = wrong = 0
    for link in result.links:
        for area in link.areas:
            shown = {where[i] for a, b in area.spans for i in range(a, b) if i in where}
            right += kept[area.page - 1] in shown
            wrong += kept[area.page - 1] not in shown
    assert wrong <= 0.01 * (right + wrong)


def test_words_without_a_line_between_paragraphs_are_nobody_s():
    """Of unrelated lines that stand between paragraphs of the text next to none is claimed."""
    claimed = tried = 0
    for sentences in (STORY, OTHERS):
        half = len(sentences) // 2
        own, foreign = wrapped(" ".join(sentences[:half]), 50), wrapped(" ".join(sentences[half:]), 50)
        language = "ru" if sentences is STORY else "en"
        mixed: list[tuple[str, bool]] = []
        for n, line in enumerate(own):
            mixed.append((line, False))
            if n % 3 == 2 and n // 3 < len(foreign):
                mixed.append((foreign[n // 3], True))
        chunks = [mixed[n : n + 24] for n in range(0, len(mixed), 24)]
        pages = make_pages([[line for line, _ in chunk] for chunk in chunks], language=language)
        result = linked(pages, [make_text(" ".join(sentences[:half]), language=language)])
        for chunk, matches in zip(chunks, result.matches, strict=True):
            tried += sum(strange for _, strange in chunk)
            claimed += sum(strange and n in matches for n, (_, strange) in enumerate(chunk))
    assert tried >= 25
    assert claimed <= 0.02 * tried


def test_a_word_of_no_confidence_is_still_placed_by_its_letters():
    """Confidence is the engine's and says nothing of a link."""
    lines = [make_line(line, 100, 100 + 60 * n, confidence=0.0) for n, line in enumerate(rows(RUSSIAN))]
    assert isinstance(lines[0].words[0], Word)
    result = linked([make_page(lines)], [make_text(RUSSIAN)])
    assert {x.status for x in result.links} == {"linked"}
