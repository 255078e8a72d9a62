"""A name in two parts, for files that want it so. Pure."""

from __future__ import annotations


def split_name(name: str, language: str) -> tuple[str, str]:
    """Split a name into first names and last name; in Hungarian the family name comes first.

    A single word or a handle is a first name.
    """
    parts = name.split()
    if len(parts) < 2 or name.startswith("@"):  # noqa: PLR2004  a single word
        return name, ""
    if language == "hu":
        return " ".join(parts[1:]), parts[0]
    return " ".join(parts[:-1]), parts[-1]
