"""The lexicon: its file, its learning, and what it explains."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext import align_sentences, relearn, shipped_lexicon
from align.bitext.lexicon.entries import Lexicon, pack, unpack
from align.bitext.lexicon.learning import learn
from align.bitext.lexicon.word_likelihood import Bags, Likelihood
from align.model import Bead

STEM = st.text("абвхyz'", min_size=1, max_size=6)
SHARE = st.integers(0, 1000)


@st.composite
def lexicons(draw):
    """A lexicon whose figures are whole thousandths and millionths, as the file keeps them."""
    left = draw(st.lists(STEM, unique=True, max_size=5))
    right = draw(st.lists(STEM, unique=True, max_size=5))
    pairs = draw(st.sets(st.tuples(st.integers(0, max(0, len(left) - 1)), st.integers(0, max(0, len(right) - 1)))))
    pairs = sorted(pairs) if left and right else []

    def figures(count, scale):
        return (np.array(draw(st.lists(SHARE, min_size=count, max_size=count))) / scale).astype(np.float32)

    return Lexicon(
        left=tuple(left), right=tuple(right),
        left_share=figures(len(left), 1e6), right_share=figures(len(right), 1e6),
        left_null=figures(len(left), 1e3), right_null=figures(len(right), 1e3),
        pair_left=np.array([a for a, _ in pairs], np.int64), pair_right=np.array([b for _, b in pairs], np.int64),
        forward=figures(len(pairs), 1e3), backward=figures(len(pairs), 1e3),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(lexicons())
def test_what_is_packed_is_unpacked(lexicon):
    """A lexicon comes back from its file as it was, and the same lexicon gives the same bytes."""
    again = unpack(pack(lexicon, "test"))
    assert (again.left, again.right) == (lexicon.left, lexicon.right)
    for name in ("left_share", "right_share", "left_null", "right_null", "forward", "backward"):
        assert getattr(again, name) == pytest.approx(getattr(lexicon, name))
    assert again.pair_left.tolist() == lexicon.pair_left.tolist()
    assert again.pair_right.tolist() == lexicon.pair_right.tolist()
    assert pack(again, "test") == pack(lexicon, "test")


def test_the_shipped_lexicon_is_small_and_says_where_it_is_from():
    """The file is under 3 MB, begins with its provenance, and knows plain words both ways."""
    data = (resources.files("align.bitext") / "ru-en.lexicon.gz").read_bytes()
    assert len(data) < 3_000_000
    lexicon = shipped_lexicon("ru", "en-x-garnett")
    backward = shipped_lexicon("en", "ru")
    assert lexicon is not None
    assert backward is not None
    assert backward.left == lexicon.right
    best = {}
    for a, b, chance in zip(lexicon.pair_left, lexicon.pair_right, lexicon.forward, strict=True):
        best[lexicon.left[a]] = max(best.get(lexicon.left[a], (0.0, "")), (float(chance), lexicon.right[b]))
    assert [best[w][1] for w in ("дом", "ноч", "собак", "письм")] == ["hous", "night", "dog", "letter"]


def test_languages_without_a_lexicon_have_none():
    """No lexicon is made up for a pair that has none."""
    assert shipped_lexicon("de", "fr") is None


def test_learning_tells_words_that_always_come_together_from_those_that_do_not():
    """Each word gets its own translation although every bead has two, and the figures are probabilities."""
    words = [("стол", "table"), ("дом", "house"), ("лес", "wood"), ("снег", "snow")]
    both = [(a, b) for a in range(4) for b in range(4) if a != b] * 3
    found = learn([[words[a][0], words[b][0]] for a, b in both], [[words[b][1], words[a][1]] for a, b in both])
    listed = zip(found.pair_left, found.pair_right, found.forward, strict=True)
    strong = {(found.left[a], found.right[b]) for a, b, chance in listed if chance > 0.5}
    assert strong == set(words)
    assert found.forward.max() <= 1.0
    assert found.left_null.max() <= 1.0


def test_what_a_word_leaves_unexplained_is_not_asked_of_the_bead_that_taught_it():
    """A pair seen in one bead explains none of the others, so its words keep what they had; a steady pair explains."""
    left = [[f"л{k}", *(["дом"] if k % 2 else [])] for k in range(100)]
    right = [[f"r{k}", *(["house"] if k % 2 else [])] for k in range(100)]
    found = learn(left, right, least_beads=1)
    null = dict(zip(found.right, found.right_null.tolist(), strict=True))
    assert null["house"] < 0.5
    assert min(null[f"r{k}"] for k in range(100)) > 0.6


def test_learning_keeps_what_it_knew():
    """Relearning adds a collection's own words to a lexicon and keeps the old pairs."""
    prior = learn([["дом"]] * 9 + [["лес"]] * 9, [["house"]] * 9 + [["wood"]] * 9)
    left = ["Полпред молчал."] * 4 + ["Дом стоял."] * 4 + ["Снег шёл."] * 4
    right = ["The envoy kept silent."] * 4 + ["The house stood."] * 4 + ["Snow fell."] * 4
    beads = [Bead((i,), (i,), 1.0) for i in range(12)]
    found = relearn(prior, [(left, right, beads)], left_language="ru", right_language="en")
    pairs = {(found.left[a], found.right[b]) for a, b in zip(found.pair_left, found.pair_right, strict=True)}
    assert ("дом", "house") in pairs
    assert ("лес", "wood") in pairs
    assert ("полпред", "envoi") in pairs


def test_doubtful_beads_teach_nothing():
    """Beads under the least score leave a lexicon as it was."""
    beads = [Bead((i,), (i,), 0.1) for i in range(6)]
    found = relearn(None, [(["снег"] * 6, ["snow"] * 6, beads)], left_language="ru", right_language="en")
    assert not len(found.forward)


def test_learning_wants_both_sides_of_each_bead():
    """A different number of bags on the two sides is refused."""
    with pytest.raises(ValueError, match="one bag on each side"):
        learn([["a"]], [])


def test_a_lexicon_of_ones_own_replaces_the_shipped_one():
    """Words that only the given lexicon knows decide which of eight equally long sentences has no counterpart."""
    left_words, right_words = (
        [f"{x}{y}{z}" for x in "abcd" for y in "ae" for z in ends] for ends in ("fghij", "pqrst")
    )
    left, right = ([" ".join(w[k : k + 5]) for k in range(0, 40, 5)] for w in (left_words, right_words))
    own = learn([[w] for w in left_words] * 5, [[w] for w in right_words] * 5)
    kinds = {"left_language": "xx", "right_language": "yy"}
    wanted = [((i,), (i + (i >= 3),)) for i in range(7)]
    found = [align_sentences(left[:3] + left[4:], right, lexicon=lexicon, **kinds) for lexicon in (None, own)]
    assert [[(b.left, b.right) for b in beads if b.left] == wanted for beads in found] == [False, True]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_explained_words_are_those_of_the_definition(data):
    """The log-odds of sentences given runs of others are IBM model 1's, word by word."""
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    kinds, given_kinds = 5, 4
    sizes, given_sizes = random.integers(0, 4, 3), random.integers(0, 4, 4)
    tokens, given_tokens = random.integers(0, kinds, sizes.sum()), random.integers(0, given_kinds, given_sizes.sum())
    starts, given_starts = np.r_[0, np.cumsum(sizes)], np.r_[0, np.cumsum(given_sizes)]
    chance = {(a, b): float(random.random()) for a in range(kinds) for b in range(given_kinds) if random.random() < 0.5}
    share = random.uniform(0.05, 0.3, kinds).astype(np.float32)
    null = np.where(random.random(kinds) < 0.3, 1.0, random.uniform(0.1, 0.9, kinds)).astype(np.float32)
    said, explaining = (np.array([pair[side] for pair in chance], np.int64) for side in (0, 1))
    model = Likelihood(said, explaining, np.array(list(chance.values()), np.float32), share, null)
    found = model.log_odds(Bags(tokens, starts), Bags(given_tokens, given_starts), (1, 2, 3))
    for width, matrix in found.items():
        assert matrix.shape == (4, 3)
        for i in range(4):
            run = given_tokens[given_starts[i] : given_starts[min(i + width, 4)]]
            for j in range(3):
                expected = 0.0
                for word in tokens[starts[j] : starts[j + 1]]:
                    mean = sum(chance.get((int(word), int(g)), 0.0) for g in run) / (len(run) + 1)
                    ratio = null[word] + (1 - null[word]) * mean / share[word]
                    expected += min(5.0, np.log(ratio)) if null[word] < 1 else 0.0
                assert matrix[i, j] == pytest.approx(expected, abs=1e-3)
