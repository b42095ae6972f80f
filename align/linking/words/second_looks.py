"""Words in doubt looked at again: which words are asked about, and what the answers say.

Where a word reads otherwise than it is written, its image is read once more at several sizes, by a function that the
caller passes in. An answer may be what was read before, what the text has, or something between them or beside them.

Example: the page reads "mearnations", the text has "incarnations", and the answers are "incarnations", "incarnations"
and "incamations": most answers are the word of the text, so the engine was wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import log

from rapidfuzz.distance import Levenshtein

from align.linking.words.misprint_score import MisprintEvidence, misprint_probability
from align.linking.words.misprints import Candidate
from align.model import Page, WordAt
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning

Doubt = tuple[WordAt, ...]
"""The places of words of one page that read otherwise than they are written."""
LookAgain = Callable[[Sequence[Page], Sequence[Doubt]], Mapping[Doubt, Sequence[str]]]
"""Reads words again: for each doubt its answers, of which there may be none. The pages are those of the places."""


def no_second_look(_pages: Sequence[Page], _doubts: Sequence[Doubt]) -> Mapping[Doubt, Sequence[str]]:
    """No answers: for pages without scans, or without an engine."""
    return {}


def nearer_to_first(read: str, written: str, answers: Sequence[str]) -> float:
    """How much nearer the answers are to the first reading than to the text, from -1 to 1; given as folded letters.

    It is 1 if each answer is the word read, and -1 if each is the word of the text.

    >>> nearer_to_first("mearnations", "incarnations", ["incarnations", "mearnations"])
    0.0
    """
    apart = max(1, Levenshtein.distance(read, written))
    shares = [
        (Levenshtein.distance(letters, written) - Levenshtein.distance(letters, read)) / apart
        for letters in (letters_of_word(answer) for answer in answers)
    ]
    return sum(shares) / len(shares)


def looked_at(
    pages: Sequence[Page], found: Sequence[Candidate], look_again: LookAgain, tuning: LinkingTuning = LINKING
) -> list[Candidate]:
    """The candidates, those in doubt with what a second look says of them; no page has too many of these."""
    by_page: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        least = tuning.words.doubted_number if candidate.number else tuning.words.doubted_probability
        if candidate.probability >= least and not _lost_its_place(candidate):
            places = places_of(candidate)
            if len({place.page for place in places}) == 1:
                by_page[places[0].page].append(candidate)
    asked = [
        candidate
        for page in sorted(by_page)
        for candidate in sorted(by_page[page], key=lambda c: (-c.probability, places_of(c)))[: tuning.words.most_doubts]
    ]
    if not asked:
        return list(found)
    answers = look_again(pages, list(dict.fromkeys(places_of(candidate) for candidate in asked)))
    in_doubt = {id(candidate) for candidate in asked}
    return [
        _judged(pages, candidate, answers.get(places_of(candidate), ()), tuning)
        if id(candidate) in in_doubt
        else candidate
        for candidate in found
    ]


def _lost_its_place(candidate: Candidate) -> bool:
    """Whether the engine did not find where the word begins and ends, so that a look at its place says little.

    It was divided, joined with another, or cut off: "where" of "nowhere", 6 of 67.
    """
    read, written = candidate.read, candidate.written
    part = len(written) - len(read) >= (1 if candidate.number else 2) and (
        written.startswith(read) or written.endswith(read)
    )
    return bool(part or candidate.evidence.cut or candidate.evidence.joined)


def places_of(candidate: Candidate) -> Doubt:
    """The places of the words read, in order."""
    return tuple(dict.fromkeys(place for word in candidate.difference.read for place in word.places))


def _judged(pages: Sequence[Page], candidate: Candidate, answers: Sequence[str], tuning: LinkingTuning) -> Candidate:
    """The candidate with what the answers say."""
    # The places may hold more than the words read: a dash without spaces joins two words in one box.
    whole = "".join(letters_of_word(pages[p].lines[line].words[word].text) for p, line, word in places_of(candidate))
    read = "".join(word.folded for word in candidate.difference.read)
    written = "".join(word.folded for word in candidate.difference.written)
    if not answers or read not in whole:
        return candidate
    nearer = nearer_to_first(whole, whole.replace(read, written, 1), answers)
    evidence = replace(candidate.evidence, nearer=nearer)
    alike = len(answers) >= tuning.words.agreeing_looks and all(letters_of_word(answer) == whole for answer in answers)
    if alike and not candidate.number and not evidence.seen:
        evidence = _surely_read(evidence, tuning)
    weights = tuning.words.looked_number_misprints if candidate.number else tuning.words.looked_word_misprints
    probability = misprint_probability(evidence, weights)
    return replace(candidate, evidence=evidence, probability=probability, possible=probability, looked=True)


def _surely_read(evidence: MisprintEvidence, tuning: LinkingTuning) -> MisprintEvidence:
    """The evidence for a word that every look read alike: it was read surely, however unsure the first look was.

    Letters that are misread elsewhere in the volume are left out of this: the engine takes their shape for another
    letter at each look.
    """
    surely = log(tuning.words.agreed_confidence / (1 - tuning.words.agreed_confidence))
    return replace(evidence, confidence=max(evidence.confidence, surely), unsure=0.0, beside=0.0)
