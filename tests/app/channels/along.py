"""What every channel has to keep that takes files along: beside `Contract`, with `files()` at its peer."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.errors import UserError
from app.base.message import Attached
from app.outbox import of_reply
from app.workbench import Workbench
from tests.app.channels.contract import WORDS
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER

PICTURE = Attached("bók 1.png", "image/png", b"\x89PNG\r\n\x1a\n--\r\n\x00 no picture, but it is sent as one")
LETTER = Attached("price list.pdf", "application/pdf", b"%PDF-1.4\n" + bytes(range(256)))
_MESSAGES = "SELECT text, out, edited_at, (SELECT count(*) FROM attachment f WHERE f.message_id = m.id) FROM message m"


class Along:
    """The peer has `files()`: name and content of each that we have sent there, in order."""

    def with_files(self, bench: Workbench, account: int, peer: Any, text: str, *files: Attached) -> int:
        """A reply that takes files along, queued; the outbox's number."""
        house: Any = self
        peer.say("anna", WORDS["cs"])
        assert house.pull(bench, account, 1) == 1
        conversation = house.conversation(bench, WORDS["cs"])
        for file in files:
            bench.files.add_content(of_reply(conversation), file, peer.kind)
        return int(house.answer(bench, conversation, text))

    @staticmethod
    def ours(bench: Workbench) -> list[tuple[str, object, int]]:
        """Our messages: text, when edited, how many files."""
        rows = bench.store.read.execute(f"{_MESSAGES} WHERE out = 1 ORDER BY at, id")
        return [(text, edited, files) for text, _, edited, files in rows]

    def test_files_go_along_and_come_back_as_what_was_sent(self, bench: Workbench, account: int, peer: Any) -> None:
        house: Any = self
        number = self.with_files(bench, account, peer, WORDS["hu"], PICTURE, LETTER)
        line = bench.sync.send(account)
        assert (line.sent, line.error) == (1, "")
        assert peer.files() == [(file.name, file.content) for file in (PICTURE, LETTER)]
        assert [file.name for file in bench.outbox.files(number)] == [PICTURE.name, LETTER.name]
        for _ in range(2):
            house.pull(bench, account)
            assert self.ours(bench) == [(WORDS["hu"], None, 2)]

    def test_they_stay_when_it_is_corrected_and_go_when_it_is_withdrawn(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        number = self.with_files(bench, account, peer, WORDS["hu"], PICTURE, LETTER)
        bench.sync.send(account)
        house.pull(bench, account)
        message = int(bench.outbox.get(number).message_id or 0)
        house.correct(bench, message, WORDS["en"])
        line = bench.sync.send(account)
        assert (line.sent, line.error) == (1, "")
        assert len(peer.files()) == 2
        house.pull(bench, account)
        assert [text for text, _, _ in self.ours(bench)] == [WORDS["en"]]
        bench.outbox.withdraw(message, 0)
        line = bench.sync.send(account)
        assert (line.sent, line.error) == (1, "")
        assert peer.files() == []
        house.pull(bench, account)
        assert [text for text, _, _ in self.ours(bench)] == [WORDS["en"]]

    @pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER])
    def test_a_correction_of_it_that_may_be_there_is_looked_up(
        self, bench: Workbench, account: int, peer: Any, mood: str
    ) -> None:
        house: Any = self
        sent = self.with_files(bench, account, peer, WORDS["hu"], PICTURE)
        bench.sync.send(account)
        number = house.correct(bench, int(bench.outbox.get(sent).message_id or 0), WORDS["en"])
        peer.server.moods.append(mood)
        bench.sync.send(account)
        house.undecided(bench, number)
        bench.sync.send(account)
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "sent"
        assert len(peer.files()) == 1

    def test_what_came_back_before_its_answer_is_met(self, bench: Workbench, account: int, peer: Any) -> None:
        """The answer was lost, and a pull is faster than the look-up."""
        house: Any = self
        number = self.with_files(bench, account, peer, WORDS["hu"], PICTURE)
        self.lose(peer)
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "undecided"
        house.pull(bench, account)
        if bench.outbox.get(number).state == "undecided":
            house.undecided(bench, number)
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "sent"
        house.pull(bench, account)
        assert self.ours(bench) == [(WORDS["hu"], None, 1)]
        assert len(peer.files()) == 1

    def lose(self, peer: Any) -> None:
        """The answer to what sends gets lost."""
        peer.server.moods.append(CLOSE_AFTER)

    def test_too_many_are_refused_before_anything_is_sent(self, bench: Workbench, account: int, peer: Any) -> None:
        house: Any = self
        most = house.of(peer).can.files
        with pytest.raises(UserError, match=f"takes up to {most.number} files"):
            self.with_files(bench, account, peer, WORDS["hu"], *[PICTURE] * (most.number + 1))
        assert peer.files() == []
