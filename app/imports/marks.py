"""What mail programs wrote beside a letter that they stored: read, answered, deleted, a draft, in which folder. Pure.

The headers of Thunderbird (nsMsgMessageFlags.h), Gmail's Takeout, mbox's `Status` and `X-Status`, the names of files in
a Maildir (cr.yp.to/proto/maildir.html), and the folders' names in the languages that those programs speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.base.text import fold
from app.imports import folder_names, left_out
from app.imports.folder_names import FLAGGED, SENT, UNREAD
from app.mail import headers

_NOT_WORDS = re.compile(r"[\W_]+")
_WRITTEN = re.compile(
    rb"^(x-mozilla-status2?|status|x-status|x-gmail-labels):([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.IGNORECASE | re.MULTILINE
)
_MAX_HEAD_BYTES = 262_144
_LABEL = re.compile(r'"([^"]*)"|([^",]+)')
_CLUTTER = re.compile(r"^(?:\.|inbox[./])+|(?:\.sbd|\.mbox|\.mboxd|\.mbx)$", re.IGNORECASE)
_INFO = re.compile(r"[:;!-]2,([A-Za-z]*)$")
_READ, _REPLIED, _MARKED, _EXPUNGED, _QUEUED = 0x1, 0x2, 0x4, 0x8, 0x800
_IMAP_DELETED, _TEMPLATE = 0x00200000, 0x01000000
_EMLX = ((0, "seen"), (2, "answered"), (4, "flagged"))
_EMLX_OUT = ((1, left_out.DELETED), (24, left_out.SPAM), (6, left_out.DRAFTS))
_MAX_LABELS_CHARS = 4_000


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()


_ROLES = {_words(name): role for role, names in folder_names.NAMES.items() for name in names.split(",")}
_CATEGORIES = frozenset(map(_words, folder_names.CATEGORIES.split(",")))
_OUT = (
    left_out.SPAM, left_out.TRASH, left_out.DRAFTS, left_out.CHATS, left_out.TEMPLATES, left_out.UNSENT
)  # fmt: skip


class Marks(NamedTuple):
    """What is said of a letter: why it is left out ("" if it is not), its flags, whether we sent it, and its labels.

    The flags are of `app.base.message.FLAGS`, the labels those that its owner gave it.
    """

    left_out: str = ""
    flags: frozenset[str] = frozenset()
    sent: bool = False
    labels: tuple[str, ...] = ()

    def joined(self, other: Marks) -> Marks:
        """Both together."""
        if other is _NOTHING:
            return self
        return Marks(
            self.left_out or other.left_out, self.flags | other.flags, self.sent or other.sent,
            (*self.labels, *other.labels),
        )  # fmt: skip


_NOTHING = Marks()


def role_of(name: str) -> str:
    """What a folder or label is for, by its name in any of the languages; "" if that says nothing."""
    return _ROLES.get(_words(_CLUTTER.sub("", name.strip())), "")


def of_path(name: str) -> Marks:
    """What the folders above a file say of the letters in it; `name` is its path below the chosen folder."""
    above, _, last = name.rpartition("/")
    roles = {role_of(folder) for folder in above.split("/")} | {role_of(last)}
    if "[gmail]" not in above.casefold():
        roles.discard(left_out.CHATS)  # elsewhere, a folder called Discussions has letters in it
    out = next((reason for reason in _OUT if reason in roles), "")
    return Marks(out, sent=SENT in roles and not out)


def of_file_name(name: str) -> Marks:
    """What a file's name in a Maildir says: the letters after `:2,`, `;2,` or `!2,`."""
    info = _INFO.search(name[-40:])
    if info is None:
        return Marks()
    letters = info[1]
    out = left_out.TRASH if "T" in letters else left_out.DRAFTS if "D" in letters else ""
    words = {"S": "seen", "R": "answered", "F": "flagged"}
    return Marks(out, frozenset(word for letter, word in words.items() if letter in letters))


def of_head(raw: bytes) -> Marks:
    """What the header of a letter says that a mail program has written there. Never raises."""
    end = raw.find(b"\n\n", 0, _MAX_HEAD_BYTES)
    other = raw.find(b"\n\r\n", 0, end if end >= 0 else _MAX_HEAD_BYTES)
    ends = [place for place in (end, other) if place >= 0]
    head = raw[: min(ends, default=_MAX_HEAD_BYTES)]
    made = _NOTHING
    if b"tatus" not in head and b"TATUS" not in head and b"abels" not in head:
        return made
    found = {name.lower(): value.decode("utf-8", "replace").strip() for name, value in _WRITTEN.findall(head)}
    if b"x-mozilla-status" in found or b"x-mozilla-status2" in found:
        made = made.joined(_mozilla(found.get(b"x-mozilla-status", ""), found.get(b"x-mozilla-status2", "")))
    if b"status" in found or b"x-status" in found:
        made = made.joined(_status(found.get(b"status", "") + found.get(b"x-status", "")))
    if b"x-gmail-labels" in found:
        made = made.joined(_gmail(found[b"x-gmail-labels"]))
    return made


def of_emlx(flags: int) -> Marks:
    """What the number says that Apple Mail keeps below a letter (bits as jwz.org/blog/2005/07/emlx-flags lists)."""
    out = next((reason for bit, reason in _EMLX_OUT if flags >> bit & 1), "")
    return Marks(out, frozenset(word for bit, word in _EMLX if flags >> bit & 1))


def _mozilla(status: str, status2: str) -> Marks:
    low, high = _hex(status), _hex(status2)
    out = ""
    if low & _EXPUNGED or high & _IMAP_DELETED:
        out = left_out.DELETED
    elif high & _TEMPLATE:
        out = left_out.TEMPLATES
    elif low & _QUEUED:
        out = left_out.UNSENT
    words = ((_READ, "seen"), (_REPLIED, "answered"), (_MARKED, "flagged"))
    return Marks(out, frozenset(word for bit, word in words if low & bit))


def _hex(text: str) -> int:
    try:
        return int(text.strip()[:16] or "0", 16)
    except ValueError:
        return 0


def _status(letters: str) -> Marks:
    """`Status: RO`, `X-Status: AF` of mutt, Dovecot, UW-IMAP: D deleted, T draft, R read, A answered, F flagged."""
    out = left_out.DELETED if "D" in letters else left_out.DRAFTS if "T" in letters else ""
    words = {"R": "seen", "A": "answered", "F": "flagged"}
    return Marks(out, frozenset(word for letter, word in words.items() if letter in letters))


def _gmail(value: str) -> Marks:
    roles, labels = set[str](), list[str]()
    for label in _labels(value[:_MAX_LABELS_CHARS]):
        role = role_of(label)
        roles.add(role)
        if not role and _words(label).partition(" ")[0] not in _CATEGORIES:
            labels.append(label)
    out = next((reason for reason in _OUT if reason in roles), "")
    flags = {FLAGGED} & roles | (set() if UNREAD in roles else {"seen"})
    return Marks(out, frozenset(flags), SENT in roles and not out, tuple(labels))


def _labels(value: str) -> Iterator[str]:
    """The labels of the header: decoded first, then parted at the commas outside quotes."""
    for quoted, plain in _LABEL.findall(headers.words(value)):
        if label := (quoted or plain).strip():
            yield label
