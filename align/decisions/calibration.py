"""What decisions tell of the findings to come: how often a kind was a false alarm, and what its scores are worth here.

The chance that a finding is right is taken as a logistic function of its score (Platt's), which starts from the score
itself and is drawn away from it by decisions. Two numbers of a kind are all that 50 decisions can tell; a curve with
more of them would follow single decisions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, log, log1p

from align.model.decision import Event, Subject
from align.model.ids import key
from align.tuning.decisions import DECISIONS, DecisionsTuning

Standing = Mapping[Subject, Event]
Likelihood = Callable[[str, float], float]
"""The chance that a finding of this code and score is right, as far as the program itself knows."""

_RIGHT = ("mend", "leave")
_FALSE = "false-alarm"
# Far more than the dozen steps that are needed.
_MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many findings of a kind were decided to be right or a false alarm, and how many of them a false alarm."""

    code: str
    decided: int
    false: int

    @property
    def share(self) -> float:
        """The share of false alarms."""
        return self.false / self.decided


def false_alarms(standing: Standing) -> tuple[Alarms, ...]:
    """How often each kind of finding was a false alarm, the kind with most decisions first.

    Findings of which an editor cannot tell do not count. Those that were mended since do, although no result has them.
    """
    judged = [event for event in standing.values() if _judged(event)]
    number = Counter(event.where.code or "" for event in judged)
    false = Counter(event.where.code or "" for event in judged if event.decision == _FALSE)
    listed = (Alarms(code, count, false[code]) for code, count in number.items())
    return tuple(sorted(listed, key=lambda own: (-own.decided, own.code)))


def _judged(event: Event) -> bool:
    return event.subject.kind == "finding" and bool(event.where.code) and event.decision in (*_RIGHT, _FALSE)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the scores of a kind are worth: 1 and 0 leave them as they are."""

    slope: float
    shift: float

    def chance(self, likelihood: float, tuning: DecisionsTuning = DECISIONS) -> float:
        """The chance that a finding is right which is this likely by its own score; it never falls as that rises."""
        return _logistic(self.slope * _logit(likelihood, tuning) + self.shift)


def _no_likelihood(_: str, score: float) -> float:
    return score


@dataclass(frozen=True, slots=True)
class Calibrations:
    """The calibrations of a collection, by the codes of findings that have enough decisions."""

    of: Mapping[str, Calibration] = field(default_factory=dict)
    likelihood: Likelihood = _no_likelihood

    @classmethod
    def learned(cls, standing: Standing, likelihood: Likelihood, tuning: DecisionsTuning = DECISIONS) -> Calibrations:
        """What these decisions tell; a kind with too few of them has no calibration."""
        told: dict[str, Counter[tuple[float, bool]]] = defaultdict(Counter)
        for event in standing.values():
            if _judged(event) and event.where.score is not None:
                code = event.where.code or ""
                told[code][round(likelihood(code, event.where.score), 4), event.decision != _FALSE] += 1
        enough = {code: own for code, own in sorted(told.items()) if own.total() >= tuning.enough_decisions}
        return cls({code: calibration(own, tuning) for code, own in enough.items()}, likelihood)

    def calibrated(self, code: str, score: float) -> float | None:
        """The chance that a finding of this code and score is right; None where too few decisions tell."""
        own = self.of.get(code)
        return None if own is None else own.chance(self.likelihood(code, score))

    @property
    def digest(self) -> str:
        """A digest over them; empty for none."""
        return key(*(f"{code} {own.slope!r} {own.shift!r}" for code, own in self.of.items())) if self.of else ""


NO_CALIBRATIONS = Calibrations()


def calibration(told: Mapping[tuple[float, bool], int], tuning: DecisionsTuning = DECISIONS) -> Calibration:
    """The likeliest calibration; `told` has how often a likelihood was decided to be right (True) or wrong (False).

    Scores that run against the decisions are worth nothing: the slope is 0 then and not negative.
    """
    samples = [(_logit(chance, tuning), right, number) for (chance, right), number in sorted(told.items())]
    slope, shift = _fitted(samples, tuning, free=True)
    if slope < 0:
        slope, shift = _fitted(samples, tuning, free=False)
    return Calibration(round(slope, 6), round(shift, 6))


_Samples = list[tuple[float, bool, int]]


def _fitted(samples: _Samples, tuning: DecisionsTuning, *, free: bool) -> tuple[float, float]:
    """Slope and shift of the least loss, by Newton's method with halved steps; not `free`: the slope is 0."""
    slope, shift = (1.0, 0.0) if free else (0.0, 0.0)
    loss = _loss(samples, slope, shift, tuning)
    for _ in range(_MOST_STEPS):
        by_slope, by_shift = _step(samples, slope, shift, tuning, free=free)
        part = 1.0
        while part > 1e-6 and _loss(samples, slope - part * by_slope, shift - part * by_shift, tuning) > loss:
            part /= 2
        slope, shift = slope - part * by_slope, shift - part * by_shift
        before, loss = loss, _loss(samples, slope, shift, tuning)
        if before - loss < 1e-12:
            break
    return slope, shift


def _loss(samples: _Samples, slope: float, shift: float, tuning: DecisionsTuning) -> float:
    """Minus the logarithm of how likely the decisions and the calibration are together."""
    prior = ((slope - 1) / tuning.slope_spread) ** 2 / 2 + (shift / tuning.shift_spread) ** 2 / 2
    return prior + sum(number * _surprise(slope * x + shift, right=right) for x, right, number in samples)


def _step(samples: _Samples, slope: float, shift: float, tuning: DecisionsTuning, *, free: bool) -> tuple[float, float]:
    """What Newton's method takes from slope and shift."""
    of_slope, of_shift = 1 / tuning.slope_spread**2, 1 / tuning.shift_spread**2
    gradient = [(slope - 1) * of_slope, shift * of_shift]
    curve, mixed, flat = of_slope, 0.0, of_shift
    for x, right, number in samples:
        chance = _logistic(slope * x + shift)
        off, weight = number * (chance - right), number * chance * (1 - chance)
        gradient[0] += off * x
        gradient[1] += off
        curve, mixed, flat = curve + weight * x * x, mixed + weight * x, flat + weight
    if not free:
        return 0.0, gradient[1] / flat
    whole = curve * flat - mixed * mixed
    return (
        (gradient[0] * flat - gradient[1] * mixed) / whole,
        (gradient[1] * curve - gradient[0] * mixed) / whole,
    )


def _surprise(logit: float, *, right: bool) -> float:
    """Minus the logarithm of the chance of what was decided."""
    against = -logit if right else logit
    return against + log1p(exp(-against)) if against > 0 else log1p(exp(against))


def _logit(chance: float, tuning: DecisionsTuning) -> float:
    kept = min(max(chance, 1 - tuning.surest_score), tuning.surest_score)
    return log(kept / (1 - kept))


def _logistic(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit >= 0 else 1 - 1 / (1 + exp(logit))
