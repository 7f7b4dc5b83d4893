"""Frames into the bytes of a file; each format in a module of its own, imported when used."""
