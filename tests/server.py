"""The app in a process of its own, on the day of the tests.

`python -m tests.server` takes the options of `streamlit run`.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.web import cli

from tests import day

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"


APP = ("-m", "tests.server")


class Server(NamedTuple):
    """A server that runs: its address, without a slash at its end, and its process."""

    url: str
    process: int


@contextmanager
def served(home: Path, base_path: str = "") -> Iterator[str]:
    """Start a process of the app that has seen no reader yet; give its address while it runs."""
    with serving(home, base_path) as server:
        yield server.url


@contextmanager
def serving(
    home: Path, base_path: str = "", *, root: Path = ROOT, run: Sequence[str] = APP
) -> Iterator[Server]:
    """Start a process that has seen no reader yet; give it while it runs.

    Args:
        home: a folder of its own, where it keeps its log.
        base_path: in front of its addresses.
        root: the checkout in which it runs.
        run: what Python runs there, without the options of `streamlit run`.
    """
    log = home / "streamlit.log"
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, *run]
    options = {
        "server.address": LOOPBACK,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.baseUrlPath": base_path,
    }
    command += [f"--{name}={value}" for name, value in options.items()]
    # Neither the settings of the person at this machine nor those of the shell.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    # As `make run` does.
    environment |= {"HOME": str(home), "MALLOC_ARENA_MAX": "2"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    url = f"http://{LOOPBACK}:{port}{base_path}"
    try:
        _wait_until_healthy(server, url, log)
        yield Server(url, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(errors='replace')}", pytrace=False)


if __name__ == "__main__":
    day.hold(pytest.MonkeyPatch())
    cli.main(["run", "app.py", *sys.argv[1:]])
