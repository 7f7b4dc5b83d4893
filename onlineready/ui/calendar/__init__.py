"""The filing calendar."""
