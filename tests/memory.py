"""How much memory a call takes, measured in a process of its own.

Where other threads allocate, as those of a server do, `tracemalloc.stop` can bring the process down
(python/cpython#128679). There it is never called.
"""

import multiprocessing
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache


def most_memory(call: Callable[..., object], *arguments: object) -> int:
    """Return how many bytes a call takes at its peak beyond those held before it.

    The call and its arguments have to be picklable; what it returns is dropped, what it raises is
    raised here.
    """
    return _apart().submit(_measured, call, *arguments).result()


@cache
def _apart() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


def _measured(call: Callable[..., object], *arguments: object) -> int:
    # Not before: what the call needs has been imported by now, which would take long under trace.
    tracemalloc.start()
    tracemalloc.reset_peak()
    before, _peak = tracemalloc.get_traced_memory()
    call(*arguments)
    return tracemalloc.get_traced_memory()[1] - before
