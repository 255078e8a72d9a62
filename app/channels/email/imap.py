"""A mailbox over IMAP: list folders, fetch new mails, look up a message, append a copy.

The standard library's imaplib sends, IMAPClient's parser parses (docs/decisions/0014). Nothing here marks a mail as
read (BODY.PEEK), and no response grows with the mailbox: folders are listed in slices, because a server may put a
whole SEARCH response on one line.
"""

from __future__ import annotations

import imaplib
import logging
import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.base.words import tr
from app.channels.base import Refused, TryLater
from app.channels.email import answers
from app.channels.email.answers import Told, UnreadableError, coded
from app.channels.email.bounded import dial
from app.channels.email.failures import (
    context,
    is_temporary,
    login_failed,
    plainly,
    refuse_open,
    reply_text,
    takes_no_token,
    token_refused,
)
from app.channels.email.login import Login, xoauth2
from app.channels.email.providers import STARTTLS, Server
from app.mail import headers
from app.mail.compose import bare_id

if TYPE_CHECKING:
    from app.channels.email.oauth import Tokens

SLICE = 2000
_MOST_HITS = 200  # of a search that are looked at
_IDENTIFYING = "(UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
_CHANGES_SLICE, _CHANGES_SLICES = 20_000, 50  # UIDs asked for at once: what is said of each takes some 70 bytes
PARTIAL = 2_000_000
"""Bytes to read of a mail that is too large to be read whole."""
_SENT_NAMES = (
    "sent", "sent items", "sent messages", "sent mail", "gesendet", "odeslané", "odeslané zprávy", "odeslaná pošta",
    "elküldött", "elküldött elemek", "elküldött levelek", "elküldött üzenetek", "απεσταλμένα", "σταλμένα",
    "sendir hlutir", "send skilaboð", "sendur póstur",
)  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the mailbox: its decoded name, and its flags in lower case."""

    name: str
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selected:
    """A folder that was opened: how many mails it has, UIDVALIDITY, and the UID of the next one to arrive.

    `modseq` grows with every change in the folder (RFC 7162); 0 if the server cannot say what changed since one.
    """

    count: int
    validity: int
    next_uid: int
    modseq: int


_BUSY = re.compile(r"UNAVAILABLE|INUSE|LIMIT|THROTTLED|OVERQUOTA", re.IGNORECASE)
"""Codes of a refusal that concerns no single mail (RFC 5530, 3, and Gmail's)."""


class NotHandedOutError(TryLater):
    """The server cannot hand out some of the mails asked for, as where one of its files is damaged."""


class FolderGoneError(Refused):
    """The mailbox has no such folder, or the server does not open it."""


class Fetched(NamedTuple):
    """A raw mail: `arrived` in Unix seconds, `size` in bytes; `whole` is False if only its beginning was read.

    `left` are parts that are not in it, as they are too large, with their size in bytes; see `.large`.
    """

    uid: int
    raw: bytes
    arrived: int | None
    flags: frozenset[str]
    size: int
    whole: bool
    left: Mapping[str, int] = MappingProxyType({})


class Mailbox:
    """A logged-in connection. Every failure is AuthNeeded, TryLater or Refused with one sentence."""

    def __init__(self, server: Server, login: Login, timeout: float) -> None:
        """Connect and log in; `timeout` is in seconds."""
        self.server = server
        self._selected = ("", False)
        self._folders: list[Folder] | None = None
        self._capabilities = frozenset[str]()
        self._tells_changes = False
        refuse_open(server)
        with plainly(server, "IMAP"):
            self._imap = dial(server, timeout)
            try:
                if server.security == STARTTLS:
                    self._imap.starttls(context(server))
                self._log_in(login)
                self._learn_capabilities()
            except BaseException:
                self.close()
                raise

    def _log_in(self, login: Login) -> None:
        if login.tokens is not None:
            self._log_in_by_token(login, login.tokens)
            return
        try:
            if "AUTH=PLAIN" in self._imap.capabilities:
                self._imap.authenticate("PLAIN", lambda _: f"\0{login.name}\0{login.password}".encode())
            else:
                self._imap.login(login.name, login.password)
        except imaplib.IMAP4.abort:
            raise
        except UnicodeEncodeError as error:
            msg = tr(
                "{where} only accepts names and passwords without accents or special letters. Use an app password."
            ).format(where=self.server.where)
            raise Refused(msg) from error
        except imaplib.IMAP4.error as error:
            raise login_failed(error, self.server, login.name, login.hint) from error

    def _log_in_by_token(self, login: Login, tokens: Tokens) -> None:
        """Log in with an access token; one that is refused is replaced once: it may have ended early."""
        if "AUTH=XOAUTH2" not in self._imap.capabilities:
            raise takes_no_token(self.server)
        for fresh in (False, True):
            said = _first_then_nothing(xoauth2(login.name, tokens.access(fresh=fresh)))
            try:
                self._imap.authenticate("XOAUTH2", said)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                if is_temporary(error):
                    raise login_failed(error, self.server, login.name, "") from error
                continue
            return
        raise token_refused(tokens.name, self.server, login.name)

    @property
    def selected(self) -> str:
        """The folder that is open; "" if none is."""
        return self._selected[0]

    def close(self) -> None:
        """Close the connections; never raises."""
        try:
            self._imap.logout()
        except (OSError, imaplib.IMAP4.error, EOFError, AttributeError):
            try:
                self._imap.shutdown()
            except (OSError, AttributeError):
                return

    def alive(self) -> bool:
        """Whether the connection still works (NOOP)."""
        try:
            return self._imap.noop()[0] == "OK"
        except (OSError, imaplib.IMAP4.error, EOFError):
            return False

    def folders(self) -> list[Folder]:
        """Return all selectable folders, in the server's order; asks once for each connection."""
        if self._folders is None:
            with plainly(self.server, "IMAP"):
                answer = self._ask(self._imap.list())
            every_folder = (Folder(name, flags) for name, flags in answers.folders(answer))
            self._folders = [folder for folder in every_folder if not folder.flags & {"\\noselect", "\\nonexistent"}]
        return self._folders

    def can_wait(self) -> bool:
        """Whether the server says by itself when something is new (IDLE, RFC 2177)."""
        return "IDLE" in self._capabilities

    def tells_changes(self) -> bool:
        """Whether the server says what changed and vanished since it was last asked (QRESYNC, RFC 7162)."""
        return self._tells_changes

    def _learn_capabilities(self) -> None:
        """Ask what the server can do for whoever is logged in, which may be more than it said before."""
        said = b" ".join(line for line in self._ask(self._imap.capability()) if isinstance(line, bytes))
        self._imap.capabilities = tuple(said.decode("ascii", "replace").upper().split())
        self._capabilities = frozenset(self._imap.capabilities)
        if self._capabilities >= {"QRESYNC", "ENABLE"}:  # only before a folder is opened
            self._tells_changes = self._imap.enable("QRESYNC")[0] == "OK"

    def sent_folder(self) -> str:
        """Return the folder for sent mail: the one with the flag Sent, else one with a usual name, else ""."""
        folders = self.folders()
        for folder in folders:
            if "\\sent" in folder.flags:
                return folder.name
        named = {re.split(r"[/.]", folder.name)[-1].casefold(): folder.name for folder in reversed(folders)}
        return next((named[name] for name in _SENT_NAMES if name in named), "")

    def open(self, folder: str, *, writing: bool = False) -> Selected:
        """Select a folder, only to read it unless `writing`; raises FolderGoneError if it cannot be selected."""
        with plainly(self.server, "IMAP"):
            kind, answer = self._imap.select(coded(folder), readonly=not writing)
            self._selected = ("", False)
            if kind != "OK":
                msg = tr("Can't open the folder “{folder}” in the mailbox: {said}.").format(
                    folder=folder, said=reply_text(answer[0] or b"")
                )
                raise FolderGoneError(msg)
            self._selected = (folder, writing)
            number = {name: self._number(name) for name in ("UIDVALIDITY", "UIDNEXT", "HIGHESTMODSEQ")}
        return Selected(int(answer[0] or 0), number["UIDVALIDITY"], number["UIDNEXT"], number["HIGHESTMODSEQ"])

    def _number(self, name: str) -> int:
        """A number that the server gave with the folder it opened; 0 if it did not."""
        _, values = self._imap.response(name)
        value = values[-1] if values else None
        return int(value) if isinstance(value, bytes) and value.isdigit() else 0

    def newer(self, last: int, count: int) -> list[tuple[int, int]]:
        """Return (UID, size in bytes) of the selected folder's mails with a UID above `last`, ascending.

        `count` is the number of mails from `open`. Sequence numbers cannot shift meanwhile: a server may not announce
        removals in response to FETCH (RFC 3501, 7.4.1).
        """
        sizes: dict[int, int] = {}
        first = self._first_above(last, count)
        for begin in range(first, count + 1, SLICE):
            sizes |= self._sizes(begin, min(count, begin + SLICE - 1))
        return sorted((uid, size) for uid, size in sizes.items() if uid > last)

    def older(self, low: int | None, count: int) -> tuple[list[tuple[int, int]], int]:
        """Return (UID, size) of the mails just below the UID `low` (None: of the newest), ascending, and how many more.

        At most SLICE of them; `count` is the number of mails from `open`.
        """
        end = count
        if low is not None and count > SLICE:
            end = min(count, self._first_above(low - 1, count) + SLICE // 4)
        begin = max(1, end - SLICE + 1)
        if end < 1:
            return [], 0
        sizes = self._sizes(begin, end)
        return sorted((uid, size) for uid, size in sizes.items() if low is None or uid < low), begin - 1

    def _sizes(self, begin: int, end: int) -> dict[int, int]:
        """The sizes in bytes of the mails between two sequence numbers, by UID."""
        sizes: dict[int, int] = {}
        for mail in self._list(f"{begin}:{end}", "(UID RFC822.SIZE)"):
            sizes[mail.uid] = max(mail.size, sizes.get(mail.uid, 0))
        return sizes

    def flags(self, count: int) -> list[Told]:
        """Return the flags of the selected folder's newest mails, at most SLICE of them."""
        return self._list(f"{max(1, count - SLICE + 1)}:{count}", "(UID FLAGS)") if count else []

    def identified(self, count: int, most: int = SLICE) -> dict[int, tuple[str, frozenset[str]]]:
        """Return Message-ID ("" if it has none) and flags of the folder's newest mails, by UID; at most `most`."""
        listed = self._list(f"{max(1, count - most + 1)}:{count}", _IDENTIFYING) if count else []
        return {mail.uid: (_message_id(mail.raw or b""), mail.flags) for mail in listed if mail.raw is not None}

    def changed(self, since: int, low: int, high: int) -> tuple[list[Told], list[tuple[int, int]]]:
        """Return the mails whose flags changed since that `modseq`, and the ranges of UIDs that vanished since.

        Both among the UIDs from `low` to `high` of the selected folder. Only if `tells_changes`.
        """
        flagged: list[Told] = []
        gone: list[tuple[int, int]] = []
        step = max(_CHANGES_SLICE, (high - low) // _CHANGES_SLICES + 1)
        for begin in range(low, high + 1, step):
            names = f"{begin}:{min(high, begin + step - 1)}"
            with plainly(self.server, "IMAP"):
                self._imap.response("VANISHED")  # drops what was said of it before
                said = self._ask(self._imap.uid("FETCH", names, "(UID FLAGS)", f"(CHANGEDSINCE {since} VANISHED)"))
                _, vanished = self._imap.response("VANISHED")
            flagged += [mail for mail in answers.mails(said) if low <= mail.uid <= high]
            gone += answers.ranges(vanished)
        return flagged, gone

    def _first_above(self, last: int, count: int) -> int:
        """Find the sequence number of the first mail with a UID above `last` by binary search.

        May be too low, by at most a quarter of a slice.
        """
        if not last or count <= SLICE:
            return 1
        low, high = 1, count + 1
        while high - low > SLICE // 4:
            middle = (low + high) // 2
            listed = self._list(str(middle), "(UID)")
            if not listed:
                return low
            low, high = (middle, high) if listed[0].uid <= last else (low, middle)
        return low

    def fetch(self, uids: Sequence[int], *, partial: bool = False, begin: int = 0) -> list[Fetched]:
        """Fetch the mails with these UIDs that still exist, without marking them as read.

        With `partial` only PARTIAL bytes of each, from byte `begin`. A mail whose response cannot be parsed, or that
        the server refuses while it hands out others, is skipped, without losing these. Raises TryLater if it hands out
        none.
        """
        skipped: list[NotHandedOutError] = []
        mails = self._fetch_halving(uids, skipped, partial=partial, begin=begin)
        if skipped and not mails:
            raise skipped[0]
        return mails

    def _fetch_halving(
        self, uids: Sequence[int], skipped: list[NotHandedOutError], *, partial: bool, begin: int
    ) -> list[Fetched]:
        """As `fetch`; where something is wrong, half of them at a time. Adds to `skipped` what was refused alone."""
        part = f"BODY.PEEK[]<{begin}.{PARTIAL}>" if partial else "BODY.PEEK[]"
        try:
            mails = self._fetch(",".join(map(str, uids)), f"(UID INTERNALDATE FLAGS RFC822.SIZE {part})", by_uid=True)
        except (UnreadableError, NotHandedOutError) as why:
            if len(uids) > 1:
                halves = uids[: len(uids) // 2], uids[len(uids) // 2 :]
                return [
                    mail for some in halves for mail in self._fetch_halving(some, skipped, partial=partial, begin=begin)
                ]
            if isinstance(why, NotHandedOutError):
                skipped.append(why)
            _log.warning("What %s tells of one mail cannot be read; the mail was left out", self.server.where)
            return []
        return [
            Fetched(mail.uid, mail.raw, mail.arrived, mail.flags, mail.size, not partial)
            for mail in mails
            if mail.raw is not None
        ]

    def sections(self, uid: int, items: Sequence[str]) -> tuple[dict[str, bytes], Any]:
        """Fetch parts of one mail of the selected folder: by their number, in capitals; and its structure, if asked.

        Raises UnreadableError if the response cannot be parsed.
        """
        with plainly(self.server, "IMAP"):
            answer = self._ask(self._imap.uid("FETCH", str(uid), f"({' '.join(['UID', *items])})"))
        return answers.sections(answer)

    def about(self, uid: int) -> list[Told]:
        """When one mail of the selected folder arrived, and its flags; [] if it is gone."""
        return self._fetch(str(uid), "(UID INTERNALDATE FLAGS RFC822.SIZE)", by_uid=True)

    def _list(self, names: str, parts: str) -> list[Told]:
        """Fetch by sequence numbers; raises Refused if the response cannot be parsed."""
        with plainly(self.server, "IMAP"):
            return self._fetch(names, parts, by_uid=False)

    def _fetch(self, names: str, parts: str, *, by_uid: bool) -> list[Told]:
        with plainly(self.server, "IMAP"):
            told = self._imap.uid("FETCH", names, parts) if by_uid else self._imap.fetch(names, parts)
            if told[0] == "NO" and not _BUSY.search(str(told[1])):
                raise NotHandedOutError(self._refusal(told[1]))
            answer = self._ask(told)
        return answers.mails(answer)

    def look_up(self, folder: str, message_id: str) -> list[int]:
        """Return the UIDs of the mails with exactly this Message-ID in a folder.

        SEARCH finds parts of a header (RFC 3501, 6.4.4): looking for `2@example.org` finds `10-2@example.org` too, so
        each hit is looked at.
        """
        selected, _ = self._selected
        if selected != folder:
            self.open(folder)
        with plainly(self.server, "IMAP"):
            wanted = bare_id(message_id)
            term = wanted.replace("\\", "\\\\")
            answer = self._ask(self._imap.uid("SEARCH", "HEADER", "Message-ID", f'"{term}"'))
        hits = [uid.decode() for line in answer if isinstance(line, bytes) for uid in line.split() if uid.isdigit()]
        if not hits:
            return []
        listed = self._fetch(",".join(hits[-_MOST_HITS:]), _IDENTIFYING, by_uid=True)
        return [mail.uid for mail in listed if bare_id(_message_id(mail.raw or b"")) == wanted]

    def append(self, folder: str, mail: bytes) -> None:
        """Append a mail to a folder, marked as read; creates the folder if it is missing."""
        with plainly(self.server, "IMAP"):
            kind, _ = self._imap.append(coded(folder), r"(\Seen)", None, mail)
            if kind != "OK":
                self._imap.create(coded(folder))
                self._ask(self._imap.append(coded(folder), r"(\Seen)", None, mail))

    def mark_answered(self, folder: str, message_id: str) -> bool:
        """Flag a mail as answered; returns whether it was found in that folder."""
        self.open(folder, writing=True)
        uids = self.look_up(folder, message_id)
        if uids:
            with plainly(self.server, "IMAP"):
                self._ask(self._imap.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Answered)"))
        return bool(uids)

    def wait_for_news(self, wait: Callable[[socket.socket], bool]) -> bool:
        """Let the server say what is new in the selected folder (IDLE); returns whether it said anything.

        `wait` blocks until the socket can be read, and returns False if waiting is to end.
        """
        with plainly(self.server, "IMAP"):
            return self._imap.idle_until(wait)

    def _ask(self, answer: tuple[str, list[Any]]) -> list[Any]:
        """Return the data of an OK response; raises TryLater for any other."""
        kind, data = answer
        if kind != "OK":
            raise TryLater(self._refusal(data))
        return data

    def _refusal(self, data: list[Any]) -> str:
        return tr("{where} refused the request: {said}.").format(
            where=self.server.where, said=reply_text(data[0] if data else b"")
        )


def _first_then_nothing(response: bytes) -> Callable[[bytes], bytes]:
    """Answer the first challenge; a second one tells of a failure, and wants an empty answer before the NO."""
    answers = [b"", response]
    return lambda _challenge: answers.pop() if answers else b""


def _message_id(head: bytes) -> str:
    """The Message-ID in a header block, without brackets; "" if there is none."""
    text, _ = headers.split(head)
    return headers.message_id(headers.fields(text).get("message-id", ""))
