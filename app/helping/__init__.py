"""Members who help members: messages that answer another member's question. See `deciding` and `desk`."""

from app.helping.desk import Help, Helps, arrived

__all__ = ["Help", "Helps", "arrived"]
