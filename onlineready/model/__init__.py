"""The calculation: from a headcount plan to what online filing is worth."""
