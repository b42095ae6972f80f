"""What makes volumes be linked anew, and the guard against forgetting to say that results may differ."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from support.golden_files import compare_with_golden
from support.linked_volumes import make_line, make_pages, make_text, paged, prose

from align.linking import link_volume
from align.model import key
from align.tuning.every import LINKING_VERSION, TUNINGS
from align.tuning.numbers import fingerprint

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/linked_results.json"

RUSSIAN = (
    "12 марта 1934 г.\n\nУтром приехал Карпов и привёз 17 писем из Ленинграда. Одно письмо было от моей сестры Веры. "
    "Она пишет, что в городе холодно. Вечером мы обедали у посла.\n\nPage 2\n\nПосол спросил, когда я еду в Москву. "
    "Я ответил, что поеду 25 апреля. Он ничего не сказал. Ночью я долго не мог уснуть.\n"
)
ENGLISH = (
    "12 March 1934\n\nIn the morning Karpov arrived with 17 letters from Leningrad; one was from my sister Vera. "
    "It is cold in town, she writes. In the evening we dined with the ambassador. The ambassador asked when I was "
    "going to Moscow. I answered that I should go on 25 April. At night I could not sleep for a long time.\n"
)


def misread(text: str, share: float, rng: Random) -> str:
    """The text with this share of its letters misread."""
    return "".join(rng.choice("аеиост") if c.isalpha() and rng.random() < share else c for c in text)


def small_volumes():
    """Pages and texts: a translated entry; pages misread, swapped, lost, repeated; a translation alone."""
    rng = Random(7)
    story = " ".join(prose("ru")[:90])
    pages = [[misread(line, 0.08, rng) for line in page] for page in paged(story, lines=9)]
    pages[1], pages[2] = pages[2], pages[1]
    del pages[4]
    pages.append(pages[0])
    entry = paged(RUSSIAN.replace("Page 2", ""), lines=7)
    entry[0] = ["Дневник", *entry[0], make_line("17", 600, 900)]
    yield make_pages(entry), [make_text(RUSSIAN), make_text(ENGLISH, language="en")]
    yield make_pages(pages), [make_text(story)]
    yield make_pages(entry), [make_text(ENGLISH, language="en")]


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
    numbers = fingerprint(*TUNINGS.values())
    now = {"linking_version": LINKING_VERSION, "tuned_numbers": numbers, "results": linked_results()}
    same_version = known.get("linking_version") == LINKING_VERSION and known.get("tuned_numbers") == numbers
    assert not same_version or now["results"] == known["results"], (
        "the results of the small volumes changed: raise LINKING_VERSION in align/tuning/every.py, "
        "so that users' volumes are linked anew, and renew the stored digest with --update-golden"
    )
    compare_with_golden(GOLDEN, json.dumps(now, indent=2) + "\n", update=request.config.getoption("--update-golden"))


def test_every_tuned_number_counts() -> None:
    """Each module of tuned numbers has its instance among the tunings, and any changed number changes their digits."""
    modules = {path.stem for path in (ROOT / "align/tuning").glob("*.py")} - {"__init__", "every", "numbers"}
    assert modules == set(TUNINGS)
    matching = TUNINGS["matching"]
    assert fingerprint(replace(matching, jump_cost=19.0)) != fingerprint(matching)  # type: ignore[type-var]
