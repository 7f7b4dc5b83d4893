"""Whole numbers inside the model, months of the calendar outside: the only place they meet."""

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario


def since(months: pd.Series, begin: pd.Period) -> np.ndarray:
    """Return how many months after `begin` each month is; NaN where it is missing."""
    ordinals = pd.PeriodIndex(months).asi8
    return np.where(months.isna(), np.nan, ordinals - begin.ordinal)


def dated(numbers: np.ndarray, begin: pd.Period) -> pd.PeriodIndex:
    """Return the months that lie whole numbers of months after `begin`."""
    return pd.PeriodIndex((numbers + begin.ordinal).astype("datetime64[M]"), freq="M")


def fiscal_years(scenario: Scenario) -> np.ndarray:
    """Return the year in which the fiscal year of each month of the horizon begins."""
    months = scenario.start_month.ordinal + np.arange(scenario.months)
    years: np.ndarray = 1970 + (months - (scenario.fiscal_year_start_month - 1)) // 12
    return years


def first_months(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Return the fiscal years of the horizon, and the month of it with which each begins."""
    years, begins = np.unique(fiscal_years(scenario), return_index=True)
    return years, begins
