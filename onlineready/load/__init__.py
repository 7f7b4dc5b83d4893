"""Files into checked frames: the only place that turns bytes into frames. Nothing is guessed."""
