"""Find, or install, a LibreOffice, the spreadsheet program of the tests.

Run as a module it prints the path of the executable, or nothing and exit status 1. With
``--install`` it first tries to get one where there is none, from the system's packages.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests import chromium

NO_LIBREOFFICE = "no LibreOffice (see tests/libreoffice.py)"
SYSTEM_NAMES = ("soffice", "libreoffice")
SYSTEM_PATHS = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
SYSTEM_PACKAGES = ("libreoffice-calc-nogui",)

# 0: recalculate always. By default the values in the file are believed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def find() -> str | None:
    """Return the first LibreOffice: the environment's SOFFICE, else the system's."""
    named = os.environ.get("SOFFICE")
    return next((path for path in ([named] if named else _installed()) if shutil.which(path)), None)


def install() -> str | None:
    """Return a LibreOffice, installed now where there was none, or None where that failed."""
    path = find()
    if path or os.environ.get("SOFFICE"):
        return path
    chromium.install_by_apt(SYSTEM_PACKAGES)
    return find()


def recalculated(files: Iterable[Path], into: Path, kind: str = "xlsx") -> list[Path]:
    """Open spreadsheets, calculate every formula anew, and save them into a folder.

    All in one run: to start the program takes longer than to convert a file.
    """
    program = find()
    assert program is not None
    profile = into / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    paths = list(files)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(into),
        *map(str, paths),
    ]
    done = subprocess.run(command, check=False, timeout=300, capture_output=True, text=True)
    made = [into / f"{path.stem}.{kind}" for path in paths]
    missing = [path.name for path in made if not path.exists()]
    assert not missing, f"{missing} not made: {done.stdout}{done.stderr}"
    return made


def _installed() -> Iterator[str]:
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            yield path
    yield from SYSTEM_PATHS


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
