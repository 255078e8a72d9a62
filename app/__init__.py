"""Rapport without a screen: everything here can be imported, tested and driven from a shell with no Qt installed."""
