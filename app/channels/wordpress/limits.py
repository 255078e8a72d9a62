"""The maximum length of a WordPress comment."""

from __future__ import annotations

LIMIT = 65_525
"""Maximum bytes of a stored comment (wp_get_comment_fields_max_lengths); `&`, `<` and `>` are stored escaped."""
