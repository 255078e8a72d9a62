"""Templates and the voice guide."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("templates", N_("Templates & Voice"), "quote", order=30)
