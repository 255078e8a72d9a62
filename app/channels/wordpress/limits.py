"""How much WordPress stores."""

from __future__ import annotations

LIMIT = 65_525
"""Bytes of a comment as it is stored, by wp_get_comment_fields_max_lengths; `&`, `<` and `>` take more than one."""
