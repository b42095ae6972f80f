"""The tables of which elements hold sentences, against the TEI's own schema."""

from __future__ import annotations

from support.tei_files import RNG, schema

from align.files.texts.linked.content_models import HOLDS_SENTENCES, IN_SENTENCES, UNDIVIDED

_ATTRIBUTE, _ELEMENT, _REF, _TEXT = (f"{RNG}{name}" for name in ("attribute", "element", "ref", "text"))


def content_models() -> dict[str, set[str]]:
    """What each element may have as a child, by the schema: elements by name, and words as #text."""
    defined = {}
    for definition in schema().iter(f"{RNG}define"):
        defined.setdefault(definition.get("name"), []).append(definition)

    def children(node, seen):
        for child in node:
            if child.tag == _ELEMENT:
                yield child.get("name")
            elif child.tag == _TEXT:
                yield "#text"
            elif child.tag == _REF and child.get("name") not in seen:
                seen.add(child.get("name"))
                for definition in defined[child.get("name")]:
                    yield from children(definition, seen)
            elif isinstance(child.tag, str) and child.tag not in (_ATTRIBUTE, _REF):
                yield from children(child, seen)

    return {e.get("name"): set(children(e, set())) for e in schema().iter(_ELEMENT) if e.get("name")}


def test_the_tables_are_those_of_the_schema():
    """Each name in the tables, and no other, is what the content models of tei_all say."""
    models = content_models()
    assert {name for name, children in models.items() if "s" in children} == HOLDS_SENTENCES
    assert models["s"] - {"#text", "s"} == IN_SENTENCES
    assert {n for n in IN_SENTENCES if "#text" in models[n] and "s" not in models[n]} == UNDIVIDED
