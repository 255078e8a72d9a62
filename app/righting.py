"""Drafts that put right what somebody was told, or tell the news that they were waiting for. Nothing is sent by itself.

Where the channel lets our own words be corrected, the corrected words are offered too.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from app.base import clock, resources
from app.base.errors import UserError
from app.base.words import tr
from app.facts import Fact, Facts, Told
from app.facts.embargoes import Embargoes
from app.facts.matching import stands_in
from app.facts.telling import note_inserted
from app.inbox import drafts
from app.inbox.receivers import meant_for, speakers
from app.inbox.whereabouts import current
from app.outbox.changing import can_change
from app.store.store import Store
from app.templates import Templates, read

PUT_RIGHT, NEWS = "put-right", "now-it-may-be-told"
"""The keys of the templates; each is brought in when it is first used, and can be changed like any other."""
_ENGLISH = "en"


class Begun(NamedTuple):
    """A draft that was begun: in which conversation, whom it answers, its words and their language."""

    conversation_id: int
    answers: int | None
    text: str
    language: str


class Desks(Protocol):
    """The desks that this one joins."""

    store: Store

    @property
    def facts(self) -> Facts:
        """Facts."""
        ...

    @property
    def embargoes(self) -> Embargoes:
        """Embargoed subjects."""
        ...

    @property
    def templates(self) -> Templates:
        """Templates."""
        ...


class Righting:
    """Puts right what people were told."""

    def __init__(self, desks: Desks) -> None:
        """Nothing is begun yet."""
        self._desks = desks

    def draft(self, told_id: int) -> Begun:
        """Begin the reply that puts right what somebody was told, or tells the news on an embargoed subject.

        It is the draft of the conversation where they were told. Raises UserError if another draft is there, nothing
        has to be put right, or an embargo's day has not come.
        """
        told = self._desks.facts.told_by(told_id)
        for embargo, waits in self._desks.embargoes.due():
            if waits.id == told_id:
                return self._news(embargo.id, told)
        owed = {one.id for one in self._desks.facts.tellings(told.fact_id) if one.state == "owed"}
        if told_id not in owed:
            msg = tr("There's nothing to put right: what {name} was told is still true, or was put right.").format(
                name=told.who or tr("everybody")
            )
            raise UserError(msg)
        fact = self._desks.facts.get(told.fact_id)
        return self._begin(PUT_RIGHT, told, fact)

    def _news(self, embargo_id: int, told: Told) -> Begun:
        embargo = self._desks.embargoes.let_out(embargo_id)
        return self._begin(NEWS, told, embargo.line)

    def _begin(self, key: str, told: Told, fact: Fact) -> Begun:
        store, number = self._desks.store, self._template(key)
        talk = current(store.read, told.conversation_id)
        known = drafts.get(store.read, talk)
        if known is not None and known.text.strip() and known.template_id != number:
            msg = tr("There's a draft to {name} already. Send or discard it first.").format(
                name=told.who or tr("everybody")
            )
            raise UserError(msg)
        choice = meant_for(speakers(store.read, talk), told.member_id) if told.member_id is not None else None
        answers = choice.to.message_id if choice is not None and choice.to is not None else None
        language = self._language(number, talk, answers, told)
        value = fact.value(language) or next(iter(fact.values), None)
        more = {"was": told.value.words, **({"now": value.words} if value is not None else {})}
        picked = self._desks.templates.pick(number, talk, language, answers, more)
        if picked is None:
            msg = tr("The template “{name}” has no text in English or their language. Add one first.").format(
                name=self._desks.templates.get(number).name
            )
            raise UserError(msg)
        with store.write() as conn:
            drafts.save(conn, drafts.Draft(talk, picked.filled.text, picked.text.language, answers, number))
            if value is not None:
                note_inserted(conn, value.id, talk, clock.now())
        return Begun(talk, answers, picked.filled.text, picked.text.language)

    def _language(self, number: int, talk: int, answers: int | None, told: Told) -> str:
        """The language to write in: of what they were told, else the member's, the conversation's, or English."""
        offered = self._desks.templates.get(number).languages
        spoken = self._desks.templates.spoken(talk, answers)
        return next((code for code in (told.value.language, *spoken, _ENGLISH) if code in offered), "")

    def _template(self, key: str) -> int:
        desk = self._desks.templates
        found = next((one.id for one in desk.all() if one.key == key), None)
        if found is None:
            ours = read(resources.ROOT.joinpath("starter", "righting.toml").read_text("utf-8"))
            with self._desks.store.write():
                desk.bring_in([one for one in ours if one.key == key])
            found = desk.get(key).id
        return found

    def correction(self, told_id: int) -> tuple[int, str] | None:
        """The message that told somebody, and its words with what is true now; None where it can't be corrected."""
        told = self._desks.facts.told_by(told_id)
        if told.message_id is None or can_change(self._desks.store.read, told.message_id).why_not_correct:
            return None
        row = self._desks.store.read.execute(
            "SELECT text, language FROM message WHERE id = ?", (told.message_id,)
        ).fetchone()
        at = stands_in(told.value.words, row["text"])
        value = self._desks.facts.get(told.fact_id).value(told.value.language or row["language"])
        if at is None or value is None:
            return None
        return told.message_id, row["text"][: at[0]] + value.words + row["text"][at[1] :]
