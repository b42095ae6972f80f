"""What the process that forks the workers loads first; it is not imported anywhere else.

A worker begins by fetching its work from its parent. If the parent has ended meanwhile, the worker has nothing to do,
and nobody wants to read its traceback.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print an error that ends a worker before its first call, unless it says only that the parent has ended."""
    # A lock of a parent that has ended is a file that is not found and has no name.
    gone = (
        error.filename is None
        if isinstance(error, FileNotFoundError)
        else isinstance(error, EOFError | ConnectionError)
    )
    if not gone:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _told
