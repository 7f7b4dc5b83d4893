"""Charts as SVG, drawn without a browser."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import vl_convert

from onlineready.export.fonts import font_folder

VEGA_LITE = "6.4"
"""The version that Altair 6.3 writes."""


def to_svg(spec: Mapping[str, Any], width: int, height: int) -> bytes:
    """Return a Vega-Lite chart of a size as SVG, its text as text.

    Raises:
        NoFontError: the typeface is missing.
    """
    _register(font_folder())
    sized = {**spec, "width": width, "height": height}
    svg: str = vl_convert.vegalite_to_svg(sized, vl_version=VEGA_LITE)
    return svg.encode()


@cache
def _register(folder: str) -> None:
    vl_convert.register_font_directory(folder)
