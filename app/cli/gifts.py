"""`gift log|list|file|set|budget`: gifts from idea to thank-you, and the year's budget."""

from __future__ import annotations

from argparse import Namespace
from datetime import MAXYEAR, MINYEAR

from app.base import clock, ids, money
from app.base.errors import UserError
from app.base.words import tr
from app.cli import exports
from app.cli.arguments import ALL, Commands, Parser, limit
from app.cli.output import Output, iso, table, when
from app.cli.search import member_of
from app.cli.shapes import ADDRESS, Shape, named, person, spoken, worth
from app.gifts import LISTS, OCCASIONS, STATE_NAMES, STATES, Budget, Gift, Usual, likely_occasion, reason
from app.gifts.columns import EDITABLE
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
    made.add_argument("item", metavar=tr("WHAT"), nargs="?", help=tr("what it is; left out: what the last gift was"))
    made.add_argument(
        "--worth",
        metavar=tr("SUM"),
        help=tr("15, 15.50 EUR, 1290 Kč; the currency from the settings if none is given; left out: as the last gift"),
    )
    made.add_argument(
        "--why", metavar=tr("TEXT"), help=tr("the reason; left out: from the occasion and the conversation")
    )
    made.add_argument("--state", choices=_STATES, default="idea", help=tr("default: idea"))
    made.add_argument(
        "--occasion", choices=OCCASIONS, help=tr("left out: a thank-you, or making it right for the unhappy")
    )
    _sets(made)
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
    made = group.add("budget", budget, tr("show the year's budget, or set it"))
    made.add_argument("sum", metavar=tr("SUM"), nargs="?", help=tr("500 EUR; leave out to show the budget"))
    made.add_argument("--year", metavar=tr("YEAR"), type=int, default=None, help=tr("default: this year"))


def _sets(made: Parser) -> None:
    made.add_argument(
        "--set",
        metavar=tr("KEY=VALUE"),
        action="append",
        default=[],
        help=tr("one of: {fields}").format(fields=", ".join(EDITABLE)),
    )


def log(bench: Workbench, asked: Namespace) -> Output:
    """Log a gift."""
    kind, number = ids.parse(asked.id)
    talk = bench.inbox.current(number) if kind == "C" else None
    member = member_of(bench, asked.id)
    usual = bench.gifts.usual()
    sum_ = _worth(asked, bench.settings.text("currency"), usual)
    occasion, why = _reason(bench, talk, asked)
    details = {"occasion": occasion, **_details(asked.set, sum_.currency)}
    state = asked.state.replace("-", "_")
    warning = bench.gifts.budgets.warning(sum_.amount, sum_.currency, state=state)
    item = asked.item or usual.item
    made = bench.gifts.log(member, item, why, sum_, conversation_id=talk, state=state, details=details)
    gift = bench.gifts.get(made)
    cost = money.display(gift.worth, gift.currency)
    sentence = tr("{id}: {item} for {member}, {cost}. Stage: {state}.").format(
        id=ids.display("G", made), item=gift.item, member=gift.member, cost=cost, state=_stage(gift)
    )
    caution = of_gift(bench.members.get(gift.member_id))
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


def _worth(asked: Namespace, usual: str, last: Usual) -> money.Money:
    """The value given with --worth, in its own currency, the one from `--set`, or `usual`; without, the `last` gift's.

    Raises UserError if it names another currency than `--set` does, or if there is none.
    """
    if asked.worth is None:
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
    return ids.number("C", value) if key == "conversation_id" else value


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List gifts in a stage; for people the year's budget follows."""
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
    return Output([gift_json(gift) for gift in gifts], [*lines, "", *_money_lines(bench.gifts.budgets.of())])


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
    if values:
        bench.gifts.edit(number, values)
    if asked.state:
        bench.gifts.set_state(number, asked.state.replace("-", "_"))
    return details(bench.gifts.get(number))


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
    }


def _address(gift: Gift) -> dict[str, str]:
    return {key: getattr(gift, key) for key in ADDRESS}


def budget(bench: Workbench, asked: Namespace) -> Output:
    """Show the year's budget for each currency, after setting it if a sum was given."""
    year = clock.local(clock.now()).year if asked.year is None else asked.year
    if not MINYEAR <= year <= MAXYEAR:
        msg = tr("{year} isn't a valid year.").format(year=year)
        raise UserError(msg)
    if asked.sum:
        sum_ = money.parse(asked.sum, bench.settings.text("currency"))
        bench.gifts.budgets.set(year, sum_.currency, sum_.amount)
    budgets = bench.gifts.budgets.of(year)
    return Output(
        [_budget_json(budget) for budget in budgets],
        _money_lines(budgets) or [tr("No gifts and no budget in {year}.").format(year=year)],
    )


def _budget_json(budget: Budget) -> Shape:
    return {
        "year": budget.year,
        "currency": budget.currency,
        "gifts": budget.gifts,
        "given": budget.given,
        "average": worth(budget.average, budget.currency),
        "budget": worth(budget.amount, budget.currency),
        "spent": worth(budget.spent, budget.currency),
        "promised": worth(budget.promised, budget.currency),
        "left": worth(budget.left, budget.currency),
    }


def _money_lines(budgets: list[Budget]) -> list[str]:
    cells = []
    for budget in budgets:
        spent, promised = money.display(budget.spent, budget.currency), money.display(budget.promised, budget.currency)
        left = ""
        if budget.left is not None and budget.amount is not None:
            left = tr("{left} left of {amount}").format(
                left=money.display(budget.left, budget.currency), amount=money.display(budget.amount, budget.currency)
            )
        cells.append(
            (
                str(budget.year),
                tr("{amount} spent").format(amount=spent),
                tr("{amount} promised").format(amount=promised),
                left,
            )
        )
    return table(cells)
