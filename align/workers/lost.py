"""Calls that came to no end: why there is neither a result nor an exception of their own."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor


class CallTimedOut(Exception):  # noqa: N818 - what happened to the call; the caller makes it an error of a user
    """A call took longer than it may; its worker was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class WorkerDied(BrokenExecutor):
    """A call ended its worker twice, the second time with no other call beside it."""

    def __init__(self, *, of_memory: bool) -> None:
        super().__init__(of_memory)
        self.of_memory = of_memory


# OpenCV's code for "insufficient memory".
_NO_MEMORY = -4


def lacked_memory(error: BaseException) -> bool:
    """Whether the error says that memory ran out: of Python, of OpenCV, or of a worker that died."""
    if isinstance(error, WorkerDied):
        return error.of_memory
    return isinstance(error, MemoryError) or (
        type(error).__module__.startswith("cv2") and getattr(error, "code", None) == _NO_MEMORY
    )
