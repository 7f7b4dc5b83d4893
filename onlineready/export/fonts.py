"""The typeface of every paper made on a server, which may have none that knows Japanese."""

from pathlib import Path

from onlineready.language import translate as _

FAMILY = "BIZ UDPGothic"
FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
FOLDER = Path(__file__).parent.parent.parent / "data" / "fonts"


class NoFontError(RuntimeError):
    """Raised where the typeface is missing: without it every word would silently be left out."""


def font_folder(folder: Path = FOLDER) -> str:
    """Return the folder of the typeface.

    Raises:
        NoFontError: a file of the typeface is missing; says how to mend it.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise NoFontError(
            _(
                "日本語の書体がないため、資料を作れません。{folder} に {missing} を置いてください"
                "(入手元は data/README.md にあります)。"
            ).format(folder=folder, missing="、".join(missing))
        )
    return str(folder)
