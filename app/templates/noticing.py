"""What is worth a second look in a draft to a member.

Words that they had from us before, mixed forms of address, and where it says other than the last answers to the same
question. All of it is a note; nothing of it stops a reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.base import clock
from app.base.text import preview
from app.base.words import counted, tr
from app.calendar.yearly import in_words
from app.stacks import ALIKE, pieces
from app.store.sqlite import Connection
from app.store.store import Store
from app.templates import said, terms
from app.templates.contradicting import clashes
from app.voice import NOTE, Draft, Finding

CANNED, TERMS, OTHERWISE, AGAIN = "canned", "address", "otherwise", "again"
"""The kinds of risk of what is found here."""
_ALIKE = 0.8  # of the pieces of both sentences
_LEAST_WORDS = 8  # of a sentence: shorter ones, such as thanks, are said to everybody again and again
_BEFORE = 30  # messages to a member that are looked at
_MOST_CHARS = 600
_SENTENCE = re.compile(r"[^\s.!?;…][^.!?;…\n]*[.!?;…]*")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 3_000  # messages, the latest
_OURS_LOOKED_AT, _DAYS, _MOST_ANSWERS, _DAY_SECONDS = 300, 180, 3, 86_400
_ANSWERS = f"""
SELECT m.id, m.at, m.conversation_id, m.text, m.language, coalesce(p.name, '') AS name, m.template_id,
  (SELECT q.text FROM message q WHERE q.conversation_id = m.conversation_id AND q.out = 0 AND q.id < m.id
    ORDER BY q.id DESC LIMIT 1) AS asked
FROM (SELECT * FROM (SELECT * FROM message ORDER BY id DESC LIMIT {_LOOKED_AT}) WHERE out = 1 AND at > ?1
  LIMIT {_OURS_LOOKED_AT}) m
JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.kind = 'said' AND m.gone_at IS NULL AND m.failed = '' AND m.quiet = '' AND m.conversation_id <> ?2
ORDER BY m.at DESC, m.id DESC
"""
_QUESTION = "SELECT text FROM message WHERE conversation_id = ? AND out = 0 ORDER BY id DESC LIMIT 1"
_OFTEN, _MUCH_THE_SAME, _LEAST_HANDWRITTEN = 3, 0.6, 12  # the last in words
_HANDWRITTEN = f"""
SELECT conversation_id, substr(text, 1, {_MOST_CHARS}) FROM (SELECT * FROM message ORDER BY id DESC LIMIT {_LOOKED_AT})
WHERE out = 1 AND kind = 'said' AND template_id IS NULL AND failed = '' AND quiet = '' LIMIT 150
"""
_TEMPLATE = "SELECT template_id FROM draft WHERE conversation_id = ?"


class Answer(NamedTuple):
    """An answer of ours to much the same question, or by the same template: to whom, when (Unix seconds), its words."""

    message_id: int
    at: int
    conversation_id: int
    text: str
    language: str
    name: str


class Noticing:
    """Finds what is worth a second look; what it needs of a conversation is read once, until something changes."""

    def __init__(self, store: Store) -> None:
        """Reads only."""
        self._store = store
        self._before: tuple[int, list[said.Said]] | None = None
        self._known: tuple[tuple[int, int | None], list[Answer]] | None = None
        self._handwritten: list[tuple[int, frozenset[str]]] | None = None
        store.listen(lambda changes: self._forget() if changes.touches("message", "outbox", "member") else None)

    def _forget(self) -> None:
        self._before = self._known = self._handwritten = None

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """The notes on a draft, in the order of its words; () for one that is to nobody known."""
        if draft.to is None or not draft.text.strip():
            return ()
        found = (*self._canned(draft), *self._terms(draft), *self._otherwise(draft), *self._again(draft))
        return tuple(sorted(found, key=lambda finding: finding.start))

    def before(self, member_id: int) -> list[said.Said]:
        """Our latest messages to a member."""
        if self._before is None or self._before[0] != member_id:
            self._before = member_id, said.to_member(self._store.read, member_id, _BEFORE)
        return self._before[1]

    def earlier(self, conversation_id: int, member_id: int | None) -> list[Answer]:
        """Our latest replies to a member in other conversations, then those to others who asked much the same."""
        row = self._store.read.execute(_TEMPLATE, (conversation_id,)).fetchone()
        same = self.answers(conversation_id, None if row is None else row["template_id"])
        if member_id is None:
            return same
        name = self._name(member_id)
        theirs = [
            Answer(one.id, one.at, one.conversation_id, one.text, one.language, name)
            for one in self.before(member_id) if one.conversation_id != conversation_id
        ][:_MOST_ANSWERS]  # fmt: skip
        known = {one.message_id for one in theirs}
        return [*theirs, *(one for one in same if one.message_id not in known)]

    def answers(self, conversation_id: int, template_id: int | None = None) -> list[Answer]:
        """Our latest answers to much the same question, or by the same template in any language, the latest first."""
        key = conversation_id, template_id
        if self._known is None or self._known[0] != key:
            self._known = key, list(_answers(self._store.read, conversation_id, template_id))
        return self._known[1]

    def _canned(self, draft: Draft) -> Iterator[Finding]:
        """Sentences that the member had from us before, in nearly the same words; the first of them alone is told."""
        told = [
            (one, pieces(hit[0], _MOST_CHARS))
            for one in self.before(draft.to or 0) for hit in _SENTENCE.finditer(one.text) if _is_long(hit[0])
        ]  # fmt: skip
        for hit in _SENTENCE.finditer(draft.text) if told else ():
            own = pieces(hit[0], _MOST_CHARS) if _is_long(hit[0]) else frozenset[str]()
            same = next((one for one, there in told if own and len(own & there) >= _ALIKE * len(own | there)), None)
            if same is not None:
                why = tr("You sent {name} the same on {day}.").format(name=self._name(draft.to), day=_day(same.at))
                yield Finding(*hit.span(), NOTE, CANNED, why, preview(hit[0], 60))
                return

    def _terms(self, draft: Draft) -> Iterator[Finding]:
        """Words that are not on the terms of the rest, or not on those that the member's profile names."""
        row = self._store.read.execute("SELECT form_of_address FROM member WHERE id = ?", (draft.to,)).fetchone()
        form = str(row["form_of_address"]) if row is not None else ""
        for sign in terms.strays(draft.text, draft.language, form)[:1]:
            words = draft.text[sign.start : sign.end]
            why = tr("The rest of it is on familiar terms, and this is formal.")
            if sign.form == terms.FAMILIAR:
                why = tr("The rest of it is on formal terms, and this is familiar.")
            if form == terms.FAMILIAR:
                why = tr("You're on familiar terms with {name}, and this is formal.")
            elif form == terms.FORMAL:
                why = tr("You're on formal terms with {name}, and this is familiar.")
            yield Finding(sign.start, sign.end, NOTE, TERMS, why.format(name=self._name(draft.to)), words)

    def _otherwise(self, draft: Draft) -> Iterator[Finding]:
        """What an earlier answer to the same question says otherwise: of each matter the latest answer counts."""
        if draft.conversation_id is None:
            return
        template = self._template(draft)
        seen = set[str]()
        for answer in self.answers(draft.conversation_id, template):
            for clash in clashes(draft.text, answer.text):
                if clash.now.matter not in seen:
                    seen.add(clash.now.matter)
                    why = tr("{name} was told “{before}” on {day}, to much the same question.").format(
                        name=answer.name or tr("Somebody"), before=clash.before.words.strip(), day=_day(answer.at)
                    )
                    yield Finding(clash.now.start, clash.now.end, NOTE, OTHERWISE, why, clash.now.words.strip())

    def _again(self, draft: Draft) -> Iterator[Finding]:
        """Words written by hand to two others before, in much the same way: a template would do."""
        own = pieces(draft.text, _MOST_CHARS)
        if draft.conversation_id is None or not own or len(_WORD.findall(draft.text)) < _LEAST_HANDWRITTEN:
            return
        if self._handwritten is None:
            rows = self._store.read.execute(_HANDWRITTEN)
            self._handwritten = [(talk, told) for talk, text in rows if (told := pieces(text, _MOST_CHARS))]
        talks = {
            talk for talk, told in self._handwritten
            if talk != draft.conversation_id and len(own & told) >= _MUCH_THE_SAME * len(own | told)
        }  # fmt: skip
        if len(talks) >= _OFTEN - 1 and self._template(draft) is None:
            first = next(_SENTENCE.finditer(draft.text))
            why = counted(
                len(talks), "You wrote much the same to {count} other: Templates & Voice can make a template of it.",
                "You wrote much the same to {count} others: Templates & Voice can make a template of it.",
            )  # fmt: skip
            yield Finding(*first.span(), NOTE, AGAIN, why, preview(first[0], 60))

    def _template(self, draft: Draft) -> int | None:
        """The template that the draft was begun from."""
        if draft.template_id is not None:
            return draft.template_id
        row = self._store.read.execute(_TEMPLATE, (draft.conversation_id,)).fetchone()
        return None if row is None else row["template_id"]

    def _name(self, member_id: int | None) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        return str(row["name"]) if row is not None else ""


def _asks_the_same(own: frozenset[str], there: str) -> bool:
    other = pieces(there) if own else own
    return bool(other) and len(own & other) >= ALIKE * len(own | other)


def _is_long(sentence: str) -> bool:
    return len(_WORD.findall(sentence)) >= _LEAST_WORDS


def _day(at: int) -> str:
    """A day in words, with its year where that is not this one."""
    day, now = clock.local(at), clock.local(clock.now())
    words = in_words(f"{day:%m-%d}")
    return words if day.year == now.year else f"{words} {day.year}"


def _answers(conn: Connection, conversation_id: int, template_id: int | None) -> Iterator[Answer]:
    row = conn.execute(_QUESTION, (conversation_id,)).fetchone()
    own, count = pieces(str(row["text"]) if row is not None else ""), 0
    for number, at, talk, text, language, name, template, there in conn.execute(
        _ANSWERS, (clock.now() - _DAYS * _DAY_SECONDS, conversation_id)
    ):
        if (template_id is not None and template == template_id) or _asks_the_same(own, there or ""):
            yield Answer(number, at, talk, text, language, name)
            count += 1
        if count == _MOST_ANSWERS:
            return
