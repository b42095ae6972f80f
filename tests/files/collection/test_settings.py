import contextlib
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError
from align.files.collection.settings import DocumentSettings, Labels, Settings, VolumeSettings, parse_settings


def test_a_full_file_is_read_as_written():
    """Every key of the contract arrives with its value."""
    found = parse_settings(
        """\ufefftitle = "Diaries"
page_marker = '(?m)^Page (\\w+)$'
[volume.maisky]
title = "First"
language = ["RU", "en-gb"]
labels = {first = 53}
order = ["0002", "0001"]
[volume."том 2"]
labels = ["iv", 5, "12r", ""]
language = "ru"
text_layer = false
[document."1934-12-18"]
title = "Entry"
date = 1934-12-18
author = "A"
recipient = "B"
repository = "C"
identifier = "D"
description = "E"
volume = "maisky"
transcription = "ru"
translation = ["en", "en-x-garnett"]
pages = [3, 5]
[document.letter]
translation = "letter.en.txt"
pages = 4
""".encode()
    )
    assert found.title == "Diaries"
    assert found.page_marker is not None
    assert found.page_marker.findall("x\nPage 53\n") == ["53"]
    assert found.volumes["maisky"] == VolumeSettings("First", ("ru", "en-GB"), Labels(first=53), ("0002", "0001"))
    assert found.volumes["том 2"] == VolumeSettings(None, ("ru",), Labels(listed=("iv", "5", "12r", "")), (), False)
    entry = found.documents["1934-12-18"]
    assert entry == DocumentSettings(
        "Entry", "1934-12-18", "A", "B", "C", "D", "E", "maisky", "ru", ("en", "en-x-garnett"), (3, 5)
    )
    assert entry.details["date"] == "1934-12-18"
    assert len(entry.details) == 7
    assert found.documents["letter"].translation == ("letter.en.txt",)
    assert found.documents["letter"].pages == (4, 4)
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_empty_file_states_nothing():
    """No settings are the same as an empty file."""
    assert parse_settings(b"") == Settings()


def test_labels_count_from_the_first_or_come_from_the_list():
    """The label of a page is counted or listed, and none where the list ends."""
    assert [Labels(first=0).of(n) for n in (1, 2)] == ["0", "1"]
    assert [Labels(listed=("iv", "", "v")).of(n) for n in (1, 2, 3, 4)] == ["iv", None, "v", None]
    assert Labels().of(1) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tittle = 'x'", ["tittle", 'did you mean "title"', "page_marker"]),
        ("zzz = 1", ["unknown key zzz", "remove it"]),
        ("title = 5", ["title = 5", "a text"]),
        ("title = ' '", ["title", "a text"]),
        ("[volume.v]\nlanguages = ['ru']", ["volume.v.languages", 'did you mean "language"']),
        ("[volume.'a b']\nlanguage = ['Russian']", ['volume."a b".language[0]', '"Russian"', '"ru"']),
        ("[volume.v]\nlabels = {first = '53'}", ["volume.v.labels.first = ", "whole number"]),
        ("[volume.v]\nlabels = {first = true}", ["volume.v.labels.first = True", "whole number"]),
        ("[volume.v]\ntext_layer = 'no'", ["volume.v.text_layer", "true or false"]),
        ("[volume.v]\nlabels = {firts = 1}", ["volume.v.labels.firts", 'did you mean "first"']),
        ("[volume.v]\nlabels = 53", ["volume.v.labels = 53", "{first = 53}"]),
        ("[volume.v]\nlabels = [1.5]", ["volume.v.labels[0] = 1.5"]),
        ("[volume.v]\norder = '1'", ["volume.v.order", "a list of texts"]),
        ("volume = 'x'", ["volume", "[volume."]),
        ("[document]\nd = 1", ["document.d = 1", "a table"]),
        ("[document.d]\npages = [5, 3]", ["document.d.pages = [5, 3]", "such as [3, 5]"]),
        ("[document.d]\npages = [true]", ["document.d.pages", "such as [3, 5]"]),
        ("[document.d]\npages = []", ["document.d.pages", "such as [3, 5]"]),
        ("[document.d]\ntranslation = [1]", ["document.d.translation[0] = 1"]),
        ("[document.d]\ndate = 1934", ["document.d.date = 1934", "a text"]),
        ("page_marker = 'Page'", ["page_marker", "one group", "has 0"]),
        ("page_marker = '(a)(b)'", ["page_marker", "has 2"]),
        ("page_marker = '(a'", ["page_marker", "not valid"]),
        ("page_marker = '(a*)'", ["matches where there is nothing"]),
        ("page_marker = 7", ["page_marker = 7"]),
        (f"page_marker = '({'a' * 300})'", ["200 characters", "..."]),
        ("title = 'a", ["not TOML"]),
        ("title = 'a'\nb = c", ["not TOML", "line 2"]),
        ("x = " + "[" * 5000, ["cannot be read"]),
        ("x = " + "9" * 5000, ["cannot be read"]),
    ],
)
def test_a_wrong_file_is_one_clear_sentence(text: str, expected: list[str]):
    """Every mistake is told by the key, the value and what is expected."""
    with pytest.raises(InputError) as caught:
        parse_settings(text.encode())
    assert caught.value.cause == "settings"
    assert caught.value.message.startswith("collection.toml ")
    assert "\n" not in caught.value.message
    for part in expected:
        assert part in caught.value.message


def test_a_file_in_another_encoding_is_refused():
    """Windows-1251 is told from UTF-8, with the place."""
    with pytest.raises(InputError, match="not UTF-8 at byte 9"):
        parse_settings("title = 'Дневник'".encode("cp1251"))


@given(st.binary(max_size=60) | st.text(st.sampled_from("title=[]{}'\"\n.volumedcnt1 "), max_size=60).map(str.encode))
def test_no_bytes_raise_anything_but_an_input_error(data: bytes):
    """Whatever stands in the file, the answer is settings or a sentence."""
    with contextlib.suppress(InputError):
        parse_settings(data)
