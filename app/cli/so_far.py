"""What happened so far in a conversation, as `show` tells it."""

from __future__ import annotations

from app.base import ids
from app.base.words import tr
from app.cli.output import iso, one_line, when
from app.cli.shapes import Shape, spoken
from app.inbox import UNTIL_REPLY
from app.inbox import so_far as facts
from app.inbox.so_far import Fact, SoFar
from app.inbox.so_far_words import GROUPS, Shown, in_words

_LETTERS = {
    facts.MESSAGE: ids.MESSAGE, facts.WAITS: ids.MESSAGE, facts.ANSWERED: ids.MESSAGE, facts.GIFT: "G",
    facts.HANDOFF: "H", facts.REPLY: "O", facts.DRAFT: ids.CONVERSATION, facts.SNOOZED: ids.CONVERSATION,
}  # fmt: skip
"""Kind of a fact -> the letter of its row's id; a promise and a file have none."""
_SHOWN = Shown(when, str, one_line)


def so_far_json(told: SoFar) -> Shape:
    """The facts by group, each with the id of its row."""
    return {group: [_fact_json(fact) for fact in getattr(told, group)] for group in GROUPS}


def _fact_json(fact: Fact) -> Shape:
    at = "reply" if fact.at == UNTIL_REPLY else iso(fact.at)
    return {
        "kind": "reply" if fact.kind == facts.REPLY else fact.kind, "id": _shown_id(fact) or fact.id, "at": at,
        "words": fact.words, "who": fact.who or None, "state": spoken(fact.state) or None, "due": fact.due or None,
        "message": None if fact.message is None else ids.display(ids.MESSAGE, fact.message),
    }  # fmt: skip


def _shown_id(fact: Fact) -> str:
    letter = _LETTERS.get(fact.kind, "")
    return ids.display(letter, fact.id) if letter else ""


def so_far_lines(told: SoFar, messages: int) -> list[str]:
    """One line for each fact of a conversation with so many messages, and an empty one; none for a short one."""
    if messages <= facts.LONG or not told.every:
        return []
    lines = []
    for group, title in GROUPS.items():
        for fact in getattr(told, group):
            shown = _shown_id(fact) or (ids.display(ids.MESSAGE, fact.message) if fact.message else "")
            sentence = tr("{what}: {words}").format(what=tr(title), words=in_words(fact, _SHOWN))
            lines.append(f"{sentence}  {shown}".rstrip())
    return ["", *lines]
