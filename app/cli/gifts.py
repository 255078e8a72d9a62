"""`gift log|list|file|set`: gifts from idea to story. What else is done with gifts has modules of its own."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from app.base import ids, money
from app.base.errors import UserError
from app.base.words import tr
from app.cli import deserving, exports, gift_addresses, gift_ends, gift_money, items
from app.cli.arguments import ALL, Commands, Parser, limit
from app.cli.output import Output, iso, table, when
from app.cli.search import member_of
from app.cli.shapes import ADDRESS, Shape, named, person, spoken, worth
from app.gifts import LEFT, LISTS, OCCASIONS, STATE_NAMES, STATES, Gift, GiftItem, Usual, likely_occasion, reason
from app.gifts.columns import EDITABLE
from app.gifts.consent import Answer
from app.members import allergies
from app.members.cautions import of_gift
from app.workbench import Workbench

_STATES = tuple(spoken(state) for state in STATES)
_LISTS = (*_STATES, *(spoken(name) for name in LISTS if name not in STATES), "all")
_SUMS = ("worth", "actual_cost")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("gift", tr("gifts to members, and the year's budget"))
    made = group.add("log", log, tr("log a gift for a member, or for the member in a conversation"))
    made.add_argument("id", metavar=tr("ID"), help=tr("P-... or C-..."))
    made.add_argument(
        "item",
        metavar=tr("WHAT"),
        nargs="?",
        help=tr("what it is: words, or I-...; left out: as the last gift"),
    )
    made.add_argument(
        "--worth",
        metavar=tr("SUM"),
        help=tr(
            "15, 15.50 EUR, 1290 Kč; the settings' currency if none is given; left out: as the item or the last gift"
        ),
    )
    made.add_argument(
        "--why", metavar=tr("TEXT"), help=tr("the reason; left out: from the occasion and the conversation")
    )
    made.add_argument("--state", choices=_STATES, default="idea", help=tr("default: idea"))
    made.add_argument(
        "--occasion", choices=OCCASIONS, help=tr("left out: a thank-you, or making it right for the unhappy")
    )
    _sets(made)
    gift_ends.over_budget(made)
    _anyway(made)
    made = group.add("list", show_list, tr("list gifts, stage by stage"))
    made.add_argument(
        "--state", choices=_LISTS, default="in-work", help=tr("default: in-work, all except thanked ones")
    )
    made.add_argument("--member", metavar=tr("MEMBER"), help=tr("only for this member: P-... or words from the name"))
    limit(made, 500)
    exports.destination(group.add("file", file, tr("export the gifts to ship, and mark them as exported")))
    made = group.add("set", change, tr("move a gift to another stage, or change its details"))
    made.add_argument("id", metavar=tr("ID"), help=tr("G-..."))
    made.add_argument(
        "state",
        metavar=tr("STATE"),
        nargs="?",
        choices=_STATES,
        help=tr("the new stage, one of: {stages}").format(stages=", ".join(_STATES)),
    )
    _sets(made)
    made.add_argument(
        "--charity", metavar=tr("NAME"), default="", help=tr("who gets it instead, for the stage charity")
    )
    made.add_argument("--back", action="store_true", help=tr("also take back what has left or ended already"))
    gift_ends.over_budget(made)
    _anyway(made)
    gift_addresses.add(group)
    gift_ends.add(group)
    gift_money.add(group)
    deserving.add(group)


def _sets(made: Parser) -> None:
    made.add_argument(
        "--set",
        metavar=tr("KEY=VALUE"),
        action="append",
        default=[],
        help=tr("one of: {fields}").format(fields=", ".join(EDITABLE)),
    )


def _anyway(made: Parser) -> None:
    made.add_argument("--anyway", action="store_true", help=tr("ship it even if the books say there are none left"))


def _ask(question: str, asked: Namespace) -> None:
    """Raise UserError with the question, unless it was answered with `--anyway`."""
    if question and not asked.anyway:
        msg = tr("{question} Say so with --anyway.").format(question=question)
        raise UserError(msg)


def _clear(stopped: str) -> None:
    """Raise UserError with the reason why a card may not go out as it is."""
    if stopped:
        raise UserError(stopped)


def log(bench: Workbench, asked: Namespace) -> Output:
    """Log a gift."""
    kind, number = ids.parse(asked.id)
    talk = bench.inbox.current(number) if kind == "C" else None
    member = member_of(bench, asked.id)
    usual = bench.gifts.usual()
    given = items.meant(bench, asked.item)
    sum_ = _worth(asked, bench.settings.text("currency"), usual, given)
    item = given.name if given else asked.item or usual.item
    occasion, why = _reason(bench, talk, asked)
    details = {"occasion": occasion, **({"item_id": given.id} if given else {}), **_details(asked.set, sum_.currency)}
    state = asked.state.replace("-", "_")
    _clear(bench.cards.stops(str(details.get("card_text", "")), member))
    if state in LEFT:
        of: Any = details.get("item_id") or bench.gifts.items.number(item)
        lacks = bench.gifts.items.asks(of, str(details.get("size", "")), int(str(details.get("qty", 1))))
        allergy = "" if of is None else allergies.warns(bench.store.read, member, int(of))
        _ask(" ".join(filter(None, (allergy, lacks))), asked)
    made, warning = gift_ends.consented(
        asked,
        lambda over, _back: bench.gifts.log(
            member, item, why, sum_, conversation_id=talk, state=state, details=details, over=over
        ),
    )
    gift = bench.gifts.get(made)
    cost = money.display(gift.worth, gift.currency)
    sentence = tr("{id}: {item} for {member}, {cost}. Stage: {state}.").format(
        id=ids.display("G", made), item=gift.item, member=gift.member, cost=cost, state=_stage(gift)
    )
    allergy = allergies.warns(bench.store.read, gift.member_id, gift.item_id)
    caution = " ".join(filter(None, (of_gift(bench.members.get(gift.member_id)), allergy)))
    return Output(
        {**gift_json(gift), "warning": warning or None, "caution": caution or None},
        [sentence, *filter(None, (warning, caution))],
    )


def _reason(bench: Workbench, talk: int | None, asked: Namespace) -> tuple[str, str]:
    """The occasion and the reason: those given, else the ones that the window would fill in."""
    opened = bench.inbox.open(talk) if talk is not None else None
    hurt = opened is not None and (opened.row.unhappy or bench.handoffs.makes_good(opened.row.id))
    occasion = asked.occasion or likely_occasion(unhappy=hurt)
    if asked.why is not None or opened is None:
        return occasion, asked.why if asked.why is not None else reason(occasion)
    said = [line.text for line in opened.lines if line.kind == "said" and not line.out]
    return occasion, reason(occasion, opened.row.title, said)


def _worth(asked: Namespace, usual: str, last: Usual, item: GiftItem | None) -> money.Money:
    """The value given with --worth, in its own currency, the one from `--set`, or `usual`; else the `item`'s or `last`.

    Raises UserError if it names another currency than `--set` does, or if there is none.
    """
    if asked.worth is None:
        if item is not None and item.worth:
            return money.Money(item.worth, item.currency)
        if not last.worth or asked.item is not None:
            msg = tr("Give its value with --worth, such as 15 or 15.50.")
            raise UserError(msg)
        return money.parse(last.worth, last.currency)
    named = _currency(asked.set)
    return money.Money(money.amount(asked.worth, named), named) if named else money.parse(asked.worth, usual)


def _currency(pairs: list[str]) -> str:
    """The currency given with `--set currency=`; "" for none."""
    named = [value for key, _, value in (pair.partition("=") for pair in pairs) if key == "currency"]
    return money.code(named[-1]) if named else ""


def _details(pairs: list[str], currency: str) -> dict[str, object]:
    """Parse `--set` pairs; amounts become minor units of the currency set there, else of `currency`.

    Raises UserError for an unknown key or a value that cannot be parsed.
    """
    values: dict[str, object] = {}
    currency = _currency(pairs) or currency
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or key not in EDITABLE:
            msg = tr("“{pair}” doesn't set anything. Write KEY=VALUE with one of {fields}.").format(
                pair=pair, fields=", ".join(EDITABLE)
            )
            raise UserError(msg)
        values[key] = _typed(key, value, currency)
    return values


def _typed(key: str, value: str, currency: str) -> object:
    if key in _SUMS:
        return money.amount(value, currency)
    if key == "qty":
        if not value.isdecimal():
            msg = tr("“{value}” isn't a quantity.").format(value=value)
            raise UserError(msg)
        return int(value)
    kind = {"conversation_id": ids.CONVERSATION, "item_id": ids.ITEM}.get(key)
    return ids.number(kind, value) if kind else value


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List gifts in a stage; for people the year's budget follows. Those that nobody answered lapse first."""
    bench.gifts.lapse()
    stage = asked.state.replace("-", "_")
    gifts = bench.gifts.listed(stage, asked.limit if asked.member is None else ALL)
    if asked.member is not None:
        number = member_of(bench, asked.member)
        gifts = [gift for gift in gifts if gift.member_id == number][: asked.limit]
    cells = [
        (
            ids.display("G", gift.id),
            spoken(gift.state),
            gift.member,
            money.display(gift.cost, gift.currency),
            f"{gift.item} ({gift.why})",
        )
        for gift in gifts
    ]
    lines = table(cells) or [tr("No gifts found.")]
    return Output([gift_json(gift) for gift in gifts], [*lines, "", *gift_money.lines(bench.gifts.budgets.of())])


def file(bench: Workbench, asked: Namespace) -> Output:
    """Export the gifts to ship."""
    return exports.write(asked, "gifts", lambda path, how: bench.export.file("gifts", path, how))


def change(bench: Workbench, asked: Namespace) -> Output:
    """Change a gift's details, its stage, or both."""
    number = ids.number("G", asked.id)
    values = _details(asked.set, bench.gifts.get(number).currency)
    if not values and not asked.state:
        msg = tr("Say what to change: a stage, or --set KEY=VALUE.")
        raise UserError(msg)
    state = (asked.state or "").replace("-", "_")
    before, allergy = bench.gifts.get(number), ""
    if state:
        changed: dict[str, Any] = {key: values[key] for key in ("size", "qty", "item_id") if key in values}
        then = replace(before, **changed)
        allergy = allergies.before(bench.store.read, then, state)
        lacks = bench.gifts.items.asks_of(then, state)
        _ask(" ".join(filter(None, (allergy if state in LEFT else "", lacks))), asked)
    _clear(bench.cards.stops(str(values.get("card_text", "")), before.member_id))
    _clear("" if "card_text" in values or not state else bench.cards.stops_of(before, state))
    _, warning = gift_ends.consented(
        asked, lambda over, back: _changed(bench, number, values, state, asked, over=over, back=back)
    )
    gift = bench.gifts.get(number)
    return Output(
        {**gift_json(gift), "warning": warning or None, "caution": allergy or None},
        [*details(gift).lines, *filter(None, (warning, allergy))],
    )


def _changed(
    bench: Workbench,
    number: int,
    values: dict[str, object],
    state: str,
    asked: Namespace,
    *,
    over: Answer,
    back: Answer,
) -> None:
    """Details and stage in one action, or neither."""
    gift = bench.gifts.get(number)
    title = tr("Changed gift: {item} for {member}").format(item=gift.item, member=gift.member)
    with bench.store.write(title) if values and state else nullcontext():
        if values:
            bench.gifts.edit(number, values, over=over)
        if state:
            bench.gifts.set_state(number, state, over=over, back=back, charity=asked.charity)


def details(gift: Gift) -> Output:
    """Show one gift."""
    address = ", ".join(filter(None, _address(gift).values()))
    rows = (
        (tr("Gift"), f"{gift.qty} × {gift.item}" if gift.qty > 1 else gift.item),
        (tr("For"), gift.member),
        (tr("Reason"), gift.why),
        (tr("Value"), money.display(gift.worth, gift.currency)),
        (tr("Stage"), tr("{state} since {when}").format(state=_stage(gift), when=when(gift.state_at))),
        (tr("Address"), address),
        (tr("Card"), gift.card_text),
        (tr("Charity"), gift.charity),
        (tr("Sent again for"), ids.display("G", gift.again_of) if gift.again_of is not None else ""),
        (tr("Shipped"), f"{gift.shipped_on} {gift.carrier} {gift.tracking}".strip()),
    )
    return Output(
        gift_json(gift), [ids.display("G", gift.id), *table([(title, value) for title, value in rows if value])]
    )


def _stage(gift: Gift) -> str:
    return tr(STATE_NAMES[gift.state])


def gift_json(gift: Gift) -> Shape:
    """The JSON of a gift."""
    return {
        "id": ids.display("G", gift.id),
        "rev": gift.rev,
        "member": person(gift.member_id, gift.member),
        "conversation": named("C", gift.conversation_id),
        "item": gift.item,
        "item_id": named(ids.ITEM, gift.item_id),
        "why": gift.why,
        "occasion": gift.occasion,
        "worth": worth(gift.worth, gift.currency),
        "actual_cost": worth(gift.actual_cost, gift.currency),
        "state": spoken(gift.state),
        "state_at": iso(gift.state_at),
        "created_at": iso(gift.created_at),
        "size": gift.size,
        "qty": gift.qty,
        "address": _address(gift),
        "customs_text": gift.customs_text,
        "declared_value": gift.declared_value,
        "card_text": gift.card_text,
        "shipped_on": gift.shipped_on or None,
        "carrier": gift.carrier,
        "tracking": gift.tracking,
        "exported_at": iso(gift.exported_at),
        "charity": gift.charity,
        "again_of": named("G", gift.again_of),
    }


def _address(gift: Gift) -> dict[str, str]:
    return {key: getattr(gift, key) for key in ADDRESS}
