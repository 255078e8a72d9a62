"""Messages entered by hand, from channels that no program can read."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal, NamedTuple

from app.accounts import Account, Accounts
from app.base import clock, ids, phones
from app.base.addresses import address_key
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.base.words import counted, tr
from app.channels.registry import channel
from app.inbox.whereabouts import current
from app.intake import Intake, passing
from app.intake.passing import By
from app.members.identities import known_as
from app.store.sqlite import Connection
from app.store.store import Store

_ID_PREFIX = "by-hand-"
"""Prefix of the remote ids of messages entered by hand."""
_MAX_AHEAD_SECONDS = 86_400  # a time in the future is accepted up to that: another zone's clock


@dataclass(frozen=True, slots=True)
class Heard:
    """The last incoming message of an account: time (Unix seconds), author's name, and how it came."""

    at: int
    who: str
    how: Literal["notice", "hand", "file"]


class Spoken(NamedTuple):
    """A message of a chat that was pasted: when (Unix seconds), and by whom, as the chat shows them."""

    at: int
    who: str
    text: str


class Caller(NamedTuple):
    """Who wrote, a name or a member's id, and their phone number; `passed` is the colleague who passed it on."""

    who: str | int
    phone: str = ""
    passed: By | None = None


def _number(account: Account, who: str | int, phone: str) -> str:
    """The number in international form of who wrote, "" if none is given. Raises UserError if it is none."""
    home = phones.normalized(account.fields.get("number", ""))
    if phone.strip():
        number = phones.normalized(phone, home)
        if not number:
            msg = tr("“{typed}” isn't a phone number. Write it with its country code, such as +354 555 1234.").format(
                typed=phone.strip()
            )
            raise UserError(msg)
        return number
    return phones.normalized(who, home) if isinstance(who, str) else ""


def _handle(key: str, name: str) -> str:
    """What a member is reached by: a number in international form, else the name."""
    return key if phones.country_code(key) else name


def ours_in(chat: Sequence[Spoken], caller: str, ours: Iterable[str]) -> frozenset[str]:
    """The names in a chat that are ours; `caller` wrote to us, and `ours` is what we are called. Raises UserError."""
    names, known = list(dict.fromkeys(one.who for one in chat)), {fold(name) for name in ours if name}
    found = frozenset(name for name in names if fold(name) in known and fold(name) != fold(caller))
    others = [name for name in names if fold(name) == fold(caller)]
    if not found and len(names) == len("ab") and others:
        found = frozenset(names) - frozenset(others)
    if not found and len(names) > 1:
        msg = tr("Who of them wrote to you: {names}? Enter that name as who said it.").format(names=", ".join(names))
        raise UserError(msg)
    return found


def _author(account: Account, name: str) -> Author:
    """Somebody in a chat, by the number or the name that it shows."""
    number = phones.normalized(name, phones.normalized(account.fields.get("number", "")))
    key = number or " ".join(words(name)) or fold(name)
    return Author(key, _handle(key, name), phones.display(number) if number else name)


def _heard(
    kind: str, chat: Sequence[Spoken], authors: Mapping[str, Author], ours: Collection[str], thread: str
) -> list[Incoming]:
    """The messages of a chat, each with an id of what it says, and of how many equal ones came before it."""
    equal: Counter[Spoken] = Counter()
    heard, now = list[Incoming](), clock.now()
    for one in chat:
        equal[one] += 1
        facts = f"{kind}\n{thread}\n{authors[one.who].key}\n{one.at}\n{one.text}\n{equal[one]}"
        number = f"{_ID_PREFIX}{uuid.uuid5(uuid.NAMESPACE_OID, facts).hex}"
        said = Incoming(number, min(one.at, now), one.text, authors[one.who], out=one.who in ours)
        heard.append(said._replace(thread=thread, public=False))
    return heard


class WrittenDown:
    """Adds messages by hand, to assisted accounts."""

    def __init__(self, store: Store, accounts: Accounts, intake: Intake) -> None:
        """Use these desks."""
        self._store, self._accounts, self._intake = store, accounts, intake

    def take(
        self, account_id: int, who: str | int | Caller, text: str, *, link: str = "", at: int | None = None,
        post: str = "", public: bool | None = None, answering: int | None = None,
    ) -> int:  # fmt: skip
        """Add a message by `who` (a name, or a member's id) as one undoable action; returns the conversation id.

        `link` is its page, `at` Unix seconds (default now), `post` the title of what it was written under, `answering`
        the id of a conversation that it continues, `public` whether others can see it (None: as is usual there).
        Where people are known by their number, `who` may be that, or a Caller. Private messages of one
        person are one conversation. What a colleague passed on (a Caller's `passed`) may be on an account that sends
        e-mail as well; then whoever asked has an address: "Anna <anna@kovacs.example>". Raises UserError if name or
        text is blank, the time is in the future, the link is not a web address, the number is none, or the account is
        not assisted; NotFoundError if there is no such member.
        """
        account, of = self._accounts.get(account_id), channel(self._accounts.get(account_id).kind)
        passed = who.passed if isinstance(who, Caller) else None
        if passed is not None and of.by_address:
            return self._take_enquiry(account, self._asker(who), text, passed, (post, at))
        public = not of.private_by_default if public is None else public
        now = clock.now()
        who, phone = (who.who, who.phone) if isinstance(who, Caller) else (who, "")
        number = _number(account, who, phone) if of.by_phone else ""
        name, message = " ".join(self._name(who).split()) or phones.display(number), text.strip()
        if number and name == str(who).strip() and phones.normalized(name):
            name = phones.display(number)
        for missing, sentence in (
            (
                not account.assisted,
                tr("“{name}” is read automatically: its messages arrive without you adding them.").format(
                    name=account.name
                ),
            ),
            (not name, tr("Enter who said it.")),
            (not message, tr("Enter what was said.")),
            (at is not None and at > now + _MAX_AHEAD_SECONDS, tr("That time is in the future.")),
            (
                bool(link) and not link.startswith(("https://", "http://")),
                tr("“{link}” isn't a web address.").format(link=link),
            ),
        ):
            if missing:
                raise UserError(sentence)
        with self._store.write(
            tr("Added message: {name} on {account}").format(name=name, account=account.name)
        ) as conn:
            thread = None
            if answering is not None:
                row = conn.execute("SELECT remote_id FROM conversation WHERE id = ?", (answering,)).fetchone()
                thread = row["remote_id"] if row else None
            key = number or " ".join(words(name)) or fold(name)
            if isinstance(who, int) and not number:
                key = known_as(conn, account.kind, key, name, who)
            page = link.partition("?")[0].rstrip("/")
            apart = uuid.uuid4().hex if public else f"{account.kind} {key}"
            heard = Incoming(
                f"{_ID_PREFIX}{uuid.uuid4().hex}",
                min(at or now, now),
                message,
                Author(key, _handle(key, name), name),
                thread=thread or (page if public else "") or apart,
                post_title=post.strip(),
                post_url=page if post.strip() else "",
                url=link,
                public=public,
            )
            taken = next(iter(self._intake.take(account_id, [heard]).conversation_ids))
            if passed is not None:
                passing.note(conn, account_id, {heard.remote_id: passed})
            return taken

    def _asker(self, who: str | int | Caller) -> Author:
        """Whoever asked by mail: a typed address, or what we know of a member. Raises UserError without an address."""
        typed = who.who if isinstance(who, Caller) else who
        if isinstance(typed, int):
            row = self._store.read.execute("SELECT name, email FROM member WHERE id = ?", (typed,)).fetchone()
            name, address = self._name(typed), str(row["email"]) if row else ""
        else:
            name, address = parseaddr(typed)
        if address.count("@") != 1 or "." not in address.rpartition("@")[2]:
            msg = tr("The answer goes by e-mail, so their address is needed: Anna <anna@kovacs.example>.")
            raise UserError(msg)
        return Author(address_key(address), address, name or address)

    def _take_enquiry(
        self, account: Account, asker: Author, text: str, passed: By, heading: tuple[str, int | None]
    ) -> int:
        """Add an enquiry that is answered by mail to whoever asked, as one undoable action.

        `heading` is its title, and when it was asked (Unix seconds, None for now).
        """
        (title, at), now = heading, clock.now()
        if not text.strip():
            raise UserError(tr("Enter what was said."))
        if at is not None and at > now + _MAX_AHEAD_SECONDS:
            raise UserError(tr("That time is in the future."))
        if asker.key in account.own:
            raise UserError(tr("{address} is your own address. Enter whoever asked.").format(address=asker.handle))
        name = asker.name or asker.handle
        with self._store.write(tr("Passed on by {by}: {name}").format(by=passed.name, name=name)) as conn:
            heard = Incoming(
                f"{_ID_PREFIX}{uuid.uuid4().hex}", min(at or now, now), text.strip(), asker, title=title.strip(),
                public=False,
            )  # fmt: skip
            taken = next(iter(self._intake.take(account.id, [heard]).conversation_ids))
            passing.note(conn, account.id, {heard.remote_id: passed})
            return taken

    def colleague(self, typed: str, note: str = "") -> By | None:
        """Who passes something on, by a typed name: a teammate, or somebody else; None for a blank one."""
        return passing.by(self._store.read, typed, note) if typed.strip() else None

    def take_chat(
        self, account_id: int, caller: str | int | Caller, chat: Sequence[Spoken], *, answering: int | None = None
    ) -> int:
        """Add the messages of a private chat as one undoable action; returns the conversation id.

        `caller` is who wrote to us, as in `take`: of two in a chat the other one is us; of several we are whoever is
        called as we are on the account. The same messages once more add nothing. Raises as `take` does, and UserError
        if nobody can tell who of them is us.
        """
        account, who = self._accounts.get(account_id), caller.who if isinstance(caller, Caller) else caller
        if not account.assisted or not chat:
            return self.take(account_id, caller, "", answering=answering)  # says what is wrong
        called = self._name(who)
        ours = ours_in(chat, called, (account.name, account.speaks_as, *account.own))
        title = counted(
            len(chat), "Added {count} message: {account}", "Added {count} messages: {account}", account=account.name
        )
        with self._store.write(title) as conn:
            authors = {name: _author(account, name) for name in dict.fromkeys(one.who for one in chat)}
            others = [name for name in authors if name not in ours]
            if len(others) == 1:
                authors[others[0]] = self._caller(conn, account, caller, others[0])
            thread = f"{account.kind} {' + '.join(sorted(authors[name].key for name in others))}"
            row = conn.execute("SELECT remote_id FROM conversation WHERE id = ?", (answering,)).fetchone()
            thread = (row["remote_id"] if row else None) or thread
            taken = self._intake.take(account_id, _heard(account.kind, chat, authors, ours, thread))
            there = conn.execute(
                "SELECT id FROM conversation WHERE account_id = ? AND remote_id = ?", (account_id, thread)
            ).fetchone()
            return current(conn, there["id"]) if there else next(iter(taken.conversation_ids))

    @staticmethod
    def _caller(conn: Connection, account: Account, caller: str | int | Caller, name: str) -> Author:
        """Who wrote to us, by what else is known of them than the name that the chat shows."""
        who, phone = (caller.who, caller.phone) if isinstance(caller, Caller) else (caller, "")
        shown = _author(account, name)
        number = _number(account, who, phone) if channel(account.kind).by_phone else ""
        key = number or shown.key
        if isinstance(who, int) and not number:
            key = known_as(conn, account.kind, key, shown.name, who)
        return Author(key, _handle(key, shown.name), shown.name)

    def _name(self, who: str | int) -> str:
        if isinstance(who, str):
            return who
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (who,)).fetchone()
        if row is None:
            msg = tr("There's no member {member}.").format(member=ids.display(ids.MEMBER, who))
            raise NotFoundError(msg)
        return str(row["name"])

    def last(self, account_id: int) -> Heard | None:
        """The last incoming message on the account, by notice, by hand or from a file; None if there is none."""
        row = self._store.read.execute(
            "SELECT m.at, coalesce(nullif(p.name, ''), i.handle, '') AS who, coalesce(m.remote_id, '') AS remote_id,"
            " m.batch_id"
            " FROM message m"
            " LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id"
            " WHERE m.conversation_id IN (SELECT id FROM conversation WHERE account_id = ? AND remote_id IS NOT NULL"
            " ORDER BY last_at DESC LIMIT 9) AND m.out = 0 ORDER BY m.id DESC LIMIT 1",
            (account_id,),
        ).fetchone()
        if row is None:
            return None
        by_hand, imported = row["remote_id"].startswith(_ID_PREFIX), row["batch_id"] is not None
        return Heard(row["at"], row["who"], "hand" if by_hand else "file" if imported else "notice")
