"""Addresses of gifts: taken from a member's reply, and erased some days after the parcel arrived."""

from __future__ import annotations

from app.addresses.desk import Addresses, Erased
from app.addresses.taking import Offer

__all__ = ["Addresses", "Erased", "Offer"]
