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
# Syllables that words are made from; they make as many different words as a volume of a thousand pages has.
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
    """A vocabulary of `count` words."""
    parts = RUSSIAN if language == "ru" else ENGLISH
    vocabulary: dict[str, None] = {}
    while len(vocabulary) < count:
        vocabulary["".join(rng.choices(parts, k=rng.randint(1, 4))) + rng.choice(ENDINGS[language])] = None
    return list(vocabulary)


def sentences(rng, vocabulary, count):
    """Invented sentences. Their words differ in frequency as the words of a language do (Zipf)."""
    weights = [1 / (n + 2) for n in range(len(vocabulary))]
    drawn = iter(rng.choices(vocabulary, weights, k=count * 16))
    return [" ".join(next(drawn) for _ in range(rng.randint(6, 16))).capitalize() + "." for _ in range(count)]


def volume(folder, *, pages, documents, lines, size, seed):
    """An invented collection of this size: its vocabularies, and the folder of its results."""
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
    """Seconds of one build: by the clock, and of processor time without the workers, which make the images."""
    from align.files.collection.opening import open_collection
    from align.files.scans.fingerprints import RunScans
    from align.files.store.result_store import ResultStore
    from align.files.store.results import Results
    from align.web.viewer.site import Site
    from align.workers.pools import ProcessPool, usable_cores
    from align.workers.progress import NullProgress

    began, cpu = time.perf_counter(), time.process_time()
    results = Results.opened(out)
    site = Site(
        open_collection(folder),
        results,
        ResultStore(out),
        ProcessPool(usable_cores()),
        NullProgress(),
        RunScans(folder),
        results.version(),
    )
    site.build()
    return {"clock": round(time.perf_counter() - began, 1), "cpu": round(time.process_time() - cpu, 1)}


def opened(browser, address, ready, *, wanted=1):
    """The times, in milliseconds since the navigation began, and the page, as soon as `ready` is there."""
    page = browser.new_context(viewport={"width": 1500, "height": 950}).new_page()
    page.add_init_script(WATCH + f"globalThis.wanted = {wanted};")
    page.goto(address)
    page.wait_for_function(f"() => globalThis.times.{ready}", timeout=60_000)
    return page.evaluate("globalThis.times"), page


def asked(page, queries):
    """Milliseconds of each question, from Enter to the list of hits, with the line above that list.

    The first questions also load the parts of the index and the stemmer.
    """
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


def building_figures(folder, out):
    """What a build costs in seconds, with images and without, and how large its data are."""
    figures = {"build_with_images_s": build(folder, out)}
    shutil.rmtree(out / "viewer" / "data")
    figures["build_without_images_s"] = build(folder, out)
    sizes = [path.stat().st_size for path in (out / "viewer" / "data").rglob("*.js")]
    return {**figures, "data_mb": round(sum(sizes) / 1e6, 1), "largest_script_kb": round(max(sizes) / 1e3)}


def opening_figures(browser, address, *, documents, rounds):
    """Milliseconds until the contents, a document's texts, and its image are there."""
    figures = {}
    for name, part, ready in (
        ("contents_ms", "", "contents"),
        ("document_ms", f"#/v/d/d{documents // 2:04d}", "texts"),
        ("document_with_image_ms", f"#/v/d/d{documents // 2:04d}", "image"),
    ):
        milliseconds = []
        for _ in range(rounds):
            times, page = opened(browser, address + part, ready)
            milliseconds.append(times[ready])
            page.context.close()
        figures[name] = summary(milliseconds)
    return figures


def search_figures(browser, address, vocabularies, *, seed):
    """Milliseconds of the first search and of later ones, over frequent words, rare words, and pairs of words."""
    rng = random.Random(seed)
    _, page = opened(browser, address, "contents")
    queries = [vocabularies[language][n] for language in ("ru", "en") for n in (0, 3, 20, 150, 1000, 8000)]
    queries += [" ".join(rng.sample(vocabularies["ru"][:40], 2)) for _ in range(6)]
    queries += rng.sample(vocabularies["ru"] + vocabularies["en"], 12)
    # A reader first puts the cursor into the field, and the stemmer is loaded while the question is typed.
    page.focus(".search input")
    page.wait_for_timeout(1000)
    answers = asked(page, queries)
    page.context.close()
    return {
        "first_search_ms": round(answers[0][0]),
        "search_ms": summary([milliseconds for milliseconds, _ in answers[1:]]),
        "most_hits": max(int(status.split()[0]) for _, status in answers),
    }


def drawing_figures(browser, address, *, rounds):
    """Milliseconds until a large image is shown, and from then until its 300 areas are drawn."""
    overlays, images = [], []
    for _ in range(rounds):
        _, page = opened(browser, address, "image", wanted=300)
        page.wait_for_function("() => globalThis.times.overlay")
        times = page.evaluate("globalThis.times")
        overlays.append(times["overlay"] - times["image"])
        images.append(times["image"])
        page.context.close()
    return {"overlay_after_image_ms": summary(overlays), "large_image_shown_ms": round(median(images))}


def summary(milliseconds):
    """The median and the worst of some times, in whole milliseconds."""
    return {"median": round(median(milliseconds)), "worst": round(max(milliseconds))}


def measured(wanted):
    """All figures by their names, from two invented volumes: one of many pages, one of a single large page."""
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
        figures |= building_figures(folder, out)
        address = (out / "viewer" / "index.html").as_uri()
        figures |= opening_figures(browser, address, documents=wanted.documents, rounds=wanted.rounds)
        figures |= search_figures(browser, address, vocabularies, seed=wanted.seed + 1)
        folder = Path(temporary, "page")
        _, out = volume(folder, pages=1, documents=1, lines=300, size=(4000, 6000), seed=wanted.seed)
        build(folder, out)
        address = (out / "viewer" / "index.html").as_uri() + "#/v/d/d0001"
        figures |= drawing_figures(browser, address, rounds=wanted.rounds)
        browser.close()
    return figures


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
    figures = measured(wanted)
    for name, value in figures.items():
        print(f"{name:24} {value}")
    wanted.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0
