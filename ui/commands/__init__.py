"""Key handling, the keys in use, and matching for the palette. No widgets."""
