"""Ctrl-C, and the other signals that end the command: one sentence, exit code 130, at any moment, never a traceback.

SIGTERM (`kill`) and SIGHUP (a closed terminal) are answered as Ctrl-C is. This module is imported before all others of
the command, so it needs the standard library alone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from time import monotonic
from types import FrameType
from typing import NoReturn

from align.errors import ExitCode

MESSAGE = "Interrupted. What was done is kept; the same command goes on from there."
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
# Seconds. A second signal within this time is the first one once more: `timeout`, for example, sends two.
SAME_S = 1.0
# Seconds. A command that has not ended by itself so long after the signal is ended. Files are whole at any moment.
PATIENCE_S = 10


class Interrupts:
    """How this process answers signals that ask it to end.

    While libraries are loaded, and again when all is done, nothing needs to be put in order: it ends at once. In
    between, a signal raises KeyboardInterrupt, so that child processes are ended and half-written files are deleted. A
    second signal, a second later, ends the process at once.
    """

    def __init__(self) -> None:
        """Change nothing yet."""
        self._last: Callable[[], object] | None = None
        self._raises = self._told = self._waiting = False
        self._first: float | None = None
        self._held = 0
        self._server: int | None = None

    def catch(self, last: Callable[[], object]) -> None:
        """Answer signals from now on; `last` is called before the process ends at once.

        A signal that this process was started to ignore, as with nohup, is ignored as before.
        """
        self._last = last
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._receive)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, self._end)
        # An exception cannot leave a destructor: Python prints it and goes on. The signal would be lost.
        sys.unraisablehook = self._unraisable

    def unwind(self) -> None:
        """Answer the next signal with KeyboardInterrupt: from now on there is something to put in order."""
        self._raises = True

    def finish(self, *, told: bool) -> None:
        """Answer the next signal by ending at once; `told`: the user has seen the message."""
        self._raises, self._told = False, told

    def end_too(self, server: int) -> None:
        """End this child process with this one: the workers are made from it, and it answers no signal while it loads.

        A child that has ended keeps its number until it is waited for, so no other process is ever meant.
        """
        self._server = server

    def over(self) -> None:
        """Answer no signal any more: Python takes itself apart, and the exit code stands."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if self._server is not None:
            with suppress(OSError):
                os.kill(self._server, signal.SIGKILL)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A block that no signal interrupts; one that comes meanwhile is answered at its end.

        Signals interrupt the main thread alone. So in other threads such a block changes nothing.
        """
        if current_thread() is not main_thread():
            yield
            return
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if self._waiting and not self._held:
                self._waiting = False
                self._answer()

    def _receive(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's arguments
        if self._held:
            self._waiting = True
        else:
            self._answer()

    def _answer(self) -> None:
        now = monotonic()
        if self._first is None:
            self._first = now
            if self._raises:
                if hasattr(signal, "alarm"):
                    signal.alarm(PATIENCE_S)
                raise KeyboardInterrupt
            self.end()
        elif now - self._first > SAME_S:
            self.end()

    def _unraisable(self, fault: sys.UnraisableHookArgs) -> None:
        if issubclass(fault.exc_type, KeyboardInterrupt):
            self.end()
        sys.__unraisablehook__(fault)

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's arguments
        self.end()

    def end(self) -> NoReturn:
        """Say so, unless the user has seen it, and end this process at once."""
        self.over()
        if not self._told:
            with suppress(OSError):
                os.write(2, f"{MESSAGE}\n".encode())
        if self._last is not None:
            with suppress(Exception):
                self._last()
        os._exit(ExitCode.INTERRUPTED)


# Signals belong to the process, and so does this; where `catch` is not called, it changes nothing.
INTERRUPTS = Interrupts()
