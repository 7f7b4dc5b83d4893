"""Typst in a process of its own: it keeps what it has laid out, which would fill the server.

Thirty different papers made in one process left 700 MB there. So that it starts at once, this file
is run as a script that knows nothing of the package: JSON in, PDF out.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def typeset(files: Mapping[str, str], fonts: str) -> bytes:
    """Return a PDF of the file called `main`; the others are what it reads.

    Args:
        files: the content of each file, by its name.
        fonts: the folder of the typefaces; no other is used.

    Raises:
        RuntimeError: Typst refuses it, and says why.
    """
    asked = json.dumps({"files": files, "fonts": fonts}).encode()
    # Isolated: neither the working folder nor the environment adds a module.
    command = [sys.executable, "-I", __file__]
    done = subprocess.run(command, input=asked, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def _compiled(files: Mapping[str, str], fonts: str) -> bytes:
    # Here, not above: only the process of its own needs it.
    import typst  # noqa: PLC0415

    content: Any = {name: text.encode() for name, text in files.items()}
    made: bytes = typst.compile(
        content,
        format="pdf",
        font_paths=[fonts],
        ignore_system_fonts=True,
        # PDF/UA-1: tagged, so that it can be read aloud.
        pdf_standards=["ua-1"],
    )
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(_compiled(**json.load(sys.stdin.buffer)))
