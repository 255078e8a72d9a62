"""The desk that writes the letters of an introduction, each in its receiver's language, as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from app.accounts import channel
from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import tr
from app.inbox.addressing import TO
from app.introductions import Introduction, Introductions, Person, refuse_pair
from app.introductions.standing import DECLINED, NO, TO_INTRODUCE, state
from app.outbox.letter_drafts import LetterDraft
from app.outbox.reach import Reach
from app.outbox.templated import Desks as Writing
from app.outbox.templated import Writer

ASK, BOTH, EACH, LET_BE = "introduction-ask", "introduction-both", "introduction-each", "introduction-let-be"
"""The keys of the templates; each is brought in when it is first used, and can be changed like any other."""


class Desks(Writing, Protocol):
    """The desks that this one joins."""

    @property
    def introductions(self) -> Introductions:
        """What was asked and said."""
        ...


class Begun(NamedTuple):
    """An introduction with the drafts that were begun, and why there is none to somebody."""

    introduction: Introduction
    drafts: tuple[LetterDraft, ...]
    missing: tuple[str, ...] = ()


class Introducing:
    """Letters of introductions."""

    def __init__(self, desks: Desks) -> None:
        """Every change is one undoable action."""
        self._desks, self._store = desks, desks.store
        self._writer = Writer(desks, "between.toml")

    def begin(self, one_id: int, other_id: int, why: str) -> Begun:
        """Begin to introduce two members: a draft to each asks whether they would like that; one action.

        Where no letter can reach one of them, the sentence says so, and they can be asked in another way. Raises
        UserError as `Introductions.add`.
        """
        one_id, other_id = refuse_pair(self._store.read, one_id, other_id)
        one, other = (Person(number, self._name(number)) for number in (one_id, other_id))
        made = Introduction(0, one, other, why.strip(), clock.now())
        ready, missing = self._asking(made)
        title = tr("Introducing {name} and {other}").format(name=one.name, other=other.name)
        with self._store.write(title):
            number = self._desks.introductions.add(one_id, other_id, why)
            drafts = self._save(number, ready)
        return Begun(self._desks.introductions.get(number), drafts, missing)

    def ask_again(self, number: int) -> Begun:
        """Begin the drafts that ask whoever has not been asked, where they were discarded; one action.

        Raises UserError if there is nobody to ask.
        """
        made = self._desks.introductions.get(number)
        if not any(person.is_to_be_asked for person in made.people):
            raise UserError(tr("Both have been asked already."))
        ready, missing = self._asking(made)
        title = tr("Asking {name} and {other} about an introduction").format(name=made.one.name, other=made.other.name)
        with self._store.write(title):
            drafts = self._save(number, ready)
        return Begun(self._desks.introductions.get(number), drafts, missing)

    def _asking(self, made: Introduction) -> tuple[dict[str, LetterDraft], tuple[str, ...]]:
        """The drafts that ask `one` and the `other`, not saved yet; and why there is none to somebody."""
        ready, missing = dict[str, LetterDraft](), list[str]()
        for column, person in zip(("one", "other"), made.people, strict=True):
            if not person.is_to_be_asked:
                continue
            try:
                ready[column] = self._words(person, ASK, made)
            except UserError as why:
                missing.append(str(why))
        return ready, tuple(missing)

    def _save(self, number: int, ready: Mapping[str, LetterDraft]) -> tuple[LetterDraft, ...]:
        drafts = {column: self._desks.letters.save(draft) for column, draft in ready.items()}
        for column, draft in drafts.items():
            self._desks.introductions.note_draft(number, column, draft.id)
        return tuple(drafts.values())

    def introduce(self, number: int) -> Begun:
        """Begin the letter to both where one e-mail reaches them, else one to each; one action, nothing is sent.

        Raises UserError unless both said yes, or where one of them cannot be written to.
        """
        made = self._desks.introductions.get(number)
        if state(made, clock.now()) != TO_INTRODUCE:
            raise UserError(tr("Both have to say yes first."))
        refuse_pair(self._store.read, made.one.member_id, made.other.member_id)
        there = [self._desks.letters.get(draft) for draft in made.drafts if self._is_there(draft)]
        if there:
            return Begun(made, tuple(there))
        ready = self._together(made) or tuple(self._words(person, EACH, made) for person in made.people)
        title = tr("Began the introduction of {name} and {other}").format(name=made.one.name, other=made.other.name)
        with self._store.write(title):
            drafts = tuple(map(self._desks.letters.save, ready))
            self._desks.introductions.note_introducing(number, [draft.id for draft in drafts])
        return Begun(self._desks.introductions.get(number), drafts)

    def let_be(self, number: int) -> Begun:
        """Begin a kind word to the one who was asked and did not decline: nothing comes of it, and nobody is blamed.

        One action, nothing is sent. Raises UserError unless one of them declined, or where nobody is left to tell.
        """
        made = self._desks.introductions.get(number)
        if state(made, clock.now()) != DECLINED:
            raise UserError(tr("Nobody has declined."))
        others = [person for person in made.people if person.said != NO and person.asked_at is not None]
        if not others:
            raise UserError(tr("Nobody else was asked, so there's nobody to tell."))
        ready = [self._words(person, LET_BE, made) for person in others]
        title = tr("Began to tell {name} that nothing comes of it").format(name=others[0].name)
        with self._store.write(title):
            drafts = tuple(map(self._desks.letters.save, ready))
        return Begun(made, drafts)

    def _words(self, person: Person, key: str, made: Introduction) -> LetterDraft:
        """A draft to one of the two with a template's words, not saved yet. Raises UserError where none can be."""
        draft = self._writer.draft(person.member_id)
        other = made.partner(person.member_id)
        asks = draft.id in (made.one.draft_id, made.other.draft_id)  # they have answered in another way by now
        if draft.id and draft.text.strip() and not asks:
            msg = tr("A message to {name} is being written already. Send or discard it first.")
            raise UserError(msg.format(name=person.name))
        named = {} if key == LET_BE else {"other": other.name, "why": made.why}
        text, language, template = self._writer.words(key, person.member_id, named)
        subject = _SUBJECTS[key].get(language, _SUBJECTS[key][_ENGLISH])
        subject = subject.replace(_OTHER, other.name)
        return draft._replace(text=text, language=language, template_id=template, subject=subject)

    def _together(self, made: Introduction) -> tuple[LetterDraft, ...]:
        """One letter to both, in the language of each, not saved yet; () where no e-mail reaches both."""
        ways = [self._by_mail(person) for person in made.people]
        if None in ways or ways[0].account_id != ways[1].account_id:  # type: ignore[union-attr]
            return ()
        texts, template = dict[str, str](), 0
        for person in made.people:
            other = made.partner(person.member_id)
            more = {"other": other.name, "why": made.why, "both": f"{made.one.name}, {made.other.name}"}
            text, language, template = self._writer.words(BOTH, person.member_id, more)
            texts.setdefault(language, text)
        boxes = tuple(Addressee(TO, way.name, way.address) for way in ways if way is not None)
        first = next(iter(texts))
        draft = LetterDraft(
            account_id=ways[0].account_id, receivers=boxes, together=True, language=first,  # type: ignore[union-attr]
            text="\n\n".join(texts.values()), template_id=template, subject=f"{made.one.name} · {made.other.name}",
        )  # fmt: skip
        return (draft,)

    def _by_mail(self, person: Person) -> Reach | None:
        self._writer.draft(person.member_id)  # whoever asked not to be contacted is not
        return next(
            (way for way in self._desks.letters.reaches(person.member_id) if channel(way.kind).by_address), None
        )

    def _is_there(self, draft: int) -> bool:
        row = self._store.read.execute("SELECT 1 FROM letter_draft WHERE id = ?", (draft,)).fetchone()
        return row is not None

    def _name(self, member_id: int) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        return str(row["name"]) if row is not None else ""


_OTHER, _ENGLISH = "{{other}}", "en"
_SUBJECTS = {
    ASK: {
        "en": "Would you like to meet {{other}}?",
        "is": "Má ég kynna ykkur? {{other}}",
        "hu": "Bemutathatom önöket egymásnak? {{other}}",
        "cs": "Můžu vás seznámit? {{other}}",
        "el": "Να σας γνωρίσω; {{other}}",
    },
    EACH: {
        "en": "{{other}} said yes",
        "is": "Já frá báðum: {{other}}",
        "hu": "{{other}} igent mondott",
        "cs": "Ano z obou stran: {{other}}",
        "el": "Ναι και από τους δύο: {{other}}",
    },
    LET_BE: {
        "en": "About the introduction",
        "is": "Um kynninguna",
        "hu": "A bemutatásról",
        "cs": "K tomu seznámení",
        "el": "Για τη γνωριμία",
    },
}
"""The subjects of the letters, by language; as in templates, the other's name stands where no case is asked of it."""
