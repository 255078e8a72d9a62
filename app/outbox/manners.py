"""What is worth knowing before one writes somewhere: the person's own note, and what the channel says of itself."""

from __future__ import annotations

from typing import NamedTuple

from app.accounts import channel
from app.accounts.notes import may_speak, who_speaks
from app.base.words import N_, counted, tr
from app.channels.channel import Channel
from app.outbox import fitting
from app.outbox.composing import Way
from app.store.store import Store

NOTE = "note"
_TITLES = {
    NOTE: N_("Your note"),
    "custom": N_("What's customary"),
    "who": N_("Who sees it"),
    "length": N_("Length"),
    "changes": N_("Afterwards"),
    "pace": N_("How much at once"),
}


class Point(NamedTuple):
    """One thing worth knowing: `key` is of `_TITLES`, `title` and `text` are shown."""

    key: str
    title: str
    text: str


class MannersDesk:
    """The manners of the places that we have accounts in."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def points(self, account_id: int) -> tuple[Point, ...]:
        """What is worth knowing there, the person's note first; what there is nothing to say of is left out."""
        conn = self._store.read
        row = conn.execute("SELECT kind, name, note FROM account WHERE id = ?", (account_id,)).fetchone()
        if row is None:
            return ()
        of = channel(row["kind"])
        texts = {
            NOTE: row["note"],
            "custom": tr(of.manners.custom),
            "who": _who(of, row["name"]),
            "length": _length(fitting.room(conn, account_id)) if of.can.reply else "",
            "changes": _changes(of),
            "pace": tr(of.manners.pace),
        }
        return tuple(Point(key, tr(_TITLES[key]), text) for key, text in texts.items() if text)

    def who_could_speak(self, account_id: int, goes: Way | None, sender: str = "") -> tuple[tuple[str, str], ...]:
        """Who is to be chosen from, as (key, name), before a reply goes out on an account; () if that is settled.

        It is settled by an earlier answer, by the letter that is answered, whose address of ours speaks, and by
        `sender`, which the person chose for this one.
        """
        conn = self._store.read
        known = may_speak(conn, account_id)
        if not known or sender or who_speaks(conn, account_id):
            return ()
        if goes is not None and goes.boxes and goes.sender:
            return ()
        return tuple(known)


def _who(of: Channel, account: str) -> str:
    """Who sees a reply, in public and in private, and who else gets or keeps it."""
    if not of.can.reply or of.by_address:
        return tr(of.manners.privacy)
    if of.private_by_default:
        return " ".join(filter(None, (fitting.audience(of, account, "", public=False), tr(of.manners.privacy))))
    sentences = [fitting.audience(of, account, "", public=True)]
    if of.can.private:
        private = fitting.audience(of, account, "", public=False)
        sentences.append(tr("Private messages: {sentence}").format(sentence=private))
    return " ".join(filter(None, (*sentences, tr(of.manners.privacy))))


def _length(room: fitting.Room) -> str:
    """How long a message may be, and how that is counted."""
    if room.limit is None:
        return tr("As long as you like.")
    sentence = {
        "bytes": counted(
            room.limit,
            "Up to {count:,} byte: Greek letters take two, an emoji four.",
            "Up to {count:,} bytes: Greek letters take two, an emoji four.",
        ),
        "utf16": counted(
            room.limit,
            "Up to {count:,} character; an emoji counts as two or more.",
            "Up to {count:,} characters; an emoji counts as two or more.",
        ),
    }.get(room.counts) or counted(room.limit, "Up to {count:,} character.", "Up to {count:,} characters.")
    more = tr("A longer reply can be sent as a thread.") if room.threads else ""
    return " ".join(filter(None, (sentence, more)))


def _changes(of: Channel) -> str:
    """What can be done to a message of ours there afterwards."""
    if not of.can.reply or of.by_address:
        return tr(of.manners.changes)
    if of.can.correct and of.can.withdraw:
        ours = tr("You can correct and withdraw what you've said (Shift+E, Shift+W).")
    elif of.can.withdraw:
        ours = tr("You can withdraw what you've said (Shift+W), but not correct it.")
    else:
        ours = tr("Rapport can't change what you've said; do that there yourself.")
    return " ".join(filter(None, (ours, tr(of.manners.changes))))
