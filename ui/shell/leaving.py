"""Closing the window: what is typed is saved, and where it can't be, that is said before it is lost."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from app.base.errors import UserError
from ui.look.text import tr
from ui.widgets.unsaved import Unsaved

if TYPE_CHECKING:
    from ui.frame.page import Page
    from ui.shell.host import Host


def is_saved(host: Host, pages: Iterable[Page]) -> bool:
    """Save what is typed on pages and in open forms; whether all of it is. If not, the window says why.

    Where another program has replaced the file, it goes into the backup that is kept of the one that was open.
    """
    place = host.bench.store.place
    if place.lost() is not None and host.bench.replaced.keep() is None:
        why = host.bench.replaced.trouble
    else:
        with place.last_words():
            why = _unsaved(host, pages)
    if why:
        words = tr("{reason} What you were typing isn't saved: copy it, or close the window again to leave without it.")
        host.fail(words.format(reason=why))
    return not why


def _unsaved(host: Host, pages: Iterable[Page]) -> str:
    """Save it; why something can't be, or ""."""
    why = ""
    for form in host.window().findChildren(Unsaved):
        form.keep_now()
        if not form.is_kept:
            found = host.bench.store.obstacle()
            why = found.sentence if found is not None else tr("What you typed in a form can't be saved.")
    for page in pages:
        try:
            page.keep()
        except UserError as error:
            why = str(error)
    return why


def close(pages: Iterable[Page]) -> None:
    """Let the pages end what they do; what can't be saved has been said."""
    for page in pages:
        with suppress(UserError):
            page.closing()
