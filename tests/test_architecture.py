"""The package is built as docs and pyproject.toml say: its layers, its sizes, its names, what can be imported."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import align

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "align"
LONGEST = 300  # lines of a module
LONGEST_FUNCTION = 60  # lines
MOST_MODULES = 16  # directly in one folder
MOST_NAMESAKES = 2  # modules of one name
# Modules that are longer, each with the reason why it is one thing.
LONG: dict[str, str] = {}


def test_the_import_contracts_hold():
    """Upper layers import lower ones, siblings do not know each other, and the pure layers do no I/O."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_are_short(path):
    """A module has at most 300 lines, or is in the list of longer ones with its reason."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    name = path.relative_to(ROOT).as_posix()
    assert lines <= LONGEST or LONG.get(name), f"{name} has {lines} lines: what are the two things in it?"


def test_long_modules_are_long():
    """The list of longer modules names only modules that are longer."""
    for name in LONG:
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) > LONGEST, name


def test_align_exports_what_all_names():
    """`__all__` of align is what a program sees in it, in order, and each name leads to a value."""
    program = (
        "import align; before = dir(align); print([n for n in align.__all__ if getattr(align, n) is None], before)"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert seen.strip() == f"[] {align.__all__}"
    assert align.__all__ == sorted(align.__all__)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda p: str(p.parent.relative_to(ROOT)))
def test_packages_export_what_they_name(path):
    """What a package names in `__all__` is there, and named once."""
    package = importlib.import_module(".".join(path.parent.relative_to(ROOT).parts))
    names = list(getattr(package, "__all__", ()))
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(package, name)] == []


def test_every_folder_is_a_package():
    """Every folder with modules is a package, so that import-linter and the wheel see it."""
    assert [str(p.parent) for p in PACKAGE.rglob("*.py") if not (p.parent / "__init__.py").exists()] == []


def test_functions_are_short():
    """A function of align has at most 60 lines, its docstring included."""
    long = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT).as_posix()}: {node.name} has {lines} lines")
    assert long == [], "divide these into steps that have a name each"


def test_folders_are_small():
    """A folder of align has at most 16 modules directly in it, its __init__ not counted."""
    modules = Counter(path.parent.relative_to(ROOT).as_posix() for path in _modules())
    assert {folder: count for folder, count in modules.items() if count > MOST_MODULES} == {}


def test_module_names_are_rare():
    """A name of a module is used in at most two folders of align: a reader can ask for a module by its name alone."""
    folders = defaultdict(list)
    for path in _modules():
        folders[path.stem].append(path.parent.relative_to(ROOT).as_posix())
    assert {name: where for name, where in folders.items() if len(where) > MOST_NAMESAKES} == {}


def _modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py"]
