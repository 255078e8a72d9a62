"""Undo and redo by key."""

from __future__ import annotations

from app.base.errors import UserError
from ui.commands.in_use import keymap
from ui.frame.doing import TakeBack, undo_action, undone_words
from ui.look import text
from ui.look.text import tr
from ui.shell.host import Host


def undo(window: Host) -> None:
    """Undo the toast's action, or else this window's last action of the past ten minutes.

    An import or a merge is only pointed out, as it can be undone from the list alone; it, and an action that cannot be
    undone (UserError), is skipped the next time.
    """
    if window.undo_toast():
        return
    actions, listing = window.bench.actions, tr("What was done")
    last = actions.own(window.passed)
    if last is None:
        words = tr("Nothing more to undo here from the last ten minutes. Older changes are in “What was done”.")
        window.toast(words, window.show_history, link=listing)
        return
    if not last.only_from_list:
        try:
            window.toast(undone_words(undo_action(window, last.id)))
        except UserError:
            window.passed.add(last.id)
            raise
        return
    window.passed.add(last.id)
    words = tr("“{title}” can only be undone from “What was done”.").format(title=text.isolate(last.title))
    before = actions.own(window.passed)
    if before is not None and not before.only_from_list:
        words += " " + tr("Press {key} again to undo what came before it: “{title}”.").format(
            key=keymap().name("undo"), title=text.isolate(before.title)
        )
    window.toast(words, window.show_history, link=listing)


def redo(window: Host) -> None:
    """Redo what was undone last; the toast offers Undo."""
    if not window.bench.store.undone:
        window.toast(tr("Nothing to redo."))
        return
    done = window.bench.actions.redo()
    window.show_again(window.bench.actions.decided(done.id))
    words = tr("Redone: {title}").format(title=text.isolate(done.title))
    window.toast(f"{words}. {done.remark}" if done.remark else words, TakeBack(window, done.id))
