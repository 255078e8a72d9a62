"""The strips that hand off what is about a gift, or about a member without a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base import clock
from app.gifts import Gift, request
from app.handoffs import Suggested, suggested_without_talk
from ui.look import text
from ui.look.text import tr
from ui.shared.handoff import HandoffForm, handed
from ui.shared.handoff_along import AlongPart

if TYPE_CHECKING:
    from app.workbench import Workbench

_ICON = "arrow-right-left"


class GiftHandoffStrip(HandoffForm):
    """Hands off what a gift lacks; the messages of its conversation go along if it has one."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Start with the sentence that asks for what the gift needs next."""
        self._gift = gift
        title = tr("Hand off {item} for {name}").format(item=text.embed(gift.item), name=text.embed(gift.member))
        super().__init__(bench, title, _ICON, tr("Hand off"))
        self.about = gift.id
        self.along = AlongPart(bench, gift.conversation_id) if gift.conversation_id is not None else None
        if self.along is not None:
            self.along.translation.hide()  # until the messages are unfolded: the table above needs the room
            self.form.addWidget(self.along, 4, 0, 1, 4)
        self.ask.setText(request(gift, clock.now()))
        self.ask.setCursorPosition(0)
        self._explain()

    def _suggest(self) -> Suggested:
        bench, gift = self._bench, self._gift
        member = bench.members.get(gift.member_id)
        words = f"{gift.item} {gift.why} {request(gift, clock.now())}"
        return suggested_without_talk(
            words, member.language, bench.teammates.all(), bench.handoffs.of_gift(gift.id), self._today, member.kind,
            bench.responsible.all(),
        )  # fmt: skip

    def _parts(self) -> list[QWidget]:
        return [*super()._parts(), *([self.along] if self.along is not None else [])]

    def start(self) -> None:
        """Focus the request, ready to be typed over."""
        super().start()
        whole = len(self.ask.text())
        self.ask.setSelection(whole, -whole)  # backwards, so that its beginning is in sight

    def _hand_off(self, teammate_id: int) -> str:
        along = self.along.details() if self.along is not None else {}
        made = self._bench.following.hand_off(
            self._gift.conversation_id, teammate_id, self.ask.text(), kind=self.kind.key(),
            needed_by=self.needed.iso(), details={**along, "gift_id": self._gift.id},
        )  # fmt: skip
        return handed(text.name(self._bench.handoffs.get(made.handoff_id).teammate))


class MemberHandoffStrip(HandoffForm):
    """Hands off a matter of a member that is in no conversation: no messages go along."""

    narrow = True

    def __init__(self, bench: Workbench, member_id: int) -> None:
        """Start without a request: what it is about is still to be said."""
        self._member = bench.members.get(member_id)
        super().__init__(bench, tr("Hand off to a teammate"), _ICON, tr("Hand off"))  # the name stands above it
        self.about = self._member.id
        self._explain()

    def _suggest(self) -> Suggested:
        bench, member = self._bench, self._member
        return suggested_without_talk(
            member.note, member.language, bench.teammates.all(), bench.handoffs.without_talk(member.id), self._today,
            member.kind, bench.responsible.all(),
        )  # fmt: skip

    def _hand_off(self, teammate_id: int) -> str:
        made = self._bench.following.hand_off(
            None, teammate_id, self.ask.text(), kind=self.kind.key(), needed_by=self.needed.iso(),
            details={"member_id": self._member.id},
        )  # fmt: skip
        return handed(text.name(self._bench.handoffs.get(made.handoff_id).teammate))
