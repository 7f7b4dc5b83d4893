"""Where the staff hours go, counter against online."""

from onlineready.model.result import Result
from onlineready.report import figures
from onlineready.ui.state import shell
from onlineready.ui.state.drawing import show_chart


def show_hours(result: Result) -> None:
    """Show the hours of the work over the horizon, its tasks in the table."""
    show_chart(figures.hours(result, shell.tables().tasks))
