"""Results read back as model objects: what was written comes back, and what is damaged is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.sample_volume import files, sample, write_results

from align.errors import InputError
from align.export.jsonl import json_lines
from align.export.rows import bead_rows, finding_rows, line_rows, link_rows, page_rows
from align.files.store.results import Results

VOLUME = sample()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of results."""
    write_results(VOLUME, tmp_path)
    return tmp_path


def test_rows_read_and_written_again_are_the_same(out):
    """Every row that was read back gives the same row again, byte for byte."""
    read = Results.opened(out).volume("v")
    ru, en, _ = VOLUME.texts
    again = {
        "pages.jsonl": json_lines(page_rows(read.pages)),
        "lines.jsonl": json_lines(
            row for page, own in zip(read.pages, read.matches, strict=True) for row in line_rows(page, own)
        ),
        "links.jsonl": json_lines(link_rows(read.links, read.pages)),
        "findings.jsonl": json_lines(finding_rows(read.findings, read.pages)),
        "beads.jsonl": json_lines(
            row for pair in read.pairs for row in bead_rows(pair.beads, transcription=ru, translation=en)
        ),
    }
    written = files(VOLUME)
    assert again == {name: written[name] for name in again}
    assert [(pair.transcription, pair.translation) for pair in read.pairs] == [(ru.path, en.path)]
    assert read.links == tuple(replace(link, score=round(link.score, 4)) for link in VOLUME.links)


def test_findings_have_their_russian_words(out):
    """Findings come with the words of findings.ru.jsonl where it is there, and in English alone where it is not."""
    (first, *_) = Results.opened(out).volume("v").findings
    assert first.wording("ru").message == first.message
    row = {"finding": first.id, "key": first.key, "message": "Строки нет в тексте.", "suggestion": None}
    (out / "v/findings.ru.jsonl").write_text(json_lines([row]), encoding="utf-8")
    (again, *_) = Results.opened(out).volume("v").findings
    assert again.wording("ru") == ("Строки нет в тексте.", None)
    assert again == first


def test_documents_and_contents(out):
    """Documents come with their details and boxes, texts with their plain contents, line ends kept."""
    read = Results.opened(out).volume("v")
    rows = [json.loads(row) for row in files(VOLUME)["documents.jsonl"].splitlines()]
    assert [d.document for d in read.documents] == [row["document"] for row in rows]
    assert [[(page, list(box.xywh)) for page, box in d.areas] for d in read.documents] == [
        [(area["page"], area["box"]) for area in row["areas"]] for row in rows
    ]
    assert read.contents == {text.path: text.content for text in VOLUME.texts}


def test_run_and_volumes(out):
    """run.json is at hand, and names the volumes."""
    found = Results.opened(out)
    assert found.volumes == ("v",)
    assert found.run["counts"]["pages"] == 5
    assert found.loose == ()


def test_no_results_is_one_sentence(tmp_path):
    """A folder without results says that align run comes first."""
    with pytest.raises(InputError, match="align run") as caught:
        Results.opened(tmp_path)
    assert caught.value.cause == "no-results"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.json", "{"),
        ("run.json", "[]"),
        ("run.json", json.dumps({"schema_version": 99, "volumes": {}})),
        ("v/links.jsonl", None),
        ("v/links.jsonl", "[1]\n"),
        ("v/pages.jsonl", '{"page": 1}\n'),
        ("v/lines.jsonl", ""),
        ("v/beads.jsonl", "[" * 100_000),
        ("v/findings.jsonl", '{"finding": "f", "areas": 3}\n'),
        ("v/texts/letter.en.txt", None),
    ],
)
def test_damaged_files_are_named(out, name, content):
    """A result file that is gone, cut off or not ours is one sentence, with what to do."""
    path = out / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="align run") as caught:
        Results.opened(out).volume("v")
    assert caught.value.cause == "damaged"
