"""The documents say what the program does, all of it, and nothing else."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner

from align.cli import command
from align.cli.main import COMMANDS as NAMES
from align.cli.main import command_named
from align.database import faults as database_faults
from align.errors import ExitCode
from align.files.collection.settings import DocumentSettings, VolumeSettings, parse_settings
from align.model.link import Status

sys.path.append(str(Path(__file__).parents[1] / "scripts"))

from documentation import findings as findings_pages

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FINDINGS = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
FOR_USERS = (ROOT / "README.md").read_text(encoding="utf-8") + GUIDE
OWN = {name: command_named(name) for name in NAMES}
COMMANDS = {"align": command, **{f"align {name}": own for name, own in OWN.items()}}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def rows(page: str) -> list[list[str]]:
    """The cells of each table row of a page, headings and rules left out."""
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]
    return [row for row in cells if not set(row[0]) <= set("-: ") and row[0] not in ("code", "cause", "status")]


# The command


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_documented(name):
    """Every command, and every option of it, stands in the README or the guide."""
    assert name in FOR_USERS
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            longest = max(parameter.opts, key=len)
            assert re.search(rf"{re.escape(longest)}\b", FOR_USERS), f"{name} {longest}"
            if isinstance(parameter.type, click.Choice):
                assert all(
                    f"`{choice}`" in GUIDE or f"{longest} {choice}" in GUIDE for choice in parameter.type.choices
                )


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_have_help(name):
    """The help of a command has an example of that command, and says something about every option."""
    own = COMMANDS[name]
    assert re.search(rf"Example:\n(?:\s*{name}\b[^\n]*\n)", own.help or ""), own.help
    for parameter in own.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.opts
    shown = CliRunner().invoke(command, [*name.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert "Example:" in shown.output


def typed_commands() -> Iterator[tuple[str, str]]:
    """Every command line that a document or a help text shows: a line of a block, or a piece of code in a sentence."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for line in re.findall(r"(?:^|`)(?:    )?(align [^`\n]*)", text, re.MULTILINE):
            yield named(page), line
    for name, own in COMMANDS.items():
        for line in (own.help or "").split("Example:")[-1].splitlines():
            if line.strip().startswith("align "):
                yield f"{name} --help", re.split(r" {3,}|  only", line.strip())[0]


@pytest.mark.parametrize(("where", "line"), sorted(set(typed_commands())))
def test_shown_commands_are_right(where, line):
    """Every command line that is shown has a command and options that exist."""
    words = shlex.split(line.replace("align --verbose ", "align "))[1:]
    if words in (["--version"], ["--help"]):
        return
    own = OWN[words[0]]
    if "--help" not in words:
        # In a sentence a command may stand without its collection.
        with suppress(click.MissingParameter):
            own.make_context(words[0], words[1:])


def test_the_sample_can_be_asked_for_a_dry_run(tmp_path):
    """A dry run of the sample collection says what each text is taken for, and writes nothing."""
    for folder in ("images", "transcripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    before = set(tmp_path.rglob("*"))
    shown = CliRunner().invoke(command, ["run", str(tmp_path), "--dry-run"], standalone_mode=False)
    assert shown.exception is None
    for path in sorted(ROOT.glob("transcripts/*/*")):
        assert f"{path.relative_to(ROOT).as_posix()}: document {path.name.split('.')[0]}, language " in shown.output
    assert set(tmp_path.rglob("*")) == before


# Examples and links


def test_every_program_is_run():
    """Programs stand only in the documents whose programs a test runs, each in the folder that it needs."""
    # tests/api/test_python_guide.py, tests/export/test_results_guide.py, test_iiif_guide.py and test_exports_guide.py
    run = {"README.md", "docs/python.md", "docs/results.md", "docs/iiif.md", "docs/exports.md"}
    assert {named(page) for page in PAGES if blocks(page, "python")} <= run


def test_the_guide_s_settings():
    """The guide's collection.toml is read without complaint, and names every setting that does something."""
    (example,) = blocks(ROOT / "docs/guide.md", "toml")
    settings = parse_settings(example.encode())
    table = tomllib.loads(example)
    assert settings.title
    assert settings.page_marker is not None
    assert settings.page_marker.fullmatch("leaf 12")
    assert set(table["volume"]["1934"]) == {"title", "language", "labels", "order", "text_layer"}
    assert settings.volumes["1934"] != VolumeSettings()
    assert settings.documents["1934-12-18"].details.keys() == {
        "title", "date", "author", "recipient", "repository", "identifier", "description",
    }  # fmt: skip
    assert settings.documents["1934-12-18"] != DocumentSettings()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page):
    """Every link from a document to a file leads to one, and its part after # to a heading there."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        path, _, part = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.exists(), f"{named(page)} links to {target}"
        assert to.is_relative_to(ROOT.resolve())
        if part:
            headings = re.findall(r"^#+ (.*)$", to.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings]


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_every_document_is_listed(folder):
    """Every document of a folder stands in the folder's table of contents."""
    index = next(ROOT / folder / name for name in ("index.md", "README.md") if (ROOT / folder / name).exists())
    listed = set(re.findall(r"\]\(([^)/]+\.md)\)", index.read_text(encoding="utf-8")))
    assert listed == {p.name for p in (ROOT / folder).glob("*.md")} - {index.name}


# Findings, causes, exit codes


def causes() -> set[str]:
    """Every cause that a failure can have: `cause=` of errors, the first word of Failure, what a database refuses."""
    found = set(database_faults.CAUSES)
    for path in (ROOT / "align").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            given = [k.value for k in call.keywords if k.arg == "cause"]
            if isinstance(call.func, ast.Name) and call.func.id == "Failure":
                given += call.args[:1]
            for value in given:
                own = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                found |= {v.value for v in own if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return found


@pytest.mark.parametrize("language", findings_pages.PAGES)
def test_findings_pages_are_made_from_the_catalogue(language):
    """The tables of docs/findings.md and docs/findings.ru.md are those of the catalogue."""
    written = findings_pages.PAGES[language].read_text(encoding="utf-8")
    assert written == findings_pages.renewed(written, language), f"run {findings_pages.COMMAND}"


def test_findings_of_pages_and_texts_have_an_example():
    """Each code about sentences, pages or documents has a heading with an example message; pictures are small."""
    told, examples = FINDINGS.split("## Examples")
    about_files = told.index("## Texts")
    listed = re.findall(r"^\| `([a-z-]+)`", told[:about_files], re.MULTILINE)
    parts = re.split(r"^### ", examples, flags=re.MULTILINE)[1:]
    shown = [part.split("\n")[0] for part in parts]
    assert sorted(shown) == sorted(listed)
    assert [part for part in parts if "\n> " not in part] == []
    pictures = [ROOT / "docs" / name for name in re.findall(r"\]\((images/findings/[^)]+)\)", examples)]
    assert sorted(pictures) == sorted((ROOT / "docs/images/findings").iterdir())
    assert max(path.stat().st_size for path in pictures) < 25_000


def test_every_cause_is_documented():
    """docs/errors.md has every cause that a failure can have, and no other."""
    listed = [c for row in rows(ERRORS) if row[0][0] == "`" for c in re.findall(r"`([a-z-]+)`", row[0])]
    assert set(listed) == causes()


def test_every_exit_code_is_documented():
    """docs/errors.md has every exit code, and no other; the help of run names each."""
    listed = [int(row[0]) for row in rows(ERRORS) if row[0].isdigit()]
    assert listed == [int(code) for code in ExitCode]
    help_text = OWN["run"].help or ""
    assert all(re.search(rf"\b{code} \w", help_text) for code in listed)


def test_every_status_is_documented():
    """The guide has a row for every status of a sentence, and the result guide too."""
    for text, mark in ((GUIDE, ""), ((ROOT / "docs/results.md").read_text(encoding="utf-8"), "`")):
        assert {f"{mark}{status}{mark}" for status in get_args(Status)} <= {row[0] for row in rows(text)}


# The change log


def test_the_change_log_has_its_groups():
    """The change log's versions have the groups of Keep a Changelog in order, and "Results may change" last."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    groups = ["Added", "Changed", "Fixed", "Removed", "Results may change"]
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert versions
    for version in versions:
        found = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert found == [group for group in groups if group in found]
        assert found
