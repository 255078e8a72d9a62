"""Rapport without a screen: everything here can be imported, tested and driven from a shell with no Qt installed."""

VERSION = "0.1.0"
"""What `--version` says; a build reads it here."""
