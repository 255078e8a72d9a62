"""The table of commands with their keys, key handling, and matching for the palette. No widgets."""
