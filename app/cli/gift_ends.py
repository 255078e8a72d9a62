"""`gift again|offer|choose`, and how a shell agrees to what a step asks."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TypeVar

from app.base import ids, money
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands, Parser
from app.cli.output import Output
from app.cli.shapes import Shape, worth
from app.gifts import Gift, GiftItem, NotYetError
from app.gifts.consent import Answer
from app.members import allergies
from app.workbench import Workbench

_Result = TypeVar("_Result")


def add(group: Commands) -> None:
    """Add the commands to those of `gift`."""
    made = group.add("again", again, tr("send a gift again that got lost or came back"))
    _gift(made)
    over_budget(made)
    made = group.add("offer", offer, tr("let the member choose among items"))
    _gift(made)
    made.add_argument("items", metavar=tr("ITEM"), nargs="+", help=tr("the names of two items or more"))
    made = group.add("choose", choose, tr("note which of the items the member chose"))
    _gift(made)
    made.add_argument("item", metavar=tr("ITEM"), help=tr("its name"))
    over_budget(made)


def _gift(made: Parser) -> None:
    made.add_argument("id", metavar=tr("ID"), help=tr("G-..."))


def over_budget(made: Parser) -> None:
    """Add the option that agrees to going over the budget."""
    made.add_argument("--over-budget", action="store_true", help=tr("also if it goes over the budget"))


def consented(asked: Namespace, do: Callable[[Answer, Answer], _Result]) -> tuple[_Result, str]:
    """Call `do` with whether going over, and going back, is agreed to; return its result and what was agreed to.

    Raises UserError with the question and the option that answers it.
    """
    try:
        return do("", ""), ""
    except NotYetError as why:
        over, back = asked.over_budget, getattr(asked, "back", False)
        lacks = [option for option, sentence, given in (("--back", why.back, back), ("--over-budget", why.over, over))
                 if sentence and not given]  # fmt: skip
        if lacks:
            msg = tr("{question} Nothing was changed. To do it all the same, add {options}.")
            raise UserError(msg.format(question=why, options=" ".join(lacks))) from why
        return do(over, back), str(why)


def again(bench: Workbench, asked: Namespace) -> Output:
    """Send a gift again."""
    number = ids.number("G", asked.id)
    made, warning = consented(asked, lambda over, _back: bench.gifts.again(number, over=over))
    gift = bench.gifts.get(made)
    sentence = tr("{id}: {item} for {member} again, {cost}.").format(
        id=ids.display("G", made), item=gift.item, member=gift.member, cost=money.display(gift.worth, gift.currency)
    )
    return Output(
        {"id": ids.display("G", made), "again_of": ids.display("G", number), "warning": warning or None},
        [sentence, *filter(None, (warning,))],
    )


def offer(bench: Workbench, asked: Namespace) -> Output:
    """Offer items to choose among."""
    number = ids.number("G", asked.id)
    bench.gifts.choices.offer(number, [bench.gifts.items.named(name).id for name in asked.items])
    gift = bench.gifts.get(number)
    warned = (allergies.warns(bench.store.read, gift.member_id, one.id) for one in bench.gifts.choices.offered(number))
    return _shown(bench, gift, " ".join(filter(None, warned)))


def choose(bench: Workbench, asked: Namespace) -> Output:
    """Note what was chosen."""
    number, item = ids.number("G", asked.id), bench.gifts.items.named(asked.item)
    _, warning = consented(asked, lambda over, _back: bench.gifts.choices.choose(number, item.id, over=over))
    gift = bench.gifts.get(number)
    allergy = allergies.warns(bench.store.read, gift.member_id, item.id)
    return _shown(bench, gift, " ".join(filter(None, (warning, allergy))))


def _shown(bench: Workbench, gift: Gift, warning: str) -> Output:
    offered = bench.gifts.choices.offered(gift.id)
    sentence = tr("{id}: {item} for {member}, {cost}. To choose among: {items}.").format(
        id=ids.display("G", gift.id), item=gift.item, member=gift.member,
        cost=money.display(gift.worth, gift.currency), items=", ".join(item.name for item in offered),
    )  # fmt: skip
    data: Shape = {
        "id": ids.display("G", gift.id), "item": gift.item, "worth": worth(gift.worth, gift.currency),
        "choices": [_offered(item) for item in offered], "warning": warning or None,
    }  # fmt: skip
    return Output(data, [sentence, *filter(None, (warning,))])


def _offered(item: GiftItem) -> Shape:
    return {"item": item.name, "worth": worth(item.worth, item.currency)}
