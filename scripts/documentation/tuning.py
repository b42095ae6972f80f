"""docs/tuning.md: every tuned number with its value, unit, reason and source, a table for each package."""

from __future__ import annotations

from pathlib import Path

from align.tuning.every import TUNINGS
from align.tuning.numbers import Number, fingerprint, numbers

PAGE = Path(__file__).resolve().parents[2] / "docs/tuning.md"
COMMAND = "scripts/docs tuning"

HEAD = f"""# Tuned numbers

`{COMMAND}` makes this page from the modules `align/tuning/*.py`, and a test compares the two. Numbers that a format
fixes, and limits of memory, are in the code that uses them. When a tuned number changes, the next run links every
volume again. This command shows what a number does:

    scripts/eval tuning --sweep matching.jump_cost=14,18,22 --on locate

The source is *judged* where somebody chose the value by judgement. Otherwise it says on what the value was measured or
fitted.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD.rstrip("\n")]
    for package, tuning in TUNINGS.items():
        parts.append(f"\n## {package}\n\nFingerprint `{fingerprint(tuning)}`.\n")
        parts.append("| number | value | unit | why | source |\n| --- | --- | --- | --- | --- |")
        parts += ["| " + " | ".join(_cells(number)) + " |" for number in numbers(tuning)]
    return "\n".join(parts) + "\n"


def _cells(number: Number) -> list[str]:
    cells = [f"`{number.name}`", f"`{number.value!r}`", number.unit, number.why, number.source]
    return [cell.replace("|", "\\|") for cell in cells]


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0
