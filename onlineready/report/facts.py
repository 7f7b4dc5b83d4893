"""What a meeting is told about: one workbook, and all that the model says of it."""

from typing import NamedTuple

import pandas as pd

from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Estimate
from onlineready.language import translate as _
from onlineready.model import cases
from onlineready.model.result import Result
from onlineready.model.uncertainty import Simulation, monte_carlo
from onlineready.readiness import forecast
from onlineready.readiness.checklist import Checklist
from onlineready.readiness.forecast import Forecast, Gate, Step
from onlineready.report import wording
from onlineready.workbook import Workbook


class Subject(NamedTuple):
    """What a briefing is about: what a reader set, and what it is called.

    Attributes:
        workbook: plan, assumptions and answers.
        plan: what the plan is called, and its summary.
        link: the address that opens the same state; empty where there is none.
    """

    workbook: Workbook
    plan: str
    link: str


class Shipped(NamedTuple):
    """What the program brings along: fees, tasks, ranges of the assumptions, the checklist."""

    tables: Tables
    assumptions: pd.DataFrame
    checklist: Checklist


class Facts(NamedTuple):
    """All that the sentences draw on.

    Attributes:
        subject: what a reader set.
        shipped: what the program brings along.
        result: the first scenario, evaluated.
        elsewise: the same under other fees, as `Cases.elsewise`.
        delayed: the same a month later.
        simulation: the same under chance.
        steps: the steps of the checklist.
        gate: the questions that keep it shut.
        forecasts: when online filing can begin, by estimate of the lead times.
    """

    subject: Subject
    shipped: Shipped
    result: Result
    elsewise: Result
    delayed: Result
    simulation: Simulation
    steps: tuple[Step, ...]
    gate: Gate
    forecasts: dict[Estimate, Forecast]

    @property
    def begin(self) -> str:
        """The month in which online filing begins."""
        return wording.go_live(self.result.scenario)

    @property
    def soonest(self) -> str:
        """The month in which it can begin by the checklist, where that is later."""
        fixed = pd.Period(self.result.scenario.go_live, freq="M")
        return wording.month(max(fixed, self.forecasts[Estimate.BASE].go_live))

    @property
    def running(self) -> bool:
        """Whether everything is ready, and online filing began in an earlier month."""
        ready = not self.forecasts[Estimate.BASE].critical_path
        begun = pd.Period(self.result.scenario.go_live, freq="M")
        return ready and bool(begun < pd.Period(self.subject.workbook.as_of, freq="M"))

    def owner(self, officer: int | None) -> str:
        """Return whose a step is: an officer's label, or the organization."""
        if officer is None:
            return _("会社")
        return wording.printable(self.subject.workbook.readiness.officers[officer].label)

    @property
    def years(self) -> int:
        """Length of the horizon."""
        return self.result.scenario.years


def gathered(subject: Subject, shipped: Shipped) -> Facts:
    """Return what the model says of a workbook's first scenario, and what it depends on."""
    workbook = subject.workbook
    steps = forecast.steps(shipped.checklist, workbook.readiness)
    forecasts = {one: forecast.forecast(steps, workbook.as_of, one) for one in Estimate}
    scenario = workbook.scenarios[0].going_live(forecasts[Estimate.BASE].go_live)
    found = cases.evaluated(workbook.plan, scenario, shipped.tables)
    return Facts(
        subject=subject,
        shipped=shipped,
        result=found.result,
        elsewise=found.elsewise,
        delayed=found.delayed,
        simulation=monte_carlo(found.result, shipped.tables, shipped.assumptions),
        steps=steps,
        gate=forecast.gate(shipped.checklist, workbook.readiness),
        forecasts=forecasts,
    )
