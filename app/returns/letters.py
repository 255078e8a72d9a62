"""Letters about what comes back: one in which a teammate answers in plain words, and one that asks about a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.accounts import channel
from app.base import clock, ids
from app.base.addresses import address_key
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee
from app.base.text import preview
from app.base.words import tr
from app.handoffs import ANSWERED, STATUSES, Handoff, Handoffs
from app.handoffs import returned as handoff_returns
from app.inbox.addressing import TO
from app.mail.quotes import own_words
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.returns import numbers, status_words
from app.returns.rows import Preview
from app.returns.telling import because
from app.store.store import Store
from app.teammates import Teammate, Teammates

_SENTENCE_END = re.compile(r"[.!?;:]")


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """A message in which a teammate may answer: their words without what they quote, and what it may be about.

    `handoffs` are open ones, likeliest first; with `named` the first is one that the message names by its id. `status`
    is what their words begin with, "" where they don't say. `teammate` is None for a writer who is none.
    """

    message_id: int
    teammate: Teammate | None
    words: str
    handoffs: tuple[Handoff, ...]
    status: str
    named: bool


def plain_answer(store: Store, message_id: int) -> PlainAnswer:
    """What a message answers. Raises NotFoundError for one that is not there, UserError for one of ours."""
    row = store.read.execute(
        "SELECT m.out, m.text, c.title, coalesce(i.handle, '') AS handle FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
        raise NotFoundError(msg)
    if row["out"]:
        raise UserError(tr("That message is your own. Choose one that a teammate wrote."))
    address = address_key(row["handle"])
    mates = [mate for mate in Teammates(store).all(archived=True) if mate.email and address_key(mate.email) == address]
    mate = mates[0] if mates else None
    open_ = {one.id: one for one in Handoffs(store).listed("open")}
    told = numbers.within(f"{row['title']}\n{row['text']}", "handoffs")
    named = [number for number in told if number in open_]
    theirs = [one.id for one in open_.values() if mate is not None and one.teammate_id == mate.id]
    theirs.sort(key=lambda number: (open_[number].status in ANSWERED, open_[number].exported_at is None, number))
    words = own_words(row["text"]).strip()
    first_line = words.partition("\n")[0].strip()
    status = status_words.read(_SENTENCE_END.split(first_line)[0], "handoffs")[0] if first_line else ""
    found = tuple(open_[number] for number in dict.fromkeys([*named, *theirs]))
    return PlainAnswer(message_id, mate, words, found, status, bool(named))


def refuse_unanswerable(found: PlainAnswer) -> None:
    """Raise UserError for a message that can answer no open hand-off."""
    if not found.handoffs:
        msg = tr("No open hand-off is with whoever wrote this message, and it names none by its id (H-…).")
        raise UserError(msg)


def take(store: Store, found: PlainAnswer, number: int, status: str, answer: str) -> str:
    """Write an answer to a hand-off as one action; returns the action's title. Raises UserError for a blank answer."""
    if status not in STATUSES:
        raise UserError(tr("Choose the status: what became of the request?"))
    if not answer.strip():
        raise UserError(tr("The answer is blank. Write down what they said."))
    handoff = Handoffs(store).get(number)
    name = handoff.teammate or (found.teammate.name if found.teammate is not None else "")
    title = tr("Answer of {teammate}: {request}").format(
        teammate=name or tr("a teammate"), request=preview(handoff.title or handoff.ask, 60)
    )
    values = {"status": status, "answer": answer.strip()}
    if status in ANSWERED:
        values["answered_on"] = clock.local(_written_at(store, found.message_id)).date().isoformat()
    with store.write(title) as conn:
        handoff_returns.take(conn, number, values, found.message_id)
    return title


def _written_at(store: Store, message_id: int) -> int:
    row = store.read.execute("SELECT at FROM message WHERE id = ?", (message_id,)).fetchone()
    return int(row["at"])


def ask(store: Store, letters: Letters, found: Preview, teammate: str) -> LetterDraft:
    """Draft a letter to a teammate about the rows that can't be read; nothing is sent. Raises UserError."""
    mate = next((one for one in Teammates(store).all(archived=True) if one.name == teammate), None)
    if mate is None or not mate.email:
        msg = tr("There's no e-mail address for {name}. Add it on the Hand-offs page, under Teammates.")
        raise UserError(msg.format(name=teammate or tr("the teammate")))
    account = next((one.id for one in letters.accounts() if channel(one.kind).by_address), None)
    if account is None:
        raise UserError(tr("No account here sends e-mail. Connect one first."))
    rows = [row for row in found.rejected if row.teammate in ("", teammate)]
    subject = tr("Questions about {file}").format(file=found.name)
    lines = [_line(row.line, row.id, row.about, because(row, found.kind)) for row in rows]
    text = "\n\n".join(
        [
            tr("Hi {name},").format(name=mate.name.split()[0]),
            tr("thank you for the file. These rows I can't read for certain:"),
            "\n".join(lines),
            tr("Could you tell me what they should say?"),
        ]
    )
    return letters.save(
        LetterDraft(account_id=account, receivers=(Addressee(TO, mate.name, mate.email),), subject=subject, text=text)
    )


def _line(line: int, shown: str, about: str, why: str) -> str:
    name = " ".join(filter(None, (shown, about)))
    return tr("- Row {line} ({name}): {reason}").format(line=line, name=name or tr("no id"), reason=why)
