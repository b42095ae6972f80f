"""`python -m align` and the console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and end the process with its exit code."""
    # Loading the libraries takes a second, in which Ctrl-C should be no traceback either.
    try:
        from align.cli import main as command_line
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(command_line())


if __name__ == "__main__":
    main()
