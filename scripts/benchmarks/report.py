"""The report of a large volume: how large it is, how fast it is made, opens, scrolls and is searched.

The volume is that of a finished run, its pages repeated until there are enough findings: as many pictures are made as
it has pages, each of a real scan. Times in the browser are those of the page's own clock, from the beginning of the
navigation; the least of several is given beside the median, since other work on the machine only adds to them.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
ON_A_PAGE = 5
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# Notes the moment in which the first finding with its picture has been painted.
FIRST = """new MutationObserver((_, own) => {
  if (!document.querySelector('article image')) return;
  own.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.firstShown = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""
SCROLL = """async ([frames, step]) => {
  const times = []; let gaps = 0, last = performance.now();
  for (let i = 0; i < frames; i++) {
    scrollBy(0, step);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
    const empty = [...document.querySelectorAll('.block')].some((block) => {
      const box = block.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight && !block.children.length;
    });
    if (empty) gaps++;
  }
  times.sort((a, b) => a - b);
  return { frames, gaps, median_ms: times[frames >> 1], p95_ms: times[Math.floor(frames * 0.95)] };
}"""
SEARCH = """async (text) => {
  const field = document.querySelector('[name=q]'), count = document.querySelector('#count');
  const before = count.textContent, began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  while (count.textContent === before) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


def main(arguments: Sequence[str]) -> int:
    """The figures in a JSON file and on stdout; 1 where there are no results or no browser."""
    parser = argparse.ArgumentParser(prog="scripts/bench report", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--collection", type=Path, default=ROOT, help="with finished results; the sample by default")
    parser.add_argument("--results", type=Path, help="its results, if they are not in aligned/")
    parser.add_argument("--findings", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=7, help="how many times the report is opened")
    parser.add_argument("--keep", type=Path, help="leave the report in this folder")
    wanted = parser.parse_args(arguments)
    results = wanted.results or wanted.collection / "aligned"
    if not (results / "run.json").exists() or shutil.which("chromium") is None:
        print("scripts/bench report: this needs results (align run .) and chromium.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="align-bench-") as folder:
        out = wanted.keep or Path(folder)
        figures = written(wanted.collection, results, out, wanted.findings)
        figures |= driven(out / "report" / "index.html", wanted.rounds)
    wanted.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, value in figures.items():
        print(f"{name:22} {value}")
    return 0


def written(collection: Path, results: Path, out: Path, findings: int) -> dict[str, object]:
    """Make the report twice: seconds and bytes, for this number of findings."""
    from align.decisions.taking import NOTHING_DECIDED
    from align.files.scans.fingerprints import RunScans
    from align.files.store.result_store import ResultStore
    from align.files.store.results import Results
    from align.files.store.versions import ResultsVersion
    from align.web.report import Report, write_report
    from align.web.report.view_model import ranked, shown_volume
    from align.workers.pools import ProcessPool, usable_cores
    from align.workers.progress import NullProgress

    opened = Results.opened(results)
    small = opened.volume(opened.volumes[0])
    times = -(-findings // (ON_A_PAGE * sum(bool(page.lines) for page in small.pages)))
    volume = repeated(small, times, findings)
    began = time.perf_counter()
    shown = shown_volume(volume)
    report = Report("Bench", ranked(shown.findings, [shown.name]), (shown,), None, ResultsVersion("0" * 16, 0.0))
    gathered_s = time.perf_counter() - began
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        with (store := ResultStore(out)).opened():
            pool = ProcessPool(usable_cores())
            write_report(
                report,
                scans=RunScans(collection.resolve()),
                store=store,
                pool=pool,
                progress=NullProgress(),
                decided=NOTHING_DECIDED,
            )
        seconds.append(round(time.perf_counter() - began, 1))
    sizes = {path: path.stat().st_size for path in (out / "report").rglob("*") if path.is_file()}
    pictures = [size for path, size in sizes.items() if path.suffix == ".jpg"]
    return {
        "findings": len(volume.findings),
        "pages": len(volume.pages),
        "documents": len(volume.documents),
        "gathered_s": round(gathered_s, 1),
        "written_s": seconds[0],
        "written_again_s": seconds[1],
        "pictures": len(pictures),
        "pictures_mb": round(sum(pictures) / 1e6, 1),
        "data_mb": round(sum(size for path, size in sizes.items() if path.parent.name == "data") / 1e6, 1),
        "page_mb": round((out / "report" / "index.html").stat().st_size / 1e6, 2),
        "tables_mb": round(sum(size for path, size in sizes.items() if path.stem == "findings") / 1e6, 1),
    }


def repeated(small, times: int, findings: int):
    """The volume repeated `times` times, one copy after another, with this number of findings on its lines."""
    from align.model import Finding, key

    rng = random.Random(1)
    size = len(small.pages)
    pages, matches, links, documents, texts, remarks = [], [], [], [], [], []
    for copy in range(times):

        def moved(areas, copy=copy):
            return tuple(replace(area, page=area.page + copy * size) for area in areas)

        for page, matches_of_page in zip(small.pages, small.matches, strict=True):
            order = page.order + copy * size
            pages.append(replace(page, order=order, id=f"b.p{order:05d}", key=key(page.key, str(copy)),
                                 duplicate_of=None))  # fmt: skip
            matches.append(
                {n: tuple(replace(m, text=f"{m.text}-{copy}") for m in ms) for n, ms in matches_of_page.items()}
            )
            remarks += _on_page(pages[-1], rng)
        texts += [replace(text, path=f"{text.path}-{copy}", document=f"{text.document}-{copy}") for text in small.texts]
        links += [
            replace(link, sentence=f"{link.sentence}-{copy}", text=f"{link.text}-{copy}",
                    document=f"{link.document}-{copy}", areas=moved(link.areas),
                    counterparts=tuple(f"{s}-{copy}" for s in link.counterparts))
            for link in small.links
        ]  # fmt: skip
        for document in small.documents:
            areas = tuple((page + copy * size, box) for page, box in document.areas)
            documents.append(replace(document, document=f"{document.document}-{copy}", areas=areas))
    numbered = [Finding(f"b.f{n:05d}", key(str(n)), *remark) for n, remark in enumerate(remarks[:findings], start=1)]
    return replace(small, volume="bench", pages=tuple(pages), matches=tuple(matches), documents=tuple(documents),
                   links=tuple(links), pairs=(), findings=tuple(numbered), texts=tuple(texts))  # fmt: skip


def _on_page(page, rng: random.Random) -> list[tuple[object, ...]]:
    """What is said of a few lines of a page: outside all texts, or read as another word than the text has."""
    from align.linking.findings.catalogue.link_entries import LINK_DOUBTFUL
    from align.linking.findings.catalogue.page_entries import LINE_NOT_IN_TEXT
    from align.linking.words.collation import word_areas

    found = []
    for n, index in enumerate(sorted(rng.sample(range(len(page.lines)), min(ON_A_PAGE, len(page.lines))))):
        text = page.lines[index].text
        words = text.split()
        words[rng.randrange(len(words))] = "другое"
        code, source = ((LINE_NOT_IN_TEXT.code, None), (LINK_DOUBTFUL.code, " ".join(words)))[n % 2]
        areas = word_areas([page], [(0, index, k) for k in range(len(page.lines[index].words))])
        found.append((code, "warning", f"Line {index + 1} of {page.id}: {code}.", None, None, (page.order,),
                      (page.line_id(index),), (), (), areas, round(rng.random(), 3), text, source,
                      "Look at the place on the scan."))  # fmt: skip
    return found


def driven(index: Path, rounds: int) -> dict[str, object]:
    """The report in the browser: milliseconds till it is there, while it scrolls, till it has searched."""
    import numpy as np
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        opens = []
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.add_init_script(FIRST)
            page.goto(index.resolve().as_uri())
            while not (shown := page.evaluate("window.firstShown")):
                page.wait_for_timeout(20)
            opens.append(shown)
            context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(index.resolve().as_uri())
        page.wait_for_selector("article")
        scroll = page.evaluate(SCROLL, [600, 100])
        white = 0
        rng = random.Random(2)
        seen = 0
        for _ in range(20):
            page.evaluate(f"scrollTo(0, {rng.random()} * document.documentElement.scrollHeight)")
            page.wait_for_timeout(300)
            for crop in page.query_selector_all("article figure svg[viewBox]"):
                box = crop.bounding_box()
                if box and box["y"] >= 150 and box["y"] + box["height"] <= 900:
                    path = Path(tempfile.gettempdir()) / "align-bench-crop.png"
                    page.screenshot(path=path, clip=box)
                    with Image.open(path) as picture:
                        white += float(np.asarray(picture.convert("L")).std()) < 5
                    path.unlink()
                    seen += 1
        page.evaluate("scrollTo(0, 0)")
        search = [page.evaluate(SEARCH, text) for text in ("number", "другое", "b.p00012", "")]
        heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        browser.close()
    return {
        "opens_ms": {"least": round(min(opens)), "median": round(median(opens))},
        "scroll": {name: round(value, 1) for name, value in scroll.items()},
        "crops_looked_at": seen,
        "crops_missing": white,
        "search_ms": [round(value) for value in search],
        "heap_mb": round(heap),
    }
