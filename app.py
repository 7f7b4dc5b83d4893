"""Page 1, 費用と効果: what filing online costs and saves, from a few numbers or a plan."""

from onlineready.ui.calendar import schedule
from onlineready.ui.costs import answer, numbers, panels, topics, upload
from onlineready.ui.meeting import downloads
from onlineready.ui.sources import asked, references
from onlineready.ui.state import scaffold, session, share

with scaffold.page("/"):
    # Worked out before the inputs are sent: the answer then reaches the reader together with them,
    # and does not wait until the browser has drawn the charts below it.
    result = None if upload.leaves_no_answer() else session.cases().result
    numbers.show_numbers()
    numbers.show_meaning()
    panels.show_panel()
    share.show_messages()
    references.show_stale_fees()
    upload.show_refusal()
    if result is not None:
        answer.show_answer(result)
        answer.show_derivation(result)
        answer.show_by_year(result)
        answer.show_notices(result)
        topics.show_topics(result)
        if not session.files_online():
            schedule.show_next_due()
        downloads.show_downloads(result)
    asked.show_folded_links("/")
