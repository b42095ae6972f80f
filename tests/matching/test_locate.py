"""Laws of locate_lines, on made-up text of which the answer is known."""

from __future__ import annotations

import doctest
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import align.matching.chain as chain_module
from align import locate_lines
from align.matching.locate import locate

Span = tuple[int, int]


def make_text(rng: random.Random, words: int) -> str:
    """Prose-like text: words that recur as words do, sentences, paragraphs."""
    syllables = [a + b for a in "бвгдклмнпрст" for b in "аеиоуыя"]
    lexicon = ["".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3, 4)))) for _ in range(max(30, words // 4))]
    pieces = []
    for _ in range(words):
        word = lexicon[min(int(rng.expovariate(5 / len(lexicon))), len(lexicon) - 1)]
        pieces.append(word + rng.choice(("", "", "", "", "", ",", " —", ".")) + rng.choice((" ",) * 30 + ("\n",)))
    return "".join(pieces).strip()


def wrap(text: str, width: int = 60) -> list[Span]:
    """The lines of a page set from the text."""
    spans, start, end = [], 0, 0
    for word in text.replace("\n", " ").split(" "):
        if start < end and (end + 1 + len(word) - start > width or text[end] == "\n"):
            spans.append((start, end))
            start = end + 1
        end = max(end + 1, start) + len(word) if end else len(word)
        end = min(end, len(text))
    return [*spans, (start, end)] if start < end else spans


def read_badly(line: str, rate: float, rng: random.Random) -> str:
    """The line as an engine might read it, with so many errors a character."""
    out = []
    for char in line:
        kind = rng.random() / rate
        out.append(
            char if kind >= 1 else rng.choice("абвгдежзиклмн") if kind < 0.6 else "" if kind < 0.8 else char + "х"
        )
    return "".join(out).strip() or "."


@given(st.integers(0, 10**9), st.integers(12, 400))
@settings(max_examples=25)
def test_a_clean_reading_is_found_exactly(seed: int, words: int) -> None:
    """Every line of a clean reading gets the very characters it shows."""
    text = make_text(random.Random(seed), words)
    spans = wrap(text)
    assert all(text[a:b].strip() == text[a:b] for a, b in spans)
    found = locate_lines([text[a:b] for a, b in spans], text)
    # A line without letters, or one of a few letters that stands twice, may be anybody's.
    assert [f for f, (a, b) in zip(found, spans, strict=True) if b - a > 20] == [s for s in spans if s[1] - s[0] > 20]


@given(st.integers(0, 10**9))
@settings(max_examples=10)
def test_pages_may_stand_in_any_order(seed: int) -> None:
    """Moved, swapped, doubled and missing pages change nothing for the lines of the others."""
    rng = random.Random(seed)
    text = make_text(rng, 1500)
    spans = wrap(text)
    pages = [spans[i : i + 20] for i in range(0, len(spans), 20)]
    order = rng.choices(range(len(pages)), k=len(pages))
    shown = [span for page in order for span in pages[page]]
    found = locate_lines([read_badly(text[a:b], 0.1, rng) for a, b in shown], text)
    right = sum(
        f is not None and abs(f[0] - a) <= 2 and abs(f[1] - b) <= 2 for f, (a, b) in zip(found, shown, strict=True)
    )
    assert right >= 0.96 * len(shown)


@given(st.integers(0, 10**9))
@settings(max_examples=10)
def test_what_is_not_there_is_not_claimed(seed: int) -> None:
    """Lines of another text stay null, between lines that are found, and text without lines stays unclaimed."""
    rng = random.Random(seed)
    text, other = make_text(rng, 800), make_text(random.Random(seed + 1), 300)
    spans, foreign = wrap(text), wrap(other)
    left_out = range(len(spans) // 2, len(spans) // 2 + 12)
    shown = [span for i, span in enumerate(spans) if i not in left_out]
    at = len(spans) // 4
    lines = [text[a:b] for a, b in shown[:at]] + [other[a:b] for a, b in foreign] + [text[a:b] for a, b in shown[at:]]
    found = locate_lines([read_badly(line, 0.1, rng) for line in lines], text)
    assert sum(f is not None for f in found[at : at + len(foreign)]) <= 1
    gap = spans[left_out[0]][0], spans[left_out[-1]][1]
    assert sum(max(0, min(b, gap[1]) - max(a, gap[0])) for f in found if f for a, b in [f]) <= 0.03 * (gap[1] - gap[0])
    assert sum(f is not None for f in found[:at]) >= 0.95 * at


ANYTHING = st.text(st.one_of(st.sampled_from("ab -\n\0\u00ad\u200f\ud800"), st.characters()), max_size=90)


@given(st.lists(ANYTHING, max_size=6), ANYTHING, st.booleans())
def test_spans_are_sound_whatever_comes(lines: list[str], text: str, together: bool) -> None:
    """Any strings get one answer a line: None, or a range of the text without outer white space."""
    text = text + " " + " ".join(lines) if together else text
    found = locate(lines, text)
    assert len(found) == len(lines)
    for item in found:
        if item is not None:
            start, end = item.span
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert 0 <= item.similarity <= 1


@given(st.integers(0, 10**9))
@settings(max_examples=5)
def test_neighbours_do_not_share_characters(seed: int) -> None:
    """Lines that follow each other get ranges that follow each other."""
    rng = random.Random(seed)
    text = make_text(rng, 600)
    found = locate_lines([read_badly(text[a:b], 0.15, rng) for a, b in wrap(text)], text)
    spans = [f for f in found if f]
    assert sum(a[1] > b[0] for a, b in pairwise(spans)) <= 1


TEXT = make_text(random.Random(7), 400)


def test_texts_may_be_joined_in_any_order() -> None:
    """Lines are found in the joined texts of several documents, whatever order these stand in."""
    spans = wrap(TEXT)
    middle = spans[len(spans) // 2][0]
    joined = TEXT[middle:] + "\n\n" + TEXT[:middle]
    found = locate_lines([TEXT[a:b] for a, b in spans], joined)
    shift = len(TEXT) - middle + 2
    assert [f and joined[f[0] : f[1]] for f in found] == [TEXT[a:b] for a, b in spans]
    assert found[0] == (shift, shift + spans[0][1])


def test_a_head_that_repeats_the_title_gets_nothing() -> None:
    """The running head of every page stays null although the title says the same, and the title is found."""
    title = "Повесть о далёком путешествии"
    text = title + "\n" + TEXT
    spans = wrap(TEXT)
    lines, body = [title], []
    for i, (a, b) in enumerate(spans):
        if i and i % 10 == 0:
            lines.append(f"{title.upper()} {i // 10 + 1}")
        body.append(len(lines))
        lines.append(TEXT[a:b])
    found = locate_lines(lines, text)
    assert found[0] == (0, len(title))
    assert {i for i, f in enumerate(found) if f} == {0, *body}


def test_short_lines_are_settled_by_their_neighbours() -> None:
    """A line of two letters or of stars stands where its neighbours leave room, and a page number nowhere."""
    text = TEXT[:200].strip() + "\nда.\n* * *\n" + TEXT[200:400].strip()
    spans = wrap(text)
    lines = [text[a:b] for a, b in spans]
    at = lines.index("да.")
    assert lines[at + 1] == "* * *"
    found = locate_lines([*lines[:4], "17", *lines[4:]], text)
    assert found == [*spans[:4], None, *spans[4:]]


def test_a_misread_line_fills_its_gap() -> None:
    """A line of which the engine made nothing is where the only room for it is."""
    spans = wrap(TEXT)
    lines = [TEXT[a:b] for a, b in spans]
    lines[5] = "".join("щюф"[i % 3] if char.isalpha() else char for i, char in enumerate(lines[5]))
    start, end = locate_lines(lines, TEXT)[5] or (0, 0)
    assert abs(start - spans[5][0]) <= 2
    assert abs(end - spans[5][1]) <= 2


def test_a_line_longer_than_a_piece_is_one_range() -> None:
    """A line of many hundred letters is found as one."""
    assert locate_lines([TEXT[:900].strip()], TEXT) == [(0, len(TEXT[:900].strip()))]


def test_similarity_is_of_the_letters() -> None:
    """The similarity falls by one letter's part for a wrong letter, and not at all for case and look-alikes."""
    text = "Слово и дело государево"
    same, wrong = locate(["CЛОВО и дело государево"], text)[0], locate(["Слово и дело государеко"], text)[0]
    assert same is not None and same.similarity == 1  # noqa: PT018
    assert wrong is not None and wrong.similarity == pytest.approx(1 - 1 / 20)  # noqa: PT018


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        ([], "", []),
        ([], "text", []),
        (["", "слово"], "", [None, None]),
        (["Привет, мир!"], "Привет, мир!", [(0, 12)]),
        (["Было это давно,", "очень давно."], "Было это давно, очень давно.", [(0, 15), (16, 28)]),
        (["1934", "--", "* * *"], "В тексте, о котором речь, есть 1934 год и -- и многое другое", [None, None, None]),
        (["It was a dark and stormy night; the rain fell"], "Мороз и солнце; день чудесный! Ещё ты дремлешь", [None]),
        (["\0" * 1000, "\0слово\0 и дело государево"], "\0\0 слово и дело государево \0", [None, (3, 26)]),
        (["\u200fслово\u200e и дело"], "— слово и дело.", [(2, 15)]),
    ],
)
def test_small_and_odd_cases(lines: list[str], text: str, expected: list[Span | None]) -> None:
    """Empty, tiny, foreign and hostile input gets the plain answer."""
    assert locate_lines(lines, text) == expected


@pytest.mark.parametrize("unit", ["а", "аб", "да нет "])
def test_monotonous_input_is_quick(unit: str) -> None:
    """A text that says one thing a hundred thousand times, and a line as long, end in an answer."""
    text = (unit * 100_000)[:100_000].strip()
    assert len(locate_lines([text, text[:60], text[:60]], text)) == 3


def test_the_examples_of_the_chain_hold() -> None:
    """Worked examples that run are true."""
    assert doctest.testmod(chain_module).failed == 0


def test_a_long_line_of_two_passages_is_where_most_of_it_is() -> None:
    """A line that a reading glued together from two places gets the range of the longer part."""
    spans = wrap(TEXT)
    short, long = TEXT[spans[1][0] : spans[3][1]], TEXT[spans[20][0] : spans[28][1]]
    start, end = locate_lines([long + " " + short], TEXT)[0] or (0, 0)
    assert start == spans[20][0]
    assert spans[27][1] <= end <= spans[29][0]
