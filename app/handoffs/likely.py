"""What a hand-off of a conversation starts with: the likeliest teammate, the kind, what is open already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.base.words import tr
from app.handoffs import press
from app.handoffs.owning import owners_first
from app.handoffs.press import from_press, press_first
from app.handoffs.rows import ANSWERED, STATE_NAMES, Handoff, state
from app.inbox import ConversationRow, Opened
from app.responsible import Responsible
from app.teammates import Suggestion, Teammate, likeliest

_RECENT_LINES = 4
_USUAL_DAYS = 2


class Suggested(NamedTuple):
    """Whom a conversation is handed to most likely, best first, as which kind; `open` waits for an answer already.

    `press`: the press writes there.
    """

    people: tuple[Suggestion, ...]
    kind: str
    open: Handoff | None
    press: bool = False


def suggested(
    opened: Opened,
    everyone: Sequence[Teammate],
    handoffs: Iterable[Handoff],
    day: date,
    asked: str = "",
    member_kind: str = "",
    *,
    owners: Sequence[Responsible] = (),
) -> Suggested:
    """What a hand-off of this conversation starts with on a local day; `asked` is what is asked for, if that is known.

    Who helps with what its labels, title and last messages name comes first, then with what the post above it is about,
    then who knows its language. Who answers the press comes before anybody else where the press writes; `member_kind`
    is what its member is known as. Then come `owners`: whoever answers for the subject, and for the account.
    """
    row, said = opened.row, f"{about(opened)} {asked}"
    people = likeliest(everyone, said, row.language, day, opened.post_title)
    people = owners_first(people, everyone, owners, (said, row.account), day)
    if from_press(member_kind, about(opened)):
        return Suggested(tuple(press_first(people)), press.KIND, open_of(handoffs), press=True)
    return Suggested(tuple(people), _kind(unhappy=row.unhappy), open_of(handoffs))


def suggested_without_talk(
    words: str,
    language: str,
    everyone: Sequence[Teammate],
    handoffs: Iterable[Handoff],
    day: date,
    member_kind: str = "",
    owners: Sequence[Responsible] = (),
) -> Suggested:
    """What a hand-off of a matter without a conversation starts with: by the words that say what it is about.

    `language` is the member's; the rest is as in `suggested`. It is a question until somebody says otherwise.
    """
    people = owners_first(likeliest(everyone, words, language, day), everyone, owners, (words, ""), day)
    if from_press(member_kind, words):
        return Suggested(tuple(press_first(people)), press.KIND, open_of(handoffs), press=True)
    return Suggested(tuple(people), _kind(unhappy=False), open_of(handoffs))


def suggested_for_all(
    rows: Sequence[ConversationRow],
    everyone: Sequence[Teammate],
    day: date,
    owners: Sequence[Responsible] = (),
) -> Suggested:
    """What one hand-off for each of several conversations starts with: by what all are about; open ones are not told.

    Their language counts where they have one in common. They are a problem where one of them is unhappy.
    """
    words = "\n".join(f"{' '.join(name for name, _colour in row.labels)} {row.title} {row.preview}" for row in rows)
    spoken = {row.language for row in rows}
    posts = {row.post_title for row in rows}
    under = posts.pop() if len(posts) == 1 else ""
    people = likeliest(everyone, words, spoken.pop() if len(spoken) == 1 else "", day, under)
    accounts = {row.account for row in rows}
    people = owners_first(people, everyone, owners, (words, accounts.pop() if len(accounts) == 1 else ""), day)
    return Suggested(tuple(people), _kind(unhappy=any(row.unhappy for row in rows)), None)


def usual_due(day: date) -> date:
    """By when a hand-off of this day is needed, unless somebody says otherwise."""
    return day + timedelta(days=_USUAL_DAYS)


def _kind(*, unhappy: bool) -> str:
    return "problem" if unhappy else "question"


def about(opened: Opened) -> str:
    """The words that say what a conversation is about: its labels, its title, and what was last said by others."""
    said = [line.text for line in opened.lines[-_RECENT_LINES:] if line.kind == "said" and not line.out]
    return "\n".join([*opened.labels, opened.row.title, *said])


def open_of(handoffs: Iterable[Handoff]) -> Handoff | None:
    """The latest hand-off that still waits for its teammate's answer; None if there is none."""
    waiting = [one for one in handoffs if one.closed_at is None and one.status not in ANSWERED and one.teammate_id]
    return max(waiting, key=lambda one: (one.opened_at, one.id), default=None)


def already(handoff: Handoff, today: date, since: str = "") -> str:
    """That a teammate has it, and in which state: "Already with Jón Einarsson since Tuesday, seen."."""
    status = tr(STATE_NAMES[state(handoff, today)]).lower()
    if handoff.status == "sent" and handoff.exported_at is None:
        status = tr("not sent yet")
    if since:
        sentence = tr("Already with {teammate} since {day}, {status}.")
        return sentence.format(teammate=handoff.teammate, day=since, status=status)
    return tr("Already with {teammate}, {status}.").format(teammate=handoff.teammate, status=status)


def joined(ask: str, more: str) -> str:
    """A request with another one after it, each a sentence of its own."""
    before = ask.strip()
    end = "" if not before or before.endswith((".", "!", "?", "…", ";", ":", "·")) else "."
    return f"{before}{end} {more.strip()}".strip()


def reason(suggestion: Suggestion) -> str:
    """Why this teammate, in a sentence or two; "" if nothing speaks for them."""
    parts = []
    if suggestion.away:
        parts.append(tr("{name} is away.").format(name=suggestion.teammate.name))
    if suggestion.instead_of is not None:
        parts.append(tr("Stands in for {name}.").format(name=suggestion.instead_of.name))
    if suggestion.owns:
        parts.append(tr("Responsible for {what}.").format(what=suggestion.owns))
    if suggestion.subjects:
        parts.append(tr("Helps with {subjects}.").format(subjects=", ".join(suggestion.subjects)))
    if suggestion.speaks:
        parts.append(tr("Knows the member's language."))
    return " ".join(parts)
