"""The hand-offs to teammates."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("handoffs", N_("Hand-offs"), "arrow-right-left", order=50)
