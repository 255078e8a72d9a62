"""Proof Key for Code Exchange (RFC 7636): another program that catches the authorization code cannot use it."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256


def verifier() -> str:
    """Return a new code verifier: 86 characters that RFC 7636 allows, kept until the code is exchanged."""
    return secrets.token_urlsafe(64)


def challenge(of: str) -> str:
    """Return the S256 code challenge of a verifier: its SHA-256 in base64url without padding."""
    return urlsafe_b64encode(sha256(of.encode("ascii")).digest()).decode("ascii").rstrip("=")


def state() -> str:
    """Return a new random `state`, which ties the redirect to our request."""
    return secrets.token_urlsafe(24)
