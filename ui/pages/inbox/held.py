"""The notice above a reply to a comment that awaits approval: it is approved with it, unless the person says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.outbox.composing import Way
    from app.workbench import Workbench

_KEEP, _APPROVE = "keep", "approve"


class HeldNotice(Notice):
    """Hidden unless the reply answers a comment that awaits approval; `keeps` is whether that is to stay so."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `set_way`."""
        super().__init__("shield-check")
        self._bench = bench
        self._answers: int | None = None
        self.keeps = False
        self.pressed.connect(self._pressed_button)

    def set_way(self, goes: Way | None) -> None:
        """Show what happens to the comment that the reply answers; what the person chose for it stays."""
        answers = goes.to.message_id if goes is not None and goes.to is not None else None
        if answers != self._answers:
            self._answers, self.keeps = answers, False
        if goes is not None and self._bench.moderation.would_approve(goes):
            self._tell()
        else:
            self.hide()

    def _tell(self) -> None:
        if self.keeps:
            words = tr("This comment is held for approval and stays so: nobody will see what you reply to.")
            self.say(words, {_APPROVE: tr("Approve it too")})
        else:
            words = tr(
                "This comment is held for approval: nobody sees it yet. It'll be approved when your reply is sent."
            )
            self.say(words, {_KEEP: tr("Leave it held")})

    def _pressed_button(self, name: str) -> None:
        self.keeps = name == _KEEP
        self._tell()
        self.buttons[_APPROVE if self.keeps else _KEEP].setFocus()

    def sent(self) -> None:
        """Forget the choice: the reply has gone."""
        self.keeps = False
