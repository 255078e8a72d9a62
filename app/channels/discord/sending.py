"""Our words on Discord: sent, published, and looked up where nobody knows whether they arrived.

Discord knows our key (`nonce`) for some minutes, but not for what begins a thread in a forum:
https://docs.discord.com/developers/resources/message#create-message, .../resources/channel (Start Thread in Forum).
Files go in the same request, so that they are there exactly where the words are: .../reference#uploading-files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.base import clock
from app.base.message import Reply
from app.base.text import words
from app.base.words import N_, tr
from app.channels.base import Refused, Sent, UnknownOutcome
from app.channels.discord import acting, places
from app.channels.discord.places import PAGE_ROWS
from app.channels.discord.reading import id_at, moment, seconds_of, text_of
from app.channels.discord.rights import HOLDERS
from app.channels.discord.wire import NO_RIGHT, SERVICE, Rejected, Wire
from app.channels.http.multipart import form, plain
from app.channels.http.shape import readable

_CLOCK_SLACK_SECONDS = 120  # their clock is known to the second, and an answer takes time
_MAX_SEARCHED = 500  # maximum messages searched for a sent reply
_TITLE_CHARS = 100  # of a forum post
_NO_FILES = N_(
    "The bot isn't allowed to write there, or not to attach files. Give it the permissions Send Messages and Attach "
    "Files in the server's settings, under Roles, or in the channel's own."
)


class Sending:
    """What one bot writes."""

    def __init__(self, wire: Wire, me: str, names: Mapping[str, str]) -> None:
        """`me` is the bot's id; `names` are those of channels and roles, as far as they are known."""
        self._wire, self._me, self._names = wire, me, names

    def send(self, reply: Reply) -> Sent:
        """Reply in the channel or thread; only the author of the parent message is pinged. Or post in a venue."""
        if reply.venue:
            return self._post(reply)
        channel, _, number = reply.parent.partition("/")
        if not channel.isdecimal():
            msg = tr("Rapport doesn't know which Discord channel this conversation is in. Reply in Discord.")
            raise Refused(msg)
        answered = {"message_reference": {"message_id": number, "fail_if_not_exists": False}}
        return self._sent(channel, self._create(channel, reply, reply.text, answered))

    def _create(self, channel: str, reply: Reply, text: str, more: Mapping[str, object]) -> Mapping[str, Any]:
        asked = {
            "content": text,
            "nonce": reply.key[:25],
            "enforce_nonce": True,
            "allowed_mentions": {"parse": [], "replied_user": True},
        }
        body = {**asked, **_named(reply), **more}
        return self._ask_with_files(f"channels/{channel}/messages", body, reply)

    def _ask_with_files(self, path: str, body: Mapping[str, object], reply: Reply) -> Mapping[str, Any]:
        """POST what is asked for, with the reply's files. Raises Refused with what may be missing for them."""
        made: Mapping[str, Any]
        if not reply.files:
            made = self._wire.ask("POST", path, writing=True, json=body)
            return made
        sent = {f"files[{number}]": file for number, file in enumerate(reply.files)}
        data, headers = form({"payload_json": json.dumps(body)}, sent)
        try:
            made = self._wire.ask("POST", path, writing=True, data=data, headers=headers)
        except Rejected as why:
            if why.code == NO_RIGHT:
                raise Rejected(tr(_NO_FILES), why.code) from None
            raise
        return made

    def _post(self, reply: Reply) -> Sent:
        """Publish a post of ours: a message in a channel, a thread in a forum. Discord knows no key for the latter."""
        sent = self.find_sent(reply) if reply.tried else None
        if sent is not None:
            return sent
        channel, tags = _venue(reply)
        venue = self._wire.ask("GET", f"channels/{channel}")
        if venue.get("type") not in HOLDERS:
            made = self._sent(channel, self._create(channel, reply, _headed(reply), {}))
            return _begun(made, venue)
        message = {"content": reply.text, "allowed_mentions": {"parse": []}, **_named(reply)}
        asked = {"name": _title(reply), "message": message, **({"applied_tags": tags} if tags else {})}
        thread = self._ask_with_files(f"channels/{channel}/threads", asked, reply)
        with readable(SERVICE, sending=True):
            number = str(int(thread["id"]))
            return _begun(Sent(f"{number}/{number}", at=seconds_of(number)), venue)

    @staticmethod
    def _sent(channel: str, row: Mapping[str, Any]) -> Sent:
        try:
            return Sent(f"{channel}/{int(row['id'])}", at=moment(row["timestamp"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            msg = tr("Discord may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg) from None

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for a message of ours with the same words, replying to the same message, since then."""
        with readable(SERVICE, sending=True):
            if not reply.venue:
                return self._look_for(*reply.parent.partition("/")[::2], reply, reply.text)
            channel, _ = _venue(reply)
            venue = self._wire.ask("GET", f"channels/{channel}")
            found = (
                self._look_for_thread(reply, channel, str(venue["guild_id"]))
                if venue.get("type") in HOLDERS
                else self._look_for(channel, "", reply, _headed(reply))
            )
            return _begun(found, venue) if found else None

    def _since(self, reply: Reply) -> int:
        """The id from which on a message of ours may be that reply."""
        return id_at(reply.at + self._wire.ahead - _CLOCK_SLACK_SECONDS)

    def _look_for(self, channel: str, number: str, reply: Reply, text: str) -> Sent | None:
        """Our message with that text, answering that one ("" for none). The first answer tells Discord's clock."""
        if not self._wire.ask("GET", f"channels/{channel}/messages", params={"limit": 1}):
            self._refuse_blind(channel, number)
        since = str(max(int(number or 0), self._since(reply)))
        for _ in range(_MAX_SEARCHED // PAGE_ROWS):
            rows = places.rows(self._wire, channel, since)
            for row in rows:
                answered = (row.get("message_reference") or {}).get("message_id") or number
                is_ours = str(row["author"]["id"]) == self._me and answered == number
                if is_ours and self._says(row, reply, text):
                    return self._sent(channel, row)
            if len(rows) < PAGE_ROWS:
                return None
            since = str(int(rows[-1]["id"]))
        msg = tr("Too much has been said there since. Check the channel, then say whether it's there.")
        raise UnknownOutcome(msg)

    def _refuse_blind(self, channel: str, number: str) -> None:
        """Raise UnknownOutcome where the bot may not read a channel: an empty list proves nothing then."""
        known = number or str(id_at(clock.now()))
        try:
            acting.message(self._wire, f"{channel}/{known}")
        except Refused:
            msg = tr("The bot may not read that channel. Check there, then say whether it's there.")
            raise UnknownOutcome(msg) from None

    def _says(self, row: Mapping[str, Any], reply: Reply, text: str) -> bool:
        """Whether a message of ours has these words, and as many files as go with the reply."""
        if not reply.files:
            return _is_same(text_of(row, self._names), text)
        there = row.get("attachments") or ()
        return len(there) == len(reply.files) and _is_same(text_of({**row, "attachments": ()}, self._names), text)

    def _look_for_thread(self, reply: Reply, forum: str, guild: str) -> Sent | None:
        """Our post in a forum, active or archived, with that title and text."""
        active = self._wire.ask("GET", f"guilds/{guild}/threads/active").get("threads") or []
        rows = [row for row in active if str(row.get("parent_id")) == forum]
        since = seconds_of(str(self._since(reply)))
        rows += places.archived(self._wire, {"id": forum, "type": HOLDERS[0]}, since, whole=True)
        for row in rows:
            number = str(row["id"])
            is_like_it = str(row.get("owner_id")) == self._me and row["name"] == _title(reply)
            if not is_like_it or int(number) < self._since(reply):
                continue
            first = acting.message(self._wire, f"{number}/{number}")
            if first is not None and self._says(first, reply, reply.text):
                return Sent(f"{number}/{number}", at=seconds_of(number))
        return None


def _named(reply: Reply) -> dict[str, object]:
    """The files that go along, by their places in the form."""
    named = [{"id": number, "filename": plain(file.name)} for number, file in enumerate(reply.files)]
    return {"attachments": named} if named else {}


def _venue(reply: Reply) -> tuple[str, list[str]]:
    """The channel of a venue, and the tags that its posts get there. Raises Refused if it is none."""
    channel, slash, tag = reply.venue.partition("/")
    if not channel.isdecimal() or (slash and not tag.isdecimal()):
        raise Refused(tr(N_("Rapport doesn't know that channel. Check the account, and choose it again.")))
    return channel, [tag] if tag else []


def _begun(sent: Sent, venue: Mapping[str, Any]) -> Sent:
    """A post with its page, and with itself as what its conversation is known by."""
    page = f"https://discord.com/channels/{venue.get('guild_id', '')}/{sent.remote_id}"
    return Sent(sent.remote_id, page, sent.at, sent.remote_id)


def _is_same(there: str, text: str) -> bool:
    """Whether a text reads the same; one without any words, as of emoji, has to be the same to the sign."""
    return words(there) == words(text) if words(text) else there.split() == text.split()


def _headed(reply: Reply) -> str:
    """A post in a channel, which has no title of its own there: it stands above, unless the words begin with it."""
    title = words(reply.title.rstrip("…"))
    is_said = words(reply.text)[: len(title)] == title
    return reply.text if is_said else f"**{reply.title}**\n{reply.text}"


def _title(reply: Reply) -> str:
    """The title of a forum post, which has to have one."""
    return " ".join((reply.title or reply.text).split())[:_TITLE_CHARS]
