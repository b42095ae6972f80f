"""Work on files from outside, done by a worker: a file that hangs or takes all memory ends that worker alone."""

from __future__ import annotations

import atexit
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

from align.errors import ScanError
from align.files.paths import shown
from align.files.scans.failures import failure_of
from align.files.scans.images import list_scans, load_scan
from align.model import ScanInfo
from align.pixels import Pixels
from align.workers.lost import CallTimedOut, lacked_memory
from align.workers.pools import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

_PRELOAD = "align.files.scans.images"


def scans_of(root: Path, path: str) -> tuple[ScanInfo, ...]:
    """The scans of one file, as `list_scans`; ScanError also where that takes too long or too much memory."""
    return _guarded(path, list_scans, root, path)


def pixels_of(root: Path, scan: ScanInfo) -> Pixels:
    """The scan's pixels, as `load_scan`; ScanError also where that takes too long or too much memory."""
    return _guarded(scan.path, load_scan, root, scan)


def _guarded(path: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    if multiprocessing.current_process().daemon:  # a worker may have no workers of its own, and can be ended itself
        return work(*args, **kwargs)
    try:
        return _worker(os.getpid()).submit(work, *args, **kwargs).result()
    except Exception as error:
        if isinstance(error, CallTimedOut | BrokenExecutor) or lacked_memory(error):
            failure = failure_of(shown(path), error)
            raise ScanError(failure.message, cause=failure.cause) from error
        raise


@cache
def _worker(process: int) -> Executor:  # noqa: ARG001 - a fork of this process needs a worker of its own
    """The worker of this process, started by its first call and ended with the process."""
    executor = ProcessPool(1, preload=_PRELOAD).start()
    atexit.register(executor.shutdown, wait=False, cancel_futures=True)
    return executor
