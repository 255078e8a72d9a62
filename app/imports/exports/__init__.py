"""Exports of chats and posts, as the services hand them out: recognised by what is in them, read as messages."""

from __future__ import annotations

from app.base.errors import UserError
from app.base.words import tr
from app.imports.bundle import Bundle
from app.imports.exports import chats, mastodon, meta, telegram
from app.imports.exports.entry import Entry, Export, read_json
from app.imports.notes import Notes

__all__ = ["Entry", "Export", "find", "refuse_torn", "unknown"]

_READERS = (telegram.find, mastodon.find, meta.find, chats.find)


def find(bundle: Bundle, name: str) -> Export | None:
    """Return the export that a file, folder or archive of that name is; None if it is none that is known.

    Raises UserError for one that is saved as web pages: there is another format to be asked for.
    """
    for reader in _READERS:
        found = reader(bundle, name)
        if found is not None:
            return found
    service = telegram.pages(bundle) or meta.pages(bundle)
    if service:
        msg = tr("{name} is an export from {service} as web pages. Export it again as JSON.").format(
            name=name, service=service
        )
        raise UserError(msg)
    return None


def refuse_torn(bundle: Bundle, name: str) -> None:
    """Raise UserError for a single JSON file that is damaged, so that nobody can tell what it was."""
    notes = Notes()
    if len(bundle.parts) == 1:
        read_json(bundle, bundle.parts[0], notes)
    if notes.torn or notes.unreadable:
        msg = tr(
            "{name} is damaged or cut off, so Rapport can't tell what's in it. "
            "Export or download it again, then import it."
        ).format(name=name)
        raise UserError(msg)


def unknown(name: str) -> UserError:
    """The sentence for a file that is said to be an export and is none that is known."""
    return UserError(tr("{name} isn't an export that Rapport knows.").format(name=name))
