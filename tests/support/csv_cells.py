"""Cells of a CSV table as a spreadsheet reads them."""

from __future__ import annotations


def armed(cell: str) -> str:
    """The text that a CSV cell stands for: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r'") else cell
