"""The two kinds of failure: errors the person can act on, and bugs.

The message of a `UserError` is one plain sentence: what happened, where, and what to do. It is shown verbatim, so it
contains no exception name, table name or secret. Anything else that escapes is a bug: it is logged, and the person sees
a generic message.
"""

from __future__ import annotations


class UserError(Exception):
    """An error the person can fix; `str(error)` is the sentence to show."""


class BugError(Exception):
    """An internal invariant is broken; the message is logged and never shown."""


class NotFoundError(UserError):
    """Nothing has that id or name; the message repeats it as given, if it was typed."""


class FieldError(UserError):
    """A form field is invalid; `field` is the key of the field to focus."""

    def __init__(self, sentence: str, field: str) -> None:
        """`sentence` is shown to the person."""
        super().__init__(sentence)
        self.field = field


class NameTakenError(UserError):
    """The name is already taken."""


class NewerFileError(UserError):
    """The file was made by a newer Rapport; it has been left untouched."""


class DamagedFileError(UserError):
    """SQLite cannot read the file; the person should restore a backup."""


class DiskError(UserError):
    """The folder cannot be written to: full, read-only or gone."""


class ClosedFileError(UserError):
    """The file has been closed in the meantime; committed data is safe."""
