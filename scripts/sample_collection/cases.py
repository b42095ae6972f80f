"""The planted cases of cases.toml, found in the built files: offsets in the texts, lines on the scans."""

from __future__ import annotations

import re
from typing import Any

from sample_collection.texts import SourceText
from sample_collection.truth import Truth

Row = dict[str, Any]


def resolve(cases: list[Row], texts: dict[tuple[str, str], SourceText], truth: Truth) -> list[Row]:
    """The cases with their places; SystemExit where one is no longer in the collection."""
    return [_resolve(case, texts, truth) for case in cases]


def _resolve(case: Row, texts: dict[tuple[str, str], SourceText], truth: Truth) -> Row:
    out = dict(case)
    document = case.get("document", "")
    for language in ("ru", "en"):
        if language in case:
            text = texts[document, language]
            quote = case[language].replace("\\f", "\f")
            start = text.plain.find(quote)
            if start < 0:
                raise SystemExit(f"cases.toml, {case['id']}: {text.name} does not hold {quote!r}")
            out[language] = {"text": text.name, "quote": quote, "span": [start, start + len(quote)]}
    if "scan" in case:
        out["scan"] = {"quote": case["scan"], "lines": _on_scan(case, truth)}
    if "label" in case:
        pages = [p for p in truth.pages if p["label"] == case["label"]]
        if len(pages) != 1:
            raise SystemExit(f"cases.toml, {case['id']}: there is no page {case['label']}")
        out["page"] = {"order": pages[0]["order"], "scan": pages[0]["scan"]}
    if case["kind"] == "blank":
        blank = next(p for p in truth.pages if p["blank"])
        out["page"] = {"order": blank["order"], "scan": blank["scan"]}
    return out


def _on_scan(case: Row, truth: Truth) -> list[list[Any]]:
    """[page, line] of the lines that print the quote, which may run over hyphens and lines."""
    document = case.get("document")
    rows = truth.lines[document] if document else [
        {**line, "page": page["scan"]} for page in truth.pages for line in page["other_lines"]
    ]  # fmt: skip
    quote = re.sub(r"\s+", " ", case["scan"])
    joined, starts = "", []
    for row in rows:
        starts.append(len(joined))
        joined += row["text"] + " "
    at = joined.find(quote)
    if at < 0:
        raise SystemExit(f"cases.toml, {case['id']}: no scan prints {quote!r}")
    return [
        [row["page"], row["line"]]
        for row, start in zip(rows, starts, strict=True)
        if start < at + len(quote) and start + len(row["text"]) > at
    ]
