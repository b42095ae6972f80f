"""Arguments that are no texts and no images: told in one sentence that names them."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from align import align_sentences, fold, link_page, locate_lines, read_page, split_sentences
from align.errors import UsageError
from align.model import Box, Frame, Reading

BLANK = Reading(Frame(Box(0, 0, 9, 9)), "blank", None, (), "", "")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: locate_lines(5, "x"), "lines must be a list of texts (str), not int"),
        (lambda: locate_lines("one line", "x"), "lines must be a list of texts (str), not str"),
        (lambda: locate_lines(["a", 5], "x"), "lines[1] must be a text (str), not int"),
        (lambda: locate_lines(["a"], None), "text must be a text (str), not NoneType"),
        (lambda: align_sentences(["a"], 7, left_language="ru", right_language="en"), "right must be a list"),
        (lambda: align_sentences(["a"], ["b"], left_language=1, right_language="en"), "left_language must be a text"),
        (lambda: fold(b"x"), "text must be a text (str), not bytes"),
        (lambda: split_sentences(5), "text must be a text (str), not int"),
        (lambda: split_sentences("x", 5), "language must be a text (str), not int"),
        (
            lambda: link_page(BLANK, 5),
            "text must be a text (str), not int",
        ),
    ],
)
def test_an_argument_of_a_wrong_type_is_told_by_its_name(call: Any, said: str):
    """TypeError names the argument, what it must be and what it was."""
    with pytest.raises(TypeError) as caught:
        call()
    assert said in str(caught.value)


def test_an_image_without_pixels_is_told_in_one_sentence():
    """A picture of Pillow's of no width or height is refused before it is read."""
    with pytest.raises(UsageError, match="An image of 0 x 5 pixels shows nothing"):
        read_page(Image.new("L", (0, 5)))
