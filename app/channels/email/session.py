"""A session of one e-mail account: reads its folders, sends, and checks whether a mail was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

from app.base.clock import now
from app.base.errors import UserError
from app.base.message import Incoming, Place, Reply
from app.base.words import counted, tr
from app.channels.base import HISTORY, HISTORY_STOPPED, Found, Page, Refused, Sent, UnknownOutcome
from app.channels.email import large, originals, providers, smtp
from app.channels.email.elsewhere import locate
from app.channels.email.failures import plainly
from app.channels.email.imap import Fetched, FolderGoneError, Mailbox
from app.channels.email.login import Login
from app.channels.email.reading import WHOLE_MAX, Chunk, Reading, Sized, plain
from app.channels.email.waiting import Waiting
from app.mail import mailboxes
from app.mail.compose import Sender, ascii_address, compose, message_id
from app.mail.headers import original
from app.mail.parse import parse

TIMEOUT = 30.0
_log = logging.getLogger(__name__)


class EmailSession:
    """A session of one account; connects on the first call, used by one worker at a time."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str], timeout: float = TIMEOUT) -> None:
        """Take the form's fields and the secrets; `timeout` is in seconds, per response of a server."""
        address = fields.get("address", "").strip()
        self.sender = Sender(address, fields.get("name", "").strip())
        others = [own for _, own in mailboxes.addresses(fields.get("aliases", "").replace("\n", ","))]
        self.own = frozenset(own.lower() for own in (address, *others))
        self._folders = _split_names(fields.get("folders", "")) or ["INBOX"]
        self._login = _login(fields, secrets)
        self._imap = providers.server("imap", fields)
        self._smtp = providers.server("smtp", fields)
        self._timeout = timeout
        self._mailbox: Mailbox | None = None
        self._sent: str | None = None
        self._waiting = Waiting()

    def _box(self) -> Mailbox:
        if self._mailbox is None or not self._mailbox.alive():
            self.close()
            self._mailbox = Mailbox(self._imap, self._login, self._timeout)
        return self._mailbox

    def _sent_folder(self) -> str:
        """Return the folder of sent mail; "" if there is none yet."""
        if self._sent is None:
            self._sent = self._box().sent_folder()
        return self._sent

    def check(self) -> Found:
        """Log in to both servers and count the mails; names a chosen folder that does not exist.

        Raises Refused if none of them does.
        """
        box = self._box()
        names = {folder.name for folder in box.folders()}
        there, missing = self._there(names)
        if missing and not there:
            raise Refused(self._no_folder(missing[0], names))
        count = sum(box.open(name).count for name in there)
        self._connect_smtp().close()
        many = len(there)
        mails = counted(count, "{count} mail", "{count} mails")
        where = there[0] if many == 1 else counted(many, "{count} folder", "{count} folders")
        sentence = tr("{address} is connected: {mails} in {where}, and mail can be sent.").format(
            address=self.sender.address, mails=mails, where=where
        )
        if missing:
            sentence = f"{sentence} {self._no_folder(missing[0], names)}"
        return Found(sentence, offers={"folders": tuple(folder.name for folder in box.folders())})

    def _there(self, names: Collection[str]) -> tuple[list[str], list[str]]:
        """The chosen folders that the mailbox has, among the `names` of all, and those that it does not have."""
        chosen = list(dict.fromkeys(self._folders))
        there = [name for name in chosen if name in names or name.upper() == "INBOX"]
        return there, [name for name in chosen if name not in there]

    @staticmethod
    def _no_folder(folder: str, names: Collection[str]) -> str:
        return tr("The mailbox has no folder “{folder}”. It has: {folders}.").format(
            folder=folder, folders=", ".join(sorted(names)[:20])
        )

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new mails of the chosen folders and of the sent folder, so that replies sent by phone count too.

        What is new comes first, with what other programs did there; on the first pull the newest PAGE mails of each
        folder. Then the history, unless the person stopped it, back in time through all folders together. What we sent
        comes first: whoever answers it is then found by it, and what it answers never looks unanswered.
        """
        box = self._box()
        names = {folder.name for folder in box.folders()}
        there, missing = self._there(names)
        for folder in missing:
            yield Page((), {}, trouble=self._missing_folder(folder))
        sent = self._sent_folder()
        readings = []
        for folder in dict.fromkeys([*([sent] if sent else []), *there]):
            reading = Reading(folder, cursor)
            try:
                yield from self._pull_new(reading, sent)
                readings.append(reading)
            except FolderGoneError as why:
                yield Page((), {}, trouble=str(why))
        if not cursor.get(HISTORY_STOPPED):
            yield from self._pull_history(readings, sent)

    def _pull_new(self, reading: Reading, sent: str) -> Iterator[Page]:
        """Yield what other programs did in a folder and what is new; the newest page if nothing of it has been read."""
        box = self._box()
        changes, moved = reading.begin(box)
        newest = reading.older(box) if reading.fresh else None
        if newest is not None:
            yield replace(self._page(box, reading, newest, sent, moved), changes=changes)
        elif changes is not None:
            yield Page((), moved, changes)
        for chunk in reading.new(box):
            yield self._page(box, reading, chunk, sent)

    def _pull_history(self, readings: Sequence[Reading], sent: str) -> Iterator[Page]:
        """Yield what is left of the history, each time of the folder that has been read least far back.

        So conversations come with both sides. What arrives meanwhile is read before the history goes on.
        """
        while behind := [reading for reading in readings if reading.left]:
            box = self._box()
            reading = max(behind, key=lambda reading: (reading.reached_at is None, reading.reached_at or 0))
            for chunk in reading.new(box):
                yield self._page(box, reading, chunk, sent)
            older = reading.older(box)
            if older is None:
                continue
            page = self._page(box, reading, older, sent)
            everything = sum(each.count for each in readings)
            read = max(0, everything - sum(each.left for each in readings))
            moved = {**page.cursor, HISTORY: f"{read}:{everything}"}
            yield replace(page, cursor=moved, history=(read, everything))

    def _page(
        self, box: Mailbox, reading: Reading, chunk: Chunk, sent: str, moved: Mapping[str, str] = MappingProxyType({})
    ) -> Page:
        """Fetch a page of mails; deleted ones and drafts are left out."""
        mails = self._fetch(box, chunk.mails)
        arrived = [mail.arrived for mail in mails if mail.arrived is not None]
        reading.reached_at = min(arrived, default=reading.reached_at)
        ours = reading.folder == sent
        items = tuple(
            self._incoming(mail, reading.folder, ours=ours)
            for mail in mails
            if not mail.flags & {"\\deleted", "\\draft"}
        )
        return Page(items, {**chunk.cursor, **moved})

    @staticmethod
    def _missing_folder(folder: str) -> str:
        return tr("The mailbox has no folder “{folder}” any more. The other folders are read.").format(folder=folder)

    @staticmethod
    def _fetch(box: Mailbox, chunk: list[Sized]) -> list[Fetched]:
        most = min(large.LARGE, WHOLE_MAX)
        usual = [uid for uid, size in chunk if size <= most]
        mails = list(box.fetch(usual)) if usual else []
        for uid, size in chunk:
            if size > most:
                mails += large.fetch(box, uid, size, whole_max=WHOLE_MAX)
        return sorted(mails, key=lambda mail: mail.uid)

    def _incoming(self, mail: Fetched, folder: str, *, ours: bool) -> Incoming:
        message = parse(mail.raw, self.own, mail.arrived, left=mail.left)._replace(
            place=Place(folder, mail.uid, plain(mail.flags))
        )
        if not mail.whole:
            note = tr("[This mail is {megabytes} MB. Only its beginning is here; attachments weren't read.]").format(
                megabytes=mail.size // 1_000_000
            )
            message = message._replace(text=f"{message.text}\n\n{note}", attached=(), raw=None, source=None)
        elif mail.left:
            message = message._replace(raw=None)  # without those parts it is not the letter as it came
        return message._replace(out=True) if ours and not message.out else message

    def _connect_smtp(self) -> smtp.Connection:
        return smtp.connect(self._smtp, self._login, self._timeout)

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

    def locate(self, remote_ids: Sequence[str]) -> dict[str, str]:
        """Where these letters are, which are gone from the folders that we read; see `app.channels.email.elsewhere`."""
        return locate(self._box(), self._all_read(), remote_ids)

    def original(self, places: Sequence[Place], remote_id: str) -> bytes | None:
        """The bytes of a letter as it came, None if it is gone; see `app.channels.email.originals`."""
        with plainly(self._imap, "IMAP"):  # an answer that can't be read ends a pull in another way than this
            return originals.find(self._box(), self._all_read(), places, remote_id)

    def part(self, places: Sequence[Place], remote_id: str, section: str) -> bytes | None:
        """The content of a part of a letter that stayed in the mailbox; see `app.channels.email.large`."""
        with plainly(self._imap, "IMAP"):  # as above
            return large.part(self._box(), self._all_read(), places, remote_id, section)

    def _all_read(self) -> list[str]:
        """The folders that we read, that of what we sent among them."""
        return [*self._folders, self._sent_folder()]

    def watch(self, heard: Callable[[], object]) -> bool:
        """Wait until something changes in the first folder, and call `heard`; see `app.channels.email.waiting`."""
        there, _ = self._there({folder.name for folder in self._box().folders()})
        return bool(there) and self._waiting.watch(self._box(), there[0], heard)

    def stop_watching(self) -> None:
        """End `watch`, from any thread; never raises."""
        self._waiting.stop()

    def close(self) -> None:
        """Close the connections; never raises."""
        if self._mailbox is not None:
            with suppress(Exception):
                self._mailbox.close()
        self._mailbox = None


def _login(fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> Login:
    name = fields.get("login", "").strip() or fields.get("address", "").strip()
    if fields.get("sign_in"):
        from app.channels.email.oauth import Tokens  # noqa: PLC0415  most accounts have a password

        return Login(name, tokens=Tokens(fields, secrets))
    return Login(name, secrets.get("password", ""), providers.provider_of(fields).hint)


def _refuse_unusable(address: str) -> None:
    """Raise Refused for what no mail server takes for an address."""
    if "@" in address and address.isascii():
        return
    msg = tr("There's no e-mail address to send this to.")
    if address:
        msg = tr("There's no e-mail address to send this to: {address} can't be written to.").format(address=address)
    raise Refused(msg)


def _split_names(text: str) -> list[str]:
    """Split names separated by line breaks, else by commas."""
    parts = text.split("\n") if "\n" in text.strip() else text.split(",")
    return [part.strip() for part in parts if part.strip()]
