"""`python -m align` and the console script."""

from __future__ import annotations


def main() -> None:
    """Run the command."""
    from align.cli import command

    command()


if __name__ == "__main__":
    main()
