"""The app in a process of its own that tells how much of its memory is in use.

What a process keeps (`load.memory`) also counts what its allocators hold ready. That rises and
falls by megabytes with what readers happen to want at the same time, whatever stays. In use is what
has been asked for and not been given back. Linux with glibc only.

`python -m tests.benchmarks.in_use` takes the options of `streamlit run`.
"""

import ctypes
import gc
import os
import sys
from functools import cache
from multiprocessing.connection import Client, Listener
from threading import Thread

import pytest
from streamlit.web import cli

from tests import day

IN_USE = ("-m", "tests.benchmarks.in_use")

STRINGS = 200_000
"""More than Python's table of interned strings takes before it is made anew: it has 77,000."""


class Mallinfo(ctypes.Structure):
    """What glibc tells of its heaps: mallinfo(3)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def in_use(process: int) -> int:
    """Return the bytes in use in a process that was started by `IN_USE`."""
    with Client(_address(process)) as asking:
        return int(asking.recv_bytes())


def _address(process: int) -> str:
    """Return an address that is no file: the system forgets it with the process."""
    return f"\0onlineready-in-use-{process}"


@cache
def _double_interned() -> None:
    """Let the table of interned strings double now, by 2 MB.

    A rerun interns a few that are gone with it. Their places fill the table, which is then made
    anew with room for three times the strings that are left: once it is larger, as in the 2,000th
    rerun, and of the same size whenever that happens again.
    """
    for number in range(STRINGS):
        sys.intern(f"{__file__}{number}")


def _answer() -> None:
    mallinfo = ctypes.CDLL(None).mallinfo2
    mallinfo.restype = Mallinfo
    with Listener(_address(os.getpid())) as listener:
        while True:
            with listener.accept() as asked:
                _double_interned()
                gc.collect()
                found = mallinfo()
                asked.send_bytes(str(found.uordblks + found.hblkhd).encode())


if __name__ == "__main__":
    # Python, too, then asks the C library for small objects, which tells of all.
    all_told = os.environ | {"PYTHONMALLOC": "malloc"}
    if os.environ != all_told:
        os.execve(sys.executable, sys.orig_argv, all_told)  # noqa: S606
    day.hold(pytest.MonkeyPatch())
    Thread(target=_answer, daemon=True).start()
    cli.main(["run", "app.py", *sys.argv[1:]])
