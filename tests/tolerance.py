"""By how much figures may differ that are added up in another order."""

from onlineready.model.result import Result

CLOSE = 1e-9

APPLICATIONS = ["applications_coe", "applications_change", "applications_extension"]


def rounding(result: Result, unit: str) -> float:
    """Return by how much a sum may differ from the same amounts added up in another order."""
    totals, wage = result.totals, result.scenario.wage_yen_per_hour
    parts = ("counter", "online", "setup_upkeep")
    hours = float(sum(totals[f"{part}_hours"] for part in parts))
    outlay_yen = float(sum(totals[f"{part}_outlay_yen"] for part in parts))
    fee_yen = float(totals["counter_fee_yen"] + totals["online_fee_yen"])
    number = float(totals[APPLICATIONS].sum())
    return CLOSE * {"yen": fee_yen + outlay_yen + wage * hours, "hours": hours}.get(unit, number)
