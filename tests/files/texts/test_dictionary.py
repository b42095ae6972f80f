"""An installed dictionary: read if it is there and sound, passed over if not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.files.texts.dictionary import WordPair, installed_dictionary, word_pairs

ENTRIES = {
    "00-database-short": "00-database-short\n     A dictionary\n",
    "spoon": "spoon\n   [spuːn]\n   1. _n. (столовая) ложка; a silver spoon серебряная ложка\n   2. _v. черпать\n",
    "garden party": "garden party\n   приём в саду\n",
    "Teapot": "Teapot\n   _n. чайник, чайник для заварки\n",
}
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def number(value: int) -> str:
    return (number(value // 64) if value >= 64 else "") + DIGITS[value % 64]


def made() -> tuple[bytes, bytes]:
    """An invented dictionary and its index, as dictfmt lays them out."""
    content, index = b"", []
    for word, text in ENTRIES.items():
        index.append(f"{word}\t{number(len(content))}\t{number(len(text.encode()))}")
        content += text.encode()
    return content, "\n".join(index).encode()


@pytest.mark.parametrize("packed", [False, True])
def test_words_are_paired_with_their_translations(packed):
    """Labels, remarks, examples and entries of several words give no pairs; early senses weigh more."""
    content, index = made()
    found = word_pairs(gzip.compress(content) if packed else content, index)
    assert found[:2] == [WordPair("spoon", "ложка", 2 / 3), WordPair("spoon", "черпать", 1 / 3)]
    assert {(p.english, p.russian) for p in found[2:]} == {("teapot", w) for w in ("чайник", "для", "заварки")}
    assert sum(p.weight for p in found[2:]) == pytest.approx(1)


@given(st.binary(max_size=200), st.binary(max_size=200), st.integers(0, 200))
def test_damage_is_borne(head, tail, cut):
    """Whatever the files hold, reading them ends and fails nowhere."""
    content, index = made()
    packed = gzip.compress(content)
    for data, lines in ((head, tail), (packed[:cut] + head, index), (content, index[:cut] + tail), (packed, head)):
        assert all(0 < pair.weight <= 1 for pair in word_pairs(data, lines))


def test_what_unpacks_without_end_is_no_dictionary(monkeypatch):
    """A file that unpacks to more than a dictionary holds gives nothing."""
    monkeypatch.setattr("align.files.texts.dictionary.MAX_UNPACKED", 1000)
    assert word_pairs(gzip.compress(b"a" * 5000), b"a\tA\tB") == []


def test_it_is_found_with_its_index_alone(tmp_path: Path):
    """Both files must be there, be files, and hold something."""
    path = tmp_path / "m.dict.dz"
    assert installed_dictionary(path) is None
    path.write_bytes(b"content")
    assert installed_dictionary(path) is None
    (tmp_path / "m.index").mkdir()
    assert installed_dictionary(path) is None
    (tmp_path / "m.index").rmdir()
    (tmp_path / "m.index").write_bytes(b"index")
    assert installed_dictionary(path) == (b"content", b"index")
