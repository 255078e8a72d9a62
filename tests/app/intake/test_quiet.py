"""What nobody waits for: kept, findable, and without any effect on members and states."""

from __future__ import annotations

import json

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.inbox import Inbox, Query
from app.inbox.quiet import delivery, why_quiet
from app.inbox.rows import Line
from app.intake import Intake
from app.mail.parse import parse
from app.members import Members
from app.members.card import card
from app.outbox.composing import way
from app.promises import Promises
from app.search import Search
from app.store.store import Store
from app.workbench import Workbench
from tests.app.mail.test_reports import FAILED
from tests.app.saying import account

OWN = frozenset({"desk@example.org"})
AWAY = "Auto-Submitted: auto-replied"


def mail(number: str, minute: int, *head: str, sender: str = "Dóra <dora@example.org>", text: str = "Halló") -> bytes:
    """A letter to us, a minute after ten."""
    lines = (f"From: {sender}", "To: desk@example.org", f"Message-ID: <{number}@example.org>",
             f"Date: Sat, 28 Nov 2026 10:{minute:02d}:00 +0000", "Subject: Program", *head)  # fmt: skip
    return ("\n".join(lines) + f"\n\n{text}\n").encode()


OURS = {"sender": "Desk <desk@example.org>"}


@pytest.fixture
def place(store: Store) -> int:
    return account(store, "email", own=" ".join(OWN))


def take(store: Store, place: int, *mails: bytes) -> None:
    """Take letters in, one transaction each, as they arrive."""
    for raw in mails:
        Intake(store).take(place, [parse(raw, OWN)])


def states(store: Store) -> list[str]:
    return [row[0] for row in store.read.execute("SELECT state FROM conversation ORDER BY id")]


def one(store: Store, sql: str) -> object:
    return store.read.execute(sql).fetchone()[0]


def answered(store: Store, place: int) -> None:
    """A letter, and our answer to it."""
    take(store, place, mail("1", 0), mail("2", 1, "In-Reply-To: <1@example.org>", text="Kedden.", **OURS))


def test_an_away_note_changes_nothing_in_its_conversation(store: Store, place: int) -> None:
    answered(store, place)
    Inbox(store).done([1])
    before = store.read.execute(
        "SELECT state, waiting_since, unread, last_at, last_message_id FROM conversation"
    ).fetchone()
    take(store, place, mail("3", 6, AWAY, "In-Reply-To: <2@example.org>"))
    after = store.read.execute(
        "SELECT state, waiting_since, unread, last_at, last_message_id FROM conversation"
    ).fetchone()
    assert tuple(before) == tuple(after)
    assert one(store, "SELECT count(*) FROM message WHERE conversation_id = 1") == 3


def test_a_snoozed_one_sleeps_on(store: Store, place: int) -> None:
    answered(store, place)
    Inbox(store).snooze([1], (1 << 63) - 1)
    take(store, place, mail("3", 6, AWAY, "In-Reply-To: <2@example.org>"))
    assert states(store) == ["snoozed"]


def test_alone_it_lies_in_the_quiet_pile_and_makes_nobody(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, "List-Unsubscribe: <https://x.example/u>", sender="News <news@x.example>"))
    inbox = Inbox(store)
    assert states(store) == ["quiet"]
    assert inbox.counts()["quiet"] == 1
    assert [ref.id for ref in inbox.refs(Query("quiet"))] == [ref.id for ref in inbox.refs(Query("all"))] == [1]
    assert inbox.rows([1])[0].member == "News"
    assert one(store, "SELECT count(*) FROM member") == one(store, "SELECT count(*) FROM identity") == 0


def test_a_persons_word_behind_it_needs_us(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, AWAY), mail("2", 5, "In-Reply-To: <1@example.org>"))
    assert states(store) == ["needs_me"]
    assert one(store, "SELECT waiting_since - first_at FROM conversation") == 300


def test_a_bounce_marks_the_letter_and_asks_for_us(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, sender="Eva <eva@example.net>"),
         mail("f30-2", 1, "In-Reply-To: <1@example.org>", **OURS))  # fmt: skip
    assert states(store) == ["waiting"]
    bounce = b"From: MAILER-DAEMON@mx.example\nMessage-ID: <b@mx.example>\nDate: Sat, 28 Nov 2026 10:02:00 +0000\n"
    take(store, place, bounce + FAILED)
    assert states(store) == ["needs_me"]
    words = "eva@example.net\n550 5.1.1 <eva@example.net>: Recipient address rejected: User unknown"
    assert one(store, "SELECT failed FROM message WHERE out = 1") == words
    assert one(store, "SELECT count(*) FROM member") == 1
    (line,) = [line for line in Inbox(store).open(1).lines if line.out]
    assert line.failed == words
    assert [speaker.address for speaker in Inbox(store).open(1).speakers] == ["eva@example.net"]
    shown = card(store, Members(store), Promises(store), 1, 2026)
    assert shown.answered == 0  # it did not reach her
    assert one(store, "SELECT count(*) FROM attachment") == 0  # the parts of a report are for programs


def test_to_a_quiet_conversation_there_is_nobody_to_reply(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, AWAY))
    with store.write() as conn, pytest.raises(UserError, match="Nobody is waiting for a reply here"):
        way(conn, 1)


def test_a_delay_is_only_a_note(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, sender="Eva <eva@example.net>"),
         mail("f30-2", 1, "In-Reply-To: <1@example.org>", **OURS))  # fmt: skip
    bounce = b"From: MAILER-DAEMON@mx.example\nMessage-ID: <b@mx.example>\nDate: Sat, 28 Nov 2026 10:02:00 +0000\n"
    take(store, place, bounce + FAILED.replace(b"Action: failed", b"Action: delayed"))
    assert states(store) == ["waiting"]
    assert one(store, "SELECT failed FROM message WHERE out = 1") == ""


def test_a_report_about_no_letter_of_ours_is_only_a_mail(store: Store, place: int) -> None:
    bounce = b"From: MAILER-DAEMON@mx.example\nMessage-ID: <b@mx.example>\nDate: Sat, 28 Nov 2026 10:02:00 +0000\n"
    take(store, place, bounce + FAILED)
    assert states(store) == ["quiet"]


LIST = ("List-Id: Garden <garden.lists.example.org>", "List-Post: <mailto:garden@lists.example.org>")


@pytest.mark.parametrize(
    ("head", "text", "state"),
    [
        ((), "I have seeds.", "needs_me"),  # it names us in To
        (("To: garden@lists.example.org",), "I have seeds.", "quiet"),
        (("To: garden@lists.example.org",), "Ask desk@example.org about it.", "needs_me"),
        (("To: garden@lists.example.org",), "Ask the people of Sítróna.", "needs_me"),
        (("To: garden@lists.example.org", "Cc: Desk <desk@example.org>"), "What do you think?", "needs_me"),
    ],
)
def test_a_letter_of_a_list_needs_us_where_it_names_us(
    store: Store, place: int, head: tuple[str, ...], text: str, state: str
) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO setting VALUES ('community', 'Sítróna')")
    raw = mail("1", 0, *LIST, *head, text=text)
    if head:
        raw = raw.replace(b"To: desk@example.org\n", b"", 1)
    take(store, place, raw)
    assert states(store) == [state]
    assert one(store, "SELECT name FROM member") == "Dóra"


def test_a_letter_of_a_list_that_answers_ours_needs_us(store: Store, place: int) -> None:
    ours = mail("1", 0, **OURS).replace(b"To: desk@example.org", b"To: garden@lists.example.org")
    theirs = mail("2", 1, *LIST, "In-Reply-To: <1@example.org>").replace(b"To: desk@", b"To: garden@lists.")
    take(store, place, ours, theirs)
    assert "needs_me" in states(store)


def test_the_person_says_that_it_was_a_person_and_is_remembered(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, AWAY))
    Intake(store).by_person([1])
    assert states(store) == ["needs_me"]
    assert one(store, "SELECT name FROM member") == "Dóra"
    take(store, place, mail("2", 5, AWAY))
    assert states(store) == ["needs_me", "needs_me"]


def test_several_are_one_action_and_one_that_is_not_quiet_changes_none(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, AWAY), mail("2", 1, AWAY), mail("3", 2, sender="Eva <eva@x.is>"))
    with pytest.raises(UserError):
        Intake(store).by_person([1, 3])
    assert states(store) == ["quiet", "quiet", "needs_me"]
    Intake(store).by_person([1, 2])
    assert states(store) == ["needs_me"] * 3
    assert one(store, "SELECT count(*) FROM action") == 1


def test_what_a_mail_server_reports_is_nobodys(store: Store, place: int) -> None:
    bounce = b"From: MAILER-DAEMON@mx.example\nMessage-ID: <b@mx.example>\nDate: Sat, 28 Nov 2026 10:02:00 +0000\n"
    take(store, place, bounce + FAILED)
    with pytest.raises(UserError, match="only reports of a mail server"):
        Intake(store).by_person([1])


def test_whom_a_letter_names_is_kept(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, "Cc: Béla <bela@example.org>"))
    kept = json.loads(str(one(store, "SELECT envelope FROM message")))
    assert kept == {"to": [["", "desk@example.org"]], "cc": [["Béla", "bela@example.org"]], "alias": "desk@example.org"}


def test_a_letter_is_found_by_whom_it_names_and_by_who_sent_it(store: Store, place: int) -> None:
    take(store, place, mail("1", 0, "Cc: Béla <bela@example.org>"),
         mail("2", 1, "List-Unsubscribe: <https://x.example/u>", sender="Fréttir <news@x.example>"))  # fmt: skip
    search = Search(store)
    assert [hit.conversation_id for hit in search.messages("bela")] == [1]
    assert [hit.conversation_id for hit in search.messages("frettir")] == [2]


def test_that_it_was_a_person_can_be_undone_and_redone(profile: Profile) -> None:
    bench = Workbench(profile)
    place = account(bench.store, "email", own=" ".join(OWN))
    take(bench.store, place, mail("1", 0, AWAY))
    before = index_rows(bench)
    bench.intake.by_person([1])
    after = index_rows(bench)
    assert states(bench.store) == ["needs_me"]
    bench.actions.undo()
    assert states(bench.store) == ["quiet"]
    assert one(bench.store, "SELECT count(*) FROM known_person") == one(bench.store, "SELECT count(*) FROM member") == 0
    assert index_rows(bench) == before
    bench.store.redo_last()
    assert states(bench.store) == ["needs_me"]
    assert index_rows(bench) == after
    bench.close()


def index_rows(bench: Workbench) -> list[tuple[str, int]]:
    """Every word of the index with the messages that it finds."""
    with bench.store.write() as conn:
        conn.execute("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, message_index, instance)")
        rows = sorted((row["term"], row["doc"]) for row in conn.execute("SELECT term, doc FROM temp.seen"))
        conn.execute("DROP TABLE temp.seen")
    return rows


def test_a_place_that_no_program_can_read_is_not_overlooked(store: Store, place: int) -> None:
    """What could not be read of a notice is a mail as before: somebody may have written there."""
    take(
        store,
        place,
        mail("1", 0, "List-Unsubscribe: <https://instagram.example/u>", sender="no-reply@mail.instagram.com"),
    )
    assert states(store) == ["needs_me"]
    assert one(store, "SELECT count(*) FROM member") == 0


def test_where_people_wrote_there_is_nothing_to_say(store: Store, place: int) -> None:
    take(store, place, mail("1", 0))
    with pytest.raises(UserError, match="isn't quiet"):
        Intake(store).by_person([1])


@pytest.mark.parametrize(
    ("failed", "sentence"),
    [
        ("", ""),
        ("eva@x.is\n550 no such user", "Not delivered to eva@x.is: 550 no such user"),
        ("eva@x.is\n", "Not delivered to eva@x.is."),
        ("\n", "Not delivered."),
    ],
)
def test_what_is_said_of_a_message_that_was_not_delivered(failed: str, sentence: str) -> None:
    assert delivery(Line("said", 1, 0, "Hi", out=True, failed=failed)) == sentence


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("security@facebookmail.com", "Did you just log in near Brno?"),
        ("no-reply@mail.instagram.com", "New login to Instagram from Firefox on Linux"),
        ("notifications-noreply@linkedin.com", "You appeared in 5 searches this week"),
        ("info@x.com", "Jelszó visszaállítása"),
        ("noreply@redditmail.com", "Your weekly digest"),
        ("noreply@youtube.com", "Επαλήθευση του λογαριασμού σας"),
        ("posts-recaps@mail.instagram.com", "See what you missed"),
    ],
)
def test_what_a_place_sends_besides_is_quiet(store: Store, place: int, sender: str, subject: str) -> None:
    letter = f"From: Place <{sender}>\nSubject: {subject}\nMessage-ID: <s1@x>\n\nThis is about your account.\n"
    take(store, place, letter.encode())
    assert states(store) == ["quiet"]
    assert one(store, "SELECT count(*) FROM member") == 0


def test_what_somebody_said_there_is_not(store: Store, place: int) -> None:
    letter = (
        "From: Facebook <security@facebookmail.com>\nSubject: Anna Bell commented on your post\nMessage-ID: <s1@x>\n"
    )
    take(store, place, f"{letter}\nAnna wrote: “I lost my password, can you help?”\n".encode())
    assert states(store) == ["needs_me"]


@pytest.mark.parametrize(
    "head",
    [
        "Authentication-Results: mx.us; dmarc=fail\nFrom: Facebook <notification@facebookmail.com>",
        "From: Facebook <notice@facebook-comments.example>",
        "From: LinkedIn <linkedin@mail.evil.example>",
    ],
)
def test_what_only_pretends_to_be_a_notice_is_said_to(store: Store, place: int, head: str) -> None:
    letter = f"{head}\nSubject: Anna Bell commented on your post\nMessage-ID: <s1@x>\n\nAnna wrote: “Is it vegan?”\n"
    take(store, place, letter.encode())
    assert states(store) == ["quiet"]
    assert "Don't follow its links" in why_quiet(
        Line("said", 1, 0, "", quiet=str(one(store, "SELECT quiet FROM message")))
    )
    assert one(store, "SELECT count(*) FROM member") == 0


@pytest.mark.parametrize("head", ["From: Facebook Fan <anna@home.example>", "From: Trustpilot <hello@trustpilot.dk>"])
def test_who_is_called_like_a_place_or_is_one_does_not_pretend(store: Store, place: int, head: str) -> None:
    take(store, place, f"{head}\nSubject: Hello\nMessage-ID: <s1@x>\n\nAre you open?\n".encode())
    assert states(store) == ["needs_me"]
