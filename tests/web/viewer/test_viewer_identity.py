"""The id under which notes are kept: it stays whatever becomes of the collection, and no other collection has it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from web.viewer.conftest import ENTRIES, build

from align.web.viewer.identity import KEPT, known_identity
from align.web.viewer.scripts import held, script
from align.web.viewer.site import ASSETS


@pytest.fixture(autouse=True)
def assets():
    """The front end, without which nothing is built."""
    needs_front_end(*ASSETS)


def made(root, entries=ENTRIES):
    """The folder of the results of an invented collection without a title."""
    root.mkdir(exist_ok=True)
    return write_invented(root, entries)


def identity(out):
    """The id of the viewer, after a build."""
    build(out.parent, out)
    (collection,) = (out / "viewer" / "data").glob("collection-*.js")
    return held(collection.read_bytes())["id"]


def add_volume(out):
    """One more volume in the results, with what the first one holds."""
    shutil.copytree(out / "v", out / "w")
    run = json.loads((out / "run.json").read_bytes())
    run["volumes"]["w"] = {}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")


def test_it_stays_when_the_collection_grows(tmp_path):
    """A volume more, a title, and a viewer that was removed and built anew leave the id as it was."""
    out = made(tmp_path / "c")
    first = identity(out)
    add_volume(out)
    assert identity(out) == first
    (tmp_path / "c" / "collection.toml").write_text("title = 'A title'\n", encoding="utf-8")
    assert identity(out) == first
    shutil.rmtree(out / "viewer")
    assert identity(out) == first


def test_collections_of_the_same_names_have_their_own(tmp_path):
    """Two collections without a title whose volumes have the same names have different ids."""
    other = [replace(ENTRIES[0], russian=("Другое.",), english=("Other.",)), *ENTRIES[1:]]
    assert identity(made(tmp_path / "a")) != identity(made(tmp_path / "b", other))


def test_results_made_again_have_it_too(tmp_path):
    """Results that were lost and made again from the same collection have the id that they had."""
    out = made(tmp_path / "c")
    first = identity(out)
    shutil.rmtree(out)
    shutil.rmtree(tmp_path / "c" / "images")
    assert identity(made(tmp_path / "c")) == first


def test_notes_of_viewers_that_were_built_before_stay(tmp_path):
    """A viewer that was built before ids were kept hands its id on, also when a volume comes at the same time."""
    out = made(tmp_path / "c")
    identity(out)
    (out / KEPT).unlink()
    (out / "viewer" / "index.html").write_text("<html>", encoding="utf-8")
    path = out / "viewer" / "data" / "collection.js"
    path.write_bytes(script("data/collection", {"title": None, "id": "0123456789abcdef", "volumes": []}))
    add_volume(out)
    assert identity(out) == "0123456789abcdef"
    (out / KEPT).unlink()
    assert identity(out) == "0123456789abcdef"


@pytest.mark.parametrize("kept", [None, b"", b"\xff\xfe", b"0123456789ABCDEF", b"0123456789abcdef0"])
@pytest.mark.parametrize(
    "collection", [None, b"", b"align.add(1);\n", script("data/collection", {"id": 1}), script("data/collection", [])]
)
def test_what_is_damaged_is_no_id(kept, collection):
    """Files that hold no id are the same as none."""
    assert known_identity(kept, collection) is None


@given(st.text(), st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner)))
def test_scripts_are_read_back(name, data):
    """What a script was made of is read back from it, but for halves of surrogate pairs."""
    whole = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    assert held(script(name, data)) == whole
