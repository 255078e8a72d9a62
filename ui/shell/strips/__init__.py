"""Strips over the whole window: posting by hand, a message left over, the standstill."""
