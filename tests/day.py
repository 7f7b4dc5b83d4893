"""The day on which every test runs, whenever it does."""

from datetime import date

import pytest

from onlineready import clock

TODAY = date(2026, 11, 24)


def hold(patch: pytest.MonkeyPatch) -> None:
    """Let it be that day in this process."""
    patch.setattr(clock, "today", lambda: TODAY)
