"""Small tables for notebooks; the text in their cells is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# A notebook shows a table's beginning; the rest is asked for.
MOST_ROWS = 20


def html_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as HTML, with at most 20 rows and a last line that says how many more there are.

    >>> html_table("A & B", ("n",), [(1,)])
    '<table><caption>A &amp; B</caption><tr><th>n</th></tr><tr><td>1</td></tr></table>'
    """
    listed = list(rows)
    lines = [_row("th", heads), *(_row("td", row) for row in listed[:MOST_ROWS])]
    if len(listed) > MOST_ROWS:
        lines.append(f'<tr><td colspan="{len(heads)}">and {len(listed) - MOST_ROWS} more</td></tr>')
    return f"<table><caption>{escape(caption)}</caption>{''.join(lines)}</table>"


def _row(tag: str, cells: Iterable[object]) -> str:
    texts = ("" if cell is None else escape(str(cell)) for cell in cells)
    return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>"


def shortened(text: str, letters: int = 60) -> str:
    """The text, cut with an ellipsis where it has more than this number of letters.

    >>> shortened("A long sentence", 8)
    'A long …'
    """
    return text if len(text) <= letters else text[: letters - 1] + "…"
