"""What `import align` offers: light, whole, documented, with examples that run."""

from __future__ import annotations

import ast
import doctest
import inspect
import pkgutil
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import align
import align.api

HEAVY = ("cv2", "numpy", "lxml", "rapidfuzz", "PIL", "click", "pandas", "pyarrow")
FUNCTIONS = [name for name in align.__all__ if inspect.isfunction(getattr(align, name))]
# Values that others return: what they are stands in their own docstring, and an example would only repeat it.
MODULES = sorted(
    {getattr(align, name).__module__ for name in align.__all__}
    | {f"align.api.{module.name}" for module in pkgutil.iter_modules(align.api.__path__)}
)


def test_import_is_light():
    """`import align` loads none of the libraries that it is built on, and nothing of its own parts."""
    program = f"import sys, align; print([n for n in {HEAVY} if n in sys.modules], align.__all__ == dir(align))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"


def test_the_errors_are_an_attribute():
    """`import align` alone suffices to use `align.errors`, and other modules are not loaded by such a name."""
    program = "import align; print(align.errors.AlignError is align.AlignError, hasattr(align, 'nothing'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True False"


def test_only_what_is_used_is_loaded():
    """Folding a text loads the text layer, neither pixels nor tables."""
    program = f"import sys, align; align.fold('a'); print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_type_checkers_see_what_programs_get():
    """The names that a type checker reads in align are those that the program loads, from the same places."""
    tree = ast.parse(Path(align.__file__).read_text(encoding="utf-8"))
    (checked,) = [n for n in tree.body if isinstance(n, ast.If) and isinstance(n.test, ast.Name)]
    imported = {own.module: tuple(sorted(alias.name for alias in own.names)) for own in checked.body}
    assert imported.pop("align") == ("errors",)
    assert imported == {module: tuple(sorted(names)) for module, names in align._MODULES.items()}
    assert sorted(name for names in imported.values() for name in names) == align.__all__


def test_an_unknown_name_is_an_attribute_error():
    """A name that align does not have is an AttributeError, and a subpackage can be imported from it."""
    with pytest.raises(AttributeError, match="nonsense"):
        _ = align.nonsense
    from align import model

    assert model.Box is align.Box


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example(name):
    """Every public function has an example in its docstring."""
    assert ">>> " in (inspect.getdoc(getattr(align, name)) or "")


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name, session):
    """The examples of the public names print what they say, in a folder that holds the collection `mydiary`."""
    if name == "align.api.running":
        shutil.rmtree(session / "mydiary/aligned")
    module = import_module(name)
    names = {name: getattr(align, name) for name in align.__all__}
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for example in finder.find(module, globs={**names, **vars(module)}):
        runner.run(example)
    assert runner.failures == 0


@pytest.mark.parametrize("name", align.__all__)
def test_reprs_are_one_line(name, session):
    """What the public functions return is shown in one line of at most 200 characters."""
    results = align.open_results("mydiary")
    volume = results["diary"]
    page = align.read_page("mydiary/images/diary/0001.png")
    shown = {
        "Collection": align.open_collection("mydiary"),
        "Findings": volume.findings,
        "Folded": align.fold("слово " * 1000),
        "LinkedSentence": volume.links[0],
        "Outcome": align.run("mydiary", jobs=1),
        "PageReading": page,
        "Results": results,
        "SentenceArea": volume.links[0].areas[0],
        "SentencePair": volume.beads[0],
        "Volume": volume,
        "VolumeDocument": volume.documents[0],
        "VolumeFinding": volume.findings[0],
        "VolumePage": volume.pages[0],
    }
    if name in shown:
        assert type(shown[name]) is getattr(align, name)
        assert "\n" not in repr(shown[name])
        assert len(repr(shown[name])) <= 200
