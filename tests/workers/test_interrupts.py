"""Signals that ask the command to end: when it ends at once, when it puts things in order first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from support.command_line import CHECKOUT, plain_environment

from align.workers.interrupts import MESSAGE, SIGNALS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as here are those of POSIX systems")

# Seconds; longer than any test waits.
LONG_S = 300

HEAD = """
import os, signal, sys, time
from align.workers import interrupts
from align.workers.interrupts import Interrupts
answers = Interrupts()
answers.catch(lambda: print("put away", flush=True))
def send(number=signal.SIGINT):
    os.kill(os.getpid(), number)
"""


def outcome(program: str, **how: object) -> tuple[int, str, str]:
    """Exit code, output and messages of a program that sends itself signals."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + program],
        cwd=CHECKOUT, env=plain_environment(), capture_output=True, text=True, check=False, **how,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("number", SIGNALS)
def test_while_libraries_load_it_ends_at_once(number):
    """Before the work begins, each of the signals ends the process at once, with one sentence and exit code 130."""
    assert outcome(f"send({int(number)})") == (130, "put away\n", f"{MESSAGE}\n")


@pytest.mark.parametrize("number", SIGNALS)
def test_during_the_work_things_are_put_in_order(number):
    """Each of the signals is a KeyboardInterrupt, once: the same signal sent twice does not disturb the clearing up."""
    program = f"""
answers.unwind()
try:
    send({int(number)})
except KeyboardInterrupt:
    send({int(number)})
    print("in order")
"""
    assert outcome(program) == (0, "in order\n", "")


def test_a_second_signal_later_ends_it_at_once():
    """Who presses Ctrl-C again after a second need not wait until things are in order."""
    program = """
interrupts.SAME_S = -1.0
answers.unwind()
try:
    send()
except KeyboardInterrupt:
    send()
    print("in order")
"""
    assert outcome(program) == (130, "put away\n", f"{MESSAGE}\n")


def test_what_does_not_end_is_ended():
    """A process that has not ended long after the signal is ended."""
    program = """
interrupts.PATIENCE_S = 1
answers.unwind()
try:
    send()
except KeyboardInterrupt:
    while True:
        signal.pause()
"""
    assert outcome(program) == (130, "put away\n", f"{MESSAGE}\n")


def test_a_signal_in_a_destructor_is_not_lost():
    """An exception cannot leave a destructor: there the process ends at once, and nothing is printed of it."""
    program = """
class Fragile:
    def __del__(self):
        send()
answers.unwind()
fragile = Fragile()
del fragile
print("goes on")
"""
    assert outcome(program) == (130, "put away\n", f"{MESSAGE}\n")


def test_a_held_block_is_whole():
    """A signal within a held block is answered at the end of the outermost one."""
    program = """
answers.unwind()
try:
    with answers.held():
        with answers.held():
            send()
        print("whole", flush=True)
    print("goes on")
except KeyboardInterrupt:
    print("answered")
"""
    assert outcome(program) == (0, "whole\nanswered\n", "")


def test_only_the_main_thread_is_held():
    """Another thread's block holds back no signal, and no exception comes out of it."""
    program = """
import threading
answers.unwind()
inside, over = threading.Event(), threading.Event()
def work():
    with answers.held():
        inside.set()
        over.wait()
    print("whole", flush=True)
thread = threading.Thread(target=work)
thread.start()
inside.wait()
try:
    send()
except KeyboardInterrupt:
    over.set()
    thread.join()
    print("answered")
"""
    assert outcome(program) == (0, "whole\nanswered\n", "")


@pytest.mark.parametrize(("told", "said"), [(True, ""), (False, f"{MESSAGE}\n")])
def test_when_all_is_done_it_ends_at_once(told, said):
    """After the work a signal ends the process, and the sentence is not said twice."""
    assert outcome(f"answers.unwind(); answers.finish(told={told}); send(signal.SIGTERM)") == (130, "put away\n", said)


@pytest.mark.parametrize("number", SIGNALS)
def test_the_last_moment_changes_no_exit_code(number):
    """While Python takes itself apart no signal is answered: what was done is done, and its exit code stands."""
    program = f"""
class Last:
    def __del__(self, send=os.kill, pid=os.getpid(), number={int(number)}):
        send(pid, number)
last = Last()
import atexit
atexit.register(answers.over)
sys.exit(5)
"""
    assert outcome(program) == (5, "", "")


def test_ignored_signals_stay_ignored():
    """A command started with nohup goes on when its terminal is closed."""
    ignored = outcome(
        "send(signal.SIGHUP); print('goes on')", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    assert ignored == (0, "goes on\n", "")


def test_the_process_that_makes_workers_ends_too(tmp_path):
    """The process from which workers are made ends with an interrupted command, although it still loads libraries."""
    (tmp_path / "long_to_load.py").write_text(
        f"import os, time\nprint(os.getpid(), flush=True)\ntime.sleep({LONG_S})\n"
    )
    program = f"""
os.chdir({str(tmp_path)!r})
from multiprocessing import forkserver
from align.workers.pools import INTERRUPTS, warm
INTERRUPTS.catch(lambda: None)
warm("long_to_load")
INTERRUPTS.end()
"""
    # The process holds the other end of the pipe of its output, so this ends only when it does.
    code, _, said = outcome(program, timeout=LONG_S)
    assert (code, said) == (130, f"{MESSAGE}\n")
