"""All findings about words: what the pages have and the texts lack, and the reverse; another order; misprints."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from align.linking.findings.absences import absence_findings, absences, replacing_words
from align.linking.findings.link_findings import aside_findings, link_findings, named_sentences
from align.linking.findings.misprint_findings import misprint_findings
from align.linking.findings.omissions import omission_findings, omissions
from align.linking.findings.repeats import repeat_findings, repeats
from align.linking.findings.text_order import moved_lines, moved_words, order_findings
from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import collations, disagreements
from align.linking.words.second_looks import LookAgain, no_second_look
from align.linking.words.trust import trusted
from align.model import Finding, LineAt, Link, Page
from align.tuning.linking import LINKING, LinkingTuning


def word_findings(
    pages: Sequence[Page],
    found: PlacedTexts,
    links: Sequence[Link],
    free: Collection[LineAt],
    claimed: Sequence[Collection[int]],
    misplaced: Collection[int] = (),
    look_again: LookAgain = no_second_look,
    tuning: LinkingTuning = LINKING,
) -> list[Finding]:
    """The findings about sentences, words and lines of transcriptions, the gravest kinds first.

    `free` are the lines (page and line index) of running text that no text claims, `claimed` for each page the others.
    `misplaced` are the pages (by order) that are reported as out of order. `look_again` reads words in doubt again.
    """
    read = trusted(pages, (text.content for text in found.texts), tuning)
    pages = read.pages
    twice = repeats(found, tuning)
    free = set(free).difference(at for repeat in twice for at in repeat.lines)
    collated = collations(pages, found, free, tuning)
    moved, absent, omitted = moved_words(absences(collated, tuning), omissions(pages, collated, free, tuning), tuning)
    by_id = {link.sentence: link for link in links}
    placed = {link.document for link in links if link.areas}
    transcriptions = {link.text for link in links if link.kind == "transcription" and link.document in placed}
    absent = [absence for absence in absent if absence.text.document in placed]
    instead = replacing_words(pages, absent, tuning)
    missing = [
        *absence_findings(pages, absent, by_id, tuning),
        *order_findings(pages, [*moved_lines(pages, collated, misplaced, tuning), *moved], transcriptions, tuning),
    ]
    return [
        *repeat_findings(pages, twice, tuning),
        *missing,
        *link_findings(links, named_sentences(missing), disagreements(collated), tuning),
        *aside_findings(links),
        *misprint_findings(pages, collated, look_again, tuning, guessed=read.guessed),
        *omission_findings(pages, [o for o in omitted if not instead.issuperset(o.places)], claimed, tuning),
    ]
