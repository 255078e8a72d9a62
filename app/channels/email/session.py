"""A session of one e-mail account: reads its folders, sends, and checks whether a mail was sent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress

from app.base.clock import now
from app.base.errors import UserError
from app.base.message import Incoming, Reply
from app.base.words import counted, tr
from app.channels.base import PAGE, Found, Page, Refused, Sent, UnknownOutcome
from app.channels.email import providers, smtp
from app.channels.email.imap import Fetched, Mailbox
from app.mail import mailboxes
from app.mail.compose import Sender, ascii_address, compose, message_id
from app.mail.headers import original
from app.mail.parse import parse

PAGE_BYTES = 8_000_000
WHOLE_MAX = 30_000_000
TIMEOUT = 30.0
_log = logging.getLogger(__name__)


class EmailSession:
    """A session of one account; connects on the first call, used by one worker at a time."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str], timeout: float = TIMEOUT) -> None:
        """Take the form's fields and the password; `timeout` is in seconds, per response of a server."""
        address = fields.get("address", "").strip()
        self.sender = Sender(address, fields.get("name", "").strip())
        others = [own for _, own in mailboxes.addresses(fields.get("aliases", "").replace("\n", ","))]
        self.own = frozenset(own.lower() for own in (address, *others))
        self._folders = _split_names(fields.get("folders", "")) or ["INBOX"]
        self._login = fields.get("login", "").strip() or address
        self._password = secrets.get("password", "")
        asked = providers.provider(address)
        self._hint = tr(asked.hint).format(name=asked.name)
        self._imap = providers.server("imap", fields)
        self._smtp = providers.server("smtp", fields)
        self._timeout = timeout
        self._mailbox: Mailbox | None = None
        self._sent: str | None = None

    def _box(self) -> Mailbox:
        if self._mailbox is None or not self._mailbox.alive():
            self.close()
            self._mailbox = Mailbox(self._imap, self._login, self._password, self._hint, self._timeout)
        return self._mailbox

    def _sent_folder(self) -> str:
        """Return the folder of sent mail; "" if there is none yet."""
        if self._sent is None:
            self._sent = self._box().sent_folder()
        return self._sent

    def check(self) -> Found:
        """Log in to both servers and count the mails; raises Refused if a chosen folder does not exist."""
        box = self._box()
        names = {folder.name for folder in box.folders()}
        missing = [name for name in self._folders if name not in names and name.upper() != "INBOX"]
        if missing:
            msg = tr("The mailbox has no folder “{folder}”. It has: {folders}.").format(
                folder=missing[0], folders=", ".join(sorted(names)[:20])
            )
            raise Refused(msg)
        count = sum(box.open(name)[1] for name in self._folders)
        self._connect_smtp().close()
        many = len(self._folders)
        mails = counted(count, "{count} mail", "{count} mails")
        where = self._folders[0] if many == 1 else counted(many, "{count} folder", "{count} folders")
        sentence = tr("{address} is connected: {mails} in {where}, and mail can be sent.").format(
            address=self.sender.address, mails=mails, where=where
        )
        return Found(sentence, offers={"folders": tuple(folder.name for folder in box.folders())})

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new mails of the chosen folders and of the sent folder, so that replies sent by phone count too.

        What we sent comes first: whoever answers it is then found by it, and what it answers never looks unanswered.
        """
        sent = self._sent_folder()
        for folder in dict.fromkeys([*([sent] if sent else []), *self._folders]):
            yield from self._pull_folder(folder, cursor.get(_cursor_key(folder), ""), ours=folder == sent)

    def _pull_folder(self, folder: str, reached: str, *, ours: bool) -> Iterator[Page]:
        box = self._box()
        validity, count = box.open(folder)
        before, _, last = reached.partition(":")
        # Another UIDVALIDITY: the UIDs are new. Everything is read again; intake skips the mails it knows.
        start = int(last) if before == str(validity) and last.isdecimal() else 0
        for chunk in pages(box.newer(start, count)):
            uids = [uid for uid, _ in chunk]
            mails = self._fetch(box, chunk)
            items = tuple(
                self._incoming(mail, ours=ours) for mail in mails if not mail.flags & {"\\deleted", "\\draft"}
            )
            yield Page(items, {_cursor_key(folder): f"{validity}:{uids[-1]}"})

    @staticmethod
    def _fetch(box: Mailbox, chunk: list[tuple[int, int]]) -> list[Fetched]:
        usual = [uid for uid, size in chunk if size <= WHOLE_MAX]
        large = [uid for uid, size in chunk if size > WHOLE_MAX]
        mails = list(box.fetch(usual)) if usual else []
        for uid in large:
            mails += box.fetch([uid], partial=True)
        return sorted(mails, key=lambda mail: mail.uid)

    def _incoming(self, mail: Fetched, *, ours: bool) -> Incoming:
        message = parse(mail.raw, self.own, mail.arrived)
        if not mail.whole:
            note = tr("[This mail is {megabytes} MB. Only its beginning is here; attachments weren't read.]").format(
                megabytes=mail.size // 1_000_000
            )
            message = message._replace(text=f"{message.text}\n\n{note}", attached=(), raw=None)
        return message._replace(out=True) if ours and not message.out else message

    def _connect_smtp(self) -> smtp.Connection:
        return smtp.connect(self._smtp, self._login, self._password, self._hint, self._timeout)

    def send(self, reply: Reply) -> Sent:
        """Send by SMTP, then file a copy and flag the original as answered; errors of the last two are only logged."""
        first = (reply.to.handle or reply.to.key) if reply.to else ""
        to = list(
            dict.fromkeys(ascii_address(address) for address in (first, *(other.address for other in reply.others)))
        )
        for address in to:
            _refuse_unusable(address)
        dated = reply if reply.at else reply._replace(at=now())
        sender = Sender(reply.sender[1], reply.sender[0]) if reply.sender else self.sender
        mail = compose(dated, sender)
        post = self._connect_smtp()
        try:
            smtp.hand_over(post, self._smtp, ascii_address(sender.address), to, mail)
        finally:
            post.close()
        try:
            self._file_copy(dated, mail)
        except UserError as error:
            _log.warning("The copy of a sent mail could not be kept: %s", error)
        return Sent(message_id(reply.key, self.sender), at=dated.at)

    def _file_copy(self, reply: Reply, mail: bytes) -> None:
        box, number = self._box(), message_id(reply.key, self.sender)
        sent = self._sent_folder()
        if not sent or not box.look_up(sent, number):
            box.append(sent or "Sent", mail)
            self._sent = sent or None
        for folder in self._folders if reply.parent else ():
            if box.mark_answered(folder, original(reply.parent)):
                return

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for a copy in the sent folder; raises UnknownOutcome without one, as that proves nothing."""
        number = message_id(reply.key, self.sender)
        try:
            sent = self._sent_folder()
            if sent and self._box().look_up(sent, number):
                return Sent(number, at=reply.at or None)
        except UserError as error:
            msg = tr("Rapport can't check right now whether this mail was accepted. {error}").format(error=error)
            raise UnknownOutcome(msg) from error
        msg = tr("{host} doesn't say whether it accepted this mail. Ask the recipient whether it arrived.").format(
            host=self._smtp.host
        )
        raise UnknownOutcome(msg)

    def close(self) -> None:
        """Close the connections; never raises."""
        if self._mailbox is not None:
            with suppress(Exception):
                self._mailbox.close()
        self._mailbox = None


def _refuse_unusable(address: str) -> None:
    """Raise Refused for what no mail server takes for an address."""
    if "@" in address and address.isascii():
        return
    msg = tr("There's no e-mail address to send this to.")
    if address:
        msg = tr("There's no e-mail address to send this to: {address} can't be written to.").format(address=address)
    raise Refused(msg)


def pages(mails: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Split (UID, size) into pages of at most PAGE mails and about PAGE_BYTES bytes."""
    page: list[tuple[int, int]] = []
    weight = 0
    for uid, size in mails:
        if page and (len(page) >= PAGE or weight + min(size, WHOLE_MAX) > PAGE_BYTES):
            yield page
            page, weight = [], 0
        page.append((uid, size))
        weight += size
    if page:
        yield page


def _cursor_key(folder: str) -> str:
    return f"folder:{folder}"


def _split_names(text: str) -> list[str]:
    """Split names separated by line breaks, else by commas."""
    parts = text.split("\n") if "\n" in text.strip() else text.split(",")
    return [part.strip() for part in parts if part.strip()]
