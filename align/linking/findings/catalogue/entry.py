"""What the catalogue says of one code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from align.linking.findings.catalogue.wording import LANGUAGES, Language, filled
from align.model import Severity, Value, Wording


class Words(NamedTuple):
    """One text or template in both languages."""

    en: str
    ru: str

    def of(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language == "en" else self.ru


# When a text that is left out is an error and not a warning.
LEAVES_NONE = Words("if it leaves a volume without any text", "если из-за этого том остаётся без текстов")


Cost = Literal["document", "sentence", "words", "letters", "order"]
"""What an edition lacks, at most, where a finding is right and nobody mends it: all of a page or document, a sentence,
some words, some letters, or nothing but a label, a name or an order."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a code is worded: templates of the message and, if needed, of the advice."""

    message: Words
    suggestion: Words | None = None

    def wording(self, values: Mapping[str, Value], language: Language) -> Wording:
        """The templates with these values."""
        advice = filled(self.suggestion.of(language), values, language) if self.suggestion else None
        return Wording(filled(self.message.of(language), values, language), advice)


@dataclass(frozen=True, slots=True)
class Entry:
    """A code: its title, what it means, what to do about it, and the wordings of its findings by case.

    `severities` are those that it can have, the usual one first; `lesser` says when a finding has the other one.
    A code of one wording has the one case "". `costs` is what the edition lacks if nobody mends it. `scores_link`: the
    score of its findings says how sure the link or the pair is, so that a low one makes the finding likely.
    """

    code: str
    severities: tuple[Severity, ...]
    costs: Cost
    title: Words
    meaning: Words
    advice: Words
    cases: Mapping[str, Case]
    lesser: Words | None = field(default=None)
    scores_link: bool = False

    @property
    def severity(self) -> Severity:
        """The usual severity."""
        return self.severities[0]

    def wordings(self, case: str, values: Mapping[str, Value]) -> Mapping[Language, Wording]:
        """What a finding of this code says, by language; KeyError for a case or a value that is not there."""
        return {language: self.cases[case].wording(values, language) for language in LANGUAGES}
