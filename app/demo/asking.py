"""Replies of the demo that a rule stops: what a teammate was asked about them, and what came back."""

from __future__ import annotations

from app.base import resources
from app.demo.kindness import give_out
from app.demo.planting import Plant, Planting
from app.inbox import drafts
from app.voice.clearing import Draft
from app.voice.rule import ASK, Finding


def plant(planting: Planting) -> None:
    """Begin each reply and ask about it; what came back is recorded with the answers to all hand-offs."""
    for one in resources.table("demo", "asked.toml")["asked"]:
        _ask(planting, one)


def _ask(planting: Planting, asked: Plant) -> None:
    bench, mate, at = planting.bench, planting.teammates[asked["to"]], planting.moment(asked["at"])
    row = bench.inbox.row(planting.conversations[asked["talk"]])
    with bench.store.write() as conn:
        drafts.save(conn, drafts.Draft(row.id, asked["draft"], row.language))
    made = bench.approvals.ask(
        Draft(asked["draft"], row.language, conversation_id=row.id), _finding(planting, asked, row.language), mate,
        needed_by=planting.day(asked.get("needed_by", "")), at=at,
    )  # fmt: skip
    give_out(planting, made, asked["to"], at)
    planting.handoffs.append((made, asked))


def _finding(planting: Planting, asked: Plant, language: str) -> Finding:
    """What the guard finds, put together by hand: asking it would read the forms of words of the whole language."""
    rule = next(
        one for one in planting.bench.voice.rules()
        if (one.language, one.risk, one.level) == (language, asked["risk"], ASK)
    )  # fmt: skip
    start = asked["draft"].index(asked["words"])
    end = start + len(asked["words"])
    return Finding(start, end, ASK, rule.risk, rule.why, asked["words"], rule_id=rule.id)
