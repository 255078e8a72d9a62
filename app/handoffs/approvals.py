"""Whether a reply may be sent that a rule stops: asked by a hand-off, whose answer holds for exactly these words.

"Solved" is a yes, "declined" a no, so that every way in which an answer comes back brings this one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from app.base import clock, dates, ids
from app.base.errors import UserError
from app.base.text import fold, preview
from app.base.words import N_, tr
from app.handoffs.desk import Handoffs
from app.handoffs.likely import suggested
from app.handoffs.packing import context
from app.handoffs.rows import ANSWERED
from app.inbox import Inbox
from app.responsible import Responsibles
from app.store.sqlite import Row
from app.store.store import Store
from app.teammates import Teammate, Teammates, serving
from app.voice.asked import NO, WAITING, YES, Asked, may_be_asked
from app.voice.clearing import Draft
from app.voice.rule import Finding

_SELECT = (
    "SELECT h.id, h.asks_rule_id, h.status, h.closed_at, h.answer, h.answered_on, h.opened_at, h.draft, t.name"
    " FROM handoff h LEFT JOIN teammate t ON t.id = h.teammate_id"
)
_KINDS = {"legal": "legal", "publicity": "press", "promotion": "press"}
_ASK = N_("May this reply be sent as it is? “{words}” is stopped: {why} Answer “solved” for yes, “declined” for no.")
_SAID = {
    YES: (N_("{name} said yes on {day}."), N_("{name} said yes on {day}: “{answer}”.")),
    NO: (N_("{name} said no on {day}."), N_("{name} said no on {day}: “{answer}”.")),
}
_MOST_ANSWER = 200


class Approval(NamedTuple):
    """A question about a draft: how it stands, and the words that it is about. `day` is when it was asked (ISO)."""

    asked: Asked
    rule_id: int
    teammate: str
    day: str
    draft: str


class Approvals:
    """Questions about drafts, and what was answered."""

    def __init__(self, store: Store, handoffs: Handoffs) -> None:
        """Each question is one of the hand-offs."""
        self._store, self._handoffs = store, handoffs

    def answers(self, draft: Draft) -> dict[int, Asked]:
        """What was asked last about exactly the words of a draft in its conversation, by the id of the rule."""
        words = _bare(draft.text)
        rows = self._store.read.execute(
            f"{_SELECT} WHERE h.conversation_id = ? AND h.asks_rule_id IS NOT NULL ORDER BY h.id",
            (draft.conversation_id,),
        )
        found = (_approval(row) for row in rows if _bare(row["draft"]) == words)
        return {one.rule_id: one.asked for one in found if one is not None}

    def listed(self, conversation_id: int | None = None) -> list[Approval]:
        """Every question about a draft, of a conversation or of all, the latest first; not one closed unanswered."""
        rows = self._store.read.execute(
            f"{_SELECT} WHERE h.asks_rule_id IS NOT NULL AND (?1 IS NULL OR h.conversation_id = ?1)"
            " ORDER BY h.opened_at DESC, h.id DESC",
            (conversation_id,),
        )
        return [one for one in map(_approval, rows) if one is not None]

    def ask(
        self, draft: Draft, finding: Finding, teammate_id: int, *, more: str = "", needed_by: str = "",
        at: int | None = None,
    ) -> int:  # fmt: skip
        """Ask a teammate whether a draft may pass the rule that stops it; returns the hand-off's id.

        The draft goes along whole, and is held until they answer. `more` is what is asked besides. It is dated now or
        `at` (Unix seconds). Raises UserError for a new message, for what no rule stops, and while it is asked already.
        """
        if draft.conversation_id is None or not may_be_asked(finding):
            raise UserError(why_not(draft, finding))
        kind = _KINDS.get(finding.risk, "question")
        ask = tr(_ASK).format(words=preview(finding.words, 60), why=_ended(finding.why))
        words = draft.text.strip()
        said = context(self._store.read, draft.conversation_id, at)
        reply = tr("The reply:\n{words}").format(words=words)
        details = {"context": f"{said}\n\n{reply}".strip(), "draft": words, "asks_rule_id": finding.rule_id}
        return self._handoffs.add(
            draft.conversation_id, teammate_id, " ".join(filter(None, (ask, more.strip()))), kind=kind,
            needed_by=needed_by, details=details, at=at,
        )  # fmt: skip


def why_not(draft: Draft, finding: Finding) -> str:
    """Why nobody can be asked about a finding, in a sentence."""
    if finding.asked == WAITING:
        return finding.why
    if draft.conversation_id is None:
        return tr("Somebody can be asked about a reply, but not about a new message.")
    return tr("No rule stops “{words}”, so there's nothing to ask.").format(words=preview(finding.words, 60))


def stopped_first(found: Iterable[Finding]) -> Finding | None:
    """The first finding that somebody can be asked about; None if there is none."""
    return next(filter(may_be_asked, found), None)


class Desks(Protocol):
    """The desks that know whom to ask."""

    inbox: Inbox

    @property
    def teammates(self) -> Teammates:
        """Teammates."""
        ...

    @property
    def handoffs(self) -> Handoffs:
        """Hand-offs."""
        ...

    @property
    def responsible(self) -> Responsibles:
        """Who is responsible for what."""
        ...


def whom_to_ask(desks: Desks, conversation_id: int, finding: Finding) -> list[Teammate]:
    """Every teammate who can be asked about a finding: the rule's owner, then the likeliest, then all others.

    Where the first is away, their stand-in comes before them.
    """
    opened = desks.inbox.open(conversation_id)
    everyone = desks.teammates.all()
    today = clock.local(clock.now()).date()
    matter = f"{_KINDS.get(finding.risk, '')} {finding.why}"
    likely = suggested(
        opened, everyone, desks.handoffs.of_conversation(conversation_id), today, matter, owners=desks.responsible.all()
    )
    people = [*(one.teammate for one in likely.people), *everyone]
    ranked = _first(finding, list({mate.id: mate for mate in people}.values()))
    there = [serving(ranked[0], {mate.id: mate for mate in everyone}, today)] if ranked else []
    return list({mate.id: mate for mate in (*there, *ranked)}.values())


def _first(finding: Finding, people: Sequence[Teammate]) -> list[Teammate]:
    """These teammates, the rule's owner first, by name or team, and then the team that such a matter is for."""
    owner, team = fold(finding.owner).strip(), _KINDS.get(finding.risk, "")
    return sorted(people, key=lambda mate: (not _is(mate, owner), not team or team not in fold(mate.team)))


def _is(mate: Teammate, wanted: str) -> bool:
    name, team = fold(mate.name), fold(mate.team)
    return bool(wanted) and (wanted in (name, team) or wanted in name.split())


def _ended(sentence: str) -> str:
    stripped = sentence.strip()
    return stripped if stripped.endswith((".", "!", "?", "…", ";")) else f"{stripped}."


def _bare(text: str) -> str:
    """The words, however they are spaced."""
    return " ".join(text.split())


def _approval(row: Row) -> Approval | None:
    name = row["name"] or tr("Somebody")
    opened = clock.local(row["opened_at"]).date().isoformat()
    if row["status"] not in ANSWERED:
        if row["closed_at"] is not None:
            return None
        said = tr("{name} was asked on {day}, and hasn't answered yet ({id}).").format(
            name=name, day=dates.written(opened), id=ids.display(ids.HANDOFF, row["id"])
        )
        state = WAITING
    else:
        state = YES if row["status"] == "solved" else NO
        plain, quoting = _SAID[state]
        answer = preview(row["answer"].strip(), _MOST_ANSWER).removesuffix(".")
        day = date.fromisoformat(row["answered_on"] or opened).isoformat()
        said = tr(quoting if answer else plain).format(name=name, day=dates.written(day), answer=answer)
    return Approval(Asked(row["id"], state, said), row["asks_rule_id"], row["name"] or "", opened, row["draft"])
