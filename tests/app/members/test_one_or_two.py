"""Whatever is merged, parted, brought in, edited, given and undone: no fact and no message is lost, none is double.

What is written about somebody is a word that nobody else has, so that it can be counted. A word whose action stands is
in the note of exactly one member, once; one that was undone may be gone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from app.base.errors import UserError
from app.base.paths import Profile
from app.imports import Options
from app.workbench import Workbench
from tests.app.saying import NOW, account, said
from tests.examples import quick

PEOPLE = ("anna", "bela", "cenek", "eleni")
WHO = st.sampled_from(range(len(PEOPLE)))


class OneOrTwo(RuleBasedStateMachine):
    """Four people, each on the blog and by mail, of whom some may be one."""

    words = Bundle("words")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Workbench(Profile(self.folder))
        self.blog, self.mail = account(self.bench.store), account(self.bench.store, "email", "E-mail")
        self.at, self.messages, self.gifts = NOW, set[str](), 0
        self.written: dict[str, int] = {}
        self.undone = set[int]()
        for who in PEOPLE:
            self._say(who, by_mail=False)

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            self.bench.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # What can be done

    @rule(one=WHO, other=WHO, theirs=st.sets(st.sampled_from(["name", "phone", "city"])))
    def merge(self, one: int, other: int, theirs: set[str]) -> None:
        with suppress(UserError):
            self.bench.pairs.merge(self._member(one), self._member(other), theirs)

    @rule(one=WHO)
    def part(self, one: int) -> None:
        with suppress(UserError):
            planned = self.bench.pairs.plan(self._member(one))
            assert self.bench.pairs.part(self._member(one)) == planned

    @rule(one=WHO)
    def note(self, one: int) -> None:
        word = f"word{len(self.written)}"
        number = self._member(one)
        before = self.bench.members.get(number).note
        self.bench.members.edit(number, {"note": f"{before}\n{word}".strip()})
        self._wrote(word)

    @rule(one=WHO, phone=st.sampled_from(["", "+354 555 0100", "+354 555 0111"]))
    def phone(self, one: int, phone: str) -> None:
        self.bench.members.edit(self._member(one), {"phone": phone, "city": phone[-1:]})

    @rule(one=WHO, by_mail=st.booleans())
    def say(self, one: int, *, by_mail: bool) -> None:
        self._say(PEOPLE[one], by_mail=by_mail)

    @rule(one=WHO)
    def give(self, one: int) -> None:
        talks = self.bench.store.read.execute(
            "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE i.member_id = ?",
            (self._member(one),),
        ).fetchall()
        about = talks[len(talks) // 2][0] if talks else None
        self.bench.gifts.log(self._member(one), "mug", "helped", "5 EUR", conversation_id=about)

    @rule(one=WHO)
    def bring_in(self, one: int) -> None:
        word = f"word{len(self.written)}"
        path = self.folder / f"{word}.csv"
        who = PEOPLE[one]
        path.write_text(f"Name,Email,Note\n{who.capitalize()},{who}@example.org,{word}\n", encoding="utf-8")
        self.bench.imports.run(path, Options())
        self._wrote(word)

    @rule(back=st.integers(1, 6), redo=st.booleans())
    def undo(self, back: int, *, redo: bool) -> None:
        actions = self.bench.actions.last(back)
        if len(actions) < back:
            return
        with suppress(UserError):
            self.bench.actions.undo(actions[-1].id)
            self.undone.add(actions[-1].id)
            if redo:
                self.bench.actions.redo()
                self.undone.discard(actions[-1].id)

    # What holds

    @invariant()
    def every_word_that_stands_is_in_one_note_once(self) -> None:
        if not hasattr(self, "bench"):
            return
        notes = self._read("SELECT note FROM member WHERE merged_into IS NULL")
        seen = Counter(line for (note,) in notes for line in note.split("\n"))
        for word, action in self.written.items():
            assert seen[word] <= 1, (word, notes)
            assert seen[word] == 1 or action in self.undone, (word, notes)

    @invariant()
    def every_message_is_somebodys_once(self) -> None:
        if not hasattr(self, "bench"):
            return
        rows = self._read(
            "SELECT m.remote_id FROM message m JOIN identity i ON i.id = m.identity_id"
            " JOIN member p ON p.id = i.member_id WHERE p.merged_into IS NULL"
        )
        assert sorted(row[0] for row in rows) == sorted(self.messages)

    @invariant()
    def nothing_belongs_to_who_was_merged(self) -> None:
        if not hasattr(self, "bench"):
            return
        for table in ("identity", "gift", "promise", "template_use", "handoff", "member_note"):
            lost = f"SELECT r.id FROM {table} r JOIN member p ON p.id = r.member_id WHERE p.merged_into IS NOT NULL"
            assert self._read(lost) == [], table

    @invariant()
    def everybody_has_written_when_their_messages_say(self) -> None:
        if not hasattr(self, "bench"):
            return
        rows = self._read(
            "SELECT p.first_at, p.last_at, min(m.at), max(m.at) FROM member p JOIN identity i ON i.member_id = p.id"
            " JOIN message m ON m.identity_id = i.id WHERE p.merged_into IS NULL GROUP BY p.id"
        )
        assert all((row[0], row[1]) == (row[2], row[3]) for row in rows)

    def _read(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.bench.store.read.execute(sql)]

    def _member(self, one: int) -> int:
        """Whom the blog's name of that person belongs to."""
        return int(
            self.bench.store.read.execute(
                "SELECT member_id FROM identity WHERE kind = 'wordpress' AND key = ?", (PEOPLE[one],)
            ).fetchone()[0]
        )

    def _say(self, who: str, *, by_mail: bool) -> None:
        self.at += 100
        remote = f"m{self.at}"
        key = f"{who}@example.org" if by_mail else who
        self.bench.intake.take(
            self.mail if by_mail else self.blog, [said(remote, self.at, "Hello", key, name=who, thread=f"t{self.at}")]
        )
        self.messages.add(remote)

    def _wrote(self, word: str) -> None:
        self.written[word] = self.bench.actions.last()[0].id


TestOneOrTwo: Any = OneOrTwo.TestCase
TestOneOrTwo.settings = settings(max_examples=8 if quick() else 60, stateful_step_count=30, deadline=None)
TestOneOrTwo = pytest.mark.slow(TestOneOrTwo)
