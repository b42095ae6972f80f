import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError, TextError
from align.files.paths import MAX_TEXT_BYTES, inside, name_fault, read_source_bytes, shown


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_what_is_shown_is_one_line_of_utf8(name: str):
    """Whatever a name holds, it is shown on one line, encodable, and unchanged where it is harmless."""
    seen = shown(name)
    assert len(seen.splitlines()) <= 1
    seen.encode("utf-8")
    assert name_fault(seen) is None
    if name_fault(name) is None:
        assert seen == name


@pytest.mark.parametrize("name", ["Дневник 1", "a b", "..x", "x..", "日記", "é", "e\u0301", "می\u200cخواهم"])
def test_ordinary_names_have_no_fault(name: str):
    """Spaces, dots, any script and joiners are part of ordinary names."""
    assert name_fault(name) is None


def test_paths_stay_inside(tmp_path: Path):
    """Dots, absolute paths and links that lead out are refused; what stays inside is given."""
    root = tmp_path / "c"
    (root / "images").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "in").symlink_to("images")
    assert inside(root, "in/a..b.jpg") == root / "in/a..b.jpg"
    for path in ("..", "../secret", "images/../../secret", str(tmp_path / "secret"), "out", "", "a\0b"):
        with pytest.raises(InputError) as caught:
            inside(root, path)
        assert caught.value.cause == "outside"


def test_texts_are_read_whole_or_refused(tmp_path: Path):
    """The bytes of a text come as they are; what is missing, no file, outside or endless is one sentence."""
    (tmp_path / "d.ru.txt").write_bytes(b"\xef\xbb\xbfa\r\n")
    assert read_source_bytes(tmp_path, "d.ru.txt") == b"\xef\xbb\xbfa\r\n"
    (tmp_path / "folder.ru.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.ru.txt")
    with (tmp_path / "endless.ru.txt").open("wb") as stream:
        stream.truncate(MAX_TEXT_BYTES + 1)
    (tmp_path / "link.ru.txt").symlink_to("/dev/zero")
    for name, cause in {
        "none.ru.txt": "missing",
        "folder.ru.txt": "unreadable",
        "pipe.ru.txt": "unreadable",
        "endless.ru.txt": "too-large",
        "link.ru.txt": "outside",
    }.items():
        with pytest.raises(TextError, match=name) as caught:
            read_source_bytes(tmp_path, name)
        assert caught.value.cause == cause
