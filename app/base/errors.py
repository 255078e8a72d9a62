"""The two kinds of failure: what the person can act on, and what is our own mistake.

A `UserError` carries one plain sentence: what happened, where, and what to do. It is shown as it is, so it names no
exception, no table and no secret. Anything else that escapes is a bug: it goes to the log, and the person hears so.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the person can put right; `str(error)` is the sentence to show."""


class BugError(Exception):
    """A state that the code holds to be impossible; never shown in its own words."""


class NotFoundError(UserError):
    """There is nothing with that id; the sentence names the id as it was given."""


class FieldError(UserError):
    """One answer of a form cannot be taken; `field` is the key of the field that asks for it."""

    def __init__(self, sentence: str, field: str) -> None:
        """`sentence` is shown."""
        super().__init__(sentence)
        self.field = field


class NameTakenError(UserError):
    """Something else has that name already; another one is needed."""


class NewerFileError(UserError):
    """The file was made by a newer Rapport; it has not been touched."""


class DamagedFileError(UserError):
    """SQLite cannot read the file; a backup is the way back."""


class DiskError(UserError):
    """The folder cannot be written to: full, read-only or gone."""


class ClosedFileError(UserError):
    """The file has been closed meanwhile; nothing was lost, for what was committed is in it."""
