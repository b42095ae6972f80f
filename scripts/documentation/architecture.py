"""The picture and the tree of docs/architecture.md, drawn from the import contracts of pyproject.toml.

    scripts/docs architecture      writes docs/images/architecture.svg and the tree of the page

The floors are the layers of the contracts. What a room answers is the first sentence of its docstring.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/architecture.md"
PICTURE = ROOT / "docs/images/architecture.svg"
BEGIN = "<!-- The tree: made by scripts/docs architecture -->"
END = "<!-- End of the tree -->"

WIDTH, MARGIN, GAP = 960, 20, 8  # of the picture, in its units
FLOOR, TITLE = 30, 26  # heights of a floor and of a heading


@dataclass(frozen=True, slots=True)
class House:
    """A package whose rooms are on floors: the topmost floor first; rooms of one floor do not import each other."""

    package: str
    floors: tuple[tuple[str, ...], ...]

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms of all floors, from the top."""
        return tuple(room for floor in self.floors for room in floor)


def houses(pyproject: str) -> tuple[House, ...]:
    r"""The packages for which a contract of layers is in force, in the order of pyproject.toml.

    >>> houses('[[tool.importlinter.contracts]]\ntype="layers"\ncontainers=["align"]\nlayers=["cli", "text | ocr"]')
    (House(package='align', floors=(('cli',), ('text', 'ocr'))),)
    """
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    return tuple(
        House(container, tuple(tuple(room.strip(" ()") for room in layer.split("|")) for layer in contract["layers"]))
        for contract in contracts
        if contract["type"] == "layers"
        for container in contract["containers"]
    )


def answer(package: str, room: str, root: Path = ROOT) -> str:
    """The first sentence of a room's docstring, without its full stop: what the room is there for."""
    path = root.joinpath(*package.split("."), room)
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    first = " ".join(docstring.split("\n\n")[0].split())
    if not first:
        raise ValueError(f"{module.relative_to(root)} has no docstring: say in its first line what it is there for")
    return first.removesuffix(".")


def rooms_without_a_contract(package: str, root: Path = ROOT) -> tuple[str, ...]:
    """The packages in a package that no contract orders, by their names."""
    folder = root.joinpath(*package.split("."))
    return tuple(sorted(path.parent.name for path in folder.glob("*/__init__.py")))


def tree(contracts: tuple[House, ...], root: Path = ROOT) -> str:
    """The house as text: each room of each floor with what it answers, and under it the rooms within."""
    ordered = {house.package: house for house in contracts}
    rows = list(rows_of(ordered["align"], ordered, 1, root))
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(["    align/", *(f"    {name:{width}}{said}" for name, said in rows)])


def rows_of(house: House, ordered: dict[str, House], depth: int, root: Path) -> Iterator[tuple[str, str]]:
    """Name and answer of each room of a package and of the rooms within, indented by their depth."""
    for room in house.rooms:
        within = f"{house.package}.{room}"
        ending = "/" if root.joinpath(*within.split(".")).is_dir() else ".py"
        yield "    " * depth + room + ending, answer(house.package, room, root)
        plain = House(within, (rooms_without_a_contract(within, root),))
        yield from rows_of(ordered.get(within, plain), ordered, depth + 1, root)


def picture(contracts: tuple[House, ...]) -> str:
    """The floors as SVG: the whole house first, then each package whose rooms have an order of their own."""
    parts: list[str] = []
    top = MARGIN
    for house in contracts:
        title = "align: an upper floor imports lower ones, never back" if house.package == "align" else house.package
        parts.append(f'<text class="title" x="{MARGIN}" y="{top + 17}">{escape(title)}</text>')
        top += TITLE
        for floor in house.floors:
            parts += row_of_boxes(floor, top)
            top += FLOOR + GAP
        top += GAP
    height = top - GAP + MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>The floors of align, drawn from its import contracts</title>",
            "<style>text { font: 14px sans-serif; fill: #222 } .title { font-weight: bold } "
            "rect { fill: #eef3f8; stroke: #56708a }</style>",
            f'<path d="M0 0H{WIDTH}V{height}H0Z" fill="#fff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def row_of_boxes(floor: tuple[str, ...], top: int) -> list[str]:
    """One floor: its rooms side by side, in boxes of one width."""
    width = (WIDTH - 2 * MARGIN - GAP * (len(floor) - 1)) / len(floor)
    boxes = []
    for place, room in enumerate(floor):
        left = MARGIN + place * (width + GAP)
        boxes.append(f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{FLOOR}" rx="4"/>')
        boxes.append(f'<text x="{left + width / 2:.1f}" y="{top + 20}" text-anchor="middle">{escape(room)}</text>')
    return boxes


def with_tree(page: str, drawn: str) -> str:
    """The page with this tree between its two marks; ValueError where a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/architecture.md needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{drawn}\n\n{END}{after}"


def main() -> int:
    """Write the picture and the tree."""
    contracts = houses((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    PICTURE.write_text(picture(contracts), encoding="utf-8")
    PAGE.write_text(with_tree(PAGE.read_text(encoding="utf-8"), tree(contracts)), encoding="utf-8")
    return 0
