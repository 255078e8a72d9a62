"""Where mail servers are and how they are spoken to when the form leaves it open."""

from __future__ import annotations

import pytest

from app.channels.email.providers import server


@pytest.mark.parametrize(
    ("fields", "security", "port"),
    [
        ({}, "tls", 465),
        ({"smtp_host": "mail.example.com"}, "tls", 465),
        ({"smtp_host": "mail.example.com", "smtp_port": "587"}, "starttls", 587),
        ({"smtp_host": "mail.example.com", "imap_security": "starttls"}, "starttls", 587),
        ({"smtp_host": "127.0.0.1", "smtp_port": "2525", "imap_security": "none"}, "none", 2525),
        ({"smtp_host": "127.0.0.1", "smtp_security": "tls", "imap_security": "none"}, "tls", 465),
        ({"address": "jana@icloud.com", "imap_security": "tls"}, "starttls", 587),
    ],
)
def test_outgoing_encryption_left_open(fields: dict[str, str], security: str, port: int) -> None:
    """As the incoming server, unless the provider or the port says otherwise."""
    found = server("smtp", {"address": "jana@example.com", **fields})
    assert (found.security, found.port) == (security, port)
