from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from align.batch.selection import Options, as_named, chosen_volumes
from align.errors import UsageError
from align.files.collection.opening import open_collection


def collection(root: Path, form: str = "NFC"):
    for name in ("images/Тетрадь й/1.jpg", "images/Maisky/1.jpg", "transcripts/Тетрадь й/Письмо й.ru.txt"):
        path = root / unicodedata.normalize(form, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return open_collection(root)


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_name_is_the_same_in_any_unicode_form(tmp_path: Path, on_disk: str, typed: str):
    """A volume and a document are found whether "й" is one sign or two, on the disk and as typed."""
    opened = collection(tmp_path, on_disk)
    options = Options(
        volume=unicodedata.normalize(typed, "Тетрадь й"), document=unicodedata.normalize(typed, "письмо й")
    )
    assert [volume.name for volume in chosen_volumes(opened, options)] == ["Тетрадь й"]
    named = as_named(opened, options)
    assert (named.volume, named.document) == ("Тетрадь й", "Письмо й")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(volume="Maiski"), ["“Maiski”", 'did you mean "Maisky"', "Тетрадь й"]),
        (Options(document="Письма й"), ["“Письма й”", 'did you mean "Письмо й"']),
        (Options(volume="Maisky", document="Письмо й"), ["in volume “Maisky”"]),
    ],
)
def test_a_wrong_name_suggests_the_nearest(tmp_path: Path, options: Options, said: list[str]):
    """A name that is not there is told with the one that looks most like it."""
    with pytest.raises(UsageError) as caught:
        chosen_volumes(collection(tmp_path), options)
    assert all(part in caught.value.message for part in said)
