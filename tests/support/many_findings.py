"""A report of five thousand findings, for the pages that must stay fluid with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import align.web.report.write
from support.report_browser import write
from support.report_collection import report_volume, write_collection

MANY = 5_000


def write_many(root: Path) -> Path:
    """The folder of the report, whose findings each have their own text.

    Its tables have no rows: no page reads them, and they take most of the time that the report takes.
    """
    volume = report_volume()
    line, _, doubtful, *_ = volume.findings
    many = tuple(
        replace(own, id=f"v.f{n:05d}", key=f"{n:016x}", score=1 - n / 10_000, message=f"Matter number {n}.",
                scan_text=f"Эту строку пропустили {n}", source_text=f"Эту строчку пропустили {n}")
        for n in range(MANY) for own in [(line, doubtful)[n % 2]]
    )  # fmt: skip
    write_collection(root, replace(volume, findings=many))
    with (
        patch.object(align.web.report.write, "row_pictures", lambda *_: {}),
        patch.object(align.web.report.write, "table_rows", lambda *_: ()),
    ):
        return write(root)
