"""Direct chats: the rooms that m.direct names, one for each person, made or joined where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from app.base.message import Author
from app.base.words import tr
from app.channels.base import Refused
from app.channels.matrix.server import NotThere, Server


class Directs:
    """The direct chats of one account; `me` returns our own user id."""

    def __init__(self, server: Server, me: Callable[[], str]) -> None:
        """Use this server."""
        self._server, self._me = server, me

    def room_for(self, who: Author | None) -> str:
        """The room of our direct chat with the receiver; a new one, to which they are invited, if there is none.

        If we are stopped after it was created, it stays empty, and the retry finds it or creates another: a message is
        in none of them yet.
        """
        them = name_of(who)
        known = self.room_with(them)
        if known:
            return known
        asked = {"invite": [them], "is_direct": True, "preset": "trusted_private_chat"}
        try:
            room = str(self._server.call("POST", "createRoom", needs="room_id", json=asked)["room_id"])
        except NotThere as why:
            msg = tr("{them} can't be invited. {why}").format(them=them, why=why)
            raise Refused(msg) from None
        self._note_direct(them, room)
        return room

    def room_with(self, them: str) -> str:
        """The latest room of m.direct with this user that we are in; "" if there is none."""
        rooms = self._known().get(them)
        joined = self._server.call("GET", "joined_rooms").get("joined_rooms") if rooms else []
        kept = (
            [room for room in rooms if room in joined] if isinstance(rooms, list) and isinstance(joined, list) else []
        )
        return str(kept[-1]) if kept else ""

    def _known(self) -> dict[str, Any]:
        """The content of m.direct: user id -> rooms; {} if there is none."""
        try:
            return self._server.call("GET", f"user/{quote(self._me(), safe='')}/account_data/m.direct")
        except NotThere:
            return {}

    def _note_direct(self, them: str, room: str) -> None:
        """Add a room to m.direct, as every client does."""
        known = self._known()
        rooms = known.get(them)
        others = [other for other in rooms if other != room] if isinstance(rooms, list) else []
        path = f"user/{quote(self._me(), safe='')}/account_data/m.direct"
        self._server.call("PUT", path, json={**known, them: [*others, room]})

    def accept(self, room: str, who: Author | None) -> None:
        """Join a direct chat, and add it to m.direct."""
        try:
            self._server.call("POST", f"join/{quote(room)}", json={})
        except NotThere as why:
            msg = tr("This invitation is no longer valid. {why}").format(why=why)
            raise Refused(msg) from None
        if who is not None:
            self._note_direct(who.key, room)


def name_of(who: Author | None) -> str:
    """The receiver's user id; raises Refused for what is none."""
    them = who.handle or who.key if who is not None else ""
    if not them.startswith("@") or ":" not in them:
        msg = tr("“{name}” isn't a Matrix name. Write it like @jana:matrix.org.").format(name=them)
        raise Refused(msg)
    return them
