"""Channels that let no program in without leave, and any that we do not know: the person reads and posts there.

Their messages come by notification e-mail (app.intake.notices), by CSV or written down by hand; a reply goes to the
clipboard, the page opens, and the person says that it is posted. What is gated, and why: docs/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from app.channels.base import NONE, Can, Channel, Field, Refused, Session

_PAGE = Field("page", "Address of your page", help="It opens when you post a reply.")
_HANDLE = Field("handle", "Your name there", required=False, help="Messages under this name count as yours.")
_NOTICES = Field(
    "notices",
    "Notification e-mails come from",
    required=False,
    help="The address or domain they come from, separated by commas. Common ones are recognised automatically.",
)
_FIELDS = (_PAGE, _HANDLE, _NOTICES)


def _made(kind: str, title: str, icon: str, limit: int | None, audience: str, counts: str = "characters") -> Channel:
    return Channel(
        kind=kind, title=title, fields=_FIELDS, icon=icon, live=False, audience=audience, proof="assisted",
        can=Can(private=True, limit=limit, counts=counts, sure=NONE), reply_words=f"Reply on {title}",
        peer="the clipboard, the browser and the person", extra={"own": "handle"},
    )  # fmt: skip


CHANNELS = {
    of.kind: of
    for of in (
        _made("facebook", "Facebook", "thumbs-up", 8_000, "Visible to everyone who can see the post."),
        _made("instagram", "Instagram", "camera", 2_200, "Visible to everyone who can see the post."),
        _made("linkedin", "LinkedIn", "briefcase", 1_250, "Visible to everyone who can see the post."),
        _made("reddit", "Reddit", "message-circle", 10_000, "Visible to everyone who can read the thread."),
        _made("threads", "Threads", "at-sign", 500, "Visible to everyone."),
        _made("x", "X", "hash", 280, "Visible to everyone.", "graphemes"),
        _made("other", "Another place", "globe", None, ""),
    )
}


def open(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Session:  # noqa: A001  the word that every channel has
    """There is no session with them."""
    del fields, secrets
    msg = "This channel doesn't allow programs: read and reply there yourself, and Rapport keeps the text ready."
    raise Refused(msg)
