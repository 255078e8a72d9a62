"""`item add|list|show|edit|count|receive|lose|retire|box`: what can be given, and how many there are."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids, money
from app.base.errors import NotFoundError, UserError
from app.base.words import N_, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, table
from app.cli.shapes import Shape, spoken, worth
from app.gifts import GiftItem
from app.gifts.items import KIND_NAMES, KINDS
from app.workbench import Workbench

_ITEM = N_("I-..., or its name")
_OPTIONS = (
    ("--cost", "worth", N_("SUM"), N_("what one costs: 12, 12.50 EUR; default: 0")),
    ("--sizes", "sizes", N_("SIZES"), N_("with commas between them: S,M,L")),
    ("--supplier", "supplier", N_("NAME"), N_("who it is ordered from")),
    ("--lead-days", "lead_days", N_("DAYS"), N_("how long they take to deliver")),
    ("--customs", "customs_text", N_("TEXT"), N_("what the customs are told")),
    ("--allergens", "allergens", N_("TEXT"), N_("allergens that it contains")),
    ("--note", "note", N_("TEXT"), N_("anything else")),
    ("--reorder-at", "reorder_at", N_("N"), N_("order more when so few are left")),
)


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("item", tr("what can be given, and how many there are"))
    made = group.add("add", new, tr("add an item"))
    made.add_argument("name", metavar=tr("NAME"))
    _options(made)
    made = group.add("list", show_list, tr("list the items with their stock"))
    made.add_argument("--all", action="store_true", help=tr("also those that are no longer offered"))
    made.add_argument("--low", action="store_true", help=tr("only those to order more of"))
    limit(made)
    _gift_item(group.add("show", show, tr("show an item, its stock by size, and what a box is made of")))
    made = group.add("edit", edit, tr("change an item"))
    _gift_item(made)
    made.add_argument("--name", metavar=tr("NAME"), help=tr("its new name; gifts keep the name they were given under"))
    _options(made)
    _stock(group.add("count", count, tr("enter how many there are, as counted")), tr("how many there are"))
    _stock(group.add("receive", receive, tr("enter how many came")), tr("how many came"))
    _stock(group.add("lose", lose, tr("enter how many are lost or broken")), tr("how many are gone"))
    made = group.add("retire", retire, tr("stop offering an item; gifts of it stay"))
    _gift_item(made)
    made.add_argument("--back", action="store_true", help=tr("offer it again"))
    made = group.add("box", box, tr("say what a box is made of"))
    _gift_item(made)
    made.add_argument(
        "parts",
        nargs="*",
        metavar=tr("ITEM=N"),
        help=tr("all that is in it, such as I-2=1 I-5=3; leave out to empty the box"),
    )


def _gift_item(made: Parser) -> None:
    made.add_argument("id", metavar=tr("ITEM"), help=tr(_ITEM))


def _options(made: Parser) -> None:
    made.add_argument("--kind", choices=tuple(map(spoken, KINDS)), help=tr("default: swag"))
    for option, key, value, says in _OPTIONS:
        made.add_argument(option, dest=key, metavar=tr(value), help=tr(says))


def _stock(made: Parser, says: str) -> None:
    _gift_item(made)
    made.add_argument("count", metavar=tr("N"), help=says)
    made.add_argument("--size", default="", metavar=tr("SIZE"), help=tr("which size, if the item has sizes"))
    made.add_argument("--note", default="", metavar=tr("TEXT"), help=tr("why, for later"))


def gift_item_of(bench: Workbench, typed: str) -> GiftItem:
    """The item of an id or a name, also one that is no longer offered if it is an id. Raises NotFoundError."""
    return meant(bench, typed) or bench.gifts.items.named(typed)


def meant(bench: Workbench, typed: str | None) -> GiftItem | None:
    """The item whose id was typed (`I-3`), or None for other words. Raises NotFoundError if there is none."""
    try:
        kind, number = ids.parse(typed or "")
    except NotFoundError:
        return None
    return bench.gifts.items.get(number) if kind == ids.ITEM else None


def _values(bench: Workbench, asked: Namespace, currency: str) -> dict[str, object]:
    values: dict[str, object] = {
        key: getattr(asked, key) for _, key, _, _ in _OPTIONS if getattr(asked, key) is not None
    }
    if "worth" in values:
        cost = money.parse(str(values["worth"]), currency or bench.settings.text("currency"))
        values |= {"worth": cost.amount, "currency": cost.currency}
    return values | ({"kind": asked.kind.replace("-", "_")} if asked.kind else {})


def _count(asked: Namespace) -> int:
    if not asked.count.isascii() or not asked.count.isdigit():
        raise UserError(tr("“{text}” isn't a number of pieces.").format(text=asked.count))
    return int(asked.count[:20])


def new(bench: Workbench, asked: Namespace) -> Output:
    """Add an item."""
    values = {"currency": bench.settings.text("currency"), **_values(bench, asked, "")}
    return details(bench, bench.gifts.items.add(asked.name, **values))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the items."""
    items = bench.gifts.items.listed(retired=asked.all)
    shown = [item for item in items if not asked.low or is_low(bench, item)][: asked.limit]
    shapes = [gift_item_json(bench, item) for item in shown]
    cells = [
        (ids.display(ids.ITEM, item.id), item.name, tr(KIND_NAMES[item.kind]), _cost(item), in_stock(bench, item))
        for item in shown
    ]
    return Output(shapes, table(cells) or [tr("No items found.")])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show an item."""
    return details(bench, gift_item_of(bench, asked.id).id)


def edit(bench: Workbench, asked: Namespace) -> Output:
    """Change an item."""
    item = gift_item_of(bench, asked.id)
    values = _values(bench, asked, item.currency) | ({"name": asked.name} if asked.name is not None else {})
    if not values:
        raise UserError(tr("Say what to change: --name, --cost, --sizes and so on."))
    bench.gifts.items.edit(item.id, values)
    return details(bench, item.id)


def count(bench: Workbench, asked: Namespace) -> Output:
    """Write down a count; says by how much the books were off."""
    item = gift_item_of(bench, asked.id)
    difference = bench.gifts.items.count(item.id, _count(asked), asked.size, asked.note)
    done = details(bench, item.id)
    said = tr("As the books say.") if not difference else tr("The books were off by {count}.").format(count=difference)
    return Output(
        {**gift_item_json(bench, bench.gifts.items.get(item.id)), "difference": difference}, [*done.lines, said]
    )


def receive(bench: Workbench, asked: Namespace) -> Output:
    """Note what came."""
    item = gift_item_of(bench, asked.id)
    bench.gifts.items.change(item.id, _count(asked), "bought", asked.size, asked.note)
    return details(bench, item.id)


def lose(bench: Workbench, asked: Namespace) -> Output:
    """Note what is gone."""
    item = gift_item_of(bench, asked.id)
    bench.gifts.items.change(item.id, _count(asked), "lost", asked.size, asked.note)
    return details(bench, item.id)


def retire(bench: Workbench, asked: Namespace) -> Output:
    """Offer an item no longer, or again."""
    item = gift_item_of(bench, asked.id)
    bench.gifts.items.retire(item.id, retired=not asked.back)
    return details(bench, item.id)


def box(bench: Workbench, asked: Namespace) -> Output:
    """Say what a box is made of."""
    item, parts = gift_item_of(bench, asked.id), dict[int, int]()
    for pair in asked.parts:
        name, _, qty = pair.partition("=")
        if not (qty or "1").isdigit():
            raise UserError(tr("“{pair}” isn't a part. Write ITEM=N, such as I-2=1.").format(pair=pair))
        parts[gift_item_of(bench, name).id] = int((qty or "1")[:20])
    bench.gifts.items.fill(item.id, parts)
    return details(bench, item.id)


def details(bench: Workbench, number: int) -> Output:
    """Show one item."""
    item = bench.gifts.items.get(number)
    parts = ", ".join(f"{qty} × {part.name}" for part, qty in bench.gifts.items.parts(number))
    rows = (
        (tr("Kind"), tr(KIND_NAMES[item.kind])),
        (tr("Cost"), _cost(item)),
        (tr("Stock"), in_stock(bench, item)),
        (tr("Made of"), parts),
        (tr("Sizes"), ", ".join(item.sizes)),
        (tr("Supplier"), item.supplier),
        (tr("Lead time"), tr("{days} d").format(days=item.lead_days) if item.lead_days else ""),
        (tr("Customs"), item.customs_text),
        (tr("Allergens"), item.allergens),
        (tr("Note"), item.note),
        (tr("Offered"), tr("no longer") if item.retired_at is not None else ""),
    )
    head = f"{ids.display(ids.ITEM, number)}  {item.name}"
    return Output(gift_item_json(bench, item), [head, *table([(title, value) for title, value in rows if value])])


def _cost(item: GiftItem) -> str:
    return money.display(item.worth, item.currency)


def in_stock(bench: Workbench, item: GiftItem) -> str:
    """How many there are of an item, by size; "" if it isn't counted."""
    if not item.is_counted:
        return ""
    there = bench.gifts.items.by_size(item.id)
    left = ", ".join(f"{size} {count}" for size, count in there.items()) if item.sizes else str(sum(there.values()))
    return tr("{count}, reorder").format(count=left) if is_low(bench, item) else left


def is_low(bench: Workbench, item: GiftItem) -> bool:
    """Whether it is counted and to be ordered again."""
    return item.is_counted and sum(bench.gifts.items.by_size(item.id).values()) <= item.reorder_at


def gift_item_json(bench: Workbench, item: GiftItem) -> Shape:
    """The JSON of an item; `on_hand` is null unless its stock is kept, and by size if it has sizes."""
    there = bench.gifts.items.by_size(item.id)
    return {
        "id": ids.display(ids.ITEM, item.id), "name": item.name, "kind": spoken(item.kind),
        "cost": worth(item.worth, item.currency), "sizes": list(item.sizes),
        "on_hand": sum(there.values()) if item.is_counted else None,
        "by_size": there if item.is_counted and item.sizes else None,
        "reorder_at": item.reorder_at, "low": is_low(bench, item), "supplier": item.supplier,
        "lead_days": item.lead_days, "customs_text": item.customs_text, "allergens": item.allergens, "note": item.note,
        "made_of": [
            {"item": ids.display(ids.ITEM, part.id), "name": part.name, "qty": qty}
            for part, qty in bench.gifts.items.parts(item.id)
        ],
        "retired_at": iso(item.retired_at),
    }  # fmt: skip
