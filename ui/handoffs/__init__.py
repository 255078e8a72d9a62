"""Parts of the hand-offs page."""
