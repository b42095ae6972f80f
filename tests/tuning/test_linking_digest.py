"""What makes volumes be linked anew, and the guard against forgetting to say that results may differ."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from support.golden_files import compare_with_golden
from support.small_volumes import small_volumes

from align.linking import link_volume
from align.model import key
from align.tuning.every import LINKING_VERSION, TUNINGS, linking_digest
from align.tuning.linking import LINKING
from align.tuning.numbers import fingerprint, numbers, with_number

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/linked_results.json"


def linked_results() -> str:
    """A digest over the links, findings, matches, roles and labels of the small volumes, figures in three digits."""
    parts = []
    for pages, texts in small_volumes():
        result = link_volume("v", pages, texts)
        for page, matches in zip(result.pages, result.matches, strict=True):
            spans = [(line, [m.span for m in of_line]) for line, of_line in sorted(matches.items())]
            parts.append(repr((page.label, [line.role for line in page.lines], spans)))
        for link in result.links:
            areas = [(a.page, [repr(box) for box in a.boxes], a.lines, a.spans) for a in link.areas]
            parts.append(repr((link.key, link.status, link.reason, link.via, f"{link.score:.3f}", link.counterparts)))
            parts.append(repr(areas))
        for finding in result.findings:
            what = (finding.key, finding.code, finding.severity, finding.pages, finding.lines, finding.sentences)
            parts.append(repr((*what, finding.spans, finding.message, finding.suggestion)))
    return key(*parts)


def test_other_results_have_another_version(request: pytest.FixtureRequest) -> None:
    """Results that differ from the stored ones come with another LINKING_VERSION or other tuned numbers."""
    known = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
    tuned = fingerprint(*TUNINGS.values())
    now = {"linking_version": LINKING_VERSION, "tuned_numbers": tuned, "results": linked_results()}
    same_version = known.get("linking_version") == LINKING_VERSION and known.get("tuned_numbers") == tuned
    assert not same_version or now["results"] == known["results"], (
        "the results of the small volumes changed: raise LINKING_VERSION in align/tuning/every.py, "
        "so that users' volumes are linked anew, and renew the stored digest with --update-golden"
    )
    compare_with_golden(GOLDEN, json.dumps(now, indent=2) + "\n", update=request.config.getoption("--update-golden"))


def test_every_tuned_number_counts() -> None:
    """Each module of tuned numbers has its instance among the tunings, and any changed number changes their digits."""
    modules = {path.stem for path in (ROOT / "align/tuning").glob("*.py")} - {"__init__", "every", "numbers"}
    assert modules == set(TUNINGS)
    parts = {path.stem for path in (ROOT / "align/tuning/linking_parts").glob("linking_*.py")}
    assert parts <= {f"linking_{field.name}" for field in fields(LINKING) if is_dataclass(getattr(LINKING, field.name))}
    matching = TUNINGS["matching"]
    assert fingerprint(replace(matching, jump_cost=19.0)) != fingerprint(matching)  # type: ignore[type-var]
    for number in numbers(LINKING):
        assert fingerprint(with_number(LINKING, number.name, -1.0)) != fingerprint(LINKING), number.name


@pytest.mark.parametrize(
    ("name", "number", "value", "linked_again"),
    [("decisions", "cost_sentence", 9.0, False), ("decisions", "successor_percent", 61.0, False),
     ("matching", "jump_cost", 19.0, True)],
)  # fmt: skip
def test_numbers_of_decisions_link_nothing_again(monkeypatch, name, number, value, linked_again):
    """Another number of decisions, such as a cost, leaves all volumes as they are linked; one of linking does not."""
    before = linking_digest()
    changed = with_number(TUNINGS[name], number, value)
    monkeypatch.setattr("align.tuning.every.TUNINGS", {**TUNINGS, name: changed})
    assert (linking_digest() != before) == linked_again
