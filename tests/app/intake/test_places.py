"""What another program does in the mailbox is seen here: against a real Dovecot, with a second program on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from app.base import clock
from app.channels.email.imap import Mailbox
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture(params=["told what changed", "compared"])
def server(post: MailServer, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A server that says what changed, and one that cannot: then the newest letters are compared."""
    if request.param == "compared":
        monkeypatch.setattr(Mailbox, "tells_changes", lambda _box: False)
    return post


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


@pytest.fixture
def phone(server: MailServer, name: str) -> Iterator[Phone]:
    with Phone(server, name) as phone:
        yield phone


def connect(bench: Workbench, server: MailServer, name: str, title: str = "Post", **more: str) -> int:
    made, _ = bench.accounts.add("email", title, server.fields(name, **more), {"password": PASSWORD})
    return made.id


def letter(number: str, text: str = "Hæ!", sender: str = "Ada <ada@x.is>", ago: int = 0, **more: str) -> bytes:
    given = {
        "From": sender,
        "Subject": "Glass",
        "Date": formatdate(clock.now() - ago),
        "Message-ID": f"<{number}@x.is>",
    }
    given |= {key.replace("_", "-"): value for key, value in more.items()}
    head = "".join(f"{key}: {value}\r\n" for key, value in given.items())
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def pull(bench: Workbench, account: str = "Post") -> None:
    assert bench.sync.pull(account).error == ""


def talk(bench: Workbench) -> int:
    """The only conversation."""
    (number,) = (row[0] for row in bench.store.read.execute("SELECT id FROM conversation"))
    return int(number)


def words(bench: Workbench) -> list[str]:
    """The words of each letter's `mailbox`, without their times."""
    rows = bench.store.read.execute("SELECT mailbox FROM message ORDER BY at, id")
    return [" ".join(word.partition(":")[0] for word in row[0].split()) for row in rows]


def state(bench: Workbench) -> str:
    return bench.inbox.row(talk(bench)).state


def began(bench: Workbench, server: MailServer, name: str, **more: str) -> None:
    """An account with one letter that waits for an answer."""
    connect(bench, server, name, **more)
    server.deliver(name, letter("1"))
    pull(bench)
    assert state(bench) == "needs_me"
    assert bench.inbox.row(talk(bench)).unread == 1


@pytest.mark.slow
def test_read_elsewhere_is_read_here(bench: Workbench, server: MailServer, name: str, phone: Phone) -> None:
    began(bench, server, name)
    phone.mark("1@x.is", r"\Seen")
    pull(bench)
    row = bench.inbox.row(talk(bench))
    assert (row.unread, row.state, words(bench)) == (0, "needs_me", ["seen"])
    phone.mark("1@x.is", r"\Seen", on=False)
    pull(bench)
    assert (bench.inbox.row(talk(bench)).unread, words(bench)) == (0, [""])


def test_read_before_it_came_in_is_read(bench: Workbench, server: MailServer, name: str, phone: Phone) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("1", ago=60))
    server.deliver(name, letter("2", "And a lid", In_Reply_To="<1@x.is>"))
    phone.mark("1@x.is", r"\Seen")
    pull(bench)
    assert bench.inbox.row(talk(bench)).unread == 1


@pytest.mark.slow
def test_answered_elsewhere_waits_for_us_no_longer(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    phone.mark("1@x.is", r"\Answered", r"\Seen")
    pull(bench)
    row = bench.inbox.row(talk(bench))
    assert (row.state, row.waiting_since, row.unread, words(bench)) == ("waiting", None, 0, ["seen answered"])
    server.deliver(name, letter("2", "And a lid", In_Reply_To="<1@x.is>"))
    pull(bench)
    assert state(bench) == "needs_me"


def test_answered_before_it_came_in_waits_for_nobody(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("1"))
    phone.mark("1@x.is", r"\Answered")
    pull(bench)
    assert state(bench) == "waiting"


@pytest.mark.slow
def test_of_several_people_only_the_answered_one_waits_no_longer(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("1", ago=90))
    server.deliver(name, letter("2", "Me too", "Bob <bob@x.is>", 60, In_Reply_To="<1@x.is>", Cc="ada@x.is"))
    pull(bench)
    phone.mark("2@x.is", r"\Answered")
    pull(bench)
    assert state(bench) == "needs_me"
    assert {who.address: who.waits for who in bench.inbox.open(talk(bench)).speakers} == {
        "ada@x.is": True, "bob@x.is": False,
    }  # fmt: skip
    phone.mark("1@x.is", r"\Answered")
    pull(bench)
    assert state(bench) == "waiting"


@pytest.mark.slow
def test_our_own_answer_is_not_taken_for_another_programs(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    bench.outbox.submit(clear(Draft("Takk!", "is"), ()), talk(bench), hold_seconds=0)
    (line,) = bench.sync.run(["Post"])
    assert (line.sent, line.error) == (1, "")
    pull(bench)
    assert "\\Answered" in phone.flags("1@x.is")
    assert words(bench)[0] == ""
    assert state(bench) == "waiting"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "word"), [("Archive", "archived"), ("Trash", "deleted"), ("Junk", "junk"), ("Projects/Lemons", "moved")]
)
def test_moved_away_is_done_and_moved_back_is_open(
    bench: Workbench, server: MailServer, name: str, phone: Phone, folder: str, word: str
) -> None:
    began(bench, server, name)
    phone.move("1@x.is", folder)
    pull(bench)
    assert (state(bench), words(bench)) == ("done", [word])
    assert bench.inbox.open(talk(bench)).lines[0].text == "Hæ!"
    phone.move("1@x.is", "INBOX", folder)
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", ["back"])
    assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 1


def test_deleted_elsewhere_is_done_and_its_words_stay(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    phone.delete("1@x.is")
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["deleted"])
    assert bench.inbox.open(talk(bench)).lines[0].text == "Hæ!"


@pytest.mark.slow
def test_marked_as_deleted_and_again_not(bench: Workbench, server: MailServer, name: str, phone: Phone) -> None:
    began(bench, server, name)
    phone.mark("1@x.is", r"\Deleted")
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["deleted"])
    phone.mark("1@x.is", r"\Deleted", on=False)
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", ["back"])


@pytest.mark.slow
def test_what_the_person_decided_here_is_not_undone(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    phone.move("1@x.is", "Archive")
    pull(bench)
    bench.inbox.reopen([talk(bench)])
    pull(bench)
    assert state(bench) == "needs_me"  # it is not closed again
    bench.inbox.done([talk(bench)], at=clock.now() + 5)
    phone.move("1@x.is", "INBOX", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["back"])  # nor opened, as the person closed it


@pytest.mark.slow
def test_snoozed_and_marked_conversations_are_only_told_of(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    bench.inbox.mark(talk(bench), "unhappy", on=True)
    phone.move("1@x.is", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", ["archived"])
    phone.move("1@x.is", "INBOX", "Archive")
    pull(bench)
    bench.inbox.mark(talk(bench), "unhappy", on=False)
    bench.inbox.snooze([talk(bench)], clock.now() + 9000)
    phone.move("1@x.is", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("snoozed", ["archived"])


def test_an_earlier_letter_that_is_archived_closes_nothing(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("1", ago=60))
    server.deliver(name, letter("2", "And a lid", In_Reply_To="<1@x.is>"))
    pull(bench)
    phone.move("1@x.is", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", ["archived", ""])


@pytest.mark.slow
def test_a_letter_moved_between_folders_that_we_read_is_the_same(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    phone.create("Support")
    began(bench, server, name, folders="INBOX, Support")
    phone.move("1@x.is", "Support")
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", [""])
    assert [tuple(row) for row in bench.store.read.execute("SELECT folder FROM letter_place")] == [("Support",)]
    phone.move("1@x.is", "INBOX", "Support")  # into the folder that is read first
    pull(bench)
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", [""])
    phone.move("1@x.is", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["archived"])


@pytest.mark.slow
def test_flagged_elsewhere_is_shown(bench: Workbench, server: MailServer, name: str, phone: Phone) -> None:
    began(bench, server, name)
    phone.mark("1@x.is", r"\Flagged")
    pull(bench)
    assert words(bench) == ["flagged"]
    assert bench.inbox.row(talk(bench)).flagged
    phone.mark("1@x.is", r"\Flagged", on=False)
    pull(bench)
    assert not bench.inbox.row(talk(bench)).flagged


def test_nothing_is_marked_as_read_there(bench: Workbench, server: MailServer, name: str, phone: Phone) -> None:
    began(bench, server, name)
    bench.inbox.seen(talk(bench))
    bench.inbox.done([talk(bench)])
    pull(bench)
    assert "\\Seen" not in phone.flags("1@x.is")


@pytest.mark.slow
def test_what_is_gone_is_looked_for_again_after_an_interruption(
    bench: Workbench, server: MailServer, name: str, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    began(bench, server, name)
    phone.move("1@x.is", "Archive")
    with monkeypatch.context() as patched:
        patched.setattr("app.sync.Sync._settle", lambda *_: None)  # as if it had been killed just then
        pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", ["missing"])
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["archived"])


@pytest.mark.slow
def test_letters_of_before_places_were_kept_are_followed_too(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    with bench.store.write() as conn:  # as an earlier Rapport left it
        conn.execute("DELETE FROM letter_place")
        conn.execute("DELETE FROM cursor WHERE name LIKE 'changes:%'")
    pull(bench)
    phone.move("1@x.is", "Archive")
    pull(bench)
    assert (state(bench), words(bench)) == ("done", ["archived"])


def test_a_folder_numbered_anew_takes_no_letter_for_gone(
    bench: Workbench, server: MailServer, name: str, phone: Phone
) -> None:
    began(bench, server, name)
    with bench.store.write() as conn:
        conn.execute("UPDATE cursor SET value = '7' || substr(value, instr(value, ':')) WHERE name LIKE '%INBOX'")
    pull(bench)
    assert (state(bench), words(bench)) == ("needs_me", [""])
    phone.mark("1@x.is", r"\Answered")
    pull(bench)
    assert state(bench) == "waiting"
