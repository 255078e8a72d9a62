"""The desk that follows hand-offs up: introducing, telling, reminding, passing on. Nothing here sends by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.base import clock, ids, resources
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.text import preview
from app.base.words import tr
from app.channels.registry import channel
from app.following.days import by_when
from app.following.thanking import thanks_letter
from app.handoffs import ANSWERED, Handoff, Handoffs, given_again, suggested
from app.handoffs.ladder import PASS_ON, REMIND, TELL, Offer, Taken, next_step
from app.handoffs.steps import record, steps_of
from app.inbox import Inbox, drafts
from app.inbox.addressing import TO
from app.inbox.drafts import Draft as Unsent
from app.inbox.receivers import meant_for, speakers
from app.outbox import Letters, Outbox
from app.outbox.letter_drafts import LetterDraft
from app.responsible import Responsibles
from app.store.sqlite import Connection
from app.store.store import Store
from app.teammates import Suggestion, Teammates, is_away
from app.templates import Pick, Templates, read
from app.templates.values import name_of_teammate
from app.voice import TEAM, Cleared, Draft, Voice

INTRODUCTION, ANSWER, STILL_ON_IT, HOLDING = "warm-introduction", "answer-came-back", "still-on-it", "passed-on"
"""The keys of the templates; each is brought in when it is first used, and can be changed like any other."""
_ENGLISH = "en"
_INTERNAL = "It goes to a teammate, not to the public."


@dataclass(frozen=True, slots=True)
class HandedOff:
    """What was done in one action: the hand-off's id, and that of the reply in the outbox which tells the member."""

    handoff_id: int
    outbox_id: int | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder's words, and the letter that was drafted with them; None where no letter can reach the teammate."""

    subject: str
    text: str
    draft: LetterDraft | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A hand-off whose answer is missing, the step that is offered, and to whom it would be passed on (or None)."""

    handoff: Handoff
    offer: Offer
    second: Suggestion | None


class Desks(Protocol):
    """The desks that this one joins."""

    store: Store
    inbox: Inbox

    @property
    def handoffs(self) -> Handoffs:
        """Requests to teammates."""
        ...

    @property
    def teammates(self) -> Teammates:
        """Teammates."""
        ...

    @property
    def templates(self) -> Templates:
        """Templates."""
        ...

    @property
    def voice(self) -> Voice:
        """The voice guide."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Replies."""
        ...

    @property
    def letters(self) -> Letters:
        """Letters."""
        ...


class Following:
    """Hand-offs followed up until the member has heard."""

    def __init__(self, desks: Desks, free: Callable[[], Collection[date]]) -> None:
        """`free` gives the public holidays, on which nobody is expected to answer."""
        self._desks, self._store, self._free = desks, desks.store, free

    # --- handing off

    def guard(self, *texts: str) -> None:
        """Refuse words that the voice guide blocks, also to a teammate; raises UserError with the reason."""
        for text in filter(str.strip, texts):
            self._desks.voice.clear(Draft(text, read_by=TEAM), reason=_INTERNAL)

    def hand_off(
        self,
        conversation_id: int | None,
        teammate_id: int,
        ask: str,
        *,
        kind: str = "problem",
        needed_by: str = "",
        details: Mapping[str, object] | None = None,
        reply: Cleared | None = None,
        hold_seconds: int = 10,
    ) -> HandedOff:
        """Hand off, and with `reply` tell the member who helps: one action, so that undoing one undoes both.

        The rest is as in `Handoffs.add`. Raises UserError where the request is empty or holds blocked words, or the
        reply cannot be sent; then nothing is done.
        """
        self.guard(ask, str((details or {}).get("translation", "")))
        desk = self._desks.handoffs
        if reply is None or conversation_id is None:
            made = desk.add(conversation_id, teammate_id, ask, kind=kind, needed_by=needed_by, details=details)
            return HandedOff(made, None)
        row = self._desks.inbox.row(conversation_id)
        why = self.why_not_told(conversation_id)
        if why is not None:
            raise why
        title = tr("Introduced {teammate} to {member}: {request}").format(
            teammate=self._desks.teammates.get(teammate_id).name, member=row.member, request=preview(ask.strip(), 60)
        )
        with self._store.write(title, durable=True):
            sent = self._desks.outbox.submit(
                reply, conversation_id, hold_seconds=hold_seconds, tells=(), answers=self.answers(conversation_id)
            )
            given = {**(details or {}), "introduced_outbox_id": sent}
            made = desk.add(conversation_id, teammate_id, ask, kind=kind, needed_by=needed_by, details=given)
        return HandedOff(made, sent)

    def introduction(
        self, conversation_id: int, teammate_id: int, needed_by: str, language: str = "", key: str = INTRODUCTION
    ) -> Draft:
        """The words that name the helper and the day, in the member's language or `language`; to be changed freely.

        `key` may be of another template that knows {{who_helps}} and {{when}}. Blanks that nobody can fill stay.
        """
        mate, today = self._desks.teammates.get(teammate_id), _today()
        spoken = language or self._language(key, conversation_id)
        more = {
            "who_helps": name_of_teammate(mate.name, " ".join(mate.languages), spoken),
            "when": by_when(needed_by, today, spoken),
        }
        return _draft(self._pick(key, conversation_id, spoken, {key: word for key, word in more.items() if word}))

    def answers(self, conversation_id: int) -> int | None:
        """The message whose author a hand-off of the conversation is for: what a reply to them answers.

        Others may have written after them. None if they have written nothing there that can be replied to.
        """
        conn = self._store.read
        member = self._desks.inbox.row(conversation_id).member_id
        choice = meant_for(speakers(conn, conversation_id), member)
        return None if choice is None or choice.to is None else choice.to.message_id

    def why_not_told(self, conversation_id: int) -> UserError | None:
        """Why no reply can go to whom a hand-off of the conversation is for; None if one can.

        A draft to somebody else is in the way: a reply takes the conversation's draft with it.
        """
        opened = self._desks.inbox.open(conversation_id)
        other = opened.answering if opened.draft.strip() else None
        if other is not None and opened.row.member_id not in (None, other.member_id):
            msg = tr("A draft to {name} is there. Send or discard it first to tell {member}.")
            return UserError(msg.format(name=other.name, member=opened.row.member))
        return self._desks.outbox.why_not_sendable(conversation_id, self.answers(conversation_id))

    def answer_words(self, number: int, language: str = "") -> Draft:
        """The words that tell the member what was answered, in their language or `language`.

        Raises UserError for one that is not answered, or has no conversation.
        """
        handoff = self._desks.handoffs.get(number)
        if handoff.status not in ANSWERED:
            raise UserError(tr("{teammate} hasn't answered yet.").format(teammate=_mate(handoff)))
        conversation = _conversation_of(handoff)
        spoken = language or self._language(ANSWER, conversation)
        mate = None if handoff.teammate_id is None else self._desks.teammates.get(handoff.teammate_id)
        name = "" if mate is None else name_of_teammate(mate.name, " ".join(mate.languages), spoken)
        more = {blank: word for blank, word in (("teammate", name), ("answer", handoff.answer)) if word}
        return _draft(self._pick(ANSWER, conversation, spoken, more))

    def template(self, key: str) -> int:
        """The id of the template with this key; one of ours that is not there yet is brought in."""
        found = [one.id for one in self._desks.templates.all() if one.key == key]
        if not found:
            name = "templates.toml" if key == HOLDING else "following.toml"
            ours = read(resources.ROOT.joinpath("starter", name).read_text("utf-8"))
            with self._store.write():
                self._desks.templates.bring_in([one for one in ours if one.key == key])
            found = [self._desks.templates.get(key).id]
        return found[0]

    def _language(self, key: str, conversation_id: int) -> str:
        """The language that a template is picked in for a conversation; English where that is open."""
        answers = self.answers(conversation_id)
        picked = self._desks.templates.pick(self.template(key), conversation_id, answers=answers)
        return _ENGLISH if picked is None else picked.text.language

    def _pick(self, key: str, conversation_id: int, language: str, more: Mapping[str, str]) -> Pick:
        answers = self.answers(conversation_id)
        found = self._desks.templates.pick(self.template(key), conversation_id, language, answers, more)
        if found is None:  # with a language given it says what is wrong itself
            raise UserError(tr("There's no text in that language. Choose another one."))
        return found

    # --- when no answer comes

    def steps(self, number: int) -> list[Taken]:
        """What was done about a hand-off whose answer is missing, oldest first."""
        return steps_of(self._store.read, [number])[number]

    def offered(self, today: date | None = None) -> list[Offered]:
        """The hand-offs whose next step is due, the longest overdue first."""
        open_ = [one for one in self._desks.handoffs.listed("open") if one.needed_by and one.status not in ANSWERED]
        day = today or _today()
        steps = steps_of(self._store.read, [one.id for one in open_ if one.needed_by < day.isoformat()])
        found = [self._offered(one, steps[one.id], day) for one in open_ if one.id in steps]
        return sorted(filter(None, found), key=lambda one: (-one.offer.days, one.handoff.id))

    def offer(self, number: int, today: date | None = None) -> Offered | None:
        """The step that is due for one hand-off; None if there is none."""
        return self._offered(self._desks.handoffs.get(number), self.steps(number), today or _today())

    def _offered(self, handoff: Handoff, taken: Sequence[Taken], day: date) -> Offered | None:
        free = self._free()
        if next_step(handoff, taken, day, free) is None:
            return None
        second = next(iter(self.seconds(handoff.id, day)), None)
        has_it = None if handoff.teammate_id is None else self._desks.teammates.get(handoff.teammate_id)
        away = has_it is not None and is_away(has_it, day)
        offer = next_step(handoff, taken, day, free, second=second is not None, away=away)
        return None if offer is None else Offered(handoff, offer, second)

    def seconds(self, number: int, today: date | None = None) -> list[Suggestion]:
        """Whom a hand-off can be passed on to: the stand-in first, then the likeliest who has not had it."""
        handoff, day = self._desks.handoffs.get(number), today or _today()
        everyone = self._desks.teammates.all()
        had = {handoff.teammate_id, *(step.from_teammate_id for step in self.steps(number))}
        stand_in = next((mate.stand_in_id for mate in everyone if mate.id == handoff.teammate_id), None)
        if handoff.conversation_id is None:
            people = [Suggestion(mate, None, (), speaks=False) for mate in everyone]
        else:
            opened = self._desks.inbox.open(handoff.conversation_id)
            people = list(
                suggested(opened, everyone, (), day, handoff.ask, owners=Responsibles(self._store).all()).people
            )
        left = [one for one in people if one.teammate.id not in had and not one.away]
        return sorted(left, key=lambda one: one.teammate.id != stand_in)

    def remind(self, number: int) -> Reminder:
        """Draft a letter that reminds the teammate, in a language of theirs, and note it; one action, nothing is sent.

        Without an e-mail address of theirs, or an account that sends e-mail, only the words are returned.
        """
        handoff = self._waiting(number)
        language, subject, text = self._reminder(handoff)
        title = tr("Reminded {teammate}: {request}").format(teammate=_mate(handoff), request=preview(handoff.ask, 60))
        with self._store.write(title) as conn:
            draft = self._letter(handoff.teammate_id, language, subject, text)
            record(
                conn, number, REMIND, clock.now(), teammate_id=handoff.teammate_id,
                letter_draft_id=draft.id if draft else None,
            )  # fmt: skip
        return Reminder(subject, text, draft)

    def _reminder(self, handoff: Handoff) -> tuple[str, str, str]:
        """The language, subject and words of the reminder, in the first language of theirs that there are words in."""
        known = {row["language"]: row for row in resources.tables("letters", "reminder.toml", "letter")}
        mate = None if handoff.teammate_id is None else self._desks.teammates.get(handoff.teammate_id)
        language = next((one for one in (mate.languages if mate else ()) if one in known), _ENGLISH)
        blanks = {
            "first_name": name_of_teammate(mate.name, " ".join(mate.languages), _ENGLISH) if mate else "",
            "id": ids.display(ids.HANDOFF, handoff.id), "ask": handoff.ask, "day": handoff.needed_by or "–",
            "member": handoff.member or "–",
        }  # fmt: skip
        row = known[language]
        return language, row["subject"].format(**blanks), row["body"].strip().format(**blanks)

    def _letter(self, teammate_id: int | None, language: str, subject: str, text: str) -> LetterDraft | None:
        letters, account = self._desks.letters, self._writes_from()
        mate = None if teammate_id is None else self._desks.teammates.get(teammate_id)
        if mate is None or not mate.email or account is None:
            return None
        box = Addressee(TO, mate.name, mate.email)
        return letters.save(
            LetterDraft(account_id=account, receivers=(box,), subject=subject, text=text, language=language)
        )

    def _writes_from(self) -> int | None:
        return next((one.id for one in self._desks.letters.accounts() if channel(one.kind).by_address), None)

    def can_write_to(self, teammate_id: int) -> bool:
        """Whether a letter can be drafted to a teammate: their address is known, and an account sends e-mail."""
        return bool(self._desks.teammates.get(teammate_id).email) and self._writes_from() is not None

    def thank(self, teammate_id: int, words: str, handoff_id: int | None = None) -> LetterDraft | None:
        """Keep a word of thanks, and draft a letter that says it in a language of theirs; one action, nothing is sent.

        It names the hand-off that they helped with, if one is given. None where no letter can reach them; the words are
        kept all the same. Raises UserError without words.
        """
        mate = self._desks.teammates.get(teammate_id)
        handoff = None if handoff_id is None else self._desks.handoffs.get(handoff_id)
        language, subject, text = thanks_letter(mate, words, handoff)
        title = tr("Thanked {name}: {words}").format(name=mate.name, words=preview(words.strip(), 60))
        with self._store.write(title):
            self._desks.teammates.thank(teammate_id, words, handoff_id)
            return self._letter(teammate_id, language, subject, text)

    def pass_on(self, number: int, teammate_id: int, needed_by: str = "") -> None:
        """Give a hand-off to another teammate, who does not know of it yet; one action.

        Raises UserError if it is answered, closed, or with them already.
        """
        handoff, mate = self._waiting(number), self._desks.teammates.get(teammate_id)
        if handoff.teammate_id == teammate_id:
            raise UserError(tr("It's with {name} already.").format(name=mate.name))
        title = tr("Passed on to {teammate}: {request}").format(teammate=mate.name, request=preview(handoff.ask, 60))
        values: dict[str, object] = {"teammate_id": teammate_id, "status": "sent"}
        with self._store.write(title) as conn:
            self._desks.handoffs.edit(number, values | ({"needed_by": needed_by} if needed_by else {}))
            given_again(conn, {number: None})
            record(conn, number, PASS_ON, clock.now(), from_teammate_id=handoff.teammate_id, teammate_id=teammate_id)

    def still_on_it(self, number: int) -> Draft:
        """Begin a reply that tells the member that we are still on it, and note that; one action, nothing is sent.

        Raises UserError if another draft is there already, or there is nobody to write to.
        """
        handoff = self._waiting(number)
        conversation = _conversation_of(handoff)
        words = _draft(self._pick(STILL_ON_IT, conversation, self._language(STILL_ON_IT, conversation), {}))
        title = tr("Began to tell {member} that we're still on it").format(member=handoff.member or tr("the member"))
        with self._store.write(title) as conn:
            _keep(conn, conversation, words, handoff.member, self.answers(conversation))
            record(conn, number, TELL, clock.now(), teammate_id=handoff.teammate_id)
        return words

    def draft_answer(self, number: int) -> Draft:
        """Begin the reply that tells the member the answer; one action, nothing is sent. Raises as `still_on_it`."""
        handoff, words = self._desks.handoffs.get(number), self.answer_words(number)
        conversation = _conversation_of(handoff)
        title = tr("Began to tell {member} the answer").format(member=handoff.member or tr("the member"))
        with self._store.write(title) as conn:
            _keep(conn, conversation, words, handoff.member, self.answers(conversation))
        return words

    def _waiting(self, number: int) -> Handoff:
        handoff = self._desks.handoffs.get(number)
        shown = ids.display(ids.HANDOFF, number)
        if handoff.closed_at is not None:
            raise UserError(tr("{handoff} is closed. Reopen it first.").format(handoff=shown))
        if handoff.status in ANSWERED:
            raise UserError(
                tr("{teammate} has answered {handoff} already.").format(teammate=_mate(handoff), handoff=shown)
            )
        return handoff


def _keep(conn: Connection, conversation_id: int, words: Draft, member: str, answers: int | None) -> None:
    """Save the words as the conversation's draft that answers this message. Raises UserError if another is there."""
    known = drafts.get(conn, conversation_id)
    if known is not None and known.text.strip() and known.text != words.text:
        msg = tr("A draft to {member} is there already. Send or discard it first.")
        raise UserError(msg.format(member=member or tr("the member")))
    drafts.save(conn, Unsent(conversation_id, words.text, words.language, answers, words.template_id))


def _draft(picked: Pick) -> Draft:
    return Draft(picked.filled.text, picked.text.language, picked.template.id, picked.text.variant)


def _conversation_of(handoff: Handoff) -> int:
    if handoff.conversation_id is None:
        raise UserError(
            tr("There's no conversation to reply in. Write to {member} instead.").format(
                member=handoff.member or tr("the member")
            )
        )
    return handoff.conversation_id


def _mate(handoff: Handoff) -> str:
    return handoff.teammate or tr("the teammate")


def _today() -> date:
    return clock.local(clock.now()).date()
