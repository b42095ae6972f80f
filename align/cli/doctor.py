"""`align doctor`: what is missing, and the command that installs it."""

from __future__ import annotations

import sys

import click

from align.batch.lexicons import Lexicons
from align.batch.selection import LANGUAGES
from align.errors import ExitCode, MissingDependencyError
from align.ocr import TesseractEngine, TesserocrEngine, tesseract_name


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
    wanted = languages or LANGUAGES
    click.echo(f"Python {sys.version.split()[0]}: found")
    try:
        engine = TesseractEngine.installed()
        missing = engine.missing_languages(wanted)
    except MissingDependencyError as error:
        packages = " ".join(["tesseract-ocr", *(f"tesseract-ocr-{tesseract_name(tag)}" for tag in wanted)])
        click.echo(f"Tesseract: missing. {error.message}")
        click.echo(f"On Debian and Ubuntu: sudo apt-get install {packages}")
        return int(ExitCode.MISSING_DEPENDENCY)
    click.echo(f"Tesseract {engine.version}: found")
    for tag in wanted:
        name = tesseract_name(tag)
        if tag in missing:
            click.echo(f"Tesseract's data for {tag} ({name}): missing. On Debian and Ubuntu: "
                       f"sudo apt-get install tesseract-ocr-{name.replace('_', '-')}")  # fmt: skip
        else:
            click.echo(f"Tesseract's data for {tag} ({name}): found")
    click.echo(_library())
    click.echo(_dictionary())
    if missing:
        return int(ExitCode.MISSING_DEPENDENCY)
    click.echo("Nothing is missing.")
    return int(ExitCode.DONE)


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
