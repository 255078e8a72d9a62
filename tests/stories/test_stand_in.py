"""A stand-in's week: the desk goes out on a stick, she answers letters from her computer, and her work comes back.

With a real mailbox: what she sent went out once, and what she had fetched is known when home fetches again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from app.base.errors import DiskError
from app.base.paths import Profile
from app.store.sqlite import scalar
from app.voice import Draft
from app.workbench import Workbench
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.stories.mail_desk import MARIA, letter

pytestmark = pytest.mark.servers("dovecot", "openssl")


class Desk:
    """A computer with Rapport on it."""

    def __init__(self, bench: Workbench, post: MailServer, name: str) -> None:
        self.bench, self.post, self.name = bench, post, name

    def fetch(self) -> None:
        outcome = self.bench.sync.pull("Post")
        assert not outcome.error, outcome

    def answer(self, words: str, asked: str) -> None:
        talk = self.talk(asked)
        cleared = self.bench.voice.clear(Draft(words, "en"), reason="as written")
        number = self.bench.outbox.submit(cleared, talk, hold_seconds=0)
        self.bench.sync.send(self.bench.accounts.named("Post").id)
        assert self.bench.outbox.get(number).state == "sent"

    def talk(self, number: str) -> int:
        found = "SELECT conversation_id FROM message WHERE remote_id = ?"
        return int(scalar(self.bench.store.read, found, (f"{number}@{DOMAIN}",)))

    def texts(self, number: str) -> list[str]:
        rows = self.bench.store.read.execute(
            "SELECT text FROM message WHERE conversation_id = ? ORDER BY at, id", (self.talk(number),)
        )
        return [str(row["text"]).strip() for row in rows]


Open = Callable[[Path, str], Desk]


@pytest.fixture
def open_desk(post: MailServer) -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(folder: Path, name: str) -> Desk:
            bench = Workbench(Profile(folder))
            stack.callback(bench.close)
            return Desk(bench, post, name)

        yield opened


def test_a_stand_ins_week_comes_back(post: MailServer, open_desk: Open, tmp_path: Path) -> None:
    name = f"desk{uuid4().hex[:8]}"
    home = open_desk(tmp_path / "home", name)
    home.bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})
    first, second, third = (f"{one}{uuid4().hex}" for one in "abc")
    post.deliver(name, letter(first, MARIA, name, "Where is my parcel?", ago=600))
    home.fetch()
    home.bench.lending.lend(tmp_path / "stick", "Κατερίνα")
    known = len(post.envelopes(f"{name}@{DOMAIN}"))

    stand_in = open_desk(tmp_path / "stick", name)
    account = stand_in.bench.accounts.named("Post")
    outcome = stand_in.bench.sync.pull("Post")
    assert outcome.error  # no password came along
    stand_in.bench.accounts.give(account.id, {"password": PASSWORD})
    stand_in.answer("It left today.", first)
    post.deliver(name, letter(second, MARIA, name, "Thank you! And the other one?", ago=300))
    stand_in.fetch()
    stand_in.answer("That one comes on Friday.", second)
    stand_in.bench.inbox.label([stand_in.talk(first)], ["parcels"])
    with pytest.raises(DiskError, match="lent to Κατερίνα"):
        home.answer("I answer, too.", first)
    stand_in.bench.lending.hand_back()
    stand_in.bench.close()

    came = home.bench.lending.take_back(tmp_path / "stick")
    assert (came.received, came.sent) == (1, 2)
    post.deliver(name, letter(third, MARIA, name, "All is here now.", ago=10))
    home.fetch()
    assert home.texts(first)[:2] == ["Where is my parcel?", "It left today."]
    every = [str(row["text"]).strip() for row in home.bench.store.read.execute("SELECT text FROM message")]
    assert sorted(every) == sorted(
        ["Where is my parcel?", "It left today.", "Thank you! And the other one?", "That one comes on Friday.",
         "All is here now."]
    )  # fmt: skip
    assert home.bench.inbox.labels(home.talk(first)) == ("parcels",)
    assert len(post.envelopes(f"{name}@{DOMAIN}")) - known == 2
    home.answer("Good to hear.", third)
    assert len(post.envelopes(f"{name}@{DOMAIN}")) - known == 3
