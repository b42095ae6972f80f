"""The findings of a volume, to be listed, chosen from and followed to their sentences and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args, overload

from align.api.html_table import html_table, shortened
from align.api.volume_index import VolumeIndex
from align.api.volume_parts import LinkedSentence, SentenceArea, VolumePage
from align.errors import UsageError
from align.model import Finding, FindingDecision, Severity, Span
from align.model.plurals import several


@dataclass(frozen=True, slots=True, repr=False)
class VolumeFinding:
    """One thing that does not fit; docs/findings.md says what its code means and what to do.

    >>> open_results("mydiary")["diary"].findings[0]
    <Finding no-translation, note, document 1934-12-21, '“1934-12-21” has no translation.'>
    """

    _index: VolumeIndex
    _finding: Finding

    @property
    def id(self) -> str:
        """The finding's id, as in all result files."""
        return self._finding.id

    @property
    def key(self) -> str:
        """16 hex digits that stay while the finding and its subjects stay."""
        return self._finding.key

    @property
    def code(self) -> str:
        """What kind of finding it is, such as "likely-misprint"."""
        return self._finding.code

    @property
    def severity(self) -> Severity:
        """How grave it is: error, warning or note."""
        return self._finding.severity

    @property
    def message(self) -> str:
        """One sentence for an editor: what, and where."""
        return self._finding.message

    @property
    def suggestion(self) -> str | None:
        """What to do about it, where the program has a proposal."""
        return self._finding.suggestion

    @property
    def score(self) -> float:
        """How sure the program is of it, 0 to 1."""
        return self._finding.score

    @property
    def calibrated(self) -> float | None:
        """The chance that it is right, by what editors decided of its kind here; None for fewer than 50 decisions."""
        return self._finding.calibrated

    @property
    def document(self) -> str | None:
        """The name of the document that it is about."""
        return self._finding.document

    @property
    def text(self) -> str | None:
        """The path of the text that it is about."""
        return self._finding.text

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places in that text: half-open ranges of code points."""
        return self._finding.spans

    @property
    def scan_text(self) -> str | None:
        """What was read on the scan, where that is the evidence."""
        return self._finding.scan_text

    @property
    def source_text(self) -> str | None:
        """The words of the text, where they are the evidence."""
        return self._finding.source_text

    @property
    def decision(self) -> FindingDecision | None:
        """What an editor decided of it; None where none did."""
        return self._finding.decision

    @property
    def pages(self) -> tuple[VolumePage, ...]:
        """The pages that it is about."""
        return tuple(VolumePage(self._index, self._index.page(order)) for order in self._finding.pages)

    @property
    def lines(self) -> tuple[str, ...]:
        """The ids of the lines that it is about."""
        return self._finding.lines

    @property
    def sentences(self) -> tuple[LinkedSentence, ...]:
        """The sentences that it is about."""
        return tuple(LinkedSentence(self._index, self._index.link(id_)) for id_ in self._finding.sentences)

    @property
    def areas(self) -> tuple[SentenceArea, ...]:
        """The places on the pages that it is about."""
        return tuple(SentenceArea(self._index, area) for area in self._finding.areas)

    def __repr__(self) -> str:
        about = f", document {self.document}" if self.document else ""
        return f"<Finding {self.code}, {self.severity}{about}, {shortened(self.message)!r}>"


class Findings(Sequence[VolumeFinding]):
    """Findings in the order of the report.

    >>> open_results("mydiary")["diary"].findings.where(severity="note")
    <Findings: 1 note>
    """

    def __init__(self, findings: Sequence[VolumeFinding]) -> None:
        """Take the findings."""
        self._findings = tuple(findings)

    def where(
        self,
        *,
        code: str | None = None,
        severity: Severity | None = None,
        document: str | None = None,
        page: int | None = None,
    ) -> Findings:
        """The findings that fit all the given conditions; `page` is a page's order.

        UsageError for a severity that there is not, and for a page that is not named by its order.
        """
        if severity is not None and severity not in get_args(Severity):
            raise UsageError(f"There is no severity {severity!r}: give one of {', '.join(get_args(Severity))}.")
        if page is not None and not isinstance(page, int):
            raise UsageError(f"The page {page!r} is not an order: give volume.page({page!r}).order.")
        return Findings(
            [
                finding
                for finding in self._findings
                if code in (None, finding.code)
                and severity in (None, finding.severity)
                and document in (None, finding.document)
                and (page is None or page in {own.order for own in finding.pages})
            ]
        )

    @overload
    def __getitem__(self, index: int) -> VolumeFinding: ...

    @overload
    def __getitem__(self, index: slice) -> Findings: ...

    def __getitem__(self, index: int | slice) -> VolumeFinding | Findings:
        """The finding with this index, or those of this slice."""
        return Findings(self._findings[index]) if isinstance(index, slice) else self._findings[index]

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[VolumeFinding]:
        return iter(self._findings)

    def __repr__(self) -> str:
        counts = Counter(finding.severity for finding in self._findings)
        listed = ", ".join(several(counts[severity], severity) for severity in get_args(Severity) if counts[severity])
        return f"<Findings: {listed or 'none'}>"

    def _repr_html_(self) -> str:
        heads = ("code", "severity", "document", "page", "message")
        rows = ((f.code, f.severity, f.document, ", ".join(str(p.order) for p in f.pages), f.message) for f in self)
        return html_table(several(len(self), "finding"), heads, rows)
