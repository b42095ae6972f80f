"""The lexicons of a run, with and without an installed dictionary."""

from __future__ import annotations

from pathlib import Path

from align.batch.lexicons import Lexicons
from align.bitext import shipped_lexicon

# 33 bytes: "h" in the index's base 64.
TEXT = "quux\n   _n. крокозябра\n"


def test_without_a_dictionary_there_is_the_program_s_own(tmp_path: Path):
    """Nothing is named, and the lexicons are those that come with the program."""
    found = Lexicons.installed(tmp_path / "none.dict.dz")
    assert found.dictionary is None
    assert found.between("ru", "en-x-garnett") is shipped_lexicon("ru", "en")
    assert found.between("fr", "ru") is None


def test_a_dictionary_is_joined_and_named(tmp_path: Path):
    """Its words are known either way round, other languages have none of it, and another content is another name."""
    path = tmp_path / "small.dict.dz"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "small.index").write_text("quux\tA\th", encoding="utf-8")
    found = Lexicons.installed(path)
    there, back = found.between("ru", "en"), found.between("en", "ru")
    assert there is not None
    assert back is not None
    assert there.left[there.pair_left[there.pair_right == there.right.index("quux")][0]] == "крокозябр"
    assert "quux" in back.left
    assert found.between("ru", "en") is there
    assert found.between("en", "fr") is None
    path.write_text(TEXT + " ", encoding="utf-8")
    assert found.dictionary not in (None, Lexicons.installed(path).dictionary)
