"""The tuned numbers of reading texts: paragraphs, their roles, sentences, languages; in characters unless said."""

from __future__ import annotations

from dataclasses import dataclass

from align.tuning.numbers import tuned


@dataclass(frozen=True, slots=True)
class TextTuning:
    """What decides how a text is divided, in the order: paragraphs, roles, sentences, language."""

    # Paragraphs.
    wrapped_share: float = tuned(
        0.3,
        unit="share of line ends",
        why="A text is wrapped prose if at least this share of its line ends is inside a sentence.",
        source="verse and lists stay near 0, wrapped prose is near 0.8",
    )
    verse_lines: int = tuned(
        4,
        unit="lines",
        why="A comma at the end of a line says that the text goes on, in a run of at least so many lines.",
        source="a stanza; a salutation stands in a run of two",
    )
    single_lines: float = tuned(
        0.9,
        unit="share of the runs of lines",
        why="Empty lines divide nothing where at least this share of the runs between them are single wrapped lines.",
    )
    spaced_lines: int = tuned(5, unit="line ends", why="Fewer say nothing about the empty lines between them.")
    spaced_share: float = tuned(
        0.5,
        unit="share of line ends",
        why="As many stop inside a sentence where an empty line stands after each line.",
        source="wrapped prose has 0.8; paragraphs that pages break have 0.4 at the most",
    )
    typed_line: int = tuned(120, unit="characters", why="A longer line is a paragraph, not a line of a page.")
    number_gap: int = tuned(
        2, unit="columns", why="A number in a column of its own is at least this far from the words."
    )
    numbered_lines: int = tuned(
        5, unit="lines", why="Numbers on every line that do not begin with 1 count lines if there are at least so many."
    )
    full_line_share: float = tuned(
        0.85, unit="share of the width", why="A closed line with room for the next word was its paragraph's last."
    )
    indent: int = tuned(2, unit="characters", why="A line indented by this much begins a paragraph.")
    notes_between: int = tuned(
        6, unit="paragraphs", why="At most these may interrupt a sentence: the notes of one page."
    )
    note_lines: int = tuned(40, unit="lines", why="A note that is longer than a page is none.")
    notes_passed: int = tuned(5, unit="paragraphs", why="What follows a note is looked for in the next ones.")
    bracket_paragraphs: int = tuned(
        20, unit="paragraphs", why="A bracket with commentary that closes later was never meant to."
    )
    # Roles.
    reference_distance: int = tuned(
        6000, unit="characters", why="A note's reference is at most this far before it: two typed pages."
    )
    open_line: int = tuned(
        40,
        unit="characters",
        why="A line that stops at a word may go on if it is as long; a shorter one is a heading.",
    )
    longest_dateline: int = tuned(120, unit="characters", why="A longer paragraph is no dateline.")
    longest_title: int = tuned(90, unit="characters", why="A longer paragraph is no title in capitals.")
    longest_heading: int = tuned(60, unit="characters", why="A longer line without other signs is no heading.")
    heading_above: int = tuned(
        90, unit="characters", why="A heading may follow a line without a final mark if that line is no longer."
    )
    heading_factor: int = tuned(2, unit="times", why="The paragraph under a heading is longer by more than this.")
    # Sentences.
    longest_insertion: int = tuned(
        600, unit="characters", why="A bracket that closes later was left open by its writer."
    )
    speaker_words: int = tuned(3, unit="words", why="The longest name of a speaker: 'Mr. Pyotr Stepanovitch'.")
    opening_marks: int = tuned(8, unit="characters", why="Quotes and brackets before a word, with its first letters.")
    stop_reach: int = tuned(
        48, unit="characters", why="A full stop looks back this far: more than any abbreviation or date."
    )
    abbreviation_parts: int = tuned(
        4, unit="parts", why="The most dotted parts of an abbreviation.", source="the tables: 'U. S. S. R.'"
    )
    abbreviation_letters: int = tuned(
        5, unit="letters", why="The longest of its parts but the last.", source="the tables: 'фунт. ст.'"
    )
    # Language.
    language_sample: int = tuned(
        20_000, unit="characters", why="The shares of the commonest words are settled by then."
    )
    language_letters: int = tuned(20, unit="letters", why="A shorter text is given no language.")
    script_share: float = tuned(
        0.7,
        unit="share of the letters",
        why="A Russian text has this much Cyrillic, even with long English quotations.",
    )
    function_words: float = tuned(
        0.08,
        unit="share of the words",
        why="A text with fewer function words of a language is in another.",
        source="about a third in prose of either language, under 3 % in others",
    )
    russian_letters: int = tuned(
        300,
        unit="letters",
        why="A longer Russian text has an ы; Ukrainian and Bulgarian have none.",
        source="1.9 % of the letters of Russian prose",
    )


TEXT = TextTuning()
"""The numbers with which the program reads texts."""
