"""Whether to file residence applications online: volume, fees, work and readiness."""

import datetime

__version__ = "0.2.0"

MODEL_CHANGED_ON = datetime.date(2026, 11, 24)
"""Printouts and links made before this day no longer match what the model computes."""
