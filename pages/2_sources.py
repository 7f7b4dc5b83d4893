"""Page 3, 前提と出典: what every number stands on, how it is computed, and what people ask."""

from onlineready.ui.sources import references, sections
from onlineready.ui.state import scaffold, share

with scaffold.page("/sources"):
    share.show_messages()
    references.show_stale_fees()
    sections.show_sections()
