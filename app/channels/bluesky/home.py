"""The address of Bluesky's own server."""

from __future__ import annotations

HOME = "https://bsky.social"
