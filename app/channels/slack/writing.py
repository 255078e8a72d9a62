"""Writes to Slack: replies, posts, corrections, reactions; and looks up what became of them.

What we post carries our key in its metadata (https://docs.slack.dev/messaging/message-metadata): by that it is found
again, whatever else was said there with the same words.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.base.message import Author, Change, Reaction, Reply
from app.base.pictures import without_files
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Sent, TryLater, UnknownOutcome
from app.channels.http.parts import as_dict
from app.channels.slack import sharing
from app.channels.slack.answers import GONE, Declined
from app.channels.slack.emoji import REACTIONS
from app.channels.slack.reading import link, own_reactions
from app.channels.slack.wire import HISTORY, OPEN, POST, REPLIES, ROWS, Wire
from app.channels.slack.words import escaped, has_markup, plain, same, verbatim

MAX_CHARS = 40_000
_EVENT = "rapport_reply"
_CLOCK_SLACK_SECONDS = 2 * 86_400  # how far our clock may be ahead
_DOUBT_SECONDS = 600  # how long before a reply the same words, without our key, leave in doubt whether they are it
_MAX_SEARCHED_PAGES = 5  # maximum pages searched for a message of ours
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")
_PAUSES_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0)  # before each look for files that have just been shared
_NOT_SHOWN = N_(
    "Your words are on Slack, but the files aren't shown there, or not yet. Check there; if you send it again, only "
    "the files are sent, and only if they still aren't there."
)
_HALF = N_("Your words are on Slack; the files may not be there: {why}")
_NOBODY = N_("An app wrote this on Slack, so nobody can be written to in private.")
_lock = threading.Lock()
_written: deque[tuple[str, str, str]] = deque(maxlen=500)


class Writer:
    """What one login writes; `me` are our id and the workspace's address."""

    def __init__(self, wire: Wire, me: tuple[str, str]) -> None:
        """Use this wire."""
        self._wire, (self._me, self._url) = wire, me

    # --- replies and posts

    def send(self, reply: Reply) -> Sent:
        """Post it in plain text: no markup, and no mentions that ping anybody. A second attempt looks for the first.

        Files are uploaded before the words, so that one that is not taken keeps them back; they are shared after them.
        """
        channel, root = self._target_of(reply)
        if reply.tried and (found := self._first_attempt(reply)) is not None:
            return found
        numbers = [sharing.upload(self._wire, file) for file in reply.files]
        sent = self._words_of_first(reply, channel, root) if reply.tried and reply.files else None
        sent = sent or self._post(reply, channel, root)
        return self._with_files(reply, numbers, sent, root) if numbers else sent

    def _post(self, reply: Reply, channel: str, root: str) -> Sent:
        metadata = {"event_type": _EVENT, "event_payload": {"key": reply.key}}
        below = {"thread_ts": root} if root else {}
        asked = {"channel": channel, "text": _fitting(reply.text), "mrkdwn": False, "metadata": metadata, **below}
        made = self._wire.ask(POST, asked, writing=True)
        with _lock:
            _written.append((self._wire.place, channel, root))
        return self._sent(reply, channel, root, str(made["ts"]))

    def _words_of_first(self, reply: Reply, channel: str, root: str) -> Sent | None:
        """The words of an earlier attempt whose files are not there: only those are sent then."""
        with suppress(UnknownOutcome, Refused):  # as below
            return self._find(reply, channel, root)
        return None

    def _with_files(self, reply: Reply, numbers: Sequence[str], sent: Sent, root: str) -> Sent:
        """Share uploaded files below the words, which are there: whatever fails now leaves it open."""
        channel, ts = _parts(sent.remote_id)
        below = root or (ts if reply.venue else "")
        try:
            sharing.share(self._wire, numbers, reply.files, channel, below)
            for pause in _PAUSES_SECONDS:
                time.sleep(pause)
                if (found := self._shared(sent, below, sharing.with_ids(numbers))) is not None:
                    return found
        except (Refused, TryLater, AuthNeeded, UnknownOutcome) as why:
            raise UnknownOutcome(tr(_HALF).format(why=why)) from why
        raise UnknownOutcome(tr(_NOT_SHOWN))

    def _shared(self, sent: Sent, below: str, is_it: Callable[[Mapping[str, Any]], bool]) -> Sent | None:
        """Our words with the message that shares their files; None while that is not there."""
        channel, ts = _parts(sent.remote_id)
        for row in self._latest_of(channel, below, float(ts)):
            if row.get("user") == self._me and row["ts"] != ts and is_it(row):
                return replace(sent, also=(f"{channel}/{row['ts']}",))
        return None

    def _first_attempt(self, reply: Reply) -> Sent | None:
        with suppress(UnknownOutcome, Refused):  # what is in doubt has been decided by whoever sends it again
            return self.find_sent(reply)
        return None

    def _sent(self, reply: Reply, channel: str, root: str, ts: str) -> Sent:
        number = f"{channel}/{ts}"
        begun = number if reply.venue else channel if _begins(reply) else ""
        return Sent(number, link(self._url, channel, ts, root), int(float(ts)), thread=begun)

    def _target_of(self, reply: Reply) -> tuple[str, str]:
        """Return the channel and the thread's root for a reply, "" for none; raises Refused if they are unknown."""
        return (self._direct(reply.to), "") if reply.to is not None and _begins(reply) else _target_of(reply)

    def _direct(self, whom: Author) -> str:
        """The direct conversation with somebody, which is opened if there is none yet; they see nothing of that."""
        if not _PERSON.fullmatch(whom.key):
            raise Refused(tr(_NOBODY))
        try:
            made = self._wire.ask(OPEN, {"users": whom.key}, writing=True)
        except UnknownOutcome as why:  # nothing has been said there yet
            raise TryLater(str(why)) from None
        return str(made["channel"]["id"])

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the message of ours with the reply's key; None if it certainly is not there.

        The same words without any key, said just then, may be by us in Slack itself: then it stays open. So it does
        where we may not look, and where the words are there without their files.
        """
        try:
            channel, root = self._target_of(reply)
            sent = self._find(reply, channel, root)
            if sent is None or not reply.files:
                return sent
            below = root or (_parts(sent.remote_id)[1] if reply.venue else "")
            if (found := self._shared(sent, below, sharing.like(reply.files))) is not None:
                return found
            raise UnknownOutcome(tr(_NOT_SHOWN))
        except Declined as why:
            raise UnknownOutcome(str(why)) from why

    def _find(self, reply: Reply, channel: str, root: str) -> Sent | None:
        doubtful = False
        for row in self._latest_of(channel, root, reply.at - _CLOCK_SLACK_SECONDS):
            if row.get("user") != self._me or row["ts"] == root:
                continue
            key = _key_of(row)
            if key == reply.key:
                return self._sent(reply, channel, root, str(row["ts"]))
            recent = float(row["ts"]) >= reply.at - _DOUBT_SECONDS
            doubtful = doubtful or (key is None and recent and same(row, reply.text))
        if doubtful:
            msg = tr("The same words are there under your name, but not from Rapport. Say if they're this message.")
            raise UnknownOutcome(msg)
        return None

    def _latest_of(self, channel: str, root: str, since: float) -> Iterator[dict[str, Any]]:
        """Yield what was said since then in a thread, or outside threads where `root` is ""."""
        asked: dict[str, object] = {
            "channel": channel, "limit": ROWS, "include_all_metadata": "true",
            "oldest": f"{max(float(root or 0), since, 0.0):.6f}", **({"ts": root} if root else {}),
        }  # fmt: skip
        for _ in range(_MAX_SEARCHED_PAGES):
            response = self._wire.ask(REPLIES if root else HISTORY, asked)
            yield from response["messages"]
            asked["cursor"] = (response.get("response_metadata") or {}).get("next_cursor") or ""
            if not asked["cursor"] and not response.get("has_more"):
                return
        msg = tr("Too much has been said there since. Check it, then say whether it's there.")
        raise UnknownOutcome(msg)

    # --- our own messages

    def correct(self, change: Change) -> None:
        """Replace the words of our message.

        Slack would format them: this method knows no `mrkdwn`. Blocks keep them as they are, but a message with blocks
        is not marked as edited (https://docs.slack.dev/reference/methods/chat.update), so they are used where needed.
        """
        channel, ts = _parts(change.remote_id)
        text = self._own_words(change)
        blocks = {"blocks": verbatim(text)} if has_markup(text) else {}
        # what `parse` stands for otherwise would make links of names
        asked = {"channel": channel, "ts": ts, "text": _fitting(text), "parse": "none", **blocks}
        self._wire.ask("chat.update", asked, writing=True)

    def _own_words(self, change: Change) -> str:
        """The new words alone: of what we wrote in Slack itself, its files are named below them here."""
        if without_files(change.text, 1) == change.text:
            return change.text
        row = self._message(change.remote_id) or {}
        marks = plain({"files": row.get("files")}, {})
        return change.text.removesuffix(f"\n{marks}") if marks else change.text

    def withdraw(self, change: Change) -> None:
        """Delete our message, and the files below it."""
        for remote_id in change.also:
            sharing.delete(self._wire, self._message(remote_id))
            self.delete(remote_id)
        self.delete(change.remote_id)

    def delete(self, remote_id: str) -> None:
        """Delete a message; one that is deleted already is no error."""
        channel, ts = _parts(remote_id)
        try:
            self._wire.ask("chat.delete", {"channel": channel, "ts": ts}, writing=True)
        except Declined as why:
            if why.code not in GONE:
                raise

    def reads(self, change: Change) -> str | None:
        """How our message reads now; None if it is deleted."""
        try:
            row = self._message(change.remote_id)
        except Refused as why:
            raise UnknownOutcome(str(why)) from why
        return plain(row, {}) if row is not None and row.get("subtype") != "tombstone" else None

    def _message(self, remote_id: str) -> Mapping[str, Any] | None:
        """A message by its id: its address names the thread that it is in, and there it is asked for."""
        channel, ts = _parts(remote_id)
        try:
            address = self._wire.ask("chat.getPermalink", {"channel": channel, "message_ts": ts})["permalink"]
            root = parse_qs(urlsplit(str(address)).query).get("thread_ts", [ts])[0]
            within = {"oldest": ts, "latest": ts, "inclusive": "true", "limit": ROWS}
            found = self._wire.ask(REPLIES, {"channel": channel, "ts": root, **within})["messages"]
        except Declined as why:
            if why.code in GONE:
                return None
            raise
        return next((row for row in found if as_dict(row).get("ts") == ts), None)

    # --- reactions

    def react(self, reaction: Reaction) -> None:
        """Give it, unless it is there."""
        self._reaction("reactions.add", reaction, ("already_reacted",))

    def unreact(self, reaction: Reaction) -> None:
        """Take ours back, where it is there."""
        self._reaction("reactions.remove", reaction, ("no_reaction", *GONE))

    def _reaction(self, method: str, reaction: Reaction, done: tuple[str, ...]) -> None:
        channel, ts = _parts(reaction.remote_id)
        try:
            self._wire.ask(method, {"channel": channel, "timestamp": ts, "name": _name_of(reaction)}, writing=True)
        except Declined as why:
            if why.code not in done:
                raise

    def reacted(self, reaction: Reaction) -> bool:
        """Whether ours is there now."""
        channel, ts = _parts(reaction.remote_id)
        try:
            answer = self._wire.ask("reactions.get", {"channel": channel, "timestamp": ts, "full": "true"})
        except Declined as why:
            if why.code in GONE:
                return False
            raise UnknownOutcome(str(why)) from why
        return _name_of(reaction) in own_reactions(answer["message"], self._me)


def just_written(place: str) -> list[tuple[str, str]]:
    """The channels and roots of the threads that we have written in there since the process began, oldest first."""
    with _lock:
        return [(channel, root) for where, channel, root in _written if where == place and root]


def _fitting(text: str) -> str:
    made = escaped(text)
    if len(made) > MAX_CHARS:
        msg = tr("Slack allows {most:,} characters, and counts & < > as several. Shorten it.").format(most=MAX_CHARS)
        raise Refused(msg)
    return made


def _name_of(reaction: Reaction) -> str:
    name = REACTIONS.get(reaction.what)
    if name is None:
        msg = tr("Rapport doesn't know what Slack calls {emoji}.").format(emoji=reaction.what)
        raise Refused(msg)
    return name


def _key_of(row: Mapping[str, Any]) -> str | None:
    """The key that we gave a message when it was posted; None if it has none."""
    event = as_dict(row.get("metadata"))
    key = as_dict(event.get("event_payload")).get("key")
    return str(key) if event.get("event_type") == _EVENT and key is not None else None


def _parts(remote_id: str) -> tuple[str, str]:
    channel, _, ts = remote_id.partition("/")
    return channel, ts


def _begins(reply: Reply) -> bool:
    """Whether it begins to talk with somebody in private: what was meant for a channel never does."""
    return not (reply.venue or reply.thread or reply.parent or reply.public) and reply.to is not None


def _target_of(reply: Reply) -> tuple[str, str]:
    """Return the channel and the thread's root for a reply, "" for none; raises Refused if they are unknown.

    What is said between few is one conversation, whose key has no root; in a channel we answer in threads only.
    """
    channel, slash, root = (reply.venue or reply.thread or reply.parent).partition("/")
    if not channel or bool(slash) != bool(root):
        msg = tr("Rapport doesn't know which Slack channel this conversation is in. Reply in Slack.")
        raise Refused(msg)
    return channel, root
