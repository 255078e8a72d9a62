"""`gift log|list|file|set|budget`: gifts from idea to thank-you, and the year's budget."""

from __future__ import annotations

from argparse import Namespace
from datetime import MAXYEAR, MINYEAR

from app.base import clock, ids, money
from app.base.errors import UserError
from app.base.words import tr
from app.cli import exports
from app.cli.answers import Answer, iso, table, when
from app.cli.arguments import ALL, Commands, Parser, limit
from app.cli.search import member_of
from app.cli.shapes import ADDRESS, Shape, named, person, spoken, worth
from app.gifts import OCCASIONS, STATE_NAMES, STATES, Budget, Gift
from app.gifts.desk import EDITABLE
from app.workbench import Workbench

_STATES = tuple(spoken(state) for state in STATES)
_LISTS = (*_STATES, "in-work", "all")
_SUMS = ("worth", "actual_cost")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("gift", tr("gifts to members, and the year's budget"))
    made = group.add("log", log, tr("log a gift for a member, or for the member in a conversation"))
    made.add_argument("id", metavar=tr("ID"), help=tr("P-... or C-..."))
    made.add_argument("item", metavar=tr("WHAT"), help=tr("what it is"))
    made.add_argument(
        "--worth",
        required=True,
        metavar=tr("SUM"),
        help=tr("15, 15.50 EUR, 1290 Kč; the currency from the settings if none is given"),
    )
    made.add_argument("--why", required=True, metavar=tr("TEXT"), help=tr("the reason"))
    made.add_argument("--state", choices=_STATES, default="idea", help=tr("default: idea"))
    made.add_argument("--occasion", choices=OCCASIONS, default="thank_you", help=tr("default: thank_you"))
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


def log(bench: Workbench, asked: Namespace) -> Answer:
    """Log a gift."""
    kind, number = ids.parse(asked.id)
    talk = number if kind == "C" else None
    member = member_of(bench, asked.id)
    sum_ = _worth(asked, bench.settings.text("currency"))
    details = {"occasion": asked.occasion, **_details(asked.set, sum_.currency)}
    state = asked.state.replace("-", "_")
    warning = bench.gifts.budgets.warning(sum_.amount, sum_.currency, state=state)
    made = bench.gifts.log(member, asked.item, asked.why, sum_, conversation_id=talk, state=state, details=details)
    found = bench.gifts.get(made)
    cost = money.display(found.worth, found.currency)
    told = tr("{id}: {item} for {member}, {cost}. Stage: {state}.").format(
        id=ids.display("G", made), item=found.item, member=found.member, cost=cost, state=_stage(found)
    )
    return Answer({**gift(found), "warning": warning or None}, [told, *([warning] if warning else [])])


def _worth(asked: Namespace, usual: str) -> money.Money:
    """The value given with --worth, in its own currency, the one from `--set`, or `usual`.

    Raises UserError if it names another currency than `--set` does.
    """
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


def show_list(bench: Workbench, asked: Namespace) -> Answer:
    """List gifts in a stage; for people the year's budget follows."""
    stage = asked.state.replace("-", "_")
    found = bench.gifts.listed(stage, asked.limit if asked.member is None else ALL)
    if asked.member is not None:
        number = member_of(bench, asked.member)
        found = [one for one in found if one.member_id == number][: asked.limit]
    cells = [
        (
            ids.display("G", one.id),
            spoken(one.state),
            one.member,
            money.display(one.cost, one.currency),
            f"{one.item} ({one.why})",
        )
        for one in found
    ]
    lines = table(cells) or [tr("No gifts found.")]
    return Answer([gift(one) for one in found], [*lines, "", *_money_lines(bench.gifts.budgets.of())])


def file(bench: Workbench, asked: Namespace) -> Answer:
    """Export the gifts to ship."""
    return exports.write(asked, "gifts", lambda path, how: bench.export.file("gifts", path, how))


def change(bench: Workbench, asked: Namespace) -> Answer:
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


def details(found: Gift) -> Answer:
    """Show one gift."""
    address = ", ".join(filter(None, _address(found).values()))
    rows = (
        (tr("Gift"), f"{found.qty} × {found.item}" if found.qty > 1 else found.item),
        (tr("For"), found.member),
        (tr("Reason"), found.why),
        (tr("Value"), money.display(found.worth, found.currency)),
        (tr("Stage"), tr("{state} since {when}").format(state=_stage(found), when=when(found.state_at))),
        (tr("Address"), address),
        (tr("Card"), found.card_text),
        (tr("Shipped"), f"{found.shipped_on} {found.carrier} {found.tracking}".strip()),
    )
    return Answer(gift(found), [ids.display("G", found.id), *table([row for row in rows if row[1]])])


def _stage(one: Gift) -> str:
    return tr(STATE_NAMES[one.state])


def gift(one: Gift) -> Shape:
    """The JSON of a gift."""
    return {
        "id": ids.display("G", one.id),
        "rev": one.rev,
        "member": person(one.member_id, one.member),
        "conversation": named("C", one.conversation_id),
        "item": one.item,
        "why": one.why,
        "occasion": one.occasion,
        "worth": worth(one.worth, one.currency),
        "actual_cost": worth(one.actual_cost, one.currency),
        "state": spoken(one.state),
        "state_at": iso(one.state_at),
        "created_at": iso(one.created_at),
        "size": one.size,
        "qty": one.qty,
        "address": _address(one),
        "customs_text": one.customs_text,
        "declared_value": one.declared_value,
        "card_text": one.card_text,
        "shipped_on": one.shipped_on or None,
        "carrier": one.carrier,
        "tracking": one.tracking,
        "exported_at": iso(one.exported_at),
    }


def _address(one: Gift) -> dict[str, str]:
    return {key: getattr(one, key) for key in ADDRESS}


def budget(bench: Workbench, asked: Namespace) -> Answer:
    """Show the year's budget for each currency, after setting it if a sum was given."""
    year = clock.local(clock.now()).year if asked.year is None else asked.year
    if not MINYEAR <= year <= MAXYEAR:
        msg = tr("{year} isn't a valid year.").format(year=year)
        raise UserError(msg)
    if asked.sum:
        sum_ = money.parse(asked.sum, bench.settings.text("currency"))
        bench.gifts.budgets.set(year, sum_.currency, sum_.amount)
    found = bench.gifts.budgets.of(year)
    return Answer(
        [_budget(one) for one in found],
        _money_lines(found) or [tr("No gifts and no budget in {year}.").format(year=year)],
    )


def _budget(one: Budget) -> Shape:
    return {
        "year": one.year,
        "currency": one.currency,
        "gifts": one.gifts,
        "given": one.given,
        "average": worth(one.average, one.currency),
        "budget": worth(one.amount, one.currency),
        "spent": worth(one.spent, one.currency),
        "promised": worth(one.promised, one.currency),
        "left": worth(one.left, one.currency),
    }


def _money_lines(found: list[Budget]) -> list[str]:
    cells = []
    for one in found:
        spent, promised = money.display(one.spent, one.currency), money.display(one.promised, one.currency)
        left = ""
        if one.left is not None and one.amount is not None:
            left = tr("{left} left of {amount}").format(
                left=money.display(one.left, one.currency), amount=money.display(one.amount, one.currency)
            )
        cells.append(
            (
                str(one.year),
                tr("{amount} spent").format(amount=spent),
                tr("{amount} promised").format(amount=promised),
                left,
            )
        )
    return table(cells)
