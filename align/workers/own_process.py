"""The process of the command: its signals, its standard streams, its temporary files. A library leaves these alone."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from align.errors import ExitCode
from align.workers.interrupts import INTERRUPTS


class OwnProcess:
    """The process of the command, from its first moment to its last. This module is imported before all others."""

    def __init__(self) -> None:
        """Answer signals from now on, and have all three standard streams."""
        self._remove_files: Callable[[], None] | None = None
        INTERRUPTS.catch(self._close)
        _open_streams()
        # A command that is killed leaves locks to a process of multiprocessing, which removes them and warns of them.
        os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")
        # What is registered first is called last: after multiprocessing has removed its own temporary files.
        atexit.register(self._close)

    def work(self) -> None:
        """Begin the work of the command, whose libraries are loaded: temporary files have a folder of their own."""
        # Imported only now: this takes as long as all that came before.
        import tempfile
        from pathlib import Path

        from align.workers.temporary import TemporaryFolder, remove_dead

        with suppress(OSError):
            parent = Path(tempfile.gettempdir())
            remove_dead(parent)
            folder = TemporaryFolder.made(parent)
            if folder is not None:
                self._remove_files = folder.remove
                folder.use()
        INTERRUPTS.unwind()

    def done(self, code: int) -> int:
        """The exit code, when the work of the command is done."""
        INTERRUPTS.finish(told=code == ExitCode.INTERRUPTED)
        return code

    def end(self) -> NoReturn:
        """End the process at once, as interrupted."""
        INTERRUPTS.end()

    def _close(self) -> None:
        if self._remove_files is not None:
            with suppress(OSError):
                self._remove_files()


def _open_streams() -> None:
    """Open those of the files 0, 1 and 2 that are closed, to nowhere.

    Otherwise the next file that is opened would be one of them, and messages would be written into a result file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
