"""`align doctor`: what is missing, and the command that installs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from align.batch.lexicons import Lexicons
from align.batch.selection import LANGUAGES
from align.errors import ExitCode, MissingDependencyError
from align.files.collection.settings import nearest
from align.files.paths import shown
from align.ocr import TESSERACT_NAMES, TesseractEngine, TesserocrEngine, has_name, tesseract_name


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
def doctor(languages: tuple[str, ...]) -> int:
    """Say what is missing on this machine, and the command that installs it.

    LANGUAGE is a language of the pages as in file names (ru, en, de ...); Russian and English if none is given.

    \b
    Example:
      align doctor
      align doctor ru en de
    """  # noqa: D301 - click's mark for lines that stay as they are
    wanted = tuple(dict.fromkeys(languages)) or LANGUAGES
    unknown = [tag for tag in wanted if not has_name(tag)]
    known = tuple(tag for tag in wanted if tag not in unknown)
    click.echo(f"Python {sys.version.split()[0]}: found")
    try:
        engine = TesseractEngine.installed()
        missing = engine.missing_languages(known)
    except MissingDependencyError as error:
        packages = " ".join(["tesseract-ocr", *map(_package, known)])
        click.echo(f"Tesseract: missing. {error.message}")
        click.echo(f"On Debian and Ubuntu: sudo apt-get install {packages}")
        _say_unknown(unknown)
        return int(ExitCode.MISSING_DEPENDENCY)
    click.echo(f"Tesseract {engine.version}: found")
    for tag in known:
        name = tesseract_name(tag)
        if tag in missing:
            click.echo(
                f"Tesseract's data for {tag} ({name}): missing. On Debian and Ubuntu: "
                f"sudo apt-get install {_package(tag)}"
            )
        else:
            click.echo(f"Tesseract's data for {tag} ({name}): found")
    _say_unknown(unknown)
    click.echo(_library())
    click.echo(_dictionary())
    if missing or unknown:
        return int(ExitCode.MISSING_DEPENDENCY)
    click.echo("Nothing is missing.")
    return int(ExitCode.DONE)


def _package(tag: str) -> str:
    return f"tesseract-ocr-{tesseract_name(tag).replace('_', '-')}"


def _say_unknown(tags: Sequence[str]) -> None:
    """Say of each language that it is no code that Tesseract knows, and which code may be meant."""
    for tag in tags:
        near = nearest(tag, [*TESSERACT_NAMES, *TESSERACT_NAMES.values()])
        click.echo(
            f"Language {shown(tag)}: there is no such language code{near}. "
            "Give a code of two or three letters, such as ru, en or de."
        )


def _library() -> str:
    """A line on whether Tesseract is installed as a library too; only `align run --engine tesserocr` needs it."""
    try:
        engine = TesserocrEngine.installed()
    except MissingDependencyError as error:
        return f"tesserocr, for align run --engine tesserocr: not there. {error.message}"
    return f"tesserocr {engine.version}, for align run --engine tesserocr: found, with the data in {engine.tessdata}"


def _dictionary() -> str:
    """A line on whether the English-Russian dictionary is installed, which the sentence aligner can use."""
    state = "found" if Lexicons.installed().dictionary else "not there. Nothing needs it; it adds rare words"
    return f"mueller7-dict, an English-Russian dictionary: {state}"
