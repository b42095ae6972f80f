"""Results read back as model objects: what was written comes back, and what is damaged is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.sample_volume import files, sample, write_results

from align.errors import InputError
from align.files.store.result_store import ResultStore
from align.files.store.results import Results, write_loose
from align.records import encoded

VOLUME = sample()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of results."""
    write_results(VOLUME, tmp_path)
    return tmp_path


def test_what_was_read_and_is_written_again_is_the_same(out):
    """Every file that was read back is written as the same bytes again."""
    read = Results.opened(out).volume("v")
    ru, en, _ = VOLUME.texts
    assert encoded(read) == files(VOLUME)
    assert [(pair.transcription, pair.translation) for pair in read.pairs] == [(ru.path, en.path)]
    assert read.links == tuple(replace(link, score=round(link.score, 4)) for link in VOLUME.links)


def test_findings_have_their_russian_words(out):
    """Findings come with the words of findings.ru.jsonl where it is there, and in English alone where it is not."""
    (first, *_) = Results.opened(out).volume("v").findings
    assert first.wording("ru") == VOLUME.findings[0].translations["ru"]
    (out / "v/findings.ru.jsonl").unlink()
    (again, *_) = Results.opened(out).volume("v").findings
    assert again == replace(first, translations={})
    assert again.wording("ru").message == first.message


def test_loose_findings_have_their_russian_words(out):
    """Findings of no volume are read back in both languages, and in English alone where there is no Russian file."""
    loose = replace(VOLUME.findings[1], pages=())
    write_loose(ResultStore(out), [loose])
    assert Results.opened(out).loose == (loose,)
    (out / "findings.ru.jsonl").unlink()
    assert Results.opened(out).loose == (replace(loose, translations={}),)


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
        ("run.json", json.dumps({"schema_version": 1, "volumes": {}})),
        ("v/links.jsonl", None),
        ("v/links.jsonl", "[1]\n"),
        ("v/pages.jsonl", '{"page": 1}\n'),
        ("v/lines.jsonl", ""),
        ("v/beads.jsonl", "[" * 100_000),
        ("v/findings.jsonl", '{"finding": "f", "areas": 3}\n'),
        ("v/findings.ru.jsonl", '{"finding": "f"}\n'),
        ("findings.ru.jsonl", "{"),
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
