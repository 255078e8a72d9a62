"""`gift budget|rate`: the year's budgets, and rates of currencies."""

from __future__ import annotations

from argparse import Namespace
from datetime import MAXYEAR, MINYEAR

from app.base import clock, money
from app.base.errors import UserError
from app.base.words import tr
from app.cli import gift_ends
from app.cli.arguments import Commands
from app.cli.output import Output, table
from app.cli.shapes import Shape, worth
from app.gifts import OCCASION_NAMES, OCCASIONS, Budget, Rate
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to those of `gift`."""
    made = group.add("budget", budget, tr("show the year's budget, or set it"))
    made.add_argument("sum", metavar=tr("SUM"), nargs="?", help=tr("500 EUR; leave out to show the budget"))
    made.add_argument("--year", metavar=tr("YEAR"), type=int, default=None, help=tr("default: this year"))
    made.add_argument("--occasion", choices=OCCASIONS, default="", help=tr("only for this occasion; default: for all"))
    gift_ends.over_budget(made)
    made = group.add("rate", rate, tr("show the rates of currencies, or set one"))
    made.add_argument("currency", metavar=tr("FROM"), nargs="?", help=tr("three letters: 1 CZK is..."))
    made.add_argument("into", metavar=tr("TO"), nargs="?", help=tr("three letters: ...so many EUR"))
    made.add_argument("rate", metavar=tr("RATE"), nargs="?", help=tr("a number, such as 0.0395"))
    made.add_argument("--day", metavar=tr("DATE"), default="", help=tr("from this day on; default: today"))
    made.add_argument("--remove", action="store_true", help=tr("remove the rate of that day instead"))
    gift_ends.over_budget(made)


def budget(bench: Workbench, asked: Namespace) -> Output:
    """Show the year's budget for each currency, after setting it if a sum was given."""
    warning = ""
    bench.gifts.lapse()
    year = clock.local(clock.now()).year if asked.year is None else asked.year
    if not MINYEAR <= year <= MAXYEAR:
        msg = tr("{year} isn't a valid year.").format(year=year)
        raise UserError(msg)
    if asked.sum:
        sum_ = money.parse(asked.sum, bench.settings.text("currency"))
        _, warning = gift_ends.consented(
            asked,
            lambda over, _back: bench.gifts.budgets.set(year, sum_.currency, sum_.amount, asked.occasion, over=over),
        )
    if asked.occasion:
        budgets = bench.gifts.budgets.of(year, asked.occasion)
    else:
        budgets = [*bench.gifts.budgets.of(year), *bench.gifts.budgets.by_occasion(year)]
    said = lines(budgets) or [tr("No gifts and no budget in {year}.").format(year=year)]
    return Output([_budget_json(budget) for budget in budgets], [*said, *filter(None, (warning,))])


def _budget_json(budget: Budget) -> Shape:
    return {
        "year": budget.year,
        "occasion": budget.occasion,
        "currency": budget.currency,
        "gifts": budget.gifts,
        "given": budget.given,
        "average": worth(budget.average, budget.currency),
        "budget": worth(budget.amount, budget.currency),
        "spent": worth(budget.spent, budget.currency),
        "promised": worth(budget.promised, budget.currency),
        "left": worth(budget.left, budget.currency),
        "remark": budget.remark or None,
    }


def lines(budgets: list[Budget]) -> list[str]:
    """A row for each budget, and what is counted apart."""
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
                f"{budget.year} {tr(OCCASION_NAMES[budget.occasion])}" if budget.occasion else str(budget.year),
                tr("{amount} spent").format(amount=spent),
                tr("{amount} promised").format(amount=promised),
                left,
            )
        )
    return [*table(cells), *dict.fromkeys(budget.remark for budget in budgets if budget.remark)]


def rate(bench: Workbench, asked: Namespace) -> Output:
    """Show the rates, after setting or removing one if it was given."""
    warning = ""
    if asked.remove:
        number = _to_remove(bench, asked)
        _, warning = gift_ends.consented(asked, lambda over, _back: bench.gifts.rates.drop(number, over=over))
    elif asked.currency is not None:
        if asked.rate is None:
            raise UserError(tr("Give both currencies and the rate, such as CZK EUR 0.0395."))
        day = bench.dates.day(asked.day, back=True) if asked.day else ""
        _, warning = gift_ends.consented(
            asked,
            lambda over, _back: bench.gifts.rates.set(asked.currency, asked.into, asked.rate, day, over=over),
        )
    rates = bench.gifts.rates.listed()
    rows = [
        (one.on_day, tr("1 {currency} is {rate} {into}").format(currency=one.currency, rate=one.rate, into=one.into))
        for one in rates
    ]
    said = table(rows) or [tr("No rates yet.")]
    return Output([_rate_json(one) for one in rates], [*said, *filter(None, (warning,))])


def _to_remove(bench: Workbench, asked: Namespace) -> int:
    """The rate that `--remove` means: of these currencies, from that day on. Raises UserError for none."""
    if asked.currency is None or asked.into is None or asked.rate is not None or not asked.day:
        raise UserError(tr("Say which rate, such as CZK EUR --day 2026-01-01 --remove."))
    found = bench.gifts.rates.find(asked.currency, asked.into, bench.dates.day(asked.day, back=True))
    return found.id


def _rate_json(one: Rate) -> Shape:
    return {"currency": one.currency, "into": one.into, "from_day": one.on_day, "rate": one.rate}
