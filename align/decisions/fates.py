"""What became of decisions in new results: each stands, was made on an earlier text, or its subject is gone.

Every standing event has exactly one fate, so none is dropped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from rapidfuzz import fuzz

from align.decisions.subjects import SubjectAt, keys_in, keys_of, places_in, places_of, unchanged, words_of
from align.decisions.twins import same_one, stands_beside
from align.model.decision import Event, Subject
from align.tuning.decisions import DECISIONS, DecisionsTuning

FateKind = Literal["stands", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a standing event.

    - "stands": its subject is there and unchanged; the run obeys it.
    - "changed": it was made on an earlier text; `now` is what stands there today. The run does not obey it.
    - "gone": nothing is like its subject any more, for example because a misprint was mended.

    `now` is also the subject of an event that stands, or None for a pair that was divided as decided.
    """

    event: Event
    kind: FateKind
    now: SubjectAt | None = None


def fates(
    standing: Mapping[Subject, Event], subjects: Iterable[SubjectAt], tuning: DecisionsTuning = DECISIONS
) -> tuple[Fate, ...]:
    """The fate of each standing event, in their order; `subjects` are all of the results that the events are about."""
    there = _There.of(subjects)
    fate_of: dict[Subject, Fate] = {}
    taken: set[tuple[str | None, Subject]] = set()
    for subject, event in standing.items():
        now = there.at(event)
        if there.stands(event, now):
            fate_of[subject] = Fate(event, "stands", now)
            taken |= {(now.where.volume, now.subject)} if now else set()
    for find in (there.twin, there.free_at, partial(there.successor, tuning=tuning)):
        for subject, event in standing.items():
            now = find(event, taken) if subject not in fate_of else None
            if now is not None:
                fate_of[subject] = Fate(event, "changed", now)
                taken.add((now.where.volume, now.subject))
    fate_of |= {subject: Fate(event, "gone") for subject, event in standing.items() if subject not in fate_of}
    return tuple(fate_of[subject] for subject in standing)


def standing_of(standing: Mapping[Subject, Event], subjects: Iterable[SubjectAt]) -> dict[Subject, Event]:
    """The events that stand and whose subject is there and unchanged; of a pair, whose sentences are.

    `subjects` are sentences, as links, and pages: of pairs it is enough that their sentences are among them.
    """
    there = _There.of(subjects)
    return {subject: event for subject, event in standing.items() if there.stands(event, there.at(event))}


@dataclass(frozen=True, slots=True)
class _There:
    """What stands in the results, by subject, and by kind with what the hints of an event name."""

    by_subject: Mapping[Subject, Sequence[SubjectAt]]
    alike: Mapping[tuple[str | None, ...], Sequence[SubjectAt]]
    with_sentence: Mapping[str, Sequence[SubjectAt]]
    volumes: frozenset[str | None]

    @classmethod
    def of(cls, subjects: Iterable[SubjectAt]) -> _There:
        by_subject: dict[Subject, list[SubjectAt]] = defaultdict(list)
        alike: dict[tuple[str | None, ...], list[SubjectAt]] = defaultdict(list)
        with_sentence: dict[str, list[SubjectAt]] = defaultdict(list)
        volumes: set[str | None] = set()
        for at in subjects:
            by_subject[at.subject].append(at)
            alike[_group(at.subject, at.where.volume, at.where.document, at.where.text, at.where.code)].append(at)
            volumes.add(at.where.volume)
            if at.subject.kind == "pair":
                for key in at.sentences:
                    with_sentence[key].append(at)
        return cls(by_subject, alike, with_sentence, frozenset(volumes))

    def at(self, event: Event, subject: Subject | None = None) -> SubjectAt | None:
        """The subject of an event, or another one that it names, in the event's volume.

        A volume of which there are no results any more may have been renamed: any other is then as good.
        """
        volume = event.where.volume
        for at in self.by_subject.get(subject or event.subject, ()):
            if volume in (None, at.where.volume) or volume not in self.volumes:
                return at
        return None

    def stands(self, event: Event, now: SubjectAt | None) -> bool:
        """Whether the subject is there and unchanged, so that what was decided can be done."""
        if event.subject.kind == "pair":
            return self._pair_stands(event, now)
        if now is None or not unchanged(event.content, now.content) or not same_one(event, now.where, now.texts):
            return False
        if event.subject.kind != "link" or event.decision not in ("right", "placed"):
            return True
        stated = places_of((event.value or {}).get("areas")) if event.decision == "placed" else places_in(event.content)
        return all(self.at(event, Subject("page", page)) is not None for page, _ in stated or ())

    def _pair_stands(self, event: Event, now: SubjectAt | None) -> bool:
        """Whether all sentences of a pair are there, with the words that were decided on.

        The pair itself need not be: a run that obeys the decision has divided it otherwise.
        """
        keys = keys_in(event.content)
        if keys is None:
            return now is not None and unchanged(event.content, now.content)
        own = [[self.at(event, Subject("link", key)) for key in side] for side in keys]
        wanted = keys_of(event.value) or ((), ())
        others = [self.at(event, Subject("link", key)) for side in wanted for key in side]
        if any(at is None for at in (*own[0], *own[1], *others)):
            return False
        first = next(at for at in (*own[0], *own[1]) if at is not None)
        if not same_one(event, first.where, first.texts):
            return False
        return words_of(event.content) == "\n".join(" ".join(at.words for at in side if at) for side in own)

    def twin(self, event: Event, taken: set[tuple[str | None, Subject]]) -> SubjectAt | None:
        """What has the words of the event's subject and stands beside the same sentences, under whatever key."""
        where, words = event.where, words_of(event.content)
        group = self.alike.get(_group(event.subject, where.volume, where.document, where.text, where.code), ())
        alike = (at for at in group if at.words == words and stands_beside(where, at.where))
        return next((at for at in alike if (at.where.volume, at.subject) not in taken), None)

    def free_at(self, event: Event, taken: set[tuple[str | None, Subject]]) -> SubjectAt | None:
        """What has the key of the event's subject, with other words or in another place."""
        now = self.at(event)
        return now if now is not None and (now.where.volume, now.subject) not in taken else None

    def successor(
        self, event: Event, taken: set[tuple[str | None, Subject]], tuning: DecisionsTuning
    ) -> SubjectAt | None:
        """What became of a subject whose key is gone, by the hints of the event and the likeness of words."""
        where, words = event.where, words_of(event.content)
        free = [
            at
            for at in self.alike.get(_group(event.subject, where.volume, where.document, where.text, where.code), ())
            if (at.where.volume, at.subject) not in taken
        ]
        if event.subject.kind == "page":
            return next((at for at in free if at.where.page is not None and at.where.page == where.page), None)
        if event.subject.kind == "pair":
            keys = keys_in(event.content) or ((), ())
            of_sentences = (at for side in keys for key in side for at in self.with_sentence.get(key, ()))
            held = next((at for at in of_sentences if (at.where.volume, at.subject) not in taken), None)
            if held is not None:
                return held
        if not words:
            return None
        likeness = [(fuzz.ratio(words, at.words), at.where.sentence == where.sentence) for at in free if at.words]
        named = [at for at in free if at.words]
        best = max(range(len(named)), key=lambda n: (likeness[n], -n), default=None)
        return named[best] if best is not None and likeness[best][0] >= tuning.successor_percent else None


def _group(
    subject: Subject, volume: str | None, document: str | None, text: str | None, code: str | None
) -> tuple[str | None, ...]:
    """What a subject and its successor have in common."""
    if subject.kind == "finding":
        return "finding", volume, document, code
    if subject.kind in ("link", "pair"):
        return subject.kind, volume, text
    return subject.kind, volume
