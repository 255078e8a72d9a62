"""The folder of what was sent is found by its name, where the server does not mark it."""

from __future__ import annotations

import pytest

from app.channels.email.imap import Folder, Mailbox


class Unmarked(Mailbox):
    """A mailbox whose folders bear names alone; no server is asked."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def folders(self) -> list[Folder]:
        return [Folder(name, frozenset()) for name in self._names]


@pytest.mark.parametrize(
    "name",
    ["Sent", "INBOX.Odeslané zprávy", "Odeslaná pošta", "Elküldött levelek", "Elküldött üzenetek", "Απεσταλμένα"],
)
def test_a_folder_that_is_called_so_is_the_one_of_what_was_sent(name: str) -> None:
    assert Unmarked("INBOX", "Drafts", name).sent_folder() == name


def test_without_such_a_name_there_is_none() -> None:
    assert Unmarked("INBOX", "Odeslaná přání").sent_folder() == ""
