"""Which instances of a class of tuned numbers are read: a test proves that only the one passed in is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import pytest


@contextmanager
def numbers_read(*classes: type) -> Iterator[dict[int, set[str]]]:
    """Names of the tuned numbers read meanwhile, by the id of the instance that they are read from."""
    read: dict[int, set[str]] = {}

    def watched(kind: type):
        names = {field.name for field in fields(kind)}

        def getattribute(self, name: str):
            if name in names:
                read.setdefault(id(self), set()).add(name)
            return object.__getattribute__(self, name)

        return getattribute

    with pytest.MonkeyPatch.context() as patch:
        for kind in classes:
            patch.setattr(kind, "__getattribute__", watched(kind), raising=False)
        yield read
