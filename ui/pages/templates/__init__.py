"""Templates and the voice guide."""

from ui.frame.registry import Entry

ENTRY = Entry("templates", "Templates & Voice", "quote", order=30)
