"""The command group and the one place where errors become messages and exit codes."""

from __future__ import annotations

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="facsimile-align", prog_name="align")
def command() -> None:
    """Link every sentence of a transcription and its translation to its place on the scanned page."""
