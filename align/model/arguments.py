"""Arguments of public functions that are no texts: told by their names, before anything is done with them."""

from __future__ import annotations


def need_text(name: str, value: object) -> None:
    """Raise TypeError where the argument of this name is not a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text (str), not {type(value).__name__}")


def need_texts(name: str, value: object) -> None:
    """Raise TypeError where the argument of this name is not a list or tuple of texts; one text alone is none."""
    if isinstance(value, str | bytes) or not hasattr(value, "__len__") or not hasattr(value, "__getitem__"):
        raise TypeError(f"{name} must be a list of texts (str), not {type(value).__name__}")
    for index in range(len(value)):
        need_text(f"{name}[{index}]", value[index])
