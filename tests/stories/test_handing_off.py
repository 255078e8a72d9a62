"""An unhappy comment, from the warm introduction to the gift that makes it good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply
from app.base.paths import Profile
from app.channels.base import Sent
from app.export import Options
from app.workbench import Workbench


@pytest.fixture
def bench(profile: Profile) -> Iterator[Workbench]:
    made = Workbench(profile)
    yield made
    made.close()


class Post:
    """A channel that takes whatever it is given."""

    def check(self) -> None:
        raise NotImplementedError

    def pull(self, cursor: dict[str, str]) -> Iterator[object]:
        raise NotImplementedError

    def send(self, message: Reply) -> Sent:
        return Sent(message.key.strip("<>"))


def deliver_all(bench: Workbench) -> None:
    """Send what is held, as the courier does."""
    for entry in bench.outbox.entries(("held",)):
        bench.outbox.send_now(entry.id)
    assert bench.outbox.take_charge()
    for number in bench.outbox.due():
        bench.outbox.deliver(number, Post())  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_helper_is_introduced_answers_by_file_and_the_member_hears_it_in_greek(
    bench: Workbench, tmp_path: Path
) -> None:
    account = bench.accounts.add_demo("wordpress", "Blog", "Sítróna", at=0, ok_at=0)
    taken = bench.intake.take(account, [
        Incoming("a", clock.now() - 600, "Το κουτί έφτασε σπασμένο, δύο μπουκάλια χάλασαν. Απαράδεκτο!",
                 Author("eleni", "eleni", "Ελένη"), thread="t", title="Κουτί"),
    ])  # fmt: skip
    talk = next(iter(taken.conversation_ids))
    bench.inbox.mark(talk, "unhappy", on=True)
    jon = bench.teammates.add("Jón Einarsson", email="jon@sitrona.example", languages="is en", subjects=["κουτί"])

    # Introduced: the reply names helper and day, and both come from one action
    day = (clock.local(clock.now()).date() + timedelta(days=3)).isoformat()
    words = bench.following.introduction(talk, jon, day)
    assert words.language == "el"
    done = bench.following.hand_off(
        talk, jon, "Send a new box, and say when it leaves", needed_by=day, reply=bench.voice.clear(words)
    )
    assert done.outbox_id is not None
    deliver_all(bench)
    assert bench.inbox.row(talk).state == "waiting"
    assert [line.kind for line in bench.inbox.open(talk).lines].count("handoff") == 1

    # The file goes out
    written = bench.export.file("handoffs", tmp_path / "jon.csv", Options(to=jon))
    assert written.rows == 1
    assert bench.handoffs.get(done.handoff_id).exported_at is not None

    # The answer comes back, and the conversation needs us until the member has heard
    bench.handoffs.answer(done.handoff_id, "solved", "Νέο κουτί έφυγε σήμερα")
    assert bench.inbox.row(talk).state == "needs_me"
    with pytest.raises(UserError, match="hasn't heard"):
        bench.inbox.done([talk])
    told = bench.following.draft_answer(done.handoff_id)
    assert (told.language, "Νέο κουτί έφυγε σήμερα" in told.text) == ("el", True)
    bench.outbox.submit(bench.voice.clear(told), talk, then_done=True, solved="New box")
    assert bench.handoffs.get(done.handoff_id).told_at is None
    deliver_all(bench)
    closed = bench.handoffs.get(done.handoff_id)
    assert closed.told_at == closed.closed_at is not None
    assert closed.told_message_id is not None
    assert bench.inbox.row(talk).state == "done"

    # A gift that makes it good is proposed until one is given
    (group,) = [group for group in bench.today.groups() if group.key == "make_good"]
    assert [row.conversation_id for row in group.rows] == [talk]
    assert bench.handoffs.makes_good(talk)
    member = bench.inbox.row(talk).member_id
    assert member is not None
    bench.gifts.log(member, "Lemon tote", "The broken box", "12", "EUR", occasion="made_right", conversation_id=talk)
    assert [group.key for group in bench.today.groups() if group.key == "make_good"] == []
