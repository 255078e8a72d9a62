"""Our own statuses: given other words, and deleted."""

from __future__ import annotations

from typing import Any

from app.base.message import Change
from app.base.words import N_, tr
from app.channels.base import Refused, TryLater
from app.channels.http.parts import as_dict, dicts
from app.channels.mastodon.reading import own_words, says, text_of, with_names
from app.channels.mastodon.server import Server

_GONE = (404, 410)
_NO_LONGER_THERE = N_("That post is no longer there.")


class Own:
    """Our statuses on a server."""

    def __init__(self, server: Server) -> None:
        """`server` is spoken with by the account that wrote them."""
        self._server = server

    def correct(self, change: Change) -> None:
        """Replace the words of our status; those whom it names in front, its pictures and its warning stay."""
        status = self._status(change)
        if status is None:
            raise Refused(tr(_NO_LONGER_THERE))
        if status.get("poll"):
            msg = tr("This post has a poll, and a correction would end it. Correct it on Mastodon.")
            raise Refused(msg)
        source = as_dict(self._server.ask(f"/api/v1/statuses/{change.remote_id}/source"))
        asked = {
            "status": with_names(own_words(change.text, status), str(source.get("text") or "")),
            "spoiler_text": str(source.get("spoiler_text") or ""),
            "sensitive": bool(status.get("sensitive")),
            "language": status.get("language"),
            "media_ids": [str(media["id"]) for media in dicts(status.get("media_attachments"), "id")],
        }
        given = {name: value for name, value in asked.items() if value not in (None, [])}
        answer = self._server.raw("PUT", f"/api/v1/statuses/{change.remote_id}", json=given, writing=True)
        if answer.status in _GONE:
            raise Refused(tr(_NO_LONGER_THERE))
        answer.raise_for_status(writing=True)

    def withdraw(self, change: Change) -> None:
        """Delete our status. A server may answer that there is nothing to delete because it deletes nothing (snac)."""
        answer = self._server.raw("DELETE", f"/api/v1/statuses/{change.remote_id}", writing=True)
        if answer.status not in _GONE:
            answer.raise_for_status(writing=True)
        elif self._status(change) is not None:
            msg = tr("{host} doesn't let programs delete posts. Delete it there.").format(host=answer.host)
            raise Refused(msg)

    def reads(self, change: Change) -> str | None:
        """How our status reads now; None if it is deleted. Names in front that we did not write are left out."""
        status = self._status(change)
        if status is None:
            return None
        bare = text_of({**status, "spoiler_text": "", "media_attachments": ()}, set())
        known = (words for words in (change.text, change.before) if says(bare, own_words(words, status)))
        return next(known, text_of(status, set()))

    def _status(self, change: Change) -> dict[str, Any] | None:
        status, answer = self._server.status(change.remote_id)
        if answer.status in _GONE:
            return None
        answer.raise_for_status(writing=False)
        if str(status.get("id")) != change.remote_id:
            msg = tr("{host} sent an unexpected response.").format(host=answer.host)
            raise TryLater(msg)
        return status
