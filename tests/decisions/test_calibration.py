"""What decisions tell of the findings to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.decided import event

from align.decisions.calibration import Alarms, Calibration, Calibrations, calibration, false_alarms
from align.decisions.in_results import with_decisions
from align.decisions.json_lines import event_line, event_of
from align.errors import InputError
from align.model import Finding, VolumeResult
from align.model.decision import Event, Subject, Where
from align.tuning.decisions import DECISIONS

ENOUGH = DECISIONS.enough_decisions
SCORES = st.floats(0, 1)
TOLD = st.lists(st.tuples(SCORES, st.booleans()), min_size=ENOUGH, max_size=90)


def as_given(_: str, score: float) -> float:
    return score


def standing(told: Sequence[tuple[float, bool]], code: str = "likely-misprint") -> dict[Subject, Event]:
    """Decisions on findings of these scores: right (True) or a false alarm."""
    made = [
        replace(event(n, "mend" if right else "false-alarm", of=n), where=Where(code=code, score=score))
        for n, (score, right) in enumerate(told)
    ]
    return {own.subject: own for own in made}


def learned(told: Sequence[tuple[float, bool]]) -> Calibrations:
    return Calibrations.learned(standing(told), as_given)


@given(told=TOLD, one=SCORES, other=SCORES)
def test_a_higher_score_is_never_less_likely(told: list[tuple[float, bool]], one: float, other: float) -> None:
    """Whatever was decided: of two scores the higher one is at least as likely, and both are within 0 and 1."""
    calibrations = learned(told)
    low, high = (calibrations.calibrated("likely-misprint", score) for score in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1


@given(told=st.lists(st.tuples(SCORES, st.booleans()), max_size=ENOUGH - 1), score=SCORES)
def test_scores_stay_as_they_are_under_fifty_decisions(told: list[tuple[float, bool]], score: float) -> None:
    """A kind with fewer than 50 decisions, and a kind with none, has no calibration."""
    assert learned(told).calibrated("likely-misprint", score) is None
    assert learned(told).calibrated("link-doubtful", score) is None
    assert learned(told).digest == ""


@given(told=TOLD, random=st.randoms(use_true_random=False))
def test_the_order_of_decisions_does_not_matter(told: list[tuple[float, bool]], random: Random) -> None:
    """Decisions in another order tell the same."""
    other = random.sample(told, len(told))
    assert learned(told) == learned(other)


@given(scores=st.lists(SCORES, min_size=ENOUGH, max_size=60), score=SCORES)
def test_false_alarms_make_a_kind_less_likely(scores: list[float], score: float) -> None:
    """A kind of which all were false alarms is less likely than one of which all were right."""
    right, false = (learned([(own, what) for own in scores]) for what in (True, False))
    sure, unsure = (own.calibrated("likely-misprint", score) for own in (right, false))
    assert sure is not None
    assert unsure is not None
    assert unsure < sure


def test_a_score_of_one_that_is_right_every_second_time_becomes_a_half() -> None:
    """A kind whose score is always 1 takes the share that was decided."""
    chance = learned([(1.0, n % 2 == 0) for n in range(50)]).calibrated("likely-misprint", 1.0)
    assert chance is not None
    assert abs(chance - 0.5) < 0.05


def test_fifty_decisions_bring_scores_nearer_to_the_truth() -> None:
    """Scores that are surer than they should be are nearer to what is decided later, for 19 of 20 collections."""
    random = Random(14)
    nearer = 0
    for _ in range(20):
        draws = [random.random() for _ in range(350)]
        cases = [(score, random.random() < 0.6 * score**2) for score in draws]
        found = learned(cases[:50])
        later = [(score, found.calibrated("likely-misprint", score) or 0.0, right) for score, right in cases[50:]]
        old = sum((score - right) ** 2 for score, _, right in later)
        nearer += sum((chance - right) ** 2 for _, chance, right in later) < old
    assert nearer >= 19


def test_scores_that_run_against_the_decisions_are_worth_nothing() -> None:
    """Where high scores were false alarms and low ones right, all of the kind are equally likely."""
    told = [(0.9, False)] * 40 + [(0.1, True)] * 40
    found = learned(told)
    assert found.of["likely-misprint"].slope == 0
    assert found.calibrated("likely-misprint", 0.1) == found.calibrated("likely-misprint", 0.9)


def test_a_calibration_of_nothing_leaves_scores_as_they_are() -> None:
    """Slope 1 and shift 0, which is where calibration starts."""
    assert calibration({}) == Calibration(1.0, 0.0)
    assert abs(Calibration(1.0, 0.0).chance(0.7) - 0.7) < 1e-12


def test_only_what_was_judged_counts() -> None:
    """Findings of which an editor cannot tell, comments, and decisions without a score teach nothing."""
    told = standing([(0.5, True)] * 50)
    first, *rest = told.values()
    for spared in (
        replace(first, decision="cannot-tell"),
        replace(first, decision=None),
        replace(first, where=Where(code="likely-misprint")),
    ):
        short = {own.subject: own for own in (spared, *rest)}
        assert Calibrations.learned(short, as_given).of == {}


def test_false_alarms_are_counted_by_kind() -> None:
    """The kind with most decisions comes first; a finding that was left as it is was right."""
    told = standing([(1.0, True), (1.0, False), (1.0, False)]) | {
        own.subject: own
        for own in (
            replace(event(10, "leave", of=10), where=Where(code="words-unread")),
            replace(event(11, "cannot-tell", of=11), where=Where(code="words-unread")),
            replace(event(12, "right", kind="link", of=12), where=Where(code="words-unread")),
        )
    }
    assert false_alarms(told) == (Alarms("likely-misprint", 3, 2), Alarms("words-unread", 1, 0))
    assert [round(own.share, 2) for own in false_alarms(told)] == [0.67, 0.0]


def test_results_say_how_likely_findings_are_here() -> None:
    """With 50 decisions of a kind its findings are calibrated, and their scores stay; without, nothing is said."""
    found = Finding(code="likely-misprint", key="a" * 16, score=0.9, calibrated=0.5)
    volume = VolumeResult("v", findings=(found,))
    (own,) = with_decisions(volume, {}, learned([(0.9, False)] * 50)).result.findings
    assert own.score == 0.9
    assert own.calibrated is not None
    assert own.calibrated < 0.3
    (own,) = with_decisions(volume, {}).result.findings
    assert own.calibrated is None


def test_an_event_keeps_the_score_that_was_decided_on() -> None:
    """The score leaves and comes back in an event's line; one that is none is refused."""
    (own,) = standing([(0.25, True)]).values()
    assert event_of(event_line(own)) == own
    with pytest.raises(InputError, match="score"):
        event_of(event_line(own).replace("0.25", "1.25"))
