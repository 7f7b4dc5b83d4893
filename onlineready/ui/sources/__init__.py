"""Assumptions and sources."""
