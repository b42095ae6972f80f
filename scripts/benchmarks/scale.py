"""`align run` over volumes that grow, from kept readings: CPU seconds a page of each stage, memory, size of results.

Nothing is read: the readings are made with the texts, see tests/support/grown_volume.py. Each run is a process of its
own, without overlays unless --overlays says otherwise. Its run.json holds CPU seconds here, so that other programs on
the machine change little. After the first run a word of one document is edited, and the volume is run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
# What a process does that links: it says its CPU seconds and its peak memory in megabytes.
RUN = """
import json, resource, sys, time
from pathlib import Path
from align.api.running import execute, result_store
from align.batch import run
from align.batch.selection import Options
from align.files.collection.opening import open_collection
from align.ocr import NoEngine
from align.workers.limits import chosen_limits
from align.workers.progress import NullProgress

def main():
    run.perf_counter = time.process_time  # run.json then has CPU seconds of this process
    began = time.process_time()
    opened = open_collection(Path(sys.argv[1]))
    with result_store(opened, None).opened() as store:
        outcome = execute(
            opened, store, engine=NoEngine(), jobs=2, options=Options(overlays=sys.argv[2]),
            progress=NullProgress(), limits=chosen_limits(),
        )
    print(json.dumps({
        "linked": outcome.counts.linked, "cpu_s": time.process_time() - began,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))

if __name__ == "__main__":
    main()
"""


def main(arguments: Sequence[str]) -> int:
    """The figures in a JSON file and on stdout; 1 where a run fails."""
    parser = argparse.ArgumentParser(prog="scripts/bench scale", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--overlays", choices=["svg", "none"], default="none")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    rows: list[dict[str, object]] = []
    for pages in wanted.pages:
        with tempfile.TemporaryDirectory(prefix="align-bench-") as folder:
            row = measured(Path(folder), pages, wanted.overlays, wanted.seed)
        if row is None:
            return 1
        rows.append(row)
        print("\n".join(f"{key:30} {value}" for key, value in row.items()), flush=True)
        wanted.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(root: Path, pages: int, overlays: str, seed: int) -> dict[str, object] | None:
    """The figures of one volume; None where a run failed."""
    from support.grown_volume import edited, grown_volume

    texts = grown_volume(root, pages, seed=seed)
    row: dict[str, object] = {"pages": pages, "texts_mb": round(texts / 1e6, 2)}
    first = linked(root, overlays)
    if first is None:
        return None
    row |= {f"first.{name}": value for name, value in by_page(first, pages).items()}
    results = [path for path in (root / "aligned").rglob("*") if path.is_file() and ".readings" not in path.parts]
    row["results_mb"] = round(sum(path.stat().st_size for path in results) / 1e6, 1)
    edited(root)
    second = linked(root, overlays)
    if second is None:
        return None
    row |= {f"edited.{name}": value for name, value in by_page(second, pages).items()}
    row["edited.share_of_first"] = round(float(second["cpu_s"]) / float(first["cpu_s"]), 3)
    row["edited.share_of_linking"] = round(float(second["linking"]) / float(first["linking"]), 3)
    return row


def linked(root: Path, overlays: str) -> dict[str, float] | None:
    """CPU seconds of a run and of its stages, its memory, and what it linked; None where it failed."""
    script = root / "bench_run.py"
    script.write_text(RUN, encoding="utf-8")
    began = time.perf_counter()
    done = subprocess.run([sys.executable, script, root, overlays], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    said = json.loads(done.stdout.splitlines()[-1])
    stages = json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))["seconds"]
    own = {stage: float(stages.get(stage, 0)) for stage in ("linking", "writing")}
    rest = said["cpu_s"] - sum(own.values())
    return {**said, **own, "loading": rest, "wall_s": time.perf_counter() - began}


def by_page(said: dict[str, float], pages: int) -> dict[str, float]:
    """The figures, with CPU milliseconds a page of each stage; `loading` is all before linking and after writing."""
    stages = {f"{name}_ms_a_page": said[name] * 1000 / pages for name in ("loading", "linking", "writing")}
    every = {"cpu_ms_a_page": said["cpu_s"] * 1000 / pages}
    wall = {"wall_s": round(said["wall_s"], 1)}
    return (
        {name: said[name] for name in ("linked", "peak_mb")}
        | wall
        | {name: round(value, 2) for name, value in (every | stages).items()}
    )
