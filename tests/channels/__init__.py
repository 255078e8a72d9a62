"""Channels: the contract that all share, and a fake one with every way to fail."""
