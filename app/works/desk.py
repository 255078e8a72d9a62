"""The `work` table: what members made, noted, asked for, and what they said. Each change is one undoable action."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.text import preview
from app.base.words import tr
from app.store.merged import current_member
from app.store.sqlite import Connection, scalar
from app.store.store import Store
from app.works import finding
from app.works.following import ASK_KEY
from app.works.work import KINDS, OF_WORDS, SELECT, STATES, Work, soon, today

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.templates import Templates
    from app.voice import Draft, Finding
    from app.works.asking import Asked
    from app.works.watch import Watch

_WHERE = {
    "noted": "w.state = 'noted'", "asked": "w.state = 'asked'", "refused": "w.state = 'refused'",
    "withdrawn": "w.state = 'withdrawn'",
    "granted": "w.state = 'granted' AND (w.until_on = '' OR w.until_on >= :today)",
    "expired": "w.state = 'granted' AND w.until_on <> '' AND w.until_on < :today",
}  # fmt: skip
_MAX_TITLE_CHARS, _MAX_WORDS_CHARS = 200, 20_000


class Said(NamedTuple):
    """What a member said about a work: for what, under which credit line, until which day (YYYY-MM-DD), and when.

    `message_id` is the message in which they said it.
    """

    for_what: str = ""
    credit: str = ""
    until_on: str = ""
    message_id: int | None = None
    at: int | None = None
    note: str = ""


class Works:
    """What members made, and what they let us use it for."""

    def __init__(self, store: Store) -> None:
        """What a draft is compared with is kept until the table changes, as it is asked at each pause in typing."""
        self._store = store
        self._watch: Watch | None = None
        store.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("work", "member"):
            self._watch = None

    # --- reading

    def get(self, number: int) -> Work:
        """One work. Raises NotFoundError if there is none."""
        row = self._store.read.execute(f"{SELECT} WHERE w.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no work {id}.").format(id=ids.display(ids.WORK, number)))
        return Work(*row)

    def listed(self, state: str = "", member_id: int | None = None, limit: int = -1) -> list[Work]:
        """Works in one of STATES ("" for any), of one member or of all, the one noted last first."""
        sql = (
            f"{SELECT} WHERE {_WHERE.get(state, '1')} AND (:member IS NULL OR w.member_id = :member)"
            " ORDER BY w.created_at DESC, w.id DESC LIMIT :limit"
        )
        values = {"member": member_id, "limit": limit, "today": today().isoformat()}
        return [Work(*row) for row in self._store.read.execute(sql, values)]

    def of_message(self, message_id: int) -> list[Work]:
        """The works that a message brought, in the order in which they were noted."""
        return [
            Work(*row)
            for row in self._store.read.execute(f"{SELECT} WHERE w.message_id = ? ORDER BY w.id", (message_id,))
        ]

    def ending(self) -> list[Work]:
        """Works whose permission ends within 30 days, the soonest first; those that have ended are not among them."""
        sql = f"{SELECT} WHERE w.state = 'granted' AND w.until_on BETWEEN ? AND ? ORDER BY w.until_on, w.id"
        return [Work(*row) for row in self._store.read.execute(sql, (today().isoformat(), soon()))]

    def awaited(self, conversation_id: int) -> list[tuple[Work, int]]:
        """Asked works about which their member has written there since, each with the id of that message, the latest.

        They wait for the person to note what was said.
        """
        sql = (
            f"{SELECT.replace('FROM work w', ', a.id AS answer FROM work w')}"
            " JOIN message a ON a.id = (SELECT max(x.id) FROM message x JOIN identity i ON i.id = x.identity_id"
            "   WHERE x.conversation_id = :talk AND NOT x.out AND x.gone_at IS NULL AND i.member_id = w.member_id)"
            " WHERE w.state = 'asked' AND a.at >= w.asked_at ORDER BY w.id"
        )
        rows = self._store.read.execute(sql, {"talk": conversation_id})
        return [(Work(*row[:-1]), int(row[-1])) for row in map(tuple, rows)]

    def answered(self) -> list[tuple[Work, int, int]]:
        """Asked works whose member has written since where they were asked, or where the work came.

        Each with that conversation and when they wrote (Unix seconds), the longest ago first.
        """
        sql = (
            "SELECT a.conversation_id, max(a.at) AS at FROM work w"
            " LEFT JOIN outbox o ON o.id = w.asked_outbox_id LEFT JOIN message m ON m.id = w.message_id"
            " JOIN message a ON a.conversation_id = coalesce(o.conversation_id, m.conversation_id)"
            " JOIN identity i ON i.id = a.identity_id AND i.member_id = w.member_id"
            " WHERE w.state = 'asked' AND NOT a.out AND a.gone_at IS NULL AND a.at >= w.asked_at"
            " GROUP BY a.conversation_id ORDER BY 2"
        )
        rows = self._store.read.execute(sql).fetchall()
        return [(work, talk, at) for talk, at in rows for work, _answer in self.awaited(talk)]

    def to_settle(self, conversation_id: int) -> list[Work]:
        """The works that are brought there, or of whoever it is with: asked ones first, then those not asked."""
        sql = (
            f"{SELECT} WHERE m.conversation_id = :talk OR w.member_id = (SELECT i.member_id FROM conversation c"
            " JOIN identity i ON i.id = c.identity_id WHERE c.id = :talk)"
            " ORDER BY w.state <> 'asked', w.state <> 'noted', m.conversation_id IS NOT :talk, w.id"
        )
        return [Work(*row) for row in self._store.read.execute(sql, {"talk": conversation_id})]

    def asks_in(self, conversation_id: int) -> int | None:
        """The template of the draft there, if that asks for permission; else None."""
        row = self._store.read.execute(
            "SELECT t.id FROM draft d JOIN template t ON t.id = d.template_id"
            " WHERE d.conversation_id = ? AND t.key = ?",
            (conversation_id, ASK_KEY),
        ).fetchone()
        return None if row is None else int(row["id"])

    def offer(self, message_id: int) -> finding.Offer:
        """What would be noted of a message: kind, title, words, page and file. Raises UserError for one of ours."""
        return finding.offer(self._store.read, message_id)

    def credit(self, number: int, message_id: int | None = None) -> str:
        """The credit line to offer: what they ask for in that message, else their name in their own language."""
        return finding.credit(self._store.read, self.get(number), message_id)

    # --- noting

    def add(
        self, message_id: int, kind: str = "", title: str = "", for_what: str = "", *, attachment_id: int | None = None,
        at: int | None = None,
    ) -> int:  # fmt: skip
        """Note what a message brought as a work of its writer, at `at` (Unix seconds); returns the id.

        `kind` and `title` are by the message where they are "". Raises UserError for a message of ours, an unknown
        kind, a file of another message, or what is noted already.
        """
        offered = finding.offer(self._store.read, message_id, attachment_id)
        new = _New(
            offered.member_id, message_id, offered.attachment_id, kind or offered.kind, title or offered.title,
            offered.excerpt if (kind or offered.kind) in OF_WORDS else "", offered.url, offered.sha256, for_what,
        )  # fmt: skip
        return self._add(new, at)

    def add_for(
        self, member_id: int, kind: str, title: str, for_what: str = "", *, url: str = "", words: str = "",
        at: int | None = None,
    ) -> int:  # fmt: skip
        """Note a work that came in no message, such as one on a page of theirs; returns the id. Errors as in `add`."""
        new = _New(member_id, None, None, kind, title, words[:_MAX_WORDS_CHARS], url.strip(), "", for_what)
        return self._add(new, at)

    def _add(self, new: _New, at: int | None) -> int:
        _validate(new.kind, new.title)
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (new.member_id,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no member {id}.").format(id=ids.display(ids.MEMBER, new.member_id)))
        title = tr("Noted a work by {name}: {title}").format(name=row["name"], title=_title(new.title))
        with self._store.write(title) as conn:
            return _insert(conn, new, at)

    def change(self, number: int, values: Mapping[str, str]) -> None:
        """Change kind, title, url, excerpt, for_what, credit, until_on or note. Raises UserError for what can't be."""
        work = self.get(number)
        _validate(str(values.get("kind", work.kind)), str(values.get("title", work.title)))
        allowed = ("kind", "title", "url", "excerpt", "for_what", "credit", "until_on", "note")
        new = {key: str(value).strip() for key, value in values.items() if key in allowed}
        if "until_on" in new:
            new["until_on"] = clock.day(new["until_on"]) or ""
        if new:
            with self._store.write(tr("Changed a work: {title}").format(title=work.title)) as conn:
                _set(conn, number, new)

    def remove(self, number: int) -> None:
        """Take a work off the list: what the member made is no longer kept in mind. Raises NotFoundError."""
        work = self.get(number)
        with self._store.write(tr("Removed a work: {title}").format(title=work.title)) as conn:
            conn.execute("DELETE FROM work WHERE id = ?", (number,))

    # --- what was asked and said

    def ask(self, number: int, templates: Templates, for_what: str = "", language: str = "") -> Asked:
        """Begin the reply that asks, as a draft in the member's language (or `language`); the person sends it.

        From then on the work is asked for. `for_what` is kept with it. Raises UserError if they have said no, or
        another draft is in the way.
        """
        from app.works import asking  # noqa: PLC0415  only to ask

        self._refuse_a_no(self.get(number))
        if for_what.strip():
            self.change(number, {"for_what": for_what})
        return asking.begin(self._store, templates, self.get(number), language)

    def _refuse_a_no(self, work: Work) -> None:
        if work.state in ("refused", "withdrawn"):
            msg = tr("{name} has said no to “{title}”. If that has changed, note what they said.")
            raise UserError(msg.format(name=work.member, title=work.title))

    def ask_by_hand(self, number: int, at: int | None = None) -> None:
        """Note that they were asked in another way, at `at` (Unix seconds). Raises UserError if they have refused."""
        work = self.get(number)
        self._refuse_a_no(work)
        with self._store.write(_titled(tr("Asked {name} for permission: {title}"), work)) as conn:
            _set(conn, number, {"state": "asked", "asked_at": clock.now() if at is None else at})

    def grant(self, number: int, said: Said) -> None:
        """They let us use it: for what, with which credit line, until which day ("" for no end).

        Raises UserError for a day that is none, or over.
        """
        said = said._replace(until_on=clock.day(said.until_on) or "")
        if said.until_on and said.at is None and said.until_on < today().isoformat():
            raise UserError(tr("That day is over. Choose a later one, or leave it empty."))
        self._note(number, "granted", said, tr("{name} gave permission: {title}"))

    def refuse(self, number: int, said: Said | None = None) -> None:
        """They don't want it used."""
        self._note(number, "refused", said or Said(), tr("{name} refused permission: {title}"))

    def withdraw(self, number: int, said: Said | None = None) -> None:
        """They take their permission back. Raises UserError if there is none to take back."""
        work = self.get(number)
        if work.state != "granted":
            msg = tr("{name} hasn't given permission for “{title}”, so there's nothing to take back.")
            raise UserError(msg.format(name=work.member, title=work.title))
        kept = (said or Said())._replace(for_what=work.for_what, credit=work.credit, until_on=work.until_on)
        self._note(number, "withdrawn", kept, tr("{name} took permission back: {title}"))

    def _note(self, number: int, state: str, said: Said, title: str) -> None:
        work = self.get(number)
        values: dict[str, object] = {
            "state": state, "said_at": clock.now() if said.at is None else said.at, "said_message_id": said.message_id,
            "for_what": said.for_what.strip() or work.for_what, "credit": said.credit.strip(),
            "until_on": said.until_on, "note": said.note.strip() or work.note,
        }  # fmt: skip
        with self._store.write(_titled(title, work)) as conn:
            _set(conn, number, values)

    # --- the guard

    def any(self) -> bool:
        """Whether a work is noted."""
        return bool(scalar(self._store.read, "SELECT EXISTS (SELECT 1 FROM work)"))

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """Where a draft uses a work without permission, or without its credit line; () where it may be used."""
        watch = self._watch
        if watch is None:
            if not self.any():
                return ()
            from app.works.watch import Watch  # noqa: PLC0415  only where there is a work

            watch = self._watch = Watch(self.listed())
        return watch.findings(draft)


class _New(NamedTuple):
    """What is noted of a work."""

    member_id: int
    message_id: int | None
    attachment_id: int | None
    kind: str
    title: str
    excerpt: str
    url: str
    sha256: str
    for_what: str


def _insert(conn: Connection, new: _New, at: int | None) -> int:
    known = conn.execute(
        "SELECT title FROM work WHERE message_id = ? AND attachment_id IS ? AND kind = ?",
        (new.message_id, new.attachment_id, new.kind),
    ).fetchone()
    if known is not None:
        raise UserError(tr("That is noted already: “{title}”.").format(title=known["title"]))
    made = conn.execute(
        "INSERT INTO work (member_id, message_id, attachment_id, kind, title, excerpt, url, sha256, for_what,"
        " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            current_member(conn, new.member_id), new.message_id, new.attachment_id, new.kind, _title(new.title),
            new.excerpt, new.url, new.sha256, new.for_what.strip(), clock.now() if at is None else at,
        ),
    )  # fmt: skip
    return int(made.lastrowid or 0)


def _title(typed: str) -> str:
    return preview(typed, _MAX_TITLE_CHARS)


def _titled(sentence: str, work: Work) -> str:
    return sentence.format(name=work.member or tr("Somebody"), title=work.title)


def _validate(kind: str, title: str) -> None:
    if kind not in KINDS:
        msg = tr("“{kind}” isn't a kind of work. Choose from: {kinds}.").format(kind=kind, kinds=", ".join(KINDS))
        raise UserError(msg)
    if not title.strip():
        raise UserError(tr("Give the work a title, so you'll know it again."))


def checked_state(state: str) -> str:
    """The state, if it is one. Raises UserError."""
    if state and state not in STATES:
        msg = tr("“{state}” isn't a state of a work. Choose from: {states}.")
        raise UserError(msg.format(state=state, states=", ".join(STATES)))
    return state


def _set(conn: Connection, number: int, values: Mapping[str, object]) -> None:
    columns = ", ".join(f"{column} = ?" for column in values)
    conn.execute(f"UPDATE work SET {columns} WHERE id = ?", (*values.values(), number))


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Move the works of member `gone` to member `into` in the caller's transaction; with `rows`, only those."""
    conn.execute(
        "UPDATE work SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )
