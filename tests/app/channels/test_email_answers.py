"""What an IMAP server answers is read with doubt: nonsense keeps nothing else back, and no flood fills the memory."""

from __future__ import annotations

import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.base import Refused, TryLater
from app.channels.email import answers, bounded
from app.channels.email.imap import Mailbox
from app.channels.email.login import Login
from app.channels.email.providers import NONE, Server

Say = Callable[[str, str], list[bytes]]
"""What a server says to a command: for (tag, rest of the line) the pieces to send."""


class Told:
    """A server on this machine that logs anybody in and answers FETCH and LIST as a test says."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.asked: list[str] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        line, _ = self._door.accept()
        with line, line.makefile("rb") as reader:
            try:
                line.sendall(b"* OK here\r\n")
                for raw in reader:
                    tag, _, rest = raw.decode().strip().partition(" ")
                    for piece in self._reply(tag, rest):
                        line.sendall(piece)
            except OSError:  # it was hung up on
                return

    def _reply(self, tag: str, rest: str) -> list[bytes]:
        self.asked.append(rest)
        verb = rest.split(maxsplit=1)[0]
        if verb in ("FETCH", "UID", "LIST"):
            return self._say(tag, rest)
        first = {"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", "EXAMINE": b"* 9 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n"}
        return [first.get(verb, b"") + f"{tag} OK done\r\n".encode()]

    def close(self) -> None:
        self._door.close()
        self._thread.join(5)


@pytest.fixture
def opened() -> Iterator[Callable[[Say], Mailbox]]:
    """Opens a mailbox on a server that says what a test wants."""

    def begin(say: Say) -> Mailbox:
        told = Told(say)
        left.callback(told.close)
        box = Mailbox(Server("127.0.0.1", told.port, NONE, ""), Login("jana", "lemon"), 5)
        left.callback(box.close)
        box.open("INBOX")
        return box

    with ExitStack() as left:
        yield begin


def _ended(tag: str, *lines: bytes) -> list[bytes]:
    return [*lines, f"{tag} OK done\r\n".encode()]


def _mail(uid: int, raw: bytes) -> bytes:
    return b"* %d FETCH (UID %d RFC822.SIZE %d BODY[] {%d}\r\n%s)\r\n" % (uid, uid, len(raw), len(raw), raw)


# --- too much


@pytest.mark.slow
@pytest.mark.parametrize(
    "flood",
    [
        pytest.param([b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"] + [b"x" * 1_000_000] * 200, id="one large literal"),
        pytest.param([_mail(number, b"x" * 1_000_000) for number in range(1, 200)], id="many literals"),
        pytest.param([b"* 1 FETCH (FLAGS ())\r\n" * 10_000] * 2, id="many lines"),
    ],
)
def test_a_flood_is_hung_up_on(
    opened: Callable[[Say], Mailbox], flood: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "WORDS_MAX", 200_000)
    box = opened(lambda tag, _: [*flood, f"{tag} OK done\r\n".encode()])
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="didn't use IMAP as expected"):
            box.fetch([1])
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 2 * bounded.MAILS_MAX
    assert not box.alive()


def test_each_command_may_have_an_answer_of_that_size(
    opened: Callable[[Say], Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MAILS_MAX", 1_000)
    monkeypatch.setattr(bounded, "WORDS_MAX", 1_000)
    box = opened(lambda tag, _: _ended(tag, _mail(5, b"x" * 900)))
    assert [len(box.fetch([5])[0].raw) for _ in range(5)] == [900] * 5


# --- nonsense


def test_a_mail_that_is_told_of_in_nonsense_keeps_no_other_back(opened: Callable[[Say], Mailbox]) -> None:
    def say(tag: str, rest: str) -> list[bytes]:
        uids = [int(one) for one in rest.split()[2].split(",")]
        odd = b'* 3 FETCH (UID 3 BODY[] "never closed)\r\n'
        return _ended(tag, *(odd if uid == 3 else _mail(uid, b"Hello %d" % uid) for uid in uids))

    assert [mail.uid for mail in opened(say).fetch([1, 2, 3, 4, 5])] == [1, 2, 4, 5]


def test_a_listing_in_nonsense_is_a_sentence(opened: Callable[[Say], Mailbox]) -> None:
    box = opened(lambda tag, _: _ended(tag, b"* 1 FETCH (UID)\r\n"))
    with pytest.raises(Refused, match="didn't use IMAP as expected"):
        box.newer(0, 9)


def test_a_folder_in_nonsense_hides_no_other(opened: Callable[[Say], Mailbox]) -> None:
    lines = [
        b'* LIST (\\HasNoChildren) "/" INBOX\r\n',
        b'* LIST (\\HasNoChildren "/" broken\r\n',
        b'* LIST (\\Noselect) "/" "group"\r\n',
        b'* LIST () "/" {7}\r\nA "b" c\r\n',
        b"* LIST (\\Sent) NIL 2025\r\n",
        b'* LIST () "/" "Caf&AOk"\r\n',
        b'* LIST () "/" "half &2D0-"\r\n',
    ]
    found = opened(lambda tag, _: _ended(tag, *lines)).folders()
    assert [folder.name for folder in found][:4] == ["INBOX", 'A "b" c', "2025", "Café"]
    assert found[2].flags == {"\\sent"}
    "".join(folder.name for folder in found).encode()


def test_what_was_read_meanwhile_is_not_taken_for_another_mails() -> None:
    answer = [
        (b"5 (UID 9 FLAGS () RFC822.SIZE 2 BODY[] {2}", b"hi"), b")",
        b"9 (FLAGS (\\Deleted))",
        b"5 (FLAGS (\\Seen))",
    ]  # fmt: skip
    (mail,) = answers.mails(answer)
    assert (mail.uid, mail.raw, mail.flags) == (9, b"hi", frozenset({"\\seen"}))


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ('"17-Jul-2025 02:44:25 +0200"', datetime(2025, 7, 17, 0, 44, 25, tzinfo=UTC)),
        ('" 7-Jul-2025 02:44:25 +0000"', datetime(2025, 7, 7, 2, 44, 25, tzinfo=UTC)),
        ('"17-Nix-2025 02:44:25 +0200"', None),
        ('"17-Jul-2025 02:44:25 +9900"', None),
        ("NIL", None),
    ],
)
def test_when_a_mail_arrived(told: str, at: datetime | None) -> None:
    (mail,) = answers.mails([f"1 (UID 1 INTERNALDATE {told})".encode()])
    assert mail.arrived == (at and int(at.timestamp()))


def test_parentheses_without_end_are_no_crash() -> None:
    with pytest.raises(answers.UnreadableError):
        answers.mails([b"1 (UID 1 FLAGS " + b"(" * 100_000])


@given(st.binary(max_size=60) | st.text('()\\"{}[] &-0UIDFLAGS', max_size=60).map(str.encode))
def test_whatever_is_said_is_read_or_refused(said: bytes) -> None:
    list(answers.folders([said]))
    with suppress(answers.UnreadableError):
        answers.mails([said])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_a_folders_name_comes_back_as_it_went(name: str) -> None:
    (found,) = answers.folders([b'() "/" ' + answers.coded(name).encode()])
    assert found[0] == name


# --- what is refused


def _handing_out(tag: str, rest: str, *, damaged: set[int], code: str) -> list[bytes]:
    """Hands out mails by UID; all of them are refused where one is damaged, as Dovecot does (FETCH: NO [SERVERBUG])."""
    uids = [int(uid) for uid in rest.split()[2].split(",")]
    if damaged.intersection(uids):
        return [f"{tag} NO [{code}] Internal error occurred\r\n".encode()]
    return _ended(tag, *(_mail(uid, b"Subject: Lemons\r\n\r\nHi") for uid in uids))


def test_a_mail_that_cannot_be_handed_out_keeps_no_other_back(opened: Callable[[Say], Mailbox]) -> None:
    box = opened(lambda tag, rest: _handing_out(tag, rest, damaged={3}, code="SERVERBUG"))
    assert [mail.uid for mail in box.fetch([1, 2, 3, 4, 5])] == [1, 2, 4, 5]
    with pytest.raises(TryLater, match="Internal error"):  # nothing says that it is not the whole server
        box.fetch([3])


@pytest.mark.parametrize("code", ["UNAVAILABLE", "LIMIT", "THROTTLED"])
def test_a_server_that_is_busy_loses_no_mail(opened: Callable[[Say], Mailbox], code: str) -> None:
    box = opened(lambda tag, rest: _handing_out(tag, rest, damaged={3}, code=code))
    with pytest.raises(TryLater):
        box.fetch([1, 2, 3, 4, 5])
