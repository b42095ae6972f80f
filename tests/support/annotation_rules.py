"""The rules of the W3C Web Annotation Data Model for what we publish: what must be there, and what may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

# The terms of http://www.w3.org/ns/anno.jsonld that may stand in each kind of object, and those that must.
TERMS: dict[str, tuple[set[str], set[str]]] = {
    "AnnotationCollection": ({"label", "total", "first", "last", "generator"}, {"id", "type"}),
    "AnnotationPage": ({"partOf", "startIndex", "next", "prev"}, {"id", "type", "items"}),
    "Annotation": ({"motivation", "body", "generator"}, {"id", "type", "target"}),
    "TextualBody": ({"id", "format", "language", "purpose"}, {"type", "value"}),
    "SpecificResource": ({"id", "selector"}, {"type", "source"}),
    "FragmentSelector": ({"conformsTo"}, {"type", "value"}),
    "SvgSelector": (set(), {"type", "value"}),
    "Software": ({"id", "name"}, {"type"}),
}
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def annotation_faults(collection: Json) -> list[str]:
    """What is wrong with a collection of annotations, each as a few words."""
    found = [] if collection.get("@context") == "http://www.w3.org/ns/anno.jsonld" else ["no context"]
    found += _faults({name: value for name, value in collection.items() if name != "@context"})
    page = collection.get("first", {"items": []})
    if collection.get("total") != len(page["items"]):
        found.append("another total than there are annotations")
    if page["items"] and page.get("partOf") != collection["id"]:
        found.append("a page of another collection")
    names = [annotation["id"] for annotation in page["items"]]
    return found + [f"{name} repeats" for name in set(names) if names.count(name) > 1]


def _faults(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _faults(item)
    if not isinstance(value, dict):
        return
    kind = value.get("type", "nothing")
    may, must = TERMS.get(kind, (set(), {"a known type"}))
    if missing := must - value.keys():
        yield f"{kind} without {sorted(missing)}"
    if unknown := value.keys() - may - must:
        yield f"{kind} with {sorted(unknown)}, which its context does not know"
    for name in ("id", "source"):
        if name in value and not urlsplit(value[name]).scheme:
            yield f"{name} of {kind} is no IRI"
    for name in ("motivation", "purpose"):
        if name in value and value[name] not in MOTIVATIONS:
            yield f"{kind} with an unknown {name}"
    for inner in value.values():
        yield from _faults(inner)
