"""The search index: words as search compares them, the same in Python and JavaScript, and where they stand."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sample_run import COLLECTION

from align.web.viewer.search import SHARD_BYTES, Entry, index_of, shard_of
from align.web.viewer.words import stem, stems

CLIENT = COLLECTION / "align" / "web" / "client"
TWINS = """
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { shardOf } from "./src/viewer/index.js";
import { stems } from "./src/viewer/words.js";
const stemmers = createRequire(import.meta.url)("snowball-stemmers");
const made = { english: stemmers.newStemmer("english"), russian: stemmers.newStemmer("russian") };
const texts = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(texts.map((text) => {
  const own = stems((language, word) => made[language].stem(word), text);
  return [own, own.map((stem) => shardOf(stem, 64))];
})));
"""
FORMS = [
    ("переговоры", "переговоров", "переговорам", "Переговорами", "ПЕРЕГОВОРАХЪ"),
    ("ёлка", "елки", "Ёлкой"),
    ("дѣло", "дела", "делом"),
    ("talk", "talks", "talking", "Talked"),
    ("за́мок", "замок"),
    ("Café", "cafes"),
    ("ѳедоръ", "федор"),
]


def in_javascript(texts):
    """What the viewer's own words.js and index.js make of these texts."""
    if shutil.which("node") is None or not (CLIENT / "node_modules" / "snowball-stemmers").exists():
        pytest.skip("node or the viewer's packages are not installed: scripts/setup does it")
    program = subprocess.run(
        ["node", "--input-type=module", "-e", TWINS], cwd=CLIENT, input=json.dumps(texts),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(program.stdout)


@pytest.mark.parametrize("forms", FORMS)
def test_forms_of_a_word(forms):
    """The forms of a word, in old and new spelling, have one stem."""
    assert len({tuple(stems(form)) for form in forms}) == 1


def test_both_sides_agree_on_all_words():
    """Python and JavaScript give the same stems and shards for every word of the sample and of the sentence tests."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in [
            *sorted((COLLECTION / "transcripts").rglob("*.txt")),
            *sorted((COLLECTION / "tests/text").glob("*.txt")),
        ]
    ]
    texts += [" ".join(forms) for forms in FORMS]
    texts += [
        "one’s don't o'clock 1934-го 14½ naïve Ångström ĳ ﬁn straße İstanbul ПОДЪЁМЪ объѣздъ мiръ",
        "😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 日本語 العربية",
        "ы" * 500,
        "й" + "\u0306",
        "",
    ]
    expected = [[list(stems(text)), [shard_of(own, 64) for own in stems(text)]] for text in texts]
    assert sum(len(own) for own, _ in expected) > 8000
    assert in_javascript(texts) == expected


def test_both_sides_agree_on_any_text():
    """Python and JavaScript agree on texts of any letters of the scripts that pages are written in."""
    letters = st.text(
        st.characters(codec="utf-8", min_codepoint=0x20, max_codepoint=0x52F, exclude_categories=("Cs", "Cn")),
        max_size=40,
    )
    texts: list[str] = []

    @given(letters)
    def collect(text):
        texts.append(text)

    collect()
    assert in_javascript(texts) == [[list(stems(text)), [shard_of(own, 64) for own in stems(text)]] for text in texts]


def entries(contents):
    return [Entry(0, 0, f"{n:016x}", content, 1) for n, content in enumerate(contents)]


@given(
    st.lists(st.sampled_from(["снег", "снега", "дом", "дома", "snow", "house", "houses", "и"]), min_size=1, max_size=60)
)
def test_the_index_knows_every_sentence_of_a_stem(words):
    """For each word the index lists just the sentences that hold a form of it, and no stem stands in two shards."""
    index = index_of(entries(words))
    found = {}
    for number, shard in enumerate(index.shards):
        for key, gaps in shard.items():
            assert shard_of(key, len(index.shards)) == number
            at, listed = 0, []
            for gap in gaps.split():
                at += int(gap)
                listed.append(at)
            found[key] = listed
    assert found == {
        key: [n for n, word in enumerate(words) if stem(word) == key] for key in {stem(word) for word in words}
    }


@pytest.mark.slow
def test_shards_and_contexts_stay_small():
    """However large the volume, what a question loads is small: shards and pages of text are cut."""
    contents = [f"слово{n % 977} и ещё {n} word{n % 1013} of a sentence that goes on for a while" for n in range(6000)]
    index = index_of(entries(contents))
    sizes = [len(json.dumps(shard)) for shard in index.shards]
    assert len(index.shards) == 8
    assert max(sizes) < 12 * SHARD_BYTES
    assert max(len(json.dumps(page, ensure_ascii=False).encode()) for page in index.contexts) < 2 * SHARD_BYTES
    assert [sum(len(page) for page in index.contexts[:n]) for n in range(len(index.contexts))] == list(index.firsts)


def test_stemmers_are_free_to_use():
    """The licences of both stemmers allow the use that is made of them."""
    package = CLIENT / "node_modules" / "snowball-stemmers" / "package.json"
    if package.exists():
        assert json.loads(package.read_text(encoding="utf-8"))["license"] == "ISC"
    from importlib.metadata import metadata

    assert "BSD" in metadata("snowballstemmer")["License"]
    assert Path(CLIENT / "package.json").read_text(encoding="utf-8").count("snowball-stemmers") == 1
