"""What was found of the faults of each kind, and the tables that say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from align.linking.findings.catalogue.sentence_entries import LIKELY_MISPRINT

# The kinds of faults that are one word changed.
WORDS = ("word changed", "name changed", "number changed")


@dataclass
class Tally:
    """How many faults of a kind were found, and the findings about none of them, apart from the usual ones.

    `true_misprints` counts the findings that are right though nobody put the fault in.
    """

    faults: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)
    extra: Counter[str] = field(default_factory=Counter)
    usual: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    true_misprints: int = 0


def report(
    tallies: dict[str, Tally], alarms: dict[str, Counter[str]], sentences: Counter[str], right_alarms: Counter[str]
) -> dict[str, float]:
    """Print the tables; the figures by name, for the floors.

    `right_alarms` counts the alarms that are right: misprints that the texts of real volumes have themselves. Both ways
    of counting are printed; the floors are about the alarms that are not right.
    """
    figures: dict[str, float] = {}
    print(f"{'fault':22}{'faults':>8}{'recall':>9}   other findings")
    for kind, tally_of_kind in tallies.items():
        if not tally_of_kind.faults:
            continue
        recall = tally_of_kind.found / tally_of_kind.faults
        figures[kind] = recall
        extra = ", ".join(f"{code} {n}" for code, n in tally_of_kind.extra.most_common(4))
        print(f"{kind:22}{tally_of_kind.faults:8d}{recall:9.4f}   {extra}")
    words = [tallies[kind] for kind in WORDS if kind in tallies]
    right = sum(t.right[LIKELY_MISPRINT.code] for t in words)
    # A finding that the undamaged volume has too is a false alarm here as well.
    wrong = sum(t.extra[LIKELY_MISPRINT.code] + t.usual[LIKELY_MISPRINT.code] for t in words)
    if right + wrong:
        print(f"likely-misprint: {right + wrong} reported, precision {right / (right + wrong):.4f}")
        true = sum(t.true_misprints for t in words)
        figures["misprint precision"] = right / (right + wrong - true)
        print(f"  without {true} about misprints that the real texts have: {right / (right + wrong - true):.4f}")
    print(f"{'undamaged':22}{'sentences':>10}{'per 100':>9}   false alarms")
    for family, count in sentences.items():
        total = sum(alarms[family].values())
        figures[f"calm {family}"] = 1 - (total - right_alarms[family]) / count
        codes = ", ".join(f"{code} {n}" for code, n in alarms[family].most_common())
        print(f"{family:22}{count:10d}{100 * total / count:9.3f}   {codes}")
        if right_alarms[family]:
            rest = total - right_alarms[family]
            print(f"{'  without true misprints':32}{100 * rest / count:9.3f}   {right_alarms[family]} are right")
    return figures
