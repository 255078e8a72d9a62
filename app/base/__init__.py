"""Foundations that every package may use: text, clock, money, ids, paths, errors, credentials, background jobs."""
