"""The command group, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from importlib import import_module

import click

from align.cli.output import safe_output
from align.errors import AlignError, ExitCode
from align.version import VERSION
from align.workers.interrupts import MESSAGE

# Each command has a module of its own name, align.cli.<name>; that of `import` has a name that Python can import.
COMMANDS = ("import", "run", "report", "view", "review", "serve", "decisions", "corrections", "export", "doctor")


class Commands(click.Group):
    """A group that loads a command when it is called: each has its own libraries, and a run needs few of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """The names of the commands, in their order in the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click asks so
        """The command of this name, or None."""
        return command_named(cmd_name) if cmd_name in COMMANDS else None


def command_named(name: str) -> click.Command:
    """The command of this name, loaded from its module."""
    own = "importing" if name == "import" else name
    loaded = getattr(import_module(f"align.cli.{own}"), own)
    assert isinstance(loaded, click.Command)
    return loaded


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="align")
@click.option("-v", "--verbose", is_flag=True, help="Print more messages, and the traceback of every error.")
@click.pass_obj
def command(begin: Callable[[], object] | None, verbose: bool) -> None:
    """Link every sentence of a transcription and its translation to its place on the scanned page.

    \b
    Example:
      align run mydiary            mydiary/images/ and mydiary/transcripts/ in, mydiary/aligned/ out
      align run mydiary --dry-run  only say what would be read
    """  # noqa: D301 - click's mark for lines that stay as they are
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
    )
    # Pillow logs every part of every file.
    logging.getLogger("PIL").setLevel(logging.WARNING)
    if begin is not None:
        begin()


def main(arguments: list[str] | None = None, *, begin: Callable[[], object] | None = None) -> int:
    """The exit code of the command with these arguments (None: the arguments of the process).

    `begin` is called when the libraries of the command are loaded, before it does its work. A known error is printed as
    one sentence, with its traceback if -v is given. An unknown error is a bug, and its traceback is always printed.
    """
    verbose = bool({"-v", "--verbose"} & set((arguments if arguments is not None else sys.argv[1:])[:1]))
    with safe_output():
        try:
            result = command.main(arguments, prog_name="align", standalone_mode=False, obj=begin)
            return int(result) if isinstance(result, int) else int(ExitCode.DONE)
        except click.exceptions.Exit as stop:
            return stop.exit_code
        except click.ClickException as error:
            error.show()
            return int(ExitCode.USAGE)
        except (click.Abort, KeyboardInterrupt):
            click.echo(MESSAGE, err=True)
            return int(ExitCode.INTERRUPTED)
        except AlignError as error:
            if verbose:
                traceback.print_exc()
            click.echo(f"align: {error.message}", err=True)
            return int(error.exit_code)
        except Exception:  # noqa: BLE001 - the last resort: a bug keeps its traceback and has its exit code
            traceback.print_exc()
            click.echo("align: this is a fault of the program; please report the lines above.", err=True)
            return int(ExitCode.BUG)
