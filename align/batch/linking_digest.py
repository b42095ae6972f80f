"""What the results of a volume depend on beside its inputs: the tuned numbers of all packages, and a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from align.model import key
from align.model.tuning import fingerprint

LINKING_VERSION = 1
"""Raise this whenever the same inputs and tuned numbers may give other results.

Volumes that were linked under another version are linked anew by the next run. A change of code alone is not noticed:
tests/batch/test_linking_digest.py compares the results of small volumes and fails if this number was forgotten.
"""

TUNED_PACKAGES = ("text", "matching", "bitext", "imaging", "ocr", "reading", "linking")
"""The packages that may have a module `tuning` with their numbers, from lower layers to upper ones."""


@cache
def tunings() -> Mapping[str, object]:
    """The tuned numbers of the program: each package's default instance by the package's name.

    Where a module holds more than one instance, each goes by the package and its own name, as "ocr.judge".
    """
    by_name: dict[str, object] = {}
    for package in TUNED_PACKAGES:
        name = f"align.{package}.tuning"
        if find_spec(name) is None:
            continue
        module = import_module(name)
        instances = {
            constant: value
            for constant, value in vars(module).items()
            if is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == name
        }
        for constant, value in instances.items():
            by_name[package if len(instances) == 1 else f"{package}.{constant.lower()}"] = value
    return by_name


@cache
def linking_digest() -> str:
    """16 hex digits over LINKING_VERSION and all tuned numbers; other digits mean that results may differ."""
    return key(str(LINKING_VERSION), fingerprint(*tunings().values()))
