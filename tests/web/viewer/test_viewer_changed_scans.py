"""Scans that changed after the run: refused by the viewer and the export, and no wrong image stays."""

from __future__ import annotations

import pytest
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from web.viewer.conftest import ENTRIES, build

from align.cli.main import main
from align.web.viewer.site import ASSETS

CHANGED = "images/v/00001.jpg has changed since the run: run align run again."


@pytest.fixture
def collection(tmp_path):
    """An invented collection of two pages with its results."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, ENTRIES)
    return tmp_path


def images(collection, folder="viewer/images"):
    return {path.name: path.read_bytes() for path in (collection / "aligned" / folder).rglob("*.jpg")}


def swapped(collection):
    """The right first scan, in whose place the second one now lies."""
    first, second = (collection / "images/v" / name for name in ("00001.jpg", "00002.jpg"))
    right = first.read_bytes()
    first.write_bytes(second.read_bytes())
    return right


@pytest.mark.parametrize("built_before", [True, False])
def test_a_changed_scan_is_refused(collection, built_before):
    """A scan that is another one since the run is named and not shown, also where its image was made before."""
    if built_before:
        build(collection, collection / "aligned")
    swapped(collection)
    built = build(collection, collection / "aligned")
    assert built.failures == (CHANGED,)
    assert len(images(collection)) == 1


def test_no_wrong_image_stays(collection):
    """Once the right scan is back, the viewer is that of a collection whose scan was never another."""
    right = swapped(collection)
    build(collection, collection / "aligned")
    (collection / "images/v/00001.jpg").write_bytes(right)
    assert build(collection, collection / "aligned").failures == ()
    found = images(collection)
    (collection / "aligned/viewer").rename(collection / "aligned/other")
    build(collection, collection / "aligned")
    assert images(collection) == found
    assert len(set(found.values())) == 2


@pytest.mark.parametrize("words", [["view", "--no-open"], ["export", "--format", "iiif"]])
@pytest.mark.parametrize("built_before", [True, False])
def test_the_command_says_so(collection, capfd, words, built_before):
    """The command names the changed scan once, makes the pictures of the others, and ends with 5."""
    command, *more = words
    if built_before:
        assert main([command, str(collection), *more]) == 0
    swapped(collection)
    assert main([command, str(collection), *more]) == 5
    assert capfd.readouterr().err.count(CHANGED) == 1
    folder = {"view": "viewer/images", "export": "iiif/v"}[command]
    assert len(images(collection, folder)) == (1 if command == "view" else 2)  # an image, and its thumbnail
