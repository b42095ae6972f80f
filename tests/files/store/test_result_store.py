import errno
import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import OutputError
from align.files.store.readings import FOLDER, ReadingStore, reading_from_json, reading_to_json, stored
from align.files.store.result_store import ResultStore
from align.model import Box, Frame, Line, Polygon, Reading, Word

ROOT = os.geteuid() == 0


def failing(number: int) -> Callable[[int], None]:
    """A disk that takes the bytes and then fails to keep them."""

    def sync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    return sync


def listing(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_written_is_read(tmp_path: Path):
    """Bytes and texts arrive whole under their names, readable by others."""
    with ResultStore(tmp_path / "a" / "out").opened() as store:
        store.write_bytes("v/overlays/p0001.png", b"\x89PNG")
        store.write_text("v/texts/d й.ru.txt", "ё\r\n\ud800")
        store.write_text("v/links.jsonl", "{}\n")
    out = tmp_path / "a" / "out"
    found = listing(out)
    assert found["v/overlays/p0001.png"] == b"\x89PNG"
    assert found["v/texts/d й.ru.txt"] == "ё\r\n\ufffd".encode()
    assert store.read_bytes("v/links.jsonl") == found["v/links.jsonl"]
    assert store.read_bytes("v/none") is None
    assert store.read_bytes("v") is None
    umask = os.umask(0)
    os.umask(umask)
    assert (out / "v/links.jsonl").stat().st_mode & 0o777 == 0o666 & ~umask


@settings(max_examples=30, deadline=None)
@given(old=st.binary(max_size=50), new=st.binary(max_size=50), number=st.sampled_from([errno.ENOSPC, errno.EIO]))
def test_a_failing_disk_leaves_the_old_content(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes, number: int
):
    """A write that fails at its very end leaves what was there, and nothing beside it."""
    out = tmp_path_factory.mktemp("out")
    ResultStore(out).write_bytes("v/x.jsonl", old)
    if old == new:
        return
    with pytest.raises(OutputError) as caught:
        ResultStore(out, sync=failing(number)).write_bytes("v/x.jsonl", new)
    assert caught.value.cause == ("disk-full" if number == errno.ENOSPC else "unwritable")
    assert "x.jsonl" in caught.value.message
    assert listing(out) == {"v/x.jsonl": old}


def test_lines_are_written_as_they_come(tmp_path: Path):
    """Lines one after the other are the file and the stamp of all at once; where one fails, the old file stays."""
    lines = ["{}\n", "ё\n", "\ud800\n"]
    with ResultStore(tmp_path).opened() as store:
        assert store.write_lines("v/x.jsonl", iter(lines)) == store.write_text("v/y.jsonl", "".join(lines))
        before = listing(tmp_path)
        assert before["v/x.jsonl"] == before["v/y.jsonl"]

        def failing_lines() -> Iterator[str]:
            yield "new"
            raise ValueError("no row")

        with pytest.raises(ValueError, match="no row"):
            store.write_lines("v/x.jsonl", failing_lines())
        assert listing(tmp_path) == before


def test_a_stream_puts_its_file_there_when_it_ends(tmp_path: Path):
    """A large file is written part by part and is there at the end; where that fails, the old one stays."""
    with ResultStore(tmp_path).opened() as store:
        with store.writing("zips/v.zip") as stream:
            stream.write(b"a")
            assert not (tmp_path / "zips/v.zip").exists()
            stream.write(b"b")
        assert store.read_bytes("zips/v.zip") == b"ab"
        with pytest.raises(TypeError), store.writing("zips/v.zip") as stream:
            stream.write("no bytes")
        assert store.read_bytes("zips/v.zip") == b"ab"
    assert [name for name in listing(tmp_path) if "v.zip" not in name and ".lock" not in name] == []


def test_a_killed_writer_leaves_the_old_content(tmp_path: Path):
    """A process killed between writing and naming leaves the old file, and its rest is gone at the next start."""
    ResultStore(tmp_path).write_bytes("v/x.jsonl", b"old")
    program = (
        "import os, signal, sys; from pathlib import Path; from align.files.store.result_store import ResultStore\n"
        "with ResultStore(Path(sys.argv[1]), sync=lambda _: os.kill(os.getpid(), signal.SIGKILL)).opened() as store:\n"
        "    store.write_bytes('v/x.jsonl', b'new')"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    left = listing(tmp_path)
    assert left.pop("v/x.jsonl") == b"old"
    assert b"new" in left.values()
    with ResultStore(tmp_path).opened() as store:
        assert b"new" not in listing(tmp_path).values()
        store.write_bytes("v/x.jsonl", b"new")
    assert (tmp_path / "v/x.jsonl").read_bytes() == b"new"


def test_the_same_content_is_not_written_again(tmp_path: Path):
    """A file that holds the bytes already keeps its date; a link in its place is replaced by a file."""
    store = ResultStore(tmp_path)
    store.write_text("run.json", "x")
    os.utime(tmp_path / "run.json", ns=(1, 1))
    store.write_text("run.json", "x")
    assert (tmp_path / "run.json").stat().st_mtime_ns == 1
    (tmp_path / "other").write_text("x")
    (tmp_path / "run.json").unlink()
    (tmp_path / "run.json").symlink_to("other")
    store.write_text("run.json", "y")
    assert not (tmp_path / "run.json").is_symlink()
    assert (tmp_path / "other").read_text() == "x"


def test_the_longest_name_can_be_written(tmp_path: Path):
    """A name as long as the system allows is no reason to fail."""
    ResultStore(tmp_path).write_text("v/" + "x" * 251 + ".txt", "y")
    assert (tmp_path / "v" / ("x" * 251 + ".txt")).read_text() == "y"


def test_stale_results_are_removed_and_others_kept(tmp_path: Path):
    """Of a volume's folder only our own files that are no longer made are removed."""
    store = ResultStore(tmp_path)
    names = ["v/links.jsonl", "v/texts/a.ru.txt", "v/texts/b.ru.txt", "v/overlays/p0001.svg", "v/overlays/p0001.png"]
    others = ["v/notes.txt", "v/texts/mine.docx", "v/editor/keep.jsonl", "w/links.jsonl", "run.json"]
    for name in names + others:
        store.write_text(name, "x")
    removed = store.remove_stale("v", {"v/links.jsonl", "v/texts/a.ru.txt", "v/overlays/p0001.svg"})
    assert removed == ("v/overlays/p0001.png", "v/texts/b.ru.txt")
    assert set(listing(tmp_path)) == {*names, *others} - set(removed)
    assert store.remove_stale("none", ()) == ()


def test_one_file_is_removed_with_its_empty_folders(tmp_path: Path):
    """A removed file is gone with the folders that it leaves empty, but never the output folder."""
    store = ResultStore(tmp_path)
    store.write_text("iiif/v/a/b/x.jpg", "x")
    store.write_text("iiif/v/y.jpg", "y")
    assert store.holds("iiif/v/a/b/x.jpg")
    store.remove("iiif/v/a/b/x.jpg")
    store.remove("iiif/v/a/b/x.jpg")
    assert not store.holds("iiif/v/a/b/x.jpg")
    assert not store.holds("iiif/v")
    assert sorted(p.name for p in (tmp_path / "iiif/v").iterdir()) == ["y.jpg"]
    store.remove("iiif/v/y.jpg")
    assert tmp_path.is_dir()
    assert not (tmp_path / "iiif").exists()


def test_what_cannot_be_removed_is_told(tmp_path: Path):
    """A folder in a file's place is no file, and its removal is refused in one sentence."""
    store = ResultStore(tmp_path)
    (tmp_path / "iiif/x").mkdir(parents=True)
    assert not store.holds("iiif/x")
    with pytest.raises(OutputError, match="--out"):
        store.remove("iiif/x")


def test_files_of_a_folder_that_are_no_longer_made_are_removed(tmp_path: Path):
    """Of one folder the files of a kind that are not to be kept are removed, and nothing of the folders in it."""
    store = ResultStore(tmp_path)
    for name in ("r/a.jpg", "r/b.jpg", "r/c.txt", "r/inner/d.jpg", "b.jpg"):
        store.write_text(name, "x")
    assert store.remove_unlisted("r", (".jpg",), {"a.jpg"}) == ("b.jpg",)
    assert set(listing(tmp_path)) == {"r/a.jpg", "r/c.txt", "r/inner/d.jpg", "b.jpg"}
    assert store.remove_unlisted("none", (".jpg",), ()) == ()


@pytest.mark.parametrize("out", ["", "..", "images", "images/x", "transcripts", "ocr/x", "link", "inner-link"])
def test_inputs_are_never_touched(tmp_path: Path, out: str):
    """An output folder that holds inputs, lies among them, or leads out of the collection by a link is refused."""
    collection = tmp_path / "c"
    for name in ("images", "transcripts", "ocr"):
        (collection / name).mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (collection / "link").symlink_to(tmp_path / "elsewhere")
    (collection / "inner-link").symlink_to("images")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as caught:
        ResultStore(collection / out, collection=collection)
    assert caught.value.cause == ("outside" if out == "link" else "holds-inputs")
    assert sorted(tmp_path.rglob("*")) == before


def test_results_may_go_anywhere_else(tmp_path: Path):
    """The usual folder, one beside the collection, and one that a link names are all right."""
    (tmp_path / "c" / "images").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere")
    for out in ("c/aligned", "results", "link"):
        with ResultStore(tmp_path / out, collection=tmp_path / "c").opened() as store:
            store.write_text("run.json", "{}")
        assert (tmp_path / out / "run.json").read_text() == "{}"


def test_images_that_are_a_link_are_inputs_too(tmp_path: Path):
    """An output folder may not hold the folder that images/ points to."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "images").symlink_to(tmp_path / "scans")
    with pytest.raises(OutputError):
        ResultStore(tmp_path / "scans" / "out", collection=tmp_path / "c")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "v/../../x", "", ".", "a\0b"])
def test_paths_that_leave_the_folder_are_bugs(tmp_path: Path, name: str):
    """A caller that would write outside is stopped before anything is written."""
    with pytest.raises(ValueError):
        ResultStore(tmp_path / "out").write_text(name, "x")
    assert list(tmp_path.iterdir()) == []


def test_a_link_within_the_output_folder_is_not_followed(tmp_path: Path):
    """A volume's folder that is a link to somewhere else is refused."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "v").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="link out") as caught:
        ResultStore(tmp_path / "out").write_text("v/links.jsonl", "x")
    assert caught.value.cause == "outside"
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("place", ["file/out", "file"])
def test_a_file_in_the_folder_s_place(tmp_path: Path, place: str):
    """An output folder that cannot be made is one sentence."""
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match="--out") as caught, ResultStore(tmp_path / place).opened():
        pytest.fail("opened a file")
    assert caught.value.cause == "unwritable"
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.skipif(ROOT, reason="the superuser may write everywhere")
def test_a_folder_without_permission(tmp_path: Path):
    """A folder that may not be written to is one sentence."""
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="--out"), ResultStore(tmp_path / "out").opened():
        pytest.fail("opened a protected folder")


def test_two_runs_exclude_each_other(tmp_path: Path):
    """While one store is open another on the same folder is refused."""
    with (
        ResultStore(tmp_path).opened(),
        pytest.raises(OutputError, match="another run"),
        ResultStore(tmp_path).opened(),
    ):
        pytest.fail("opened twice")


fractions = st.floats(-1e6, 1e6)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(-50, 9000), st.integers(-50, 9000), st.integers(1, 900), st.integers(1, 900),
)  # fmt: skip
polygons = st.builds(Polygon, st.lists(st.tuples(fractions, fractions), min_size=3, max_size=5).map(tuple))
words = st.builds(
    lambda text, box, polygon, confidence: Word(text, box, polygon or Polygon(box.corners), confidence),
    st.text(min_size=1, max_size=8), boxes, st.none() | polygons, st.floats(0, 1),
)  # fmt: skip
lines = st.builds(
    Line,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    polygons,
    st.integers(0, 20),
    st.sampled_from(["body", "heading", "page-number", "stamp"]),
)
readings = st.builds(
    Reading,
    st.builds(Frame, boxes, st.sampled_from([0, 90, 180, 270])),
    st.sampled_from(["ok", "blank", "failed"]),
    st.none() | st.sampled_from(["ru", "en"]),
    st.lists(lines, max_size=3).map(tuple),
    st.text(max_size=5),
    st.text(max_size=5),
)


@settings(max_examples=60, deadline=None)
@given(reading=readings, key=st.text(max_size=10))
def test_a_reading_comes_back_as_it_was_stored(tmp_path_factory: pytest.TempPathFactory, reading: Reading, key: str):
    """Storing changes nothing but fractions past two decimals, and changes those once only."""
    store = ReadingStore(ResultStore(tmp_path_factory.mktemp("out")))
    store.put(key, reading_to_json(reading))
    value = store.get(key)
    assert value is not None
    back = reading_from_json(value)
    assert back == stored(reading) == stored(back)
    assert [line.text for line in back.lines] == [line.text for line in reading.lines]
    assert [w.box for line in back.lines for w in line.words] == [w.box for line in reading.lines for w in line.words]
    for one, other in zip(back.lines, reading.lines, strict=True):
        for (x, y), (u, v) in zip(one.polygon.points, other.polygon.points, strict=True):
            assert abs(x - u) <= 0.0051
            assert abs(y - v) <= 0.0051
    assert store.get(key + "x") is None


def only_file(out: Path) -> Path:
    (path,) = [p for p in (out / FOLDER).rglob("*") if p.is_file()]
    return path


@settings(max_examples=60, deadline=None)
@given(cut=st.floats(0, 1), junk=st.binary(max_size=4))
def test_a_damaged_reading_is_none(tmp_path_factory: pytest.TempPathFactory, cut: float, junk: bytes):
    """A stored file that was cut off or overwritten is absent or whole, never wrong."""
    out = tmp_path_factory.mktemp("out")
    store = ReadingStore(ResultStore(out))
    store.put("k", {"a": "b" * 50})
    path = only_file(out)
    data = path.read_bytes()
    path.write_bytes(data[: round(cut * len(data))] + junk)
    assert store.get("k") in (None, {"a": "b" * 50})
    store.put("k", {"a": 1})
    assert store.get("k") == {"a": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        gzip.compress(b"[]", mtime=0),
        gzip.compress(b"{", mtime=0),
        gzip.compress(b'{"schema":1,"key":"other","value":{}}', mtime=0),
        gzip.compress(b'{"schema":0,"key":"k","value":{}}', mtime=0),
        gzip.compress(b'{"schema":1,"key":"k","value":[]}', mtime=0),
        gzip.compress(b"[" * 100_000, mtime=0),
        gzip.compress(b"\xff\xfe", mtime=0),
        gzip.compress(bytes(80 * 1024 * 1024), compresslevel=9, mtime=0),
    ],
)
def test_what_is_no_reading_is_none(tmp_path: Path, content: bytes):
    """Another key, another schema, no JSON, or a bomb in a reading's place is the same as no reading."""
    store = ReadingStore(ResultStore(tmp_path))
    store.put("k", {})
    assert store.get("k") == {}
    only_file(tmp_path).write_bytes(content)
    assert store.get("k") is None


def test_the_same_reading_is_the_same_file(tmp_path: Path):
    """Stored files hold no dates: two runs store the same bytes."""
    for name in ("a", "b"):
        ReadingStore(ResultStore(tmp_path / name)).put("k", {"a": 1})
    assert listing(tmp_path / "a") == listing(tmp_path / "b")


A_WORD = Word("a", Box(0, 0, 2, 2), Polygon(((0, 0), (2, 0.125), (2, 2))), 0.5)
A_LINE = Line((A_WORD,), Polygon(Box(0, 0, 2, 2).corners))
GOOD = reading_to_json(Reading(Frame(Box(0, 0, 9, 9)), "ok", "ru", (A_LINE,), "p", "e"))


@given(data=st.data())
def test_a_wrong_value_is_a_value_error(data: st.DataObject):
    """Whatever part of a stored value is replaced, the answer is a reading or ValueError."""
    value = json.loads(json.dumps(GOOD))
    places: list[tuple[dict | list, str | int]] = []

    def visit(node: object) -> None:
        for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            places.append((node, key))
            visit(node[key])

    visit(value)
    node, key = data.draw(st.sampled_from(range(len(places))).map(places.__getitem__))
    node[key] = data.draw(st.none() | st.integers(-3, 400) | st.text(max_size=2) | st.lists(st.integers(), max_size=2))
    try:
        found = reading_from_json(value)
    except ValueError:
        return
    assert isinstance(found, Reading)


def test_others_are_removed(tmp_path: Path):
    """Under a folder of ours all files but those to keep go, deeper ones too; a link goes, and not what it leads to."""
    store = ResultStore(tmp_path / "out")
    for name in ("site/a/keep.js", "site/a/old.js", "site/b/old.js", "other.js"):
        store.write_text(name, "x")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "out/site/link.js").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "out/site/folder").symlink_to(tmp_path)
    store.remove_others("site", {"a/keep.js"})
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.js")) == [
        "other.js",
        "site/a/keep.js",
    ]
    assert (tmp_path / "mine.txt").exists()
    store.remove_others("nothing", set())
    with pytest.raises(ValueError, match="not a path"):
        store.remove_others("../x", set())


def test_what_the_store_holds(tmp_path: Path):
    """The store holds a file that was written, and neither a folder nor a link."""
    store = ResultStore(tmp_path)
    store.write_text("a/b.txt", "x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a/b.txt")
    assert [store.holds(name) for name in ("a/b.txt", "a", "link.txt", "none")] == [True, False, False, False]
