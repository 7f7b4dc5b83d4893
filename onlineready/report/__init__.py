"""What is said of a result, once, for every page and paper."""
