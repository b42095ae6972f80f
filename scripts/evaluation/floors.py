"""The floors under what was measured: figures in tests/eval_floors.json that may rise and not fall."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parents[2] / "tests" / "eval_floors.json"
# A figure may fall this far below its floor before it counts: the engine's last letters differ between machines.
NOISE = 0.001

Floors = dict[str, Any]


def read() -> Floors:
    """All floors; none where the file is not there."""
    floors: Floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    return floors


def compare(
    name: str, floor: dict[str, float], figures: Mapping[str, float | None], *, lower: bool, noise: float = NOISE
) -> list[str]:
    """What fell below its floor, as sentences; the floor is raised to the figures in place, or set to them if lower."""
    fallen = []
    for figure, value in figures.items():
        if value is None:
            continue
        if value < floor.get(figure, 0.0) - noise:
            fallen.append(f"{name} {figure}: {value:.4f}, its floor is {floor[figure]:.4f}")
        if lower or value > floor.get(figure, 0.0):
            floor[figure] = round(value, 4)
    return fallen


def settle(floors: Floors, fallen: list[str], *, update: bool, lower: bool) -> int:
    """1 where a figure fell and may not; what fell is printed, and the floors are written with update."""
    if update:
        part = FLOORS.with_suffix(".part")
        part.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
        part.replace(FLOORS)
    for line in fallen:
        print(line, file=sys.stderr)
    return 1 if fallen and not (update and lower) else 0
