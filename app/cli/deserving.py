"""`gift deserve|pass|fairness|effect`: who deserves a gift, "not now", how gifts are shared, and what came of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.base import clock, ids
from app.base.errors import UserError
from app.base.language_names import name as language_name
from app.base.words import tr
from app.channels.registry import channel
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, table
from app.cli.search import member_of
from app.cli.shapes import Shape, named, person, spoken, worth
from app.deserving import Deed, LeftOut, Proposal, Terms, telling
from app.fairness import DAYS, DIMENSION_NAMES, LEAST, TENURE_NAMES, Effect, Share, Side
from app.fairness import telling as fair_words
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to those of `gift`."""
    made = group.add("deserve", deserve, tr("list who deserves a gift and why, and who is left out"))
    limit(made, 50)
    made = group.add("pass", pass_over, tr("propose a member no gift for now; can be undone"))
    made.add_argument("member", metavar=tr("MEMBER"), nargs="+", help=tr("P-..., or words from the name"))
    made.add_argument("--until", metavar=tr("DATE"), help=tr("the last day of it; left out: 90 days from today"))
    made.add_argument("--why", metavar=tr("TEXT"), default="", help=tr("the reason, for yourself"))
    made.add_argument("--end", action="store_true", help=tr("propose them again"))
    made = group.add("fairness", fairness, tr("compare the gifts of each language and channel with its active members"))
    made.add_argument("--year", metavar=tr("YEAR"), type=int, default=None, help=tr("default: this year"))
    made = group.add("effect", effect, tr("compare members before and after a gift with similar members without one"))
    made.add_argument("--since", metavar=tr("DATE"), default="", help=tr("gifts from this day on; left out: a year"))
    made.add_argument(
        "--until", metavar=tr("DATE"), default="", help=tr("gifts until this day, 91 days ago or earlier")
    )


def deserve(bench: Workbench, asked: Namespace) -> Output:
    """List who deserves a gift, and who is left out."""
    now = clock.now()
    found = bench.deserving.proposals(now)
    proposed, left_out = found.proposed[: asked.limit], found.left_out[: asked.limit]
    shape: Shape = {
        "proposed": [_proposal_json(one, found.terms) for one in proposed],
        "left_out": [_left_out_json(one, found.terms, now) for one in left_out],
    }
    cells = [
        (
            ids.display("P", one.person.id),
            one.person.name,
            one.item.name if one.item is not None else "",
            telling.had(one.person, found.terms.currency, now),
            "; ".join(map(telling.why, one.deeds)),
        )
        for one in proposed
    ]
    lines = table(cells) or [tr("Nobody is proposed for a gift right now.")]
    if left_out:
        lines += ["", tr("Left out:")]
        lines += table(
            [
                (ids.display("P", one.person.id), one.person.name,
                 telling.left_out(one, found.terms.cool_down_days, now),
                 telling.why(one.deeds[0]))
                for one in left_out
            ]
        )  # fmt: skip
    return Output(shape, lines)


def _proposal_json(one: Proposal, terms: Terms) -> Shape:
    item = one.item
    known = item.worth if item is not None and item.worth else None
    return {
        "member": person(one.person.id, one.person.name),
        "reasons": _reasons_json(one.deeds),
        "occasion": one.occasion,
        "item": None if item is None else {"name": item.name, "worth": worth(known, terms.currency)},
        **_had_json(one, terms),
    }


def _left_out_json(one: LeftOut, terms: Terms, now: int) -> Shape:
    return {
        "member": person(one.person.id, one.person.name),
        "why": spoken(one.why),
        "words": telling.left_out(one, terms.cool_down_days, now),
        "reasons": _reasons_json(one.deeds),
        **_had_json(one, terms),
    }


def _had_json(one: Proposal | LeftOut, terms: Terms) -> Shape:
    known = one.person
    sums = [(terms.currency, known.year_sum)] if known.year_sum else []
    return {
        "gifts": known.had_count,
        "last_gift": None if not known.last_at else {"item": known.last_item, "at": iso(known.last_at)},
        "this_year": [worth(cents, code) for code, cents in (*sums, *known.other_sums)],
    }


def _reasons_json(deeds: Sequence[Deed]) -> list[Shape]:
    return [
        {
            "reason": spoken(deed.kind), "words": telling.why(deed), "at": iso(deed.at),
            "conversation": named("C", deed.conversation_id), "count": deed.number,
        }
        for deed in deeds
    ]  # fmt: skip


def pass_over(bench: Workbench, asked: Namespace) -> Output:
    """Propose somebody no gift for now, or again."""
    number = member_of(bench, " ".join(asked.member))
    name = bench.members.get(number).name
    if asked.end:
        if asked.until or asked.why:
            raise UserError(tr("Use --end alone: it takes no day and no reason."))
        ended = bench.deserving.end_pass(number)
        words = tr("{name} is proposed again.") if ended else tr("{name} was not put off, so nothing has changed.")
        return Output({"member": person(number, name), "until": None}, [words.format(name=name)])
    until = bench.dates.day(asked.until) if asked.until else ""
    day = bench.deserving.pass_over(number, until, asked.why)
    line = tr("{name} is not proposed until {day}.").format(name=name, day=day)
    return Output({"member": person(number, name), "until": day}, [line])


def fairness(bench: Workbench, asked: Namespace) -> Output:
    """Show how the gifts of a year were shared."""
    found = bench.fairness.shares(asked.year)
    shape: Shape = {
        "year": found.year,
        "gifts": found.gifts,
        "active": found.active,
        **{dimension: [_share_json(one) for one in shares] for dimension, shares in found.by.items()},
    }
    if not found.gifts:
        return Output(shape, [tr("No gifts in {year}.").format(year=found.year)])
    lines: list[str] = []
    for dimension, shares in found.by.items():
        cells = [
            (
                group_name(dimension, one.key),
                tr("{count} of {all} gifts").format(count=one.gifts, all=one.all_gifts),
                tr("{count} of {all} active members").format(count=one.active, all=one.all_active),
                tr("far below") if one.far_below else "",
            )
            for one in shares
        ]
        lines += [*([""] if lines else []), tr(DIMENSION_NAMES[dimension]), *table(cells)]
    return Output(shape, lines)


def group_name(dimension: str, key: str) -> str:
    """What a group is called: a language's name, a channel's title, newcomers or veterans."""
    if dimension == "channel":
        return tr(channel(key).title) if key else tr("Not known")
    if dimension == "tenure":
        return tr(TENURE_NAMES[key])
    return language_name(key) if key else tr("Not known")


def _share_json(one: Share) -> Shape:
    return {"key": one.key, "gifts": one.gifts, "active": one.active, "far_below": one.far_below}


def effect(bench: Workbench, asked: Namespace) -> Output:
    """Compare members before and after a gift with similar ones."""
    since, until = (bench.dates.day(typed, back=True) if typed else "" for typed in (asked.since, asked.until))
    found = bench.fairness.effect(since, until)
    return Output(_effect_json(found), [fair_words.period(found), *fair_words.verdict(found)])


def _effect_json(found: Effect) -> Shape:
    return {
        "since": iso(found.begin), "until": iso(found.end), "days": DAYS, "least": LEAST, "enough": found.says,
        "given": _side_json(found.given), "similar": _side_json(found.similar),
    }  # fmt: skip


def _side_json(side: Side) -> Shape:
    return {"members": side.members, "before": side.before, "after": side.after, "change": side.change}
