"""Pulling and sending: fetches what is new on each account and sends what is due."""

from __future__ import annotations

from app.sync.desk import SPREAD, Sync
from app.sync.results import LATEST, SOONEST, Progress, Pulled, Round, outcome

__all__ = ["LATEST", "SOONEST", "SPREAD", "Progress", "Pulled", "Round", "Sync", "outcome"]
