import os
import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.files.collection.opening import Collection, open_collection
from align.files.collection.settings import DocumentSettings
from align.files.collection.tree import Problem
from align.linking.findings.catalogue import CATALOGUE
from align.model import ncname


def test_answers_in_parts(tmp_path):
    """An answer in several files belongs to the scan file with pages that they are named after, in their order."""
    files = ["images/a/letters.pdf", "images/a/1.jpg", "images/a/1-2.jpg", "transcripts/a/d.ru.txt"]
    files += [f"ocr/a/letters-output-{n}-to-{n + 1}.json" for n in (1, 11, 3)] + ["ocr/a/1-2.json", "ocr/a/1-3.json"]
    for path in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    found = open_collection(tmp_path)
    (volume,) = found.volumes
    assert [(file.path, file.parts, file.scan) for file in volume.ocr] == [
        ("ocr/a/1-2.json", (), "images/a/1-2.jpg"),
        (
            "ocr/a/letters-output-1-to-2.json",
            ("ocr/a/letters-output-3-to-4.json", "ocr/a/letters-output-11-to-12.json"),
            "images/a/letters.pdf",
        ),
    ]
    assert [(p.code, p.path) for p in found.problems] == [("unknown-scan", "ocr/a/1-3.json")]


def grow(root: Path, *names: str, toml: str | None = None) -> Path:
    """A collection folder with empty files of these names; a name that ends in / is a folder."""
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
    if toml is not None:
        (root / "collection.toml").write_text(toml, encoding="utf-8")
    return root


def problems(collection: Collection) -> list[tuple[str, str]]:
    return [(p.code, p.path) for p in collection.problems]


def told(problem: Problem) -> str:
    """What an editor reads of a problem."""
    return CATALOGUE[problem.code].cases[problem.case].wording({"path": problem.path, **problem.values}, "en").message


def texts(collection: Collection) -> list[tuple[str, str, str]]:
    return [(t.volume, t.document, t.language) for v in collection.volumes for t in v.texts]


def test_volumes_and_documents_by_their_folders(tmp_path: Path):
    """Volumes are folders of images/, documents the texts of the folder of the same name, all in natural order."""
    grow(
        tmp_path,
        "images/b/10.jpg", "images/b/2.JPG", "images/b/1.pdf", "images/a/x.tif",
        "transcripts/b/10.ru.txt", "transcripts/b/2.ru.docx", "transcripts/b/2.en-x-maude.xml",
        "transcripts/a.en.txt", "ocr/b/2.hocr", "ocr/a/x.xml",
    )  # fmt: skip
    found = open_collection(tmp_path)
    assert [v.name for v in found.volumes] == ["a", "b"]
    assert [s.path for s in found.volumes[1].scans] == ["images/b/1.pdf", "images/b/2.JPG", "images/b/10.jpg"]
    assert texts(found) == [("a", "a", "en"), ("b", "2", "en-x-maude"), ("b", "2", "ru"), ("b", "10", "ru")]
    assert [(o.path, o.scan) for v in found.volumes for o in v.ocr] == [
        ("ocr/a/x.xml", "images/a/x.tif"),
        ("ocr/b/2.hocr", "images/b/2.JPG"),
    ]
    assert found.problems == ()
    assert pickle.loads(pickle.dumps(found)) == found


def test_files_directly_in_images_are_the_volume_main(tmp_path: Path):
    """Direct scans are `main` and direct texts its documents, unless a text has the name of another volume."""
    grow(tmp_path, "images/1.jpg", "images/v/1.jpg", "transcripts/d.ru.txt", "transcripts/v.ru.txt", "ocr/1.xml")
    found = open_collection(tmp_path)
    assert [v.name for v in found.volumes] == ["main", "v"]
    assert texts(found) == [("main", "d", "ru"), ("v", "v", "ru")]
    assert found.volumes[0].ocr[0].scan == "images/1.jpg"
    assert found.problems == ()


def test_a_direct_text_belongs_to_the_only_volume(tmp_path: Path):
    """With one volume alone a text directly in transcripts/ can only be of that one."""
    grow(tmp_path, "images/v/1.jpg", "transcripts/d.ru.txt")
    assert texts(open_collection(tmp_path)) == [("v", "d", "ru")]


def test_a_text_of_unknown_volume_is_a_problem_unless_stated(tmp_path: Path):
    """A text that could be of either volume is reported, and placed once collection.toml says where it belongs."""
    grow(tmp_path, "images/a/1.jpg", "images/b/1.jpg", "transcripts/d.ru.txt", "transcripts/c/e.ru.txt")
    found = open_collection(tmp_path)
    assert problems(found)[:2] == [
        ("unknown-volume", "transcripts/d.ru.txt"),
        ("unknown-volume", "transcripts/c/e.ru.txt"),
    ]
    grow(tmp_path, toml='[document.d]\nvolume = "b"\ntitle = "T"\n[document.e]\nvolume = "a"')
    found = open_collection(tmp_path)
    assert problems(found) == []
    assert texts(found) == [("a", "e", "ru"), ("b", "d", "ru")]
    assert found.document("b", "d").title == "T"
    assert found.document("a", "d") == DocumentSettings()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("d.ru.txt", "d.ru.docx"),
        ("d.ru.txt", "d.RU.txt"),
        ("D.ru.txt", "d.ru.txt"),
        (unicodedata.normalize("NFC", "йод.ru.txt"), unicodedata.normalize("NFD", "йод.ru.txt")),
    ],
)
def test_two_texts_claiming_one_name(tmp_path: Path, first: str, second: str):
    """Of two texts with one name one is used, and the other is reported with the name of the first."""
    grow(tmp_path, "images/v/1.jpg", f"transcripts/v/{first}", f"transcripts/v/{second}")
    found = open_collection(tmp_path)
    assert len(texts(found)) == 1
    assert [p.code for p in found.problems] == ["same-name"]
    assert {found.volumes[0].texts[0].path, found.problems[0].path} == {
        f"transcripts/v/{first}",
        f"transcripts/v/{second}",
    }
    assert found.volumes[0].texts[0].path in told(found.problems[0])


def test_two_texts_whose_ids_meet(tmp_path: Path):
    """Texts of two volumes whose ids would be one are reported: dots may join volume and document either way."""
    grow(tmp_path, "images/v/1.jpg", "images/v.a/1.jpg", "transcripts/v/a.b.ru.txt", "transcripts/v.a/b.ru.txt")
    found = open_collection(tmp_path)
    assert len(texts(found)) == 1
    assert problems(found) == [("same-name", "transcripts/v.a/b.ru.txt")]


def test_a_document_may_be_spelled_in_two_cases(tmp_path: Path):
    """Texts of one document whose name differs in case alone are one document."""
    grow(tmp_path, "images/v/1.jpg", "transcripts/v/Letter.ru.txt", "transcripts/v/letter.en.txt")
    assert len({t[1] for t in texts(open_collection(tmp_path))}) == 1


def test_cyrillic_folders_meet_in_any_normal_form(tmp_path: Path):
    """A volume named in NFD in one place and NFC in another is one volume, with spaces and all."""
    decomposed = unicodedata.normalize("NFD", "Дневник майский")
    composed = unicodedata.normalize("NFC", decomposed)
    assert decomposed != composed
    grow(
        tmp_path,
        f"images/{decomposed}/лист 1.jpg",
        f"transcripts/{composed}/первый й.ru.txt",
        f"ocr/{composed}/лист 1.xml",
    )
    found = open_collection(tmp_path)
    assert found.problems == ()
    assert [v.name for v in found.volumes] == [composed]
    assert texts(found) == [(composed, "первый й", "ru")]
    assert len(found.volumes[0].ocr) == 1


@pytest.mark.parametrize(("one", "other"), [("V", "v"), ("й", unicodedata.normalize("NFD", "й")), ("1", "_1")])
def test_two_volumes_with_one_name(tmp_path: Path, one: str, other: str):
    """Volumes whose names or ids are one are reported; the first stays."""
    grow(tmp_path, f"images/{one}/1.jpg", f"images/{other}/1.jpg")
    found = open_collection(tmp_path)
    assert len(found.volumes) == 1
    assert problems(found)[0][0] == "same-name"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from("aAб1_ .x"), min_size=1, max_size=5), max_size=6))
def test_ids_stay_unique(tmp_path_factory: pytest.TempPathFactory, names: list[str]):
    """Whatever folders and texts are called, no two volumes and no two texts get one NCName."""
    root = tmp_path_factory.mktemp("ids")
    grow(
        root,
        "images/fixed/1.jpg",
        *(f"images/{n}x/1.jpg" for n in names),
        *(f"transcripts/fixed/{n}.ru.txt" for n in names),
    )
    found = open_collection(root)
    volumes = [ncname(v.name) for v in found.volumes]
    assert len(volumes) == len(set(volumes))
    ids = [ncname(".".join(t)) for t in texts(found)]
    assert len(ids) == len(set(ids))


def test_what_is_left_out_is_told(tmp_path: Path):
    """Unknown types, missing languages, deeper folders and empty volumes are problems; litter is not."""
    grow(
        tmp_path,
        "images/v/1.jpg", "images/v/2.gif", "images/v/notes", "images/v/sub/3.jpg", "images/empty/",
        "images/v/.DS_Store", "images/v/Thumbs.db", "images/README.md", "images/v/readme.txt", "images/.hidden/1.jpg",
        "transcripts/v/d.txt", "transcripts/v/d.ru.odt", "transcripts/v/~$d.ru.docx", "transcripts/v/sub/d.ru.txt",
        "transcripts/v/d.July.txt", "transcripts/v/d.ru.txt", "ocr/v/9.xml",
    )  # fmt: skip
    found = open_collection(tmp_path)
    assert sorted(problems(found)) == [
        ("empty-volume", "images/empty"),
        ("nested-folder", "images/v/sub"),
        ("nested-folder", "transcripts/v/sub"),
        ("no-language", "transcripts/v/d.July.txt"),
        ("no-language", "transcripts/v/d.txt"),
        ("unknown-scan", "ocr/v/9.xml"),
        ("unknown-type", "images/v/2.gif"),
        ("unknown-type", "images/v/notes"),
        ("unknown-type", "transcripts/v/d.ru.odt"),
    ]
    for problem in found.problems:
        message = told(problem)
        assert problem.path in message
        assert message.endswith(".")
        assert ": " in message


def test_links_stay_inside(tmp_path: Path):
    """A link out of the collection is reported and not followed; a link inside it is an ordinary file."""
    outside = tmp_path / "outside"
    root = grow(tmp_path / "c", "images/v/1.jpg", "transcripts/v/d.ru.txt")
    grow(outside, "secret.jpg", "w/1.jpg", "d.en.txt")
    (root / "images/v/2.jpg").symlink_to("1.jpg")
    (root / "images/v/3.jpg").symlink_to(outside / "secret.jpg")
    (root / "images/v/4.jpg").symlink_to("nowhere.jpg")
    (root / "images/w").symlink_to(outside / "w")
    (root / "transcripts/v/d.en.txt").symlink_to("../../../outside/d.en.txt")
    os.mkfifo(root / "images/v/5.jpg")
    found = open_collection(root)
    assert [s.path for s in found.volumes[0].scans] == ["images/v/1.jpg", "images/v/2.jpg"]
    assert sorted(problems(found)) == [
        ("outside", "images/v/3.jpg"),
        ("outside", "images/w"),
        ("outside", "transcripts/v/d.en.txt"),
        ("unreadable", "images/v/4.jpg"),
        ("unreadable", "images/v/5.jpg"),
    ]


@pytest.mark.parametrize("name", ["images", "transcripts", "collection.toml"])
def test_a_part_that_leads_out_is_refused(tmp_path: Path, name: str):
    """images/, transcripts/ and collection.toml may not be links out of the collection."""
    root = grow(tmp_path / "c", "images/v/1.jpg", "transcripts/v/d.ru.txt", "collection.toml")
    (root / name).rename(tmp_path / "moved")
    (root / name).symlink_to(tmp_path / "moved")
    with pytest.raises(InputError, match=name) as caught:
        open_collection(root)
    assert caught.value.cause == "outside"


def test_hostile_names_are_reported_and_shown_safely(tmp_path: Path):
    """Control characters, direction overrides and bytes that are no Unicode are told, escaped."""
    grow(
        tmp_path,
        "images/v/1.jpg",
        "images/v/a\nb.jpg",
        "images/v/c\u202egpj.exe.jpg",
        "images/v/..jpg",
        "images/v/...jpg",
    )
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/images/v/\xff.jpg")).write_bytes(b"")
    found = open_collection(tmp_path)
    assert [s.path for s in found.volumes[0].scans] == ["images/v/1.jpg"]
    assert [p.code for p in found.problems if p.code != "no-texts"] == ["bad-name"] * 3
    for problem in found.problems:
        assert told(problem).isprintable()
        problem.path.encode()


def test_names_of_results_are_reserved(tmp_path: Path):
    """A volume may not be called as a result file or a folder of exports that stands beside the volumes."""
    taken = ("Corrections", "Findings.jsonl", "IIIF", "Report", "Viewer", "page", "run.json")
    grow(tmp_path, "images/v/1.jpg", *(f"images/{name}/1.jpg" for name in taken))
    found = open_collection(tmp_path)
    assert [v.name for v in found.volumes] == ["v"]
    problems = {p.path: told(p) for p in found.problems if p.code == "reserved-name"}
    assert problems.keys() == {f"images/{name}" for name in taken}
    assert problems["images/page"] == (
        "images/page/ is left out, because align export writes under this name in the results: rename the volume."
    )


@pytest.mark.parametrize(
    ("names", "cause"),
    [
        (("transcripts/v/d.ru.txt",), "no-scans"),
        (("images/", "transcripts/v/d.ru.txt"), "no-scans"),
        (("images/v/x.gif", "transcripts/v/d.ru.txt"), "no-scans"),
    ],
)
def test_nothing_to_do_is_an_input_error(tmp_path: Path, names: tuple[str, ...], cause: str):
    """A collection without scans says where scans belong."""
    with pytest.raises(InputError, match="images/<volume>/") as caught:
        open_collection(grow(tmp_path, *names))
    assert caught.value.cause == cause


def test_no_such_collection(tmp_path: Path):
    """A folder that is missing, or is a file, is named."""
    for path in (tmp_path / "none", tmp_path / "file"):
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(InputError, match=path.name) as caught:
            open_collection(path)
        assert caught.value.cause == "no-collection"


def test_a_volume_follows_its_settings(tmp_path: Path):
    """Title, languages, labels and the stated order reach the volume; scans not named follow."""
    grow(
        tmp_path,
        "images/v/1.jpg", "images/v/2.jpg", "images/v/3.png", "transcripts/v.ru.txt",
        toml='title = "C"\n[volume.V]\ntitle = "T"\nlanguage = ["ru"]\nlabels = {first = 53}\norder = ["3", "2.jpg"]',
    )  # fmt: skip
    found = open_collection(tmp_path)
    volume = found.volumes[0]
    assert [s.stem for s in volume.scans] == ["3", "2", "1"]
    assert (found.title, volume.title, volume.languages, volume.labels.of(2)) == ("C", "T", ("ru",), "54")


@pytest.mark.parametrize(
    ("toml", "parts"),
    [
        ("[volume.maiski]", ["[volume.maiski]", "“maisky”?"]),
        ("[volume.Zz]", ["[volume.Zz]"]),
        ("[document.maisky]\nvolume = 'maiski'", ["document.maisky.volume = “maiski”", "“maisky”?"]),
        ("[volume.maisky]\norder = ['001', '03']", ["“03” in volume.maisky.order", "“003”?"]),
        ("[volume.maisky]\norder = ['001', '001.jpg']", ["“001.jpg” twice in volume.maisky.order"]),
        ("[document.maisky]\ntranscription = 'xx'", ["document.maisky.transcription = “xx”"]),
        ("[document.maisky]\ntranscription = 'maiski.ru.txt'", ["“maiski.ru.txt”", "“maisky.ru.txt”?"]),
        ("[document.maisky]\ntranslation = ['en', 'fr']", ["document.maisky.translation = “fr”"]),
        ("[document.maisky]\ntranscription = 'ru'\ntranslation = 'maisky.ru.txt'", ["same text as the transcription"]),
        ("[document.maiski]", ["[document.maiski]", "“maisky”?"]),
        ("[document.maisky]\n[document.Maisky]", ["[document.maisky] and [document.Maisky]", "the last one counts"]),
        ("[document.o]\nvolume = 'maisky'", ["document.o.volume = “maisky”", "are in volume other"]),
    ],
)
def test_a_setting_that_names_nothing_is_told_and_stops_nothing(tmp_path: Path, toml: str, parts: list[str]):
    """A name that fits nothing is told by its key, with the nearest name that is there; the rest counts."""
    grow(tmp_path, "images/maisky/001.jpg", "images/maisky/003.jpg", "images/other/1.jpg")
    grow(tmp_path, "transcripts/maisky.ru.txt", "transcripts/maisky.en.txt", "transcripts/other/o.ru.txt")
    found = open_collection(grow(tmp_path, toml="title = 'T'\n" + toml))
    [problem] = found.problems
    assert (problem.code, found.title, len(found.volumes), len(found.volumes[0].scans)) == ("unused-setting", "T", 2, 2)
    words = CATALOGUE[problem.code].cases[problem.case].wording({"path": problem.path, **problem.values}, "en")
    assert all(part in f"{words.message} {words.suggestion}" for part in ["collection.toml", *parts])
    assert CATALOGUE[problem.code].cases[problem.case].wording({"path": problem.path, **problem.values}, "ru").message


def test_one_bad_entry_stops_no_other(tmp_path: Path):
    """Of several settings those that fit are used."""
    toml = """[volume.none]\n[volume.v]\norder = ['9', '2']\n[document.d]\nvolume = 'gone'\ntitle = 'T'
[document.e]\ntranscription = 'xx'"""
    grow(tmp_path, "images/v/1.jpg", "images/v/2.jpg", "transcripts/v/d.ru.txt", "transcripts/v/e.ru.txt", toml=toml)
    found = open_collection(tmp_path)
    assert [problem.values["setting"] for problem in found.problems] == [
        "volume.none", "document.d.volume", "document.e.transcription", "volume.v.order",
    ]  # fmt: skip
    assert [scan.stem for scan in found.volumes[0].scans] == ["2", "1"]
    assert found.document("v", "d").title == "T"


@pytest.mark.parametrize("name", ["letter.txt", "letter.ru.odt", "letter.July.txt"])
def test_a_text_left_out_is_grave_where_its_volume_has_no_other(tmp_path: Path, name: str):
    """A misnamed text is an error where it leaves its volume without any text, and a warning elsewhere."""
    root = grow(tmp_path, "images/v/1.jpg", "images/w/1.jpg", f"transcripts/v/{name}", "transcripts/w/d.ru.txt")
    assert [problem.grave for problem in open_collection(root).problems] == [True]
    grow(root, "transcripts/v/d.ru.txt")
    assert [problem.grave for problem in open_collection(root).problems] == [False]


def test_a_text_of_unknown_volume_is_grave_where_no_volume_has_texts(tmp_path: Path):
    """Where no text at all is left, what left them out is an error, and so is that there are none."""
    root = grow(tmp_path, "images/v/1.jpg", "images/w/1.jpg", "transcripts/d.ru.txt")
    found = open_collection(root)
    assert [(problem.code, problem.grave) for problem in found.problems] == [
        ("unknown-volume", True),
        ("no-texts", True),
    ]


def test_settings_of_a_document_that_is_not_there_are_a_problem(tmp_path: Path):
    """Details of a document without any text are told, and the run goes on."""
    grow(tmp_path, "images/v/1.jpg", "transcripts/v.ru.txt", toml="[document.x]\ntitle = 'T'")
    assert problems(open_collection(tmp_path)) == [("unused-setting", "collection.toml")]


def test_the_same_folder_gives_the_same_collection(tmp_path: Path):
    """The order in which the system lists files never shows."""
    names = [f"images/v/{n}.jpg" for n in (3, 1, 20, 2)] + ["transcripts/v/b.ru.txt", "transcripts/v/a.txt"]
    one = open_collection(grow(tmp_path / "1", *names))
    two = open_collection(grow(tmp_path / "2", *reversed(names)))
    assert (one.volumes, one.problems) == (two.volumes, two.problems)
