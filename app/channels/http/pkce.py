"""Proof Key for Code Exchange (RFC 7636): what keeps a login by the browser from being taken up by another program."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256


def verifier() -> str:
    """A new secret for one login: 86 characters of those that RFC 7636 allows, kept until the code is exchanged."""
    return secrets.token_urlsafe(64)


def challenge(of: str) -> str:
    """What is sent ahead of a verifier, by the method S256: its SHA-256 in base64url without padding."""
    return urlsafe_b64encode(sha256(of.encode("ascii")).digest()).decode("ascii").rstrip("=")


def state() -> str:
    """A new mark by which the browser's answer is known as the one to our question."""
    return secrets.token_urlsafe(24)
