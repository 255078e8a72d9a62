"""Reactions: events that annotate a message with an emoji, one of ours at most for each (m.reaction, m.annotation)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from app.base.message import OwnReaction, Reaction
from app.base.words import tr
from app.channels.base import Refused, UnknownOutcome
from app.channels.http.parts import as_dict, dicts
from app.channels.matrix.server import NotThere, Server

REACTION = "m.reaction"
_PAGE_ROWS, _MAX_PAGES = 100, 10
_SELECTOR = "\ufe0f"  # asks for the coloured form; programs differ in whether they send it


def told_of(events: Iterable[Mapping[str, Any]], room: str, me: str) -> Iterator[OwnReaction]:
    """What a room's events tell of our own reactions, oldest first; what is malformed is skipped.

    A redaction only names the event that it takes away: of ours that may be a reaction.
    """
    for event in events:
        if event.get("sender") != me:
            continue
        content = as_dict(event.get("content"))
        relation, number = as_dict(content.get("m.relates_to")), str(event.get("event_id") or "")
        if event.get("type") == "m.room.redaction":
            yield OwnReaction("", "", is_there=False, event=f"{room}/{event.get('redacts') or content.get('redacts')}")
        elif event.get("type") == REACTION and relation.get("rel_type") == "m.annotation":
            what, target = relation.get("key"), relation.get("event_id")
            if isinstance(what, str) and isinstance(target, str) and what and not _is_redacted(event):
                yield OwnReaction(f"{room}/{target}", what, is_there=True, event=f"{room}/{number}")


def _is_redacted(event: Mapping[str, Any]) -> bool:
    return bool(as_dict(event.get("unsigned")).get("redacted_because"))


def annotate(server: Server, me: str, place: tuple[str, str], reaction: Reaction) -> None:
    """React to the event at `place` (room, event id); our key is the transaction id.

    A server refuses a second one that is the same (M_DUPLICATE_ANNOTATION): then it is there.
    """
    room, event = place
    if own(server, me, place, reaction):
        return
    relation = {"rel_type": "m.annotation", "event_id": event, "key": reaction.what}
    path = f"rooms/{quote(room)}/send/m.reaction/{quote(reaction.key, safe='')}"
    try:
        server.call("PUT", path, needs="event_id", writing=True, json={"m.relates_to": relation})
    except NotThere as why:
        msg = tr("You're not allowed to react in this room. {why}").format(why=why)
        raise Refused(msg) from None
    except Refused:
        if not own(server, me, place, reaction):
            raise


def unannotate(server: Server, me: str, place: tuple[str, str], reaction: Reaction) -> None:
    """Redact our reaction; done where there is none."""
    for number, event in enumerate(own(server, me, place, reaction)):
        path = f"rooms/{quote(place[0])}/redact/{quote(event, safe='')}/{quote(f'{reaction.key}-{number}', safe='')}"
        try:
            server.call("PUT", path, writing=True, json={})
        except NotThere as why:
            if why.forbidden:
                raise Refused(str(why)) from None


def own(server: Server, me: str, place: tuple[str, str], reaction: Reaction) -> list[str]:
    """The ids of our events that react so to the event at `place`.

    Raises UnknownOutcome if there are too many to be listed.
    """
    room, event = place
    path = f"rooms/{quote(room)}/relations/{quote(event, safe='')}/m.annotation/m.reaction"
    found: list[str] = []
    asked: dict[str, object] = {"limit": _PAGE_ROWS}
    for _ in range(_MAX_PAGES):
        try:
            page = server.call("GET", path, version="v1", params=asked)
        except NotThere:
            return []  # the message is not there any more, nor what was said of it
        except Refused as why:
            raise UnknownOutcome(str(why)) from why
        found += [str(row["event_id"]) for row in dicts(page.get("chunk"), "event_id") if _is_own(row, me, reaction)]
        if not page.get("next_batch"):
            return found
        asked["from"] = page["next_batch"]
    if found:
        return found
    msg = tr("Too many have reacted to tell whether you have. Check the room.")
    raise UnknownOutcome(msg)


def _is_own(row: dict[str, Any], me: str, reaction: Reaction) -> bool:
    key = as_dict(as_dict(row.get("content")).get("m.relates_to")).get("key")
    return row.get("sender") == me and str(key or "").rstrip(_SELECTOR) == reaction.what.rstrip(_SELECTOR)
