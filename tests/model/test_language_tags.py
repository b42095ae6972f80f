"""Language tags: what two of them have in common."""

from __future__ import annotations

import pytest

from align.model.language import primary


@pytest.mark.parametrize(
    ("tag", "language"), [("ru", "ru"), ("RU", "ru"), ("en-x-garnett", "en"), ("en-GB", "en"), ("und", "und"), ("", "")]
)
def test_a_tag_is_cut_to_its_language(tag, language):
    """A tag without its region and variety is its language in small letters."""
    assert primary(tag) == language
