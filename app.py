"""Page 1, 費用と効果: what filing online costs and saves, from a few numbers or a plan."""

from onlineready.ui.calendar import schedule
from onlineready.ui.costs import answer, numbers, panels, topics, upload
from onlineready.ui.meeting import downloads
from onlineready.ui.sources import asked, references
from onlineready.ui.state import scaffold, session, share

with scaffold.page("/"):
    numbers.show_numbers()
    numbers.show_meaning()
    panels.show_panel()
    share.show_messages()
    references.show_stale_fees()
    upload.show_refusal()
    if not upload.leaves_no_answer():
        result = session.cases().result
        answer.show_answer(result)
        answer.show_derivation(result)
        answer.show_by_year(result)
        answer.show_notices(result)
        topics.show_topics(result)
        schedule.show_next_due()
        downloads.show_downloads(result)
    asked.show_folded_links("/")
