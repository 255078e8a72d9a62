"""What fields hold, as JSON has it; dates, pairs and tables stand under the name of their kind."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, Qt

_TUPLE, _TABLE, _DATE = "tuple", "table", "date"


def plain(value: object) -> object:
    """A value in JSON's own kinds. Raises TypeError for one that it cannot write."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return {_TUPLE: [plain(one) for one in value]}
    if isinstance(value, dict):
        return {_TABLE: [[plain(key), plain(one)] for key, one in value.items()]}
    if isinstance(value, QDateTime):
        return {_DATE: value.toString(Qt.DateFormat.ISODate)}
    raise TypeError(type(value).__name__)


def from_plain(value: object) -> object:
    """The value that `plain` wrote so. Raises ValueError if it has not."""
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == _TUPLE:
        return tuple(from_plain(one) for one in inner)
    if kind == _TABLE:
        return {from_plain(key): from_plain(one) for key, one in inner}
    if kind == _DATE:
        return QDateTime.fromString(inner, Qt.DateFormat.ISODate)
    raise ValueError(kind)
