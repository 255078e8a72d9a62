"""One rule for all forms: what was typed and not saved is kept, said, and there again when the form is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from ui.frame.page import Frame
    from ui.widgets.form_dialog import FormDialog
    from ui.widgets.strip import Strip


def kept_words(title: str) -> str:
    """The toast for a form that was closed with what was typed in it."""
    sentence = tr("Kept, but not saved: “{form}”. Open it again to go on.")
    return sentence.format(form=text.isolate(text.plain(title)))


def say_left(frame: Frame, left: SignalInstance) -> None:
    """Say what is kept whenever this signal carries the title of a form."""
    left.connect(_Say(frame))


class _Say:
    """Shows the toast for a form; a class rather than a closure, so that it keeps no page alive."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def __call__(self, title: str) -> None:
        self._frame.toast(kept_words(title))


def begin(frame: Frame, strip: Strip) -> None:
    """Say which form it is, and put back what was typed in such a one; whoever shows a strip calls this before `start`.

    Screen readers tell only the field that gets the focus.
    """
    speak(strip, strip.accessibleName())
    say_left(frame, strip.turned)
    strip.begin(frame.memory.forms)


def let_go(frame: Frame, strip: Strip) -> None:
    """Keep what was typed in a strip that is closed, and say so; whoever closes it calls this first."""
    if strip.unsaved.end():
        frame.toast(kept_words(strip.accessibleName()))


def open_dialog(frame: Frame, dialog: FormDialog, topic: object) -> None:
    """Open a dialog with what was typed in such a one about this topic; closed without saving, it is kept and said."""
    say_left(frame, dialog.left)
    dialog.begin(frame.memory.forms, topic)
    dialog.open()
