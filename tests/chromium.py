"""Find, or install, a Chromium for the browser tests.

Run as a script it prints the path of the executable, or nothing and exit status 1. With
``--install`` it first tries to get one where there is none: Playwright's own build, else the
system's package with a Japanese font.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SYSTEM_PATHS = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
SYSTEM_PACKAGES = ("chromium", "fonts-noto-cjk")

LAUNCH_ARGS = (
    # Chromium refuses its sandbox to root, and containers lack what it needs. The tests only
    # open the project's own pages.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # No traffic of the browser's own.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Nothing but this machine can be reached, on whatever network the tests run.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find() -> str | None:
    """Return the first Chromium that starts.

    The order: the environment's CHROMIUM, the system's, Playwright's. A path in CHROMIUM that
    does not start is not replaced by another browser.
    """
    named = os.environ.get("CHROMIUM")
    return next((path for path in ([named] if named else _installed()) if _starts(path)), None)


def install() -> str | None:
    """Return a Chromium, installed now where there was none, or None where that failed."""
    path = find()
    if path or os.environ.get("CHROMIUM"):
        return path
    _install_by_playwright()
    if path := find():
        return path
    install_by_apt(SYSTEM_PACKAGES)
    return find()


def _installed() -> Iterator[str]:
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            yield path
    yield from SYSTEM_PATHS
    if path := _playwright_path():
        yield path


def _playwright_path() -> str | None:
    # Asked in a process of its own: Playwright's synchronous interface allows one user in a
    # process, and inside pytest that is pytest-playwright.
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = _run([sys.executable, "-c", ask], timeout=60, quiet=True)
    return done.stdout.strip() if done and done.returncode == 0 else None


def _starts(path: str) -> bool:
    # A build whose system libraries are missing exists, but cannot even tell its version.
    done = _run([path, "--version"], timeout=60, quiet=True)
    return done is not None and done.returncode == 0


def _install_by_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], timeout=600)


def install_by_apt(packages: Sequence[str]) -> None:
    """Try to install packages of Debian or a system like it."""
    if not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and not shutil.which("sudo"):
        return
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    _run([*apt, "update"], timeout=600)
    _run([*apt, "install", "--no-install-recommends", *packages], timeout=900)


def _run(
    command: list[str], *, timeout: float, quiet: bool = False
) -> subprocess.CompletedProcess[str] | None:
    """Run a command; its output goes to stderr, or with ``quiet`` into the result only."""
    if not quiet:
        print("+", *command, file=sys.stderr, flush=True)
    try:
        return subprocess.run(
            command,
            check=False,
            timeout=timeout,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if quiet else sys.stderr,
            stderr=subprocess.DEVNULL if quiet else None,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        if not quiet:
            print(f"{command[0]}: {error}", file=sys.stderr)
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install one where there is none")
    path = install() if parser.parse_args().install else find()
    if path is None:
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
