"""Parts of the delight page."""
