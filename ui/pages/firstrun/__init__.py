"""The welcome screen of a new file. It is not in the rail, so it has no ENTRY."""
