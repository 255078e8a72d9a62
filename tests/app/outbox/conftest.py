"""A file with one conversation that waits for an answer, and a fake channel to answer through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.intake import Intake
from app.outbox import Outbox, meet
from app.store.store import Store
from app.voice import Cleared, Draft, clear
from tests.channels.fake import FakeSession, serving, taken

ANNA = Author("anna", "anna", "Anna Bell")


@dataclass(frozen=True, slots=True)
class Place:
    """The desk under test with what stands around it."""

    store: Store
    outbox: Outbox
    intake: Intake
    talk: int
    session: FakeSession
    log: Path

    def cleared(self, text: str, **rest: Any) -> Cleared:
        return clear(Draft(text, "en", **rest), ())

    def submit(self, text: str, *, hold: int = 0, then_done: bool = False) -> int:
        return self.outbox.submit(self.cleared(text), self.talk, then_done=then_done, hold_seconds=hold)

    def one(self, sql: str, *values: object) -> Any:
        return self.store.read.execute(sql, values).fetchone()[0]

    def state(self) -> str:
        return str(self.one("SELECT state FROM conversation WHERE id = ?", self.talk))

    def said(self, text: str, remote_id: str, at: int, *, out: bool = False) -> None:
        self.intake.take(1, [Incoming(remote_id, at, text, ANNA, thread="t1", out=out)])

    def keys(self) -> list[str]:
        return [one["key"] for one in taken(self.log)]

    def undo(self) -> None:
        last = self.one("SELECT max(id) FROM action WHERE undone_at IS NULL")
        self.store.undo_action(last)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    log = tmp_path_factory.mktemp("fake") / "taken.jsonl"
    with serving(log) as port:
        yield port, log


@pytest.fixture
def place(store: Store, server: tuple[int, Path]) -> Iterator[Place]:
    port, log = server
    log.write_text("")
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'fake', 'Fake', 'us', 0)")
    intake = Intake(store, met=meet)
    outbox = Outbox(store, settle=0)
    made = Place(store, outbox, intake, 1, FakeSession(port), log)
    made.said("It broke!", "m1", clock.now() - 3600)
    yield made
    outbox.close()
