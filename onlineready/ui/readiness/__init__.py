"""The readiness checklist."""
