"""Mails that share a Message-ID: either the same one again, or a different one that must not be lost.

A program may use one id for everything it sends, and anybody can send a mail with a known id. So a mail with a known id
counts as the same only if sender, date and words are the same. Others are stored beside it, under the id plus a hash of
their content, by which they are recognized the next time.

The same mail can arrive with different bytes. It counts as the same
- if it has no Date of its own: then its time is only that of its arrival;
- with different quoted lines; or with all words of one that an older Rapport kept without some of its quoted lines;
- if it is ours and in the outbox, whatever a server changed on the way;
- with or without the footer that a mailing list appends.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from app.base.addresses import address_of
from app.base.digests import blake2b, sha256
from app.base.message import KEPT_MAX, Incoming
from app.base.pictures import unmarked
from app.intake import originals
from app.mail.headers import APART, MADE
from app.mail.put_in import is_wordless
from app.mail.quotes import own_words
from app.store.sqlite import Connection, scalar

_FOOTER_LINES = 12
_MIN_RULE_CHARS = 10  # length from which a line of - or _ counts as a rule above a footer
_MARKS = re.compile(
    r"^[> ]{0,40}(?:-|\d{1,6}\.|[a-zA-Z]{1,4}\.)(?= )|\[[\w.-]{1,260}\](?= <http)|(?<= )\|(?= )"
    r"|[\ufffd\U00010000-\U0010ffff]",
    re.MULTILINE,
)
"""An item of a list, the true host of a link, what is between cells, and emoji whose halves were once lost."""
_STORED = """
SELECT j.value, m.remote_id, m.at, coalesce(i.key, ''), m.text, m.kind, m.out, m.id
FROM json_each(?1) j CROSS JOIN message m ON m.account_id = ?2 AND m.remote_id >= j.value
  AND m.remote_id < j.value || '!' AND (m.remote_id = j.value OR m.remote_id > j.value || ' ')
LEFT JOIN identity i ON i.id = m.identity_id
"""


class Letter:
    """A mail with a Message-ID: a stored one (then it has a `number`), or an incoming one."""

    __slots__ = (
        "_files",
        "_item",
        "_said",
        "at",
        "dated",
        "former",
        "key",
        "kind",
        "number",
        "out",
        "remote_id",
        "text",
    )

    def __init__(self, remote_id: str, at: int, key: str, text: str, kind: str, out: int, number: int | None) -> None:
        """`key` is the sender's; it is ignored for our own mails (`out`)."""
        self.remote_id = remote_id
        self.at = at
        self.key = address_of(key)
        self.text = text
        self.kind = kind
        self.out = out
        self.number = number
        self.dated = True
        self.former = ""
        self._item: Incoming | None = None
        self._said: tuple[bytes, bytes] | None = None
        self._files: frozenset[bytes] | None = None

    @classmethod
    def of(cls, item: Incoming, own: Collection[str]) -> Letter:
        """Make one from an incoming message; `own` are our addresses."""
        key = item.author.key
        made = cls(item.remote_id, item.at, key, item.text, item.kind, item.out or key in own, None)
        made.dated, made.former, made._item = item.dated, item.author.former, item
        return made

    def content(self) -> tuple[bytes, bytes]:
        """Hashes of its unquoted words, with and without a mailing list's footer (b"" if there is no footer)."""
        if self._said is None:
            above = _above_footer(self.text)
            self._said = _hash(_unquoted_words(self.text)), _hash(_unquoted_words(above)) if above else b""
        return self._said

    def files(self, conn: Connection) -> frozenset[bytes]:
        """SHA-256 hashes of its attachments that are kept, and of the raw bytes if it is unreadable."""
        if self._files is None and self._item is not None:
            raw = self._item.raw
            kept = (file.content for file in self._item.attached if not file.left and len(file.content) <= KEPT_MAX)
            attached = [sha256(content) for content in kept]
            self._files = frozenset(attached if raw is None else [*attached, _hash_raw(raw)])
        elif self._files is None:
            rows = conn.execute(
                "SELECT sha256 FROM attachment WHERE message_id = ? AND sha256 <> x''", (self.number,)
            ).fetchall()
            raws = conn.execute("SELECT bytes, packed FROM raw WHERE message_id = ?", (self.number,)).fetchall()
            kept_raws = [_hash_raw(originals.octets(raw)) for raw in raws if self.kind == "unreadable"]
            self._files = frozenset([*(digest for (digest,) in rows), *kept_raws])
        return self._files

    @property
    def has_files(self) -> bool:
        """Whether it may have attachments or raw bytes; True for a stored one."""
        return self._item is None or bool(self._item.attached) or self._item.raw is not None

    def has_same_bytes(self, conn: Connection, stored: Letter) -> bool:
        """Whether the bytes below its head are those kept of a stored letter, where it was not read wholly."""
        source = self._item.source if self._item is not None else None
        if source is None or stored.number is None:
            return False
        row = conn.execute("SELECT bytes, packed FROM raw WHERE message_id = ?", (stored.number,)).fetchone()
        return row is not None and _body(originals.octets(row)) == _body(source)

    def was_opened(self, conn: Connection, stored: Letter) -> bool:
        """Whether a stored letter has as a file, whole, what this one was opened from: it was read in an older way."""
        opened = self._item.opened if self._item is not None else ()
        if not opened or stored.number is None:
            return False
        return not stored.files(conn).isdisjoint(sha256(content) for content in opened)

    def formerly(self) -> bytes:
        """A hash of the words that an older reading took from it; b"" if they were the same."""
        said = self._item.formerly if self._item is not None else ""
        return _hash(_unquoted_words(said)) if said else b""

    def was_in_armour(self, stored: Letter) -> bool:
        """Whether a stored letter has as its words the armour of OpenPGP that this one's were taken out of."""
        said = self._item.formerly if self._item is not None else ""
        return "-----BEGIN PGP " in said and _hash(_unquoted_words(said)) == stored.content()[0]

    def shrink(self, conn: Connection) -> None:
        """Replace text and bytes by their hashes, to save memory: a dry run keeps every mail of a long file."""
        self.content()
        self.files(conn)
        self.text, self._item = "", None


Seen = dict[str, list[Letter]]
"""Mails seen so far, by Message-ID."""


def resolve_shared_ids(
    conn: Connection, account_id: int, own: Collection[str], items: Sequence[Incoming], seen: Seen | None = None
) -> Sequence[Incoming]:
    """The messages with the ids to store them under; only mails whose Message-ID is shared get a different one.

    Mails are compared with stored ones and with each other. `seen` collects them over the calls of a dry run, which
    stores nothing.
    """
    mails = Counter([item.remote_id for item in items if _has_own_id(item)])
    if not mails:
        return items
    letters = {} if seen is None else seen
    _look_up(conn, account_id, mails, letters)
    if seen is None:
        doubtful = {ref for ref, count in mails.items() if count > 1 or ref in letters}
        if not doubtful:  # the usual case: every id is unique
            return items
        return [
            _with_stored_id(conn, own, item, letters) if item.remote_id in doubtful and _has_own_id(item) else item
            for item in items
        ]
    settled = [_with_stored_id(conn, own, item, letters) if _has_own_id(item) else item for item in items]
    for letter in chain.from_iterable(seen[ref] for ref in mails):
        letter.shrink(conn)
    return settled


def copies(conn: Connection, account_id: int, own: Collection[str], items: Sequence[Incoming]) -> frozenset[str]:
    """The remote ids of those mails that are in another account too, under the same id, from the same sender.

    `account_id` is the other account, `own` are the addresses of the one in which the items came. A letter of ours that
    reached another mailbox of ours is two: sent there, and received here.
    """
    mails = [item for item in items if _has_own_id(item)]
    stored: Seen = {}
    _look_up(conn, account_id, {item.remote_id for item in mails}, stored)
    found = set()
    for item in mails:
        new = Letter.of(item, own)
        if any(
            old.remote_id == item.remote_id and bool(old.out) == bool(new.out) and _same(conn, new, old)
            for old in stored.get(item.remote_id, ())
        ):
            found.add(item.remote_id)
    return frozenset(found)


def _has_own_id(item: Incoming) -> bool:
    """Whether it is a mail with an id from its sender; an id that we made is a hash of the content already."""
    return bool(item.letter) and not item.remote_id.startswith(MADE)


def _look_up(conn: Connection, account_id: int, ids: Iterable[str], seen: Seen) -> None:
    asked = json.dumps([ref for ref in ids if ref not in seen])
    for plain, *stored in conn.execute(_STORED, (asked, account_id)):
        seen.setdefault(plain, []).append(Letter(*stored))


def _with_stored_id(conn: Connection, own: Collection[str], item: Incoming, seen: Seen) -> Incoming:
    others = seen.setdefault(item.remote_id, [])
    if others and _is_identical(item, others[0]):
        return item
    new = Letter.of(item, own)
    again = f"{item.remote_id}{APART}{item.letter}"
    for letter in others:
        if letter.remote_id == again or _same(conn, new, letter):
            return item if letter.remote_id == item.remote_id else item._replace(remote_id=letter.remote_id)
    if any(letter.remote_id == item.remote_id for letter in others):
        new.remote_id = again
    others.append(new)
    return item if new.remote_id == item.remote_id else item._replace(remote_id=again)


def _is_identical(item: Incoming, first: Letter) -> bool:
    """Fast path of `_same`: nearly every mail of a file that is imported again is identical."""
    return (
        item.text == first.text != ""
        and item.at == first.at
        and (first.key in (item.author.key, item.author.former) or bool(first.out))
        and item.kind == first.kind
        and item.remote_id == first.remote_id
        and not item.attached
        and item.raw is None
    )


def _same(conn: Connection, new: Letter, old: Letter) -> bool:
    """Whether `new` is `old` again. The sender of our own mails is not compared: only that they are ours is stored."""
    if new.out and old.out and _is_in_outbox(conn, old):
        return True
    if not old.out and old.key not in (new.key, new.former):
        return False
    if new.at != old.at and new.dated and old.dated:
        return False
    if new.kind != old.kind and "unreadable" in (new.kind, old.kind):
        return False
    # Read by a guess, and maybe in another character set since; or as one that was not opened then.
    if new.has_same_bytes(conn, old) or new.was_opened(conn, old) or new.was_in_armour(old):
        return True
    return _has_same_words(new, old) and (not new.has_files or new.files(conn) <= old.files(conn))


def _is_in_outbox(conn: Connection, letter: Letter) -> bool:
    if letter.number is None:
        return False
    return bool(scalar(conn, "SELECT EXISTS (SELECT 1 FROM outbox WHERE message_id = ?)", (letter.number,)))


def _has_same_words(new: Letter, old: Letter) -> bool:
    if new.text and new.text == old.text:
        return True
    # What we put in the place of words may stand there in another language; then bytes and attachments decide.
    if new.kind == "unreadable" or is_wordless(new.text) or (old.number is not None and is_wordless(old.text)):
        return True
    whole, above = new.content()
    stored, above_stored = old.content()
    former = new.formerly()
    same = whole in (stored, above_stored) or above == stored or (bool(former) and former in (stored, above_stored))
    return same or _was_shortened(new, old) or _was_read_otherwise(new, old)


def _unquoted_words(text: str) -> str:
    """Its writer's own words, regardless of line wrapping; all words if everything is quoted."""
    own = " ".join(own_words(text).split())
    return own or " ".join(text.split())


def _was_shortened(new: Letter, old: Letter) -> bool:
    """Whether the stored letter is the new one as an earlier Rapport kept it: without quotations of quotations.

    What it quoted had marks, also where the letter has none, and stood below its own words.
    """
    if old.number is None or not any(line.startswith(">") for line in old.text.split("\n")):
        return False
    there, left = Counter(_all_words(new.text)), Counter(_all_words(old.text))
    left.pop("…", None)
    return left <= there


def _was_read_otherwise(new: Letter, old: Letter) -> bool:
    """Whether the stored letter has the same words, as an earlier Rapport read them: without the marks of today."""
    if old.number is None:
        return False
    stored = _without_marks(old.text)
    return bool(stored) and stored == _without_marks(new.text)


def _without_marks(text: str) -> list[str]:
    """Its writer's own words without what only today's reading of HTML puts among them, and without emoji."""
    return _MARKS.sub(" ", unmarked(own_words(text) or text)).replace("~~", "").split()


def _all_words(text: str) -> list[str]:
    return [word for line in text.split("\n") for word in line.lstrip("> ").split()]


def _above_footer(text: str) -> str:
    """The text above a mailing list's footer (a rule, then a few lines with a link or an address); "" without one."""
    lines = text.split("\n")
    for at in range(len(lines) - 1, max(len(lines) - _FOOTER_LINES, 0), -1):
        if _is_rule(lines[at].strip()):
            below = "\n".join(lines[at + 1 :])
            return "\n".join(lines[:at]) if "://" in below or "@" in below else ""
    return ""


def _is_rule(line: str) -> bool:
    return line == "--" or (len(line) >= _MIN_RULE_CHARS and line in ("_" * len(line), "-" * len(line)))


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), 16)


def _body(raw: bytes) -> bytes:
    """What follows the head, regardless of line endings."""
    return raw.replace(b"\r", b"").partition(b"\n\n")[2].strip()


def _hash_raw(raw: bytes) -> bytes:
    """Hash of a mail's raw bytes, regardless of line endings."""
    return sha256(raw.replace(b"\r", b"").strip())
