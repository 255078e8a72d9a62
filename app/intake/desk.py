"""Stores incoming messages from a channel or a file, each once, with its conversation and member.

The only writer of `message`. Each call is one transaction that includes the cursor, so no cursor is ever ahead of its
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.accounts.records import keep_cursor
from app.base import clock, ids, language_names
from app.base.errors import NotFoundError, UserError
from app.base.message import FolderChanges, Incoming
from app.base.words import counted, tr
from app.inbox import conversations, left_out
from app.inbox.by_rule import Decided
from app.inbox.names import NameQuestion, question_about
from app.intake import envelope, joins, messages, names, places
from app.intake.closing import bring_back
from app.intake.kept import is_guess_without_bytes, kept_letter
from app.intake.letters import copies, resolve_shared_ids
from app.intake.numbers import Numbers
from app.intake.persons import by_person
from app.intake.source import of_account
from app.intake.surrogates import repaired
from app.intake.taking import Taken, Taking
from app.mail.charsets import OFFERED, codec
from app.mail.put_in import is_wordless
from app.mail.quotes import own_start, own_words
from app.store import index
from app.store.connection import give_back
from app.store.sqlite import Connection
from app.store.store import Store

_MIN_LETTERS = 15  # below that the language of a text cannot be detected
_CODE_LETTERS = 2  # of ISO 639-1
_TOLD_BY = 400  # characters of a text that its language is told by


class Joined(NamedTuple):
    """The result of a join: the conversation that stays, those that are part of it now, and who wrote in it."""

    conversation_id: int
    gone: tuple[int, ...]
    people: tuple[str, ...]


Met = Callable[[Connection, int, Sequence[str]], object]
"""Called in the transaction with the account and the remote ids of all messages passed in."""
Came = Callable[[Connection, Sequence[int], Mapping[int, Decided], int], object]
"""Called in the transaction with the ids of new messages that are no history, and the time (Unix seconds).

Before that, with what had been decided about the conversations that they reopened or woke, by their ids.
"""
Heard = Callable[[Connection, Sequence[int], int], object]
"""Called in the transaction with the ids of all new messages of others, history too, and the time (Unix seconds)."""

Hide = Callable[[Sequence[Incoming]], Sequence[Incoming]]
"""Called before the transaction with what comes in, and returns it without codes of vouchers."""


class Intake:
    """Stores incoming messages."""

    def __init__(
        self,
        store: Store,
        language_of: Callable[[str], str] | None = None,
        met: Met | None = None,
        moved: joins.Moved = joins.nothing_else,
        came: Came | None = None,
        heard: Heard | None = None,
        hide: Hide | None = None,
    ) -> None:
        """`met` is called for every batch, so that our own messages meet their outbox rows (see `app.outbox.meet`).

        `moved` is called when conversations are joined or parted, so that what others keep of them goes along.
        `language_of` detects a text's language, "" if unsure; by default app.base.language.of, imported on first use.
        `came` is called for what somebody wrote to us, but for history: what was imported, or is older than that;
        `heard` for that as well. `hide` takes out of what comes in what no file of ours may hold.
        """
        self._store = store
        self._language_of = language_of
        self._met = met
        self._moved, self._came, self._heard, self._hide = moved, came, heard, hide
        self._numbers = Numbers()

    def by_person(self, conversations: Sequence[int]) -> None:
        """Take quiet conversations for people's, one undoable action, and remember their senders.

        Raises UserError, having changed nothing, if one of them is not quiet, NotFoundError if it does not exist.
        """
        titles = [self._title(number) for number in conversations]
        title = tr("Written by a person: {title}").format(title=titles[0])
        if len(titles) > 1:
            title = counted(
                len(titles), "Written by people: {count} conversation", "Written by people: {count} conversations"
            )
        with self._store.write(title) as conn:
            for number in conversations:
                by_person(conn, number, clock.now())

    def bring_back(self, conversations: Sequence[int]) -> None:
        """Have conversations need us that closed by themselves, as one undoable action.

        Whoever ended one with a "Thanks" or the like is remembered: what they write never closes anything by itself
        again. Raises UserError, having changed nothing, if one of them did not close by itself, NotFoundError if it
        does not exist.
        """
        titles = [self._title(number) for number in conversations]
        title = tr("Brought back: {title}").format(title=titles[0])
        if len(titles) > 1:
            title = counted(len(titles), "Brought back: {count} conversation", "Brought back: {count} conversations")
        with self._store.write(title) as conn:
            for number in conversations:
                if not bring_back(conn, number, clock.now()):
                    msg = tr("{id} didn't close by itself, so there's nothing to bring back.")
                    raise UserError(msg.format(id=ids.display(ids.CONVERSATION, number)))

    def join(self, numbers: Sequence[int]) -> Joined:
        """Make conversations one, as one undoable action; the oldest stays.

        Raises UserError if they can't be one (see `app.intake.joins`), NotFoundError if one does not exist.
        """
        kept, *_ = joins.halves(self._store.read, numbers)
        title = tr("Joined: {title}").format(title=kept.title or ids.display(ids.CONVERSATION, kept.id))
        with self._store.write(title) as conn:
            kept, *others = joins.halves(conn, numbers)  # one of them may have been joined since
            for other in others:
                joins.join(conn, other.id, kept.id, self._moved)
            return Joined(kept.id, tuple(other.id for other in others), joins.people(conn, kept.id))

    def joinable(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Who would be in the conversation that these become: members' names. Raises as `join` does."""
        halves = joins.halves(self._store.read, numbers)
        return tuple(dict.fromkeys(name for half in halves for name in half.people))

    def part(self, message_id: int) -> int:
        """Move a letter, and what answers it, to a conversation of their own, as one undoable action; returns its id.

        Later letters that answer one of them come there as well. Raises UserError if it can't be parted, NotFoundError
        if there is no such message.
        """
        with self._store.write(tr("Parted: {title}").format(title=self._subject(message_id))) as conn:
            return joins.part(conn, message_id, self._moved)

    def _subject(self, message_id: int) -> str:
        row = self._store.read.execute(
            "SELECT coalesce(nullif(m.envelope, '') ->> '$.subject', c.title) FROM message m"
            " JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        return str(row[0]) if row is not None else ""

    def same_person(self, message_id: int, *, same: bool) -> NameQuestion:
        """Answer the question about the name that a message bears, as one undoable action; returns the question.

        With `same` the name is one of the member's; else it is another person's, who shares their address. Raises
        UserError if nothing is asked about it.
        """
        with self._store.write() as conn:
            asked = question_about(conn, message_id)
        if asked is None:
            msg = tr("{id} raises no question about who wrote it.").format(id=ids.display(ids.MESSAGE, message_id))
            raise UserError(msg)
        title = tr("Same person: {name} is {known}") if same else tr("Another person: {name}, not {known}")
        with self._store.write(title.format(name=asked.name, known=asked.known_as)) as conn:
            names.remember(conn, asked, same=same, now=clock.now())
        return asked

    def read_as(self, message_id: int, charset: str, original: Callable[[], bytes] | None = None) -> None:
        """Read a letter's text in another character set, as one undoable action.

        Only where the letter does not say which it is in, or is unreadable for that: of others no bytes are kept.
        `original` fetches the letter where its bytes were too many to be kept. Raises UserError if it is another one,
        or the character set is unknown or makes nothing of it; NotFoundError if there is no such message; and as
        `original` does.
        """
        shown_id, name = ids.display(ids.MESSAGE, message_id), codec(charset)
        if name is None or not charset.strip():
            msg = tr("Rapport doesn't know the character set “{charset}”. Try {known}.").format(
                charset=charset, known=", ".join(OFFERED)
            )
            raise UserError(msg)
        kept = kept_letter(self._store.read, message_id, original)
        if kept is None:
            raise UserError(_why_not_read_again(self._store.read, message_id))
        from app.mail.parse import parse  # noqa: PLC0415  1 MB, needed by this alone

        item = parse(kept.octets, kept.own, kept.at, charset=name)
        if item.kind == "unreadable" or not item.charset:
            msg = tr("{id} can't be read as {charset}.").format(id=shown_id, charset=charset)
            raise UserError(msg)
        with self._store.write(tr("Read {id} as {charset}").format(id=shown_id, charset=item.charset)) as conn:
            packed = envelope.with_charset(kept.envelope, item.charset)
            told = left_out.pack(item.left_out)
            messages.read_again(conn, message_id, item.text, self._language(item), packed, told, item.protection)

    def language_of(self, message_id: int) -> str:
        """The code of the language that a message is in; "" if that is not known, or there is no such message."""
        row = self._store.read.execute("SELECT language FROM message WHERE id = ?", (message_id,)).fetchone()
        return "" if row is None else str(row["language"])

    def set_language(self, message_id: int, language: str) -> str:
        """Say in which language a message is, by name or code, as one undoable action; returns its code.

        Its conversation follows. Raises UserError for a language that is not known, NotFoundError without the message.
        """
        row = self._store.read.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
        shown_id = ids.display(ids.MESSAGE, message_id)
        if row is None:
            msg = tr("There's no message {id}.").format(id=shown_id)
            raise NotFoundError(msg)
        code = language_names.known(language)
        if not code:
            msg = tr("“{language}” isn't a language that Rapport knows. Write its name in English, or its code.")
            raise UserError(msg.format(language=language.strip()[:40]))
        name = language_names.name(code)
        with self._store.write(tr("Language of {id}: {language}").format(id=shown_id, language=name)) as conn:
            messages.set_language(conn, message_id, code)
            conversations.follow_language(conn, row["conversation_id"])
        return code

    def _title(self, number: int) -> str:
        row = self._store.read.execute("SELECT title FROM conversation WHERE id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("There's no conversation {conversation}.").format(
                conversation=ids.display(ids.CONVERSATION, number)
            )
            raise NotFoundError(msg)
        return str(row["title"])

    def tidy(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Merge the search index's segments after a large import, in small steps between which others can write.

        Pages freed that way are returned to the disk.
        """
        first = busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = index.tidy(conn, first=first) or first
            first = False
        busy = True
        while busy and not stop():
            with self._store.write() as conn:
                busy = give_back(conn)

    def take(
        self,
        account_id: int,
        items: Sequence[Incoming],
        cursor: Mapping[str, str] | None = None,
        batch_id: int | None = None,
        at: int | None = None,
        changes: FolderChanges | None = None,
    ) -> Taken:
        """Insert new messages, apply changes made at the channel, and skip known ones; all in one transaction.

        `at` is when they were learned of, in Unix seconds, by default now. `changes` are what other programs did with
        letters in a folder.
        """
        items = repaired(items) if self._hide is None else self._hide(repaired(items))
        now = clock.now() if at is None else at
        with self._store.write() as conn:
            touched = places.apply(conn, account_id, changes, now) if changes is not None else set[int]()
            placed = any(item.place is not None for item in items)
            homes = self._homes(conn, account_id, items, now) if placed else {account_id: items}
            taken = Taken(0, 0, 0, frozenset())
            for home, letters in homes.items():
                self._numbers.clear_cache()
                source = of_account(conn, home, batch_id, now, by_hand=cursor is None and batch_id is None)
                settled = resolve_shared_ids(conn, home, source.own, letters)
                known = places.known(conn, home, settled) if placed else frozenset[int]()
                taking = Taking(conn, source, self._numbers, self._language, self._moved)
                taken = taken.joined(taking.take(settled))
                if self._came and batch_id is None and taking.came:
                    self._came(conn, taking.came, taking.decided, now)
                if self._heard and taking.heard:
                    self._heard(conn, taking.heard, now)
                if placed:
                    touched |= places.put(conn, account_id, home, settled, known, now)
                if self._met and settled:
                    self._met(conn, home, [item.remote_id for item in settled])
            if cursor:
                keep_cursor(conn, account_id, cursor)
            return taken._replace(changed=taken.changed + len(touched))

    @staticmethod
    def _homes(
        conn: Connection, account_id: int, items: Sequence[Incoming], now: int
    ) -> Mapping[int, Sequence[Incoming]]:
        """Letters read from a mailbox, by the account to store them under: one letter in two mailboxes is one."""
        others = places.other_mailboxes(conn, account_id)
        if not others:
            return {account_id: items}
        own = of_account(conn, account_id, None, now).own
        known = places.stored(conn, account_id, [item.remote_id for item in items])
        fresh = [item for item in items if item.remote_id not in known]
        copied = {remote_id: other for other in others for remote_id in copies(conn, other, own, fresh)}
        return places.homes(conn, account_id, items, copied)

    def missing(self, account_id: int) -> list[str]:
        """The remote ids of the account's letters that are gone from where they were, and not yet seen elsewhere."""
        return places.missing(self._store.read, account_id)

    def settle(self, account_id: int, found: Mapping[str, str]) -> int:
        """Note where missing letters are: ARCHIVED and so on (`app.base.message`), by their remote ids.

        Returns how many are away.
        """
        if not found:
            return 0
        with self._store.write() as conn:
            return len(places.settle(conn, account_id, found, clock.now()))

    def _language(self, item: Incoming) -> str:
        said = own_words(item.text[: 2 * _TOLD_BY])
        if len(said) < _TOLD_BY and len(item.text) > 2 * _TOLD_BY:
            said = own_start(item.text, _TOLD_BY)
        said = said or item.text
        if is_wordless(item.text):  # else it would be the language of the screen
            return ""
        if len(said) < _MIN_LETTERS:
            return _known_code(item.hint) if any(map(str.isalpha, said)) else ""
        if self._language_of is None:
            from app.base import language  # noqa: PLC0415  15 MB of tables, only needed once a message comes in

            self._language_of = language.of
        return self._language_of(said[:_TOLD_BY]) or _known_code(item.hint)


def _known_code(hint: str) -> str:
    """The two letters of ISO 639-1 that a language tag begins with ("pt-BR"); "" if it does not."""
    code = hint.lower().replace("_", "-").partition("-")[0]
    return code if len(code) == _CODE_LETTERS and code.isascii() and code.isalpha() else ""


def _why_not_read_again(conn: Connection, message_id: int) -> str:
    """Why there are no bytes to read a letter from again."""
    shown = ids.display(ids.MESSAGE, message_id)
    if is_guess_without_bytes(conn, message_id):
        msg = tr("{id} is too large for its bytes to be kept here, so it can't be read in another character set.")
        return msg.format(id=shown)
    return tr("{id} names its character set, so its text can't be read in another.").format(id=shown)
