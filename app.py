"""Page 1, 費用と効果: what filing online costs and saves, from a few numbers or a plan."""

from onlineready.ui.calendar import schedule
from onlineready.ui.costs import answer, numbers, panels, topics, upload
from onlineready.ui.meeting import downloads
from onlineready.ui.sources import asked, references
from onlineready.ui.state import scaffold, session, share

with scaffold.page("/"):
    # The answer first, in its place below the inputs: a reader who changes one sees it at once,
    # and does not wait for what has not changed above nor for the charts below.
    inputs = scaffold.place("inputs")
    result = None if upload.leaves_no_answer() else session.cases().result
    if result is not None:
        answer.show_answer(result)
        scaffold.let_through()
    with inputs:
        numbers.show_numbers()
        numbers.show_meaning()
        panels.show_panel()
        share.show_messages()
        references.show_stale_fees()
        upload.show_refusal()
    if result is not None:
        answer.show_derivation(result)
        answer.show_by_year(result)
        answer.show_notices(result)
        topics.show_topics(result)
        if not session.files_online():
            schedule.show_next_due()
        downloads.show_downloads(result)
    asked.show_folded_links("/")
