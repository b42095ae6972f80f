"""A run for one document: what is known of it is fresh, all else is as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

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
)
from align.records import decoded, encoded
from align.records.renewal import renewed

DOCUMENTS = ("a", "b", "c")
DOT = Box(0, 0, 1, 1)


def path_of(document: str, language: str = "ru") -> str:
    return f"transcripts/v/{document}.{language}.txt"


def page(order: int, tag: str) -> Page:
    """A page of three lines whose label and roles carry the tag."""
    role = "heading" if tag == "old" else "body"
    line = Line((Word("x", DOT, Polygon(DOT.corners), 0.5),), Polygon(DOT.corners), role=role)
    scan = ScanInfo(f"images/v/{order}.png", None, 9, 9, None, "")
    label = f"{tag}-label"
    return Page(order, f"v.p{order:04d}", "k", scan, Frame(Box(0, 0, 9, 9)), "ok", (line,) * 3, "ru", label, "printed")


def link(document: str, language: str, number: int, content: str, areas: tuple[Area, ...]) -> Link:
    kind = "transcription" if language == "ru" else "translation"
    return Link(
        f"v.{document}.{language}.s{number}", "k", document, path_of(document, language), kind, language, "body",
        ((0, 1),), content, "linked" if areas else "unlinked", 0.5, areas=areas,
    )  # fmt: skip


@st.composite
def volumes(draw: st.DrawFn, tag: str) -> VolumeResult:
    """A volume with two pages of three lines and some of the documents; what it says carries the tag."""
    names = draw(st.lists(st.sampled_from(DOCUMENTS), unique=True))
    links, pairs, texts = [], [], []
    for name in names:
        numbers = [draw(st.integers(1, 3)) for _ in range(2)]
        for language, count in zip(("ru", "en"), numbers, strict=True):
            for number in range(count):
                area = Area(draw(st.integers(1, 2)), (DOT,), (Polygon(DOT.corners),), (draw(st.integers(0, 2)),), None)
                links.append(link(name, language, number, tag, (area,) * draw(st.integers(0, 1))))
            texts.append(PlainText(path_of(name, language), name, language, tag))
        beads = tuple(Bead((n,), (n,), 0.5) for n in range(draw(st.integers(0, min(numbers)))))
        if beads:
            pairs.append(PairedTexts(path_of(name), path_of(name, "en"), beads))
    findings = [
        Finding(f"v.f{number:04d}", "k", "code", "note", tag, document=name, translations={"ru": Wording(f"{tag} ru")})
        for number, name in enumerate(draw(st.lists(st.sampled_from((*DOCUMENTS, None)))), start=1)
    ]
    matched = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    matches = [
        {
            index: tuple(Match(path_of(name), (0, draw(st.integers(1, 9))), 0.5) for name in members)
            for index in range(3)
            if (members := draw(matched))
        }
        for _ in range(2)
    ]
    return VolumeResult(
        volume="v",
        pages=(page(1, tag), page(2, tag)),
        matches=tuple(matches),
        documents=tuple(
            Document(name, tag, None, None, {}, (path_of(name), path_of(name, "en")), ()) for name in names
        ),
        links=tuple(links),
        pairs=tuple(pairs),
        findings=tuple(findings),
        texts=tuple(texts),
    )


def others(volume: VolumeResult, document: str) -> dict[str, list[object]]:
    """What the volume says, in order, that does not belong to the document; of lines, their matches in other texts."""
    return {
        "pages": [replace(page, lines=()) for page in volume.pages],
        "roles": [line.role for page in volume.pages for line in page.lines],
        "matches": [
            [match for match in by_line.get(index, ()) if match.text != path_of(document)]
            for by_line in volume.matches
            for index in range(3)
        ],
        "pairs": [pair for pair in volume.pairs if pair.transcription != path_of(document)],
        **{
            name: [item for item in getattr(volume, name) if item.document != document]
            for name in ("documents", "links", "findings", "texts")
        },
    }


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_other_documents_stay_as_they_were(old, new, document):
    """Whatever the old and the fresh volume are, other documents are those of the old one, each field of them."""
    kept = renewed(old, new, document)
    assert kept is not None
    assert others(kept, document) == others(old, document)


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_the_document_is_the_fresh_one(old, new, document):
    """The document has exactly what is fresh of it; no finding's id is there twice."""
    kept = renewed(old, new, document)
    assert kept is not None
    for name in ("links", "documents", "texts"):
        assert [item for item in getattr(kept, name) if item.document == document] == [
            item for item in getattr(new, name) if item.document == document
        ]
    assert [pair for pair in kept.pairs if pair.transcription == path_of(document)] == [
        pair for pair in new.pairs if pair.transcription == path_of(document)
    ]
    for by_line, fresh in zip(kept.matches, new.matches, strict=True):
        for index in range(3):
            assert [match for match in by_line.get(index, ()) if match.text == path_of(document)] == [
                match for match in fresh.get(index, ()) if match.text == path_of(document)
            ]
    ids = [finding.id for finding in kept.findings]
    assert len(set(ids)) == len(ids)
    mine = [[f for f in volume.findings if f.document == document] for volume in (kept, new)]
    assert [replace(finding, id="") for finding in mine[0]] == [replace(finding, id="") for finding in mine[1]]


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_a_finding_takes_the_id_that_one_of_the_document_had(old, new, document):
    """Findings of the document take the ids of those that they replace, first come first served."""
    kept = renewed(old, new, document)
    assert kept is not None
    before, after = ([f.id for f in volume.findings if f.document == document] for volume in (old, kept))
    shared = min(len(before), len(after))
    assert after[:shared] == before[:shared]


@given(volumes("old"), volumes("new"), st.sampled_from(DOCUMENTS))
def test_a_renewed_volume_can_be_written_and_read(old, new, document):
    """What was renewed over results that were read back is written like any other volume, with the old labels."""
    kept = renewed(replace(decode(old), texts=old.texts), new, document)
    assert kept is not None
    assert replace(decode(kept), texts=kept.texts) == kept
    assert {page.label for page in kept.pages} == {"old-label"}
    assert "new-label" not in encoded(kept)["links.jsonl"]


def decode(volume: VolumeResult) -> VolumeResult:
    return decoded(volume.volume, {name: text.encode("utf-8") for name, text in encoded(volume).items()})


@given(volumes("old"), volumes("new"))
def test_volumes_of_other_pages_are_not_mixed(old, new):
    """Where pages or lines are others, there is no way to renew one document alone."""
    first, second = old.pages
    elsewhere = Word("x", Box(1, 1, 2, 2), Polygon(DOT.corners), 0.5)
    moved = replace(second, lines=(*second.lines[:2], replace(second.lines[2], words=(elsewhere,))))
    assert renewed(replace(old, pages=(first, moved)), new, "a") is None
    assert renewed(replace(old, pages=(first,), matches=old.matches[:1]), new, "a") is None
    assert renewed(replace(old, pages=(first, replace(second, key="other"))), new, "a") is None
    assert renewed(replace(old, pages=(first, replace(second, status="blank"))), new, "a") is None


def test_a_text_that_has_another_name_takes_the_place_of_the_old_one():
    """Matches and beads of a text that the document no longer has go with it."""
    bead = (Bead((0,), (0,), 0.5),)
    old, new = (
        VolumeResult(
            volume="v",
            pages=(page(1, "old"),),
            matches=({0: (Match(path_of("a", language), (0, 1), 0.5),)},),
            documents=(Document("a", None, None, None, {}, (path_of("a", language), path_of("a", "en")), ()),),
            pairs=(PairedTexts(path_of("a", language), path_of("a", "en"), bead),),
        )
        for language in ("ru", "ru-x-new")
    )
    kept = renewed(old, new, "a")
    assert kept is not None
    assert (kept.matches, kept.pairs) == (new.matches, new.pairs)
