"""Kinds of messages without an account: imported from files, or entered by hand."""

from __future__ import annotations

from app.base.words import N_
from app.channels.channel import Can, Channel

_NO = Can(reply=False)
CHANNELS = {
    of.kind: of
    for of in (
        Channel(
            "in_person", N_("In person"), can=_NO, live=False, icon="hand", short=N_("In person"), handles=False,
            line=N_("What members tell you face to face"),
        ),
        Channel("file", N_("File"), can=_NO, live=False, icon="file-text", handles=False),
        Channel(
            "phone", N_("Phone"), can=_NO, live=False, icon="phone", short=N_("Phone"), handles=False, by_phone=True,
            line=N_("Telephone numbers that you know of members"),
        ),
        Channel("forum", N_("Forum"), can=_NO, live=False, icon="messages-square"),
    )
}  # fmt: skip
