"""What a paragraph is: body, heading, note or commentary, from its words and its neighbours.

Body is the default: a false note takes text away from the page, a missed one costs a sentence that is found nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from align.tuning.text import TEXT, TextTuning

_MONTH = (
    r"(?:январ[ья]|феврал[ья]|марта?|апр[еѣ]л[ья]|ма[йя]|[иiі]ю[нл][ья]|августа?|(?:сент|окт|но|дек)[ая]?бр[ья]|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
)
_WEEKDAY = (
    r"(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|-?го|-?е)?(?:[ \t]?[-–—/][ \t]?\d{1,2}(?:st|nd|rd|th)?)?"
_YEAR = r"(?:,?[ \t]{0,2}(?:1[5-9]|20)?\d\d[ \t]?(?:г\.?|года?|год)?)?"
_DATE = (
    rf"(?:{_DAY}(?:[ \t]of)?[ \t]{{1,2}}{_MONTH}{_YEAR}|(?:the[ \t])?{_MONTH}[ \t]{{1,2}}{_DAY}{_YEAR}"
    rf"|{_MONTH},?[ \t]{{1,2}}(?:1[5-9]|20)\d\d(?:[ \t]?(?:г\.?|года?|год))?"
    r"|\d{1,2}[./-](?:\d{1,2}|[ivx]{1,4})[./-]\d{2,4}(?:[ \t]?(?:г\.?|года?))?|(?:1[5-9]|20)\d\d[ \t]?(?:г\.|год)?)"
)
_PLACE = r"(?:[^\W\d_][\w .’'-]{1,40},[ \t]{0,2})"
_DATELINE = re.compile(
    rf"\W{{0,3}}{_PLACE}{{0,2}}(?:{_WEEKDAY}[,.]?[ \t]{{0,2}})?{_DATE}(?:[,.(]{{0,2}}[ \t]{{0,2}}\(?{_WEEKDAY}\)?)?"
    rf"(?:,[ \t]{{0,2}}[^\W\d_][\w .’'-]{{1,40}})?[\W\d]{{0,10}}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"{_DAY}[ \t]{_MONTH}", re.IGNORECASE)
_CHAPTER = re.compile(
    r"(?:глава|часть|раздел|отдел|приложение|документ|chapter|part|book|section|appendix|document|letter|письмо|"
    r"дневник|тетрадь|diary|notebook|enclosure)\b.{0,60}",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"(?:[IVXLC]{1,7}|\d{1,3})[.)]?")

_EDITOR = r"(?:редактора|редакции|переводчика|составителя|составителей|публикатора|издателя)"
_COMMENTARY = re.compile(
    rf"[\[(<{{*_ ]{{0,3}}(?:комментари[йи](?:[ \t]{_EDITOR})?|примечани[ея][ \t]{_EDITOR}"
    r"|прим\.[ \t]?(?:ред|пер|сост|публ)\.|commentary|editorial[ \t](?:note|commentary|comment)s?"
    r"|(?:editor|translator)(?:['’]?s['’]?)?[ \t](?:note|comment|commentary)s?|ed\.[ \t]note"
    r"|note[ \t]by[ \t]the[ \t](?:editor|translator)s?)[*_ \t]*(?P<rest>$|[\])>}:.—–-].*)",
    re.IGNORECASE | re.DOTALL,
)
_EDITORIAL = re.compile(
    r"\b(?:eds?\.|editors?\b|editorial|breaks? off|ends here|continue[sd]|illegible|missing|omitted|omission"
    r"|crossed out|deleted|struck (?:out|through)|torn|cut out|damaged|blank|handwrit|in the margin|marginal"
    r"|signed|signature|initialled|stamp|trans(?:l\.|lator)|note\b|entry\b|enclosure"
    r"|запис[ьи]\b|обрыва[ею]тся|обрыв\b|не сохранил|утрачен|зач[её]ркнут|вычеркнут|вымаран|пропу(?:ск|щен)"
    r"|опущен|неразборчив|нрзб|вырезан|вырван|оторван|от руки|рукой|на полях|приписка|вписано|ред\.|прим\.|пер\."
    r"|примечани|сост\.|публикуется|далее следу|подпись|печать|штамп|резолюция|автограф)",
    re.IGNORECASE,
)
_SIGNED_BY_EDITOR = re.compile(
    r"[—–-][ \t]?(?:прим\.[ \t]?)?(?:eds?|ред|пер|сост|transl?|публ)\.[ \t]?\)$", re.IGNORECASE
)

_STARRED = re.compile(r"(?P<mark>\*{1,4}|[†‡§]{1,2})(?P<bracket>\))?[ \t]?(?=[^\s*])")
_SUPERSCRIPT = re.compile(r"[¹²³⁰⁴-⁹]{1,3}\)?[ \t]?\w")
_NUMBERED = re.compile(
    r"(?:\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})(?P<after>[).]|/|(?=[ \t])))[ \t]{1,3}(?=\S)"
)
_CALLED_NOTE = re.compile(
    r"(?:примечани[ея]|сноска|прим\.|footnote|note)[ \t]?(?:\d{1,3}|\*{1,3})?[ \t]?(?:[:—–]|\.(?=[ \t]))", re.IGNORECASE
)
# A reference hangs on a word: "слово*", "слово [1]", "слово(1)", "слово1)", "слово1/", "слово1".
_REFERENCE = re.compile(
    r"(?<=[\w.,;:!?»”\"’)\]])(?P<a>\*{1,4}|[†‡§]{1,2})(?![*†‡§\w])"
    r"|(?<=\S)[ ]?(?P<b>\[\d{1,3}\])|(?<=\S)(?P<c>\(\d{1,3}\))"
    r"|(?<=[^\W\d_])[.,;]?(?P<d>\d{1,3}[)/])|(?<=[^\W\d_]{3})[»”\"’).,;]?(?P<e>\d{1,3})(?![\w/)]|[.,]\d)"
)
# Every reference has one of these.
_MARK_OF_REFERENCE = re.compile(r"[\d*†‡§]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")

_CLOSERS = "»”“\"’'‘)]}*†‡¹²³⁰⁴⁵⁶⁷⁸⁹ \t"
_OPENERS = "«“„\"‘'([{… \t"
_QUOTES = ("»", "”", "“", '"', "’", "'")
_LISTED = re.compile(r"[^\W\d_][).]\s")


def is_closed(text: str) -> bool:
    """Whether the text stops where a sentence may: at a full stop, question or exclamation mark, ellipsis or colon."""
    tail = text.rstrip(_CLOSERS)
    # A dash before a closing quotation mark breaks a speech off: "in the world if—"
    return not tail or tail[-1] in ".!?…:;" or (tail[-1] in "-–—" and text[len(tail) :].startswith(_QUOTES))


def runs_on(before: str, after: str, *, tuning: TextTuning = TEXT) -> bool:
    """Whether `after` continues the sentence in which `before` stopped, something having come between.

    >>> runs_on("Он сказал, что", "переговоры идут."), runs_on("Он сказал.", "Переговоры идут.")
    (True, False)
    """
    tail = before.rstrip(_CLOSERS)
    if not tail or not after:
        return False
    if tail[-1] in "-‐¬\u00ad⸗=" and tail[-2:-1].isalpha():
        return after[0].isalpha()
    if after.lstrip(_OPENERS)[:1].islower():
        return not _LISTED.match(after)
    # A line that stops at a word goes on with a name if it is long or speech; else it is a heading or a signature.
    return (len(before) >= tuning.open_line or before[0] in "–—") and not is_closed(before) and after[0] not in "-–—*"


def is_interrupted(before: str, after: str, *, tuning: TextTuning = TEXT) -> bool:
    """Whether a sentence surely stops in `before` and goes on in `after`: open end, small letter."""
    if not before or is_closed(before) or not runs_on(before, after, tuning=tuning):
        return False
    return after.lstrip(_OPENERS)[:1].islower()


def goes_on_after_block(before: str, after: str, *, tuning: TextTuning = TEXT) -> bool:
    """Whether a sentence that a list, verse or the like interrupts goes on after it, as in "We took: ... and left".

    >>> goes_on_after_block("We took:", "and left."), goes_on_after_block("We left.", "and so on.")
    (True, False)
    """
    stopped = before.rstrip(_CLOSERS)[-1:] in (".", "!", "?", "…")
    return not stopped and after.lstrip(_OPENERS)[:1].islower() and runs_on(before, after, tuning=tuning)


def is_dateline(text: str, *, tuning: TextTuning = TEXT) -> bool:
    """Whether the paragraph is a date, with or without place and weekday ("Москва, 18 декабря 1934 г.")."""
    return len(text) <= tuning.longest_dateline and _DATELINE.fullmatch(text) is not None


def is_title(text: str, *, tuning: TextTuning = TEXT) -> bool:
    """Whether the paragraph by itself is a heading: a chapter line, a numeral alone, or short and all in capitals."""
    if len(text) > tuning.longest_title:
        return False
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 2 and all(not c.islower() for c in letters) and text[-1] not in ",;:-–—"
    return capitals or is_chapter(text) or _NUMERAL.fullmatch(text) is not None


def is_chapter(text: str) -> bool:
    """Whether the paragraph begins a part of the text by name: "Глава первая", "Letter 12"."""
    return text[0].isupper() and text[-1] not in ",;:!?…-–—" and _CHAPTER.fullmatch(text) is not None


def is_heading(text: str, *, before: str | None, after: str | None, tuning: TextTuning = TEXT) -> bool:
    """Whether the paragraph is a heading or dateline; `before` and `after` are its neighbours, None at the ends.

    A title by itself is a heading. So is a short line that begins with a capital, ends without a mark, and has a longer
    paragraph under it.
    """
    if is_dateline(text, tuning=tuning):
        return True
    if after is None:
        return False
    if is_title(text, tuning=tuning):
        return True
    first = text.lstrip(_OPENERS)[:1]
    return (
        len(text) <= tuning.longest_heading
        and (first.isupper() or first.isdigit())
        and text.rstrip(_CLOSERS)[-1:].isalnum()
        and (before is None or is_closed(before) or len(before) <= tuning.heading_above)
        and len(after) > tuning.heading_factor * len(text)
        and is_closed(after)
        and not after[:1].islower()
    )


def opens_commentary(text: str) -> bool:
    """Whether the paragraph is a bare heading such as "Комментарий", after which all is commentary."""
    found = _COMMENTARY.fullmatch(text)
    return found is not None and not any(c.isalnum() for c in found["rest"])


def is_commentary(text: str) -> bool:
    """Whether the paragraph speaks with the editor's voice, or says only that something was left out ("[...]")."""
    if not _LETTER_OR_DIGIT.search(text) or _COMMENTARY.fullmatch(text):
        return True
    if text[0] == "[" and text.rstrip(".").endswith("]") and text.find("]") >= len(text.rstrip(".")) - 1:
        return _EDITORIAL.search(text) is not None
    return text[0] == "(" and text[-1] == ")" and _SIGNED_BY_EDITOR.search(text) is not None


class References:
    """Where a text refers to notes: each mark that hangs on a word, with the offsets at which it does."""

    def __init__(self, content: str, *, tuning: TextTuning = TEXT) -> None:
        """Look the whole text through once."""
        self._distance = tuning.reference_distance
        self._found: dict[str, list[int]] = {}
        for reference in _REFERENCE.finditer(content) if _MARK_OF_REFERENCE.search(content) else ():
            self._found.setdefault(reference.group(reference.lastgroup or 0), []).append(reference.start())

    def occurs(self, mark: str, at: int) -> bool:
        """Whether the mark occurs before the offset, within the distance of two typed pages."""
        offsets = self._found.get(mark, [])
        first = bisect_left(offsets, at - self._distance)
        return first < len(offsets) and offsets[first] < at


def is_note(
    text: str,
    *,
    at: int,
    references: References,
    before: str,
    after: str,
    beside: tuple[str, ...] = (),
    tuning: TextTuning = TEXT,
) -> bool:
    """Whether the paragraph (at this offset) is a footnote that was dropped into the running text.

    `before` and `after` are the paragraphs around, past other notes; `beside` are the direct neighbours. A superscript
    or "Примечание:" is enough; an asterisk is, unless its neighbours are items of the same list; a number needs its
    reference in the text before, or a sentence that it interrupts ("1." and "1)" the reference: lists begin so).
    """
    if _SUPERSCRIPT.match(text) or _CALLED_NOTE.match(text):
        return True
    if starred := _STARRED.match(text):
        mark = starred["mark"]
        if text.endswith("*") and "*" in mark:
            return False  # emphasis, not a note
        if references.occurs(mark, at) or is_interrupted(before, after, tuning=tuning):
            return True
        return not any((neighbour := _STARRED.match(t)) and neighbour["mark"] == mark for t in beside)
    if numbered := _NUMBERED.match(text):
        mark = numbered.group().strip()
        if references.occurs(mark.rstrip("."), at):
            return True
        if numbered["after"] in (")", ".") or not is_interrupted(before, after, tuning=tuning):
            return False
        # "12 верстах" and "12 March" go on with the sentence; "1 See" interrupts it.
        bare = numbered["plain"] and not numbered["after"]
        return is_closed(text) and not (bare and (_MONTH_DAY.match(text) or not text[numbered.end()].isupper()))
    return False


def may_begin_note(text: str) -> bool:
    """Whether the line has the look of a note's first line."""
    return bool(_SUPERSCRIPT.match(text) or _CALLED_NOTE.match(text) or _STARRED.match(text) or _NUMBERED.match(text))
