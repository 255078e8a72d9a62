"""What was handed to teammates."""

from ui.frame.registry import Entry

ENTRY = Entry("handoffs", "Hand-offs", "arrow-right-left", order=50)
