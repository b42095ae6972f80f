"""The report's data as classic scripts: the list of all findings at once, what each says a hundred at a time.

A page that is opened from a folder may load scripts and pictures, and no other file. So each part of the data is a
script that calls a function of the page with one value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from align.linking.findings.catalogue import CATALOGUE
from align.model import Finding
from align.model.decision import document_key
from align.web.report.crops import Picture
from align.web.report.page_views import View, picture_size
from align.web.report.quotations import Quotation
from align.web.report.view_model import SEVERITIES, ShownFinding, ShownPage, ranked_by_score

# Findings in one script: enough that few are loaded, few enough that the first is there at once.
CHUNK = 100
PageIndex = Mapping[tuple[str, int], int]

# What could end a script, or a line of it, where the data is taken for something else than it is.
_ESCAPED = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def script(call: str, value: object) -> str:
    r"""A classic script that calls a function with this value; no text in it can end the script or be markup.

    >>> script("f", "</script>")
    'f("\\u003c/script\\u003e");\n'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{call}({_ESCAPED.sub(_escape, text)});\n"


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def page_index(pages: Sequence[ShownPage]) -> PageIndex:
    """The place of each page among all pages, by volume and order."""
    return {(own.volume, own.page.order): i for i, own in enumerate(pages)}


def index_script(
    findings: Sequence[ShownFinding],
    pages: Sequence[ShownPage],
    pictures: Mapping[tuple[str, int], Picture],
    titles: Mapping[tuple[str, str], str | None],
    chunks: Sequence[str],
) -> str:
    """What is needed to list and filter: pages, documents, codes, and of each finding where it belongs.

    `chunks` are the files of what the findings say.
    """
    places = page_index(pages)
    volumes = list(dict.fromkeys(own.volume for own in pages))
    by_score = {id(own): place for place, own in enumerate(ranked_by_score(findings, volumes))}
    documents = list(dict.fromkeys([*titles, *((own.volume or "", own.finding.document) for own in findings
                                               if own.finding.document is not None)]))  # fmt: skip
    document_at = {name: i for i, name in enumerate(documents)}
    codes = sorted({own.finding.code for own in findings})
    code_at = {code: i for i, code in enumerate(codes)}
    rows = [
        [
            SEVERITIES.index(own.finding.severity),
            code_at[own.finding.code],
            document_at[own.volume or "", own.finding.document] if own.finding.document is not None else -1,
            _pages(own, places),
            own.change or "",
            own.finding.key,
            _decided(own.finding),
            by_score[id(own)],
        ]
        for own in findings
    ]
    return script(
        "alignReport.index",
        {
            "severities": SEVERITIES,
            "codes": codes,
            "titles": {code: CATALOGUE[code].title._asdict() for code in codes if code in CATALOGUE},
            "documents": [
                [volume, name, titles.get((volume, name)) or "", document_key(volume, name)]
                for volume, name in documents
            ],
            "pages": [_page(own, pictures) for own in pages],
            "rows": rows,
            "volumes": len({own.volume for own in pages}),
            "chunk": CHUNK,
            "chunks": chunks,
        },
    )


def chunk_scripts(findings: Sequence[ShownFinding], pages: Sequence[ShownPage]) -> Iterator[str]:
    """What each finding says, CHUNK at a time."""
    places = page_index(pages)
    for number, start in enumerate(range(0, len(findings), CHUNK)):
        values = [_finding(own, places) for own in findings[start : start + CHUNK]]
        yield script(f"alignReport.chunk({number}).add", values)


def _decided(finding: Finding) -> str:
    """Whether a finding is decided, or was decided on an earlier text; empty where nothing was decided."""
    decision = finding.decision
    if decision is None or (decision.decision is None and decision.standing == "stands"):
        return ""
    return "decided" if decision.settles else "changed"


def _decision(finding: Finding) -> dict[str, object] | None:
    decision = finding.decision
    if decision is None:
        return None
    return {"decision": decision.decision, "by": decision.by, "day": decision.time[:10], "comment": decision.comment}


def _pages(own: ShownFinding, places: PageIndex) -> list[int]:
    if own.change == "gone":
        return []
    orders = dict.fromkeys((*own.finding.pages, *(view.page for view in own.views)))
    return [places[own.volume or "", order] for order in orders if (own.volume or "", order) in places]


def _page(own: ShownPage, pictures: Mapping[tuple[str, int], Picture]) -> dict[str, object]:
    picture = pictures.get((own.volume, own.page.order), Picture(None))
    size = picture_size(own.page.frame) if own.page.frame else (0, 0)
    return {
        "id": own.page.id,
        "key": own.page.key,
        "label": own.page.label,
        "order": own.page.order,
        "file": own.name.scan_file,
        "number": own.name.image,
        "volume": own.volume,
        "state": own.state,
        "image": picture.file,
        "problem": picture.problem,
        "size": size,
    }


def _finding(own: ShownFinding, places: PageIndex) -> dict[str, object]:
    finding = own.finding
    suggestions = {language: finding.wording(language).suggestion for language in ("en", *finding.translations)}
    return {
        "id": finding.id,
        "reason": _worded(own.reason),
        "suggestion": _worded(suggestions),
        "score": round(finding.score, 2),
        "calibrated": None if finding.calibrated is None else round(finding.calibrated, 2),
        "passages": [_quotation(quotation) for quotation in own.quotations],
        "decision": _decision(finding),
        "views": [_view(view, places[own.volume or "", view.page]) for view in own.views],
        "sentence": own.sentence,
        "proposed": own.proposal._asdict() if own.proposal else None,
    }


def _worded(words: Mapping[str, str | None]) -> object:
    """A text by language; a text in English alone as it is, and None where nothing is said."""
    return words["en"] if len(words) == 1 or words["en"] is None else words


def _quotation(quotation: Quotation) -> dict[str, object]:
    return {
        "kind": quotation.kind,
        "lang": quotation.language,
        "file": quotation.file,
        "before": quotation.before,
        "after": quotation.after,
        "pieces": [[piece.text, int(piece.differs)] for piece in quotation.pieces],
    }


def _view(view: View, page: int) -> dict[str, object]:
    return {
        "page": page,
        "box": view.box.xywh,
        "whole": view.whole,
        "outlines": [[o.mark, " ".join(f"{x:g},{y:g}" for x, y in o.points)] for o in view.outlines],
    }
