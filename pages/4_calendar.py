"""Page 5, 申請カレンダー: what is due when, for how many, and how much work it is."""

from onlineready.ui.calendar import schedule, views
from onlineready.ui.sources import asked
from onlineready.ui.state import scaffold, share

with scaffold.page("/calendar"):
    share.show_messages()
    schedule.show_answer()
    schedule.show_upkeep()
    schedule.show_figures()
    views.show_views()
    asked.show_folded_links("/calendar")
