"""What `align export` writes: which formats, volumes and documents, whatever else of them is unknown or damaged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.invented_volume import Entry, write_invented

from align.batch.exports import FORMATS, Exported, ExportRequest
from align.batch.exports.chosen import chosen_documents, chosen_formats
from align.batch.exports.parts import Part, export_parts, parts_of
from align.batch.exports.program_zips import IMPORTED
from align.cli import main
from align.errors import InputError, OutputError, UsageError
from align.files.collection.opening import open_collection
from align.files.collection.volumes import is_reserved
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress

ENTRIES = (
    Entry("1934-12-18", ["Раз.", "Два."], ["One.", "Two."]),
    Entry("1934-12-19", ["Три."], ["Three."]),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An invented collection of one volume with two documents, and its results."""
    write_invented(tmp_path, ENTRIES)
    return tmp_path


def request_for(root: Path, *documents: str) -> ExportRequest:
    """The request for the volume, or for documents of it."""
    results = Results.opened(root / "aligned")
    return ExportRequest(
        open_collection(root), results, ResultStore(root / "aligned"), results.volumes, NullProgress(), SerialPool(),
        documents=documents,
    )  # fmt: skip


def test_formats_are_each_taken_once_in_the_order_given():
    """A format that is named twice is written once, and the order is the user's."""
    assert chosen_formats(["tmx", "iiif", "TMX"], ["iiif", "tmx", "csv"]) == ("tmx", "iiif")


def test_no_volume_may_be_called_as_a_folder_of_exports():
    """The name of each format and program is taken, so that exports never meet the results of a volume."""
    assert [name for name in (*FORMATS, *IMPORTED) if not is_reserved(name)] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "tmz"], "There is no format “tmz”"),
        (["--format", "iiif", "--document", "1935"], "There are no results of a document “1935”"),
        (["--format", "iiif", "--document", "1934-12-1"], "did you mean"),
        (["--format", "iiif", "--volume", "w"], "There are no results of a volume “w”"),
    ],
)
def test_unknown_names_are_refused_in_one_sentence(root, capsys, options, words):
    """A format, document or volume that is not there ends with exit code 2 and one sentence, and nothing is written."""
    assert main(["export", str(root), *options]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (root / "aligned/iiif").exists()


def test_a_volume_is_one_part_and_so_is_each_chosen_document(root):
    """Without documents the whole volume is written; with documents each is a part of its own below the volume."""

    def names(*documents: str) -> list[str]:
        found: list[str] = []

        def files(part: Part):
            found.append(part.name)
            yield f"{part.name}.txt", part.name.encode()

        done = export_parts(request_for(root, *documents), "names", files)
        assert done.failures == ()
        return found

    assert names() == ["v"]
    assert names("1934-12-19", "1934-12-18") == ["v/1934-12-19", "v/1934-12-18"]
    assert (root / "aligned/names/v/1934-12-18.txt").read_bytes() == b"v/1934-12-18"


def test_a_part_is_read_document_by_document_and_page_by_page(root):
    """The pieces of a volume are together what the volume is: its links, pairs, texts, pages and lines, each once."""
    request = request_for(root)
    whole = request.results.volume("v")
    (part,) = parts_of(request.results, "v", ())
    documents = list(part.by_document())
    assert tuple(link for own in documents for link in own.links) == whole.links
    assert tuple(pair for own in documents for pair in own.pairs) == whole.pairs
    assert tuple(text for own in documents for text in own.texts) == whole.texts
    assert tuple(document for own in documents for document in own.documents) == whole.documents
    pages = list(part.by_page())
    assert tuple(page for own in pages for page in own.pages) == whole.pages
    for own in pages:
        (page,) = own.pages
        assert own.links == tuple(link for link in whole.links if page.order in {area.page for area in link.areas})


def test_the_part_of_a_document_has_nothing_of_another(root):
    """The part of a document has its own texts, links and pairs, and only the pages that show it."""
    (part,) = parts_of(request_for(root).results, "v", ("1934-12-19",))
    (own,) = part.by_document()
    assert [link.content for link in own.links] == ["Три.", "Three."]
    assert {link.document for link in own.links} == {text.document for text in own.texts} == {"1934-12-19"}
    assert [pair.translation for pair in own.pairs] == ["transcripts/v/1934-12-19.en.txt"]
    assert [page.order for page in own.pages] == [order for order, _ in own.documents[0].areas]
    assert [page.order for page in part.pages] == [page.order for page in own.pages]


def test_a_part_that_fails_is_told(root):
    """Where a volume cannot be written the sentence names volume, format and reason; other errors are not hidden."""

    def failing(error: Exception):
        def files(part: Part):
            raise error
            yield

        return lambda: export_parts(request_for(root), "tmx", files)

    done = failing(OutputError("The disk is full."))()
    assert done == Exported((), ("Volume v is not exported as tmx: The disk is full.",))
    with pytest.raises(ZeroDivisionError):
        failing(ZeroDivisionError())()


def test_documents_are_found_by_their_names_in_any_case_and_only_once(root):
    """A document is meant whatever the case of its letters; the volumes without it are left out."""
    results = Results.opened(root / "aligned")
    assert chosen_documents(results, results.volumes, []) == (("v",), ())
    assert chosen_documents(results, results.volumes, ["1934-12-18", "1934-12-18"]) == (("v",), ("1934-12-18",))
    with pytest.raises(UsageError):
        chosen_documents(results, results.volumes, ["x"])
    (root / "aligned/v/documents.jsonl").write_bytes(b"{")
    with pytest.raises(InputError):
        chosen_documents(results, results.volumes, ["1934-12-18"])


def test_a_format_that_needs_what_is_missing_leaves_the_others(root, monkeypatch, capsys):
    """Without pyarrow the other formats are written, the sentence says what to install, and the exit code is 4."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["export", str(root), "--format", "parquet", "--format", "tmx"]) == 4
    said = capsys.readouterr().err
    assert "pip install 'facsimile-align[frames]'" in said.splitlines()[-1]
    assert (root / "aligned/tmx/v.tmx").exists()
    assert not (root / "aligned/parquet").exists()


def test_outcomes_are_joined():
    """The sentences of two formats follow each other, and a failure of both is said once."""
    first, second = Exported(("a",), ("x",)), Exported(("b",), ("x", "y"))
    assert first.and_of(second) == Exported(("a", "b"), ("x", "y"))
