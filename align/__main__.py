"""`python -m align` and the console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and end the process with its exit code."""
    try:
        from align.workers.own_process import OwnProcess

        process = OwnProcess()
    except KeyboardInterrupt:
        # Signals are answered from the line above on. Before it, Ctrl-C is still this exception.
        if sys.stderr is not None:
            sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    try:
        from align.cli import main as command_line

        sys.exit(process.done(command_line(begin=process.work)))
    except KeyboardInterrupt:
        # It came when the command had just ended, or while it said why.
        process.end()


if __name__ == "__main__":
    main()
