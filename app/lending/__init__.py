"""Lending the desk: a copy for a stand-in or a second laptop, one pen for the two, and its work that comes back."""

from app.lending.coming import Coming
from app.lending.desk import Lending

__all__ = ["Coming", "Lending"]
