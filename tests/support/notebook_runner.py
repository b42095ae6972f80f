"""Notebooks run without Jupyter: cells in order, in this process, and what a notebook would show of each.

nbclient with a kernel would bring twenty packages and a process with sockets; what a cell shows needs none of them.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path


def code_cells(path: Path) -> list[dict]:
    """The cells of code, as they are stored."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run_notebook(path: Path) -> list[dict[str, object]]:
    """What each cell of code shows at its end, by its kind: "png", "html", "text"; empty where it shows nothing."""
    names: dict[str, object] = {"__name__": "__notebook__"}
    return [_shown(_value("".join(cell["source"]), names)) for cell in code_cells(path)]


def _value(source: str, names: dict[str, object]) -> object:
    """The value of a cell's last line, after all of the cell was run."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "a cell", "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "a cell", "eval"), names)


def _shown(value: object) -> dict[str, object]:
    if value is None:
        return {}
    kinds = (("png", "_repr_png_"), ("html", "_repr_html_"))
    rich = {kind: getattr(value, name)() for kind, name in kinds if hasattr(value, name)}
    return {**rich, "text": repr(value)}
