"""Icons and titles of a gift's stages."""

from __future__ import annotations

from app.gifts import STATE_NAMES
from ui.look.text import tr

ICONS = {
    "idea": "lightbulb", "approved": "circle-check", "to_ship": "package", "shipped": "truck", "thanked": "heart",
    "asked": "mail-question-mark", "address_in": "map-pin", "arrived": "package-open", "story": "book-heart",
    "declined": "hand", "charity": "hand-heart", "lapsed": "hourglass", "lost": "package-x", "returned": "undo-2",
}  # fmt: skip


def title(state: str) -> str:
    """The stage as a heading: "To ship"."""
    return tr(STATE_NAMES.get(state, state))


def words(state: str) -> str:
    """The stage in the middle of a line: "to ship"."""
    return title(state).lower()
