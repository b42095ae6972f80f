"""A run from a program: the same as the command's, with an engine of one's own, and nothing printed."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from support.command_line import align as command
from support.command_line import plain_environment
from support.small_collection import PageEngine, results_of

import align
from align.api.running import CalledProgress, _pool
from align.batch.own_engine import OwnEnginePool
from align.errors import InputError, MissingDependencyError, UsageError
from align.ocr import NoEngine, TesserocrEngine
from align.workers.limits import GB, Limits
from align.workers.pools import ProcessPool

LIMITS = Limits(60, 2 * GB, 4 * GB)


def workers(number: int, *, loads_script: bool = False) -> ProcessPool:
    return ProcessPool(number, preload="align.batch.scheduling", limits=LIMITS, loads_script=loads_script)


@pytest.mark.slow
def test_a_run_is_the_command_s(session, capsys):
    """A run from a program writes what the command writes, byte for byte, and prints nothing."""
    mine = results_of(session / "mydiary")
    assert capsys.readouterr() == ("", "")
    shutil.rmtree(session / "mydiary/aligned")
    environment = {**plain_environment(), "PATH": f"{session / 'bin'}:/usr/bin:/bin"}
    done = command("run", "mydiary", "--jobs", "1", env=environment, cwd=session)
    assert done.returncode == 0, done.stderr
    assert results_of(session / "mydiary") == mine


def test_an_engine_of_one_s_own_reads(session):
    """An engine that is passed in reads the pages, in this process, and its name stands in run.json."""
    engine = PageEngine()
    outcome = align.run(align.open_collection("mydiary"), engine=engine, out="elsewhere", overlays="none")
    assert outcome.pages_read == 3
    assert len(engine.calls) >= 3
    results = align.open_results("elsewhere", collection="mydiary")
    assert results.run["engine"] == "drawn 1"
    assert results["diary"].page(1).image().size == (620, 800)


def test_progress_is_told_step_by_step():
    """Each step calls the function with its stage and number; a message comes as it is."""
    steps = []
    progress = CalledProgress(steps.append)
    progress.begin("Reading pages", 2)
    progress.advance("Reading pages")
    progress.say("Look here.")
    progress.advance("Reading pages")
    assert [str(step) for step in steps] == ["Reading pages: 1 of 2", "Look here.", "Reading pages: 2 of 2"]


@pytest.mark.parametrize(
    ("engine", "jobs", "pool"),
    [
        (PageEngine(), None, OwnEnginePool(workers(1))),
        (PageEngine(), 1, OwnEnginePool(workers(1))),
        (PageEngine(), 3, workers(3, loads_script=True)),
        (align.TesseractEngine("5"), 1, workers(1)),
        (align.TesseractEngine("5"), 2, workers(2)),
        (TesserocrEngine("5", tessdata="/nowhere"), 1, workers(1)),
        (NoEngine(), 1, workers(1)),
    ],
)
def test_who_reads_where(engine, jobs, pool):
    """An own engine reads in this process if not asked otherwise; workers, which can be ended, do the rest."""
    assert _pool(engine, jobs, LIMITS) == pool


def test_faults_are_raised(session, monkeypatch):
    """What ends a run is raised as an AlignError: no collection, no such volume, a language that is not installed."""
    with pytest.raises(InputError):
        align.run("nowhere")
    with pytest.raises(UsageError, match="no volume"):
        align.run("mydiary", volume="1935")
    (session / "mydiary/collection.toml").write_text('[volume.diary]\nlanguage = ["fr"]\n', encoding="utf-8")
    with pytest.raises(MissingDependencyError, match="tesseract-ocr-fra"):
        align.run("mydiary")


@pytest.mark.slow
def test_a_run_loads_no_command():
    """Neither click nor rich is loaded by a run from a program."""
    program = "import sys, align; align.run; print({'click', 'rich', 'jinja2', 'align.cli'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
