"""Tables as the browser takes them that draws a chart of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa


def to_arrow(table: Mapping[str, Any] | pd.DataFrame) -> pa.Table:
    """Return the columns of a table, without its index and what pandas notes of itself."""
    return pa.table({**table})
