"""Another mail program on the same mailbox: reads, answers, flags, moves and deletes letters over a plain IMAP."""

from __future__ import annotations

import imaplib
from typing import Any, Self

from app.channels.email.answers import coded
from tests.servers.mail import PASSWORD, MailServer


class Phone:
    """Use it in a `with`; letters are named by their Message-ID, without brackets."""

    def __init__(self, server: MailServer, name: str) -> None:
        self._imap = imaplib.IMAP4("127.0.0.1", server.imap)
        self._imap.login(name, PASSWORD)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._imap.logout()

    def mark(self, letter: str, *flags: str, folder: str = "INBOX", on: bool = True) -> None:
        r"""Set these flags (`\Seen`), or remove them."""
        self._ok(
            self._imap.uid("STORE", self._find(letter, folder), f"{'+' if on else '-'}FLAGS", f"({' '.join(flags)})")
        )

    def move(self, letter: str, to: str, folder: str = "INBOX") -> None:
        """Move it into another folder, which is made if it is missing."""
        uid = self._find(letter, folder)
        self._imap.create(coded(to))
        self._ok(self._imap._simple_command("UID", "MOVE", uid, coded(to)))

    def delete(self, letter: str, folder: str = "INBOX") -> None:
        """Delete it at once, past any trash."""
        self._ok(self._imap.uid("STORE", self._find(letter, folder), "+FLAGS", r"(\Deleted)"))
        self._ok(self._imap.expunge())

    def flags(self, letter: str, folder: str = "INBOX") -> str:
        """The flags that are set on it."""
        found = self._ok(self._imap.uid("FETCH", self._find(letter, folder), "(FLAGS)"))[0]
        assert isinstance(found, bytes)
        return found.decode()

    def put(self, letter: bytes, folder: str, day: int) -> None:
        """File a letter as if it had arrived on that day of January 2026."""
        arrived = f'"{day:02}-Jan-2026 10:00:00 +0000"'
        self._ok(self._imap.append(coded(folder), "", arrived, letter))

    def rename(self, folder: str, to: str) -> None:
        """Rename a folder."""
        self._ok(self._imap.rename(coded(folder), coded(to)))

    def create(self, folder: str) -> None:
        """Make a folder."""
        self._ok(self._imap.create(coded(folder)))

    def _find(self, letter: str, folder: str) -> str:
        self._ok(self._imap.select(coded(folder)))
        (uids,) = self._ok(self._imap.uid("SEARCH", "HEADER", "Message-ID", f'"{letter}"'))
        assert uids, f"{letter} is not in {folder}"
        return str(uids.split()[0].decode())

    @staticmethod
    def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
        assert answer[0] == "OK", answer
        return answer[1]
