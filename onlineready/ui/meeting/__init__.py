"""The presentation and its papers."""
