"""Charts as pictures, PNG and SVG, drawn without a browser."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import vl_convert

from onlineready.export.fonts import FAMILY, font_folder
from onlineready.report.palette import TEXT

DPI = 220
"""Dots per inch of a PNG: enough for print, where 200 are asked for."""

WIDTH = 760
"""Of the space in which the data is drawn, in pixels of the screen."""


def to_png(spec: Mapping[str, Any], title: str, subtitle: str) -> bytes:
    """Return a chart with its title as PNG.

    Args:
        spec: the chart in Vega-Lite, as `chart_parts.Chart.specification` returns it.
        title: what it shows.
        subtitle: measure, unit and period.

    Raises:
        NoFontError: the typeface is missing.
    """
    drawn = _alone(spec, title, subtitle)
    png: bytes = vl_convert.vegalite_to_png(drawn, vl_version=_version(spec), ppi=DPI)
    return png


def to_svg(spec: Mapping[str, Any], title: str, subtitle: str) -> bytes:
    """Return a chart with its title as SVG, its text as text. Arguments as for `to_png`."""
    svg = vl_convert.vegalite_to_svg(_alone(spec, title, subtitle), vl_version=_version(spec))
    # Elsewhere the typeface may be missing.
    return svg.replace(f'font-family="{FAMILY}"', f'font-family="{FAMILY}, sans-serif"').encode()


def to_bare_svg(spec: Mapping[str, Any], width: int, height: int) -> bytes:
    """Return a chart of a size without a title, as SVG, its text as text.

    Raises:
        NoFontError: the typeface is missing.
    """
    _register(font_folder())
    sized = {**spec, "width": width, "height": height}
    svg: str = vl_convert.vegalite_to_svg(sized, vl_version=_version(spec))
    return svg.encode()


def _alone(spec: Mapping[str, Any], title: str, subtitle: str) -> dict[str, Any]:
    """Return a chart that stands without a page around it, every word in the typeface we have.

    In a family that the drawing program does not find all text is left out without a word.
    """
    _register(font_folder())
    heading = {
        "text": title,
        "subtitle": subtitle,
        "anchor": "start",
        "frame": "bounds",
        "color": TEXT,
        "subtitleColor": TEXT,
        "fontSize": 17,
        "subtitleFontSize": 12,
        "offset": 14,
    }
    config = {**spec.get("config", {}), "font": FAMILY, "background": "white", "padding": 16}
    return {**spec, "width": WIDTH, "title": heading, "config": config}


@cache
def _register(folder: str) -> None:
    vl_convert.register_font_directory(folder)


def _version(spec: Mapping[str, Any]) -> str:
    """Return the version of Vega-Lite that a chart says it is written in."""
    found = re.search(r"/vega-lite/v(\d+\.\d+)", str(spec["$schema"]))
    if found is None:
        raise ValueError(f"no version of Vega-Lite in {spec['$schema']}")
    return found[1]
