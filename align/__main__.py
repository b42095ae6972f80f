"""`python -m align` and the console script."""

from __future__ import annotations

import sys

from align.cli import main as command_line


def main() -> None:
    """Run the command and end the process with its exit code."""
    sys.exit(command_line())


if __name__ == "__main__":
    main()
