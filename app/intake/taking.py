"""One transaction of intake: inserts new messages and applies changes made at the channel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.base.message import Incoming, Report
from app.base.pictures import same_but_for_marks, without_files
from app.channels.registry import channel
from app.gifts.addresses import is_erased
from app.inbox import conversations, left_out, links
from app.inbox.by_rule import Decided, decided
from app.inbox.conversations import TITLE_CHARS, NewConversation
from app.inbox.elsewhere import ANSWERED, ASIDE, SEEN
from app.inbox.quiet import CLOSER, FAILED, LIST, SPAM
from app.inbox.standing import alert, recompute_standing, reopen, update_standing, update_waiting_since
from app.inbox.turns import COUNTED, Said, Standing, advance, needs_moderator
from app.inbox.whose_turn import CLOSES, NEEDS_US
from app.intake import (
    closing,
    envelope,
    forgotten,
    joins,
    late,
    messages,
    names,
    passing,
    pieces,
    places,
    quiet,
    spam,
    titles,
    usual,
)
from app.intake.asides import belonging
from app.intake.authors import meet
from app.intake.messages import NewMessage
from app.intake.numbers import Numbers
from app.intake.source import Source
from app.intake.speakers import Speakers
from app.intake.threads import Threads
from app.mail.quotes import title_words
from app.store.sqlite import Connection, scalar


class Taken(NamedTuple):
    """Result of a call: counts of messages, and the conversations affected."""

    new: int
    known: int
    changed: int
    conversation_ids: frozenset[int]

    def joined(self, other: Taken) -> Taken:
        """The result of both."""
        ids = self.conversation_ids | other.conversation_ids
        return Taken(self.new + other.new, self.known + other.known, self.changed + other.changed, ids)


class Stored(NamedTuple):
    """The columns of a stored message that its channel can change; `gone` is 0 or 1.

    `files` is how many files went along, where it is ours: its channel may name them below its words.
    """

    remote_id: str
    id: int
    conversation_id: int
    text: str
    gone: int
    upstream: str
    at: int = 0
    quiet: str = ""
    post_title: str = ""
    solution: int = 0
    locked: int = 0
    files: int = 0
    closes_at: int | None = None

    def reads_like(self, text: str) -> bool:
        """Whether this is how the message is told by its channel."""
        return same_but_for_marks(text, self.text) or same_but_for_marks(without_files(text, self.files), self.text)


def has_changed(item: Incoming, stored: Stored, *, ours: bool = False) -> bool:
    """Whether a known message has changed: deleted or back again, its state at the channel, or its text.

    A deleted message keeps its last text and state. The text of an unreadable message is our own, so it is not
    compared. `ours`: we wrote it, so that it is never quiet.
    """
    if item.gone or stored.gone:
        return item.gone != stored.gone
    if (stored.quiet == SPAM) != spam.is_spam(item, out=item.out or ours):
        return True
    if item.upstream != stored.upstream or item.solution != bool(stored.solution):
        return True
    if item.locked is not None and item.locked != bool(stored.locked):
        return True
    if item.closes_at is not None and (item.closes_at or None) != stored.closes_at:
        return True
    return item.kind == "said" and not stored.reads_like(item.text)


class Placed(NamedTuple):
    """A new message with the id of its conversation, as far as that is known, and its column `quiet`."""

    item: Incoming
    out: bool
    conversation: int
    why_quiet: str
    closes: int | None = None
    """When it closes its conversation by itself (Unix seconds)."""


class Taking:
    """Stores the messages of one source; use it once."""

    def __init__(
        self,
        conn: Connection,
        source: Source,
        numbers: Numbers,
        language_of: Callable[[Incoming], str],
        moved: joins.Moved = joins.nothing_else,
    ) -> None:
        """Runs in the open transaction of `conn`; `language_of` detects a message's language.

        `moved` moves what other nouns keep of a conversation that turns out to be part of another.
        """
        self._moved = moved
        self._conn, self._source, self._numbers, self._language_of = conn, source, numbers, language_of
        self._speakers = Speakers(conn, source)
        self._threads = Threads(conn, source)
        self._said: dict[int, list[Said]] = {}
        self._first_speaker: dict[int, int] = {}  # conversation id -> identity id that spoke first
        self._people = frozenset[str]()
        self._failures: list[tuple[Report, int]] = []  # reports of letters of ours, with their conversations
        self._many_speakers: set[int] = set()  # ids of conversations with more than one identity
        self._to_decide: list[Stored] = []  # messages that a moderator has to decide about from now on
        self.came: list[int] = []  # ids of new messages of others that are no history
        self.heard: list[int] = []  # the same, with those that are
        self.decided: dict[int, Decided] = {}  # of conversations that went on: what had been decided before
        self._back: list[Stored] = []  # messages that are there again after they were deleted or taken for spam

    def take(self, items: Sequence[Incoming]) -> Taken:
        """Insert new messages, apply changes made at the channel, and skip known ones; returns the result."""
        items, gone = forgotten.left_out(self._conn, self._source, items)
        new, changed, known = self._partition(items)
        known += gone
        new, passed = passing.redirected(self._conn, self._source, new)
        if new:
            self._add(new)
            passing.note(self._conn, self._source.account_id, passed)
        gone_on = {number: heard for number, heard in self._said.items() if number not in self._threads.begun}
        if gone_on:
            self.decided = decided(self._conn, gone_on) if self.came else {}
            update_standing(self._conn, gone_on, self._source.quiet_before)
        for back in self._back:
            reopen(self._conn, back.conversation_id, back.at, self._source.quiet_before)
        self._note_failures()
        ours = [item.remote_id for item in new if item.letter and self._source.is_ours(item)]
        if ours:
            late.reconsider(self._conn, self._source.account_id, ours)
        private = [number for number in self._said if self._may_need_own_replies(number)]
        if private:
            update_waiting_since(self._conn, private)
        for told in self._to_decide:
            alert(self._conn, told.conversation_id, told.at)
        for gone, kept in self._threads.joined:
            joins.join(self._conn, gone, kept, self._moved)
        closing.reconsider(self._conn, self._source, self._answered_late(new))
        return Taken(len(new), known, changed, frozenset(map(self._threads.current, self._said)))

    def _answered_late(self, new: Sequence[Incoming]) -> list[int]:
        """Conversations that were there before, and in which somebody has spoken after new messages of ours."""
        if not any(self._source.is_ours(item) for item in new):
            return []
        there = (number for number, said in self._said.items() if any(one.out for one in said))
        rows = self._conn.execute(
            "SELECT id FROM conversation WHERE id IN (SELECT value FROM json_each(?)) AND last_out = 0",
            (json.dumps([self._threads.current(number) for number in there]),),
        )
        return [row["id"] for row in rows]

    def _partition(self, items: Sequence[Incoming]) -> tuple[list[Incoming], int, int]:
        """Split into new messages (deduplicated, in order of time), and counts of changed and unchanged known ones."""
        ids = [item.remote_id for item in items]
        stored = self._stored(ids) if self._source.tells_changes else dict.fromkeys(self._known(ids))
        fresh: dict[str, Incoming] = {}
        changed = known = 0
        for item in items:
            if item.remote_id not in stored:
                known += item.remote_id in fresh
                fresh.setdefault(item.remote_id, item)
                continue
            before = stored[item.remote_id]
            renamed = before is not None and self._has_another_title(item, before)
            if before is not None and (renamed or has_changed(item, before, ours=self._source.is_ours(item))):
                changed += 1
                self._apply_change(item, before)
            else:
                known += 1
        there = [item for item in fresh.values() if not item.gone]
        there = pieces.apart(self._conn, self._source, there)
        new = belonging(self._conn, self._source.account_id, there)
        return sorted(new, key=lambda item: item.at), changed, known

    def _has_another_title(self, item: Incoming, before: Stored) -> bool:
        """Whether the conversation that a known message began has another title now; it is given that."""
        renamed = item.post_title not in ("", before.post_title) and not item.gone and not item.letter
        return renamed and titles.follow(self._conn, before.id, item)

    def _known(self, remote_ids: list[str]) -> Iterator[str]:
        """Those of the remote ids that are stored."""
        rows = self._conn.execute(
            "SELECT m.remote_id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
            (json.dumps(remote_ids), self._source.account_id),
        )
        return (row["remote_id"] for row in rows)

    def _stored(self, remote_ids: list[str]) -> dict[str, Stored | None]:
        """The stored messages with these remote ids, by remote id."""
        rows = self._conn.execute(
            "SELECT m.remote_id, m.id, m.conversation_id, m.text, m.gone_at IS NOT NULL, m.upstream, m.at,"
            " m.quiet, c.post_title, m.solution, c.locked,"
            " (SELECT count(*) FROM attachment f WHERE m.out = 1 AND f.message_id = m.id), c.closes_at"
            " FROM json_each(?) j CROSS JOIN message m ON m.account_id = ?"
            "   AND m.remote_id = j.value JOIN conversation c ON c.id = m.conversation_id",
            (json.dumps(remote_ids), self._source.account_id),
        ).fetchall()
        return {stored.remote_id: stored for stored in map(Stored._make, rows)}

    def _apply_change(self, item: Incoming, before: Stored) -> None:
        """Apply an edit or deletion made at the channel; the text of a deleted message is kept."""
        conn, number, now = self._conn, before.id, self._source.now
        if item.gone != before.gone:
            messages.note_gone(conn, number, now if item.gone else None)
            self._said.setdefault(before.conversation_id, [])
        if item.gone:
            return
        if needs_moderator(item.upstream) != needs_moderator(before.upstream) and not self._source.is_ours(item):
            self._said.setdefault(before.conversation_id, [])
            self._to_decide += [before] if needs_moderator(item.upstream) else []
        meet(conn, self._source.kind, number, item)
        messages.note_upstream(conn, number, item.upstream)
        if item.solution != bool(before.solution):
            messages.note_solution(conn, number, solution=item.solution)
        self._note_closed(before.conversation_id, item)
        if not self._source.is_ours(item) and SPAM in (before.quiet, item.upstream):
            spam.follow(conn, number, now, item.author, program=quiet.is_posted_by_program(self._meant(item)))
            self._said.setdefault(before.conversation_id, [])
        if item.upstream != SPAM and (before.gone or before.quiet == SPAM):
            self._back.append(before)
        if item.text and not before.reads_like(item.text) and not is_erased(conn, number):
            change = messages.correct if _is_being_corrected(conn, number) else messages.edit
            change(conn, number, without_files(item.text, before.files), now)
            if before.quiet == CLOSER and not closing.is_still_closer(conn, number, item.text):
                closing.heard_again(conn, number)

    def _note_closed(self, conversation: int, item: Incoming) -> None:
        """Note what a message says of its conversation: whether its channel has closed it, and when it is going to."""
        if item.locked is not None:
            conversations.note_locked(self._conn, conversation, locked=item.locked)
        if item.closes_at is not None:
            conversations.note_closing(self._conn, conversation, item.closes_at or None)

    def _meant(self, item: Incoming) -> Incoming:
        """A known message as it would be taken if it were new: what a program posted may be for us all the same."""
        people = quiet.known_people(self._conn, [item])
        return quiet.unless_meant(self._conn, self._source, quiet.heard([item], people))[0]

    def _add(self, items: list[Incoming]) -> None:
        """Insert new messages, in order of time, with their authors, conversations and attachments."""
        self._people = quiet.known_people(self._conn, items)
        heard = quiet.unless_meant(self._conn, self._source, quiet.heard(items, self._people))
        heard = spam.kept_quiet(heard)
        items = names.told_apart(self._conn, self._source.kind, heard)
        languages = {item.remote_id: item.language or self._language_of(item) for item in items}
        self._speakers.look_up(items, languages)
        items = self._threads.look_up(items)
        self._numbers.look_up(self._conn, [item.at for item in items])
        placed = [self._place(item) for item in items]  # all first: a later one may join what earlier ones began
        languages |= usual.filled_in(self._conn, (self._told(message, languages) for message in placed))
        placed = self._judged(placed, languages)
        new = [self._new_row(message, languages[message.item.remote_id]) for message in placed]
        self._insert_conversations()
        for message, item in zip(new, items, strict=True):  # in order of time: the latest word counts
            self._note_closed(message.conversation_id, item)
        self._threads.insert_refs()
        messages.insert(self._conn, new)
        for message, item in zip(new, items, strict=True):
            if item.about:
                self._link(message.conversation_id, item.about)
        messages.keep_extras(
            self._conn,
            [
                (message.id, item)
                for message, item in zip(new, items, strict=True)
                if item.attached or item.raw is not None or item.source is not None
            ],
        )
        self._speakers.note_times()
        begun = self._threads.begun
        conversations.name_speakers(
            self._conn, [speaker for speaker in self._first_speaker.items() if speaker[0] not in begun]
        )

    def _link(self, conversation: int, about: str) -> None:
        """Link a conversation with that of the message or thread that it is about, where we have that."""
        row = self._conn.execute(
            "SELECT conversation_id FROM message WHERE account_id = ?1 AND remote_id = ?2"
            " UNION ALL SELECT id FROM conversation WHERE account_id = ?1 AND remote_id = ?2 LIMIT 1",
            (self._source.account_id, about),
        ).fetchone()
        if row is not None and row["conversation_id"] != conversation:
            links.insert(self._conn, row["conversation_id"], conversation, links.LINKED)

    def _place(self, item: Incoming) -> Placed:
        """Find a new message's conversation, and whether somebody waits for an answer to it."""
        out = self._source.is_ours(item)
        conversation = self._threads.conversation_of(item, out=out)
        why = "" if out else self._why_quiet(item, conversation) if item.letter else item.quiet
        return Placed(item, out, conversation, SPAM if spam.is_spam(item, out=out) else why)

    def _told(self, placed: Placed, languages: Mapping[str, str]) -> usual.Told:
        item, talk = placed.item, self._threads.current(placed.conversation)
        identity = self._speakers.identities.get(item.author.key) if item.person and not placed.out else None
        return usual.Told(item.remote_id, talk, identity, languages[item.remote_id])

    def _judged(self, placed: Sequence[Placed], languages: Mapping[str, str]) -> list[Placed]:
        """The messages, those that only end a talk being quiet."""
        closings = closing.Closings(self._conn, self._source, self._speakers.identities)
        found = []
        for message in placed:
            item, talk = message.item, self._threads.current(message.conversation)
            verdict = NEEDS_US
            if not message.why_quiet:
                verdict = closings.judge(
                    item, talk, languages[item.remote_id], out=message.out, is_new=talk in self._threads.begun
                )
            at = closing.closes_at(self._source, item.at) if verdict == CLOSES else None
            found.append(message if verdict == NEEDS_US else message._replace(why_quiet=CLOSER, closes=at))
        return found

    def _new_row(self, placed: Placed, language: str) -> NewMessage:
        """The row for a new message: allocates its id, finds its author."""
        item, out, why = placed.item, placed.out, placed.why_quiet
        identity = None if out else self._speakers.identities.get(item.author.key)
        conversation = self._threads.current(placed.conversation)
        number = self._numbers.take(self._conn, item.at)
        if not out:
            self.heard.append(number)
            if item.at >= self._source.quiet_before:
                self.came.append(number)
        parent = None if out and item.forwarded else item.parent or None  # a forward is not an answer
        mailbox = _words_elsewhere(item, out=out)
        self._said.setdefault(conversation, []).append(
            Said(
                item.at, number, out, language, quiet=why not in COUNTED, answered=ANSWERED in mailbox,
                read=SEEN in mailbox, to_decide=needs_moderator(item.upstream) and not out,
                aside=ASIDE in mailbox, closer=why == CLOSER, closes=placed.closes,
            )
        )  # fmt: skip
        if (
            identity is not None
            and why in ("", LIST, CLOSER)
            and self._first_speaker.setdefault(conversation, identity) != identity
        ):
            self._many_speakers.add(conversation)
        return NewMessage(
            number, conversation, self._source.account_id, item.remote_id, parent, identity, out, item.at, item.kind,
            item.text, language, item.url, item.upstream, self._source.batch_id, "\n".join(item.to) if out else "",
            why, self._envelope(placed, conversation, identity), mailbox, left_out.pack(item.left_out),
            item.protection, item.solution,
        )  # fmt: skip

    def _envelope(self, placed: Placed, conversation: int, identity: int | None) -> str:
        """`message.envelope`: of a letter whom it names; of any message what is peculiar to it."""
        item = placed.item
        known = identity is not None and (
            not channel(self._source.kind).by_address or self._speakers.is_known_name(identity, item.author.name)
        )
        if item.letter:
            return envelope.pack(item, known=known, title=self._threads.title_of(conversation))
        title = item.title if conversation == placed.conversation else self._threads.title_of(conversation)
        nobody = identity is None and not placed.why_quiet  # who wrote spam, or a program, may turn out to be somebody
        named = () if item.public else item.named  # of a private post: who sees it
        return envelope.pack(item._replace(named=named), known=known or nobody, title=title)

    def _why_quiet(self, item: Incoming, conversation: int) -> str:
        """`message.quiet` of somebody's letter. A report that one of ours failed is noted for that, and asks for us."""
        report = item.report
        if report is not None and report.action == "failed" and self._threads.is_ours(report.letter, conversation):
            self._failures.append((report, conversation))
            return FAILED
        if item.author.key in self._people or quiet.is_notice(item):
            return item.quiet if item.quiet in quiet.MACHINES else ""
        if item.quiet or not item.mailing_list:
            return item.quiet
        ours = self._threads.answers_us(item)
        return LIST if quiet.of_list(item, self._source.own, self._source.names, answers_us=ours) else ""

    def _note_failures(self) -> None:
        """Mark the letters of ours that were not delivered; their conversations are recomputed."""
        if not self._failures:
            return
        for report, _ in self._failures:
            messages.note_failed(self._conn, self._source.account_id, report)
        failed = {self._threads.current(conversation) for _, conversation in self._failures}
        recompute_standing(self._conn, failed - self._threads.begun.keys())

    def _insert_conversations(self) -> None:
        """Insert the new conversations."""
        source, begun = self._source, list[tuple[NewConversation, Standing]]()
        for number, item in self._threads.begun.items():
            blank = Standing(0, item.at, item.at, 0, None, None, 0, 0, None, item.language, None, 1)
            title = item.title or title_words(item.text, TITLE_CHARS)
            conversation = NewConversation(
                number, source.account_id, item.thread or None, self._first_speaker.get(number), title, item.post_title,
                item.post_url, item.post_text, item.url, item.public, source.batch_id,
            )  # fmt: skip
            begun.append((conversation, advance(blank, self._said[number], source.quiet_before)))
        conversations.begin(self._conn, begun)

    def _may_need_own_replies(self, number: int) -> bool:
        """Whether people in it may each need a reply of their own: private, with several people or a reply of ours."""
        item = self._threads.begun.get(number)
        if item is None:
            return True
        if item.public:
            return False
        return number in self._many_speakers or (
            number in self._first_speaker and any(message.out for message in self._said[number])
        )


def _words_elsewhere(item: Incoming, *, out: bool) -> str:
    """`message.mailbox` of a new message: of a letter of others what was done with it, of ours that it is aside."""
    if out:
        return ASIDE if item.aside else ""
    return places.first_words(item.flags if item.place is None else item.place.flags, item.at)


def _is_being_corrected(conn: Connection, number: int) -> bool:
    """Whether we have sent other words for this message, and do not know yet whether they arrived."""
    return bool(
        scalar(
            conn,
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE about_id = ? AND purpose = 'correct'"
            " AND state IN ('queued', 'sending', 'undecided'))",
            (number,),
        )
    )
