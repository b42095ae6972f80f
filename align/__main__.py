"""`python -m align` and the console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and end the process with its exit code."""
    # Loading the libraries takes a second. Ctrl-C during that second should not show a traceback.
    try:
        from align.cli import main as command_line
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(command_line())


if __name__ == "__main__":
    main()
