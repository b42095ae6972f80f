"""The tables of results by their names: what a row is, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from align.export.tables import cells
from align.export.tables.columns import Column, Table

TableName = Literal["links", "areas", "words", "findings", "pages", "lines", "documents", "pairs"]

_VOLUME = Column("volume", "text", "name of the volume")
_SENTENCE = Column("sentence", "text", "id of the sentence")
_KEY = Column("key", "text", "16 hex digits that stay while the content stays")
_DOCUMENT = Column("document", "text", "name of the document")
_KIND = Column("kind", "text", "transcription or translation")
_LANGUAGE = Column("language", "text", "language of the text, BCP 47")
_STATUS = Column("status", "text", "linked, partial, doubtful, unlinked or apart")
_SCORE = Column("score", "decimal", "probability that the link is right, 0 to 1")
_PAGE = Column("page", "whole", "order of the page in its volume, from 1")
_LABEL = Column("label", "text", "the page's own number, such as 53 or iv", may_be_empty=True)
_SCAN = Column("scan", "text", "path of the scan's file, relative to the collection")
_SCAN_INDEX = Column("scan_index", "whole", "page of a PDF or TIFF, from 0", may_be_empty=True)
_BOX = (
    Column("x", "whole", "left edge in pixels of the scan"),
    Column("y", "whole", "top edge in pixels of the scan"),
    Column("width", "whole", "width in pixels of the scan"),
    Column("height", "whole", "height in pixels of the scan"),
)
_MATCH = (
    Column("text", "text", "path of the text in which the line was found", may_be_empty=True),
    Column("start", "whole", "where the line begins in that text, in code points", may_be_empty=True),
    Column("end", "whole", "where the line ends in that text, in code points", may_be_empty=True),
)

TABLES: Mapping[TableName, Table] = {
    "links": Table(
        "links.jsonl",
        "a sentence of a text",
        (
            _VOLUME, _SENTENCE, _KEY, _DOCUMENT, Column("text", "text", "path of the text"), _KIND, _LANGUAGE,
            Column("role", "text", "body, heading, note or commentary"),
            Column("content", "text", "the sentence, white space collapsed"), _STATUS, _SCORE,
            Column("reason", "text", "why the sentence is not linked", may_be_empty=True),
            Column("via", "text", "how its place was found", may_be_empty=True),
            Column("counterparts", "texts", "ids of the sentences that say the same"),
            Column("spans", "spans", "places in the text: start and end in code points"),
            Column("pages", "wholes", "orders of its pages"), Column("labels", "texts", "labels of its pages"),
        ),
        cells.links,
    ),
    "areas": Table(
        "links.jsonl",
        "a box of a sentence, one for each line fragment",
        (
            _VOLUME, _SENTENCE, _DOCUMENT, _KIND, _LANGUAGE, _STATUS, _SCORE, _PAGE, _LABEL, _SCAN, _SCAN_INDEX,
            Column("line", "text", "id of the line", may_be_empty=True), *_BOX,
        ),
        cells.areas,
    ),
    "words": Table(
        "lines.jsonl",
        "a word that was read",
        (
            _VOLUME, _PAGE, Column("line", "text", "id of the line"),
            Column("role", "text", "what the line is: body, heading, page-number ..."),
            Column("number", "whole", "place of the word in its line, from 1"),
            Column("word", "text", "the word as it was read"),
            Column("confidence", "decimal", "how sure the engine is of it, 0 to 1", may_be_empty=True), *_BOX,
            *_MATCH,
        ),
        cells.words,
    ),
    "findings": Table(
        "findings.jsonl",
        "a finding; the volume is empty where it belongs to none",
        (
            Column("volume", "text", "name of the volume", may_be_empty=True),
            Column("finding", "text", "id of the finding"), _KEY,
            Column("code", "text", "what kind of finding it is"),
            Column("severity", "text", "error, warning or note"),
            Column("document", "text", "name of the document", may_be_empty=True),
            Column("text", "text", "path of the text", may_be_empty=True),
            Column("pages", "wholes", "orders of the pages"), Column("lines", "texts", "ids of the lines"),
            Column("sentences", "texts", "ids of the sentences"),
            Column("score", "decimal", "how sure the program is of it, 0 to 1"),
            Column("message", "text", "what, and where"),
            Column("scan_text", "text", "what was read on the scan", may_be_empty=True),
            Column("source_text", "text", "the words of the text", may_be_empty=True),
            Column("suggestion", "text", "what to do", may_be_empty=True),
        ),
        cells.findings,
    ),
    "pages": Table(
        "pages.jsonl",
        "a page",
        (
            _VOLUME, _PAGE, Column("id", "text", "id of the page"), _KEY, _LABEL, _SCAN, _SCAN_INDEX,
            Column("width", "whole", "width of the scan in pixels"),
            Column("height", "whole", "height of the scan in pixels"),
            Column("rotation", "whole", "clockwise turn in degrees that makes the page upright"),
            Column("language", "text", "language in which the page was read", may_be_empty=True),
            Column("status", "text", "ok, blank or failed"),
            Column("duplicate_of", "whole", "order of the page that it repeats", may_be_empty=True),
        ),
        cells.pages,
    ),
    "lines": Table(
        "lines.jsonl",
        "a line that was read",
        (
            _VOLUME, _PAGE, Column("line", "text", "id of the line"),
            Column("role", "text", "what the line is: body, heading, page-number ..."),
            Column("content", "text", "the line as it was read"),
            Column("confidence", "decimal", "how sure the engine is of it, 0 to 1", may_be_empty=True), *_BOX,
            *_MATCH,
            Column("similarity", "decimal", "how like its place in that text it is, 0 to 1", may_be_empty=True),
        ),
        cells.lines,
    ),
    "documents": Table(
        "documents.jsonl",
        "a document",
        (
            _VOLUME, _DOCUMENT,
            *(
                Column(name, "text", f"{name} of the document, where it is known", may_be_empty=True)
                for name in ("title", "date", "author", "recipient", "repository", "identifier", "description")
            ),
            Column("texts", "texts", "paths of its texts"), Column("pages", "wholes", "orders of its pages"),
            Column("state", "text", "how far an editor is with it: to-do, in-work ...", may_be_empty=True),
        ),
        cells.documents,
    ),
    "pairs": Table(
        "beads.jsonl",
        "sentences of a transcription and of a translation that say the same; one side may be empty",
        (
            _VOLUME, Column("pair", "text", "id of the bead"),
            Column("transcription_text", "text", "path of the transcription"),
            Column("translation_text", "text", "path of the translation"),
            Column("transcription", "texts", "ids of its sentences"),
            Column("translation", "texts", "ids of its sentences"),
            Column("score", "decimal", "probability that the pair is right, 0 to 1"),
        ),
        cells.pairs,
    ),
}  # fmt: skip
assert tuple(TABLES) == get_args(TableName)
