"""What is filed when, and what was."""
