"""docs/reference.md: every public name of `align` with its type and its docstring, and the tables of results."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import align
from align.api.running import EngineName, Overlays
from align.export.tables.declared import TABLES, TableName
from align.model import PageStatus, Reason, Role, Severity, Status, Via
from align.model.page import LineRole

PAGE = Path(__file__).resolve().parents[2] / "docs/reference.md"
COMMAND = "scripts/docs reference"
WIDTH = 100  # of a signature in one line

# The groups of names in the order of the page; a name that is in no group is an error.
GROUPS = (
    ("Collections and results", ("open_collection", "run", "open_results")),
    ("One page", ("read_page", "read_pages", "link_page")),
    ("Texts", ("split_sentences", "fold", "locate_lines", "align_sentences")),
    (
        "Results as objects",
        (
            "Results", "Volume", "VolumePage", "VolumeDocument", "LinkedSentence", "SentenceArea", "SentencePair",
            "Findings", "VolumeFinding",
        ),
    ),
    ("Engines", ("Engine", "TesseractEngine", "RecordedEngine")),
    (
        "Values",
        (
            "Collection", "Outcome", "ProgressStep", "Reading", "PageReading", "Line", "Word", "Box", "Polygon",
            "Bead", "Folded", "AlignError",
        ),
    ),
)  # fmt: skip

# Types that are one of a few texts.
ALIASES = {
    "EngineName": EngineName, "LineRole": LineRole, "Overlays": Overlays, "PageStatus": PageStatus, "Reason": Reason,
    "Role": Role, "Severity": Severity, "Status": Status, "TableName": TableName, "Via": Via,
}  # fmt: skip
IMAGE = "- `ImageInput`: a path, a Pillow image, or a numpy array of uint8"

HEAD = f"""# Reference

Every public name of `align`, made from the code by `{COMMAND}`. A name that is not here is not public: any version may
change it. The guide is [python.md](python.md). The examples run in a folder that holds a collection, `mydiary`, after
`align run mydiary`, and every name in them is imported from `align`.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, names in GROUPS:
        parts.append(f"## {title}\n")
        for name in names:
            value = getattr(align, name)
            parts.append("\n".join(_class(name, value) if inspect.isclass(value) else _function(name, value)))
    aliases = [f"- `{name}`: {', '.join(f'`{value}`' for value in get_args(alias))}" for name, alias in ALIASES.items()]
    parts += ["## Names in types\n", IMAGE, *aliases, ""]
    parts += ["## Tables\n", "What `Results.frame` and `Results.to_parquet` give. A type with ? may be empty.\n"]
    for name, table in TABLES.items():
        rows = [f"| `{c.name}` | {c.type}{'?' if c.may_be_empty else ''} | {c.meaning} |" for c in table.columns]
        parts += [f"### {name}\n", f"One row is {table.row_is}.\n"]
        parts.append("\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows, ""]))
    return "\n".join(parts)


def _function(name: str, function: Callable[..., object]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"```text\n{_signature(name, function)}\n```\n"
    yield _docstring(function)


def _class(name: str, kind: type) -> Iterator[str]:
    yield f"### {name}\n"
    yield _docstring(kind)
    rows = [(f"`{own}`", f"`{_cell(shown)}`", _first(meaning)) for own, shown, meaning in _members(kind)]
    if rows:
        yield "| name | type | meaning |\n| --- | --- | --- |"
        yield from (f"| {' | '.join(row)} |" for row in rows)
        yield ""


def _members(kind: type) -> Iterator[tuple[str, str, str]]:
    """Name, type and docstring of the fields, properties and methods that a program may use, in the source's order."""
    bases = [base for base in kind.__mro__[::-1] if base.__module__.startswith("align.")]
    for base in bases:
        fields = inspect.get_annotations(base)
        methods = {name: value for name, value in vars(base).items() if callable(getattr(value, "__func__", value))}
        for name, type_ in fields.items():
            if not name.startswith("_") and name not in methods:
                yield name, str(type_), ""
        for name, value in vars(base).items():
            if name.startswith("_"):
                continue
            if isinstance(value, property):
                yield name, _result(value.fget), inspect.getdoc(value) or ""
            elif isinstance(value, classmethod | staticmethod) or inspect.isfunction(value):
                function = getattr(value, "__func__", value)
                yield name, _arguments(function), inspect.getdoc(value) or ""


def _tree(function: Callable[..., object] | None) -> ast.FunctionDef:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body  # type: ignore[arg-type]
    assert isinstance(tree, ast.FunctionDef)
    return tree


def _result(function: Callable[..., object] | None) -> str:
    returns = _tree(function).returns
    return "None" if returns is None else ast.unparse(returns)


def _arguments(function: Callable[..., object]) -> str:
    """The arguments of a method without the first, and what it returns."""
    tree = _tree(function)
    tree.args.args = tree.args.args[1:]
    return f"({ast.unparse(tree.args)}) -> {_result(function)}"


def _signature(name: str, function: Callable[..., object]) -> str:
    """The signature as in the source, one argument a line where it is long."""
    tree = _tree(function)
    result = _result(function)
    whole = f"{name}({ast.unparse(tree.args)}) -> {result}"
    if len(whole) <= WIDTH:
        return whole
    arguments = tree.args
    plain = len(arguments.args) - len(arguments.defaults)
    listed = [
        _argument(argument, arguments.defaults[i - plain] if i >= plain else None)
        for i, argument in enumerate(arguments.args)
    ]
    listed += ["*"] * bool(arguments.kwonlyargs)
    listed += [
        _argument(argument, default)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return f"{name}(\n" + "".join(f"    {argument},\n" for argument in listed) + f") -> {result}"


def _argument(argument: ast.arg, default: ast.expr | None) -> str:
    typed = f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation else argument.arg
    return typed if default is None else f"{typed} = {ast.unparse(default)}"


def _docstring(value: object) -> str:
    """The docstring as Markdown: its examples as blocks of code."""
    lines = (inspect.getdoc(value) or "").splitlines()
    out: list[str] = []
    example = False
    for line in lines:
        if line.lstrip().startswith(">>> ") and not example:
            out.append("```pycon")
            example = True
        elif example and not line.strip():
            out.append("```")
            example = False
        out.append(line.removeprefix("    ") if example and line.startswith("    >>>") else line)
    return "\n".join([*out, *["```"] * example, ""])


def _first(docstring: str) -> str:
    """The first sentence of a docstring, as a cell of a table."""
    first = " ".join(docstring.split("\n\n")[0].split())
    return _cell(re.split(r"(?<=[.])\s(?=[A-Z])", first)[0])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0
