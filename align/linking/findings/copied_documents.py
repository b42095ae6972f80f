"""Documents of a volume that have the same text: one is a copy of the other, whole, cut, or with a few words changed.

Runs of a few words are rare in a language, so documents that share most of theirs have one text. Each run is looked up
in a table of those of all documents: the time grows with the number of words, not with the number of pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from align.linking.findings.catalogue.document_entries import DOCUMENT_COPIED
from align.model import Finding, SourceText, key
from align.model.language import primary
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning

_Run = tuple[str, ...]


def copied_documents(
    documents: Mapping[str, Sequence[SourceText]], tuning: LinkingTuning = LINKING
) -> dict[str, tuple[str, str]]:
    """For each document that is a copy: the document whose text it has, and the path of its own text that says so.

    Of two documents with the same text the longer one is the original; of two as long, the first in the order given.
    Texts are compared with those of other documents in the same language.
    """
    runs: dict[tuple[str, str], frozenset[_Run]] = {}
    holders: dict[tuple[str, _Run], list[str]] = defaultdict(list)
    for document, texts in documents.items():
        for text in texts:
            own = _runs(text, tuning)
            runs[document, text.path] = own
            for run in own:
                of_run = holders[primary(text.language), run]
                # A formula that very many documents have says nothing about two of them.
                if len(of_run) < tuning.findings.copied_documents and document not in of_run[-1:]:
                    of_run.append(document)
    longest = {
        document: max((sum(len(s.content.split()) for s in text.sentences) for text in texts), default=0)
        for document, texts in documents.items()
    }
    place = {document: number for number, document in enumerate(documents)}
    copies: dict[str, tuple[str, str]] = {}
    for document, texts in documents.items():
        for text in texts:
            own = runs[document, text.path]
            shared = Counter(other for run in own for other in holders[primary(text.language), run])
            originals = [
                other
                for other, count in shared.items()
                if (-longest[other], place[other]) < (-longest[document], place[document])
                and count >= max(tuning.findings.copied_least, tuning.findings.copied_share * len(own))
            ]
            if originals and document not in copies:
                copies[document] = (min(originals, key=lambda other: (-longest[other], place[other])), text.path)
    return copies


def copy_findings(copies: Mapping[str, tuple[str, str]], placed: Collection[str]) -> list[Finding]:
    """One finding for each copy: a warning, or a note where both documents were found; `placed` are those found."""
    return [
        Finding(
            code=DOCUMENT_COPIED.code,
            severity="note" if document in placed and original in placed else "warning",
            values={"document": document, "other": original},
            subjects=(key(document), key(original)),
            document=document,
            text=path,
        )
        for document, (original, path) in copies.items()
    ]


def _runs(text: SourceText, tuning: LinkingTuning) -> frozenset[_Run]:
    """The runs of words of a text, each word as its folded letters."""
    words = [
        letters for sentence in text.sentences for letters in map(letters_of_word, sentence.content.split()) if letters
    ]
    length = tuning.findings.copied_words
    return frozenset(tuple(words[n : n + length]) for n in range(len(words) - length + 1))
