"""Rapport without the GUI: everything here can be imported, tested and driven from a shell with no Qt installed."""

VERSION = "0.1.0"
"""Shown by `--version`; the build reads it from here."""
