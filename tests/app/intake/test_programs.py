"""What programs post on a channel: quiet, unless it answers us, and a person's once somebody says so."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.channels.base import by_program
from app.inbox import Inbox
from app.inbox.quiet import why_quiet
from app.outbox.composing import way
from app.workbench import Workbench
from tests.app.saying import account

BOT = Author("4711", "@levels", "Levels", "https://chat.example/4711")
ANNA = Author("1", "@anna", "Anna")
NOW = 1_795_000_000


@pytest.fixture
def bench(profile: Profile) -> Workbench:
    made = Workbench(profile)
    made.settings.put("quiet_days", 36_500)
    return made


def take(bench: Workbench, *items: Incoming) -> None:
    where = bench.store.read.execute("SELECT id FROM account").fetchone()
    number = where[0] if where else account(bench.store, "discord", "Chat", own="7")
    for item in items:
        bench.intake.take(number, [item])


def posted(remote_id: str, text: str = "Anna is level 5 now!", **more: object) -> Incoming:
    item = by_program(Incoming(remote_id, NOW + int(remote_id[1:]), text, BOT, language="en"))
    return item._replace(**more)  # type: ignore[arg-type]


def asked(remote_id: str, text: str = "Is it sweet?", **more: object) -> Incoming:
    return Incoming(remote_id, NOW + int(remote_id[1:]), text, ANNA, language="en")._replace(**more)  # type: ignore[arg-type]


def states(bench: Workbench) -> list[str]:
    return [row[0] for row in bench.store.read.execute("SELECT state FROM conversation ORDER BY id")]


def members(bench: Workbench) -> list[str]:
    return [row[0] for row in bench.store.read.execute("SELECT name FROM member ORDER BY id")]


def test_it_is_quiet_says_why_and_makes_nobody(bench: Workbench) -> None:
    take(bench, posted("m1"), posted("m2"))
    assert (states(bench), members(bench)) == (["quiet", "quiet"], [])
    (line,) = Inbox(bench.store).open(1).lines
    assert (line.author, why_quiet(line)) == ("Levels", "Sent by a program. It needs no reply.")
    assert Inbox(bench.store).rows([1])[0].member == "Levels"
    bench.close()


def test_a_reply_to_it_is_refused_with_the_true_reason(bench: Workbench) -> None:
    take(bench, posted("m1"), asked("m2", "Buy pills", upstream="spam"))
    with bench.store.write() as conn:
        with pytest.raises(UserError, match="If a person wrote this, say so first"):
            way(conn, 1)
        with pytest.raises(UserError, match="marked as spam"):
            way(conn, 2)
    bench.close()


def test_in_a_conversation_of_people_it_changes_nothing(bench: Workbench) -> None:
    take(bench, asked("m1"), Incoming("m2", NOW + 2, "Very.", Author("7", "us"), out=True, refs=("m1",), parent="m1"))
    assert states(bench) == ["waiting"]
    take(bench, posted("m3", refs=("m1",), parent="m1"))
    assert states(bench) == ["waiting"]
    assert bench.store.read.execute("SELECT messages FROM conversation").fetchone()[0] == 3
    bench.close()


@pytest.mark.parametrize("more", [{"parent": "m2"}, {"refs": ("m2",)}])
def test_an_answer_to_us_waits_for_us(bench: Workbench, more: dict[str, object]) -> None:
    take(bench, asked("m1"), Incoming("m2", NOW + 2, "Very.", Author("7", "us"), out=True, refs=("m1",), parent="m1"))
    take(bench, posted("m3", **{"refs": ("m1", "m2"), **more}))  # type: ignore[arg-type]
    assert states(bench) == ["needs_me"]
    assert members(bench) == ["Anna", "Levels"]
    bench.close()


def test_what_is_reported_waits_for_us_whoever_wrote_it(bench: Workbench) -> None:
    take(bench, posted("m1", upstream="reported"))
    assert states(bench) == ["needs_me"]
    take(bench, posted("m2"))
    assert states(bench) == ["needs_me", "quiet"]
    take(bench, posted("m2", upstream="reported"))
    assert states(bench) == ["needs_me", "needs_me"]
    take(bench, posted("m2"))
    assert states(bench) == ["needs_me", "quiet"]
    bench.close()


def test_a_person_wrote_this_makes_them_somebody_from_then_on(bench: Workbench) -> None:
    take(bench, posted("m1"))
    bench.intake.by_person([1])
    assert (states(bench), members(bench)) == (["needs_me"], ["Levels"])
    row = tuple(bench.store.read.execute("SELECT kind, key, handle, url FROM identity").fetchone())
    assert row == ("discord", "4711", "@levels", "https://chat.example/4711")
    opened = Inbox(bench.store).open(1)
    assert ([speaker.name for speaker in opened.speakers], opened.names) == (["Levels"], ())
    with bench.store.write() as conn:
        assert way(conn, 1).whom == "Levels"
    take(bench, posted("m2"))
    assert (states(bench), members(bench)) == (["needs_me", "needs_me"], ["Levels"])
    assert len(bench.search.messages("levels")) == 2
    bench.close()


def test_undo_of_a_person_wrote_this(bench: Workbench) -> None:
    take(bench, posted("m1"))
    bench.intake.by_person([1])
    bench.actions.undo()
    assert (states(bench), members(bench)) == (["quiet"], [])
    take(bench, posted("m2"))
    assert states(bench) == ["quiet", "quiet"]
    take(bench, asked("m3"))
    with pytest.raises(UserError, match="isn't quiet"):
        bench.intake.by_person([3])
    bench.close()


def test_what_is_spam_for_a_while_is_a_program_s_again_and_nobody_s(bench: Workbench) -> None:
    take(bench, posted("m1"), posted("m2", upstream="spam"))
    spam = [posted("m1", upstream="spam"), posted("m2", upstream="spam")]
    assert bench.intake.take(1, spam).changed == 1
    assert bench.intake.take(1, spam).changed == 0
    assert bench.intake.take(1, [posted("m1"), posted("m2")]).changed == 2
    assert bench.intake.take(1, [posted("m1"), posted("m2")]).changed == 0
    assert (states(bench), members(bench)) == (["quiet", "quiet"], [])
    assert {row[0] for row in bench.store.read.execute("SELECT quiet FROM message")} == {"automatic"}
    bench.close()
