"""A session of one login: what it may read there, and a pull over all conversations, within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from app.base.message import Change, Reaction, Reply, Target
from app.base.words import counted, tr
from app.channels.base import DELETE, Found, Page, Refused, Sent, TryLater
from app.channels.http.shape import UNREADABLE, readable, unreadable
from app.channels.slack.answers import GONE, LEFT, MISSING_SCOPE, Declined
from app.channels.slack.names import Names
from app.channels.slack.places import CHANNELS, DIRECT, GROUP, KINDS, Place, Places, find, scope
from app.channels.slack.reading import REACHED, Reader
from app.channels.slack.wire import CALLED, HISTORY, PERSON, Wire
from app.channels.slack.writing import Writer, just_written

TURN = "turn"
"""The cursor entry with the thread that was asked for last."""
_ROUNDS = 3  # rounds within which everything is read, as long as it is no more than that
_MAX_ASKED = 30  # threads below the latest messages that are asked for in a pull
_MAX_REREAD = 10  # threads of the last days that are read again in a pull
_NO_VERB = "none"
T = TypeVar("T")


class SlackSession:
    """A session of one login in one workspace."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields, and our id and the workspace's URL from the last `check`."""
        self._wanted = {name.strip().lstrip("#").casefold() for name in fields.get("channels", "").split(",")} - {""}
        self._me, self._url = fields.get("me", ""), fields.get("url", "")
        server = fields.get("server") or "https://slack.com/api"
        self._wire = Wire(server, secrets.get("token", "").strip(), self._url)
        self._names = Names(self._wire)

    @property
    def _own(self) -> tuple[str, str]:
        return self._me, self._url

    # --- logging in

    def check(self) -> Found:
        """Return whose login it is, the workspace, the channels it is in, and what the app may not do there.

        Raises Refused if there is nothing that it can read.
        """
        with readable(CALLED):
            return self._identity()

    def _identity(self) -> Found:
        me = self._wire.ask("auth.test")
        self._me, self._url = str(me["user_id"]), str(me["url"])
        if me.get("bot_id"):
            msg = tr(
                "This is a bot's token, which may not read threads. Copy the User OAuth Token, which starts xoxp-."
            )
            raise Refused(msg)
        places = find(self._wire, self._me, self._wanted, patient=True)
        self._probe(places)
        channels = [place for place in places.rows if place.kind in CHANNELS]
        if not places.rows:
            msg = tr("{user} isn't in any channel of {team} that Rapport can read. Join one in Slack first.").format(
                user=me["user"], team=me["team"]
            )
            raise Refused(" ".join(filter(None, (msg, places.unknown(), places.sentence(CHANNELS)))))
        many = counted(len(channels), "{count} channel", "{count} channels")
        told = tr("{user} is connected to {team}, in {channels}.").format(
            user=me["user"], team=me["team"], channels=many
        )
        return Found(
            " ".join(filter(None, (told, *self._missing(places)))),
            own=(self._me,),
            facts={
                "me": self._me,
                "url": self._url,
                "venues": json.dumps([[place.id, place.title] for place in channels], ensure_ascii=False),
                **self._may(),
            },
            offers={"channels": tuple(sorted(place.name for place in channels))},
        )

    def _probe(self, places: Places) -> None:
        """Find out for each kind of conversation whether it can be read: listing it takes another scope."""
        for kind in KINDS:
            place = next((place for place in places.rows if place.kind == kind), None)
            try:
                if place is not None:
                    self._wire.ask(HISTORY, {"channel": place.id, "limit": 1})
            except Declined as why:
                if why.code in MISSING_SCOPE:
                    places.lacking[kind] = why.needed or scope(kind, "history")
        places.rows = [place for place in places.rows if place.kind not in places.lacking]

    def _missing(self, places: Places) -> Iterator[str]:
        """Sentences on what the app cannot do for want of a scope."""
        yield places.unknown()
        yield places.sentence(KINDS)
        granted = self._wire.granted
        if granted is None:
            return
        if "chat:write" not in granted:
            yield tr("Nothing can be sent: the app lacks “chat:write”.")
        if "users:read" not in granted:
            yield tr("People's names can't be read: the app lacks “users:read”.")
        if "im:write" not in granted:
            yield tr("To write to somebody first, the app needs “im:write”.")
        if not {"reactions:read", "reactions:write"} <= granted:
            yield tr("To react to messages, the app needs “reactions:read” and “reactions:write”.")
        if "files:write" not in granted:
            yield tr("To send files, the app needs “files:write”.")

    def _may(self) -> dict[str, str]:
        """Whether we may delete what others wrote, as a fact; {} where that cannot be known."""
        try:
            person = self._wire.ask(PERSON, {"user": self._me})["user"]
            is_admin = bool(person.get("is_admin") or person.get("is_owner"))
        except (Refused, *UNREADABLE):
            return {}
        return {"may": DELETE if is_admin else _NO_VERB}

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield what is new in each conversation, then in threads; then threads are looked at that tell of nothing.

        It begins with the conversation after the one that was reached last, and ends where a limit does: TryLater only
        if it could not read as much as it has to for everything to come in within three pulls.
        """
        with readable(CALLED):
            places = find(self._wire, self._me, self._wanted, patient=False)
        if not places.rows and places.lacking:
            raise Refused(places.sentence(CHANNELS))
        round_ = _Round(places)
        self._names.channels = {place.id: place.name for place in places.rows if place.kind in CHANNELS}
        readers = [Reader(self._wire, self._names, place, self._own, cursor) for place in places.rows]
        yield from self._pull_latest(_after(readers, cursor.get(REACHED, ""), lambda one: one.place.id), round_)
        for channel, root in just_written(self._wire.place):
            for reader in readers:
                if reader.place.id == channel:
                    reader.note_ours(root)
        readers = [reader for reader in readers if reader.place.kind not in places.lacking]
        yield from self._pull_threads(readers, round_)
        if round_.limit is None:
            yield from self._look_again(readers, round_, cursor)
        if trouble := round_.sentence():
            yield Page((), {}, trouble=trouble)
        if round_.odd:
            raise unreadable(CALLED)
        if round_.limit is not None and round_.is_behind:
            raise round_.limit

    def _pull_latest(self, readers: Sequence[Reader], round_: _Round) -> Iterator[Page]:
        for number, reader in enumerate(readers):
            if reader.place.kind in round_.places.lacking:
                continue
            try:
                yield from reader.latest()
            except TryLater as why:
                if not why.limited:
                    yield Page((), {REACHED: reader.place.id})  # another time the others come before it
                    raise
                round_.limit, round_.is_behind = why, number * _ROUNDS < len(readers)
                return
            except Declined as why:
                round_.note(reader.place, why)
                yield Page((), {REACHED: reader.place.id})
            except UNREADABLE:
                round_.odd = True

    def _pull_threads(self, readers: Sequence[Reader], round_: _Round) -> Iterator[Page]:
        """Read the threads in which something is new, the latest first."""
        due = sorted(((at, root, reader) for reader in readers for at, root in reader.due()), key=lambda one: -one[0])
        for number, (_, root, reader) in enumerate(due):
            yield from self._read(reader, root, round_)
            if round_.limit is not None:
                round_.is_behind = round_.is_behind or number * _ROUNDS < len(due)
                return

    def _look_again(self, readers: Sequence[Reader], round_: _Round, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Ask in turn for threads where nothing tells of what is new: those of ours far down, and those of late."""
        for kind, most in (("old", _MAX_ASKED), ("young", _MAX_REREAD)):
            turn = f"{TURN} {kind}"
            found = sorted((f"{one.place.id}/{root}", root, one) for one in readers for root in getattr(one, kind)())
            for number, root, reader in _after(found, cursor.get(turn, ""), lambda one: one[0])[:most]:
                yield from self._read(reader, root, round_)
                if round_.limit is not None:
                    round_.limit = None  # nothing new is kept back by it
                    return
                yield Page((), {turn: number})

    @staticmethod
    def _read(reader: Reader, root: str, round_: _Round) -> Iterator[Page]:
        try:
            yield from reader.thread(root)
        except TryLater as why:
            if not why.limited:
                raise
            round_.limit = why
        except Declined as why:
            if why.code in GONE:
                reader.forget(root)
                yield Page((), reader.kept())
            else:
                round_.note(reader.place, why)
        except UNREADABLE:
            round_.odd = True

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread, or post in the channel that is its venue."""
        with readable(CALLED, sending=True):
            return self._writer.send(reply)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the message of ours that has the reply's key."""
        with readable(CALLED, sending=True):
            return self._writer.find_sent(reply)

    def correct(self, change: Change) -> None:
        """Replace the words of our message."""
        self._writer.correct(change)

    def withdraw(self, change: Change) -> None:
        """Delete our message, and the files below it."""
        with readable(CALLED, sending=True):
            self._writer.withdraw(change)

    def reads(self, change: Change) -> str | None:
        """How our message reads there now; None if it is deleted."""
        with readable(CALLED, sending=True):
            return self._writer.reads(change)

    def react(self, reaction: Reaction) -> None:
        """React to a message."""
        self._writer.react(reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back."""
        self._writer.unreact(reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        with readable(CALLED, sending=True):
            return self._writer.reacted(reaction)

    def moderate(self, verb: str, on: Target) -> None:
        """Delete the message; one that is deleted already is no error."""
        del verb  # only DELETE exists here
        self._writer.delete(on.message)

    @property
    def _writer(self) -> Writer:
        return Writer(self._wire, self._own)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()


class _Round:
    """What has become of one pull so far."""

    def __init__(self, places: Places) -> None:
        """`limit` is the limit that it has met; `is_behind`: so early that it has to go on soon."""
        self.places = places
        self.odd = False
        self.limit: TryLater | None = None
        self.is_behind = False
        self._closed: list[str] = []

    def note(self, place: Place, why: Declined) -> None:
        """A conversation could not be read; one that we have left is no trouble."""
        if why.code in MISSING_SCOPE:
            self.places.lacking[place.kind] = why.needed or scope(place.kind, "history")
        elif why.code not in (*LEFT, *GONE):
            name = place.title or place.id
            self._closed.append(tr("“{channel}” can't be read: {why}").format(channel=name, why=why))

    def sentence(self) -> str:
        """Sentences on what could not be read; "" if all could. Those that are read only if granted are no trouble."""
        listed = {scope(kind, "read") for kind in (DIRECT, GROUP)}
        lacking = Places([], {kind: needed for kind, needed in self.places.lacking.items() if needed not in listed})
        return " ".join(filter(None, (self.places.unknown(), lacking.sentence(KINDS), *self._closed[:1])))


def _after(rows: Sequence[T], mark: str, key: Callable[[T], str]) -> list[T]:
    """The rows, which are in order, from the one after `mark` on, round and round."""
    first = next((number for number, row in enumerate(rows) if key(row) > mark), 0)
    return [*rows[first:], *rows[:first]]
