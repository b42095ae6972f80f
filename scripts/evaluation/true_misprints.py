"""Misprints that the texts of the real volumes have themselves: findings about them are right, and no false alarms.

Each was looked at on its scan. The figures count them as false alarms first, and are then given without them, so that
both can be compared. A finding that is not in this list is a false alarm, whatever it says.
"""

from __future__ import annotations

from collections.abc import Mapping

from align.model import Finding

# By volume: what the text has, and what stands on the page.
MISPRINTS: Mapping[str, frozenset[tuple[str, str]]] = {
    "EHRI-BF-19380509b_EN": frozenset(
        {
            ("amound", "amount"),
            ("impartially", "impartiality"),
            ("of", "from"),
            ("ant", "and"),
            ("Lakenback", "Lakenbach"),
            ("a", "are"),
        }
    ),
    "EHRI-DR-19390519-US": frozenset({("part of", "part")}),
    "b_engravings_of_lions": frozenset({("QUADRIPEDS", "QUADRUPEDS"), ("ould", "Could"), ("feed", "fleed")}),
    "c_boy_apprenticed": frozenset({("f", "of"), ("own", "down")}),
}


def is_true(volume: str, finding: Finding) -> bool:
    """Whether a finding about an undamaged text tells of a misprint that the text really has."""
    said = (finding.values.get("written"), finding.values.get("read"))
    return said in MISPRINTS.get(volume, frozenset())
