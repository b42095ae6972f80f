from functools import cmp_to_key

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.files.collection.names import file_order, language_tag, natural_key, split_suffix, text_name, unified

NAMES = st.text(st.sampled_from("0129aAbБ. -_é"), max_size=8) | st.text(max_size=6)


@given(NAMES, NAMES, NAMES)
def test_natural_order_is_total_and_transitive(a: str, b: str, c: str):
    """Any two different names are in one order, and the order is transitive."""
    keys = [natural_key(x) for x in (a, b, c)]
    assert (keys[0] < keys[1]) + (keys[1] < keys[0]) + (a == b) == 1
    if keys[0] <= keys[1] <= keys[2]:
        assert keys[0] <= keys[2]


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.integers(0, 4))
def test_numbers_count_as_numbers(a: int, b: int, zeros: int):
    """Names that differ in one number stand in that number's order, leading zeros or not."""
    if a != b:
        assert (natural_key(f"p{'0' * zeros}{a}.jpg") < natural_key(f"p{b}.jpg")) == (a < b)


def test_natural_order_of_a_shelf_list():
    """A list as an archive has it comes out as an archivist would put it."""
    mixed = ["p10.jpg", "P2.jpg", "p1-b.jpg", "p1 (2).jpg", "p1.jpg", "10r.jpg", "2r.jpg", "1v.jpg", "1r.jpg"]
    assert sorted(mixed, key=file_order) == [
        "1r.jpg", "1v.jpg", "2r.jpg", "10r.jpg", "p1.jpg", "p1 (2).jpg", "p1-b.jpg", "P2.jpg", "p10.jpg",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 10**6), max_size=20))
def test_natural_order_agrees_with_a_slow_comparison(numbers: list[int]):
    """Sorting by key gives what comparing the numbers themselves gives."""
    names = [f"scan {n}.tif" for n in numbers]
    slow = sorted(names, key=cmp_to_key(lambda a, b: int(a[5:-4]) - int(b[5:-4])))
    assert sorted(names, key=file_order) == slow


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ru", "ru"),
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr-Latn", "sr-Latn"),
        ("en-x-garnett", "en-x-garnett"),
        ("en-X-GB", "en-x-gb"),
        ("de-1996", "de-1996"),
        ("es-419", "es-419"),
        ("ru-petr1708", "ru-petr1708"),
        ("chu", "chu"),
        ("x-own", "x-own"),
        ("July", None),
        ("en_GB", None),
        ("", None),
        ("r", None),
        ("12", None),
        ("en-", None),
        ("en-x", None),
        ("russian", None),
        ("ру", None),
        ("en-x-toolongprivate", None),
        ("ru\n", None),
    ],
)
def test_languages_by_their_syntax(text: str, tag: str | None):
    """A language is what BCP 47's grammar allows, written in its usual case."""
    assert language_tag(text) == tag


def test_names_of_texts():
    """Document, language and suffix are told apart though the document's name holds dots; NFD becomes NFC."""
    found = text_name("29.July 1934.EN-x-maude.TXT")
    assert found is not None
    assert (found.document, found.language, found.suffix) == ("29.July 1934", "en-x-maude", ".txt")
    assert text_name("Дневник и\u0306.ru.txt").document == "Дневник й"
    assert text_name("1934-12-18.txt") is None
    assert text_name(".ru.txt") is None


@given(NAMES)
def test_a_stem_and_its_suffix_are_the_name(name: str):
    """Stem and suffix put together are the name again, and a stem is never empty unless the name is."""
    stem, suffix = split_suffix(name)
    assert stem + suffix == name
    assert stem or not name


@given(NAMES)
def test_unified_names_are_stable(name: str):
    """What people call the same stays the same when it is unified once more."""
    assert unified(unified(name)) == unified(name)
