"""TEI as projects write it: alternatives, several systems of pages, white space of the markup, verse, tokens."""

from __future__ import annotations

import pytest
from support.text_cases import sentences_of, tei

from align.errors import TextError
from align.files.texts.loading import read_source
from align.text.source import structure


def pages(body: str) -> list[tuple[str | None, str]]:
    raw = read_source(tei(body), path="v/d.en.xml", volume="v", document="d", language="en")
    return [(m.label, raw.content[m.start : m.start + 6]) for m in raw.marks if m.kind == "page"]


def said(body: str) -> str:
    """The sentences of a document, each with the first letter of its role unless it is body."""
    return " / ".join(
        sentence.content if sentence.role == "body" else f"{sentence.role[0]}: {sentence.content}"
        for sentence in sentences_of(tei(body), "d.en.xml")
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("lay <app><lem>dark</lem><rdg>black</rdg></app>", "lay dark"),
        ("lay <app>\n <rdg>dark</rdg>\n <rdg>black</rdg>\n</app>.", "lay dark."),
        ("lay<app><lem/><rdg> there</rdg></app>.", "lay."),
        ("<app><rdgGrp><rdg>dark</rdg><rdg>black</rdg></rdgGrp><rdg>x</rdg><witDetail>faded</witDetail></app>", "dark"),
        ("<app><rdgGrp><rdg>x</rdg></rdgGrp><rdgGrp><lem>dark</lem></rdgGrp></app>", "dark"),
        ("<app><lem>so <app><rdg>dark</rdg><rdg>x</rdg></app></lem><rdg>y</rdg></app>", "so dark"),
        ("both bags<app from='#a'><lem>both bags</lem><rdg>trunks</rdg></app> fell", "both bags fell"),
        ("dark<app><lem>est</lem><note>So A.</note></app>", "darkest / c: So A."),
        ("<choice>\n<reg>a</reg>\n<sic>b</sic>\n</choice>.", "b."),
        ("<choice><expan>Mister</expan><abbr>Mr</abbr></choice>", "Mr"),
        ("bread <choice><ex>and</ex><am>&amp;</am></choice> salt", "bread & salt"),
        ("<choice><unclear cert='low'>a</unclear><unclear cert='high'>b</unclear></choice>", "b"),
        ("<choice><seg>a</seg><seg>b</seg></choice>", "a"),
        ("<choice><orig>a<choice><sic>b</sic><corr>x</corr></choice></orig><reg>y</reg></choice>", "ab"),
        ("<expan>Mr</expan> <reg>a</reg> <corr>b</corr> <supplied>c</supplied> <unclear>d</unclear>", "Mr a b c d"),
        ("<subst>\n <del>x</del>\n <add>a</add>\n</subst> <restore><del>b</del></restore>", "a b"),
        ("a <delSpan spanTo='#e'/>x <hi>y</hi> z<anchor xml:id='e'/>b", "a b"),
        ("a <delSpan spanTo='#nowhere'/>b", "a b"),
    ],
)
def test_one_reading_is_taken(inside: str, text: str) -> None:
    """Of alternatives the word on the page is read, else the lemma, else the first; all else is left out."""
    assert said(f"<p>{inside}</p>") == text


@pytest.mark.parametrize(
    "inside",
    [
        "bro-\n  <lb n='2'/>ther",
        "bro\u00ac <lb/>ther",
        "bro\u00ad<lb/>\n  ther",
        "bro-\n<pb n='2'/>\n<lb/>ther",
        "bro-<pb n='2'/>ther",
        "bro-\n <fw>7</fw>\n <pb n='2'/><fw>Title</fw>\n <lb/>ther",
        "<hi>bro-</hi>\n<cb/>\n<hi>ther</hi>",
        "bro<pc force='weak'>-</pc><lb/>ther",
        "bro\n<lb break='no'/>ther",
        "<w>bro<lb/>ther</w>",
        "<w>bro-<pb n='2'/>ther</w>",
        "<w part='I'>bro-</w>\n<lb/><w part='F'>ther</w>",
        "<w>\n <c>b</c>\n <c>ro</c>\n <hi>ther</hi>\n</w>",
        "<c>b</c>\n<c>ro</c>\n<c>ther</c>",
        "bro-</p><pb n='2'/><p>ther",
    ],
)
def test_a_divided_word_is_whole(inside: str) -> None:
    """A word goes on over the end of a line or a page, however its hyphen and the white space around are written."""
    assert said(f"<p>My {inside} said -\n<lb/>no.</p>") == "My brother said - no."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w>So</w>\n<pc>,</pc>\n<w>he</w> <pc>(</pc> <w>he</w> <pc>)</pc> <pc>.</pc>", "So, he (he)."),
        (
            "<w>So</w><pc>,</pc><w>he</w><w>said</w><w>it</w><pc>(</pc><w>all</w><pc>)</pc><pc>.</pc>",
            "So, he said it (all).",
        ),
        ("<w>So</w> <w>he</w> <pc join='left'>—</pc> <w>so</w>", "So he— so"),
        ("<w>don</w><w>'t</w> <w>go</w>", "don't go"),
        ("<s>One.</s><s>Two.</s>\n<s>Three.</s>", "One. / Two. / Three."),
        ("<c>S</c><c>o</c><c> </c><c>h</c><c>e</c>", "So he"),
        ("He\n<hi>\n  (\n</hi>\n<hi>\n  so\n</hi>\n)\n<hi>.</hi>", "He (so)."),
        ("“\n<hi>So</hi>\n” he\n<hi>\n said\n</hi>\n…", "“So” he said…"),
        ('„\n<hi>So</hi>\n“ he said, "\n<hi>no</hi>\n"\n<hi>!</hi>', '„So“ he said, "no"!'),
        ("»\n<hi>So</hi>\n« he, «\n<hi>no</hi>\n»", "»So« he, «no»"),
        ("He said\n<hi>...And</hi> so .", "He said ...And so ."),
    ],
)
def test_white_space_of_the_markup_is_no_text(inside: str, text: str) -> None:
    """Blanks stand between words alone; what an author wrote inside one text is left as it is."""
    assert said(f"<p>{inside}</p>") == text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>a <pb ed='A' n='1'/>b <pb ed='B' n='7' facs='7.png'/>c <pb ed='A' n='2'/>d</p>", [("7", "c d")]),
        ("<p>a <pb ed='A' n='1'/>b <pb n='7'/>c</p>", [("7", "c")]),
        ("<p>a <pb ed='A' n='1'/>b <pb ed='B' n='7'/>c</p>", [("1", "b c")]),
        ("<p>a <pb n='1'/>b <milestone unit='page' n='7'/>c</p>", [("1", "b c")]),
        ("<p>a <milestone unit='page' n='7'/>b <milestone unit='stanza' n='1'/>c</p>", [("7", "b c")]),
        ("<div type='page' n='5'><p>a</p></div><div type='page' n='6'><p>b</p></div>", [("5", "a\n\nb"), ("6", "b")]),
        ("<p>a <del>b <pb n='4'/>c</del> d</p>", [("4", "d")]),
        ("<p>bro-\n<pb n='2'/>\n<lb/>ther</p>", [("2", "ther")]),
        ("<lg><l>a</l><pb n='3'/><l>b</l></lg>", [("3", "b")]),
    ],
)
def test_one_system_of_pages_counts(body: str, found: list[tuple[str, str]]) -> None:
    """Of several systems that with scans counts, else that of no edition, else the first; struck pages are pages."""
    assert pages(body) == found


@pytest.mark.parametrize("label", ["p. 53", "Page 53", "53", "S. 53"])
def test_a_label_is_told_without_its_word(label: str) -> None:
    """The number of a page is its label, with or without a word for "page" before it."""
    raw = read_source(tei(f"<pb n='{label}'/><p>a</p>"), path="d.en.xml", volume="v", document="d", language="en")
    assert [marker.label for marker in structure(raw).markers] == ["53"]


LINES = (
    "<sourceDoc><surfaceGrp><surface n='5'><graphic/><zone type='header'><line>The harbour</line></zone>"
    "<zone><line>We had not yet com-</line>\n<line>menced. Nobody</line></zone></surface></surfaceGrp>"
    "<surface n='6'><zone><zone type='line'><line>came to</line></zone><zone type='line'><line>the pier.</line></zone>"
    "</zone></surface></sourceDoc>"
)


def test_lines_on_surfaces_are_text_where_there_is_no_other() -> None:
    """A document that transcribes its pages line by line is read page by page; a text in it counts before that."""
    read = [
        structure(read_source(data.encode(), path="d.en.xml", volume="v", document="d", language="en"))
        for data in (f"<TEI>{LINES}</TEI>", f"<TEI>{LINES}<text><body><p>We came.</p></body></text></TEI>")
    ]
    assert [[s.content for s in text.sentences] for text in read] == [
        ["We had not yet commenced.", "Nobody came to the pier."],
        ["We came."],
    ]
    assert [[marker.label for marker in text.markers] for text in read] == [["5", "6"], []]


def test_documents_in_a_document() -> None:
    """The texts of a corpus are read one after the other; text that it includes from elsewhere is told."""
    include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{}.xml'/>"
    one = "<TEI><teiHeader>{}</teiHeader><text><body>{}<p>{}</p></body></text></TEI>"
    header, chapter = include.format("header"), include.format("chapter")
    corpus = (
        f"<teiCorpus><teiHeader/>{one.format(header, '', 'We came.')}{one.format('', chapter, 'We left.')}</teiCorpus>"
    )
    raw = read_source(corpus.encode(), path="d.en.xml", volume="v", document="d", language="en")
    assert (raw.content, raw.elsewhere) == ("We came.\n\nWe left.", ("chapter.xml",))
    with pytest.raises(TextError, match=r"from other files \(chapter\.xml\)"):
        read_source(
            f"<TEI><text>{chapter}</text></TEI>".encode(), path="d.en.xml", volume="v", document="d", language="en"
        )


def test_original_and_translation_in_one_file() -> None:
    """Of divisions with original and translation that in the language of the file is its text; alone each is text."""
    original, translation = (
        "<div type='edition'><p>Wir gingen.</p></div>",
        "<div type='translation'{}><p>We went.</p></div>",
    )
    assert said(original + translation.format("")) == "Wir gingen. / c: We went."
    assert said(original + translation.format(" xml:lang='en-GB'")) == "c: Wir gingen. / We went."
    assert said(translation.format("")) == "We went."


def test_lines_of_another_edition_end_no_word() -> None:
    """Where an edition's line ends are marked beside the page's own, they are no white space."""
    body = (
        "<p>My bro<lb ed='B'/>ther <lb ed='A'/>was <pb ed='A' n='1' facs='1'/>here<pb ed='B' break='no' n='4'/>by.</p>"
    )
    assert said(body) == "My brother was hereby."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<lg><l>When Winter came,</l>\n <l>We went. The snow</l><l>Fell.</l></lg>",
            "When Winter came, We went. / The snow Fell.",
        ),
        (
            "<lg type='poem'><lg><l>One,</l><l>two.</l></lg><lg><l>Three.</l></lg></lg>",
            "One, two. / Three.",
        ),
        (
            "<l>One,</l><l>two.</l><p>Three.</p>",
            "One, two. / Three.",
        ),
        (
            "<sp><speaker>Anna</speaker><stage>aside</stage><l>Go,</l><l>friend.</l></sp>",
            "Anna / aside / Go, friend.",
        ),
        (
            "<p>He <stage>rising</stage> went.</p>",
            "He rising went.",
        ),
        (
            "<p>We took <list rend='inline'><item>bread,</item><item>salt</item></list> and left.</p>",
            "We took bread, salt and left.",
        ),
        (
            "<p>We took: <list><item>Bread</item><item>salt</item></list> and left.</p>",
            "We took: and left. / Bread / salt",
        ),
        (
            "<p>We came. <list><item>Bread</item></list> And left.</p>",
            "We came. / Bread / And left.",
        ),
        (
            "<p>He sang <lg><l>One,</l><l>two.</l></lg> and left.</p>",
            "He sang and left. / One, two.",
        ),
        (
            "<p>We saw <figure><head>The pier</head><figDesc>x</figDesc></figure> and left.</p>",
            "We saw and left. / n: The pier",
        ),
        (
            "<list><label>1.</label><item>Bread</item><label>2.</label><item>Salt</item></list>",
            "1. Bread / 2. Salt",
        ),
        (
            "<table><row>\n<cell>One</cell>\n<cell>Two</cell></row></table>",
            "One / Two",
        ),
        (
            "<p>He says <cit><quote>so</quote><bibl>(Luke 1)</bibl></cit>, and lives at <address>\n<addrLine>Hill 5"
            "</addrLine><addrLine>Lee</addrLine>\n</address>.</p>",
            "He says so (Luke 1), and lives at Hill 5 Lee.",
        ),
        (
            "<p part='I'>One and</p><pb n='2'/><p part='F'>Two.</p>",
            "One and Two.",
        ),
        (
            "<p>A<note resp='#ed'>B</note> c<note type='critical'>D</note><note place='foot'>E</note>.</p>",
            "A c. / c: B / c: D / n: E",
        ),
        (
            "<p>One<lb/>two<pb n='2'/><fw>head</fw>Three</p>",
            "One two Three",
        ),
    ],
)
def test_blocks_in_blocks(body: str, text: str) -> None:
    """Verse runs on over its lines, and a list, verse or figure in a paragraph does not end the sentence around it."""
    assert said(body) == text
