"""The cells of each table, from the rows of a result file, without the first column, which is the volume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from align.export.tables.columns import Cells, Row


def links(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of links.jsonl: a row for each sentence."""
    for row in rows:
        areas = row["areas"]
        yield (
            row["sentence"], row["key"], row["document"], row["text"], row["kind"], row["language"], row["role"],
            row["content"], row["status"], row["score"], row["reason"], row["via"], row["counterparts"], row["spans"],
            [area["page"] for area in areas], [area["label"] for area in areas],
        )  # fmt: skip


def areas(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of links.jsonl: a row for each box of a sentence."""
    for row in rows:
        for area in row["areas"]:
            for (x, y, width, height), line in zip(area["boxes"], area["lines"], strict=True):
                yield (
                    row["sentence"], row["document"], row["kind"], row["language"], row["status"], row["score"],
                    area["page"], area["label"], area["scan"], area["scan_index"], line, x, y, width, height,
                )  # fmt: skip


def words(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of lines.jsonl: a row for each word."""
    for row in rows:
        match = row["matches"][0] if row["matches"] else None
        text, start, end = (match["text"], *match["span"]) if match else (None, None, None)
        for number, word in enumerate(row["words"], start=1):
            x, y, width, height = word["box"]
            yield (
                row["page"], row["line"], row["role"], number, word["text"], word["confidence"], x, y, width, height,
                text, start, end,
            )  # fmt: skip


def findings(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of findings.jsonl: a row for each finding."""
    for row in rows:
        yield (
            row["finding"], row["key"], row["code"], row["severity"], row["document"], row["text"], row["pages"],
            row["lines"], row["sentences"], row["score"], row["message"], row["evidence"]["scan_text"],
            row["evidence"]["source_text"], row["suggestion"],
        )  # fmt: skip


def pages(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of pages.jsonl: a row for each page."""
    for row in rows:
        yield (
            row["page"], row["id"], row["key"], row["label"], row["scan"], row["scan_index"], row["width"],
            row["height"], row["rotation"], row["language"], row["status"], row["duplicate_of"],
        )  # fmt: skip


def lines(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of lines.jsonl: a row for each line that was read, with the first of its places in the texts."""
    for row in rows:
        match = row["matches"][0] if row["matches"] else None
        text, start, end = (match["text"], *match["span"]) if match else (None, None, None)
        yield (
            row["page"], row["line"], row["role"], row["text"], row["confidence"], *row["box"], text, start, end,
            match["similarity"] if match else None,
        )  # fmt: skip


def documents(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of documents.jsonl: a row for each document."""
    for row in rows:
        known, state = row["details"], row["state"]
        yield (
            row["document"], row["title"], row["date"], row["author"],
            *(known.get(name) for name in ("recipient", "repository", "identifier", "description")),
            row["texts"], [area["page"] for area in row["areas"]], state["state"] if state else None,
        )  # fmt: skip


def pairs(rows: Iterable[Row]) -> Iterator[Cells]:
    """The cells of beads.jsonl: a row for each bead."""
    for row in rows:
        yield row["bead"], *row["texts"], row["transcription"], row["translation"], row["score"]
