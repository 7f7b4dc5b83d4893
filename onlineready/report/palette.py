"""The colours of charts, on the page as in files: at most five, and dark enough on white."""

ONLINE = "#0017C1"
COUNTER = "#949494"
POSITIVE = "#0031D8"
NEGATIVE = "#FA0000"
TEXT = "#1A1A1A"
COUNTER_SHADES = (COUNTER, "#B8B8B8", "#DCDCDC")
ONLINE_SHADES = (ONLINE, "#4979F5", "#9DB7F9")
ASSUMED = "#C74700"
COUNTER_LINE = "#767676"
"""The counter where it is a thin line."""
ONLINE_FAINT = "#F1F3FB"
