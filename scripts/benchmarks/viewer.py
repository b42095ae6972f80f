"""The viewer over an invented volume: what building costs, how fast it opens, answers, and draws areas over a page."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# Syllables of which words are made: as many different words as a volume of a thousand pages has.
RUSSIAN = ("по", "ре", "го", "во", "ра", "ме", "сте", "ли", "на", "ча", "ло", "кни", "га", "зи", "му", "дом", "сне")
ENGLISH = (
    "con",
    "ver",
    "ta",
    "ti",
    "ne",
    "go",
    "mo",
    "ther",
    "win",
    "ter",
    "let",
    "sto",
    "ry",
    "pa",
    "per",
    "hou",
    "se",
)
ENDINGS = {"ru": ("ы", "ов", "ам", "а", "у", "ом"), "en": ("s", "ing", "ed", "", "er", "ly")}
# The overlay counts as drawn with the first frame that has all its areas; an image when OpenSeadragon has it.
WATCH = """
globalThis.times = {};
addEventListener("imageshown", () => { globalThis.times.image ??= performance.now(); }, true);
const look = () => {
  const areas = document.querySelectorAll(".areas .area").length;
  if (areas >= globalThis.wanted) globalThis.times.overlay ??= performance.now();
  if (document.querySelector(".contents li")) globalThis.times.contents ??= performance.now();
  if (document.querySelector(".transcription .s")) globalThis.times.texts ??= performance.now();
  requestAnimationFrame(look);
};
globalThis.wanted = 1;
requestAnimationFrame(look);
"""


def words(rng, language, count):
    """A vocabulary of that many words."""
    parts = RUSSIAN if language == "ru" else ENGLISH
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choices(parts, k=rng.randint(1, 4))) + rng.choice(ENDINGS[language])] = None
    return list(found)


def sentences(rng, vocabulary, count):
    """Sentences whose words are as unlike in frequency as those of a language (Zipf)."""
    weights = [1 / (n + 2) for n in range(len(vocabulary))]
    drawn = iter(rng.choices(vocabulary, weights, k=count * 16))
    return [" ".join(next(drawn) for _ in range(rng.randint(6, 16))).capitalize() + "." for _ in range(count)]


def volume(folder, *, pages, documents, lines, size, seed):
    """An invented collection of that size; its vocabularies, and its results' folder."""
    from support.invented_volume import Entry, Layout, write_invented

    rng = random.Random(seed)
    vocabularies = {language: words(rng, language, 30_000 if pages > 10 else 2_000) for language in ("ru", "en")}
    total = pages * lines
    each = -(-total // documents)
    entries = []
    for n in range(documents):
        count = min(each, total - n * each)
        if count <= 0:
            break
        texts = [sentences(rng, vocabularies[language], count) for language in ("ru", "en")]
        entries.append(Entry(f"d{n + 1:04d}", *texts, {"date": f"19{30 + n % 30}-0{1 + n % 9}-1{n % 10}"}))
    out = write_invented(folder, entries, Layout(size, lines, 1))
    return vocabularies, out


def build(folder, out):
    """Seconds of one build, by the clock and of this process: those of workers, which make images, are not in it."""
    from align.files.collection.opening import open_collection
    from align.files.store.result_store import ResultStore
    from align.files.store.results import Results
    from align.web.viewer.site import Site
    from align.work.pools import ProcessPool, usable_cores
    from align.work.progress import NullProgress

    began, cpu = time.perf_counter(), time.process_time()
    site = Site(
        open_collection(folder), Results.opened(out), ResultStore(out), ProcessPool(usable_cores()), NullProgress()
    )
    site.build()
    return {"clock": round(time.perf_counter() - began, 1), "cpu": round(time.process_time() - cpu, 1)}


def opened(browser, address, ready, *, wanted=1):
    """The times, in milliseconds since the navigation began, and the page."""
    page = browser.new_context(viewport={"width": 1500, "height": 950}).new_page()
    page.add_init_script(WATCH + f"globalThis.wanted = {wanted};")
    page.goto(address)
    page.wait_for_function(f"() => globalThis.times.{ready}", timeout=60_000)
    return page.evaluate("globalThis.times"), page


def asked(page, queries):
    """Milliseconds of each question, from Enter to the list of hits, shards and stemmer loaded with the first ones."""
    times = []
    for query in queries:
        took = page.evaluate(
            """async (query) => {
              const began = performance.now();
              location.hash = "#/v/search/" + encodeURIComponent(query);
              while (true) {
                await new Promise((done) => setTimeout(done));
                const own = document.querySelector(".search-page [role=status]");
                if (own && own.textContent.includes(query)) return [performance.now() - began, own.textContent];
              }
            }""",
            query,
        )
        times.append(took)
    return times


def main(arguments):
    """Measure, print, and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench viewer", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--lines", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    wanted = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    figures: dict[str, object] = {"seed": wanted.seed, "pages": wanted.pages, "documents": wanted.documents}
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        folder = Path(temporary, "volume")
        vocabularies, out = volume(
            folder,
            pages=wanted.pages,
            documents=wanted.documents,
            lines=wanted.lines,
            size=(900, 1200),
            seed=wanted.seed,
        )
        figures["build_with_images_s"] = build(folder, out)
        shutil.rmtree(out / "viewer" / "data")
        figures["build_without_images_s"] = build(folder, out)
        data = [path.stat().st_size for path in (out / "viewer" / "data").rglob("*.js")]
        figures["data_mb"] = round(sum(data) / 1e6, 1)
        figures["largest_script_kb"] = round(max(data) / 1e3)
        address = (out / "viewer" / "index.html").as_uri()
        for name, part, ready in (
            ("contents_ms", "", "contents"),
            ("document_ms", f"#/v/d/d{wanted.documents // 2:04d}", "texts"),
            ("document_with_image_ms", f"#/v/d/d{wanted.documents // 2:04d}", "image"),
        ):
            rounds = []
            for _ in range(wanted.rounds):
                times, page = opened(browser, address + part, ready)
                rounds.append(times[ready])
                page.context.close()
            figures[name] = {"median": round(median(rounds)), "worst": round(max(rounds))}
        rng = random.Random(wanted.seed + 1)
        _, page = opened(browser, address, "contents")
        queries = [vocabularies[language][n] for language in ("ru", "en") for n in (0, 3, 20, 150, 1000, 8000)]
        queries += [" ".join(rng.sample(vocabularies["ru"][:40], 2)) for _ in range(6)]
        queries += rng.sample(vocabularies["ru"] + vocabularies["en"], 12)
        # A reader first puts the cursor into the field, and the stemmer is loaded while the question is typed.
        page.focus(".search input")
        page.wait_for_timeout(1000)
        times = asked(page, queries)
        figures["first_search_ms"] = round(times[0][0])
        figures["search_ms"] = {
            "median": round(median(t for t, _ in times[1:])),
            "worst": round(max(t for t, _ in times[1:])),
        }
        figures["most_hits"] = max(int(said.split()[0]) for _, said in times)
        page.context.close()
        folder = Path(temporary, "page")
        _, out = volume(folder, pages=1, documents=1, lines=300, size=(4000, 6000), seed=wanted.seed)
        build(folder, out)
        address = (out / "viewer" / "index.html").as_uri() + "#/v/d/d0001"
        rounds = []
        for _ in range(wanted.rounds):
            times, page = opened(browser, address, "image", wanted=300)
            page.wait_for_function("() => globalThis.times.overlay")
            times = page.evaluate("globalThis.times")
            rounds.append((times["overlay"] - times["image"], times["image"]))
            page.context.close()
        figures["overlay_after_image_ms"] = {
            "median": round(median(r for r, _ in rounds)),
            "worst": round(max(r for r, _ in rounds)),
        }
        figures["large_image_shown_ms"] = round(median(r for _, r in rounds))
        browser.close()
    for name, value in figures.items():
        print(f"{name:24} {value}")
    wanted.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0
