"""Several files in one ZIP."""

import io
import zipfile
from collections.abc import Callable, Iterable

File = tuple[str, Callable[[], bytes]]
"""The name of a file, and the function that makes it."""

_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the ZIP: the same files give the same ZIP."""


def to_zip(files: Iterable[File]) -> bytes:
    """Return a ZIP of files, each made when its turn comes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as bundle:
        for name, make in files:
            bundle.writestr(zipfile.ZipInfo(name, _DAY), make(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
