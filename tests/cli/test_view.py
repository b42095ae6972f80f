"""`align view`: what the command builds, opens, serves and says."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request

import pytest
from support.command_line import LONGEST_S, plain_environment
from support.front_end import needs_front_end
from support.invented_volume import write_invented
from web.viewer.conftest import ENTRIES

from align.cli.main import main
from align.web.viewer.site import ASSETS


@pytest.fixture
def collection(tmp_path):
    """An invented collection with its results."""
    needs_front_end(*ASSETS)
    write_invented(tmp_path, ENTRIES)
    return tmp_path


def test_it_builds_and_opens(collection, monkeypatch, capfd):
    """The viewer is built beside the results and opened in the browser; --no-open opens none."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert main(["view", str(collection)]) == 0
    index = collection / "aligned" / "viewer" / "index.html"
    assert opened == [index.as_uri()]
    assert "4 documents on 2 pages, 2 with new images" in capfd.readouterr().err
    assert main(["view", str(collection), "--no-open"]) == 0
    assert len(opened) == 1


def test_out_names_the_results(collection, tmp_path_factory, monkeypatch):
    """--out names the folder of the results, and the viewer stands in it."""
    other = tmp_path_factory.mktemp("elsewhere") / "results"
    (collection / "aligned").rename(other)
    assert main(["view", str(collection), "--out", str(other), "--no-open"]) == 0
    assert (other / "viewer" / "index.html").exists()


def test_a_scan_without_an_image_is_in_the_exit_code(collection, capfd):
    """A scan that cannot be opened any more is named, the viewer is built without it, and the exit code is 5."""
    (collection / "images" / "v" / "00001.jpg").write_bytes(b"")
    assert main(["view", str(collection), "--no-open"]) == 5
    said = capfd.readouterr().err
    assert "No image: images/v/00001.jpg" in said
    assert "4 documents on 2 pages, 1 with new images" in said
    assert (collection / "aligned" / "viewer" / "index.html").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--out", "nowhere", "--no-open"], 3, "run align run first"),
        (["--port", "80"], 2, "--port is for --serve"),
    ],
)
def test_what_is_off_is_one_sentence(collection, capfd, words, code, said):
    """Results that are not there and words that do not go together are told in one sentence."""
    assert main(["view", str(collection), *words]) == code
    assert said in capfd.readouterr().err


@pytest.mark.slow
def test_serve_ends_properly_at_ctrl_c(collection):
    """--serve serves on 127.0.0.1 until Ctrl-C, which is a proper end."""
    command = [sys.executable, "-m", "align", "view", str(collection), "--serve", "--no-open"]
    with subprocess.Popen(command, env=plain_environment(), stderr=subprocess.PIPE, text=True) as served:
        line = ""
        while not line.startswith("Serving "):
            line = served.stderr.readline()
            assert line or served.poll() is None
        address = line.split()[1]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=LONGEST_S) as answer:
            assert b"viewer.js" in answer.read()
        served.send_signal(signal.SIGINT)
        assert served.wait(LONGEST_S) == 0
        assert served.stderr.read() == ""


@pytest.mark.slow
def test_serve_ends_properly_as_soon_as_it_says_so(collection):
    """Ctrl-C at the very moment at which the address is printed is a proper end too."""
    command = [sys.executable, "-m", "align", "view", str(collection), "--serve", "--no-open"]
    with subprocess.Popen(command, env=plain_environment(), stderr=subprocess.PIPE, text=True) as served:
        while not (line := served.stderr.readline()).startswith("Serving "):
            assert line or served.poll() is None
        served.send_signal(signal.SIGINT)
        assert served.wait(LONGEST_S) == 0
        assert served.stderr.read() == ""
